# SPDX-License-Identifier: MIT
"""Tests connection get, list and generate: their requests and their output."""
import json
import pathlib
import re
import urllib.parse
import uuid

import answers
import asking
import harness
from asking import without_times
from harness import KEY, generate_arguments, unique, write_file

BOX = harness.Sandbox()
CONNECTIONS = f"/v1/projects/{BOX.project}/connections"
SECRET_FILE = write_file({"apiKey": "made-of-this"})
MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
TOKEN = "e30.e30.c2ln"


def preloaded(name):
    """Returns the id of a connection that the sandbox always has."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/connection/{name}"))


def provider_app(provider):
    """Returns the provider's app as it is printed."""
    app = str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/provider-app/{provider}"))
    return {"id": app, "externalRef": f"external-{provider}", "clientId": f"client-{provider}"}


ALPHA = {
    "id": preloaded("alpha"), "projectId": BOX.project_id, "provider": "salesforce",
    "providerApp": provider_app("salesforce"),
    "group": {"groupRef": "group-alpha", "groupName": "Müller & Söhne <GmbH>"},
    "consumer": {"consumerRef": "consumer-alpha", "consumerName": "Jürgen \"JJ\" Müller"},
    "providerWorkspaceRef": "workspace-alpha",
    "providerConsumerRef": f"provider-consumer-{preloaded('alpha')[:8]}",
    "authScheme": "oauth2/authorizationCode", "status": "working",
}


class ConnectionTest(asking.Asking):
    """Runs against this file's sandbox."""

    box = BOX


class Get(ConnectionTest):
    """Tests of connection get."""

    def test_members(self):
        result, request = self.ask("connection", "get", preloaded("alpha"))
        (record,) = self.check_done(result)
        self.assertEqual(without_times(record), ALPHA)
        for name in ("createTime", "updateTime"):
            self.assertRegex(record[name], MICROSECONDS)
        self.check_request(request, "GET", f"{CONNECTIONS}/{preloaded('alpha')}")
        self.assertEqual(request["body"], "")

    def test_is_one_line(self):
        result = BOX.run("connection", "get", preloaded("beta"))
        self.assertEqual(result.text.count("\n"), 1)
        self.assertTrue(result.text.endswith("}\n"))

    def test_ill_connection_is_a_record(self):
        (record,) = self.check_done(BOX.run("connection", "get", preloaded("beta")))
        self.assertEqual(record["status"], "bad_credentials")
        self.assertEqual(record["consumer"]["consumerName"], "李小龙")

    def test_refresh(self):
        for when in ("ifExpired", "force"):
            result, request = self.ask("connection", "get", "--refresh", when, preloaded("gamma"))
            self.assertEqual(self.check_done(result)[0]["id"], preloaded("gamma"))
            self.check_request(request, "GET", f"{CONNECTIONS}/{preloaded('gamma')}?refresh={when}")

    def test_unknown_id(self):
        result, _ = self.ask("connection", "get", "nobody")
        error = self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(error["http"], 404)
        self.assertEqual(error["problem"]["title"], "Not Found")
        self.assertIn("nobody", error["problem"]["detail"])

    def test_id_is_one_segment(self):
        for text in ("a/b", "a?b=c", "a#b", "100%", "%2e", "a+b c", "a&b;c", "ü€\U0001f680", "...", "a:b"):
            with self.subTest(text):
                result, request = self.ask("connection", "get", text)
                self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
                self.assertTrue(request["target"].startswith(CONNECTIONS + "/"))
                last = request["target"][len(CONNECTIONS) + 1:]
                self.assertRegex(last, r"\A[A-Za-z0-9\-._~%!$&'()*,;=:@]+\Z")
                self.assertEqual(urllib.parse.unquote(last, errors="strict"), text)

    def test_dot_segments_are_not_sent(self):
        before = len(BOX.log())
        for text in (".", ".."):
            self.check_failed(BOX.run("connection", "get", text), 2, "AMP_ERR_ARGUMENT")
        self.assertEqual(len(BOX.log()), before)

    def test_project(self):
        result, request = self.ask("connection", "get", preloaded("beta"), AMP_PROJECT=BOX.project_id)
        self.check_done(result)
        self.assertTrue(request["target"].startswith(f"/v1/projects/{BOX.project_id}/connections/"))
        result, request = self.ask("--project", "a/b ü", "connection", "get", "x")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(request["target"], "/v1/projects/a%2Fb%20%C3%BC/connections/x")


