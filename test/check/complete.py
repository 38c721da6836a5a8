#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that unit tests, fuzzers, sandbox and openapi.json cover each operation and each schema.

The tests iterate over all rows of a schema, so a schema in their tables is tested completely.

usage: complete.py PROJECT
"""
import pathlib
import re
import sys


def text_of(project, *patterns):
    """Returns the text of all files that match."""
    return "\n".join(path.read_text() for pattern in patterns for path in sorted(project.glob(pattern)))


def missing(names, text):
    """Returns the names that do not occur in the text as whole words."""
    return [name for name in names if not re.search(rf"\b{re.escape(name)}\b", text)]


def camel(name):
    """Returns the service's name of an operation: listInstallations for list_installations."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def main():
    project = pathlib.Path(sys.argv[1])
    operations = re.findall(r"\bamp_(\w+)_start\(", text_of(project, "include/ampersand/operations.h"))
    operations = [name for name in operations if name != "request"]
    schemas = re.findall(r"extern AMP_PUBLIC const amp_schema_t (\w+);", text_of(project, "include/ampersand/records.h"))
    unit, fuzz = text_of(project, "test/unit/*.[ch]"), text_of(project, "test/fuzz/*.[ch]")
    service, described = text_of(project, "test/sandbox/*.py"), text_of(project, "test/e2e/openapi.json")
    faults = [f"{name}: not in test/unit/" for name in missing([f"amp_{name}_t" for name in operations], unit)]
    faults += [f"{name}: not in test/fuzz/" for name in missing([f"amp_{name}_start" for name in operations], fuzz)]
    faults += [f"{name}: not in test/sandbox/" for name in missing([camel(name) for name in operations], service)]
    faults += [f"{name}: not in test/e2e/openapi.json" for name in missing([camel(name) for name in operations], described)]
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
