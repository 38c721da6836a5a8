#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Attributes the bytes of an image to objects, by the linker's map: flash.py MAP.

A section counts for its object. So does the padding before the section, because its alignment caused it. The
linker merges equal string literals into the first object that has one. Literals are therefore not listed by
file.
"""
import collections
import pathlib
import re
import sys

FLASH = (".text", ".rodata", ".ARM.exidx", ".ARM.extab", ".data")
RAM = (".data", ".bss")
OUTSIDE = ("firmware.o", "problem.o", "empty.o")

# `.text.amp_step  0x00008000  0x94 objects/step.o`; a long name continues on the next line.
SECTION = re.compile(r"^ (\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (.+)$")
FILL = re.compile(r"^ \*fill\*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)")
OUTPUT = re.compile(r"^(\.[\w.]+)")


def memory_map(text):
    """The lines after the list of discarded sections. Long names are joined with their sizes."""
    text = text[text.index("Linker script and memory map"):]
    return re.sub(r"^( ?[.\w][^\s]*)\n\s+0x", r"\1 0x", text, flags=re.MULTILINE).splitlines()


def pieces(lines):
    """Yields (output section, input section, object, size) for everything in the image."""
    output, padding = None, 0
    for line in lines:
        new_output = OUTPUT.match(line)
        section = SECTION.match(line)
        fill = FILL.match(line)
        if new_output:
            output, padding = new_output.group(1), 0
        elif section:
            yield output, section.group(1), section.group(4), padding + int(section.group(3), 16)
            padding = 0
        elif fill:
            padding = int(fill.group(1), 16)


def owner(section, path):
    """Returns the categories that a section is listed under."""
    name = pathlib.PurePath(path).name
    member = re.search(r"\((?:lib_a-)?(.+)\.o\)$", path)
    if member:
        return "toolchain", member.group(1)
    if name in OUTSIDE:
        return "firmware", name
    if re.search(r"\.str\d+\.\d+$", section):
        return "file", "strings"
    return "file", name.replace(".o", ".c")


def count(lines):
    flash, ram = collections.Counter(), 0
    for output, section, path, size in pieces(lines):
        kind, name = owner(section, path)
        if output in FLASH:
            flash[kind, name] += size
        if output in RAM and kind == "file":
            ram += size
    return flash, ram


def total(flash, kind):
    return sum(size for (of, _), size in flash.items() if of == kind)


def main():
    flash, ram = count(memory_map(pathlib.Path(sys.argv[1]).read_text()))
    for (kind, name), size in sorted(flash.items()):
        if size > 0:
            print(f"flash.{kind}.{name} {size}")
    print(f"flash.client {total(flash, 'file')}")
    print(f"flash.toolchain {total(flash, 'toolchain')}")
    print(f"flash.whole {sum(flash.values())}")
    print(f"ram.static {ram}")


if __name__ == "__main__":
    main()
