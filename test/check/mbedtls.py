#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the functions of mbedTLS that the library calls with mbedtls.txt, version by version.

A function that a release removes, or that the library newly calls, therefore changes one line of a table.
With a configuration other than mbedTLS's own, a library may call fewer functions, and may call those
marked `configured`.

usage: mbedtls.py LIBRARY VERSION [--configured]
"""
import pathlib
import re
import subprocess
import sys

TABLE = pathlib.Path(__file__).with_name("mbedtls.txt")
OURS = re.compile(r"^\s+U ((?:mbedtls|psa)_\w+)$", re.MULTILINE)


def table():
    """Returns {function: set of versions}."""
    rows = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return {name: set(versions) for name, *versions in rows}


def main():
    library, version = sys.argv[1], ".".join(sys.argv[2].split(".")[:2])
    version = "4" if version.startswith("4.") else version
    listed = table()
    called = set(OURS.findall(subprocess.run(["nm", "--undefined-only", library], check=True, capture_output=True,
                                             text=True).stdout))
    usual = {name for name, versions in listed.items() if version in versions}
    allowed = usual | {name for name, versions in listed.items() if "configured" in versions}
    faults = [f"calls {name}, which is not in {TABLE.name} for {version}"
              for name in sorted(called - (allowed if "--configured" in sys.argv else usual))]
    if "--configured" not in sys.argv:
        faults += [f"does not call {name}, which is in {TABLE.name} for {version}" for name in sorted(usual - called)]
    if not usual:
        faults.append(f"{TABLE.name} knows no version {version}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(called)} functions of mbedTLS {version}")
    return 1 if faults or len(called) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
