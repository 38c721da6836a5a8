# SPDX-License-Identifier: MIT
"""Runs every command that is an operation, under every fault. Checks the exit status, the error, and the
requests."""
import signal

import harness
from commands import COMMANDS
from harness import KEY, unique, until

BOX = harness.Sandbox()


class Every(harness.TestCase):
    """Runs all commands, several of them at the same time."""

    def each(self, switches, *options, commands=COMMANDS, **changes):
        """Returns (command, result) of all commands. Each sends exactly one request, and prints no secret."""
        own = {command: f"{switches},split={int(unique().rpartition('-')[2])}" for command in commands}
        results = harness.in_parallel(
            lambda command: BOX.run(*options, *command.arguments, switches=own[command], **changes), commands)
        for command, result in zip(commands, results, strict=True):
            self.assertEqual(len(BOX.log(own[command])), 1, (command, result))
            self.assertNotIn(b"S3CRET", result.out + result.err)
            self.assertNotIn(KEY.encode(), result.out + result.err)
        return list(zip(commands, results, strict=True))

    def test_the_service_says_no(self):
        rows = ((400, "AMP_ERR_BAD_REQUEST"), (401, "AMP_ERR_UNAUTHORIZED"), (403, "AMP_ERR_FORBIDDEN"),
                (404, "AMP_ERR_NOT_FOUND"), (409, "AMP_ERR_CONFLICT"), (410, "AMP_ERR_NOT_FOUND"), (413, "AMP_ERR_REFUSED"),
                (422, "AMP_ERR_BAD_REQUEST"), (429, "AMP_ERR_RATE_LIMITED"), (500, "AMP_ERR_SERVICE"), (503, "AMP_ERR_SERVICE"))
        for http, code in rows:
            for command, result in self.each(f"status={http},retry-after=7"):
                error = self.check_failed(result, 3, code)
                self.assertEqual((error["http"], error["problem"]["status"]), (http, http))
                invites = command.safe or http != 500
                self.assertIn("try again in: 7 seconds\n" if invites else "asks to wait: 7 seconds\n", result.told)
                self.assertEqual(result.records, [])

    def test_no_words(self):
        for http, code in ((404, "AMP_ERR_NOT_FOUND"), (429, "AMP_ERR_RATE_LIMITED"), (502, "AMP_ERR_SERVICE")):
            for command, result in self.each(f"no-problem={http}"):
                unknown = http == 502 and not command.safe
                error = self.check_failed(result, 6 if unknown else 3, "AMP_ERR_UNKNOWN_OUTCOME" if unknown else code)
                self.assertNotIn("problem", error)
                self.assertEqual(error.get("cause"), code if unknown else None)

    def test_a_gateway_answers_a_change(self):
        """A page or a foreign body leaves the outcome unknown, and no message advises to try again."""
        changing = [command for command in COMMANDS if not command.safe]
        rows = (("html=502", "AMP_ERR_SERVICE"), ("html=503,retry-after=7", "AMP_ERR_SERVICE"),
                ("html=504", "AMP_ERR_SERVICE"), ("html=403", "AMP_ERR_NOT_API"), ("no-problem=408", "AMP_ERR_SERVICE"),
                ("status=504,ctype=text/plain", "AMP_ERR_SERVICE"), ("status=500,cut=300", "AMP_ERR_SERVICE"))
        for switches, cause in rows:
            for command, result in self.each(switches, commands=changing):
                error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")
                self.assertEqual(error["cause"], cause, (command, switches))
                self.assertNotIn("try again", result.told)
                self.assertIn("to find out whether it took effect: ampersand ", result.told)

    def test_the_command_to_find_out(self):
        """The command in the message can be pasted into a shell, with any arguments."""
        rows = ((("oauth", "connect", "--provider", "salesforce", "--group", "it's a group", "--consumer", "c-1"),
                 "ampersand connection list --provider salesforce --group 'it'\\''s a group' --consumer c-1"),
                (("oauth", "update", "an id"), "ampersand connection get 'an id'"),
                (("connection", "get", "x", "--refresh", "force"), "ampersand connection get x"),
                (("connection", "delete", "x", "--yes"), "ampersand connection get x"),
                (("installation", "delete", "i", "n", "--yes"), "ampersand installation get i n"),
                (("installation", "create", "i", "--group", "g", "--provider", "p"),
                 "ampersand installation list i --group g"),
                (("connection", "delete", "--yes", "--", "-x"), "ampersand connection get -- -x"),
                (("oauth", "connect", "--provider=--p", "--group=-g", "--consumer=-"),
                 "ampersand connection list --provider=--p --group -g --consumer -"),
                (("installation", "create", "--group=--g 1", "--provider", "p", "--", "--i"),
                 "ampersand installation list --group='--g 1' -- --i"))
        for arguments, line in rows:
            result = BOX.run(*arguments, switches="drop")
            self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")
            self.assertIn(f"  to find out whether it took effect: {line}\n", result.told)

    def test_a_wrong_key(self):
        for _, result in self.each("chunked", AMP_API_KEY="wrong-key"):
            self.check_failed(result, 3, "AMP_ERR_UNAUTHORIZED")
            self.assertNotIn(b"wrong-key", result.out + result.err)

    def test_not_the_service(self):
        rows = (("redirect=https://evil.invalid/login", "AMP_ERR_REDIRECT"), ("html", "AMP_ERR_NOT_API"),
                ("html=404", "AMP_ERR_NOT_API"), ("html=500", "AMP_ERR_NOT_API"), ("garbage", "AMP_ERR_HTTP"),
                ("status=404,ctype=text/html", "AMP_ERR_NOT_API"), ("status=200,ctype=text/html", "AMP_ERR_NOT_API"))
        for switches, code in rows:
            for command, result in self.each(switches):
                if code != "AMP_ERR_REDIRECT" and not command.safe:
                    error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")
                    self.assertEqual(error["cause"], code)
                    continue
                self.check_failed(result, 5, code)
                self.assertEqual(result.records, [])
                if code == "AMP_ERR_REDIRECT":
                    self.assertIn("evil.invalid", result.told)

    def test_no_answer(self):
        for switches, code in (("drop", "AMP_ERR_ABORTED"), ("drop-clean", "AMP_ERR_CLOSED"), ("cut=5", "AMP_ERR_ABORTED"),
                               ("delay=60000", "AMP_ERR_DEADLINE")):
            for command, result in self.each(switches, "--deadline", "1.5"):
                if command.safe:
                    self.check_failed(result, 4, code, "head")
                else:
                    error = self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME", "head")
                    self.assertEqual(error["cause"], code)
                    self.assertIn("before sending it again", result.told)

    def test_a_cut_problem(self):
        for _, result in self.each("status=404,cut=420"):
            self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")

    def bodies(self, text_of, commands):
        """Yields (command, result) for each command, answered with its own body and status 200 or 201."""
        for command in commands:
            status = 201 if command.arguments[1] in ("generate", "create") else 200
            switches = f"body={BOX.fixture(text_of(command))},status={status}"
            yield from self.each(switches, commands=(command,))

    def test_answers_that_are_not_as_promised(self):
        reading = [command for command in COMMANDS if command.needed is not None]
        rows = ((lambda command: command.record(), "AMP_ERR_MISSING"), (lambda command: command.record()[:1], "AMP_ERR_JSON"),
                (lambda _: b"", "AMP_ERR_JSON"), (lambda _: b'"x"', "AMP_ERR_TYPE"),
                (lambda command: b"{}" if command.is_list else b"[]", "AMP_ERR_TYPE"))
        for text_of, code in rows:
            for command, result in self.bodies(text_of, reading):
                error = self.check_failed(result, 5, code, "body")
                self.assertEqual(error.get("field"), command.needed if code == "AMP_ERR_MISSING" else None)

    def test_null(self):
        """null is a list without elements, and is not a record."""
        reading = [command for command in COMMANDS if command.needed is not None]
        for command, result in self.bodies(lambda _: b"null", reading):
            if command.is_list:
                self.assertEqual((result.status, result.out), (0, b""), result.told)
            else:
                self.check_failed(result, 5, "AMP_ERR_TYPE", "body")

    def test_an_unexpected_body(self):
        """A status of success means that the record is deleted, with any body (RFC 9110, 9.3.5)."""
        deleting = [command for command in COMMANDS if command.arguments[1] == "delete"]
        for text in (b"{}", b"", b"deleted", b'{"deleted":'):
            for _, result in self.bodies(lambda _, text=text: text, deleting):
                self.assertEqual(self.check_done(result), [{"deleted": "x"}])

    def test_no_peer(self):
        for url, code, stage in (("https://localhost:1/v1", "AMP_ERR_CONNECT", "connect"),
                                 ("https://nobody.invalid/v1", "AMP_ERR_DNS", "dns")):
            results = harness.in_parallel(lambda command, url=url: BOX.run(*command.arguments, AMP_URL=url), COMMANDS)
            for command, result in zip(COMMANDS, results, strict=True):
                with self.subTest(str(command)):
                    self.check_failed(result, 4, code, stage)

    def test_configuration(self):
        for changes, word in (({"AMP_PROJECT": None}, "--project"), ({"AMP_API_KEY": None}, "AMP_API_KEY"),
                              ({"AMP_URL": "http://localhost/v1"}, "https://")):
            for command in COMMANDS:
                result = BOX.run(*command.arguments, **changes)
                self.check_failed(result, 2, "AMP_ERR_CONFIG", "start")
                self.assertIn(word, result.told)

    def test_interrupted(self):
        for command in COMMANDS:
            with self.subTest(str(command)):
                switches = f"delay={60000 + int(unique().rpartition('-')[2])}"
                process = harness.start("--json", *command.arguments, changes=BOX.environment(switches))
                until(lambda own=switches: BOX.log(own), "the request")
                process.send_signal(signal.SIGINT)
                error = self.check_failed(harness.end(process), 130 if command.safe else 6)
                if command.safe:
                    self.assertEqual(error["status"], "AMP_ERR_CANCELLED")
                else:
                    self.assertEqual((error["status"], error["cause"]), ("AMP_ERR_UNKNOWN_OUTCOME", "AMP_ERR_CANCELLED"))

    def test_token(self):
        """The token is renewed once after a 401, for every command."""
        for command in COMMANDS:
            with self.subTest(str(command)):
                switches = f"expire-tokens=1,split={int(unique().rpartition('-')[2])}"
                result = BOX.run("--token-command", "echo e30.e30.c2ln", *command.arguments, switches=switches,
                                 AMP_API_KEY=None)
                self.assertIn(result.status, (0, 3), result)
                statuses = [entry["status"] for entry in BOX.log(switches)]
                self.assertEqual((len(statuses), statuses[0]), (2, 401))
                self.assertNotEqual(statuses[1], 401)


if __name__ == "__main__":
    harness.main()
