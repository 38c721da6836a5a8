#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what was measured: table.py MEASURED [--check] [--write]

--check  compares with the budgets and with README.md; exit status 1 when one does not hold
--write  puts the table into README.md, between its two marks
"""
import pathlib
import re
import sys

import budgets

README = pathlib.Path("README.md")
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
COMMAND = "sh test/bench/run.sh"
CAPTION = "Measured by"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
TOLERANCE = 0.01

CROWDS = (("silent", "that does not answer"), ("asking", "that answers 503 with `Retry-After: 30`"),
          ("undrawn", "that does not answer, were waits doubled but not drawn"))
DOCUMENTS = (("connection", "a connection"), ("installation", "an installation"),
             ("list", "a list of 100 installations"))


def load(path):
    """{key: number or text} of lines `key value`; and the ratios that the tables show."""
    lines = pathlib.Path(path).read_text().splitlines()
    values = {key: int(value) if value.isdigit() else value
              for key, _, value in (line.partition(" ") for line in lines)}
    for key in [key for key in values if key.startswith("count.")]:
        document = key.split(".")[2]
        values["per_byte." + key.removeprefix("count.")] = values[key] / values["bytes." + document]
    values.update(rates(values))
    values["ram.client"] = values["size.amp_client_t"] + values["size.AMP_WORK_SIZE"]
    return values


def rates(values):
    """Requests a second of each phase of a crowd, the mean and the most; and the most over the mean."""
    found = {}
    for key in [key.removesuffix(".all") for key in values if key.endswith(".all") and key.startswith("crowd.")]:
        mean = values[key + ".all"] / values[key + ".seconds"]
        most = values[key + ".most"] / values[key + ".bin"]
        found |= {key + ".mean": mean, key + ".peak": most, key + ".ratio": most / mean}
        away = found.get(key.rsplit(".", 1)[0] + ".away.mean", mean)
        found[key + ".rise"] = most / away
    return found


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def shown(value):
    return f"{value:.1f}" if isinstance(value, float) else f"{value:,}"


def decode_rows(values):
    def per_byte(what, document):
        return shown(values[f"per_byte.{what}.{document}"])

    yield row("x86-64, `-O2`", f"this library, in {values['piece']}-byte pieces", "in one piece",
              "jsmn: finds tokens only", "cJSON: a tree")
    yield row("---", *["---:"] * 4)
    for key, name in DOCUMENTS:
        yield row(f"instructions per byte: {name}, {values['bytes.' + key]:,} B",
                  *(per_byte(what, key) for what in ("pieces", "whole", "jsmn", "cjson")))
    yield row(f"instructions per byte: response head, 12 headers, {values['bytes.head']:,} B", "",
              per_byte("head", "head"), "", "")
    for key, name in DOCUMENTS:
        ours = f"{values['memory.ours']:,} B"
        yield row(f"memory beside the text: {name}", ours, ours, f"{values['memory.jsmn.' + key]:,} B",
                  f"{values['memory.cjson.' + key]:,} B in {values['mallocs.cjson.' + key]:,} mallocs")


def target_rows(values):
    def one(name, key):
        return row(name, shown(values[key]))

    yield row("Cortex-M4, `-Os`, without TLS", "bytes")
    yield row("---", "---:")
    yield one("flash of the client with get, list and generate", "flash.client")
    yield one("and with an error's problem document kept", "flash.problem")
    yield one("and with everything, used or not", "flash.all")
    yield one("flash of what the first uses of newlib-nano and libgcc", "flash.toolchain")
    yield one("flash of its whole image, a stub port and `main` included", "flash.whole")
    yield one("flash of an image of an empty `main`", "flash.empty")
    yield one("`.data` and `.bss` of the library", "ram.static")
    yield one("`amp_client_t`", "size.amp_client_t")
    yield one("work buffer, `AMP_WORK_SIZE`", "size.AMP_WORK_SIZE")
    yield one("client and work buffer", "ram.client")
    for record in ("connection", "installation", "problem"):
        yield one(f"`amp_{record}_t`", f"size.amp_{record}_t")
    yield one("deepest stack of `amp_step`", "stack.step")
    yield one("deepest stack of any call", "stack.worst")


def crowd_rows(values):
    yield row("100,000 devices lose, in the same second and for half an hour, a service", "while away, from the second "
              "minute on", "once back", "then, polls")
    yield row("---", *["---:"] * 3)
    for crowd, name in CROWDS:
        phases = [f"crowd.{crowd}.{phase}" for phase in ("away", "back", "looks")]
        yield row(name, *(f"{values[key + '.peak']:,.0f} a second at most, {values[key + '.mean']:,.0f} in the mean"
                          for key in phases))


def by_file(values):
    prefix = "flash.file."
    files = [(key.removeprefix(prefix), size) for key, size in values.items() if key.startswith(prefix)]
    return "Flash by file: " + ", ".join(
        (f"`{name}` {size:,}" if name.endswith(".c") else f"{name} {size:,}") for name, size in files) + "."


def block(values):
    caption = (f"{CAPTION} `{COMMAND}`: {values['version.gcc']}; {values['version.arm']}; "
               f"instructions counted by {values['version.valgrind']}; cJSON {values['version.cjson']}. "
               "This library validates, extracts and stores; memory is that of x86-64, records are the caller's.")
    return [*decode_rows(values), "", *target_rows(values), "", *crowd_rows(values), "", by_file(values), "", caption]


def readme_block(text):
    """The lines between the marks, or None."""
    if BEGIN not in text or END not in text:
        return None
    return text.split(BEGIN, 1)[1].split(END, 1)[0].strip("\n").splitlines()


def write(lines):
    text = README.read_text() if README.exists() else ""
    if readme_block(text) is None:
        print(f"{README}: no {BEGIN} and {END} to put the table between: nothing written", file=sys.stderr)
        return
    before, after = text.split(BEGIN, 1)[0], text.split(END, 1)[1]
    README.write_text("\n".join((before + BEGIN, *lines, END + after)))


def agree(a, b):
    """1 when two lines say the same, numbers within the tolerance. Versions need not agree."""
    if a.startswith(CAPTION) and b.startswith(CAPTION):
        return True
    if NUMBER.sub("#", a) != NUMBER.sub("#", b):
        return False
    pairs = [[float(text.replace(",", "")) for text in NUMBER.findall(line)] for line in (a, b)]
    return all(abs(x - y) <= TOLERANCE * max(x, y) for x, y in zip(*pairs))


def same_compilers(lines):
    """Whether README.md's figures were made by the compilers that made these."""
    written = readme_block(README.read_text()) if README.exists() else None
    return written is not None and any(line.startswith(CAPTION) and line in written for line in lines)


def check_readme(lines):
    """0 when README.md says what was measured."""
    written = readme_block(README.read_text()) if README.exists() else None
    if written is None:
        print(f"{README}: no table to compare with")
        return 0
    if not same_compilers(lines):
        print("SKIPPED comparing with README.md: it was measured with other compilers")
        return 0
    missing = [line for line in lines if not any(agree(line, other) for other in written)]
    extra = [line for line in written if not any(agree(line, other) for other in lines)]
    for sign, changed in (("-", extra), ("+", missing)):
        for line in changed:
            print(sign, line)
    if missing or extra:
        print(f"{README} differs from what was measured (+): {COMMAND} --write", file=sys.stderr)
    return int(bool(missing or extra))


def main():
    values = load(sys.argv[1])
    lines = block(values)
    print("\n".join(lines))
    print(f"\nDeepest way, bytes of each frame: {values['stack.path']}.")
    if "--write" in sys.argv:
        write(lines)
    if "--check" in sys.argv:
        sys.exit(budgets.check(values, same_compilers(lines)) | check_readme(lines))


main()
