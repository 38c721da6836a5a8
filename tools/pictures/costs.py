# SPDX-License-Identifier: MIT
"""Reads the measured tables of docs/costs.md."""
import pathlib
import re

PAGE = pathlib.Path("docs/costs.md")


def text():
    return PAGE.read_text(encoding="utf-8")


def tables():
    """Returns each table as a list of rows, and each row as a list of cells."""
    found, current = [], []
    for line in [*text().splitlines(), ""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not set("".join(cells)) <= set("-: "):
                current.append(cells)
        elif current:
            found.append(current)
            current = []
    return found


def table(first_cell):
    """Returns the table whose header begins with this cell."""
    (found,) = [each for each in tables() if each[0][0].startswith(first_cell)]
    return found


def number(cell):
    """Returns the first number of a cell, or None."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", cell)
    return float(found[0].replace(",", "")) if found else None


def flash_by_file():
    """Returns the flash bytes by source file, for the client with get, list and generate."""
    (line,) = [line for line in text().splitlines() if line.startswith("Flash by file: ")]
    return {name.strip("`"): int(size.replace(",", "")) for name, size in re.findall(r"(`\w+\.c`|strings) ([\d,]+)", line)}
