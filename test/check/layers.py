#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that a file depends only on its own folder and on the folders below it.

Includes of private and public headers count. Calls count too: the symbols that an object file imports. The
library must not include a platform header.

usage: layers.py PROJECT LIBRARY.a
       layers.py --self-test
"""
import pathlib
import re
import subprocess
import sys

# Each folder of src/, with the other folders that it may depend on, in the order of the architecture page.
MAY_USE = {
    "base": set(),
    "json": {"base"},
    "http": {"base", "json"},
    "client": {"base", "json", "http"},
    "operations": {"base", "json", "http", "client"},
    "flow": {"base", "json", "http", "client", "operations"},
    "tls": {"base"},
}

# The folder that owns each public header. A header is used by its owner and by the folders above it.
OWNER = {
    "config.h": "base", "status.h": "base", "text.h": "base", "port.h": "base",
    "schema.h": "json", "records.h": "json", "reader.h": "json", "reader_state.h": "json",
    "info.h": "http", "url.h": "http", "response_state.h": "http",
    "client.h": "client", "abi.h": "client", "explain.h": "client",
    "credentials.h": "operations", "operations.h": "operations",
    "health.h": "flow", "pace.h": "flow", "tenant.h": "flow", "connect.h": "flow",
    "doctor.h": "flow",
    "tls.h": "tls",
}
UMBRELLA = "ampersand.h"  # for applications: no file of the library includes it
WITH_TLS = {"explain.h", "doctor.h"}  # have inline functions for an application with TLS; src/ calls none of them
OF_SIZES = "abi.h"  # sums the sizes of all public structs, also of higher folders, and calls no function of those folders

FREESTANDING = {"stddef.h", "stdint.h", "limits.h", "string.h", "jsmn.h"}
OF_TLS = re.compile(r"(mbedtls|psa)/")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)', re.M)
LONGEST_FILE = 350  # lines


def allowed(user, used):
    return used == user or used in MAY_USE[user]


def include_faults(name, folder, text):
    """Returns the faults of one file of `folder`. `name` is used in messages."""
    for kind, header in INCLUDE.findall(text):
        if header.startswith("ampersand/") or (kind == '"' and header in OWNER | {UMBRELLA: ""}):
            used = OWNER.get(header.split("/")[-1])
        elif kind == "<":
            if header not in FREESTANDING and not (folder == "tls" and OF_TLS.match(header)):
                yield f"{name}: includes <{header}>"
            continue
        else:
            used = header.split("/")[1] if header.startswith("../") else folder
        if used not in MAY_USE:
            yield f"{name}: includes {header}, which belongs to no folder"
        elif not allowed(folder, used):
            yield f"{name}: includes {header} of {used}/"


def call_faults(listing, folder_of):
    """Returns the faults in a listing of `nm`. folder_of returns the folder of an object file, or None."""
    home, wanted, current = {}, [], None
    for line in listing.splitlines():
        member = re.match(r"(?:.*[(/])?([^/():]+\.o)\)?:$", line)
        symbol = re.match(r"\S*\s*([A-Za-z]) (\S+)$", line)
        if member:
            current = member.group(1)
        elif symbol and symbol.group(1) == "U":
            wanted.append((current, symbol.group(2)))
        elif symbol and symbol.group(1).isupper():
            home[symbol.group(2)] = current
    for caller, symbol in wanted:
        user, used = folder_of(caller), folder_of(home.get(symbol, ""))
        if user and used and not allowed(user, used):
            yield f"{user}/{caller}: uses {symbol} of {used}/"


def self_test():
    """Checks that this script finds each kind of fault."""
    assert list(include_faults("utf8.c", "base", '#include "ampersand/connect.h"\n'))
    assert list(include_faults("utf8.c", "base", '#include "../http/url.h"\n'))
    assert list(include_faults("tls_port.c", "tls", '#include "../client/client_private.h"\n'))
    assert list(include_faults("url.c", "http", "#include <sys/socket.h>\n"))
    assert list(include_faults("client.h", "client", '#include "tenant.h"\n'))
    assert not list(include_faults("url.c", "http", '#include "../base/scan.h"\n#include "ampersand/text.h"\n'))
    assert not list(include_faults("verify.c", "tls", "#include <mbedtls/ssl.h>\n"))
    folders = {"utf8.c.o": "base", "client_step.c.o": "client"}
    listing = "utf8.c.o:\n                 U amp_step\n\nclient_step.c.o:\n0000 T amp_step\n                 U amp_close\n"
    assert list(call_faults(listing, folders.get)) == ["base/utf8.c.o: uses amp_step of client/"]
    listing = "utf8.c.o:\n0000 T amp_valid\n\nclient_step.c.o:\n                 U amp_valid\n"
    assert not list(call_faults(listing, folders.get))


def main():
    self_test()
    if sys.argv[1:] == ["--self-test"]:
        return 0
    project = pathlib.Path(sys.argv[1])
    files = sorted((project / "src").rglob("*.[ch]"))
    faults = [f"src/{p.name}: is in no folder" for p in files if p.parent.name not in MAY_USE]
    for path in files:
        faults += include_faults(path.name, path.parent.name, path.read_text())
    headers = sorted((project / "include/ampersand").glob("*.h"))
    for path in headers:
        if path.name in (UMBRELLA, OF_SIZES):
            continue
        if path.name not in OWNER:
            faults.append(f"{path.name}: has no owner: add it to OWNER")
            continue
        text = path.read_text()
        if path.name in WITH_TLS:
            text = text.replace('#include "tls.h"', "")
        faults += include_faults(path.name, OWNER[path.name], text)
    listing = subprocess.run(["nm", sys.argv[2]], check=True, capture_output=True, text=True).stdout
    folder = {path.stem: path.parent.name for path in files if path.suffix == ".c"}
    if len(folder) != len([path for path in files if path.suffix == ".c"]):
        faults.append("two source files have the same name: an archive's members could not be told apart")
    members = re.findall(r"^(?:.*[(/])?([^/():\n]+)\.o\)?:$", listing, re.M)
    known = [m for m in members if m.split(".")[0] in folder]
    if len(known) < 40:
        faults.append(f"only {len(known)} object files of the library were seen")
    faults += call_faults(listing, lambda name: folder.get(name.split(".")[0]) if name else None)
    code = [p for top in ("src", "port", "examples") for p in sorted((project / top).rglob("*.[ch]"))]
    faults += [f"{p.name}: {n} lines" for p in code if (n := len(p.read_text().splitlines())) > LONGEST_FILE]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(files)} files in {len(MAY_USE)} folders, {len(headers)} public headers, {len(known)} objects")
    return 1 if faults or len(files) < 60 else 0


if __name__ == "__main__":
    sys.exit(main())
