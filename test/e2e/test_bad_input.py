# SPDX-License-Identifier: MIT
"""Input that is refused before anything is sent: exit 2, and one sentence that names the fault."""
import os
import subprocess

import harness
from harness import KEY, generate_arguments, write_file

BOX = harness.Sandbox()
LIST = ("connection", "list")
GET = ("connection", "get", "connection-123")
GENERATE = generate_arguments(write_file({"apiKey": "S3CRET-key"}))


class BadInput(harness.TestCase):
    """No request is made by any of these."""

    def setUp(self):
        before = len(BOX.log())
        self.addCleanup(lambda: self.assertEqual(len(BOX.log()), before, "a request was sent"))

    def check_refused(self, arguments, *words, stdin=b"", **changes):
        """Exit 2 with --json and without, and one line that contains these words."""
        result = BOX.run(*arguments, stdin=stdin, **changes)
        error = self.check_failed(result, 2, stage="start")
        self.assertTrue(error["status"].startswith("AMP_ERR_"))
        self.assertEqual(len(result.values), 1)
        plain = harness.run(*arguments, stdin=stdin, changes=BOX.environment(**changes))
        self.assertEqual((plain.status, plain.out, plain.err), (2, b"", result.err))
        self.assertEqual(plain.err.count(b"\n"), 1, plain.err)
        self.assertNotIn("S3CRET", result.told + result.text)
        for word in words:
            self.assertIn(word, result.told)
        return result


class CommandLine(BadInput):
    """Tests of options and words."""

    def test_unknown_options(self):
        for option in ("--bogus", "--bogus=x", "-x", "-j", "--Json", "--js", "--urls=x", "---json", "--=x", "-"):
            with self.subTest(option):
                self.check_refused((option, *LIST))
        for option in ("--api-key=S3CRET", "--token=S3CRET", "--secret=S3CRET", "--password=S3CRET"):
            self.check_refused((*LIST, option), option.partition("=")[0])

    def test_missing_values(self):
        for option in ("--url", "--project", "--api-key-file", "--token-command", "--ca", "--deadline", "--provider",
                       "--group", "--consumer"):
            with self.subTest(option):
                self.check_refused((*LIST, option), option)
                self.check_refused((*LIST, option + "="), option)
                self.check_refused((*LIST, option, ""), option)
                self.check_refused((option, "--verbose", *LIST), option)

    def test_values_that_are_too_many(self):
        for option in ("--json", "--verbose", "--stats"):
            self.check_refused((f"{option}=yes", *LIST), option)
        self.check_refused((*GENERATE, *(f"--metadata=k{n}=v" for n in range(200))), "--metadata")

    def test_unknown_commands(self):
        for words in ((), ("bogus",), ("connection", "bogus"), ("list",), ("connections", "list"),
                      ("Connection", "list"), ("get", "connection", "x"), ("",), ("--", "--json"),
                      ("x" * 5000,), ("e\x1bvil\n",)):
            with self.subTest(words):
                result = self.check_refused(words)
                self.assertNotIn("\x1b", result.told)

    def test_wrong_words(self):
        self.check_refused(("connection", "get"), "ID")
        self.check_refused(("connection", "get", ""), "ID")
        self.check_refused(("connection", "get", "one", "two"))
        self.check_refused(("connection", "list", "one"))
        self.check_refused((*GENERATE, "one"))
        self.check_refused(("decode",), "KIND")
        self.check_refused(("decode", "bogus"), "bogus")
        self.check_refused(("decode", "json", "one", "two"))

    def test_words_of_each_command(self):
        """Each word after the command is required and must not be empty. No further word may follow."""
        rows = (("connection get", "ID"), ("connection update", "ID"), ("connection delete", "ID"),
                ("oauth update", "CONNECTION"), ("installation get", "INTEGRATION ID"),
                ("installation update", "INTEGRATION ID"), ("installation create", "INTEGRATION"),
                ("installation delete", "INTEGRATION ID"), ("installation progress", "INTEGRATION ID OBJECT"),
                ("operation list", "INTEGRATION INSTALLATION"), ("operation get", "ID"))
        more = {"installation update": ("--connection=c",), "installation create": ("--group=g",),
                "connection update": ("--workspace=w",)}
        for command, names in rows:
            line, words = (*command.split(), *more.get(command, ())), names.split()
            for count, name in enumerate(words):
                self.check_refused((*line, *words[:count]), name)
                self.check_refused((*line, *words[:count], ""), name)
            self.check_refused((*line, *words, "extra"), "extra")
        self.check_refused(("installation", "list", "one", "two"), "two")
        self.check_refused(("installation", "list", ""), "INTEGRATION")
        self.check_refused(("oauth", "connect", "--provider=p", "--group=g", "--consumer=c", "one"), "one")
        self.check_refused(("doctor", "one", "two"), "two")
        self.check_refused(("installation", "progress", "i", "n", "o", "--follow=yes"), "--follow")

    def test_options_of_other_commands(self):
        for arguments, option in (((*GET, "--group", "g"), "--group"), ((*LIST, "--refresh", "force"), "--refresh"),
                                  ((*LIST, "--secret-file", "f"), "--secret-file"),
                                  ((*LIST, "--metadata", "k=v"), "--metadata"),
                                  (("decode", "json", "--group", "g"), "--group"),
                                  ((*GENERATE, "--refresh", "force"), "--refresh")):
            self.check_refused(arguments, option)

    def test_required_options(self):
        for missing in ("--provider", "--group", "--consumer"):
            left = [word for word in GENERATE if not word.startswith(missing + "=")]
            self.check_refused(left, missing)

    def test_refresh(self):
        for word in ("ifexpired", "always", "force ", "ifExpired|force", "true"):
            self.check_refused((*GET, "--refresh", word), "--refresh")

    def test_metadata(self):
        for text in ("novalue", "=value", "="):
            self.check_refused((*GENERATE, "--metadata", text), "--metadata")
        self.check_refused((*GENERATE, "--metadata", "k=1", "--metadata", "k=2"), "--metadata")

    def test_deadline(self):
        for text in ("0", "0.0", "-1", "+1", "abc", "1s", "1e3", ".5", "1.", "1.2.3", " 1", "0x10", "inf", "nan",
                     "86401", "99999999999999999999", "4294967.297", "1,5"):
            with self.subTest(text):
                self.check_refused((f"--deadline={text}", *LIST), "--deadline")


