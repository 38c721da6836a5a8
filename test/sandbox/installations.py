# SPDX-License-Identifier: MIT
"""The operations for installations."""
import answers
import content
import huge
import operations
import records
from problem import Refused, issue
from service import Installation

_OPEN_PATHS = ("config.content.read.objects.", "config.content.write.objects.",
               "config.content.subscribe.objects.")
_CLOSED_PATHS = ("connectionId", "config.createdBy", "config.content.write.objects",
                 "config.content.subscribe.objects", "config.content.proxy.enabled")


def make(service, connection, config, identifier=None):
    """Adds a new installation to the state."""
    moment = records.now()
    record = {
        "id": identifier or records.new_id(),
        "projectId": service.project,
        "integrationId": service.integration,
        "group": connection.record["group"],
        "createTime": moment,
        "createdBy": config.get("createdBy", "api:create-installation"),
        "updateTime": moment,
        "config": {
            "id": records.new_id(),
            "revisionId": config.get("revisionId") or records.new_id(),
            "createTime": moment,
            "createdBy": config.get("createdBy", "api:create-installation"),
            "content": config["content"],
        },
    }
    installation = Installation(record, connection.record["id"])
    service.installations[record["id"]] = installation
    return installation


def shown(service, installation, creds):
    """Returns the complete record, with the current health and last operation."""
    record = dict(installation.record)
    connection = service.connections[installation.connection_id]
    broken = connection.record["status"] == "bad_credentials"
    ordered = {name: record.pop(name) for name in ("id", "projectId", "integrationId", "group")}
    ordered["healthStatus"] = "unhealthy" if broken else "healthy"
    if installation.operations:
        ordered["lastOperationStatus"] = installation.operations[0]["status"]
    ordered["connection"] = connection.shown(creds)
    return {**ordered, **record}


def _listed(service, call):
    if call.huge is not None:
        return huge.installations(service, call)
    wanted = call.query.get("groupRef")
    found = [one for one in service.installations.values()
             if wanted in (None, one.record["group"]["groupRef"])]
    return answers.json_answer([shown(service, one, call.creds) for one in reversed(found)])


def listing(service, call):
    """listInstallations."""
    service.check_integration(call.parameters["integrationId"])
    return _listed(service, call)


def project_listing(service, call):
    """listInstallationsForProject: the project has only one integration, so the list is the same."""
    return _listed(service, call)


def get(service, call):
    """getInstallation."""
    return answers.json_answer(shown(service, service.installation(call), call.creds))


def _connection_for(service, identifier):
    if identifier not in service.connections:
        raise Refused(422, f"there is no connection {identifier!r}",
                      [issue("body", "connectionId", "is not a connection")])
    return service.connections[identifier]


def _default_connection(service, reference, provider):
    for connection in service.connections.values():
        record = connection.record
        if (record["group"]["groupRef"], record["provider"]) == (reference, provider):
            return connection
    raise Refused(422, f"the group {reference!r} has no connection to {provider!r}",
                  [issue("body", "groupRef", "has no default connection")])


def create(service, call):
    """createInstallation: without a connection, the group's first one is used."""
    service.check_integration(call.parameters["integrationId"])
    body = call.body
    provider = body["config"]["content"]["provider"]
    if "connectionId" in body:
        connection = _connection_for(service, body["connectionId"])
    else:
        connection = _default_connection(service, body["groupRef"], provider)
    record = connection.record
    if body["groupRef"] != record["group"]["groupRef"]:
        raise Refused(422, "the connection belongs to another group",
                      [issue("body", "connectionId", "is of another group")])
    if provider != record["provider"]:
        raise Refused(422, "the connection belongs to another provider",
                      [issue("body", "config.content.provider", "is not the connection's")])
    config = dict(body["config"])
    if len(config["content"]) == 1:
        # Contains only the provider. The integration's defaults supply the rest.
        config["content"] = content.sample(provider)
    installation = make(service, connection, config)
    operations.begin(service, installation, list(_read_objects(installation))[:1])
    return answers.json_answer(shown(service, installation, call.creds), 201)


def _read_objects(installation):
    return installation.record["config"]["content"].get("read", {}).get("objects", {})


def _walk(value, path):
    """Returns the value at a path of member names. Raises Refused when the path does not exist."""
    for name in path:
        if not isinstance(value, dict) or name not in value:
            raise Refused(422, f"updateMask names {'.'.join(path)}, which is not given",
                          [issue("body", "updateMask", "names a member that is absent")])
        value = value[name]
    return value


def _path(entry):
    """Returns the member names of a mask entry. An object's name may contain dots."""
    if entry in _CLOSED_PATHS:
        return entry.split(".")
    for prefix in _OPEN_PATHS:
        if entry.startswith(prefix) and len(entry) > len(prefix):
            return prefix.split(".")[:-1] + [entry[len(prefix):]]
    raise Refused(422, f"updateMask cannot have {entry!r}",
                  [issue("body", "updateMask", f"{entry} is not a path that can be updated")])


def update(service, call):
    """updateInstallation: every mask entry is checked before anything changes."""
    installation = service.installation(call)
    given = call.body["installation"]
    changes = [(path, _walk(given, path)) for path in map(_path, call.body["updateMask"])]
    for path, value in changes:
        if path == ["connectionId"]:
            _connection_for(service, value)
    for path, value in changes:
        if path == ["connectionId"]:
            installation.connection_id = value
            continue
        place = installation.record
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = value
    installation.record["updateTime"] = records.now()
    return answers.json_answer(shown(service, installation, call.creds))


def delete(service, call):
    """deleteInstallation: also deletes its connection, unless another installation uses it."""
    installation = service.installation(call)
    del service.installations[installation.record["id"]]
    others = (one.connection_id for one in service.installations.values())
    if installation.connection_id not in others:
        del service.connections[installation.connection_id]
    return answers.Answer(204)


def preload(service, connection, name):
    """Adds an initial installation, with an id that never changes."""
    config = {"createdBy": f"consumer:{connection.record['consumer']['consumerRef']}",
              "content": content.sample(connection.record["provider"])}
    return make(service, connection, config, records.fixed_id(f"installation/{name}"))
