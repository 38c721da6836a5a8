# SPDX-License-Identifier: MIT
"""The operations for connections."""
import answers
import huge
import records
import shapes
from problem import Refused, issue
from service import Connection


def make(service, sent, scheme, secret=None, identifier=None):
    """Adds a new connection to the state. `sent` has the members of the request."""
    moment = records.now()
    provider, project = sent["provider"], service.project
    identifier = identifier or records.new_id()
    record = {
        "id": identifier,
        "projectId": project,
        "provider": provider,
        "providerApp": records.provider_app(
            project, provider, moment, sent.get("providerAppId")),
        "group": records.group(project, sent["groupRef"], sent.get("groupName"), moment),
        "consumer": records.consumer(
            project, sent["consumerRef"], sent.get("consumerName"), moment),
        "providerWorkspaceRef": sent.get("providerWorkspaceRef"),
        "providerConsumerRef": f"provider-consumer-{identifier[:8]}",
        "createTime": moment,
        "updateTime": moment,
        "authScheme": scheme,
        "status": "created",
        "providerMetadata": sent.get("providerMetadata"),
    }
    # Members without a value are omitted, as by Go's omitempty.
    record = {name: value for name, value in record.items() if value is not None}
    connection = Connection(record, secret)
    service.connections[identifier] = connection
    return connection


def matches(connection, query):
    """Returns 1 when a list's query selects the connection."""
    record = connection.record
    values = {"provider": record["provider"], "groupRef": record["group"]["groupRef"],
              "consumerRef": record["consumer"]["consumerRef"]}
    return all(values[name] == wanted for name, wanted in query.items())


def generate(service, call):
    """generateConnection: no idempotency key, so posting twice makes two."""
    member = next((name for name in shapes.SCHEMES if name in call.body), None)
    scheme = shapes.SCHEMES.get(member, "none")
    connection = make(service, call.body, scheme, call.body.get(member))
    return answers.json_answer(connection.shown(call.creds), 201)


def listing(service, call):
    """listConnections: newest first, an order that clients must not rely on."""
    if call.huge is not None:
        return huge.connections(service, call)
    found = [one for one in service.connections.values() if matches(one, call.query)]
    return answers.json_answer([one.read(call.creds) for one in reversed(found)])


def get(service, call):
    """getConnection. With a refresh parameter it first resets the connection's status."""
    connection = service.connection(call.parameters["connectionId"])
    if "refresh" in call.query:
        connection.renew("bad_credentials" if connection.marked() else "created")
    return answers.json_answer(connection.read(call.creds))


def _check_mask(record, mask, given):
    """Refuses a mask with a member that is missing, or that does not fit the connection."""
    for name in mask:
        if name not in given:
            raise Refused(422, f"updateMask names {name}, which connection does not have",
                          [issue("body", f"connection.{name}", "is in updateMask but absent")])
        if name in shapes.SCHEMES and shapes.SCHEMES[name] != record["authScheme"]:
            raise Refused(422, f"{name} does not fit the scheme {record['authScheme']}",
                          [issue("body", f"connection.{name}", "is of another auth scheme")])


def update(service, call):
    """updateConnection: members that are not in the mask do not change."""
    connection = service.connection(call.parameters["connectionId"])
    mask, given = call.body["updateMask"], call.body["connection"]
    _check_mask(connection.record, mask, given)
    for name in mask:
        if name in shapes.SCHEMES:
            connection.secret = given[name]
            connection.renew()
        else:
            connection.record[name] = given[name]
    connection.record["updateTime"] = records.now()
    return answers.json_answer(connection.shown(call.creds))


def delete(service, call):
    """deleteConnection: also deletes its installations, which cannot exist without it."""
    identifier = service.connection(call.parameters["connectionId"]).record["id"]
    del service.connections[identifier]
    for key, one in list(service.installations.items()):
        if one.connection_id == identifier:
            del service.installations[key]
    return answers.Answer(204)
