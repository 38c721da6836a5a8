# SPDX-License-Identifier: MIT
"""Handwritten responses, byte by byte: a good one, and the ways to frame it wrongly."""
import json

MOMENT = "2023-07-13T21:34:44.816354Z"

RECORD = {
    "id": "connection-123", "projectId": "project-456", "provider": "salesforce",
    "group": {"groupRef": "group-123", "groupName": "Super Customer"},
    "consumer": {"consumerRef": "consumer-123", "consumerName": "Super Customer"},
    "createTime": MOMENT, "authScheme": "oauth2/authorizationCode", "status": "working",
}
BODY = json.dumps(RECORD).encode()
LENGTH = f"Content-Length: {len(BODY)}"
JSON = "Content-Type: application/json"
CHUNKED = "Transfer-Encoding: chunked"


def head(*fields, status="HTTP/1.1 200 OK"):
    """Returns a response head of a status line and fields."""
    return "\r\n".join((status, *fields, "", "")).encode("latin-1")


def plain(*fields, status="HTTP/1.1 200 OK", body=BODY):
    """Returns a JSON response with the right length and additional fields."""
    return head(JSON, f"Content-Length: {len(body)}", *fields, status=status) + body


def chunk(data, extension=""):
    """Returns one chunk."""
    return f"{len(data):x}{extension}\r\n".encode() + data + b"\r\n"


def chunked(coded, *fields):
    """Returns a JSON response whose chunks are already coded."""
    return head(JSON, CHUNKED, *fields) + coded


WHOLE = chunk(BODY)
SIZE = f"{len(BODY):x}".encode()
LAST = b"0\r\n\r\n"

# Unusual responses that the protocol allows.
GOOD = {
    "no reason": plain(status="HTTP/1.1 200 "),
    "an odd reason": plain(status="HTTP/1.1 200 \tS\u00fc\u00df!"),
    "HTTP/1.0": plain(status="HTTP/1.0 200 OK"),
    "201": plain(status="HTTP/1.1 201 Created"),
    "letters of any case": b"HTTP/1.1 200 OK\r\ncONTENT-tYPE: Application/JSON\r\nCONTENT-LENGTH:%d\r\n\r\n%s"
                           % (len(BODY), BODY),
    "blanks around values": head("Content-Type: \t application/json \t ", f"Content-Length: \t{len(BODY)} \t") + BODY,
    "an empty value": plain("X-Empty:", "X-Blank:   "),
    "a parameter": head("Content-Type: application/json; charset=UTF-8", LENGTH) + BODY,
    "zeros before the length": head(JSON, f"Content-Length: 000{len(BODY)}") + BODY,
    "names that begin alike": plain("Content-Lengths: 7", "Content-Typ: text/html", "Content: 1", "C: 1",
                                    "Transfer-Encodings: gzip", "Content-Length2: 1"),
    "identity": plain("Content-Encoding: identity"),
    "a thousand fields": plain(*(f"X-{n}: {n}" for n in range(300))),
    "a long field": plain("X-Long: " + "x" * 6000),
    "blanks round the record": plain(body=b" \t\r\n" + BODY + b"\r\n\r\n"),
    "chunks": chunked(WHOLE + LAST),
    "chunks of a byte": chunked(b"".join(chunk(bytes((c,))) for c in BODY) + LAST),
    "chunk of upper case": chunked(SIZE.upper() + b"\r\n" + BODY + b"\r\n" + LAST),
    "zeros before the chunk": chunked(b"0000" + SIZE + b"\r\n" + BODY + b"\r\n" + b"000\r\n\r\n"),
    "chunk extensions": chunked(chunk(BODY, ";a;b=c;d=\"e;f\"") + b"0;last\r\n\r\n"),
    "trailers": chunked(WHOLE + b"0\r\nContent-Length: 1\r\nX-Y: z\r\n\r\n"),
    "coding of upper case": head(JSON, "Transfer-Encoding: CHUNKED") + WHOLE + LAST,
    "interim answers": head(status="HTTP/1.1 100 Continue") + head("Link: <x>", status="HTTP/1.1 103 Early")
                       + head(status="HTTP/1.1 199 ") + plain(),
    "the same length twice": head(JSON, LENGTH, LENGTH) + BODY,
    "a list of lengths": head(JSON, f"Content-Length: {len(BODY)}, {len(BODY)}") + BODY,
    "the same type twice": head(JSON, JSON, LENGTH) + BODY,
    "a kind of JSON": head("Content-Type: application/vnd.api+json", LENGTH) + BODY,
    "an empty coding": plain("Content-Encoding:"),
    "folded values": head("X: y", "\tz", "Content-Type:", " application/json", "Content-Length:", f"\t{len(BODY)}",
                          " ") + BODY,
    "a folded trailer": chunked(WHOLE + b"0\r\nX: y\r\n z\r\n\r\n"),
    "blanks after the chunk's size": chunked(SIZE + b" \t\r\n" + BODY + b"\r\n0  \r\n\r\n"),
    "twenty zeros before the chunk": chunked(b"0" * 20 + SIZE + b"\r\n" + BODY + b"\r\n" + LAST),
    "interim of length 0": head("Content-Length: 0", status="HTTP/1.1 100 Continue") + plain(),
    "bytes behind the answer": plain() + plain(status="HTTP/1.1 500 No"),
    "bytes behind the chunks": chunked(WHOLE + LAST) + b"garbage",
}

