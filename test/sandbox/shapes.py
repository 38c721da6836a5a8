# SPDX-License-Identifier: MIT
"""The shapes of all request bodies, after the service's published schemas."""
from rules import MOMENT, SECRET, TEXT, Flag, Items, Members, Table, Text

_SCOPES = Items(TEXT)
_TOKEN = Members({"token": SECRET}, {"issuedAt": MOMENT, "expiresAt": MOMENT})
_METADATA = Table(Members(
    {"value": TEXT, "source": Text(words=("input", "token", "provider"))},
    {"displayName": TEXT}))

_CREDENTIALS = {
    "apiKey": SECRET,
    "basicAuth": Members({"username": SECRET, "password": SECRET}),
    "oauth2ClientCredentials": Members(
        {"clientId": SECRET, "clientSecret": SECRET}, {"scopes": _SCOPES}),
    "oauth2PasswordCredentials": Members(
        {"username": SECRET, "password": SECRET, "clientId": SECRET,
         "clientSecret": SECRET}, {"scopes": _SCOPES}),
    "oauth2AuthorizationCode": Members(
        {}, {"accessToken": _TOKEN, "refreshToken": _TOKEN, "scopes": _SCOPES}),
    "customAuth": Table(),
}

# The authScheme for each credential. Without a credential it is "none".
SCHEMES = {
    "apiKey": "apiKey",
    "basicAuth": "basic",
    "oauth2ClientCredentials": "oauth2/clientCredentials",
    "oauth2PasswordCredentials": "oauth2/password",
    "oauth2AuthorizationCode": "oauth2/authorizationCode",
    "customAuth": "custom",
}

_WHO = {"provider": TEXT, "groupRef": TEXT, "consumerRef": TEXT}
_NAMES = {"groupName": TEXT, "consumerName": TEXT}
_PLACE = {"providerWorkspaceRef": TEXT, "providerMetadata": _METADATA}

GENERATE = Members(_WHO, {**_NAMES, **_PLACE, **_CREDENTIALS}, tuple(SCHEMES))

UPDATE_CONNECTION = Members({
    "updateMask": Items(Text(words=(
        "providerWorkspaceRef", "providerMetadata", "apiKey", "basicAuth",
        "oauth2ClientCredentials", "oauth2PasswordCredentials")), least=1),
    "connection": Members(
        {}, {**_WHO, **_NAMES, **_PLACE, **_CREDENTIALS}, tuple(SCHEMES)),
})

OAUTH_CONNECT = Members(
    {"projectIdOrName": TEXT, **_WHO},
    {**_NAMES, **_PLACE, "providerAppId": TEXT, "enableCSRFProtection": Flag()})

CUSTOM_CONNECT = Members(
    {"projectIdOrName": TEXT},
    {**_WHO, **_NAMES, "providerMetadata": _METADATA, "providerAppId": TEXT,
     "customAuth": Table(), "sessionId": TEXT, "callbackParams": Table(TEXT)})

_SECTION = Members({}, {"objects": Table(Table())})
_CONTENT = {"read": _SECTION, "write": _SECTION, "subscribe": _SECTION,
            "proxy": Members({}, {"enabled": Flag()})}
_CONFIG = {"revisionId": TEXT, "createdBy": TEXT}

CREATE_INSTALLATION = Members(
    {"groupRef": TEXT,
     "config": Members({"content": Members({"provider": TEXT}, _CONTENT)}, _CONFIG)},
    {"connectionId": TEXT})

UPDATE_INSTALLATION = Members({
    "updateMask": Items(TEXT, least=1),
    "installation": Members({}, {
        "connectionId": TEXT,
        "config": Members({}, {
            **_CONFIG, "content": Members({}, {"provider": TEXT, **_CONTENT})}),
    }),
})