class List(ConnectionTest):
    """Tests of connection list."""

    def test_all(self):
        result, request = self.ask("connection", "list")
        ids = {record["id"] for record in self.check_done(result)}
        self.assertLessEqual({preloaded(name) for name in ("alpha", "beta", "gamma")}, ids)
        self.check_request(request, "GET", CONNECTIONS)

    def test_filters(self):
        rows = ((("--provider", "hubspot"), "provider=hubspot"),
                (("--group", "group-beta"), "groupRef=group-beta"),
                (("--consumer", "consumer-beta"), "consumerRef=consumer-beta"),
                (("--group", "group-beta", "--provider", "hubspot", "--consumer", "consumer-beta"),
                 "provider=hubspot&groupRef=group-beta&consumerRef=consumer-beta"))
        for arguments, query in rows:
            with self.subTest(query):
                result, request = self.ask("connection", "list", *arguments)
                self.assertEqual([record["id"] for record in self.check_done(result)], [preloaded("beta")])
                self.check_request(request, "GET", f"{CONNECTIONS}?{query}")

    def test_none(self):
        result = BOX.run("connection", "list", "--group", "nobody")
        self.assertEqual((result.status, result.records), (0, []))

    def test_texts_in_the_query(self):
        for text in ("a&b=c", "1+1", "50%", "a#b?c/d;e", "two words", "é", "€", "\U0001f680", "\"'<>", "\x01\t"):
            with self.subTest(text):
                _, request = self.ask("connection", "list", "--group", text, "--consumer", "c")
                query = request["target"].partition("?")[2]
                self.assertNotIn("+", query)
                self.assertEqual(urllib.parse.parse_qsl(query, strict_parsing=True, errors="strict"),
                                 [("groupRef", text), ("consumerRef", "c")])
                self.assertEqual(request["status"], 200)


class Credential(ConnectionTest):
    """A request has exactly one credential, from any source."""

    def test_key_file(self):
        for data, stdin in ((KEY, b""), (KEY + "\n", b""), (KEY + "\r\n", b""), (None, KEY.encode() + b"\n")):
            path = write_file(data) if data else "-"
            for other in (None, "wrong-key"):
                result, request = self.ask("--api-key-file", path, "connection", "get", preloaded("beta"),
                                           stdin=stdin, AMP_API_KEY=other)
                self.check_done(result)
                self.check_request(request, "GET", f"{CONNECTIONS}/{preloaded('beta')}")

    def test_wrong_key(self):
        result, _ = self.ask("connection", "list", AMP_API_KEY="wrong-key")
        self.check_failed(result, 3, "AMP_ERR_UNAUTHORIZED")
        self.assertNotIn(b"wrong-key", result.out + result.err)

    def test_token(self):
        for arguments, changes in ((("--token-command", f"echo {TOKEN}"), {"AMP_API_KEY": None}),
                                   (("--token-command", f"echo {TOKEN}"), {"AMP_API_KEY": KEY}),
                                   (("--token-command", f"echo {TOKEN}"), {"AMP_API_KEY": "k" * 5000}),
                                   ((), {"AMP_API_KEY": None, "AMP_TOKEN_COMMAND": f"printf {TOKEN}"})):
            result, request = self.ask(*arguments, "connection", "get", preloaded("beta"), **changes)
            self.check_done(result)
            self.check_request(request, "GET", f"{CONNECTIONS}/{preloaded('beta')}",
                               credential=("Authorization", f"Bearer {TOKEN}"))

    def test_key_file_goes_before_the_variable_of_a_command(self):
        mark = write_file(b"")
        result, request = self.ask("--api-key-file", write_file(KEY), "connection", "get", preloaded("beta"),
                                   AMP_API_KEY=None, AMP_TOKEN_COMMAND=f"echo run >{mark}; echo {TOKEN}")
        self.check_done(result)
        self.check_request(request, "GET", f"{CONNECTIONS}/{preloaded('beta')}")
        self.assertEqual(pathlib.Path(mark).read_bytes(), b"")

    def test_options_before_and_after(self):
        arguments = ["connection", "get", preloaded("beta"), f"--url={BOX.url()}", "--project", BOX.project,
                     "--ca", BOX.ca, "--json", "--api-key-file", write_file(KEY)]
        nothing = {"AMP_URL": "https://localhost:1/wrong", "AMP_PROJECT": "wrong", "AMP_CA_FILE": "wrong"}
        for turn in (0, 3, 6):
            line = arguments[turn:] + arguments[:turn]
            (record,) = self.check_done(harness.run(*line, changes=nothing))
            self.assertEqual(record["id"], preloaded("beta"))

    def test_trailing_slash_of_the_url(self):
        _, request = self.ask("connection", "list", AMP_URL=BOX.url() + "/")
        self.check_request(request, "GET", CONNECTIONS)


