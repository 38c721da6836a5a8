# SPDX-License-Identifier: MIT
"""Decodes references and names of every kind with Python's own decoders.

Ten thousand random ones are encoded by the library only (request_writer.c), because a process for each would
take minutes. Several hundred are sent by the client, and returned by the sandbox.
"""
import json
import random
import re
import sys
import urllib.parse

import asking
import harness
import writing
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
COUNT = 10000
SEED = 20261125
REF_SIZE = 128
PLACES = {"provider": 40, "connectionId": 64, "providerAppId": 64}

# Parts of a text with a special meaning in URLs, JSON, shells, terminals, Go or UTF-8.
PIECES = ['"', "\\", "/", "%", "&", "#", "?", "+", " ", "'", "<", ">", ";", "=", ":", "@", ",", "{", "}", "[", "]", "|",
          "~", "^", "`", "$", "!", "*", "(", ")", ".", "..", "%2e", "%00", "%zz", "\\u0000", "\\n", "\r\n", "\n", "\t",
          "\x01", "\x1b[2J", "\x1f", "\x7f", "\x80", "\x85", "\u00e9", "\u07ff", "\u0800", "\u20ac", "\u2028", "\u202e",
          "\ud7ff", "\ue000", "\ufeff", "\ufffd", "\uffff", "\U00010000", "\U0001f680", "\U0010ffff", "a", "Z", "0", "-",
          "_", "null", "true", "HTTP/1.1", "Host: x", "https://", "../", "--"]
# Bytes that no text may have: invalid UTF-8, and NUL, which also ends a C string.
FAULTS = [b"\0", b"\x80", b"\xff", b"\xc0\x80", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x9f\x9a", b"\xf4\x90\x80\x80",
          b"\xf8\x88\x80\x80\x80", b"\xc3("]


def text(chance, longest=300):
    """Returns a random UTF-8 text as bytes."""
    kind = chance.random()
    if kind < 0.1:
        return (chance.choice(PIECES) * longest)[:longest].encode()
    if kind < 0.3:
        return bytes(chance.choices(range(1, 128), k=chance.randint(1, 40)))
    return "".join(chance.choices(PIECES, k=chance.randint(1, 24)))[:longest].encode()


def case(chance):
    """Returns an operation and its texts. One of twelve is missing or invalid."""
    fields = []
    for _ in range(writing.FIELD_COUNT):
        kind = chance.random()
        value = b"" if kind < 0.05 else text(chance)
        if kind > 0.97:
            at = chance.randint(0, len(value))
            value = value[:at] + chance.choice(FAULTS) + value[at:]
        fields.append(value)
    return chance.choice("glnuoxbic"), fields


def is_text(value):
    """Returns 1 when the value can be sent."""
    try:
        return "\0" not in value.decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        return False


# For each operation: its method, and its path with the numbers of the fields in it. Then the fields of its
# query and of its body by name. The name of a required field ends in an exclamation mark.
PATH, QUERY, BODY = range(3)
TENANT = {"provider": 0, "groupRef": 1, "consumerRef": 2}
REQUIRED = {f"{name}!": number for name, number in TENANT.items()}
OPERATIONS = {
    "g": (("GET", "/v1/projects/p/connections/{0}", {"connectionId": 0}), {}, None),
    "l": (("GET", "/v1/projects/p/connections", {}), TENANT, None),
    "n": (("POST", "/v1/projects/p/connections:generate", {}), {},
          {**REQUIRED, "groupName": 3, "consumerName": 4, "providerWorkspaceRef": 5, "providerMetadata": (6, 7)}),
    "u": (("PATCH", "/v1/projects/p/connections/{0}", {"connectionId": 0}), {},
          {"providerWorkspaceRef": 5, "providerMetadata": (6, 7)}),
    "o": (("POST", "/v1/oauth-connect", {}), {},
          {**REQUIRED, "groupName": 3, "providerAppId": 4, "providerMetadata": (6, 7)}),
    "x": (("PATCH", "/v1/projects/p/connections/{0}:oauth-update", {"connectionId": 0}), {}, None),
    "b": (("GET", "/v1/projects/p/integrations/{0}/installations/{1}/objects/{2}/backfill-progress",
           {"integrationId": 0, "installationId": 1, "objectName": 2}), {}, None),
    "i": (("GET", "/v1/projects/p/integrations/{0}/installations", {"integrationId": 0}), {"groupRef": 1}, None),
    "c": (("POST", "/v1/projects/p/integrations/{0}/installations", {"integrationId": 0}), {},
          {"groupRef!": 1, "connectionId": 2, "provider!": 3}),
}


