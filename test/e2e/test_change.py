# SPDX-License-Identifier: MIT
"""Tests connection update and delete, oauth connect and update: their requests and their output."""
import asking
import harness
from asking import ACCEPT_URL, body_text, without_times
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
CONNECTIONS = f"/v1/projects/{BOX.project}/connections"
KEY_FILE = write_file({"apiKey": "S3CRET-key"})
# Texts that need escapes, and UTF-8 characters of every length.
HARD = '"\\/ &<>+%#? \u00e9\u20ac\U0001f680'
PAIRS = ("--metadata", f"k={HARD}", "--metadata", "e=", "--metadata", "a=b=c")
METADATA = {"k": {"value": HARD, "source": "input"}, "e": {"value": "", "source": "input"},
            "a": {"value": "b=c", "source": "input"}}


class Changing(asking.Asking):
    """Runs against this file's sandbox."""

    box = BOX

    def made(self, credential=None):
        """Makes a connection. Returns its record."""
        secret = write_file(credential or {"apiKey": "S3CRET-first"})
        (record,) = self.check_done(BOX.run(*generate_arguments(secret, unique("group"))))
        return record


class Update(Changing):
    """Tests of connection update."""

    def test_mask_names_the_options(self):
        rows = (
            (("--workspace", HARD), {"providerWorkspaceRef": HARD}),
            (("--metadata", "k=v"), {"providerMetadata": {"k": {"value": "v", "source": "input"}}}),
            (("--secret-file", KEY_FILE), {"apiKey": "S3CRET-key"}),
            (("--secret-file", KEY_FILE, "--metadata", "k=v", "--workspace", "w"),
             {"providerWorkspaceRef": "w", "providerMetadata": {"k": {"value": "v", "source": "input"}},
              "apiKey": "S3CRET-key"}),
        )
        for arguments, members in rows:
            with self.subTest(arguments):
                before = self.made()
                result, request = self.ask("connection", "update", before["id"], *arguments)
                (record,) = self.check_done(result)
                body = body_text({"updateMask": list(members), "connection": members})
                self.check_request(request, "PATCH", f"{CONNECTIONS}/{before['id']}", body)
                wanted = without_times(before)
                if "providerWorkspaceRef" in members:
                    wanted["providerWorkspaceRef"] = members["providerWorkspaceRef"]
                self.assertEqual(without_times(record), wanted)
                self.assertNotIn(b"S3CRET", result.out + result.err)

    def test_credentials_that_fit(self):
        rows = ({"apiKey": "k"}, {"basicAuth": {"username": "u", "password": "p"}},
                {"oauth2ClientCredentials": {"clientId": "i", "clientSecret": "s", "scopes": ["a", "b"]}},
                {"oauth2PasswordCredentials": {"username": "u", "password": "p", "clientId": "i",
                                               "clientSecret": "s", "scopes": ["a"]}})
        for credential in rows:
            with self.subTest(credential):
                made = self.made(credential)
                result, request = self.ask("connection", "update", made["id"], "--secret-file", "-",
                                           stdin=body_text(credential).encode())
                self.check_done(result)
                body = body_text({"updateMask": list(credential), "connection": credential})
                self.check_request(request, "PATCH", f"{CONNECTIONS}/{made['id']}", body)

    def test_credentials_that_cannot_be_changed(self):
        for credential in ({"customAuth": {"a": "S3CRET"}},
                           {"oauth2AuthorizationCode": {"accessToken": {"token": "S3CRET"}}}):
            result, requests = self.ask_all("connection", "update", "x", "--secret-file", write_file(credential))
            error = self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
            self.assertEqual((error["field"], requests), (list(credential)[0], []))
            self.assertNotIn(b"S3CRET", result.out + result.err)

    def test_nothing_to_change(self):
        result, requests = self.ask_all("connection", "update", "x")
        self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
        self.assertEqual(requests, [])
        for option in ("--workspace", "--metadata", "--secret-file"):
            self.assertIn(option, result.told)

    def test_scheme_that_does_not_fit(self):
        made = self.made()
        secret = write_file({"basicAuth": {"username": "S3CRET-u", "password": "S3CRET-p"}})
        result, _ = self.ask("connection", "update", made["id"], "--secret-file", secret)
        error = self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")
        self.assertEqual((error["http"], error["problem"]["issues"][0]["name"]), (422, "connection.basicAuth"))
        self.assertIn("connection.basicAuth", result.told)
        self.assertNotIn(b"S3CRET", result.out + result.err)

    def test_table(self):
        made = self.made()
        result = harness.run("connection", "update", made["id"], "--workspace", "w", changes=BOX.environment())
        lines = dict(line.split(None, 1) for line in result.text.splitlines())
        self.assertEqual((result.status, result.err), (0, b""))
        self.assertEqual(result.text.split()[:2], ["status", "created"])
        self.assertEqual((lines["id"], lines["providerWorkspaceRef"]), (made["id"], "w"))

    def test_unknown(self):
        result, request = self.ask("connection", "update", "no/body", "--workspace", "w")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(request["target"], f"{CONNECTIONS}/no%2Fbody")


