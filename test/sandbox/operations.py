# SPDX-License-Identifier: MIT
"""The operations of installations, their pages, and the progress of backfills."""
import base64
import struct

import answers
import records
from problem import Refused, issue

_TOTAL = 5000
_STEP = 1250
_PAGE = 200
# The token of this offset has a plus and a slash, which a client must encode.
_TOKEN_MARK = b"\xfb\xef\xff\xbe"
# Only these providers can estimate the number of records to read.
_ESTIMATING = ("salesforce", "hubspot")


def _record(service, installation, identifier, object_name, status, result):
    record = {
        "id": identifier,
        "projectId": service.project,
        "integrationId": service.integration,
        "installationId": installation.record["id"],
        "configId": installation.record["config"]["id"],
        "actionType": "read",
        "status": status,
    }
    if result is not None:
        record["result"] = result
    record["metadata"] = {"objects": [object_name]}
    record["createTime"] = records.now()
    return record


def begin(service, installation, object_names):
    """Starts a backfill for each object: an operation in progress that has read nothing yet."""
    for name in object_names:
        record = _record(service, installation, records.new_id(), name, "in_progress", None)
        installation.operations.insert(0, record)
        backfill = {
            "installationId": installation.record["id"],
            "objectName": name,
            "operationId": record["id"],
            "recordsProcessed": 0,
        }
        if service.connections[installation.connection_id].record["provider"] in _ESTIMATING:
            backfill["recordsEstimatedTotal"] = _TOTAL
        record["metadata"]["progress"] = backfill
        installation.backfills[name] = backfill


def preload(service, installation, count):
    """Finished operations, so that a listing has several pages."""
    for number in range(count):
        failed = number % 10 == 9
        result = "[contact] Token refused & retried <3 times>" if failed else \
            f"[contact] {number} records delivered"
        identifier = records.fixed_id(f"operation/{installation.record['id']}/{number}")
        installation.operations.insert(0, _record(
            service, installation, identifier, "contact",
            "failure" if failed else "success", result))


def progress(service, call):
    """getBackfillProgress: each read advances the backfill by a step."""
    installation = service.installation(call)
    name = call.parameters["objectName"]
    if name not in installation.backfills:
        raise Refused(404, f"there is no backfill of {name!r}")
    backfill = installation.backfills[name]
    moments = {"createTime": installation.record["createTime"], "updateTime": records.now()}
    answer = answers.json_answer({**backfill, **moments})
    backfill["recordsProcessed"] = min(_TOTAL, backfill["recordsProcessed"] + _STEP)
    if backfill["recordsProcessed"] == _TOTAL:
        _finish(installation, backfill["operationId"])
    return answer


def _finish(installation, identifier):
    record = next(one for one in installation.operations if one["id"] == identifier)
    record["status"] = "success"
    record["result"] = f"[{record['metadata']['objects'][0]}] {_TOTAL} records delivered"


def _token(installation, start):
    mark = installation.record["id"].encode("ascii")[:8]
    return base64.b64encode(_TOKEN_MARK + struct.pack(">I", start) + mark).decode("ascii")


def _start(installation, token):
    """Returns the position of a page token. A token of another list is refused."""
    try:
        start = struct.unpack(">I", base64.b64decode(token, validate=True)[4:8])[0]
    except (ValueError, struct.error):
        start = None
    if start is None or _token(installation, start) != token:
        raise Refused(400, "pageToken is not one that was answered here",
                      [issue("query", "pageToken", "is not known")])
    return start


def listing(service, call):
    """listOperations: newest first, a page at a time."""
    installation = service.installation(call)
    size = int(call.query.get("pageSize", _PAGE))
    token = call.query.get("pageToken")
    start = 0 if token is None else _start(installation, token)
    end = start + size
    pagination = {"done": end >= len(installation.operations)}
    if not pagination["done"]:
        pagination["nextPageToken"] = _token(installation, end)
    return answers.json_answer(
        {"results": installation.operations[start:end], "pagination": pagination})


def get(service, call):
    """getOperation."""
    wanted = call.parameters["operationId"]
    for installation in service.installations.values():
        for record in installation.operations:
            if record["id"] == wanted:
                return answers.json_answer(record)
    raise Refused(404, f"there is no operation {wanted!r}")