def body_of(operation, fields):
    """Returns the value of the expected body, or None if there is no body."""
    wanted = OPERATIONS[operation][BODY]
    if wanted is None:
        return None
    body = {}
    for name, number in wanted.items():
        if isinstance(number, tuple):
            key, value = (fields[n] for n in number)
            if key:
                body[name] = {key.decode(): {"value": value.decode(), "source": "input"}}
        elif fields[number]:
            body[name.rstrip("!")] = fields[number].decode()
    if operation == "u":
        return {"updateMask": list(body), "connection": body}
    if operation == "o":
        return {"projectIdOrName": "p", **body}
    if operation == "c":
        return {**{name: body[name] for name in body if name != "provider"},
                "config": {"content": {"provider": body["provider"]}}}
    return body


def place(name):
    """Returns the size of an argument's member in a record, including the NUL. A longer argument could not be
    read back."""
    return REF_SIZE if "Ref" in name else PLACES.get(name, sys.maxsize)


def refusals(operation, fields):
    """Returns the names of the arguments that must be refused."""
    (_, _, segments), query, body = OPERATIONS[operation]
    found = {name for name, number in segments.items()
             if not is_text(fields[number]) or fields[number] in (b"", b".", b"..")}
    found |= {name for name, number in query.items() if not is_text(fields[number])}
    for name, number in (body or {}).items():
        if isinstance(number, tuple):
            key, value = (fields[n] for n in number)
            bad = key and not (is_text(key) and is_text(value))
        else:
            bad = not is_text(fields[number]) or (name.endswith("!") and not fields[number])
            bad |= len(fields[number]) >= place(name.rstrip("!"))
        found |= {name.rstrip("!")} if bad else set()
    if operation == "u" and not fields[5] and not fields[6]:
        found.add("updateMask")
    return found


def unique_members(pairs):
    """Returns the members of an object whose names must differ."""
    members = dict(pairs)
    assert len(members) == len(pairs)
    return members


