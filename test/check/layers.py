#!/usr/bin/env python3
"""A file includes only what is below it, and the library includes no platform header.

usage: layers.py PROJECT
"""
import pathlib
import re
import sys

# Lowest first. A file may include headers of its own floor and of those before it.
FLOORS = [
    ["status", "str", "date", "time", "utf8", "days", "port_result", "wipe", "ip", "scan", "hash", "connection_words", "pem"],
    ["writer", "lexer", "lexer_private", "lexer_string", "jsmn_wrap", "writer_json"],
    ["schema_find", "store", "projector", "ahead", "schema_check", "reader",
     "schema_connection", "schema_installation", "schema_problem", "schema_progress", "schema_provider",
     "schema_custom_auth"],
    ["url", "base_url", "response_header", "date", "response"],
    ["endpoint", "credential", "metadata", "url_answer", "identity", "request_body", "pagination", "request", "endpoint_table", "connections",
     "installations", "oauth", "progress", "provider", "custom"],
    ["exchange"],
    ["client_private", "client_step", "client_end", "client_receive", "client"],
    ["client_wait", "pace", "health"],
    ["baseline", "tenant_private", "tenant_pick", "tenant"],
    ["connect_watch", "connect", "abi"],
    ["der", "mbedtls_compat", "mbedtls_checks", "sha256", "out_of_memory", "cert_name", "name_constraints", "tls_policy", "trust", "verify",
     "tls_private", "tls_failure", "tls_session", "tls_stats", "tls_global", "tls_port", "tls_setup"],
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
    files = sorted((project / "src").rglob("*.[ch]"))
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
