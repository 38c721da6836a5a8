#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what the decoders read: inputs.py FOLDER

The same bytes on every run: a connection and an installation are the service's own examples
(test/data) without white space, as the service sends them.
"""
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

OBJECTS = ("account", "contact", "lead", "opportunity", "task")

# 40 of them for each object, so 200 mappings and 5.3 KB in one installation.
FIELDS = """
    id name email phone fax city state zip street country owner source stage amount close rating
    title sector web added updated score region group tier notes plan seats renewal
    status priority budget currency cost locale active parent tags due kind
""".split()

LIST_LENGTH = 100

# What an API gateway in front of a Go service sends: 12 headers, five of which matter.
HEAD = """HTTP/1.1 200 OK
Date: Thu, 13 Jul 2023 21:34:44 GMT
Content-Type: application/json; charset=utf-8
Content-Length: 916
Connection: keep-alive
Server: envoy
Vary: Origin, Accept-Encoding
X-Request-Id: 3f9a7c1e-58d2-4b06-9e1f-7d24c0a8b651
Cache-Control: no-store, max-age=0, private
Strict-Transport-Security: max-age=31536000; includeSubDomains
X-Content-Type-Options: nosniff
X-Envoy-Upstream-Service-Time: 1024
Via: 1.1 google, 1.1 d2c47a9be03f6518.cloudfront.net

"""


def example(name):
    return json.loads((DATA / name).read_text())


def read_object(name):
    return {"objectName": name, "schedule": "*/15 * * * *", "destination": name + "Webhook",
            "selectedFieldMappings": {field: field.capitalize() for field in FIELDS}}


def installation(number):
    record = example("list_installations.json")[0]
    record["id"] = f"installation-{number:03}"
    record["config"]["content"] = {
        "provider": "salesforce",
        "read": {"objects": {name: read_object(name) for name in OBJECTS}}}
    return record


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def main():
    folder = pathlib.Path(sys.argv[1])
    documents = {
        "connection": compact(example("generate_connection.json")),
        "installation": compact(installation(123)),
        "list": compact([installation(number) for number in range(LIST_LENGTH)]),
        "head": HEAD.replace("\n", "\r\n"),
    }
    for name, text in documents.items():
        (folder / name).write_bytes(text.encode())


main()
