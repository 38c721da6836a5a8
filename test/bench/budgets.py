# SPDX-License-Identifier: MIT
"""What the library may cost.

A budget that is missed and known to be has a reason and a ceiling above it: the budget stays what
it is, and getting worse still fails. When it is met again, take both out.

Ceilings are those of the compilers that docs/costs.md names. With others only what no compiler has a
say in can fail.
"""
import collections
import sys

Budget = collections.namedtuple("Budget", "name key limit ceiling reason", defaults=(None, None))

OF_EVERY_COMPILER = ("ram.static", "ram.client", "crowd.silent.away.ratio", "crowd.silent.back.rise",
                     "crowd.silent.looks.ratio", "crowd.asking.away.ratio")

STRINGS = "strings that are not plain are read byte by byte"
SHORT_CUTS = "the end of a piece stops the short cuts, which costs about 680 instructions"
BYTEWISE = "without the short cuts of `-O2` each byte passes three levels"

BUDGETS = (
    Budget("x86-64: a connection in the client's pieces, instructions per byte", "worst.pieces.connection", 18.0, 32.0, STRINGS),
    Budget("x86-64: 100 connections", "worst.pieces.connections", 17.0, 21.5, STRINGS),
    Budget("x86-64: 100 installations", "worst.pieces.installations", 11.0, 18.7, "booleans are read byte by byte"),
    Budget("x86-64: 100 installations, pretty-printed", "worst.pieces.pretty", 17.0, 40.0, "white space is read byte by byte"),
    Budget("x86-64: 100 connections with escapes", "worst.pieces.escaped", 17.5, 22.5, STRINGS),
    Budget("x86-64: 100 installations of plain strings", "worst.pieces.plain", 8.5, 10.4, SHORT_CUTS),
    Budget("x86-64: any text but nested arrays", "worst.pieces.flat", 25.0, 149.0, STRINGS),
    Budget("x86-64: nested arrays", "worst.pieces.nested", 40.0, 128.0, "each bracket passes three levels"),
    Budget("Cortex-M3: a connection", "worst.m3-pieces.connection", 21.0, 56.0, BYTEWISE),
    Budget("Cortex-M3: 100 installations", "worst.m3-pieces.installations", 10.0, 34.5, BYTEWISE),
    Budget("reader on 32 bits, B", "size.amp_reader_t", 130, 284, "the states of three levels"),
    Budget("flash of src/json on a Cortex-M4, B", "flash.json", 5120, 5200, "three levels"),
    Budget("response head, instructions per byte", "per_byte.head.head", 9.0),
    Budget("flash of the client, B", "flash.client", 13312, 14900,
           "6.1 KB validate and read JSON, jsmn included; 2.0 KB write requests; 2.1 KB read head and framing, with the "
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
    """(whether it passes, in words)"""
    if value <= budget.limit:
        return True, "kept, its ceiling can go" if budget.ceiling is not None else "kept"
    if budget.ceiling is None:
        return False, "BROKEN"
    if value <= budget.ceiling:
        return True, f"missed, ceiling {budget.ceiling:,}: {budget.reason}"
    return False, f"BROKEN, ceiling {budget.ceiling:,} too: {budget.reason}"


def check(values, are_same_compilers, held=BUDGETS):
    """Prints every budget with what was measured. 0 when none is broken, else 1."""
    broken = 0
    print("\n| budget | measured | allowed | |\n| --- | ---: | ---: | --- |")
    for budget in held:
        value = values[budget.key]
        passes, words = verdict(budget, value)
        shown = f"{value:.2f}" if isinstance(value, float) else f"{value:,}"
        print(f"| {budget.name} | {shown} | {budget.limit:,} | {words} |")
        broken |= not passes and (are_same_compilers or budget.key in OF_EVERY_COMPILER)
    if not are_same_compilers:
        print("SKIPPED holding code to the budgets: they are for the compilers that docs/costs.md names")
    if broken:
        print("a budget is broken", file=sys.stderr)
    return int(broken)
