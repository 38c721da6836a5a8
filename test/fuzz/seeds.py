#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the initial corpora of the fuzz targets: one folder for each target.

usage: seeds.py FOLDER
"""
import itertools
import json
import pathlib
import random
import sys

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
CUTS = [bytes([255] * 6), bytes([6, 0, 30, 2, 90, 15])]
CONNECTION = {
    "id": "c-1", "projectId": "p-1", "provider": "salesforce", "authScheme": "apiKey", "status": "working",
    "createTime": "2023-07-13T21:34:44.816354Z", "updateTime": None, "providerWorkspaceRef": "wé\"\\\n",
    "group": {"groupRef": "g-1", "groupName": "G" * 90},
    "consumer": {"consumerRef": "r-1", "consumerName": "\U0001f600"},
    "providerApp": {"id": "a", "externalRef": "b", "clientId": "c"}, "apiKey": "LEAKED",
}
INSTALLATION = {
    "id": "i-1", "projectId": "p-1", "integrationId": "n-1", "healthStatus": "healthy",
    "createTime": "2023-07-13T21:34:44Z", "createdBy": "x", "group": {"groupRef": "g", "groupName": "G"},
    "connection": CONNECTION, "lastOperationStatus": "success",
    "config": {"id": "k", "revisionId": "l", "createTime": "2023-07-13T21:34:44Z", "createdBy": "y",
               "content": {"a": [{"b": [1, -2.5e+7, True, None]}, []]}},
}
PROBLEM = {"type": "t", "title": "No", "status": 400, "detail": "d" * 200, "causes": ["one", "two"],
           "remedy": "r", "retryable": True, "retryAfter": "2030-01-01T00:00:00Z",
           "issues": [{"in": "body", "name": "n", "detail": "e"}]}
PROGRESS = {"installationId": "i", "objectName": "o", "operationId": "p", "recordsProcessed": 7,
            "recordsEstimatedTotal": 9223372036854775807}
OPERATION = {"id": "o", "projectId": "p", "integrationId": "i", "configId": "c", "installationId": "n",
             "actionType": "read", "status": "success", "result": "fine",
             "metadata": {"progress": {"objectName": "x", "recordsProcessed": 1}}}
PAGE = {"results": [OPERATION, OPERATION], "pagination": {"done": False, "nextPageToken": "t"}}
LAST = {"results": [], "pagination": {"done": True}}
PROVIDER = {"name": "salesforce", "authType": "oauth2", "displayName": "Salesforce"}
CUSTOM = {"redirect": {"url": "https://x.example/y", "sessionId": "s"}}
TEXTS = [[1, [], "a"], CONNECTION, [CONNECTION, CONNECTION], INSTALLATION, [INSTALLATION, INSTALLATION],
         PROBLEM, PROGRESS, OPERATION, PAGE, PROVIDER, CUSTOM]


def encodings(value):
    """Yields the value as JSON, in the forms that services write."""
    yield json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    yield json.dumps(value, indent=1).encode()


def reader():
    """Yields each schema with a text for it, in a large and a small window."""
    for number, value in enumerate(TEXTS):
        for text, window, cuts in itertools.product(encodings(value), (900, 20), CUTS):
            yield bytes([number, window >> 8, window & 255]) + cuts + text
    for path in sorted(DATA.glob("*.json")):
        yield bytes([2, 1, 0]) + CUTS[1] + path.read_bytes()


def schema():
    """Returns random choices, followed by a text."""
    chance = random.Random(1)
    for value in TEXTS * 8:
        text = json.dumps({"a": value, "b": [1, 2], "id": "x", "n": -5, "results": [{"a": True, "id": "y"}]})
        yield bytes(chance.randrange(256) for _ in range(chance.randrange(20, 120))) + text.encode()


def head(status, *lines):
    """Returns the head of an answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


JSON_TYPE = "Content-Type: application/json"
PROBLEM_TYPE = "Content-Type: application/problem+json; charset=utf-8"


def with_length(status, body, *lines):
    """Returns a complete answer."""
    return head(status, *lines, f"Content-Length: {len(body)}") + body


