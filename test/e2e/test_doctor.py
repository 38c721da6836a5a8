# SPDX-License-Identifier: MIT
"""Tests doctor: its checks, their output, and the exit status of each fault."""
import re
import signal

import certificates
import asking
import harness
import servers
from harness import unique

BOX = harness.Sandbox()
STAGES = ["dns", "tcp", "tls", "clock", "service"]
CHECKS = [*STAGES, "credential", "project"]
NOTHING = {"AMP_API_KEY": None, "AMP_PROJECT": None}


class Doctor(asking.Asking):
    """Runs against this file's sandbox, without project and credential."""

    box = BOX

    def look(self, *arguments, switches="", **changes):
        """Runs doctor. Returns the result and {check: record}."""
        result = BOX.run("doctor", *arguments, switches=switches, **{**NOTHING, **changes})
        self.assertEqual([record["check"] for record in result.records], CHECKS, result)
        for record in result.records:
            self.assertLessEqual(set(record), {"check", "result", "ms", "detail", "advice"})
            self.assertEqual("advice" in record, record["result"] == "failed", record)
        return result, {record["check"]: record for record in result.records}

    def check_found(self, fault, status, code, switches="", **changes):
        """Checks that this check failed, that earlier checks passed, and that later checks did not run."""
        result, checks = self.look(switches=switches, **changes)
        self.check_failed(result, status, code)
        at = CHECKS.index(fault)
        words = ["ok"] * at + ["failed"] + ["skipped"] * (len(CHECKS) - at - 1)
        self.assertEqual([checks[name]["result"] for name in CHECKS], words)
        self.assertTrue(checks[fault]["detail"])
        self.assertNotIn(": ampersand doctor", result.told)
        return result, checks

    def test_all_is_well(self):
        result, checks = self.look()
        self.check_done(result)
        self.assertEqual({checks[name]["result"] for name in STAGES}, {"ok"})
        for name in ("credential", "project"):
            self.assertEqual((checks[name]["result"], checks[name]["detail"]), ("skipped", f"no {name} is set"))
        host, port = re.search(r"//([^:/]+):(\d+)", BOX.environment()["AMP_URL"]).groups()
        self.assertTrue(checks["dns"]["detail"].startswith(host), checks["dns"])
        self.assertRegex(checks["tcp"]["detail"], rf"\A(127\.0\.0\.1|::1) port {port}\Z")
        self.assertRegex(checks["tls"]["detail"], r"\ATLSv1\.[23] TLS\S+, issued by \S")
        offset = re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ, offset (-?\d+) s", checks["clock"]["detail"])
        self.assertIn(int(offset[1]), range(-2, 60))
        self.assertEqual(checks["service"]["detail"], "salesforce (oauth2)")
        for name in ("dns", "tcp", "tls", "service"):
            self.assertIn(checks[name]["ms"], range(60000))

    def test_no_credential_is_sent(self):
        """An API key or a token that is set is not sent."""
        for changes in (NOTHING, {"AMP_API_KEY": harness.KEY}, {**NOTHING, "AMP_TOKEN_COMMAND": "echo a.b.c"}):
            result, request = self.ask("doctor", **{"AMP_PROJECT": None, **changes})
            self.assertEqual(result.status, 0)
            self.check_request(request, "GET", "/v1/providers/salesforce", credential=None)

    def check_access(self, words, status, code, **changes):
        """Returns the results of the last two checks, with one request of each kind."""
        before = len(BOX.log())
        result, checks = self.look(**{"AMP_API_KEY": harness.KEY, "AMP_PROJECT": BOX.project, **changes})
        self.assertEqual([checks[name]["result"] for name in CHECKS], ["ok"] * 5 + words, result)
        if code is None:
            self.check_done(result)
        else:
            self.check_failed(result, status, code)
        first, second = BOX.log()[before:]
        self.assertEqual((first["target"], second["method"]), ("/v1/providers/salesforce", "GET"))
        return checks

    def test_credential_and_project(self):
        self.check_access(["ok", "ok"], 0, None)
        checks = self.check_access(["failed", "skipped"], 1, "AMP_ERR_UNAUTHORIZED", AMP_API_KEY="wrong-key")
        self.assertIn("--api-key-file", checks["credential"]["advice"])
        checks = self.check_access(["ok", "failed"], 1, "AMP_ERR_NOT_FOUND", AMP_PROJECT="no-such-project")
        self.assertIn("--project", checks["project"]["advice"])

    def test_advice_for_people(self):
        result = harness.run("doctor", changes=BOX.environment(**{**NOTHING, "AMP_URL": "https://127.0.0.1:1/v1"}))
        self.assertRegex(result.text, r"\nfailed +tcp [^\n]+\n +firewall\n  to do: [^\n]+firewall\nskipped +tls")

    def test_provider(self):
        result, request = self.ask("doctor", "zendeskSupport", **NOTHING)
        self.assertEqual(result.status, 0)
        self.check_request(request, "GET", "/v1/providers/zendeskSupport", credential=None)
        result, request = self.ask("doctor", "a/b c", **NOTHING)
        self.assertEqual(request["target"], "/v1/providers/a%2Fb%20c")
        self.check_failed(result, 1, "AMP_ERR_NOT_FOUND")

    def test_each_check_has_a_detail(self):
        """Skipped checks are printed, too."""
        for changes, details in (
                ({}, {"credential": "accepted by the service", "project": BOX.project}),
                ({"AMP_API_KEY": None}, {"credential": "no credential is set", "project": "no credential is set"}),
                ({"AMP_PROJECT": None}, {"credential": "no project is set", "project": "no project is set"}),
                ({"AMP_API_KEY": "wrong-key"}, {"project": "an earlier check failed"}),
                ({"AMP_URL": "https://127.0.0.1:1/v1"}, dict.fromkeys(("tls", "service", "project"), "an earlier check failed"))):
            found = {record["check"]: record["detail"] for record in BOX.run("doctor", **changes).records}
            self.assertEqual(set(found), set(CHECKS))
            self.assertEqual({name: found[name] for name in details}, details)
            self.assertTrue(all(found.values()))

    def test_table(self):
        result = harness.run("doctor", changes=BOX.environment(**NOTHING))
        header, *rows = result.text.splitlines()
        self.assertEqual((result.status, result.err, header.split()), (0, b"", ["RESULT", "CHECK", "MS", "DETAIL"]))
        self.assertEqual([row.split()[:2] for row in rows if row[0] != " "],
                         [["ok", name] for name in STAGES] + [["skipped", name] for name in CHECKS[5:]])

    def test_names(self):
        self.check_found("dns", 4, "AMP_ERR_DNS", AMP_URL="https://nobody.invalid/v1")

    def test_connection(self):
        self.check_found("tcp", 4, "AMP_ERR_CONNECT", AMP_URL="https://127.0.0.1:1/v1")

    def test_trust(self):
        other = certificates.Authority()
        self.check_found("tls", 4, "AMP_ERR_CERT_UNTRUSTED", AMP_CA_FILE=other.pem)

    def test_dates(self):
        """The dates of an authority and the clock disagree. The message names both, because either may be wrong."""
        authority = certificates.Authority()
        for days, code in (((-9, -3), "AMP_ERR_CERT_EXPIRED"), ((3, 9), "AMP_ERR_CERT_FUTURE")):
            with servers.TlsServer(servers.context(authority.issue(first=days[0], last=days[1]))) as server:
                _, checks = self.check_found("tls", 4, code, AMP_URL=f"https://localhost:{server.port}/v1",
                                             AMP_CA_FILE=authority.pem)
            self.assertRegex(checks["clock"]["detail"],
                             r"\A20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ; if this time is wrong, set the clock\Z")

    def test_not_tls(self):
        with servers.Server(servers.sends(b"HTTP/1.1 400 Bad\r\n\r\n")) as server:
            self.check_found("tls", 4, None, AMP_URL=f"https://localhost:{server.port}/v1")

    def test_the_service_and_its_network(self):
        for switches, code in (("drop", "AMP_ERR_ABORTED"), ("cut=50", "AMP_ERR_ABORTED"), ("reset", None)):
            self.check_found("service", 4, code, switches)

    def test_the_service_itself(self):
        for switches, code in (("html", "AMP_ERR_NOT_API"), ("redirect=https://portal.invalid/", "AMP_ERR_REDIRECT"),
                               ("garbage", "AMP_ERR_HTTP"), ("status=503", "AMP_ERR_SERVICE"),
                               ("status=401", "AMP_ERR_UNAUTHORIZED"), ("no-problem=429", "AMP_ERR_RATE_LIMITED"),
                               (f"body={BOX.fixture(b'{}')}", "AMP_ERR_MISSING"),
                               (f"body={BOX.fixture(b'[]')}", "AMP_ERR_TYPE")):
            with self.subTest(switches):
                self.check_found("service", 1, code, switches)

    def test_the_clock_of_the_service(self):
        """A clock that differs much from the answer's Date fails its check. The later checks still run."""
        authority = certificates.Authority()
        body = b'{"name":"salesforce","authType":"oauth2"}'
        answer = (b"HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
                  b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        with servers.TlsServer(servers.context(authority.issue()), servers.sends(answer)) as server:
            result, checks = self.look(AMP_URL=f"https://localhost:{server.port}/v1", AMP_CA_FILE=authority.pem)
        self.check_failed(result, 1, "AMP_ERR_CLOCK")
        self.assertEqual([checks[name]["result"] for name in CHECKS],
                         ["ok"] * 3 + ["failed", "ok", "skipped", "skipped"], result)
        self.assertRegex(checks["clock"]["detail"], r"wrong: 20\d\d-\S+Z, offset \d{9,} s\Z")
        self.assertIn("set the clock", checks["clock"]["advice"])

    def test_deadline(self):
        result = BOX.run("--deadline", "1", "doctor", switches=f"delay={60000 + int(unique().rpartition('-')[2])}",
                         **NOTHING)
        self.check_failed(result, 4, "AMP_ERR_DEADLINE", "head")
        (advice,) = [record["advice"] for record in result.records if "advice" in record]
        self.assertIn("--deadline", advice)
        self.assertIn(f"; {advice} (", result.told)
        self.assertEqual([record["result"] for record in result.records], ["ok"] * 4 + ["failed", "skipped", "skipped"])

    def test_interrupted(self):
        switches = f"delay={60000 + int(unique().rpartition('-')[2])}"
        process = harness.start("--json", "doctor", changes=BOX.environment(switches, **NOTHING))
        harness.until(lambda: BOX.log(switches), "the request")
        process.send_signal(signal.SIGINT)
        result = harness.end(process)
        self.check_failed(result, 130, "AMP_ERR_CANCELLED", "head")
        service = result.records[CHECKS.index("service")]
        self.assertEqual((service["result"], service["detail"]), ("failed", "interrupted"))

    def test_usage(self):
        for arguments, changes in ((("a", "b"), {}), (("..",), {}), ((b"\xff",), {}), (("--project",), {}),
                                   ((), {"AMP_URL": "http://localhost/"}), ((), {"AMP_CA_FILE": "/not/there"})):
            result, requests = self.ask_all("doctor", *arguments, **{**NOTHING, **changes})
            self.check_failed(result, 2, stage="start")
            self.assertEqual((requests, result.records), ([], []))


if __name__ == "__main__":
    certificates.require()
    harness.main()
