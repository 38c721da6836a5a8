# SPDX-License-Identifier: MIT
"""Tests answers in every framing, and answers that must be refused."""
import datetime
import json
import re
import socket

import answers
import harness
from harness import CANARY, generate_arguments, unique, write_file

BOX = harness.Sandbox()
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
LIST = ("connection", "list", "--group", "group-alpha")
FRAMINGS = ("chunked", "chunked=ext", "close", "until-close", "continue", "one-request", "split=1", "split=2",
            "split=3", "split=7", "drip=0", "delay=30", "delay-body=30", "idle-close=1",
            "chunked,split=1", "chunked=ext,split=2,continue", "chunked=ext,split=1,close", "until-close,split=3",
            "continue,split=1", "until-close,continue,drip=0", "chunked,delay=20,delay-body=20,close",
            "ctype=application/json; charset=utf-8", "ctype=APPLICATION/JSON", "retry-after=5")


def without_times(record):
    """Returns a record without the member that changes when it is read."""
    return {name: value for name, value in record.items() if name != "updateTime"}


class Framing(harness.TestCase):
    """The same records arrive in each framing."""

    def check_framing(self, switches, alpha):
        """Runs get, list and generate over one framing."""
        (record,) = self.check_done(BOX.run("connection", "get", alpha["id"], switches=switches))
        self.assertEqual(without_times(record), without_times(alpha))
        (record,) = self.check_done(BOX.run(*LIST, switches=switches))
        self.assertEqual(without_times(record), without_times(alpha))
        group = unique("framed")
        (record,) = self.check_done(BOX.run(*generate_arguments(SECRET_FILE, group), switches=switches))
        self.assertEqual((record["group"]["groupRef"], record["status"]), (group, "created"))
        self.assertEqual(len(BOX.log(switches)), 3)

    def test_framings(self):
        (alpha,) = self.check_done(BOX.run(*LIST))
        for switches in FRAMINGS:
            with self.subTest(switches):
                self.check_framing(switches, alpha)

    def test_slow_drip(self):
        (record,) = self.check_done(BOX.run(*LIST, switches="drip=1"))
        self.assertEqual(record["group"]["groupRef"], "group-alpha")

    def test_long_lists(self):
        for switches in ("huge=300", "huge=300,split=7", "huge=300,until-close", "huge=300,chunked=ext", "huge=0",
                         "huge=1", "huge=300,creds,split=1000"):
            with self.subTest(switches):
                records = self.check_done(BOX.run("connection", "list", switches=switches))
                count = int(re.search(r"\d+", switches)[0])
                self.assertEqual([record["id"][-12:] for record in records], [f"{n:012x}" for n in range(count)])

    def test_problems_in_every_framing(self):
        for framing in FRAMINGS:
            if not framing.startswith("ctype"):
                error = self.check_failed(BOX.run(*LIST, switches=f"status=404,{framing}"), 3, "AMP_ERR_NOT_FOUND")
                self.assertEqual(error["problem"]["detail"], "the switch asks for status 404", framing)

    def test_good_answers_by_hand(self):
        for name, data in answers.GOOD.items():
            with self.subTest(name):
                result = BOX.run("connection", "get", "connection-123", switches=f"raw={BOX.fixture(data)}")
                (record,) = self.check_done(result)
                self.assertEqual((record["id"], record["group"]), ("connection-123", answers.RECORD["group"]))

    def test_credentials_never_come_out(self):
        (alpha,) = self.check_done(BOX.run(*LIST))
        for switches in ("creds", "creds,chunked,split=1", "creds,until-close", "creds,huge=20", "creds,cut=1500"):
            for arguments in (("connection", "get", alpha["id"]), LIST, generate_arguments(SECRET_FILE)):
                for options in (("--json",), ("--verbose", "--stats")):
                    result = harness.run(*options, *arguments, changes=BOX.environment(switches))
                    self.assertIn(result.status, (0, 6 if arguments[1] == "generate" else 4))
                    self.assertTrue(result.out or "cut" in switches)
                    self.assertNotIn(CANARY.encode(), result.out + result.err, switches)


