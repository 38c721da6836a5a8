# SPDX-License-Identifier: MIT
"""Tests connection generate with every kind of credential, and its request."""
import json

import harness
from harness import KEY, generate_arguments, unique, write_file

BOX = harness.Sandbox()
TARGET = f"/v1/projects/{BOX.project}/connections:generate"

CREDENTIALS = {
    "apiKey": {"apiKey": "S3CRET-key"},
    "basicAuth": {"basicAuth": {"username": "S3CRET-user", "password": "S3CRET-pass"}},
    "oauth2ClientCredentials": {"oauth2ClientCredentials": {
        "clientId": "S3CRET-id", "clientSecret": "S3CRET-secret", "scopes": ["S3CRET-a", "S3CRET-b"]}},
    "oauth2PasswordCredentials": {"oauth2PasswordCredentials": {
        "username": "S3CRET-user", "password": "S3CRET-pass", "clientId": "S3CRET-id",
        "clientSecret": "S3CRET-secret", "scopes": [f"S3CRET-{n}" for n in range(8)]}},
    "oauth2AuthorizationCode": {"oauth2AuthorizationCode": {
        "accessToken": {"token": "S3CRET-access", "issuedAt": "2024-04-22T18:55:28.456076Z",
                        "expiresAt": "2024-10-22T18:55:28.456076Z"},
        "refreshToken": {"token": "S3CRET-refresh", "issuedAt": "2024-04-22T18:55:28.456076Z",
                         "expiresAt": "2025-10-22T18:55:28.456076Z"},
        "scopes": ["S3CRET-scope"]}},
    "customAuth": {"customAuth": {"S3CRET-name": "S3CRET-value", "list": ["a", "S3CRET-b"],
                                  "deep": {"er": [[{}], 1.5e3, None, True]}}},
}
SCHEMES = {"apiKey": "apiKey", "basicAuth": "basic", "oauth2ClientCredentials": "oauth2/clientCredentials",
           "oauth2PasswordCredentials": "oauth2/password", "customAuth": "custom",
           "oauth2AuthorizationCode": "oauth2/authorizationCode"}

# Texts that need escapes: UTF-8 characters of every length, and controls.
HARD = '"\\/ &<>+%#? \u00e9\u20ac\U0001f680 \t\n\x01\x7f\u2028 \u0939'