# Responses that no client may accept: exit 5.
BAD_HTTP = {
    "two lengths": head(JSON, LENGTH, "Content-Length: 7") + BODY,
    "another length in a list": head(JSON, f"Content-Length: {len(BODY)}, 7") + BODY,
    "another length in a fold": head(JSON, f"Content-Length: {len(BODY)}", " 7") + BODY,
    "length and coding": head(JSON, LENGTH, CHUNKED) + WHOLE + LAST,
    "coding and length": head(JSON, CHUNKED, LENGTH) + WHOLE + LAST,
    "coding in HTTP/1.0": head(JSON, CHUNKED, status="HTTP/1.0 200 OK") + WHOLE + LAST,
    "coding gzip": head(JSON, "Transfer-Encoding: gzip") + WHOLE + LAST,
    "coding gzip, chunked": head(JSON, "Transfer-Encoding: gzip, chunked") + WHOLE + LAST,
    "chunked twice": head(JSON, CHUNKED, CHUNKED) + WHOLE + LAST,
    "coding xchunked": head(JSON, "Transfer-Encoding: xchunked") + WHOLE + LAST,
    "two types": head(JSON, "Content-Type: text/html", LENGTH) + BODY,
    "a folded first line": head(" X: y", JSON, LENGTH) + BODY,
    "a blank before the colon": head(JSON, f"Content-Length : {len(BODY)}") + BODY,
    "no name": head(JSON, ": x", LENGTH) + BODY,
    "no colon": head(JSON, "Content-Length", LENGTH) + BODY,
    "a bracket in a name": head(JSON, "X(Y): z", LENGTH) + BODY,
    "a NUL in a value": head(JSON, "X: a\0b", LENGTH) + BODY,
    "a bare CR in a value": head(JSON, "X: a\rb", LENGTH) + BODY,
    "a DEL in a value": head(JSON, "X: \x7f", LENGTH) + BODY,
    "a head without end": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50000,
    "a line without end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300000,
    "a reason without end": b"HTTP/1.1 200 " + b"y" * 300000,
    "interim answers without end": head(status="HTTP/1.1 100 C") * 20000,
    "trailers without end": chunked(WHOLE + b"0\r\n" + b"X: y\r\n" * 50000),
    "a chunk extension without end": chunked(SIZE + b";" + b"x" * 300000),
    "101": head(status="HTTP/1.1 101 Switching Protocols") + plain(),
    "interim with length": head("Content-Length: 3", status="HTTP/1.1 100 C") + b"abc" + plain(),
    "interim with coding": head(CHUNKED, status="HTTP/1.1 100 C") + LAST + plain(),
    **{f"length {text!r}": head(JSON, f"Content-Length: {text}") + BODY
       for text in ("", "-1", "+5", "0x10", "1e3", "5 5", "5;", "9" * 19, "9" * 400, "18446744073709551617", "a")},
    **{f"status {text!r}": plain(status=text)
       for text in ("HTTP/1.1 099 No", "HTTP/1.1 600 No", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 -20 OK",
                    "HTTP/1.1  200 OK", "HTTP/1.1\t200 OK", "HTTP/2.0 200 OK", "HTTP/1.1200 OK", "http/1.1 200 OK",
                    "ICY 200 OK", " HTTP/1.1 200 OK", "HTTP/1. 200 OK", "HTTP/1.11 200 OK", "HTTP/1.1 2\x000 OK")},
    **{f"chunk size {text!r}": chunked(text + b"\r\n" + BODY + b"\r\n" + LAST)
       for text in (b"", b"g", b"-1", b"+" + SIZE, b"0x" + SIZE, b" " + SIZE, b"f" * 16, b"f" * 40, b";x",
                    SIZE + b"\0", SIZE + b",", SIZE + b" 5", SIZE + b"\tx", b"1" + b"0" * 16)},
    "chunk too short": chunked(b"3\r\n" + BODY + b"\r\n" + LAST),
    "chunk too long": chunked(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY) + 2, BODY)),
    "chunk size ends in LF": chunked(SIZE + b"\n" + BODY + b"\r\n" + LAST),
    "chunk data ends in LF": chunked(SIZE + b"\r\n" + BODY + b"\n" + LAST),
    "chunk data ends in CR": chunked(SIZE + b"\r\n" + BODY + b"\r" + LAST),
    "a folded first trailer": chunked(WHOLE + b"0\r\n X: y\r\n\r\n"),
}

