# SPDX-License-Identifier: MIT
"""Authentication: exactly one credential, an API key or a token."""
import base64
import binascii
import json
import re
import time

from problem import Refused

_JWT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def _payload(token):
    """Returns the middle part of a token as text, as far as it can be decoded."""
    part = token.split(".")[1]
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _expired(token):
    payload = _payload(token)
    if "expired" in token or "expired" in payload:
        return True
    try:
        members = json.loads(payload)
    except ValueError:
        return False
    expiry = members.get("exp") if isinstance(members, dict) else None
    return isinstance(expiry, (int, float)) and expiry < time.time()


def _check_token(service, value):
    scheme, _, token = value.partition(" ")
    if scheme.lower() != "bearer" or not _JWT.fullmatch(token):
        raise Refused(401, "Authorization is not a Bearer token of three parts")
    if token in service.revoked:
        raise Refused(401, "the token is revoked")
    if _expired(token):
        raise Refused(401, "the token is expired")


def check(service, request, expired):
    """Refuses a request without exactly one valid credential. A switch sets `expired`."""
    key, authorization = request.value("x-api-key"), request.value("authorization")
    if key is not None and authorization is not None:
        raise Refused(400, "both an API key and a token were sent")
    if key is None and authorization is None:
        raise Refused(401, "no credential was sent")
    if authorization is not None:
        _check_token(service, authorization)
        if expired:
            raise Refused(401, "the token is expired")
    elif key not in service.keys:
        raise Refused(401, "the API key is not known")