class Refused(harness.TestCase):
    """Answers that are not the service's: exit 5, and standard output shows nothing of them."""

    def check_raw(self, data, code=None, switch="raw-close"):
        """A get of the fixture must be refused. Returns the error."""
        result = BOX.run("connection", "get", "connection-123", switches=f"{switch}={BOX.fixture(data)}")
        error = self.check_failed(result, 5, code)
        self.assertEqual(result.records, [])
        return error

    def test_answers_other_than_http(self):
        for name, data in answers.BAD_HTTP.items():
            with self.subTest(name):
                self.check_raw(data, "AMP_ERR_HTTP")

    def test_answers_of_others(self):
        for name, data in answers.BAD_API.items():
            with self.subTest(name):
                self.check_raw(data, "AMP_ERR_NOT_API", "raw")

    def test_bad_records(self):
        for name, (body, code, field) in answers.BAD_BODY.items():
            with self.subTest(name):
                error = self.check_raw(answers.plain(body=body), code, "raw")
                self.assertEqual((error.get("field"), error["stage"], error["http"]), (field, "body", 200))

    def test_a_length_that_is_too_short(self):
        self.check_raw(answers.head(answers.JSON, "Content-Length: 100") + answers.BODY, "AMP_ERR_JSON")

    def test_garbage(self):
        self.check_failed(BOX.run(*LIST, switches="garbage"), 5, "AMP_ERR_HTTP", "head")
        # Without a status line the client cannot know if the connection was generated.
        result = BOX.run(*generate_arguments(SECRET_FILE), switches="garbage")
        self.check_failed(result, 6, "AMP_ERR_UNKNOWN_OUTCOME")

    def test_captive_portal(self):
        for switches in ("html", "html=404", "html=401", "html=403", "html=511", "html,chunked", "html,until-close"):
            with self.subTest(switches):
                result = BOX.run(*LIST, switches=switches)
                error = self.check_failed(result, 5, "AMP_ERR_NOT_API")
                self.assertIn(f"HTTP {error['http']} from something that is not the service: a proxy, firewall or "
                              "captive portal", result.told)
                self.assertIn("text/html", result.told)
                self.assertNotIn("guest network", result.told + result.text)

    def test_a_redirect_with_a_page(self):
        """The error for an answer that is not the service's names the redirect's host, and contains nothing
        else of the answer."""
        page = answers.head("Content-Type: text/html", "Location: https://login.invalid/", "Content-Length: 6",
                            status="HTTP/1.1 302 Found") + b"<html>"
        result = BOX.run(*LIST, switches=f"raw={BOX.fixture(page)}")
        self.check_failed(result, 5, "AMP_ERR_NOT_API")
        self.assertIn("HTTP 302 from something that is not the service", result.told)
        self.assertIn("login.invalid", result.told)

    def test_a_busy_gateway(self):
        """The answer is a page, text or an empty body. The message says when to try again."""
        for http, code in ((429, "AMP_ERR_RATE_LIMITED"), (502, "AMP_ERR_SERVICE"), (503, "AMP_ERR_SERVICE"),
                           (504, "AMP_ERR_SERVICE")):
            for more in (f"html={http}", f"status={http},ctype=text/plain", f"no-problem={http}"):
                with self.subTest(more):
                    error = self.check_failed(BOX.run(*LIST, switches=more), 3, code)
                    self.assertEqual((error["http"], error.get("problem")), (http, None))

    def test_types(self):
        for switches in ("ctype=text/plain", "ctype=application/xml", "gzip-header", "gzip-header,chunked",
                         "gzip-header,status=500"):
            self.check_failed(BOX.run(*LIST, switches=switches), 5, "AMP_ERR_NOT_API")

    def test_list_that_ends_badly(self):
        two = b"[" + answers.BODY + b"," + answers.BODY
        for rest, code in ((b"}", "AMP_ERR_JSON"), (b",]", "AMP_ERR_JSON"), (b',{"id":1}]', "AMP_ERR_TYPE"),
                           (b",5]", "AMP_ERR_TYPE"), (b"]]", "AMP_ERR_JSON"), (b',{"id":"x"}]', "AMP_ERR_MISSING")):
            result = BOX.run("connection", "list", switches=f"body={BOX.fixture(two + rest)}")
            self.check_failed(result, 5, code, "body")
            self.assertEqual([record["id"] for record in result.records], ["connection-123"] * 2, rest)