class Generate(harness.TestCase):
    """Each run makes a connection. The request is checked as the sandbox received it."""

    def ask(self, secret_file, *more, stdin=b"", **changes):
        """Runs generate and expects one request. Returns the result and the request."""
        before = len(BOX.log())
        result = BOX.run(*generate_arguments(secret_file), *more, stdin=stdin, **changes)
        (request,) = BOX.log()[before:]
        self.assertNotIn(b"S3CRET", result.out + result.err)
        self.assertNotIn(KEY.encode(), result.out + result.err)
        return result, request

    def sent(self, credential, *more):
        """Returns the body that is sent for a credential."""
        result, request = self.ask(write_file(credential), *more)
        self.check_done(result)
        return json.loads(request["body"])

    def check_generated(self, request, result, name):
        """Checks the whole request, and the record of the answer."""
        body = json.loads(request["body"])
        self.assertEqual((request["method"], request["target"], request["status"]), ("POST", TARGET, 201))
        self.assertEqual(body, {"provider": "stripe", "groupRef": body["groupRef"],
                                "consumerRef": "consumer-e2e", **CREDENTIALS[name]})
        fields = {field.lower(): value for field, value in request["headers"]}
        self.assertEqual(len(fields), len(request["headers"]))
        self.assertEqual(set(fields), {"host", "user-agent", "accept", "accept-encoding", "x-api-key",
                                       "content-type", "content-length"})
        self.assertEqual((fields["x-api-key"], fields["content-type"], fields["content-length"]),
                         (KEY, "application/json", str(len(request["body"].encode()))))
        (record,) = self.check_done(result)
        self.assertEqual((record["authScheme"], record["status"], record["provider"]),
                         (SCHEMES[name], "created", "stripe"))
        self.assertEqual(record["group"], {"groupRef": body["groupRef"], "groupName": body["groupRef"]})

    def test_null_scopes_are_left_out(self):
        """Go encodes a list that was never created as null."""
        client = {"clientId": "S3CRET-id", "clientSecret": "S3CRET-secret"}
        for scopes in (None, []):
            body = self.sent({"oauth2ClientCredentials": {**client, "scopes": scopes}})
            self.assertFalse(body["oauth2ClientCredentials"].get("scopes"))
            self.assertEqual(body["oauth2ClientCredentials"]["clientId"], "S3CRET-id")

    def test_kinds_from_a_file(self):
        for name, credential in CREDENTIALS.items():
            with self.subTest(name):
                result, request = self.ask(write_file(credential))
                self.check_generated(request, result, name)

    def test_kinds_from_standard_input(self):
        for name, credential in CREDENTIALS.items():
            with self.subTest(name):
                text = json.dumps(credential, indent=3, ensure_ascii=True) + "\n"
                result, request = self.ask("-", stdin=text.encode())
                self.check_generated(request, result, name)

    def test_all_that_can_be_said(self):
        body = self.sent(CREDENTIALS["apiKey"], "--group-name", "Group", "--consumer-name", "Consumer",
                         "--workspace", "space", "--metadata", "one=1", "--metadata", "two=a=b=c",
                         "--metadata", "région €=\"x\"")
        self.assertEqual(body, {
            "provider": "stripe", "groupRef": body["groupRef"], "consumerRef": "consumer-e2e",
            "groupName": "Group", "consumerName": "Consumer", "providerWorkspaceRef": "space",
            "providerMetadata": {"one": {"value": "1", "source": "input"},
                                 "two": {"value": "a=b=c", "source": "input"},
                                 "région €": {"value": "\"x\"", "source": "input"}},
            **CREDENTIALS["apiKey"]})

    def test_hard_texts_in_credentials(self):
        for credential in ({"apiKey": HARD}, {"basicAuth": {"username": HARD, "password": HARD}},
                           {"oauth2ClientCredentials": {"clientId": HARD, "clientSecret": HARD, "scopes": [HARD]}},
                           {"customAuth": {HARD: HARD}}):
            body = self.sent(credential)
            self.assertLessEqual(credential.items(), body.items())

    def test_escaped_texts_in_the_file(self):
        escaped = "".join(f"\\u{ord(char):04X}" for char in "S3\"\\\u20ac") + "\\ud83d\\ude80\\/\\b\\f"
        result, request = self.ask(write_file('{"apiKey":"%s"}' % escaped))
        self.check_done(result)
        self.assertEqual(json.loads(request["body"])["apiKey"], "S3\"\\\u20ac\U0001f680/\b\f")

    def test_long_secrets(self):
        for size in (300, 1000, 4096):
            body = self.sent({"apiKey": "k" * size})
            self.assertEqual(body["apiKey"], "k" * size)
        jwt = "j" * 4000
        body = self.sent({"oauth2AuthorizationCode": {"accessToken": {"token": jwt},
                                                      "refreshToken": {"token": jwt}}})
        self.assertEqual(body["oauth2AuthorizationCode"]["refreshToken"], {"token": jwt})
        custom = {"customAuth": {"long": "v" * 30000, "list": ["x"] * 500}}
        self.assertEqual(self.sent(custom)["customAuth"], custom["customAuth"])

    def test_optional_members_are_left_out(self):
        rows = ({"oauth2ClientCredentials": {"clientId": "i", "clientSecret": "s"}},
                {"oauth2AuthorizationCode": {"accessToken": {"token": "t"}}},
                {"oauth2AuthorizationCode": {"accessToken": {"token": "t", "expiresAt": "2030-01-01T00:00:00.000000Z"},
                                             "scopes": ["one"]}},
                {"customAuth": {}})
        for credential in rows:
            with self.subTest(credential):
                body = self.sent(credential)
                self.assertEqual(set(body), {"provider", "groupRef", "consumerRef", *credential})
                self.assertLessEqual(credential.items(), body.items())

    def test_times_of_tokens(self):
        for text in ("2024-04-22T18:55:28Z", "2024-04-22T20:55:28.5+02:00", "2024-02-29T23:59:59.123456789Z"):
            body = self.sent({"oauth2AuthorizationCode": {"accessToken": {"token": "t", "issuedAt": text}}})
            self.assertEqual(body["oauth2AuthorizationCode"]["accessToken"], {"token": "t", "issuedAt": text})

    def test_empty_password_is_sent(self):
        result, request = self.ask(write_file({"basicAuth": {"username": "u", "password": ""}}))
        self.assertEqual(json.loads(request["body"])["basicAuth"], {"username": "u", "password": ""})
        error = self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")
        self.assertEqual(error["http"], 422)
        self.assertEqual(error["problem"]["issues"][0]["name"], "basicAuth.password")
        self.assertIn("basicAuth.password", result.told)

    def test_secret_from_a_pipe_in_pieces(self):
        process = harness.start("--json", *generate_arguments("-"), changes=BOX.environment(), stdin=-1)
        for value in json.dumps(CREDENTIALS["basicAuth"]).encode():
            process.stdin.write(bytes((value,)))
            process.stdin.flush()
        (record,) = self.check_done(harness.end(process))
        self.assertEqual(record["authScheme"], "basic")

    def test_each_run_makes_one(self):
        group = unique("once")
        for count in (1, 2):
            self.check_done(BOX.run(*generate_arguments(write_file(CREDENTIALS["apiKey"]), group)))
            found = self.check_done(BOX.run("connection", "list", "--group", group))
            self.assertEqual(len({record["id"] for record in found}), count)

    def test_no_secret_is_printed(self):
        for name, credential in CREDENTIALS.items():
            result, request = self.ask(write_file(credential), "--verbose", "--stats")
            self.assertEqual(result.status, 0)
            self.assertIn("http 201", result.told)
            self.assertEqual(request["target"], TARGET, name)
            result, _ = self.ask(write_file(credential), "--verbose", "--stats", AMP_URL=BOX.url("status=422"))
            self.assertEqual(result.status, 3)


if __name__ == "__main__":
    harness.main()
