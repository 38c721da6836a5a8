#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the library's symbols that a program needs, as linker options: parts.py PART NM OBJECTS...

The linker keeps these symbols and their dependencies and drops the rest, as for a program.
"""
import pathlib
import re
import subprocess
import sys

JSON = {"amp_reader_init", "amp_reader_feed", "amp_reader_end", "amp_connection_schema"}
HTTP = {"amp__request_write", "amp__response_init", "amp__response_next", "amp__response_took"}
GET = {"amp_init_abi", "amp_get_connection", "amp_client_info", "amp_reset", "amp_close", "amp_base_url"}
MAIN = GET | {"amp_list_connections_start", "amp_next", "amp_generate_connection", "amp_credential_api_key"}


def declared():
    """Returns every library name in a public header, including those in comments."""
    headers = pathlib.Path("include/ampersand").glob("*.h")
    return set(re.findall(r"\bamp_\w+", "".join(path.read_text() for path in headers)))


def defined(nm, objects):
    lines = subprocess.run([nm, "-g", "--defined-only", *objects], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1] for line in lines.splitlines() if len(line.split()) == 3}


def wanted(part, symbols):
    tls = {name for name in declared() & symbols if name.startswith(("amp_tls_", "amp_pem_"))}
    named = {"json": JSON, "http": HTTP, "get": GET, "main": MAIN, "tls": GET | tls,
             "everything": declared() & symbols - tls}[part]
    if missing := named - symbols:
        sys.exit(f"the library has no {', '.join(sorted(missing))}")
    return named


def main():
    part, nm, *objects = sys.argv[1:]
    print(" ".join(f"-Wl,-u,{name}" for name in sorted(wanted(part, defined(nm, objects)))))


main()