class Configuration(BadInput):
    """Tests of the URL, the project and the credentials."""

    def test_http_is_refused(self):
        for url in (f"http://localhost:{BOX.port}/v1", "HTTP://localhost/", "http://", "http:localhost"):
            self.check_refused(LIST, "https://", AMP_URL=url)
            self.check_refused((*LIST, "--url", url), "https://")

    def test_urls(self):
        for url in ("https://", "https:///v1", "https://:443/", "localhost", "//localhost/v1", "ftp://localhost/",
                    "https:/localhost", "https//localhost", " https://localhost", "https://local host/",
                    "https://localhost:0/", "https://localhost:65536/", "https://localhost:/", "https://localhost:x/",
                    "https://localhost:99999999999/", "https://localhost:-1/", "https://localhost:443x/",
                    "https://user@localhost/", "https://user:S3CRET@localhost/", "https://localhost/?query=1",
                    "https://localhost/#fragment", "https://localhost/a b", "https://localhost/a/../b",
                    "https://localhost/./", "https://localhost/v1\r\nX: y", "https://local\nhost/",
                    "https://localhost\\@evil/", "https://[::1/", "https://::1/", "https://[]/", "https://[x]y/",
                    "https://localhost/\u00e9", "https://loc\u00e4l/", f"https://{'a' * 254}/", "https://localhost/<>"):
            with self.subTest(url):
                self.check_refused(LIST, "--url", AMP_URL=url)

    def test_no_project(self):
        self.check_refused(LIST, "--project", AMP_PROJECT=None)
        self.check_refused(LIST, "--project", AMP_PROJECT="")
        for text in (".", "..", b"\xff"):
            self.check_refused((*LIST, "--project", text), "--project")

    def test_no_credential(self):
        for key in (None, ""):
            self.check_refused(LIST, "AMP_API_KEY", AMP_API_KEY=key)

    def test_two_credentials(self):
        command, key_file = "echo e30.e30.c2ln", write_file(KEY)
        self.check_refused(LIST, "both", AMP_TOKEN_COMMAND=command)
        self.check_refused(("--token-command", command, "--api-key-file", key_file, *LIST), "both", AMP_API_KEY=None)

    def test_keys_no_header_can_hold(self):
        for key in ("one\ntwo", "one\r\nX-Evil: 1", "one\rtwo", "\u00e9", "a\tb", "\x7f", "a\x01"):
            with self.subTest(key):
                self.check_refused(LIST, "AMP_API_KEY", AMP_API_KEY=key)
                self.check_refused(("--api-key-file", write_file(key), *LIST), "--api-key-file", AMP_API_KEY=None)

    def test_key_files(self):
        for data in (b"", b"\n", b"\r\n", b"\n\n", b"a\0b", b"k" * 4097, b"k" * 100000):
            with self.subTest(data[:10]):
                self.check_refused(("--api-key-file", write_file(data), *LIST), "--api-key-file", AMP_API_KEY=None)
                self.check_refused(("--api-key-file", "-", *LIST), stdin=data, AMP_API_KEY=None)
        self.check_refused(LIST, AMP_API_KEY="k" * 5000)

    def test_files_that_cannot_be_read(self):
        missing = str(harness.FOLDER / "not-there")
        for path in (missing, str(harness.FOLDER), missing + "/deeper"):
            self.check_refused(("--api-key-file", path, *LIST), path, AMP_API_KEY=None)
            self.check_refused((*GENERATE[:-1], "--secret-file", path), path)
            self.check_refused(("decode", "json", path), path)


