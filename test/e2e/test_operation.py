# SPDX-License-Identifier: MIT
"""Tests operation list, operation get and installation progress: pages, the progress bar, and when following
ends."""
import json
import signal
import threading
import urllib.parse
import uuid

import answers
import asking
import certificates
import harness
import servers
import terminal
from asking import body_text
from harness import KEY, PATIENCE

BOX = harness.Sandbox()
PROJECT = f"/v1/projects/{BOX.project}"
INSTALLATIONS = f"{PROJECT}/integrations/{BOX.integration}/installations"


def fixed(name):
    """Returns the id of a record that the sandbox always has."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/{name}"))


ALPHA, BETA, GAMMA = (fixed(f"installation/{name}") for name in ("alpha", "beta", "gamma"))


def operation(number, **members):
    """Returns a record."""
    return {"projectId": "p", "integrationId": "i", "configId": "c", "actionType": "read", "id": f"operation-{number}",
            "installationId": "n", "status": "success", **members}


def page(numbers, **pagination):
    """Returns the body of a page."""
    return {"results": [operation(number) for number in numbers], "pagination": pagination}


class Script:
    """A server that answers the requests of one connection with these values in turn. A function is called
    for its value."""

    def __init__(self, *given):
        self.given = list(given)
        self.targets = []
        self.connections = 0

    def __call__(self, sock):
        self.connections += 1
        with CONTEXT.wrap_socket(sock, server_side=True) as secure:
            self.talk(secure)

    def talk(self, secure):
        """Answers until no answers remain."""
        pending = b""
        while self.given:
            while b"\r\n\r\n" not in pending:
                piece = secure.recv(65536)
                if not piece:
                    return
                pending += piece
            head, _, pending = pending.partition(b"\r\n\r\n")
            self.targets.append(head.split(b" ")[1].decode())
            answer = self.given.pop(0)
            secure.sendall(answers.plain(body=body_text(answer() if callable(answer) else answer).encode()))


class Scripted(asking.Asking):
    """Runs against this file's sandbox, and against scripts."""

    box = BOX

    def serve(self, *given):
        """Returns (script, settings) for a server with the answers of one connection."""
        script = Script(*given)
        server = servers.Server(script)
        self.addCleanup(server.__exit__)
        return script, {"AMP_URL": f"https://127.0.0.1:{server.port}", "AMP_PROJECT": "p", "AMP_API_KEY": KEY,
                        "AMP_CA_FILE": AUTHORITY.pem}

    def play(self, arguments, *given):
        """Runs a command against a script. Returns (result, targets of the requests)."""
        script, changes = self.serve(*given)
        result = harness.run("--json", *arguments, changes=changes)
        return result, script.targets


