# SPDX-License-Identifier: MIT
"""Runs the client against a sandbox, and checks each byte of its requests."""
import json
import re

import harness
from harness import KEY

VERSION = re.search(r'AMP_VERSION_STRING "([0-9.]+)"',
                    (harness.ROOT / "include" / "ampersand" / "config.h").read_text(encoding="utf-8"))[1]
ACCEPT, ACCEPT_GET = "application/json, application/problem+json", "application/json"
ACCEPT_URL = "text/plain, application/problem+json"


def body_text(value):
    """Returns a JSON value as the client writes it: without spaces, members in their order, UTF-8 unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def without_times(record):
    """Returns a record without the members that differ between two runs, in nested records too."""
    return {name: without_times(value) if isinstance(value, dict) else value
            for name, value in record.items() if name not in ("createTime", "updateTime")}


class Asking(harness.TestCase):
    """`box` is the sandbox of this test file."""

    box = None

    def ask_all(self, *arguments, **options):
        """Runs the client. Returns the result and the requests."""
        before = len(self.box.log())
        result = self.box.run(*arguments, **options)
        return result, self.box.log()[before:]

    def ask(self, *arguments, **options):
        """Runs the client and expects one request. Returns the result and the request."""
        result, requests = self.ask_all(*arguments, **options)
        self.assertEqual(len(requests), 1, result)
        return result, requests[0]

    def check_request(self, request, method, target, body=None, credential=("X-Api-Key", KEY), accept=None):
        """Checks that the request has exactly these fields. A text body is compared as text."""
        self.assertEqual((request["method"], request["target"]), (method, target))
        fields = [["Host", f"localhost:{self.box.port}"], ["User-Agent", f"ampersand-c/{VERSION}"],
                  ["Accept", accept or (ACCEPT_GET if method == "GET" and "refresh=" not in target else ACCEPT)],
                  ["Accept-Encoding", "identity"]]
        if credential is not None:
            fields.append(list(credential))
            self.assertNotIn(credential[1].split()[-1], request["target"])
        if body is not None:
            fields += [["Content-Type", "application/json"], ["Content-Length", str(len(body.encode()))]]
        elif method.startswith("P"):
            fields.append(["Content-Length", "0"])
        self.assertEqual(request["headers"], fields)
        self.assertEqual(request["body"], body or "")
        self.assertIn(request["tls"], ("TLSv1.2", "TLSv1.3"))