class Written(harness.TestCase):
    """Checks requests that the library writes."""

    def check_target(self, target, operation, fields):
        """Segments and query must decode to the arguments, and have no other parts."""
        (_, template, _), query, _ = OPERATIONS[operation]
        self.assertRegex(target, r"\A[A-Za-z0-9\-._~%/:?=&]+\Z")
        path, mark, rest = target.partition("?")
        wanted = template.split("/")
        self.assertEqual(len(path.split("/")), len(wanted))
        for segment, name in zip(path.split("/"), wanted, strict=True):
            field = re.fullmatch(r"\{(\d)\}(.*)", name)
            value = segment.removesuffix(field[2]) if field else segment
            self.assertEqual(urllib.parse.unquote_to_bytes(value), fields[int(field[1])] if field else name.encode())
            self.assertEqual(segment, value + field[2] if field else name)
        pairs = [(name, fields[number].decode()) for name, number in query.items() if fields[number]]
        self.assertEqual(urllib.parse.parse_qsl(rest, strict_parsing=bool(mark), keep_blank_values=True,
                                                errors="strict", separator="&"), pairs)

    def check_request(self, request, operation, fields):
        """Checks a request that was sent."""
        head, _, body = request.partition(b"\r\n\r\n")
        lines = head.decode("ascii").split("\r\n")
        method, target, version = lines[0].split(" ")
        self.assertEqual((method, version), (OPERATIONS[operation][PATH][0], "HTTP/1.1"))
        self.check_target(target, operation, fields)
        names = [line.partition(":")[0].lower() for line in lines[1:]]
        self.assertEqual(len(set(names)), len(names))
        wanted = body_of(operation, fields)
        if wanted is None:
            self.assertEqual(body, b"")
            return
        self.assertIn(f"Content-Length: {len(body)}", lines)
        value = json.loads(body.decode("utf-8", errors="strict"), object_pairs_hook=unique_members, strict=True)
        self.assertEqual(value, wanted)

    def test_random_texts(self):
        chance = random.Random(SEED)
        cases = [case(chance) for _ in range(COUNT)]
        results = writing.write_requests(cases)
        refused = 0
        for (operation, fields), (status, field, request) in zip(cases, results, strict=True):
            with self.subTest(operation=operation, fields=fields):
                names = refusals(operation, fields)
                if names:
                    self.assertEqual((status, request), (b"AMP_ERR_ARGUMENT", b""))
                    self.assertIn(field.decode(), names)
                    refused += 1
                else:
                    self.assertIn(status, (b"AMP_ERR_ABORTED", b"AMP_ERR_UNKNOWN_OUTCOME"))
                    self.check_request(request, operation, fields)
        self.assertIn(refused, range(COUNT // 20, COUNT // 2), "hardly a test of both")


class ThroughTheClient(asking.Asking):
    """Sends texts to the sandbox and reads them back."""

    box = BOX

    def test_random_texts(self):
        chance = random.Random(SEED + 1)
        secret = write_file({"apiKey": "S3CRET"})
        # The text does not begin with a control character, so that it stays one argument. It is short enough
        # to be returned completely.
        rows = [(f"{text(chance, 24).decode()[:24]}{unique()}", text(chance, 12).decode()[:12], text(chance).decode())
                for _ in range(150)]

        def there_and_back(row):
            group, name, workspace = row
            made = BOX.run(*generate_arguments(secret, group), f"--group-name={name}", f"--workspace={workspace[:24]}",
                           f"--metadata=k={workspace}")
            listed = BOX.run("connection", "list", f"--group={group}")
            return made, listed

        for row, (made, listed) in zip(rows, harness.in_parallel(there_and_back, rows), strict=True):
            with self.subTest(row):
                (record,) = self.check_done(made)
                self.assertEqual(record["group"], {"groupRef": row[0], "groupName": row[1]})
                self.assertEqual(record["providerWorkspaceRef"], row[2][:24])
                (found,) = self.check_done(listed)
                self.assertEqual((found["id"], found["group"]), (record["id"], record["group"]))
        bodies = [json.loads(entry["body"]) for entry in BOX.log() if entry["method"] == "POST"]
        self.assertLessEqual({(group, workspace) for group, _, workspace in rows},
                             {(body["groupRef"], body["providerMetadata"]["k"]["value"]) for body in bodies})

    def test_texts_that_cannot_be_sent(self):
        """Exit 2 and the name of the argument, for every argument."""
        rows = (("connection get -- TEXT", "connectionId"), ("connection list --group=TEXT", "groupRef"),
                ("connection delete -- TEXT", "connectionId"), ("oauth update -- TEXT", "connectionId"),
                ("installation list --group=TEXT", "groupRef"), ("installation list -- TEXT", "integrationId"),
                ("installation get -- i TEXT", "installationId"), ("installation get -- TEXT n", "integrationId"),
                ("installation update --connection=TEXT -- i n", "connectionId"),
                ("installation progress -- i n TEXT", "objectName"), ("operation get -- TEXT", "operationId"),
                ("operation list -- i TEXT", "installationId"), ("doctor -- TEXT", "provider"),
                ("connection update --workspace=TEXT -- c", "providerWorkspaceRef"),
                ("connection update --metadata=k=TEXT -- c", "providerMetadata"),
                ("connection update --metadata=TEXT=v -- c", "providerMetadata"),
                ("oauth connect --provider=TEXT --group=g --consumer=c", "provider"),
                ("oauth connect --provider=p --group=g --consumer=TEXT", "consumerRef"),
                ("oauth connect --provider=p --group=g --consumer=c --provider-app=TEXT", "providerAppId"),
                ("installation create --group=TEXT --provider=p -- i", "groupRef"))
        jobs = [(line, field, fault) for line, field in rows for fault in FAULTS if b"\0" not in fault]
        before = len(BOX.log())
        results = harness.in_parallel(
            lambda job: BOX.run(*(word.replace(b"TEXT", b"a" + job[2]) for word in job[0].encode().split())), jobs)
        for (line, field, fault), result in zip(jobs, results, strict=True):
            with self.subTest(line=line, fault=fault):
                error = self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
                self.assertEqual(error["field"], field)
                result.err.decode("utf-8")
        self.assertEqual(len(BOX.log()), before)


if __name__ == "__main__":
    harness.main()