class List(Scripted):
    """Tests of operation list."""

    def test_all_pages(self):
        result, requests = self.ask_all("operation", "list", BOX.integration, ALPHA)
        records = self.check_done(result)
        self.assertEqual(len(requests), 3)
        self.assertEqual({request["connection"] for request in requests}, {requests[0]["connection"]})
        self.check_request(requests[0], "GET", f"{INSTALLATIONS}/{ALPHA}/operations")
        tokens = []
        for request in requests[1:]:
            path, _, query = request["target"].partition("?")
            self.assertEqual(path, f"{INSTALLATIONS}/{ALPHA}/operations")
            ((name, token),) = urllib.parse.parse_qsl(query, strict_parsing=True, errors="strict")
            self.assertEqual((name, query), ("pageToken", f"pageToken={urllib.parse.quote(token, safe='')}"))
            tokens.append(token)
            self.check_request(request, "GET", request["target"])
        self.assertIn("+", tokens[0])
        self.assertEqual(len(records), 452)
        preloaded = [fixed(f"operation/{ALPHA}/{number}") for number in range(449, -1, -1)]
        ids = [record["id"] for record in records]
        self.assertEqual([identifier for identifier in ids if identifier in set(preloaded)], preloaded)
        self.assertEqual(len(ids), len(set(ids)))

    def test_members(self):
        (_, *rest) = self.check_done(BOX.run("operation", "list", BOX.integration, GAMMA))
        record = dict(rest[-1])
        for name in ("createTime", "configId"):
            self.assertTrue(record.pop(name))
        self.assertEqual(record, {
            "projectId": BOX.project_id, "integrationId": BOX.integration, "actionType": "read",
            "id": fixed(f"operation/{GAMMA}/0"), "installationId": GAMMA, "status": "success",
            "result": "[contact] 0 records delivered", "metadata": {}})

    def test_table(self):
        result = harness.run("operation", "list", BOX.integration, ALPHA, changes=BOX.environment())
        header, more, *rows = result.text.splitlines()
        self.assertEqual((result.status, result.err), (0, b""))
        self.assertEqual((header.split(), more.split()), (["STATUS", "ACTION", "RESULT"], ["CREATED", "ID"]))
        failed = next(row for row in rows if row.startswith("failure"))
        self.assertEqual(failed.index("[contact] Token refused & retried <3 times>"), header.index("RESULT"))
        self.assertEqual(failed.index("read"), header.index("ACTION"))
        self.assertEqual(len(rows), 2 * 452)

    def test_each_page_as_it_arrives(self):
        """The second page is answered only after the first was printed."""
        shown = threading.Event()

        def second():
            self.assertTrue(shown.wait(PATIENCE))
            return page([3], done=True)

        script, changes = self.serve(page([1, 2], done=False, nextPageToken="t"), second)
        process = harness.start("--json", "operation", "list", "i", "n", changes=changes)
        lines = [json.loads(process.stdout.readline())["id"] for _ in range(2)]
        self.assertIsNone(process.poll())
        shown.set()
        result = harness.end(process)
        self.assertEqual((lines, result.status, result.records[0]["id"]),
                         (["operation-1", "operation-2"], 0, "operation-3"))
        self.assertEqual(script.targets[1], "/projects/p/integrations/i/installations/n/operations?pageToken=t")

    def test_empty_pages(self):
        for body in ({"results": [], "pagination": {"done": True}}, {"pagination": {"done": True}},
                     {"results": None, "pagination": {"done": True, "nextPageToken": None}}):
            result, targets = self.play(("operation", "list", "i", "n"), body)
            self.assertEqual((result.status, result.out, len(targets)), (0, b"", 1))
        result, targets = self.play(("operation", "list", "i", "n"), page([], done=False, nextPageToken="a&b=+/"),
                                    page([1], done=True, nextPageToken="not asked for"))
        self.assertEqual([record["id"] for record in self.check_done(result)], ["operation-1"])
        self.assertEqual(targets[1].partition("?")[2], "pageToken=a%26b%3D%2B%2F")

    def test_pages_in_any_order_of_members(self):
        body = {"pagination": {"nextPageToken": "t", "done": False, "more": [1]}, "x": {}, "results": [operation(1)]}
        result, targets = self.play(("operation", "list", "i", "n"), body, page([2], done=True))
        self.assertEqual([record["id"] for record in self.check_done(result)], ["operation-1", "operation-2"])
        self.assertEqual(len(targets), 2)

    def test_pages_that_are_wrong(self):
        """Earlier records are printed. Then the run ends with an error, and never as a shorter list."""
        first = page([1], done=False, nextPageToken="t")
        rows = (
            ((first, page([2], done=False, nextPageToken="t")), "AMP_ERR_VALUE", "pagination.nextPageToken", 2),
            ((first, page([2], done=False)), "AMP_ERR_MISSING", "pagination.nextPageToken", 2),
            ((first, page([2], done=False, nextPageToken="")), "AMP_ERR_MISSING", "pagination.nextPageToken", 2),
            ((first, {"results": [operation(2)]}), "AMP_ERR_MISSING", "pagination", 2),
            ((first, page([2], nextPageToken="u")), "AMP_ERR_MISSING", "pagination.done", 2),
            ((first, page([2], done="true")), "AMP_ERR_TYPE", "pagination.done", 2),
            ((first, {"results": {}, "pagination": {"done": True}}), "AMP_ERR_TYPE", "results", 1),
            ((first, {"results": [operation(2), 5], "pagination": {"done": True}}), "AMP_ERR_TYPE", None, 2),
            ((first, {"results": [operation(2, id=None)], "pagination": {"done": True}}), "AMP_ERR_MISSING", None, 1),
            ((first, page([2], done=False, nextPageToken="x" * 256)), "AMP_ERR_TOO_LONG", "pagination.nextPageToken", 2),
        )
        for given, code, field, count in rows:
            with self.subTest(given[-1]):
                result, targets = self.play(("operation", "list", "i", "n"), *given)
                error = self.check_failed(result, 5, code, "body")
                if field is not None:
                    self.assertEqual(error["field"], field)
                self.assertEqual((len(result.records), len(targets)), (count, 2))

    def test_token_of_any_length(self):
        for token in ("x" * 255, "\u20ac" * 85, "\x01\t \"\\"):
            result, targets = self.play(("operation", "list", "i", "n"), page([1], done=False, nextPageToken=token),
                                        page([2], done=True))
            self.assertEqual(len(self.check_done(result)), 2)
            self.assertEqual(urllib.parse.unquote(targets[1].partition("=")[2], errors="strict"), token)

    def test_second_page_that_fails(self):
        """The request is safe, so its outcome is never unknown."""
        script, changes = self.serve(page([1], done=False, nextPageToken="t"))
        result = harness.run("--json", "operation", "list", "i", "n", changes=changes)
        self.check_failed(result, 4)
        self.assertEqual([record["id"] for record in result.records], ["operation-1"])
        self.assertGreaterEqual(script.connections, 1)

    def test_deadline_is_for_all_pages(self):
        """The deadline ends a list whose pages never end."""
        numbers = iter(range(10**6))

        def endless():
            return page([1], done=False, nextPageToken=f"t{next(numbers)}")

        _, changes = self.serve(*(endless for _ in range(100000)))
        result = harness.run("--json", "--deadline", "0.7", "operation", "list", "i", "n", changes=changes)
        self.check_failed(result, 4, "AMP_ERR_DEADLINE")
        self.assertGreater(len(result.records), 3)