class SecretFile(BadInput):
    """Tests of --secret-file."""

    BASIC = '{"username":"S3CRET-u","password":"S3CRET-p"}'
    CLIENT = '"clientId":"S3CRET-i","clientSecret":"S3CRET-s"'

    def check_file(self, data):
        """The text is refused as a file and as standard input, with a sentence that names the option."""
        with self.subTest(data[:80]):
            data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
            self.check_refused((*GENERATE[:-1], "--secret-file", write_file(data)), "--secret-file")
            self.check_refused((*GENERATE[:-1], "--secret-file", "-"), "--secret-file", stdin=data)

    def test_not_json(self):
        for data in ("", " ", "S3CRET", "{", '{"apiKey":"S3CRET"', '{"apiKey":"S3CRET"}}', '{"apiKey":"S3CRET"} x',
                     "{'apiKey':'S3CRET'}", '{"apiKey":"S3CRET",}', b"\xef\xbb\xbf{}", b'{"apiKey":"S3CRET\xff"}',
                     '{"apiKey":"S3CRET\n"}', b"\0" * 100, '{"customAuth":{"a":S3CRET}}', '{"customAuth":{}'):
            self.check_file(data)

    def test_not_a_credential(self):
        for data in ("{}", "[]", "null", "5", '"S3CRET"', '["apiKey","S3CRET"]', '{"apikey":"S3CRET"}',
                     '{"apiKey":"S3CRET","more":1}', '{"unknown":{}}', '{"scopes":[]}'):
            self.check_file(data)

    def test_two_kinds(self):
        for data in ('{"apiKey":"S3CRET","apiKey":"S3CRET"}', '{"apiKey":"S3CRET","basicAuth":%s}' % self.BASIC,
                     '{"basicAuth":%s,"basicAuth":%s}' % (self.BASIC, self.BASIC),
                     '{"apiKey":"S3CRET","customAuth":{}}', '{"customAuth":{},"apiKey":"S3CRET"}',
                     '{"customAuth":{},"customAuth":{}}', '{"basicAuth":%s,"apiKey":null}' % self.BASIC,
                     '{"oauth2ClientCredentials":{%s},"oauth2PasswordCredentials":{%s}}' % (self.CLIENT, self.CLIENT)):
            self.check_file(data)

    def test_missing_members(self):
        for data in ('{"basicAuth":{}}', '{"basicAuth":{"username":"S3CRET"}}', '{"basicAuth":{"password":"S3CRET"}}',
                     '{"oauth2ClientCredentials":{"clientId":"S3CRET"}}', '{"oauth2AuthorizationCode":{}}',
                     '{"oauth2PasswordCredentials":{%s}}' % self.CLIENT,
                     '{"oauth2AuthorizationCode":{"accessToken":{}}}',
                     '{"oauth2AuthorizationCode":{"refreshToken":{"token":"S3CRET"}}}'):
            self.check_file(data)

    def test_unknown_members(self):
        for data in ('{"basicAuth":{"username":"u","password":"p","more":1}}', '{"basicAuth":{"Username":"u"}}',
                     '{"oauth2ClientCredentials":{%s,"username":"S3CRET"}}' % self.CLIENT,
                     '{"oauth2AuthorizationCode":{"accessToken":{"token":"t","scopes":[]}}}'):
            self.check_file(data)

    def test_wrong_types(self):
        for data in ('{"apiKey":5}', '{"apiKey":null}', '{"apiKey":["S3CRET"]}', '{"apiKey":{}}',
                     '{"basicAuth":"S3CRET"}',
                     '{"basicAuth":[]}', '{"basicAuth":{"username":1,"password":"p"}}', '{"customAuth":"S3CRET"}',
                     '{"basicAuth":{"username":"u","password":null}}', '{"customAuth":[1]}', '{"customAuth":null}',
                     '{"oauth2ClientCredentials":{%s,"scopes":"S3CRET"}}' % self.CLIENT,
                     '{"oauth2ClientCredentials":{%s,"scopes":[1]}}' % self.CLIENT,
                     '{"oauth2AuthorizationCode":{"accessToken":{"token":"t","expiresAt":"soon"}}}',
                     '{"oauth2AuthorizationCode":{"accessToken":{"token":"t","expiresAt":1700000000}}}'):
            self.check_file(data)

    def test_empty_secrets(self):
        """The message names the file and the member. An empty refresh token or time is not left out in silence."""
        code = '{"oauth2AuthorizationCode":{"accessToken":{"token":"t"%s}%s}}'
        for data, member in (('{"apiKey":""}', "apiKey"), ('{"basicAuth":{"username":"","password":"p"}}', "username"),
                             ('{"oauth2ClientCredentials":{"clientId":"i","clientSecret":""}}', "clientSecret"),
                             ('{"oauth2ClientCredentials":{"clientId":"i","clientSecret":"s","scopes":["a",""]}}', "scopes[1]"),
                             ('{"oauth2AuthorizationCode":{"accessToken":{"token":""}}}', "accessToken.token"),
                             (code % (',"expiresAt":""', ""), "accessToken.expiresAt"),
                             (code % ("", ',"refreshToken":{"token":""}'), "refreshToken.token"),
                             (code % ("", ',"refreshToken":{"token":"r","issuedAt":""}'), "refreshToken.issuedAt")):
            with self.subTest(data):
                result = BOX.run(*GENERATE[:-1], "--secret-file", write_file(data))
                self.check_failed(result, 2, "AMP_ERR_ARGUMENT")
                self.assertIn(f"--secret-file has an empty value: {member} (", result.told)

    def test_scopes(self):
        for scopes in (["s"] * 9, [f"s{n}" for n in range(9)], [f"s{n}" for n in range(500)], [""], ["a", ""]):
            listed = str(scopes).replace("'", '"')
            self.check_file('{"oauth2ClientCredentials":{%s,"scopes":%s}}' % (self.CLIENT, listed))

    def test_huge(self):
        self.check_file('{"apiKey":"%s"}' % ("S3CRET" * 5000))
        self.check_file('{"apiKey":"%s"}' % ("S3CRET" * 100000))
        self.check_file(b"[" * 1000000)
        self.check_file('{"customAuth":{"a":"%s"}}' % ("S3CRET" * 20000))
        self.check_file('{"customAuth":{"a":%s}}' % ("[" * 5000 + "]" * 5000))

    def test_both_files_are_standard_input(self):
        arguments = ("--api-key-file", "-", *GENERATE[:-1], "--secret-file", "-")
        self.check_refused(arguments, "standard input", stdin=b"x", AMP_API_KEY=None)


