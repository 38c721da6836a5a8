#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the costs of firmware: footprint.py FOLDER [--check] [--write]

FOLDER is the build folder of test/firmware/run.sh.
--check  compares with the budgets and with docs/costs.md; exit status 1 when a comparison fails
--write  writes the table into docs/costs.md, between its two marks
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
import budgets  # noqa: E402
import readme  # noqa: E402
from budgets import Budget  # noqa: E402

README = readme.Block("firmware", "sh test/firmware/run.sh", "Firmware measured by", tolerance=0.01)

TARGETS = (("m0plus", "Cortex-M0+"), ("m4", "Cortex-M4"), ("rv32imc", "RV32IMC"), ("lx106", "Xtensa LX106"))
BOARDS = (("cortex-m0plus", "Cortex-M0+"), ("cortex-m3", "Cortex-M3"), ("cortex-m4", "Cortex-M4"), ("rv32imc", "RV32IMC"))
FLASH = (("http", "flash: HTTP alone: writes requests, reads responses"),
         ("get", "flash: the client with getConnection alone"),
         ("main", "… with getConnection, listConnections, generateConnection"),
         ("everything", "… with every operation, verdicts, pacing, tenants"),
         ("tls", "flash that TLS over mbedTLS adds to it"))
SIZES = ("amp_client_t", "AMP_WORK_SIZE", "amp_connection_t", "amp_installation_t", "amp_problem_t")
JSON = (("json", "this library: validates, extracts and stores, in pieces"), ("jsmn", "jsmn: finds tokens in the whole text"),
        ("cjson", "cJSON: makes a tree on a heap of the whole text"))
ORDERS = (("client", "the client's order: ChaCha20-Poly1305"), ("own", "its own order, OpenSSL's: AES-256-GCM"),
          ("aes", "its own order, without ChaCha20: AES-256-GCM"))
NONE = "—"

BUDGETS = (
    Budget("whole image, flash, B", "m4.image.flash", 96 * 1024),
    Budget("whole image, RAM, B", "m4.image.ram", 32 * 1024),
    Budget("whole image on RISC-V, flash, B", "rv32imc.image.flash", 116 * 1024),
    Budget("whole image on RISC-V with 6 KB for frames, RAM, B", "rv32imc.image.ram", 38 * 1024),
    Budget("status check on a kept connection, with lwIP and the driver, instructions", "run.cortex-m3.kept", 250000),
    Budget("status check on a kept connection, instructions", "run.cortex-m3.replay.kept", 175000),
    Budget("… with the cipher's files at -O2, instructions", "run.cortex-m3.fast.kept", 125000),
    Budget("status check on a resumed session, instructions", "run.cortex-m3.woken", 1700000),
    Budget("deepest stack of the client on a Cortex-M, B", "stack.arm", 512),
    Budget("deepest stack of the client on RISC-V and Xtensa, B", "stack.other", 512, 576,
           "each of a row of 10 calls has a frame that their ABIs make a multiple of 16 bytes"),
    Budget("static memory of the library on any of them, B", "ram.static", 0),
)


def load(folder):
    """Returns {key: number or text}."""
    lines = (folder / "footprint" / "measured").read_text().splitlines()
    values = {key: int(value) if value.isdigit() else value for key, _, value in (line.partition(" ") for line in lines)}
    for target, _ in TARGETS:
        values[f"{target}.flash.tls"] -= values[f"{target}.flash.get"]
        values[f"{target}.ram"] = max(values[f"{target}.ram.{part}"] for part in ("without_tls", "tls"))
    values["ram.static"] = max(values[f"{target}.ram"] for target, _ in TARGETS)
    for key, targets in (("stack.arm", ("m0plus", "m4")), ("stack.other", ("rv32imc", "lx106"))):
        values[key] = max(values[f"{target}.stack"] for target in targets)
    for board, _ in BOARDS:
        day = json.loads((folder / f"device-{board}.json").read_text())
        values.update({f"run.{board}.{name}": day["before"][name] for name in ("cold", "kept", "list")})
        values.update({f"run.{board}.woken": day["after"]["woken"],
                       f"run.{board}.arena": day["before"]["arena"], f"run.{board}.storage": day["before"]["tls_storage"],
                       f"run.{board}.stack": day["before"]["stack"], f"run.{board}.session": day["before"]["session"]})
        replay = json.loads((folder / f"replay-{board}.json").read_text())
        values.update({f"run.{board}.replay.{name}": replay[name] for name in ("cold", "kept", "list", "resumed")})
    fast = json.loads((folder / "replay-fast-cortex-m3.json").read_text())
    values.update({f"run.cortex-m3.fast.{name}": fast[name] for name in ("cold", "kept", "list", "resumed")})
    for order, figures in json.loads((folder / "ciphers.json").read_text()).items():
        values.update({f"order.{order}.{name}": figures[name] for name in ("cold", "kept", "woken")})
    return values


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def number(values, key):
    return f"{values[key]:,}" if key in values else NONE


