# SPDX-License-Identifier: MIT
"""Strings and times, as oracle.py reads them (RFC 8259, section 7; RFC 3629; RFC 3339)."""
import datetime
import re

UTF8 = rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|" \
       rb"\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
PLAIN = rb"[ !#-\[\]-\x7f]"
OTHER = rb'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})|' + UTF8
# Each byte matches in one way only, so that a text that is not a string is refused in linear time.
TEXT = re.compile(rb'"(' + PLAIN + rb"*(?:(?:" + OTHER + rb")" + PLAIN + rb'*)*)"')
UNITS = re.compile(PLAIN + rb"|" + OTHER)
TIMES = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([-+])(\d\d):(\d\d))", re.ASCII)
SIMPLE = {b'\\"': '"', b"\\\\": "\\", b"\\/": "/", b"\\b": "\b", b"\\f": "\f", b"\\n": "\n", b"\\r": "\r", b"\\t": "\t"}


class Unsure(Exception):
    """schema.h does not specify the result."""


def code_of(unit):
    """Returns the code point, or the half of a surrogate pair, of one unit of a string."""
    if unit[:2] == b"\\u":
        return int(unit[2:], 16)
    return ord(SIMPLE[unit] if unit in SIMPLE else unit.decode())


def size_of(code):
    """Returns the size in UTF-8 bytes. Half of a pair counts as 2."""
    return 1 if code < 0x80 else 2 if code < 0x800 or 0xD800 <= code < 0xE000 else 3 if code < 0x10000 else 4


def text_of(codes):
    """Returns the bytes of the text, or None when it contains U+0000 or half of a pair."""
    text = "".join(map(chr, codes))
    try:
        found = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
    except UnicodeDecodeError:
        return None
    return None if b"\0" in found else found


def cut(codes, limit):
    """Returns the codes that fit. A pair is not split."""
    used, kept = 0, []
    for code in codes:
        used += size_of(code)
        if used > limit:
            break
        kept.append(code)
    if kept and 0xD800 <= kept[-1] < 0xDC00:
        if not 0xDC00 <= codes[len(kept)] < 0xE000:
            raise Unsure
        kept.pop()
    return kept


def microseconds(text):
    """Returns microseconds since 1970 for an RFC 3339 time; None for any other text."""
    found = TIMES.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction, sign, east_hours, east_minutes = found.groups()[6:]
    east = (int(east_hours) * 60 + int(east_minutes)) * (60 if sign == "+" else -60) if sign else 0
    if second > 60 or sign and (int(east_hours) > 23 or int(east_minutes) > 59):
        return None
    try:
        # Python has no year 0, so the year 400 replaces it: its calendar is the same.
        at = datetime.datetime(year + 400, month, day, hour, minute, min(second, 59))
    except ValueError:
        if year + 400 <= 9999:
            return None
        at = None
    if at is None:
        raise Unsure
    seconds = int((at - datetime.datetime(2370, 1, 1)).total_seconds()) - east
    if not -62167219200 <= seconds < 253402300800:
        return None
    return seconds * 1000000 + int(((fraction or "") + "000000")[:6])
