# SPDX-License-Identifier: MIT
"""Writes JSON as the service does, and reads JSON strictly.

The writer imitates Go's encoder in two details that matter to a small client: three harmless characters are
escaped, and all non-ASCII characters are unescaped. The reader refuses much that other readers accept, so
that a client cannot rely on a lenient service.
"""
import json

_GO_ESCAPES = {
    "&": "\\u0026",
    "<": "\\u003c",
    ">": "\\u003e",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def write(value):
    """Returns the value as compact JSON text in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for plain, escape in _GO_ESCAPES.items():
        # These characters can occur only inside strings, so they can be replaced in the finished text.
        text = text.replace(plain, escape)
    return text.encode("utf-8")


def _unique(pairs):
    """Returns an object whose names differ. Go would keep the last of two equal names without an error."""
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice!r} is there twice")
    return members


def _no_constant(word):
    raise ValueError(f"{word} is not JSON")


def read(data):
    """Returns the value of a JSON text in bytes. The text of a ValueError names the fault."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        # An escaped lone surrogate is allowed by the grammar, but is not a character.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value
