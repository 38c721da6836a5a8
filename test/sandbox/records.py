# SPDX-License-Identifier: MIT
"""Common parts of records: identifiers, times, and shared members.

Members are in the order of the service's published examples. A streaming reader receives them in that order,
and its first faults depend on it.
"""
import datetime
import email.utils
import uuid

CANARY = "LEAKED-CANARY"


def now():
    """Returns the time in RFC 3339, UTC, always with six decimals."""
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def http_date():
    """Returns the time in the format of the Date header."""
    return email.utils.formatdate(usegmt=True)


def new_id():
    """Returns a new identifier."""
    return str(uuid.uuid4())


def fixed_id(name):
    """Returns the identifier of a preloaded record: the same at every start."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/{name}"))


def group(project, reference, name, moment):
    """Returns the customer organisation, as connections and installations embed it."""
    return {"groupRef": reference, "groupName": name or reference, "projectId": project,
            "createTime": moment, "updateTime": moment}


def consumer(project, reference, name, moment):
    """Returns the user in that organisation."""
    return {"consumerRef": reference, "consumerName": name or reference,
            "projectId": project, "createTime": moment, "updateTime": moment}


def provider_app(project, provider, moment, identifier=None):
    """Returns the app that is registered with the provider. Its scopes are not secret."""
    return {
        "id": identifier or fixed_id(f"provider-app/{provider}"),
        "projectId": project,
        "externalRef": f"external-{provider}",
        "provider": provider,
        "clientId": f"client-{provider}",
        "scopes": ["oauth", "offline", "crm.read"],
        "createTime": moment,
    }


def with_secrets(record):
    """Returns a copy of a connection with every secret that the service can send."""
    token = {"issuedAt": record["createTime"], "expiresAt": record["createTime"]}
    app = dict(record["providerApp"], scopes=[f"{CANARY}-app-scope"],
               metadata={"providerParams": {"hint": f"{CANARY}-app-metadata"}})
    return dict(
        record,
        providerApp=app,
        oauth2AuthorizationCode={
            "accessToken": {"token": f"{CANARY}-access-token", **token},
            "refreshToken": {"token": f"{CANARY}-refresh-token", **token},
            "scopes": [f"{CANARY}-scope"],
        },
        apiKey=f"{CANARY}-api-key",
        basicAuth={"username": f"{CANARY}-username", "password": f"{CANARY}-password"},
        oauth2ClientCredentials={"clientId": f"{CANARY}-client-id",
                                 "clientSecret": f"{CANARY}-client-secret",
                                 "scopes": [f"{CANARY}-client-scope"]},
        customAuth={"serviceAccountKey": f"{CANARY}-custom"},
        scopes=[f"{CANARY}-outer-scope"],
        metadata={"note": f"{CANARY}-metadata"},
    )