class Texts(ConnectionTest):
    """Texts arrive at the service unchanged, and are returned unchanged."""

    def generate(self, *more, group=None):
        """Makes a connection. Returns its record and the body that was sent."""
        result, request = self.ask(*generate_arguments(SECRET_FILE, group), *more)
        self.assertNotIn("made-of-this", result.text + result.told + request["target"])
        return self.check_done(result)[0], json.loads(request["body"])

    def test_names_come_back(self):
        for text in ('"quoted" \\ back', "a & b <c>", "100% + 1", "a#b?c/d", " two  words ", "é", "€", "漢字",
                     "\U0001f680", "\x7f", "\u2028", "tab\tline\nend\x01", "--group", "null"):
            with self.subTest(text):
                record, body = self.generate(f"--group-name={text}", f"--consumer-name={text}",
                                             f"--workspace={text}", group=f"{text}{unique()}")
                self.assertEqual((body["groupName"], body["consumerName"], body["providerWorkspaceRef"]), (text,) * 3)
                self.assertEqual(record["group"], {"groupRef": body["groupRef"], "groupName": text})
                self.assertEqual(record["consumer"], {"consumerRef": "consumer-e2e", "consumerName": text})
                self.assertEqual(record["providerWorkspaceRef"], text)

    def test_a_group_of_such_a_name_is_found(self):
        group = 'a "b" & <c> 1+1% #?/é\U0001f680' + unique()
        record, _ = self.generate(group=group)
        (found,) = self.check_done(BOX.run("connection", "list", "--group", group))
        self.assertEqual((found["id"], found["group"]["groupRef"]), (record["id"], group))

    def test_long_names(self):
        for unit in ("x", "é", "€", "\U0001f680"):
            with self.subTest(unit):
                record, body = self.generate("--group-name", unit * 300, "--metadata", f"k={unit * 300}")
                self.assertEqual(body["groupName"], unit * 300)
                self.assertEqual(body["providerMetadata"]["k"]["value"], unit * 300)
                shown = record["group"]["groupName"]
                self.assertEqual(set(shown), {unit})
                self.assertGreaterEqual(len(shown.encode()), 60)

    def test_reference_too_long_for_its_place(self):
        """Refused before a connection is made that could not be read from a list."""
        self.generate(group="g" * 127)
        before = len(BOX.log())
        for option, field, size in (("--group", "groupRef", 128), ("--consumer", "consumerRef", 300),
                                    ("--workspace", "providerWorkspaceRef", 128)):
            arguments = [word for word in generate_arguments(SECRET_FILE) if not word.startswith(option + "=")]
            for command in (arguments, ["oauth", "connect", *arguments[2:-1]]):
                result = BOX.run(*command, f"{option}={'g' * size}")
                self.assertEqual(self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")["field"], field)
                self.assertIn(f"{option} must be text of less than 128 bytes", result.told)
        for arguments in (("connection", "update", "x", f"--workspace={'é' * 64}"),
                          ("installation", "create", BOX.integration, "--provider=p", f"--group={'g' * 128}")):
            self.check_failed(BOX.run(*arguments), 2, "AMP_ERR_ARGUMENT", "start")
        self.assertEqual(len(BOX.log()), before)

    def test_reference_of_others_too_long_for_its_place(self):
        """A text that identifies a record is not truncated."""
        record = dict(answers.RECORD, group={"groupRef": "g" * 300, "groupName": "G"})
        name = BOX.fixture(json.dumps([answers.RECORD, record]).encode())
        result = BOX.run("connection", "list", switches=f"body={name}")
        error = self.check_failed(result, 5, "AMP_ERR_TOO_LONG", "body")
        self.assertEqual((error["field"], error["need"], error["http"]), ("group.groupRef", 301, 200))
        self.assertEqual(result.records, [answers.RECORD])

    def test_text_that_is_not_utf8(self):
        before = len(BOX.log())
        for option in ("--group-name", "--workspace", "--metadata"):
            self.check_failed(BOX.run(*generate_arguments(SECRET_FILE), option, b"k=\xff\xfe"), 2, "AMP_ERR_ARGUMENT")
        self.check_failed(BOX.run("connection", "get", b"a\xc0\x80"), 2, "AMP_ERR_ARGUMENT")
        self.check_failed(BOX.run("connection", "list", "--group", b"\xed\xa0\x80"), 2, "AMP_ERR_ARGUMENT")
        self.assertEqual(len(BOX.log()), before)


if __name__ == "__main__":
    harness.main()