def target_rows(values):
    def line(name, key):
        return row(name, *(number(values, f"{target}.{key}") for target, _ in TARGETS))

    yield row("bytes, `-Os`", *(name for _, name in TARGETS))
    yield row("---", *["---:"] * len(TARGETS))
    for part, name in FLASH:
        yield line(name, f"flash.{part}")
    yield line("flash of a whole image: client, TLS, mbedTLS, lwIP", "image.flash")
    yield line("RAM of a whole image, 6 KB of stack and 10.5 KB of arena included", "image.ram")
    yield line("`.data` and `.bss` of the library", "ram")
    yield line("deepest stack of the client, by call graph", "stack")
    for name in SIZES:
        yield line(f"`{name}`", f"size.{name}")


def json_rows(values):
    """Yields the rows for JSON only, of this library and of others."""
    def cell(target, part):
        own, taken = (f"{target}.{what}.{part}" for what in ("own", "taken"))
        return number(values, own) + (f" + {values[taken]:,}" if taken in values else "")

    yield row("flash of JSON alone, `-Os`, + what it takes of the C library", *(name for _, name in TARGETS))
    yield row("---", *["---:"] * len(TARGETS))
    for part, name in JSON:
        if f"{TARGETS[0][0]}.own.{part}" in values:
            yield row(name, *(cell(target, part) for target, _ in TARGETS))


def every_size(values):
    """Returns one sentence with all other public structs."""
    def size(name):
        small, large = (values[f"{target}.size.{name}"] for target in ("m4", "rv32imc"))
        return f"`{name}` {small:,}" + (f" ({large:,} on RISC-V and Xtensa)" if large != small else "")
    prefix = "m4.size."
    names = sorted(key.removeprefix(prefix) for key in values if key.startswith(prefix))
    return "Bytes of every other public struct: " + ", ".join(size(name) for name in names if name not in SIZES) + "."


def board_rows(values):
    def line(name, key, unit=1):
        return row(name, *(f"{values[f'run.{board}.{key}'] // unit:,}" for board, _ in BOARDS))

    yield row("thousands of instructions", *(name for _, name in BOARDS))
    yield row("---", *["---:"] * len(BOARDS))
    yield line("status check, first connection, all TLS included", "replay.cold", 1000)
    yield line("… on a connection that was kept", "replay.kept", 1000)
    yield line("… on a new connection, session resumed", "replay.resumed", 1000)
    yield line("list of 4 installations with a configuration each, 22 KB, session resumed", "replay.list", 1000)
    yield line("about, with lwIP and the driver: status check, first connection", "cold", 1000)
    yield line("about, with lwIP and the driver: … kept", "kept", 1000)
    yield line("about, with lwIP and the driver: … resumed after sleep", "woken", 1000)
    yield line("about, with lwIP and the driver: list of 1,000 installations, 5.5 MB", "list", 1000)
    yield row("bytes", *[""] * len(BOARDS))
    yield line("about: stack that was ever used, of the whole image", "stack")
    yield line("about: mbedTLS's arena that was ever used", "arena")
    yield line("TLS storage", "storage")
    yield line("about: saved session", "session")


def cipher_rows(values):
    def line(name, prefix, resumed):
        return row(name, *(f"{values[f'{prefix}.{what}'] // 1000:,}" for what in ("cold", "kept", resumed)))

    yield row("Cortex-M3, thousands of instructions of a status check", "first connection", "kept", "session resumed")
    yield row("---", *["---:"] * 3)
    yield line("ChaCha20-Poly1305, all files at `-Os`", "run.cortex-m3.replay", "resumed")
    yield line('… with the cipher at `-O2`: `FAST="chacha20 poly1305"`', "run.cortex-m3.fast", "resumed")
    for order, name in ORDERS:
        yield line(f"about, with lwIP and the driver: server that follows {name}", f"order.{order}", "woken")


def block(values):
    versions = "; ".join(values[f"version.{target}"] for target, _ in TARGETS if target != "m0plus")
    return [*target_rows(values), "", every_size(values), "", *json_rows(values), "",
            *board_rows(values), "", *cipher_rows(values), "",
            f"{README.caption} `{README.command}`: {versions}."]


def main():
    values = load(pathlib.Path(sys.argv[1]))
    lines = block(values)
    unmeasured = tuple(f"| {name} |" for part, name in JSON if f"m4.own.{part}" not in values)
    print("\n".join(lines))
    if "--write" in sys.argv:
        README.write(lines, unmeasured)
    if "--check" in sys.argv:
        # A ceiling applies to every compiler. If it is too low for another compiler, it is raised.
        sys.exit(budgets.check(values, True, BUDGETS) | README.check(lines, unmeasured))


main()
