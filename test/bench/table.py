#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the measured costs: table.py MEASURED [--check] [--write]

--check  compares with the budgets and with docs/costs.md; exit status 1 when a comparison fails
--write  writes the table into docs/costs.md, between its two marks
"""
import pathlib
import sys

import budgets
import readme

README = readme.Block("bench", "sh test/bench/run.sh", "Measured by", tolerance=0.01)

CROWDS = (("silent", "that does not answer"), ("asking", "that answers 503 with `Retry-After: 30`"),
          ("undrawn", "that does not answer, were waits doubled but not drawn"))
ANSWERS = (("connection", "a connection"), ("connections", "100 connections"), ("installation", "an installation"),
           ("installations", "100 installations"), ("pretty", "100 installations, pretty-printed"),
           ("escaped", "100 connections, `\\u` for all that is not ASCII"), ("plain", "100 installations of plain strings"))
COSTLY = (("escapes", "short escapes"), ("units", "`\\uXXXX`"), ("latin", "French text"), ("cyrillic", "Cyrillic text"),
          ("japanese", "Japanese text"), ("emoji", "emoji"), ("numbers", "long numbers"),
          ("literals", "`true`, `false`, `null`"), ("scalars", "short values"), ("spaces", "white space"),
          ("members", "short members"), ("deep", "arrays 60 deep"), ("empty", "empty arrays and objects"))
NESTED = ("costly-deep", "costly-empty")
MEMORY = ("connection", "installation", "installations")
TEXTS = {**dict(ANSWERS), **{"costly-" + key: "unwanted: " + name for key, name in COSTLY}}

# (caption, columns: (decoder, column header)). The second decoder reads as the client does.
X86 = ("x86-64, `-O2`: instructions per byte",
       (("whole", "this library, in one piece"), ("pieces", "in {piece}-byte pieces"), ("bytes", "in 1-byte pieces"),
        ("jsmn", "jsmn: finds tokens only"), ("cjson", "cJSON: a tree")))
M3 = ("Cortex-M3, `-Os`: instructions per byte",
      (("m3-whole", "this library, in one piece"), ("m3-pieces", "in {piece}-byte pieces"), ("m3-bytes", "in 1-byte pieces"),
       ("m3-speed", "in {piece}-byte pieces, `AMPERSAND_FAST_JSON`"), ("m3-jsmn", "jsmn: finds tokens only"),
       ("m3-cjson", "cJSON: a tree")))
NONE = "\u2014"


def load(path):
    """Returns {key: number or text} of lines `key value`, and the ratios that the tables show."""
    lines = pathlib.Path(path).read_text().splitlines()
    values = {key: int(value) if value.isdigit() else value
              for key, _, value in (line.partition(" ") for line in lines)}
    for key in [key for key in values if key.startswith("count.")]:
        document = key.split(".")[2]
        values["per_byte." + key.removeprefix("count.")] = values[key] / values["bytes." + document]
    values.update(worst(values))
    values.update(rates(values))
    values["flash.json"] = sum(values.get(f"flash.file.{path.name}", 0) for path in pathlib.Path("src/json").glob("*.c"))
    values["ram.client"] = values["size.amp_client_t"] + values["size.AMP_WORK_SIZE"]
    return values


def worst(values):
    """Returns the higher cost of the quoted and the drawn response of each kind. Also returns the highest
    cost of any text, separately for nested texts."""
    found = {}
    for decoder in ("pieces", "m3-pieces"):
        cost = f"per_byte.{decoder}."
        for name, _ in ANSWERS:
            found[f"worst.{decoder}.{name}"] = max(values[cost + name], values[f"{cost}drawn-{name}"])
        found[f"worst.{decoder}.nested"] = max(values[cost + name] for name in NESTED)
        found[f"worst.{decoder}.flat"] = max(values[cost + name] for name in TEXTS if name not in NESTED)
    return found


def rates(values):
    """Returns the mean and the peak of requests per second for each phase of a crowd, and their ratio."""
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


def extreme_rows(values):
    """Yields the text with the lowest cost next to the one with the highest."""
    yield row("instructions per byte of this library as a client reads", "least", "most")
    yield row("---", "---", "---")
    for caption, columns in (X86, M3):
        cost = {values[f"per_byte.{columns[1][0]}.{name}"]: name for name in TEXTS}
        yield row(caption.partition(":")[0], *(f"{shown(found)}: {TEXTS[cost[found]]}" for found in (min(cost), max(cost))))


def decode_rows(values, caption, columns):
    yield row(caption, *(name.format_map(values) for _, name in columns))
    yield row("---", *["---:"] * len(columns))
    for key, name in TEXTS.items():
        cells = (values.get(f"per_byte.{decoder}.{key}") for decoder, _ in columns)
        yield row(f"{name}, {values['bytes.' + key]:,} B", *(NONE if cell is None else shown(cell) for cell in cells))


def memory_rows(values):
    yield row("Cortex-M3, `-Os`: memory beside the text + stack, in bytes", "this library", "jsmn", "cJSON")
    yield row("---", *["---:"] * 3)
    for key in MEMORY:
        both = {decoder: [values.get(f"{what}.m3-{decoder}.{key}") for what in ("memory", "stack")]
                for decoder in ("pieces", "jsmn", "cjson")}
        cells = [NONE if None in pair else f"{pair[0]:,} + {pair[1]:,}" for pair in both.values()]
        yield row(TEXTS[key], *cells[:2], f"{cells[2]}, {values['mallocs.cjson.' + key]:,} mallocs")


def target_rows(values):
    def one(name, key):
        return row(name, shown(values[key]))

    yield row("Cortex-M4, `-Os`, without TLS", "bytes")
    yield row("---", "---:")
    yield one("flash of the client with get, list and generate", "flash.client")
    yield one("and with an error's problem document kept", "flash.problem")
    yield one("and with everything, used or not", "flash.all")
    yield one("of the first, with `AMP_FAST_HEAD=0`", "flash.bytewise-head")
    yield one("flash of what the first uses of newlib-nano and libgcc", "flash.toolchain")
    yield one("flash of its whole image, a stub port and `main` included", "flash.whole")
    yield one("the same with `-flto`", "flash.lto")
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
               "This library validates, extracts and stores; jsmn finds tokens, cJSON makes a tree. Records are the caller's.")
    return [*extreme_rows(values), "", *decode_rows(values, *X86), "", *decode_rows(values, *M3), "",
            *memory_rows(values), "",
            f"On a Cortex-M3, `AMPERSAND_FAST_JSON` takes {values['flash.speed']:,} B of flash.", "",
            row("HTTP, x86-64, `-O2`", "instructions per byte"), row("---", "---:"),
            row(f"response head, 12 headers, {values['bytes.head']:,} B", shown(values["per_byte.head.head"])),
            row("the same with `AMP_FAST_HEAD=0`", shown(values["per_byte.bytewise.head"])), "",
            *target_rows(values), "", *crowd_rows(values), "", by_file(values), "", caption]


def drawn(values):
    """Yields the costs of the responses of this run's seed."""
    for caption, columns in (X86, M3):
        cost = (f"{name} {values[f'per_byte.{columns[1][0]}.drawn-{key}']:.1f}" for key, name in ANSWERS)
        yield f"Seed {values['seed']}, {caption}: {', '.join(cost)}."


def main():
    values = load(sys.argv[1])
    lines = block(values)
    print("\n".join(lines))
    print("", *drawn(values), sep="\n")
    print(f"\nDeepest way, bytes of each frame: {values['stack.path']}.")
    unmeasured = () if "per_byte.m3-cjson.connection" in values else ("| Cortex-M3 with cJSON",)
    if "--write" in sys.argv:
        README.write(lines, unmeasured)
    if "--check" in sys.argv:
        broken = budgets.check(values, README.has_same_compilers(lines))
        if unmeasured:
            print("SKIPPED comparing with docs/costs.md: there is no source of cJSON for a Cortex-M3")
        sys.exit(broken or (0 if unmeasured else README.check(lines)))


main()
