# SPDX-License-Identifier: MIT
"""Shared by the firmware's tests: the emulated board, and the provisioning page in its flash.

Also uses the harness of the end-to-end tests. The client that it runs is then the emulator.
"""
import base64
import dataclasses
import os
import pathlib
import re
import shutil
import struct
import sys

EMULATORS = {name: shutil.which(f"qemu-system-{name}") or sys.exit(f"there is no qemu-system-{name}")
             for name in ("arm", "riscv32")}
os.environ["AMPERSAND_CLI"] = EMULATORS["arm"]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402

IMAGES = pathlib.Path(os.environ.get("AMPERSAND_FIRMWARE_OUT") or harness.ROOT / "build" / "firmware")
PATIENCE = 180
SHIFT = 6  # with `-icount shift=6` an instruction takes 64 ns of the board's time


@dataclasses.dataclass
class Board:
    """A processor on its board: QEMU's names, and the addresses of memory.ld."""

    name: str
    emulator: str
    machine: tuple
    network: tuple
    flash_at: int
    tick_ns: int  # nanoseconds for each tick of board_work()

    @property
    def page_at(self):
        """Returns the address of the provisioning page."""
        return self.flash_at + 0x100000

    @property
    def recording_at(self):
        """Returns the address of a replayed recording."""
        return self.flash_at + 0x110000

    def measured(self, text):
        """Returns {name: number} of the lines that report a measurement.

        The measurement of a job follows its result ("cold: AMP_OK"). It is in ticks, and is converted to instructions.
        """
        found = re.findall(r"^(?:(\w+): AMP_.*\n)?measured (\w+) (\d+)$", text, re.MULTILINE)
        return {name: int(number) * self.tick_ns // 2 ** SHIFT if job == name else int(number)
                for job, name, number in found}


def _mps2(cpu, machine):
    return Board(cpu, "arm", ("-M", machine), ("-net", "nic,netdev=lan,model=lan9118"), 0, 40)


# The Cortex-M3 executes all instructions of the Cortex-M0+. Without `force-legacy=false` QEMU emulates virtio
# devices older than version 1.
ALL = (_mps2("cortex-m0plus", "mps2-an385"), _mps2("cortex-m3", "mps2-an385"), _mps2("cortex-m4", "mps2-an386"),
       Board("rv32imc", "riscv32", ("-M", "virt", "-bios", "none", "-global", "virtio-mmio.force-legacy=false"),
             ("-device", "virtio-net-device,netdev=lan"), 0x80000000, 64))
BOARDS = {board.name: board for board in ALL}


def der(path):
    """Returns the first certificate of a PEM file."""
    text = pathlib.Path(path).read_text(encoding="ascii")
    return base64.b64decode(text.split("-----")[2])


def page(entries):
    """Writes a file that is loaded into the provisioning page. Returns its path."""
    data = b""
    for name, value in entries.items():
        value = value.encode() if isinstance(value, str) else value
        data += name.encode() + b"\0" + struct.pack("<H", len(value)) + value
    return harness.write_file(data + b"\0")


def entries(sandbox, **more):
    """Returns the entries that a device needs for a sandbox."""
    return {"url": sandbox.url(), "project": sandbox.project, "key": harness.KEY, "provider": "salesforce",
            "group": "group-alpha", "new_group": "group-new", "provider_key": "a-provider-key",
            "anchor": der(sandbox.ca), **more}


def arguments(cpu, image, provision, monitor="none", with_network=True):
    """Returns the emulator's arguments: this board with this image and page, with instruction counting."""
    board = BOARDS[cpu]
    network = ("-netdev", "user,id=lan", *board.network) if with_network else ("-nic", "none")
    return [*board.machine, "-kernel", str(IMAGES / cpu / f"{image}.elf"), "-display", "none", "-serial", "none",
            "-monitor", monitor, "-icount", f"shift={SHIFT}", "-chardev", "file,id=console,path=/dev/stdout",
            "-semihosting-config", "enable=on,target=native,chardev=console", *network,
            "-device", f"loader,file={provision},addr={board.page_at:#x},force-raw=on"]


def run(cpu, *args, more=(), **options):
    """Runs an image to its end. `args` and `options` are those of arguments(), `more` is for the emulator."""
    return harness.run(*arguments(cpu, *args, **options), *more, timeout=PATIENCE, program=EMULATORS[BOARDS[cpu].emulator])


def start(cpu, *args, more=(), **options):
    """Starts an image and leaves it running."""
    return harness.start(*arguments(cpu, *args, **options), *more, program=EMULATORS[BOARDS[cpu].emulator])

