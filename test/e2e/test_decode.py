# SPDX-License-Identifier: MIT
"""Tests decode: captured answers, complete and damaged, without a network."""
import json
import os
import pathlib
import subprocess

import answers
import harness
from harness import in_parallel, run, write_file

DATA = harness.ROOT / "test" / "data"
KINDS = ("connection", "connections", "installation", "installations", "problem", "json")
CONNECTION = dict(answers.RECORD, providerApp={"id": "app", "externalRef": "ext", "clientId": "client"},
                  providerWorkspaceRef="space", providerConsumerRef="there", updateTime=answers.MOMENT)
CONFIG = {"id": "config-1", "revisionId": "revision-1", "createTime": answers.MOMENT, "createdBy": "api",
          "content": {"provider": "salesforce", "read": {"objects": {"account": {"deep": [[1, {"a": None}]]}}}}}
INSTALLATION = {
    "id": "installation-1", "projectId": "project-1", "integrationId": "integration-1",
    "group": {"groupRef": "group-1", "groupName": "One"}, "healthStatus": "healthy", "connection": CONNECTION,
    "createTime": answers.MOMENT, "createdBy": "api", "updateTime": answers.MOMENT, "config": CONFIG,
    "lastOperationStatus": "success",
}
PROBLEM = {
    "type": "urn:a", "href": "https://example.invalid", "title": "Title", "status": 400, "detail": "Detail",
    "instance": "urn:b", "subsystem": "api", "time": answers.MOMENT, "requestId": "r-1", "causes": ["c"],
    "remedy": "Remedy", "retryable": True, "retryAfter": answers.MOMENT,
    "issues": [{"in": "body", "name": "n", "detail": "d"}],
}


def text(value):
    """Returns a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def decode(kind, data, *options):
    """Runs decode from standard input with --json."""
    return run("--json", *options, "decode", kind, stdin=data)


def without_dropped(value):
    """Returns an installation as it is printed: without the config's content."""
    return dict(value, config={name: member for name, member in value["config"].items() if name != "content"})


class DecodeTest(harness.TestCase):
    """Adds a check that a text is refused."""

    def check_bad(self, kind, data, code, field=None, records=0):
        """Exit 5, and the error is a fault of the answer."""
        result = decode(kind, data)
        error = self.check_failed(result, 5, code, "body")
        self.assertEqual((error.get("field"), len(result.records)), (field, records), data[:100])
        return error


