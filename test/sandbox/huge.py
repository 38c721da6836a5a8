# SPDX-License-Identifier: MIT
"""Lists of any length, generated while they are sent.

One record is a text with a mark where it differs from the next one. To send it N times, the text's parts are
joined with N different numbers. That is fast enough to keep a client busy, and needs no memory for the list.
"""
import answers
import content
import gojson
import records

# A character that the service's JSON never contains.
_MARK = "\ue000"
_PIECE = 65536


def _connection(service, query, creds):
    """Returns a connection whose IDs and references contain the mark."""
    moment = records.now()
    provider, project = query.get("provider", "salesforce"), service.project
    record = {
        "id": f"c0000000-0000-4000-8000-{_MARK}",
        "projectId": project,
        "provider": provider,
        "providerApp": records.provider_app(project, provider, moment),
        "group": records.group(project, query.get("groupRef", f"group-{_MARK}"),
                               "A & Söhne", moment),
        "consumer": records.consumer(project, query.get("consumerRef", f"consumer-{_MARK}"),
                                     "Jane Doe", moment),
        "providerWorkspaceRef": f"ws-{_MARK}",
        "createTime": moment,
        "updateTime": moment,
        "authScheme": "oauth2/authorizationCode",
        "status": "working",
    }
    return records.with_secrets(record) if creds else record


def _installation(service, query, creds):
    connection = _connection(service, query, creds)
    moment = connection["createTime"]
    return {
        "id": f"10000000-0000-4000-8000-{_MARK}",
        "projectId": service.project,
        "integrationId": service.integration,
        "group": connection["group"],
        "healthStatus": "healthy",
        "lastOperationStatus": "success",
        "connection": connection,
        "createTime": moment,
        "createdBy": "api:create-installation",
        "updateTime": moment,
        "config": {
            "id": f"20000000-0000-4000-8000-{_MARK}",
            "revisionId": f"30000000-0000-4000-8000-{_MARK}",
            "createTime": moment,
            "createdBy": "api:create-installation",
            "content": content.sample(connection["provider"]),
        },
    }


def _stream(record, count):
    """Yields the list's text in pieces of several ten KiB."""
    parts = gojson.write(record).split(_MARK.encode("utf-8"))
    piece = bytearray(b"[")
    for number in range(count):
        if number:
            piece += b","
        piece += (b"%012x" % number).join(parts)
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece + b"]")


def connections(service, call):
    """Yields the requested number of connections, all of the tenant in the query."""
    record = _connection(service, call.query, call.creds)
    return answers.Answer(200, ctype=answers.JSON, stream=_stream(record, call.huge))


def installations(service, call):
    """Yields the requested number of installations, all of the group in the query."""
    record = _installation(service, call.query, call.creds)
    return answers.Answer(200, ctype=answers.JSON, stream=_stream(record, call.huge))
