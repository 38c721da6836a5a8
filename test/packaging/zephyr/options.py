# SPDX-License-Identifier: MIT
"""Reads the module's Kconfig as Zephyr would, and writes the options as CMake sees them.

usage: options.py KCONFIG OUTPUT
"""
import os
import pathlib
import sys
import tempfile

import kconfiglib

NEEDED = ["NET_TCP", "DNS_RESOLVER", "POSIX_API", "MBEDTLS"]


def load(folder, module, given):
    top = pathlib.Path(folder, "Kconfig")
    lines = [f"config {name}\n\tbool \"{name}\"\n\n" for name in NEEDED]
    relative = os.path.relpath(module, folder)
    top.write_text("".join(lines) + f"rsource \"{relative}\"\n")
    kconfig = kconfiglib.Kconfig(str(top), warn_to_stderr=True)
    for name in given:
        kconfig.syms[name].set_value("y")
    return kconfig


def main():
    module, output = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        without = load(folder, module, NEEDED[1:] + ["AMPERSAND"])
        if without.syms["AMPERSAND"].str_value != "n":
            sys.exit(f"AMPERSAND does not depend on {NEEDED[0]}")
        kconfig = load(folder, module, NEEDED + ["AMPERSAND"])
        kconfig.syms["AMPERSAND_REF_SIZE"].set_value("200")
        options = {name: sym.str_value for name, sym in kconfig.syms.items() if name.startswith("AMPERSAND")}
    if options["AMPERSAND"] != "y" or kconfig.warnings:
        sys.exit(f"{options} {kconfig.warnings}")
    pathlib.Path(output).write_text("".join(f'set(CONFIG_{n} "{v}")\n' for n, v in options.items()))
    print(f"{len(options)} options")


if __name__ == "__main__":
    main()
