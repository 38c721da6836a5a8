#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the pages: links lead to existing files and headings, paths are links, and errors.md lists every
error.

usage: pages.py PROJECT
"""
import os
import pathlib
import re
import sys

README_LINES = 150
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
# Paths in these pages need not be links: they are lists of files, or describe the folder that they are in.
PLAIN_PATHS = ("CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/testing.md", "test/", "examples/",
               "docs/costs.md", "docs/trust.md", "port/README.md")


def pages(root):
    """Returns all Markdown pages of the project, except generated ones."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith((".", "build"))]
        found += [pathlib.Path(folder, name) for name in files if name.endswith(".md")]
    return sorted(found)


def anchors(text):
    """Returns the anchors of a page's headings, as hosting sites form them."""
    found = set()
    for heading in re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.M):
        name = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        while name in found:
            name += "-1"
        found.add(name)
    return found


def broken_links(root, page, text):
    """Returns the links of a page that have no target."""
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or root not in (file, *file.parents):
            yield f"no file {target}"
        elif anchor and anchor not in anchors(file.read_text(encoding="utf-8")):
            yield f"no heading {target}"


def plain_paths(root, page, text):
    """Returns the paths of existing files that a page names without a link."""
    if str(page.relative_to(root)).startswith(PLAIN_PATHS):
        return
    for span in CODE.findall(LINK.sub("", FENCE.sub("", text))):
        if re.fullmatch(r"(?!build)[\w.-]+(/[\w.-]+)+/?", span) and (root / span).exists():
            yield f"`{span}` is not a link"


def missing_errors(root):
    """Returns the results that are missing from the first columns of the tables in errors.md."""
    names = re.findall(r"^ +(AMP_(?:OK|PENDING|ITEM|END|ERR_\w+)) *=", (root / "include/ampersand/status.h").read_text(), re.M)
    rows = re.findall(r"^\| `(AMP_\w+)` \|", (root / "docs/errors.md").read_text(encoding="utf-8"), re.M)
    yield from (f"docs/errors.md lacks {name}" for name in names if name not in rows)
    yield from (f"docs/errors.md has {name} {rows.count(name)} times" for name in set(rows) if rows.count(name) != 1)
    yield from (f"status.h lacks {name}" for name in rows if name not in names)
    if len(names) < 20:
        yield "status.h was not understood"


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    faults = list(missing_errors(root))
    count = 0
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        count += len(LINK.findall(text))
        faults += [f"{page.relative_to(root)}: {fault}"
                   for fault in (*broken_links(root, page, text), *plain_paths(root, page, text))]
    lines = len((root / "README.md").read_text(encoding="utf-8").splitlines())
    if lines > README_LINES:
        faults.append(f"README.md has {lines} lines, more than {README_LINES}")
    print("\n".join(faults) or f"{count} links in {len(pages(root))} pages")
    return 1 if faults or count < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
