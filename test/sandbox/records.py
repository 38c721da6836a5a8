# SPDX-License-Identifier: MIT
"""The parts records are made of: identifiers, times, and the members all share.

Member order is that of the service's published examples, because a streaming reader
meets members in that order and its first mistakes depend on it.
"""
import datetime
import email.utils
import uuid

CANARY = "LEAKED-CANARY"


def now():
    """The time in RFC 3339, UTC, always six decimals."""
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def http_date():
    """The time as the Date header has it."""
    return email.utils.formatdate(usegmt=True)


def new_id():
    """A fresh identifier."""
    return str(uuid.uuid4())


def fixed_id(name):
    """The identifier of something preloaded: the same at every start."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/{name}"))


def group(project, reference, name, moment):
    """The customer organisation, as connections and installations embed it."""
    return {"groupRef": reference, "groupName": name or reference, "projectId": project,
            "createTime": moment, "updateTime": moment}


def consumer(project, reference, name, moment):
    """The user in that organisation."""
    return {"consumerRef": reference, "consumerName": name or reference,
            "projectId": project, "createTime": moment, "updateTime": moment}


def provider_app(project, provider, moment, identifier=None):
    """The app registered with the provider; its scopes are public knowledge."""
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
    """A copy of a connection that shows every secret the service could ever answer."""
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
