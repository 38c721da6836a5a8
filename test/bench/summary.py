#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the figures of README.md's front page, from the measured tables of docs/costs.md.

  test/bench/summary.py           prints the badges and the table
  test/bench/summary.py --check   exit status 1 when README.md has other figures
  test/bench/summary.py --write   writes them into README.md
"""
import pathlib
import re
import sys
import urllib.parse

BADGE = "https://img.shields.io/badge"
COSTS, README = pathlib.Path("docs/costs.md"), pathlib.Path("README.md")


def rows(text):
    """Returns the cells of each table row by its first cell. If two rows have the same name, the first counts."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| ") and len(cells) > 1:
            found.setdefault(cells[0], cells[1:])
    return found


def kilobytes(cell):
    """Formats a number of bytes in KB of 1,000 bytes, with one digit after the point."""
    return f"{int(cell.replace(',', '')) / 1000:.1f} KB"


def table(costs):
    """Returns six rows. Each shows the worst input next to the best."""
    flash = costs["flash of the client with get, list and generate"][0]
    ram = costs["client and work buffer"][0]
    image = costs["flash of a whole image: client, TLS, mbedTLS, lwIP"][1]
    image_ram = costs["RAM of a whole image, 6 KB of stack and 10.5 KB of arena included"][1]
    stack = costs["deepest stack of the client, by call graph"]
    usual = next(cells[1] for name, cells in costs.items() if re.fullmatch(r"100 installations, [\d,]+ B", name))
    best, worst = (cell.partition(":")[0] for cell in costs["x86-64, `-O2`"])
    first, kept, resumed = (costs[name][1] for name in (
        "status check, first connection, all TLS included", "… on a connection that was kept",
        "… on a new connection, session resumed"))
    return [
        "| cost | measured |",
        "| --- | --- |",
        f"| flash of the client without TLS: get, list, generate (Cortex-M4, `-Os`) | {kilobytes(flash)} |",
        f"| RAM of the client: client and work buffer, beside one record | {ram} B |",
        f"| whole image with TLS, mbedTLS and lwIP (Cortex-M4) | {kilobytes(image)} of flash, {kilobytes(image_ram)} of RAM |",
        f"| deepest stack, without TLS: Cortex-M4 to Xtensa | {stack[1]} to {stack[3]} B |",
        f"| reading 100 installations (x86-64, `-O2`); best to worst input | {usual}; {best} to {worst} instructions per byte |",
        f"| a status check (Cortex-M3): kept, resumed, first connection | {kept}, {resumed}, {first} thousand instructions |",
    ]


def badges(costs):
    """Returns the badges: images of figures that a test compares."""
    version = re.search(r'VERSION_STRING "(.*)"', pathlib.Path("include/ampersand/config.h").read_text())[1]
    facts = (("version", version, "blue"), ("license", "MIT", "blue"),
             ("flash", kilobytes(costs["flash of the client with get, list and generate"][0]), "green"),
             ("RAM", f"{costs['client and work buffer'][0]} B", "green"), ("heap", "none", "green"))
    return [" ".join(f"![{name}: {value}]({BADGE}/{name}-{urllib.parse.quote(value.replace('-', '--'))}-{color})"
                     for name, value, color in facts)]


def replaced(text, name, lines):
    """Returns the text with these lines between the marks of that name."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, rest = text.split(begin, 1)
    return "\n".join((before + begin, *lines, end + rest.split(end, 1)[1]))


def update(page, blocks, program):
    """Prints the blocks, writes them into the page, or compares them with it, as the command line says."""
    text = written = page.read_text(encoding="utf-8")
    for name, lines in blocks.items():
        text = replaced(text, name, lines)
    if "--write" in sys.argv:
        page.write_text(text, encoding="utf-8")
    elif "--check" in sys.argv:
        if text != written:
            sys.exit(f"{page} has other figures than were counted or measured: python3 {program} --write")
        print(f"{page} is up to date")
    else:
        print("\n".join(line for lines in blocks.values() for line in lines))


def main():
    costs = rows(COSTS.read_text(encoding="utf-8"))
    update(README, {"badges": badges(costs), "summary": table(costs)}, "test/bench/summary.py")


if __name__ == "__main__":
    main()