class Whole(DecodeTest):
    """Tests of correct texts."""

    def test_kinds(self):
        for kind, value, shown in (("connection", CONNECTION, CONNECTION), ("problem", PROBLEM, PROBLEM),
                                   ("installation", INSTALLATION, without_dropped(INSTALLATION))):
            with self.subTest(kind):
                self.assertEqual(self.check_done(decode(kind, text(value))), [shown])
                indented = json.dumps(value, indent=4).encode()
                self.assertEqual(self.check_done(decode(kind, indented)), [shown])
                self.assertEqual(self.check_done(run("--json", "decode", kind, write_file(value))), [shown])
                if kind != "problem":
                    many = self.check_done(decode(kind + "s", text([value] * 50)))
                    self.assertEqual(many, [shown] * 50)

    def test_captured_answers(self):
        files = sorted(DATA.glob("*.json"))
        self.assertTrue(files)
        for path in files:
            kind = self.kind_of(path)
            with self.subTest(path.name, kind=kind):
                records = self.check_done(run("--json", "decode", kind, str(path)))
                value = json.loads(path.read_bytes())
                self.assertEqual(len(records), len(value) if isinstance(value, list) else 1)
                self.assertEqual([record.get("id") for record in records],
                                 [one.get("id") for one in (value if isinstance(value, list) else [value])])
                self.assertNotIn(b"api-key-123", run("decode", kind, str(path)).out)
                self.check_done(run("--json", "decode", "json", str(path)))

    @staticmethod
    def kind_of(path):
        """Returns the kind of record in a captured answer."""
        value = json.loads(path.read_bytes())
        one = value[0] if isinstance(value, list) else value
        kind = "installation" if "config" in one else "connection" if "group" in one else "problem"
        return kind + ("s" if isinstance(value, list) else "")

    def test_empty_things(self):
        self.assertEqual(self.check_done(decode("connections", b" [ ] ")), [])
        self.assertEqual(self.check_done(decode("installations", b"[]")), [])
        self.assertEqual(self.check_done(decode("problem", b"{}")), [{}])

    def test_optional_members(self):
        self.assertEqual(self.check_done(decode("connection", answers.BODY)), [answers.RECORD])
        for name in ("group", "updateTime", "lastOperationStatus"):
            less = {key: value for key, value in INSTALLATION.items() if key != name}
            self.assertEqual(self.check_done(decode("installation", text(less))), [without_dropped(less)])
            null = dict(INSTALLATION, **{name: None})
            self.assertEqual(self.check_done(decode("installation", text(null))), [without_dropped(less)])
        for name in PROBLEM:
            less = {key: value for key, value in PROBLEM.items() if key != name}
            self.assertEqual(self.check_done(decode("problem", text(less))), [less])

    def test_unknown_words_and_members(self):
        value = dict(CONNECTION, status="brand_new", authScheme="quantum", other={"id": [1, 2]}, status2="x")
        (record,) = self.check_done(decode("connection", text(value)))
        self.assertEqual((record["status"], record["authScheme"]), ("brand_new", "quantum"))
        self.assertEqual(set(record), set(CONNECTION))

    def test_times(self):
        for given, shown in (("2023-07-13T21:34:44Z", "2023-07-13T21:34:44.000000Z"),
                             ("2023-07-13T21:34:44.123456789Z", "2023-07-13T21:34:44.123456Z"),
                             ("2023-07-13T23:34:44.5+02:00", "2023-07-13T21:34:44.500000Z"),
                             ("2000-02-29T00:00:00-23:59", "2000-02-29T23:59:00.000000Z"),
                             ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
                             ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z")):
            (record,) = self.check_done(decode("connection", text(dict(CONNECTION, createTime=given))))
            self.assertEqual(record["createTime"], shown)
        for given in ("0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"):
            result = decode("connection", text(dict(CONNECTION, createTime=given)))
            error = self.check_failed(result, 5, "AMP_ERR_VALUE", "body")
            self.assertEqual(error["field"], "createTime")

    def test_texts(self):
        for value in ('"\\/\b\f\n\r\t', "\x01\x1f\x7f", "é€\U0001f680", "\u2028\u202e", "\ufffd", "<&>", "a" * 63):
            record = dict(CONNECTION, group={"groupRef": value, "groupName": value})
            for data in (text(record), json.dumps(record).encode(), json.dumps(record).replace("/", "\\/").encode()):
                result = decode("connection", data)
                self.assertEqual(self.check_done(result)[0]["group"], record["group"])
                self.assertEqual(result.text.count("\n"), 1)

    def test_names_are_cut_at_a_character(self):
        for unit in ("a", "é", "€", "\U0001f680"):
            record = dict(CONNECTION, consumer={"consumerRef": "c", "consumerName": unit * 1000})
            (shown,) = self.check_done(decode("connection", text(record)))
            name = shown["consumer"]["consumerName"]
            self.assertEqual(name, unit * len(name))
            self.assertIn(len(name.encode()), range(60, 64))

    def test_from_a_pipe_byte_by_byte(self):
        data = text([CONNECTION, CONNECTION])
        process = harness.start("--json", "decode", "connections", "-", stdin=subprocess.PIPE)
        for value in data:
            os.write(process.stdin.fileno(), bytes((value,)))
        self.assertEqual(self.check_done(harness.end(process)), [CONNECTION] * 2)

    def test_records_are_shown_while_the_rest_is_waited_for(self):
        process = harness.start("--json", "decode", "connections", stdin=subprocess.PIPE)
        process.stdin.write(b"[" + text(CONNECTION) + b",")
        process.stdin.flush()
        self.assertEqual(json.loads(process.stdout.readline()), CONNECTION)
        self.assertIsNone(process.poll())
        process.stdin.write(text(CONNECTION) + b"]")
        self.assertEqual(self.check_done(harness.end(process)), [CONNECTION])


class Broken(DecodeTest):
    """Tests of texts with a fault."""

    def test_every_cut(self):
        for kind, value in (("connection", CONNECTION), ("problem", PROBLEM), ("installation", INSTALLATION)):
            data = text(value)
            results = in_parallel(lambda n, k=kind, d=data: decode(k, d[:n]), range(len(data)))
            for size, result in enumerate(results):
                with self.subTest(kind, size=size):
                    self.check_failed(result, 5, "AMP_ERR_JSON", "body")
                    self.assertEqual(result.records, [])

    def test_cuts_of_lists(self):
        one = text(CONNECTION)
        data = text([CONNECTION] * 3)
        sizes = sorted({*range(0, len(data), 13), *range(len(one) - 2, len(one) + 5), len(data) - 1})
        for size, result in zip(sizes, in_parallel(lambda n: decode("connections", data[:n]), sizes), strict=True):
            self.check_failed(result, 5, "AMP_ERR_JSON", "body")
            self.assertEqual(result.records, [CONNECTION] * (size // (len(one) + 1)), size)

    def test_missing_members(self):
        for path in ("id", "projectId", "provider", "createTime", "authScheme", "status", "group", "consumer",
                     "group.groupRef", "group.groupName", "consumer.consumerRef", "consumer.consumerName",
                     "providerApp.id", "providerApp.clientId"):
            self.check_bad("connection", text(self.lacking(CONNECTION, path)), "AMP_ERR_MISSING", path)
            both = text([CONNECTION, self.lacking(CONNECTION, path)])
            self.check_bad("connections", both, "AMP_ERR_MISSING", path, records=1)
        for path in ("id", "projectId", "integrationId", "healthStatus", "connection", "createTime", "createdBy",
                     "config", "config.id", "config.revisionId", "config.createTime", "config.createdBy",
                     "group.groupRef", "group.groupName"):
            self.check_bad("installation", text(self.lacking(INSTALLATION, path)), "AMP_ERR_MISSING", path)
        error = self.check_failed(decode("installation", text(self.lacking(INSTALLATION, "connection.id"))), 5,
                                  "AMP_ERR_MISSING")
        self.assertTrue(error["field"].endswith("id"))

    @staticmethod
    def lacking(value, path):
        """Returns a copy without the member at a path."""
        copy = json.loads(json.dumps(value))
        *outer, last = path.split(".")
        at = copy
        for name in outer:
            at = at[name]
        del at[last]
        return copy

    def test_bad_bodies(self):
        for name, (body, code, field) in answers.BAD_BODY.items():
            with self.subTest(name):
                self.check_bad("connection", body, code, field)

    def test_too_long_for_their_place(self):
        for path, least in (("id", 64), ("projectId", 64), ("provider", 40), ("authScheme", 40), ("status", 40),
                            ("providerWorkspaceRef", 128), ("group.groupRef", 128), ("consumer.consumerRef", 128),
                            ("providerApp.externalRef", 128)):
            for size in (least, 300, 5000):
                copy = json.loads(text(CONNECTION))
                *outer, last = path.split(".")
                (copy[outer[0]] if outer else copy)[last] = "x" * size
                error = self.check_bad("connection", text(copy), "AMP_ERR_TOO_LONG", path)
                self.assertEqual(error["need"], size + 1)
                self.assertIn(path, run("decode", "connection", stdin=text(copy)).told)

    def test_errors_name_their_place(self):
        for kind, data, place in (("json", b"[1,\n 2,\n 3 4]", "line 3, column 4, byte 12"),
                                  ("json", b"", "line 1, column 1, byte 1"),
                                  ("connection", b'{\n  "id": 5\n}', "line 2, column 10, byte 12")):
            with self.subTest(data):
                error = self.check_failed(decode(kind, data), 5, None, "body")
                self.assertEqual(error["note"], place)
                self.assertIn(place, run("decode", kind, stdin=data).told)

    def test_halves_of_a_character(self):
        """Half of a surrogate pair is valid JSON (RFC 8259, 8.2), but not valid text."""
        for half in ("\\ud83d", "\\ude80", "\\ud83dx", "\\ude80\\ud83d"):
            result = decode("connection", answers.BODY.replace(b"connection-123", half.encode()))
            error = self.check_failed(result, 5, None, "body")
            self.assertEqual((error.get("field"), result.records), ("id", []))
            self.check_done(decode("json", f'"{half}"'.encode()))

    def test_other_kinds(self):
        for kind in KINDS[:-1]:
            for data in (b"5", b'"text"', b"true", b"{}" if kind.endswith("s") else b"[]"):
                self.check_bad(kind, data, "AMP_ERR_TYPE")
            if kind.endswith("s"):
                self.assertEqual(self.check_done(decode(kind, b" null\n")), [])
            else:
                self.check_bad(kind, b"null", "AMP_ERR_TYPE")
        self.check_bad("connection", text(INSTALLATION), "AMP_ERR_MISSING", "provider")

    def test_bad_texts(self):
        for kind in KINDS:
            self.check_bad(kind, b"", "AMP_ERR_JSON")
            self.check_bad(kind, b" \n", "AMP_ERR_JSON")
            self.check_bad(kind, bytes(range(256)) * 4, "AMP_ERR_JSON")
            self.check_bad(kind, b"\x1f\x8b\x08" + os.urandom(5000), "AMP_ERR_JSON")
            self.check_bad(kind, b"<!DOCTYPE html><html></html>", "AMP_ERR_JSON")
            self.assertEqual(decode(kind, b"[" * 1000000).status, 5)
            self.assertEqual(decode(kind, b'{"a":' * 100000).status, 5)
            self.assertEqual(decode(kind, b'"' + b"x" * 1000000).status, 5)

    def test_noise(self):
        """A record with one changed byte is either read or refused with an error."""
        data = text(CONNECTION)
        changed = [data[:n] + byte + data[n + 1:]
                   for n in range(0, len(data), 5) for byte in (b"\x00", b'"', b"}", b"\xff")]
        for body, result in zip(changed, in_parallel(lambda body: decode("connection", body), changed), strict=True):
            self.assertIn(result.status, (0, 5), body)
            for line in result.text.splitlines():
                json.loads(line)


class Json(DecodeTest):
    """Tests of decode json."""

    GOOD = (b"{}", b"[]", b"0", b"-0", b"1.5e-3", b"1E400", b'""', b'"\\u0000"', b"null", b" true ", b"[1,[2,{}]]",
            b'{"":1}', b'"\\ud83d\\ude80"', b'"\x7f"', b"[" * 60 + b"]" * 60, b'"' + b"x" * 1000000 + b'"')
    BAD = (b"", b"{", b"]", b"01", b"1.", b".5", b"+1", b"-", b"1e", b"0x1", b"NaN", b"Infinity", b"nul", b"nullx",
           b"True", b'"', b'"\n"', b'"\\x"', b'"\\u12"', b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b"{}{}", b"[1,]",
           b"[,1]", b"[1 2]", b'{"a"}', b'{"a":}', b'{a:1}', b"{1:1}", b'{"a":1,}',
           b"'a'", b"//", b"\xef\xbb\xbf{}", b"1\x00", b"[}", b'{"a":1]')

    def test_valid(self):
        for data in self.GOOD:
            result = decode("json", data)
            self.check_done(result)
            plain = run("decode", "json", stdin=data)
            self.assertEqual((plain.status, plain.err), (0, b""))

    def test_invalid(self):
        for data in self.BAD:
            with self.subTest(data):
                self.check_bad("json", data, "AMP_ERR_JSON")
        self.check_bad("json", b"[" * 300 + b"]" * 300, "AMP_ERR_DEPTH")

    def test_no_network_and_no_configuration(self):
        changes = {"AMP_URL": "http://refused", "AMP_CA_FILE": "not-there", "AMP_API_KEY": "one\ntwo"}
        for kind in ("json", "problem"):
            self.assertEqual(run("decode", kind, stdin=b"{}", changes=changes).status, 0)

    def test_file_that_is_missing(self):
        path = str(pathlib.Path(harness.FOLDER) / "not-there.json")
        self.check_failed(run("--json", "decode", "json", path), 2)
        self.check_failed(run("--json", "decode", "json", str(harness.FOLDER)), 2)


if __name__ == "__main__":
    harness.main()
