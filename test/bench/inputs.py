#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the texts that the decoders read: inputs.py FOLDER [SEED]. inputs.py --costly prints the names of
the texts that contain a costly value.

Responses look like the service's: single records and lists of 100. Variants are compact JSON with the escapes
of Go's encoding/json, pretty-printed JSON, and JSON with every non-ASCII character escaped. Members, names
and lengths are drawn at random: the same seed produces the same bytes. The other texts do not depend on the
seed: one unwanted value of each costly kind, and a response head.
"""
import json
import pathlib
import random
import sys

LENGTH = 100
QUOTED_SEED = 1  # the seed of the texts in docs/costs.md

FIELDS = """
    id name email phone fax city state zip street country owner source stage amount close_date rating title sector
    website created updated score region segment tier notes plan seats renewal status priority budget currency cost
    locale active parent tags due kind probability forecast campaign territory birthday mobile assistant department
    industry employees annual_revenue description shipping_city billing_zip
""".split()
OBJECTS = "account contact lead opportunity task event campaign user product order".split()
COMPANIES = ("Super Customer", "Acme <R&D>", 'O\'Neil "Best" Tools', "M\u00fcller & S\u00f6hne GmbH", "Caf\u00e9 Ol\u00e9",
             "Z\u00fcrich AG", "\u0141\u00f3d\u017a Logistics", "\u682a\u5f0f\u4f1a\u793e\u30b5\u30f3\u30d7\u30eb",
             "\u0421\u043c\u0438\u0440\u043d\u043e\u0432 \u0438 \u043f\u0430\u0440\u0442\u043d\u0451\u0440\u044b")
PROJECT = "70947260-4f7a-53b6-b2e9-42f87dd7553c"

# The response head of an API gateway in front of a Go service: 12 headers, five of which are used.
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

# Values that no record wants. Each text has only one kind. 9 to 10 KB each.
COSTLY = {
    "escapes": '"' + r"\n\"\\" * 1600 + '"',
    "units": '"' + r"\u00e9" * 1600 + '"',
    "latin": '"' + "na\u00efve caf\u00e9 " * 700 + '"',
    "cyrillic": '"' + "\u0421\u043c\u0438\u0440\u043d\u043e\u0432" * 700 + '"',
    "japanese": '"' + "\u65e5\u672c\u8a9e" * 1050 + '"',
    "emoji": '"' + "\U0001f600" * 2400 + '"',
    "numbers": "[" + ",".join(["-123456.789e+10"] * 600) + "]",
    "literals": "[" + ",".join(["true", "false", "null"] * 600) + "]",
    "scalars": "[" + ",".join(['"a"', "1", "true", "null"] * 600) + "]",
    "members": "{" + ",".join(['"a":1', '"b":""', '"":0'] * 500) + "}",
    "spaces": "[" + "\n\t \r\n" * 1900 + "]",
    "deep": "[" + ",".join(["[" * 60 + "]" * 60] * 80) + "]",
    "empty": "[" + ",".join(["[]", "{}"] * 1600) + "]",
}


class Maker:
    """Draws records that are valid by the service's specification."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def sometimes(self, probability, members):
        return members if self.chance.random() < probability else {}

    def uuid(self):
        digits = f"{self.chance.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def time(self):
        number = self.chance.randint
        day = f"20{number(23, 26)}-{number(1, 12):02}-{number(1, 28):02}"
        fraction = self.chance.choice(("Z", ".816Z", f".{number(0, 999999):06}Z"))
        return f"{day}T{number(0, 23):02}:{number(0, 59):02}:{number(0, 59):02}{fraction}"

    def times(self):
        return {"createTime": self.time(), "updateTime": self.time()}

    def party(self, kind):
        ref = self.uuid()
        return {kind + "Ref": ref, kind + "Name": self.chance.choice((*COMPANIES, ref)), "projectId": PROJECT, **self.times()}

    def app(self, provider):
        return {"id": self.uuid(), "projectId": PROJECT, "externalRef": f"app-{self.chance.randint(1, 99)}", "provider": provider,
                "clientId": f"{self.chance.getrandbits(160):040x}",
                "scopes": ["api", "refresh_token", "offline_access"][:self.chance.randint(0, 3)], "createTime": self.time()}

    def workspace(self):
        return {"providerWorkspaceRef": f"my-workspace-{self.chance.randint(1, 9999)}",
                "providerConsumerRef": "https://login.example.com/id/00D4x0000019CQTEA2/0054x000000orJ4AA",
                "providerMetadata": {"workspace": {"value": "my-workspace", "source": "input", "displayName": "Workspace"}}}

    def connection(self):
        provider = self.chance.choice(("salesforce", "hubspot", "zendeskSupport", "netsuite"))
        return {"id": self.uuid(), "projectId": PROJECT, "provider": provider, "group": self.party("group"),
                "consumer": self.party("consumer"), **self.times(),
                "authScheme": self.chance.choice(("oauth2/authorizationCode", "oauth2/clientCredentials", "apiKey", "basic")),
                "status": self.chance.choice(("working", "working", "working", "created", "bad_credentials")),
                **self.sometimes(0.8, {"providerApp": self.app(provider)}), **self.sometimes(0.7, self.workspace())}

    def read_object(self, name):
        chosen = self.chance.sample(FIELDS, self.chance.randint(12, 45))
        mapped = len(chosen) // self.chance.choice((2, 3, 4))
        amount = {"fieldName": "amount", "operator": "eq", "value": self.chance.randint(0, 10 ** 6)}
        active = {"fieldName": "active", "operator": "eq", "value": True}
        period = self.chance.choice(({"days": 30}, {"fullHistory": True}, {"days": 365}))
        return {"objectName": name, "schedule": self.chance.choice(("*/15 * * * *", "0 * * * *", "*/30 8-18 * * 1-5")),
                "destination": name + "Webhook",
                "selectedFields": {field: self.chance.random() < 0.9 for field in chosen[mapped:]},
                "selectedFieldMappings": {field: f"Custom_{field.title()}__c" for field in chosen[:mapped]},
                **self.sometimes(0.4, {"selectedValueMappings": {"stage": {"open": "scheduled", "closedWon": "won"}}}),
                **self.sometimes(0.3, {"fieldFilters": [amount, active]}),
                **self.sometimes(0.6, {"backfill": {"defaultPeriod": period}}), **self.sometimes(0.2, {"disabled": False})}

    def write_object(self, name):
        return {"objectName": name, "selectedValueDefaults": {"source": {"value": "api", "applyOnCreate": "always"}}}

    def content(self, provider):
        names = self.chance.sample(OBJECTS, self.chance.randint(2, 6))
        return {"provider": provider, "read": {"objects": {name: self.read_object(name) for name in names}},
                **self.sometimes(0.5, {"write": {"objects": {name: self.write_object(name) for name in names[:2]}}}),
                "proxy": {"enabled": self.chance.random() < 0.5}}

    def installation(self):
        connection = self.connection()
        return {"id": self.uuid(), "projectId": PROJECT, "integrationId": self.uuid(), "group": connection["group"],
                "healthStatus": self.chance.choice(("healthy", "healthy", "healthy", "unhealthy")),
                "lastOperationStatus": self.chance.choice(("success", "failure", "in_progress")), "connection": connection,
                **self.times(), "createdBy": "consumer:" + self.uuid(),
                "config": {"id": self.uuid(), "revisionId": self.uuid(), "createTime": self.time(),
                           "createdBy": "builder:" + self.uuid(), "content": self.content(connection["provider"])}}

    def plain(self):
        """An installation whose configuration has almost only plain strings."""
        record = self.installation()
        mappings = {field: field.title() for field in FIELDS[:40]}
        objects = {name: {"objectName": name, "schedule": "*/15 * * * *", "destination": name + "Webhook",
                          "selectedFields": {}, "selectedFieldMappings": mappings} for name in OBJECTS[:5]}
        record["config"]["content"] = {"provider": "salesforce", "read": {"objects": objects}}
        return record


def compact(value):
    """Encodes like Go's encoding/json."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def answers(seed):
    """{name: text}"""
    maker = Maker(seed)
    connections = [maker.connection() for _ in range(LENGTH)]
    installations = [maker.installation() for _ in range(LENGTH)]
    return {
        "connection": compact(connections[0]),
        "connections": compact(connections),
        "installation": compact(installations[0]),
        "installations": compact(installations),
        "pretty": json.dumps(installations, indent=2, ensure_ascii=False),
        "escaped": json.dumps(connections, separators=(",", ":")),
        "plain": compact([maker.plain() for _ in range(LENGTH)]),
    }


def main():
    if sys.argv[1:] == ["--costly"]:
        print(*(f"costly-{name}" for name in COSTLY))
        return
    folder = pathlib.Path(sys.argv[1])
    texts = answers(int(sys.argv[2]) if len(sys.argv) > 2 else QUOTED_SEED)
    texts |= {"costly-" + name: f'{{"value":{value}}}' for name, value in COSTLY.items()}
    texts["head"] = HEAD.replace("\n", "\r\n")
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


if __name__ == "__main__":
    main()