class Delete(Changing):
    """Tests of connection delete."""

    def test_delete(self):
        for switches in ("", "close", "delay=20", "split=1"):
            with self.subTest(switches):
                made = self.made()
                result, request = self.ask("connection", "delete", made["id"], switches=switches)
                self.assertEqual(self.check_done(result), [{"deleted": made["id"]}])
                prefix = f"/x:{switches}" if switches else ""
                self.check_request(request, "DELETE", f"{prefix}{CONNECTIONS}/{made['id']}")
                self.assertEqual(request["status"], 204)
                self.check_failed(BOX.run("connection", "get", made["id"]), 3, "AMP_ERR_NOT_FOUND")

    def test_without_json(self):
        made = self.made()
        result = harness.run("connection", "delete", made["id"], changes=BOX.environment())
        self.assertEqual((result.status, result.text, result.err), (0, f"deleted {made['id']}\n", b""))

    def test_unknown(self):
        result, _ = self.ask("connection", "delete", "nobody")
        self.assertEqual(self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")["http"], 404)


class OauthConnect(Changing):
    """Tests of oauth connect."""

    def who(self, *more):
        """Returns a complete command."""
        return ("oauth", "connect", "--provider", "salesforce", "--group", HARD, "--consumer", "c", *more)

    def test_required(self):
        result, request = self.ask(*self.who())
        (record,) = self.check_done(result)
        body = body_text({"projectIdOrName": BOX.project, "provider": "salesforce", "groupRef": HARD,
                          "consumerRef": "c"})
        self.check_request(request, "POST", "/v1/oauth-connect", body, accept=ACCEPT_URL)
        self.assertEqual(list(record), ["url"])
        self.assertTrue(record["url"].startswith(f"https://localhost:{BOX.port}/oauth/authorize?"), record)
        self.assertEqual(result.text, body_text(record) + "\n")

    def test_everything(self):
        result, request = self.ask(*self.who("--group-name", HARD, "--consumer-name", "C", "--workspace", "w",
                                             "--provider-app", "app", "--metadata", "k=v"))
        self.check_done(result)
        body = body_text({
            "projectIdOrName": BOX.project, "provider": "salesforce", "groupRef": HARD, "consumerRef": "c",
            "groupName": HARD, "consumerName": "C", "providerWorkspaceRef": "w", "providerAppId": "app",
            "providerMetadata": {"k": {"value": "v", "source": "input"}}})
        self.check_request(request, "POST", "/v1/oauth-connect", body, accept=ACCEPT_URL)

    def test_url_alone(self):
        """The output for a script: the URL and a newline."""
        result = harness.run(*self.who(), changes=BOX.environment())
        self.assertEqual((result.status, result.err), (0, b""))
        self.assertRegex(result.text, r"\Ahttps://localhost:\d+/oauth/authorize\?[!-~]+\n\Z")

    def test_hard_metadata(self):
        """An empty value is sent; the sandbox, as the service may, refuses it."""
        result, request = self.ask(*self.who(*PAIRS))
        self.assertIn(body_text({"providerMetadata": METADATA})[1:-1], request["body"])
        self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")

    def test_required_options(self):
        for option in ("--provider", "--group", "--consumer"):
            line = list(self.who())
            at = line.index(option)
            result, requests = self.ask_all(*line[:at], *line[at + 2:])
            self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
            self.assertEqual(requests, [])
            self.assertIn(option, result.told)


class OauthUpdate(Changing):
    """Tests of oauth update."""

    def test_url(self):
        (alpha,) = BOX.run("connection", "list", "--group", "group-alpha").records
        result, request = self.ask("oauth", "update", alpha["id"])
        (record,) = self.check_done(result)
        self.check_request(request, "PATCH", f"{CONNECTIONS}/{alpha['id']}:oauth-update", accept=ACCEPT_URL)
        self.assertTrue(record["url"].startswith(f"https://localhost:{BOX.port}/oauth/authorize?"), record)

    def test_not_an_oauth_connection(self):
        result, _ = self.ask("oauth", "update", self.made()["id"])
        self.assertEqual(self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")["http"], 422)

    def test_colon_in_an_id(self):
        """The suffix belongs to the operation, for any ID."""
        result, request = self.ask("oauth", "update", "a:b/c")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertRegex(request["target"], r"/connections/a(:|%3A)b%2Fc:oauth-update\Z")


class Believing(Changing):
    """An answer is a URL only if status, type and text agree. Otherwise nothing of it is printed."""

    COMMANDS = (("oauth", "connect", "--provider", "p", "--group", "g", "--consumer", "c"), ("oauth", "update", "x"))

    def answered(self, body, *fields, status="HTTP/1.1 200 OK", how="raw"):
        """Returns the results of both commands for a raw answer with this body."""
        head = "\r\n".join((status, *fields, f"Content-Length: {len(body)}", "", "")).encode("latin-1")
        name = BOX.fixture(head + body)
        return [BOX.run(*arguments, switches=f"{how}={name}") for arguments in self.COMMANDS]

    def check_refused(self, results, code, status=5, cause=None):
        """All runs must fail with this status, and print nothing of the URL."""
        for result in results:
            self.assertEqual(self.check_failed(result, status, code).get("cause"), cause)
            self.assertEqual(result.records, [])
            self.assertNotIn(b"canary", result.out + result.err)

    def test_good(self):
        for text in ("https://canary", "https://a/b?c=d%20e&f=g#h", "https://" + "x" * 4087, "https://[::1]:1/~!$'()*,;"):
            for result in self.answered(text.encode(), "Content-Type: text/plain; charset=utf-8"):
                self.assertEqual(self.check_done(result), [{"url": text}])

    def test_not_a_url(self):
        for body in (b"", b"x", b"http://canary.invalid/", b"HTTPS://canary", b" https://canary", b"https://canary\n",
                     b"https://canary ", b"https://can ary", b"https://canary\r\nX: y", b"https://canary\0",
                     b"https://canary\x1b[2J", b"https://canary\x7f", b"https://canary\xc3\xa9", b"https://\xffcanary",
                     b"\xef\xbb\xbfhttps://canary", b"https://", b"https:///canary", b"https:/canary", b"https:canary",
                     b"javascript:canary", b'"https://canary"', b'{"url":"https://canary"}', b"//canary",
                     b"<html>canary</html>"):
            with self.subTest(body):
                self.check_refused(self.answered(body, "Content-Type: text/plain"), "AMP_ERR_VALUE")

    def test_too_long(self):
        results = self.answered(b"https://canary/" + b"x" * 5000, "Content-Type: text/plain")
        self.check_refused(results, "AMP_ERR_TOO_LONG")
        self.assertEqual(results[0].error["need"], 5016)
        self.check_refused(self.answered(b"https://canary/" + b"x" * 2000000, "Content-Type: text/plain"),
                           "AMP_ERR_TOO_LONG")

    def check_unknown(self, results, cause):
        """Both commands change something. An answer that is not the service's leaves the outcome unknown."""
        self.check_refused(results, "AMP_ERR_UNKNOWN_OUTCOME", 6, cause)

    def test_other_types(self):
        for ctype in ("application/json", "text/html", "text/plain2", "text", "application/problem+json"):
            with self.subTest(ctype):
                self.check_unknown(self.answered(b"https://canary", f"Content-Type: {ctype}"), "AMP_ERR_NOT_API")
        self.check_unknown(self.answered(b"https://canary"), "AMP_ERR_NOT_API")

    def test_other_statuses(self):
        """A correct URL in an answer with another status than 200 is not used."""
        for status in ("201 Created", "202 Accepted", "203 Other", "206 Partial"):
            self.check_unknown(self.answered(b"https://canary", "Content-Type: text/plain", status=f"HTTP/1.1 {status}"),
                               "AMP_ERR_NOT_API")
        self.check_refused(self.answered(b"https://canary", "Content-Type: text/plain", "Location: https://x.invalid/canary",
                                         status="HTTP/1.1 302 Found"), "AMP_ERR_REDIRECT")
        self.check_refused(self.answered(b"https://canary", "Content-Type: text/plain", status="HTTP/1.1 400 No"),
                           "AMP_ERR_BAD_REQUEST", 3)
        self.check_unknown(self.answered(b"https://canary", "Content-Type: text/plain", status="HTTP/1.1 500 No"),
                           "AMP_ERR_SERVICE")

    def test_coded(self):
        self.check_unknown(self.answered(b"https://canary", "Content-Type: text/plain", "Content-Encoding: gzip"),
                           "AMP_ERR_NOT_API")

    def test_cut(self):
        """A truncated URL is a different URL."""
        text = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 40\r\n\r\nhttps://canary/and-more"
        for arguments in self.COMMANDS:
            for how in ("cut", "cut-clean"):
                switches = f"raw={BOX.fixture(text)},{how}={len(text)}"
                result = BOX.run(*arguments, switches=switches)
                self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "body")
                self.assertNotIn(b"canary", result.out + result.err)
                self.assertEqual(len(BOX.log(switches)), 1)

    def test_framings(self):
        (alpha,) = BOX.run("connection", "list", "--group", "group-alpha").records
        for switches in ("chunked", "chunked=ext", "until-close", "split=1", "drip=1", "continue", "close"):
            with self.subTest(switches):
                (record,) = self.check_done(BOX.run("oauth", "update", alpha["id"], switches=switches))
                self.assertRegex(record["url"], r"\Ahttps://localhost:\d+/oauth/authorize\?.*&state=[0-9a-f-]{36}\Z")


if __name__ == "__main__":
    harness.main()