class Get(Scripted):
    """Tests of operation get."""

    def test_members(self):
        identifier = fixed(f"operation/{ALPHA}/9")
        result, request = self.ask("operation", "get", identifier)
        self.check_request(request, "GET", f"{PROJECT}/operations/{identifier}")
        (record,) = self.check_done(result)
        self.assertEqual((record["id"], record["status"], record["result"]),
                         (identifier, "failure", "[contact] Token refused & retried <3 times>"))

    def test_progress_in_it(self):
        (record, *_) = self.check_done(BOX.run("operation", "list", BOX.integration, GAMMA))
        self.assertEqual(record["metadata"]["progress"]["objectName"],
                         BOX.run("operation", "get", record["id"]).records[0]["metadata"]["progress"]["objectName"])

    def test_table(self):
        result = harness.run("operation", "get", fixed(f"operation/{ALPHA}/9"), changes=BOX.environment())
        self.assertEqual(result.text.splitlines()[0].split(), ["status", "failure"])

    def test_unknown(self):
        result, request = self.ask("operation", "get", "a/b")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(request["target"], f"{PROJECT}/operations/a%2Fb")

    def test_unknown_words(self):
        """Enumerations are open."""
        result, _ = self.play(("operation", "get", "x"),
                              operation(1, id="x", status="paused", actionType="dream"))
        self.assertEqual(self.check_done(result), [operation(1, id="x", status="paused", actionType="dream")])

    def test_another_operation(self):
        """An answer about another operation is an error, and nothing of it is printed."""
        result, _ = self.play(("operation", "get", "x"), operation(1, id="y"))
        self.assertEqual(self.check_failed(result, 5, "AMP_ERR_MISMATCH", "body")["field"], "id")
        self.assertEqual(result.records, [])


