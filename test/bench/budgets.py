# SPDX-License-Identifier: MIT
"""The budgets: upper limits for the costs of the library.

A budget that is known to be missed has a reason and a higher ceiling. Its limit does not change, and a value
above the ceiling still fails. Remove reason and ceiling when the budget is met again.

Ceilings apply to the compilers that docs/costs.md names. With other compilers, only OF_EVERY_COMPILER can
fail.
"""
import collections
import sys

Budget = collections.namedtuple("Budget", "name key limit ceiling reason", defaults=(None, None))

OF_EVERY_COMPILER = ("ram.static", "ram.client", "crowd.silent.away.ratio", "crowd.silent.back.rise",
                     "crowd.silent.looks.ratio", "crowd.asking.away.ratio")

JSMN = ("jsmn takes 11 instructions for each byte of a value that is kept, 4.5 per byte of the answer; each end of a "
        "piece takes 260")
SHORT = "names and values are short: about 60 instructions go from one to the next"
SHAPE = "one path from name to value without a call, and word-wise search in it"

BUDGETS = (
    Budget("x86-64: a connection in the client's pieces, instructions per byte", "worst.pieces.connection", 18.0, 20.0, JSMN),
    Budget("x86-64: 100 connections", "worst.pieces.connections", 17.0, 18.3, JSMN),
    Budget("x86-64: 100 installations", "worst.pieces.installations", 11.0, 12.5, SHORT),
    Budget("x86-64: 100 installations, pretty-printed", "worst.pieces.pretty", 17.0),
    Budget("x86-64: 100 connections with escapes", "worst.pieces.escaped", 17.5, 19.4, JSMN),
    Budget("x86-64: 100 installations of plain strings", "worst.pieces.plain", 8.5, 11.0, SHORT),
    Budget("x86-64: any text but nested arrays", "worst.pieces.flat", 25.0),
    Budget("x86-64: nested arrays", "worst.pieces.nested", 40.0, 45.0, "the kind of the open container is a bit in memory"),
    Budget("Cortex-M3: a connection", "worst.m3-pieces.connection", 21.0, 24.0, JSMN),
    Budget("Cortex-M3: 100 installations", "worst.m3-pieces.installations", 10.0, 14.2, SHORT),
    Budget("reader on 32 bits, B", "size.amp_reader_t", 130),
    Budget("flash of src/json on a Cortex-M4, B", "flash.json", 5120, 6250, SHAPE),
    Budget("response head, instructions per byte", "per_byte.head.head", 9.0),
    Budget("flash of the client, B", "flash.client", 13312, 16450,
           "7.0 KB validate and read JSON, jsmn included; 2.0 KB write requests; 2.5 KB read head and framing, with the "
           "forms that a user agent must accept; 3.4 KB are the client's phases, 0.6 KB of them tell a change that may "
           "have taken effect from one that has not; 0.8 KB are texts"),
    Budget("static memory, B", "ram.static", 0),
    Budget("client and work buffer, B", "ram.client", 2048),
    Budget("deepest stack, B", "stack.worst", 512),
    Budget("deepest stack on a Cortex-M0+, B", "stack.m0plus", 512),
    Budget("crowd while the service is away: busiest second, in means", "crowd.silent.away.ratio", 2.0),
    Budget("crowd told `Retry-After: 30`: busiest second, in means", "crowd.asking.away.ratio", 2.0),
    Budget("crowd once the service is back: busiest second, in means while away", "crowd.silent.back.rise", 2.0),
    Budget("crowd polling afterwards: busiest ten seconds, in means", "crowd.silent.looks.ratio", 2.0),
)


def verdict(budget, value):
    """(1 if the value passes, the verdict in words)"""
    if value <= budget.limit:
        return True, "kept, its ceiling can go" if budget.ceiling is not None else "kept"
    if budget.ceiling is None:
        return False, "BROKEN"
    if value <= budget.ceiling:
        return True, f"missed, ceiling {budget.ceiling:,}: {budget.reason}"
    return False, f"BROKEN, ceiling {budget.ceiling:,} too: {budget.reason}"


def check(values, are_same_compilers, held=BUDGETS):
    """Prints every budget with its measured value. Returns 0 if all budgets are met, else 1."""
    broken = 0
    print("\n| budget | measured | allowed | |\n| --- | ---: | ---: | --- |")
    for budget in held:
        value = values[budget.key]
        passes, words = verdict(budget, value)
        shown = f"{value:.2f}" if isinstance(value, float) else f"{value:,}"
        print(f"| {budget.name} | {shown} | {budget.limit:,} | {words} |")
        broken |= not passes and (are_same_compilers or budget.key in OF_EVERY_COMPILER)
    if not are_same_compilers:
        print("SKIPPED budgets of code: they apply to the compilers that docs/costs.md names")
    if broken:
        print("a budget is broken", file=sys.stderr)
    return int(broken)