class Redirected(harness.TestCase):
    """A redirect is never followed."""

    def setUp(self):
        self.elsewhere = socket.create_server(("127.0.0.1", 0))
        self.elsewhere.setblocking(False)
        self.addCleanup(self.elsewhere.close)
        self.port = self.elsewhere.getsockname()[1]

    def check_redirect(self, switches, host):
        """Exit 5 with the host named, after one connection to the sandbox and none to that host."""
        before = len(BOX.log())
        result = BOX.run(*LIST, switches=switches)
        error = self.check_failed(result, 5, "AMP_ERR_REDIRECT")
        self.assertEqual(error["http"] // 100, 3)
        self.assertIn(host, result.told)
        self.assertNotIn("S3CRET", result.told + result.text)
        self.assertEqual(len(BOX.log()), before + 1)
        with self.assertRaises(BlockingIOError):
            self.elsewhere.accept()

    def test_to_another_host(self):
        for location, host in ((f"https://127.0.0.1:{self.port}/v1", f"127.0.0.1:{self.port}"),
                               (f"http://127.0.0.1:{self.port}/", "127.0.0.1"),
                               (f"https://u:S3CRET@localhost:{self.port}/?t=S3CRET#S3CRET", "localhost"),
                               ("https://login.guest.invalid", "login.guest.invalid"),
                               # Too long to be kept, so it is not printed.
                               (f"https://u:S3CRET-{'p' * 60}@login.guest.invalid/", "redirect")):
            self.check_redirect(f"redirect={location}", host)

    def test_to_the_same_host(self):
        self.check_redirect(f"redirect={BOX.url()}/projects", f"localhost:{BOX.port}")
        self.check_redirect("redirect=/login", "redirect")

    def test_every_status(self):
        for status in (300, 301, 302, 303, 304, 305, 307, 308, 399):
            data = answers.head(f"Location: https://127.0.0.1:{self.port}/x", "Content-Length: 0",
                                status=f"HTTP/1.1 {status} Moved")
            self.check_redirect(f"raw={BOX.fixture(data)}", "127.0.0.1")

    def test_of_a_generate(self):
        switches = f"redirect=https://127.0.0.1:{self.port}/"
        self.check_failed(BOX.run(*generate_arguments(SECRET_FILE), switches=switches), 5, "AMP_ERR_REDIRECT")
        self.assertEqual(len(BOX.log(switches)), 1)
        with self.assertRaises(BlockingIOError):
            self.elsewhere.accept()


class Problems(harness.TestCase):
    """The service refuses: exit 3, with the service's own message."""

    NAMES = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 409: "CONFLICT",
             410: "NOT_FOUND", 422: "BAD_REQUEST", 429: "RATE_LIMITED"}

    def test_statuses(self):
        for status in (400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 418, 422, 429, 451, 500, 501, 502, 503, 504, 599):
            code = f"AMP_ERR_{self.NAMES.get(status, 'SERVICE' if status >= 500 else 'REFUSED')}"
            for arguments in (LIST, generate_arguments(SECRET_FILE)):
                result = BOX.run(*arguments, switches=f"status={status}")
                error = self.check_failed(result, 3, code, "body")
                self.assertEqual((error["http"], error["problem"]["status"]), (status, status))
                self.assertIn(f"the switch asks for status {status}", result.told)
                result = BOX.run(*arguments, switches=f"no-problem={status}")
                unknown = status >= 500 and arguments is not LIST
                error = self.check_failed(result, 6 if unknown else 3, "AMP_ERR_UNKNOWN_OUTCOME" if unknown else code)
                self.assertNotIn("problem", error)

    def test_retry_after(self):
        result = BOX.run(*LIST, switches="status=429,retry-after=77")
        self.assertEqual(self.check_failed(result, 3, "AMP_ERR_RATE_LIMITED")["retryAfter"], 77)
        self.assertRegex(result.told, r"(?m)^  try again in: 1 minute 17 seconds$")
        moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3600)
        for form in ("%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M:%S UTC", "%A, %d-%b-%y %H:%M:%S GMT",
                     "%a %b %e %H:%M:%S %Y"):
            later = moment.strftime(form)
            result = BOX.run(*LIST, switches=f"status=503,retry-after={later}")
            self.assertIn(self.check_failed(result, 3, "AMP_ERR_SERVICE")["retryAfter"], range(3500, 3601))
            self.assertRegex(result.told, r"(?m)^  try again in: (?:1 hour|(?:58|59) minutes(?: \d+ seconds?)?)$")
        for value, told in (("90061", "1 day 2 hours"), ("4294964400", "49710 days 6 hours"),
                            ("4294967295", "49710 days 7 hours"), ("99999999999", "49710 days 7 hours")):
            result = BOX.run(*LIST, switches=f"status=503,retry-after={value}")
            self.assertEqual(self.check_failed(result, 3)["retryAfter"], min(int(value), 2**32 - 1))
            self.assertIn(f"\n  try again in: {told}\n", result.told)
        for value in ("Wed, 21 Oct 1935 07:28:00 GMT", "Xyz, 21 Oct 2035 07:28:00 GMT",
                      "Sunday, 31-Feb-94 08:49:37 GMT", "-1", "soon", "9" * 60):
            self.check_failed(BOX.run(*LIST, switches=f"status=429,retry-after={value}"), 3)

    def test_issues(self):
        group = unique("g")
        result = BOX.run(*generate_arguments(SECRET_FILE, group), "--metadata", "empty=")
        error = self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")
        self.assertEqual(error["problem"]["issues"][0]["in"], "body")
        for word in ("providerMetadata.empty.value", "must not be empty", "requestId"):
            self.assertIn(word, result.told)

    def test_words_that_are_wrong_do_not_hide_the_status(self):
        for body in (b"", b"{", b"null", b"[]", b"\xff", b'{"title":5}', b'{"detail":"' + b"x" * 100000, b"{}",
                     b"[" * 1000):
            result = BOX.run(*LIST, switches=f"status=404,body={BOX.fixture(body)}")
            self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")

    def test_words_that_a_terminal_obeys(self):
        body = json.dumps({"title": "\x1b[2J\x9b\u202eevil\n\r", "detail": "a\x07\x08b" + "\u20ac" * 400}).encode()
        result = BOX.run(*LIST, switches=f"status=404,body={BOX.fixture(body)}")
        problem = self.check_failed(result, 3)["problem"]
        self.assertEqual(problem["title"], "\x1b[2J\x9b\u202eevil\n\r")
        self.assertFalse(set("\x1b\x07\x08\r\x9b\u202e") & set(result.told))
        self.assertRegex(problem["detail"], "\\Aa\x07\x08b\u20ac+\\Z")


if __name__ == "__main__":
    harness.main()
