# SPDX-License-Identifier: MIT
"""The catalogue of providers, which is the only resource without a credential."""
import answers
from problem import Refused

_NAMES = {
    "salesforce": ("Salesforce", "oauth2"),
    "hubspot": ("HubSpot", "oauth2"),
    "netsuite": ("NetSuite", "oauth2"),
    "stripe": ("Stripe", "apiKey"),
    "zendeskSupport": ("Zendesk Support", "oauth2"),
    "custom-redirect": ("Custom & Redirect", "custom"),
}


def _scheme(name, auth):
    if auth == "oauth2":
        return {"oauth2Opts": {
            "authURL": f"https://{name}.invalid/oauth2/authorize?prompt=consent&v=2",
            "tokenURL": f"https://{name}.invalid/oauth2/token",
            "grantType": "authorizationCode",
            "explicitScopesRequired": False,
            "explicitWorkspaceRequired": name == "salesforce",
            "tokenMetadataFields": {"consumerRefField": "id", "scopesField": "scope"},
        }}
    if auth == "apiKey":
        return {"apiKeyOpts": {
            "attachmentType": "header",
            "header": {"name": "Authorization", "valuePrefix": "Bearer "},
        }}
    return {"customOpts": {"inputs": [{"name": "tenant", "displayName": "Tenant <id>"}]}}


def _record(name):
    display, auth = _NAMES[name]
    return {
        "name": name,
        "authType": auth,
        "baseURL": f"https://{{{{.workspace}}}}.{name}.invalid",
        "defaultModule": "",
        **_scheme(name, auth),
        "support": {
            "bulkWrite": {"insert": False, "update": False, "upsert": True, "delete": False},
            "proxy": True, "read": True, "subscribe": name == "salesforce", "write": True,
        },
        "displayName": display,
        "labels": {"category": "sandbox"},
    }


def get(_service, call):
    """getProvider."""
    name = call.parameters["provider"]
    if name not in _NAMES:
        raise Refused(404, f"there is no provider {name!r}")
    return answers.json_answer(_record(name))
