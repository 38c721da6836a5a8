#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each operation and each record's table is in the tables of the unit tests, the fuzzers and the sandbox.

The tests over those tables visit every row of a schema by themselves, so a table that is in them has all its rows tested.

usage: complete.py PROJECT
"""
import pathlib
import re
import sys


def text_of(project, *patterns):
    """The text of all files that match."""
    return "\n".join(path.read_text() for pattern in patterns for path in sorted(project.glob(pattern)))


def missing(names, text):
    """The names that do not occur in the text as whole words."""
    return [name for name in names if not re.search(rf"\b{re.escape(name)}\b", text)]


def camel(name):
    """listInstallations for list_installations, as the service's specification has it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def main():
    project = pathlib.Path(sys.argv[1])
    operations = re.findall(r"\bamp_(\w+)_start\(", text_of(project, "include/ampersand/operations.h"))
    operations = [name for name in operations if name != "request"]
    schemas = re.findall(r"extern AMP_PUBLIC const amp_schema_t (\w+);", text_of(project, "include/ampersand/records.h"))
    unit, fuzz = text_of(project, "test/unit/*.[ch]"), text_of(project, "test/fuzz/*.[ch]")
    service = text_of(project, "test/sandbox/*.py")
    faults = [f"{name}: not in test/unit/" for name in missing([f"amp_{name}_t" for name in operations], unit)]
    faults += [f"{name}: not in test/fuzz/" for name in missing([f"amp_{name}_start" for name in operations], fuzz)]
    faults += [f"{name}: not in test/sandbox/" for name in missing([camel(name) for name in operations], service)]
    faults += [f"{name}: not in test/unit/" for name in missing(schemas, unit)]
    faults += [f"{name}: not in test/fuzz/" for name in missing(schemas, fuzz)]
    if missing(["absent"], "present") != ["absent"] or len(operations) < 15 or len(schemas) < 8:
        faults.append(f"only {len(operations)} operations and {len(schemas)} tables were found")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(operations)} operations and {len(schemas)} tables are in the tests' tables")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