def progress(count, total=None, **members):
    """Returns the record of a backfill."""
    record = {"installationId": "n", "objectName": "contact", "operationId": "o", "recordsProcessed": count}
    return {**record, **({"recordsEstimatedTotal": total} if total is not None else {}), **members}


FOLLOW = ("installation", "progress", "i", "n", "contact", "--follow")


class Progress(Scripted):
    """Tests of installation progress."""

    def test_once(self):
        result, request = self.ask("installation", "progress", BOX.integration, BETA, "contact")
        self.check_request(request, "GET", f"{INSTALLATIONS}/{BETA}/objects/contact/backfill-progress")
        (record,) = self.check_done(result)
        for name in ("createTime", "updateTime", "operationId"):
            self.assertTrue(record.pop(name))
        self.assertEqual(record, {"installationId": BETA, "objectName": "contact",
                                  "recordsProcessed": record["recordsProcessed"], "recordsEstimatedTotal": 5000})

    def test_object_is_a_segment(self):
        result, request = self.ask("installation", "progress", BOX.integration, BETA, "a/b c?\u20ac")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(request["target"],
                         f"{INSTALLATIONS}/{BETA}/objects/a%2Fb%20c%3F%E2%82%AC/backfill-progress")
        result, requests = self.ask_all("installation", "progress", BOX.integration, BETA, "..")
        self.assertEqual((self.check_failed(result, 2)["field"], requests), ("objectName", []))
        self.assertIn(": OBJECT is", result.told)

    def test_numbers(self):
        for count, total in ((0, 0), (2**53, 2**63 - 1), (7, 3)):
            result, _ = self.play(FOLLOW[:-1], progress(count, total))
            self.assertEqual(self.check_done(result), [progress(count, total)])
        for count, code in ((2**63, "AMP_ERR_VALUE"), (1.5, "AMP_ERR_VALUE"), ("5", "AMP_ERR_TYPE"),
                            (None, "AMP_ERR_MISSING"), (True, "AMP_ERR_TYPE")):
            result, _ = self.play(FOLLOW[:-1], progress(count))
            self.assertEqual(self.check_failed(result, 5, code)["field"], "recordsProcessed")

    def test_follow_to_the_total(self):
        """The count has reached the estimate, so no more requests are sent."""
        result, targets = self.play(FOLLOW, progress(1, 10), progress(12, 10))
        self.assertEqual(self.check_done(result), [progress(1, 10), progress(12, 10)])
        self.assertEqual(targets, ["/projects/p/integrations/i/installations/n/objects/contact/backfill-progress"] * 2)

    def test_follow_a_finished_read(self):
        result, targets = self.play(FOLLOW, progress(10, 10))
        self.assertEqual((self.check_done(result), len(targets)), ([progress(10, 10)], 1))

    def test_follow_to_the_end_of_the_operation(self):
        """A count that does not grow may be final. The operation's status decides."""
        result, targets = self.play(FOLLOW, progress(5), progress(5), operation(0, id="o", status="success"), progress(6))
        self.assertEqual(self.check_done(result), [progress(5), progress(5), progress(6)])
        self.assertEqual(targets[2], "/projects/p/operations/o")

    def test_follow_an_operation_that_failed(self):
        result, _ = self.play(FOLLOW, progress(5, 9), progress(5, 9),
                              operation(0, id="o", status="failure", result="no \x1b[2Jaccess"), progress(5, 9))
        self.assertEqual((result.status, result.told), (0, "the operation failed: no ?[2Jaccess\n"))
        self.assertEqual(len(result.records), 3)

    def test_follow_past_unknown_words(self):
        result, targets = self.play(FOLLOW, progress(5), progress(5), operation(0, id="o", status="paused"), progress(5),
                                    operation(0, id="o", status="success"), progress(7))
        self.assertEqual(self.check_done(result)[-1], progress(7))
        self.assertEqual(len(targets), 6)

    def test_follow_until_the_deadline(self):
        result, _ = self.play(("--deadline", "0.5", *FOLLOW), progress(1, 10))
        self.check_failed(result, 4, "AMP_ERR_DEADLINE")
        self.assertEqual(result.records, [progress(1, 10)])

    def test_follow_until_interrupted(self):
        process = harness.start("--json", "installation", "progress", BOX.integration, ALPHA, "contact", "--follow",
                                changes=BOX.environment())
        self.assertEqual(json.loads(process.stdout.readline())["recordsProcessed"] % 1250, 0)
        process.send_signal(signal.SIGINT)
        self.check_failed(harness.end(process), 130, "AMP_ERR_CANCELLED")

    def test_follow_after_the_server_closed(self):
        """The kept connection ended between two requests. The client opens a new one without a message."""
        result, requests = self.ask_all("installation", "progress", BOX.integration, BETA, "contact", "--follow",
                                        switches="idle-close=100")
        self.assertEqual(self.check_done(result)[-1]["recordsProcessed"], 5000)
        self.assertGreater(len({request["connection"] for request in requests}), 1)

    def test_table_of_a_follow(self):
        _, changes = self.serve(progress(1, 10), progress(10, 10))
        result = harness.run(*FOLLOW, changes=changes)
        header, more, *rows = result.text.splitlines()
        self.assertEqual((result.status, result.err), (0, b""))
        self.assertEqual(header.split() + more.split(), ["RECORDS", "OF", "ABOUT", "OBJECT", "UPDATED", "OPERATION"])
        self.assertEqual([row.split()[:3] for row in rows[::2]], [["1", "10", "contact"], ["10", "10", "contact"]])

    def test_bar(self):
        _, changes = self.serve(progress(1, 4), progress(4, 4))
        shown = terminal.run(*FOLLOW, changes={**changes, "TERM": "xterm"})
        self.assertEqual((shown.status, shown.err), (0, b""))
        self.assertEqual(shown.text, "[######..................]  25 %  1 of 4 contact"
                                     "\r\x1b[K[########################] 100 %  4 of 4 contact\r\n")

    def test_bar_of_odd_counts(self):
        rows = ((progress(-5, 10), "[" + "." * 24 + "]   0 %  -5 of 10 contact"),
                (progress(2**62, 2**63 - 1), f"[{'#' * 12}{'.' * 12}]  50 %  {2**62} of {2**63 - 1} c…"),
                (progress(99, 10000), f"[{'.' * 24}]   0 %  99 of 10000 contact"),
                (progress(7), "7 records contact"), (progress(7, 0), "7 records contact"),
                (progress(7, -1), "7 records contact"),
                (progress(1, 1, objectName="a\x1b[2J\n\u202e\u6f22"), f"[{'#' * 24}] 100 %  1 of 1 a?[2J ?\u6f22"))
        for record, wanted in rows:
            _, changes = self.serve(record)
            shown = terminal.run(*FOLLOW[:-1], changes={**changes, "TERM": "xterm"})
            self.assertEqual((shown.status, shown.text), (0, wanted + "\r\n"))

    def test_bar_that_breaks_off(self):
        """The error is on its own line."""
        _, changes = self.serve(progress(1, 4))
        shown = terminal.run("--deadline", "0.5", *FOLLOW, changes={**changes, "TERM": "xterm"})
        self.assertEqual((shown.status, shown.text), (4, "[######..................]  25 %  1 of 4 contact\r\n"))
        self.assertRegex(shown.told, r"\Aampersand: [^\n]+\n\Z")

    def test_no_bar_on_a_simple_terminal(self):
        _, changes = self.serve(progress(1, 4))
        shown = terminal.run(*FOLLOW[:-1], changes={**changes, "TERM": "dumb"})
        self.assertNotIn("\x1b", shown.text)
        self.assertIn("recordsProcessed", shown.text)


if __name__ == "__main__":
    certificates.require()
    AUTHORITY = certificates.Authority()
    CONTEXT = servers.context(AUTHORITY.issue())
    harness.main()