class Output(harness.TestCase):
    """Tests with a standard output that cannot be written."""

    COMMANDS = (LIST, ("connection", "list", "--group", "group-beta"), ("decode", "json"), ("--version",), ("--help",))

    @staticmethod
    def run_into(target, *arguments, **pipes):
        """Runs the client with this standard output."""
        process = harness.start(*arguments, changes=BOX.environment(), stdin=subprocess.PIPE, stdout=target, **pipes)
        process.stdin.write(b"[]")
        return harness.end(process)

    def test_full(self):
        for arguments in self.COMMANDS:
            for options in ((), ("--json",)):
                if arguments == ("decode", "json") and not options:
                    continue  # The run has no output.
                with open("/dev/full", "wb") as full:
                    result = self.run_into(full, *options, *arguments)
                self.assertEqual(result.status, 2, (options, arguments))
                self.assertRegex(result.told, r"\Aampersand: [^\n]*output[^\n]*\n\Z")

    def test_full_after_a_change(self):
        """The change took effect, so the message does not read as if nothing had happened."""
        with open("/dev/full", "wb") as full:
            result = self.run_into(full, *GENERATE[:-1], "--secret-file", write_file({"apiKey": "S3CRET-key"}))
        self.assertEqual(result.status, 2)
        self.assertRegex(result.told, r"output cannot be written: [^\n]+; the service had reported success: [^\n]+\n"
                         r"  to find out whether it took effect: ampersand connection list --provider ")

    def test_closed_reader(self):
        """The reader closed the pipe: 141 and no message, as if SIGPIPE had ended the client."""
        alpha = ("--provider=salesforce", "--group=group-alpha")
        for arguments in (*self.COMMANDS, ("connection", "status", *alpha), ("doctor",), ("connection", "--help"),
                          ("connect", *alpha, "--consumer=consumer-alpha"),
                          ("connection", "status", "--provider=salesforce", "--group=group-none")):
            for options in ((), ("--json",)):
                if arguments == ("decode", "json") and not options:
                    continue  # The run has no output.
                reading, writing = os.pipe()
                os.close(reading)
                result = self.run_into(writing, *options, *arguments)
                os.close(writing)
                self.assertEqual((result.status, result.err), (141, b""), (options, arguments))

    def test_closed(self):
        for arguments in (LIST, ("--json", *LIST)):
            line = ["sh", "-c", '"$0" "$@" >&-', harness.CLIENT, *arguments]
            done = subprocess.run(line, env=harness.environment(BOX.environment()), capture_output=True, timeout=60,
                                  check=False)
            self.assertEqual((done.returncode, done.stdout), (2, b""), done)
            self.assertRegex(done.stderr, rb"\Aampersand: [^\n]*output[^\n]*\n\Z")

    def test_nothing_is_open(self):
        """A file that is opened by the client must not become its standard output."""
        path = write_file(KEY)
        line = ["sh", "-c", '"$0" "$@" <&- >&- 2>&-', harness.CLIENT, "--api-key-file", path, *LIST]
        changes = BOX.environment(AMP_API_KEY=None)
        done = subprocess.run(line, env=harness.environment(changes), capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        with open(path, encoding="ascii") as file:
            self.assertEqual(file.read(), KEY)


if __name__ == "__main__":
    harness.main()
