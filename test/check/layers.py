#!/usr/bin/env python3
"""A file includes only what is below it, and the library includes no platform header.

usage: layers.py PROJECT
"""
import pathlib
import re
import sys

# Lowest first. A file may include headers of its own floor and of those before it.
FLOORS = [
    ["status", "text", "date", "time", "utf8", "wipe", "ip", "scan", "mark", "words", "pem"],
    ["tokens", "json_rows", "json_values", "json_levels", "json_strings", "json_tables", "json_automaton"],
    ["writer", "object"],
    ["schema", "reader",
     "records_connection", "records_installation", "records_problem", "records_progress", "records_provider",
     "records_custom_auth"],
    ["url", "base_url", "header", "date", "response"],
    ["endpoint", "credential", "metadata", "plain", "body", "page", "request", "operation", "connections",
     "installations", "authorize", "progress", "provider", "custom"],
    ["exchange"],
    ["phase", "step", "client"],
    ["blocking", "pace", "health"],
    ["baseline", "look", "pick", "tenant"],
    ["connecting", "connect", "abi"],
    ["der", "mbed", "mbed_checks", "digest", "starved", "cert_name", "name_constraints", "tls_policy", "trust", "verify",
     "tls_state", "tls_failure", "tls_session", "tls_stats", "tls_program", "tls", "tls_setup"],
]
FREESTANDING = {"stddef.h", "stdint.h", "limits.h", "string.h", "jsmn.h"}
TLS_ONLY = re.compile(r"(mbedtls|psa)/")


def floor_of(name):
    for number, names in enumerate(FLOORS):
        if name in names:
            return number
    return None


def check(path):
    own = floor_of(path.stem)
    if own is None:
        yield f"{path.name}: stands on no floor: add it to FLOORS"
        return
    for kind, name in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', path.read_text(), re.M):
        if name.startswith("ampersand/"):
            continue
        if kind == "<":
            if name not in FREESTANDING and not (own == len(FLOORS) - 1 and TLS_ONLY.match(name)):
                yield f"{path.name}: includes <{name}>"
        else:
            other = floor_of(pathlib.Path(name).stem)
            if other is None or other > own:
                yield f"{path.name}: includes {name}, which is above it"
            if other == len(FLOORS) - 1 and own != other:
                yield f"{path.name}: includes {name} of TLS"


def main():
    project = pathlib.Path(sys.argv[1])
    files = sorted((project / "src").glob("*.[ch]"))
    faults = [fault for path in files for fault in check(path)]
    for path in sorted((project / "include").rglob("*.h")):
        for name in re.findall(r"^\s*#\s*include\s*<([^>]+)", path.read_text(), re.M):
            if name not in ("stddef.h", "stdint.h"):
                faults.append(f"{path.name}: includes <{name}>")
    long = [f"{p.name}: {n} lines" for p in files + sorted((project / "port").rglob("*.[ch]"))
            + sorted((project / "examples").rglob("*.[ch]"))
            if (n := len(p.read_text().splitlines())) > 350]
    for fault in faults + long:
        print(fault, file=sys.stderr)
    print(f"{len(files)} files on {len(FLOORS)} floors")
    return 1 if faults or long or len(files) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