def chunked(status, body, *lines):
    """Returns the same answer in chunks, with an extension and a trailer."""
    pieces = [body[i:i + 100] for i in range(0, len(body), 100)]
    chunks = b"".join(b"%x;a=\"b\"\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return head(status, *lines, "Transfer-Encoding: chunked") + chunks + b"0\r\nX-Trailer: y\r\n\r\n"


def answers():
    """Yields complete answers of each kind."""
    for value in TEXTS:
        body = next(encodings(value))
        yield with_length("200 OK", body, JSON_TYPE)
        yield chunked("201 Created", body, JSON_TYPE, "Connection: close")
        yield head("200 OK", JSON_TYPE) + body
    problem = next(encodings(PROBLEM))
    for status in ("400 Bad", "401 No", "403 No", "404 No", "422 No", "429 Slow", "500 Oh", "503 Oh"):
        yield with_length(status, problem, PROBLEM_TYPE, "Retry-After: 120")
    yield head("204 No Content")
    yield head("100 Continue") + head("103 Early Hints", "Link: x") + with_length("200", b"[]", JSON_TYPE)
    yield head("302 Found", "Location: https://u:p@h.example:8/x?y", "Content-Length: 0")
    yield with_length("200 OK", b"https://h.example/oauth?x=y", "Content-Type: text/plain; charset=utf-8")
    yield with_length("200 OK", b"<html>", "Content-Type: text/html", "Content-Encoding: gzip")
    yield with_length("401 No", b"", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT")
    yield with_length("503 No", b"", "Date: Friday, 31-Dec-99 23:59:00 GMT", "Retry-After: Fri Dec 31 23:59:59 1999")
    yield with_length("200 OK", next(encodings(LAST)), JSON_TYPE)
    yield with_length("200 OK", b"[]", "Content-Type:", " application/vnd.api+json", "X: y", "\tz",
                      "Content-Length: 2, 2", "Content-Encoding:")
    yield head("200 OK", "Transfer-Encoding:", "\tchunked") + b"00000000000000002 \r\n[]\r\n0 \r\nX: y\r\n z\r\n\r\n"


def response():
    """Yields single answers, and answers with bytes after them."""
    for answer, cuts in itertools.product(answers(), CUTS):
        yield cuts + answer
    for answer in answers():
        yield CUTS[1] + answer + b"HTTP/1.1 "


def client():
    """Yields every operation with every answer. Some of them are slow and damaged."""
    fitting = list(answers())
    paces = [bytes(12), bytes([1, 200, 7, 0, 220, 30, 3, 0, 1, 200, 90, 1]), bytes([0, 0, 0, 50, 252] + [0] * 7)]
    chance = random.Random(2)
    for kind in range(19):
        for answer in fitting:
            second = chance.choice(fitting)
            ends = chance.choice([b"\0", b"\1", b"\2", b""])
            yield (bytes([kind, chance.randrange(19), chance.randrange(8), chance.randrange(256)])
                   + chance.choice(paces) + answer + ends + second + chance.choice([b"\1", b"\2"]))
    pages = b"\0".join(with_length("200 OK", next(encodings(v)), JSON_TYPE) for v in (PAGE, LAST))
    yield bytes([15, 15, 0, 0]) + paces[0] + pages + b"\1"
    again = with_length("401 No", b"", "X: y") + b"\0" + with_length("200 OK", next(encodings(CONNECTION)), JSON_TYPE)
    yield bytes([1, 0, 1, 0]) + paces[1] + again + b"\1"


def request():
    """Yields every operation and credential with texts that must be escaped or refused."""
    texts = [b"g-1", b"a b/c%\"\\?#&+", "é\U0001f600".encode(), b"\xff", b"a\r\nb", b"..", b"{\"a\":1}", b""]
    for kind, (ref, more) in itertools.product(range(19), zip(texts, texts[1:] + texts[:1], strict=True)):
        yield bytes([kind, 0, 9, 0, 7, (kind * 5 + len(ref)) & 255, len(ref)]) + ref + more


def url():
    """Yields base URLs and addresses."""
    yield from [b"https://api.withampersand.com/v1", b"https://h:8443/x:drop,cut=3/v1/", b"https://[::1]:1",
                b"HTTPS://a_b-c.d", b"https://h/%41/..", b"http://h", b"https://h:65536", b"https://u@h/",
                b"127.0.0.1", b"::ffff:1.2.3.4", b"1:2:3:4:5:6:7:8", b"fe80::1%eth0", b"01.2.3.4", b"::"]


def time():
    """Yields RFC 3339 times, and the forms of HTTP dates."""
    yield from [b"Sun, 06 Nov 1994 08:49:37 GMT", b"Sunday, 06-Nov-94 08:49:37 GMT", b"Sun Nov  6 08:49:37 1994"]
    yield from [b"2023-07-13T21:34:44.816354Z", b"2024-02-29t00:00:60z", b"0000-01-01T00:00:00+23:59",
                b"9999-12-31T23:59:59.999999999-23:59", b"2023-02-29T00:00:00Z", b"1970-01-01T00:00:00.1Z"]


def secret_file():
    """Yields a file of each credential."""
    token = {"token": "t", "issuedAt": "2023-07-13T21:34:44Z"}
    basic = {"username": "u", "password": ""}
    client_id = {"clientId": "i", "clientSecret": "s\u00e9\"", "scopes": ["a", "b"]}
    for value in ({"apiKey": "k"}, {"basicAuth": basic}, {"oauth2ClientCredentials": client_id},
                  {"oauth2PasswordCredentials": {**basic, **client_id}},
                  {"oauth2AuthorizationCode": {"accessToken": token, "refreshToken": token, "scopes": ["x"] * 9}},
                  {"customAuth": {"a": ["b", {}]}}, {"apiKey": None}, {"apiKey": "k", "basicAuth": basic}):
        yield from encodings(value)


def session():
    """Yields blobs, sealed and not sealed, of the length of sessions. TLS bytes follow each."""
    chance = random.Random(3)
    hello = bytes.fromhex("160303002a020000260303") + bytes(32) + bytes.fromhex("00c02b000000")
    alert = bytes.fromhex("15030300020228")
    # mbedTLS writes its version and configuration before a session.
    start = bytes.fromhex("021c0300037f")
    for number in range(60):
        body = start + bytes(chance.randrange(256) for _ in range(chance.randrange(40, 500)))
        blob = bytes(24) + body + bytes(32)
        yield bytes([number & 1]) + len(blob).to_bytes(2, "big") + blob + chance.choice([hello, alert, b""])


def stateful():
    """Yields random decisions: the lives of several applications."""
    chance = random.Random(4)
    for _ in range(60):
        yield bytes(chance.randrange(256) for _ in range(chance.randrange(500, 4000)))


TARGETS = {"fuzz_stateful": stateful, "fuzz_reader": reader, "fuzz_schema": schema, "fuzz_response": response,
           "fuzz_client": client, "fuzz_request": request, "fuzz_url": url, "fuzz_time": time,
           "fuzz_secret_file": secret_file, "fuzz_session": session}


def main():
    """Writes all corpora."""
    for target, seeds in TARGETS.items():
        folder = pathlib.Path(sys.argv[1]) / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds()):
            (folder / f"seed-{number:04}").write_bytes(seed)


if __name__ == "__main__":
    main()
