#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the cost of decoders on an emulated Cortex-M3: on_board.py FOLDER SIZE SPEED PEERS DOCUMENT...

FOLDER has the documents. SIZE is an image of on_board.c with the library built for size. SPEED is one with
AMPERSAND_FAST_JSON too. PEERS is "jsmn" or "jsmn cjson". Prints lines `key value` for table.py. The emulator
executes an instruction in exactly 64 ns of the board's time, and the board's timer has a resolution of 40 ns.
Counts are therefore exact to one instruction, and repeatable.
"""
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

JOB_AT = 0x21000000
TICK_NS, SHIFT = 40, 6
OURS = ("whole", "pieces", "bytes")
MEASURED_STACK = ("connection", "installation", "installations")


class Board:
    """Runs images on documents."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.scratch = tempfile.TemporaryDirectory()

    def run(self, image, decoder, text, length=None):
        """Returns (exit status, {figure: number}). The decoder is told that the text has `length` bytes."""
        job = pathlib.Path(self.scratch.name, "job")
        job.write_bytes(struct.pack("<12sI", decoder.encode(), len(text) if length is None else length) + text + b"\0")
        result = subprocess.run(
            ["qemu-system-arm", "-M", "mps2-an385", "-kernel", image, "-display", "none", "-serial", "none", "-monitor", "none",
             "-icount", f"shift={SHIFT}", "-chardev", "file,id=console,path=/dev/stdout",
             "-semihosting-config", "enable=on,target=native,chardev=console",
             "-device", f"loader,file={job},addr={JOB_AT:#x},force-raw=on"],
            stdout=subprocess.PIPE, timeout=180, check=False)
        figures = re.findall(r"^(\w+) (\d+)$", result.stdout.decode(), flags=re.MULTILINE)
        return result.returncode, {name: int(number) for name, number in figures}

    def figures(self, image, decoder, document):
        """Returns {figure: number} of a decoder, without the cost of the setup."""
        text = (self.folder / document).read_bytes()
        status, found = self.run(image, decoder, text)
        none = self.run(image, "none", text)[1]
        if status != 0:
            sys.exit(f"{image}: {decoder} did not read {document} to its end: {found}")
        return {"count": (found["ticks"] - none["ticks"]) * TICK_NS // 2 ** SHIFT, "stack": found["stack"] - none["stack"],
                "memory": found["memory"] if decoder in OURS else found["heap"]}

    def check_that_nothing_else_counts(self, image, document):
        """Bytes after the text must cost nothing: the timed part must not search through them."""
        text = (self.folder / document).read_bytes()
        found = [self.run(image, "pieces", tail, length=1) for tail in (text, text * 2)]
        if found[0][0] == 0 or abs(found[0][1]["ticks"] - found[1][1]["ticks"]) > 1:
            sys.exit(f"{image}: a text of one byte is not read as one byte: {found}")


def flash(image):
    output = subprocess.run(["arm-none-eabi-size", image], check=True, capture_output=True, text=True).stdout
    return sum(int(number) for number in output.splitlines()[1].split()[:2])


def main():
    folder, size, speed, peers, *documents = sys.argv[1:]
    board = Board(folder)
    board.check_that_nothing_else_counts(size, "installations")
    print(f"flash.speed {flash(speed) - flash(size)}")
    for document in documents:
        drawn = document.startswith("drawn-")
        for decoder in ("pieces",) if drawn else (*OURS, *peers.split()):
            found = board.figures(size, decoder, document)
            print(f"count.m3-{decoder}.{document} {found['count']}")
            if document in MEASURED_STACK and decoder not in ("whole", "bytes"):
                print(f"memory.m3-{decoder}.{document} {found['memory']}\nstack.m3-{decoder}.{document} {found['stack']}")
        if not drawn:
            print(f"count.m3-speed.{document} {board.figures(speed, 'pieces', document)['count']}")


if __name__ == "__main__":
    main()
