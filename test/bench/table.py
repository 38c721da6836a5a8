#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what was measured: table.py MEASURED [--check] [--write]

--check  compares with the budgets and with docs/costs.md; exit status 1 when one does not hold
--write  puts the table into docs/costs.md, between its two marks
"""
import pathlib
import sys

import budgets
import readme

README = readme.Block("bench", "sh test/bench/run.sh", "Measured by", tolerance=0.01)

CROWDS = (("silent", "that does not answer"), ("asking", "that answers 503 with `Retry-After: 30`"),
          ("undrawn", "that does not answer, were waits doubled but not drawn"))
DOCUMENTS = (("connection", "a connection"), ("installation", "an installation"),
             ("list", "a list of 100 installations"))


def load(path):
    """{key: number or text} of lines `key value`; and the ratios that the tables show."""
    lines = pathlib.Path(path).read_text().splitlines()
    values = {key: int(value) if value.isdigit() else value
              for key, _, value in (line.partition(" ") for line in lines)}
    for key in [key for key in values if key.startswith("count.")]:
        document = key.split(".")[2]
        values["per_byte." + key.removeprefix("count.")] = values[key] / values["bytes." + document]
    values.update(rates(values))
    values["ram.client"] = values["size.amp_client_t"] + values["size.AMP_WORK_SIZE"]
    return values


def rates(values):
    """Requests a second of each phase of a crowd, the mean and the most; and the most over the mean."""
    found = {}
    for key in [key.removesuffix(".all") for key in values if key.endswith(".all") and key.startswith("crowd.")]:
        mean = values[key + ".all"] / values[key + ".seconds"]
        most = values[key + ".most"] / values[key + ".bin"]
        found |= {key + ".mean": mean, key + ".peak": most, key + ".ratio": most / mean}
        away = found.get(key.rsplit(".", 1)[0] + ".away.mean", mean)
        found[key + ".rise"] = most / away
    return found


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def shown(value):
    return f"{value:.1f}" if isinstance(value, float) else f"{value:,}"


def decode_rows(values):
    def per_byte(what, document):
        return shown(values[f"per_byte.{what}.{document}"])

    yield row("x86-64, `-O2`", f"this library, in {values['piece']}-byte pieces", "in one piece",
              "jsmn: finds tokens only", "cJSON: a tree")
    yield row("---", *["---:"] * 4)
    for key, name in DOCUMENTS:
        yield row(f"instructions per byte: {name}, {values['bytes.' + key]:,} B",
                  *(per_byte(what, key) for what in ("pieces", "whole", "jsmn", "cjson")))
    yield row(f"instructions per byte: response head, 12 headers, {values['bytes.head']:,} B", "",
              per_byte("head", "head"), "", "")
    for key, name in DOCUMENTS:
        ours = f"{values['memory.ours']:,} B"
        yield row(f"memory beside the text: {name}", ours, ours, f"{values['memory.jsmn.' + key]:,} B",
                  f"{values['memory.cjson.' + key]:,} B in {values['mallocs.cjson.' + key]:,} mallocs")


def target_rows(values):
    def one(name, key):
        return row(name, shown(values[key]))

    yield row("Cortex-M4, `-Os`, without TLS", "bytes")
    yield row("---", "---:")
    yield one("flash of the client with get, list and generate", "flash.client")
    yield one("and with an error's problem document kept", "flash.problem")
    yield one("and with everything, used or not", "flash.all")
    yield one("flash of what the first uses of newlib-nano and libgcc", "flash.toolchain")
    yield one("flash of its whole image, a stub port and `main` included", "flash.whole")
    yield one("flash of an image of an empty `main`", "flash.empty")
    yield one("`.data` and `.bss` of the library", "ram.static")
    yield one("`amp_client_t`", "size.amp_client_t")
    yield one("work buffer, `AMP_WORK_SIZE`", "size.AMP_WORK_SIZE")
    yield one("client and work buffer", "ram.client")
    for record in ("connection", "installation", "problem"):
        yield one(f"`amp_{record}_t`", f"size.amp_{record}_t")
    yield one("deepest stack of `amp_step`", "stack.step")
    yield one("deepest stack of any call", "stack.worst")


def crowd_rows(values):
    yield row("100,000 devices lose, in the same second and for half an hour, a service", "while away, from the second "
              "minute on", "once back", "then, polls")
    yield row("---", *["---:"] * 3)
    for crowd, name in CROWDS:
        phases = [f"crowd.{crowd}.{phase}" for phase in ("away", "back", "looks")]
        yield row(name, *(f"{values[key + '.peak']:,.0f} a second at most, {values[key + '.mean']:,.0f} in the mean"
                          for key in phases))


def by_file(values):
    prefix = "flash.file."
    files = [(key.removeprefix(prefix), size) for key, size in values.items() if key.startswith(prefix)]
    return "Flash by file: " + ", ".join(
        (f"`{name}` {size:,}" if name.endswith(".c") else f"{name} {size:,}") for name, size in files) + "."


def block(values):
    caption = (f"{README.caption} `{README.command}`: {values['version.gcc']}; {values['version.arm']}; "
               f"instructions counted by {values['version.valgrind']}; cJSON {values['version.cjson']}. "
               "This library validates, extracts and stores; memory is that of x86-64, records are the caller's.")
    return [*decode_rows(values), "", *target_rows(values), "", *crowd_rows(values), "", by_file(values), "", caption]


def main():
    values = load(sys.argv[1])
    lines = block(values)
    print("\n".join(lines))
    print(f"\nDeepest way, bytes of each frame: {values['stack.path']}.")
    if "--write" in sys.argv:
        README.write(lines)
    if "--check" in sys.argv:
        sys.exit(budgets.check(values, README.has_same_compilers(lines)) | README.check(lines))


main()
