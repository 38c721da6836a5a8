# SPDX-License-Identifier: MIT
"""Shared by the firmware's tests: the emulated board, and the page in its flash.

The harness of the end-to-end tests is used too. The client that it runs is the emulator.
"""
import base64
import os
import pathlib
import shutil
import struct
import sys

EMULATOR = "qemu-system-arm"
os.environ["AMPERSAND_CLI"] = shutil.which(EMULATOR) or sys.exit(f"there is no {EMULATOR}")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402

IMAGES = pathlib.Path(os.environ.get("AMPERSAND_FIRMWARE_OUT") or harness.ROOT / "build" / "firmware")
BOARDS = {"cortex-m0plus": "mps2-an385", "cortex-m3": "mps2-an385", "cortex-m4": "mps2-an386"}
PAGE_AT = 0x100000
PATIENCE = 180
# With `-icount shift=6` an instruction takes 64 ns of the board's time; its timer ticks each 40 ns.
SHIFT = 6
TICK_NS = 40


def der(path):
    """The first certificate of a PEM file."""
    text = pathlib.Path(path).read_text(encoding="ascii")
    return base64.b64decode(text.split("-----")[2])


def page(entries):
    """A file that is loaded into the provisioning page."""
    data = b""
    for name, value in entries.items():
        value = value.encode() if isinstance(value, str) else value
        data += name.encode() + b"\0" + struct.pack("<H", len(value)) + value
    return harness.write_file(data + b"\0")


def entries(sandbox, **more):
    """The entries that a device needs for a sandbox."""
    return {"url": sandbox.url(), "project": sandbox.project, "key": harness.KEY, "provider": "salesforce",
            "group": "group-alpha", "new_group": "group-new", "provider_key": "a-provider-key",
            "anchor": der(sandbox.ca), **more}


def arguments(cpu, image, provision, monitor="none", folder=None):
    """The emulator's: this board with this image and page, counting instructions."""
    return ["-M", BOARDS[cpu], "-kernel", str(IMAGES / (folder or cpu) / f"{image}.elf"), "-display", "none", "-serial", "none",
            "-monitor", monitor, "-icount", f"shift={SHIFT}", "-chardev", "file,id=console,path=/dev/stdout",
            "-semihosting-config", "enable=on,target=native,chardev=console",
            "-netdev", "user,id=lan", "-net", "nic,netdev=lan,model=lan9118",
            "-device", f"loader,file={provision},addr={PAGE_AT:#x},force-raw=on"]


def run(cpu, image, provision, folder=None):
    """Run an image to its end."""
    return harness.run(*arguments(cpu, image, provision, folder=folder), timeout=PATIENCE)


def instructions(ticks):
    return ticks * TICK_NS // 2 ** SHIFT


def measured(text):
    """Returns [(name, number)] of the lines that report a measurement, in their order."""
    return [(line.split()[1], int(line.split()[2])) for line in text.splitlines() if line.startswith("measured ")]