# Valid HTTP responses that this service does not promise: exit 5.
BAD_API = {
    "no type": head(LENGTH) + BODY,
    "204": head(status="HTTP/1.1 204 No Content"),
    "202": plain(status="HTTP/1.1 202 Accepted"),
    "206": plain(status="HTTP/1.1 206 Partial"),
    "299": plain(status="HTTP/1.1 299 Odd"),
    "gzip": plain("Content-Encoding: gzip"),
    "deflate, then identity": plain("Content-Encoding: deflate", "Content-Encoding: identity"),
    **{f"type {text!r}": head(f"Content-Type: {text}", LENGTH) + BODY
       for text in ("text/html", "text/plain", "application/jsonp", "application/jso", "application/json+x", "json",
                    "", "application/problem+json", "application/octet-stream", "text/application/json",
                    "application/+json", "text/x+json", "a" * 200)},
}


def changed(**members):
    """Returns the record's text with these members replaced. A value of None removes the member."""
    record = {name: value for name, value in (RECORD | members).items() if value is not None}
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


# Bodies in correct framing, with the status that reports the fault, and the field.
BAD_BODY = {
    "nothing": (b"", "AMP_ERR_JSON", None),
    "cut": (BODY[:-1], "AMP_ERR_JSON", None),
    "two values": (BODY + BODY, "AMP_ERR_JSON", None),
    "a NUL behind": (BODY + b"\0", "AMP_ERR_JSON", None),
    "a byte order mark": (b"\xef\xbb\xbf" + BODY, "AMP_ERR_JSON", None),
    "UTF-16": (BODY.decode().encode("utf-16-le"), "AMP_ERR_JSON", None),
    "no UTF-8 in a name": (BODY.replace(b"Super", b"Sup\xffer", 1), "AMP_ERR_JSON", None),
    "no UTF-8 in what is dropped": (b'{"dropped":"\xc0\xaf",' + BODY[1:], "AMP_ERR_JSON", None),
    "NaN": (b'{"dropped":NaN,' + BODY[1:], "AMP_ERR_JSON", None),
    "a comma too many": (BODY[:-1] + b",}", "AMP_ERR_JSON", None),
    "a comment": (b"/**/" + BODY, "AMP_ERR_JSON", None),
    "too deep": (b'{"dropped":' + b"[" * 300 + b"]" * 300 + b"," + BODY[1:], "AMP_ERR_DEPTH", None),
    "a list": (b"[" + BODY + b"]", "AMP_ERR_TYPE", None),
    "null": (b"null", "AMP_ERR_TYPE", None),
    "a string": (b'"https://elsewhere.invalid"', "AMP_ERR_TYPE", None),
    "an id twice": (BODY[:-1] + b',"id":"other"}', "AMP_ERR_DUPLICATE", "id"),
    "an id twice, once escaped": (BODY[:-1] + b',"\\u0069d":"other"}', "AMP_ERR_DUPLICATE", "id"),
    "no id": (changed(id=None), "AMP_ERR_MISSING", "id"),
    "an id of null": (BODY.replace(b'"connection-123"', b"null"), "AMP_ERR_MISSING", "id"),
    "no group": (changed(group=None), "AMP_ERR_MISSING", "group"),
    "no groupRef": (changed(group={"groupName": "x"}), "AMP_ERR_MISSING", "group.groupRef"),
    "an id of a number": (changed(id=5), "AMP_ERR_TYPE", "id"),
    "a group of a string": (changed(group="x"), "AMP_ERR_TYPE", "group"),
    "a status of an object": (changed(status={"a": 1}), "AMP_ERR_TYPE", "status"),
    "a time that is none": (changed(createTime="yesterday"), "AMP_ERR_VALUE", "createTime"),
    "a 30th of February": (changed(createTime="2023-02-30T00:00:00Z"), "AMP_ERR_VALUE", "createTime"),
    "an id too long": (changed(id="i" * 64), "AMP_ERR_TOO_LONG", "id"),
    "a status too long": (changed(status="s" * 40), "AMP_ERR_TOO_LONG", "status"),
}
