# SPDX-License-Identifier: MIT
"""Checks after every run of the client that it printed no secret.

Secrets are the API key, tokens, every text of a secret file, the bytes of a session, and the texts that the
sandbox puts into answers under the switch `creds`. They must not be in standard output, in standard error,
or in a request outside its credential header and its body.
"""
import base64
import codecs
import itertools
import json
import os
import pathlib
import urllib.parse

ANSWERED = "LEAKED-CANARY"
SHORTEST = 8  # A shorter text could match by chance.
SESSION_PIECE = 24
_TIMES = ("issuedAt", "expiresAt")
_CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_seen = set()


def _base64(secret):
    """Returns the Base64 forms of a secret inside of a longer encoded text: one for each of the three
    alignments."""
    for before in range(3):
        text = base64.b64encode(bytes(before) + secret)
        # The first characters depend on the bytes before the secret, the last ones on the bytes after it.
        whole = (before + len(secret)) * 8 // 6
        piece = text[(before * 8 + 5) // 6:whole]
        yield piece
        yield piece.translate(bytes.maketrans(b"+/", b"-_"))


def _forms(secret):
    """Returns the forms of a secret. Percent-encoding is decoded in the searched text instead."""
    found = {secret, *_base64(secret)}
    try:
        text = secret.decode("utf-8")
    except UnicodeDecodeError:
        return found
    return found | {json.dumps(text, ensure_ascii=ascii)[1:-1].encode() for ascii in (True, False)}


def find(text, secrets):
    """Returns the form of a secret that is in the text, or None."""
    texts = [text] + ([urllib.parse.unquote_to_bytes(text)] if b"%" in text else [])
    for secret in secrets:
        for form in _forms(secret):
            if any(form in each for each in texts):
                return form
    return None


def _texts(value):
    """Returns the texts of a JSON value. Names that a user chose are included, times are not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _TIMES:
                yield from _texts(each)
            if name == "customAuth" and isinstance(each, dict):
                yield from each


def _of_secret_file(data):
    try:
        return [text.encode() for text in _texts(json.loads(data))]
    except (ValueError, RecursionError):
        return []


def _read(path, stdin=b""):
    """Returns the content of a file, or nothing if it cannot be read."""
    if path == "-":
        return stdin
    try:
        return pathlib.Path(path).read_bytes() if pathlib.Path(path).is_file() else b""
    except (OSError, ValueError):
        return b""


def _option(arguments, name, variable, changes):
    """Returns the values of an option and of its environment variable."""
    values = [following for each, following in itertools.pairwise(arguments) if each == name]
    values += [each.partition("=")[2] for each in arguments if each.startswith(name + "=")]
    return values + [value for value in (changes.get(variable),) if value]


class Secrets:
    """The secrets of one run. Create it before the run starts, because the run may change a session."""

    def __init__(self, arguments, changes=None, stdin=b"", folder="."):
        changes = changes or {}
        arguments = [os.fsdecode(each) for each in arguments]
        self._sessions = [pathlib.Path(folder, path) for path in
                          _option(arguments, "--session", "AMP_SESSION_FILE", changes)]
        found = [os.fsencode(changes.get("AMP_API_KEY") or "")]
        found += [_read(path, stdin) for path in _option(arguments, "--api-key-file", None, {})]
        found = [text.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n") for text in found]
        for path in _option(arguments, "--secret-file", None, {}):
            found += _of_secret_file(_read(path, stdin))
        self._secrets = {secret for secret in found if len(secret) >= SHORTEST} | {ANSWERED.encode()}
        self._keep_sessions()

    def _keep_sessions(self):
        """Returns the pieces of a session after its head, which is not secret."""
        for path in self._sessions:
            data = _read(path)
            self._secrets |= {data[at:at + SESSION_PIECE] for at in range(SESSION_PIECE, len(data) - SESSION_PIECE,
                                                                        SESSION_PIECE)}

    def check(self, *outputs):
        """Raises an error when an output of the run contains a secret."""
        self._keep_sessions()
        _seen.update(self._secrets)
        for output in outputs:
            _check(output, self._secrets, "the client told")


def _check(text, secrets, what):
    if form := find(text, secrets):
        raise AssertionError(f"{what} a secret: {form[:40]!r} in {text[-2000:]!r}")


def tokens(entries):
    """Returns the tokens that were sent in these requests."""
    return {value.partition(" ")[2].encode() for entry in entries for name, value in entry["headers"]
            if name.lower() == "authorization"}


def check_tokens(sent, *outputs):
    """Raises an error when an output contains a token that was sent."""
    _seen.update(sent)
    for output in outputs:
        _check(output, sent, "the client told")


def check_requests(entries):
    """Raises an error when a request contains a secret of any run, or a token, outside of its place."""
    lines = [entry["target"] or "" for entry in entries]
    lines += [value for entry in entries for name, value in entry["headers"]
              if name.lower() not in _CREDENTIAL_HEADERS]
    _check("\n".join(lines).encode(), _seen | tokens(entries), "a request told")
