# SPDX-License-Identifier: MIT
"""Reading JSON on the board, with this library and with others: instructions, memory and stack."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

import board
import harness

CPU = "cortex-m3"
IMAGES = {"size": board.IMAGES / CPU / "decode.elf", "speed": board.IMAGES / CPU / "decode-fast.elf"}
DOCUMENT_AT = 0x110000
FIGURES = os.environ.get("AMPERSAND_FIRMWARE_FIGURES")
SMALL = ("connection", "installation")
PEERS = ("jsmn", "cjson")

if not all(image.exists() for image in IMAGES.values()):
    print(f"SKIPPED {pathlib.Path(sys.argv[0]).name}: there is no image, for want of cJSON's source")
    sys.exit(0)


def write_documents(folder):
    """{name: bytes}, the ones that are read on this machine too."""
    subprocess.run([sys.executable, str(harness.ROOT / "test" / "bench" / "inputs.py"), str(folder)], check=True)
    return {name: (folder / name).read_bytes() for name in (*SMALL, "list")}


def flash_of(image):
    """Bytes."""
    text = subprocess.run(["arm-none-eabi-size", str(image)], check=True, capture_output=True, text=True).stdout
    code, data = text.splitlines()[1].split()[:2]
    return int(code) + int(data)


def run(what, document, image="decode", length=None):
    """Returns the exit status and the measurements. `length` is the length that the decoder reads on its page."""
    text = harness.write_file(document + b"\0")
    page = board.page({"what": what, "length": str(len(document) if length is None else length)})
    arguments = board.arguments(CPU, image, page)
    arguments += ["-device", f"loader,file={text},addr={DOCUMENT_AT:#x},force-raw=on"]
    result = harness.run(*arguments, timeout=board.PATIENCE)
    return result.status, dict(board.measured(result.text))


class Decode(unittest.TestCase):
    """Each document by each of them."""

    def measure(self, what, document, image="decode"):
        """Returns {figure: number} of a decoder, without the cost of the rest."""
        status, figures = run(what, document, image)
        self.assertEqual(status, 0, what)
        self.assertEqual((status, figures), run(what, document, image), "two runs differ")
        _, none = run("none", document, image)
        spent = figures["ticks"] - none["ticks"]
        memory = figures["memory"] if what == "ours" else figures["heap"]
        return {"bytes": len(document), "instructions": board.instructions(spent), "memory": memory,
                "stack": figures["stack"] - none["stack"]}

    def test_nothing_else_is_measured(self):
        """The text after `length` bytes costs nothing: the search for the document's type is not measured."""
        folder = harness.FOLDER / harness.unique("documents")
        folder.mkdir()
        for name, document in write_documents(folder).items():
            for image in IMAGES.values():
                status, figures = run("ours", document, image.stem, length=1)
                self.assertNotEqual(status, 0, "a text of one byte was read to its end")
                # An instruction is not a whole number of ticks, so either reading of the clock may be wrong by one.
                longer = run("ours", document + document, image.stem, length=1)[1]["ticks"]
                self.assertLessEqual(abs(figures["ticks"] - longer), 1, name)

    def test_all(self):
        """This library needs no heap, and reads a list that is too large for the others."""
        folder = harness.FOLDER / harness.unique("documents")
        folder.mkdir()
        documents = write_documents(folder)
        found = {f"{what}.{name}": self.measure(what, documents[name]) for name in SMALL for what in ("ours", *PEERS)}
        found["ours.list"] = self.measure("ours", documents["list"])
        found.update({f"fast.{name}": self.measure("ours", document, "decode-fast") for name, document in documents.items()})
        found["fast.flash"] = flash_of(IMAGES["speed"]) - flash_of(IMAGES["size"])
        self.assertEqual(run("ours", documents["list"])[1]["heap"], 0)
        for what in PEERS:
            self.assertNotEqual(run(what, documents["list"])[0], 0, f"{what} had room for it")
        self.assertNotEqual(run("ours", documents["list"][:-1])[0], 0, "half a list was read as one")
        if FIGURES:
            pathlib.Path(FIGURES, "decode.json").write_text(json.dumps(found), encoding="ascii")


if __name__ == "__main__":
    harness.main()
