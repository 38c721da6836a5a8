# SPDX-License-Identifier: MIT
"""The flows that end in a browser: OAuth, and custom auth with a redirect.

The service does not notify the device when the user has finished. A flow is kept here until its URL is
fetched. The device sees only the connection that results from it.
"""
import urllib.parse

import answers
import connections
import records
from problem import Refused, issue

# The only provider whose custom auth needs the browser.
REDIRECTING = "custom-redirect"


def _authorize_url(service, state):
    """Returns the URL to show. It is long and full of escapes, like real ones."""
    query = urllib.parse.urlencode({
        "response_type": "code",
        "client_id": "sandbox-client",
        "redirect_uri": f"{service.base}/callbacks/v1/oauth",
        "scope": "crm.read offline",
        "state": state,
    })
    return f"{service.base}/oauth/authorize?{query}"


def _begin(service, flow):
    state = records.new_id()
    service.flows[state] = flow
    return state


def oauth_connect(service, call):
    """oauthConnect: the connection is created when the URL is opened."""
    service.check_project(call.body["projectIdOrName"])
    state = _begin(service, {"sent": call.body})
    return answers.text_answer(_authorize_url(service, state))


def oauth_update(service, call):
    """oauthUpdate: the connection is repaired when the URL is opened."""
    connection = service.connection(call.parameters["connectionId"])
    if not connection.record["authScheme"].startswith("oauth2/authorizationCode"):
        raise Refused(422, "the connection was not made by an OAuth flow",
                      [issue("path", "connectionId", "is not an OAuth connection")])
    state = _begin(service, {"mends": connection.record["id"]})
    return answers.text_answer(_authorize_url(service, state))


def authorize(service, call):
    """Simulates the browser's visit. A state works once, as at a provider."""
    flow = service.flows.get(call.query.get("state"))
    if flow is None or flow.get("mends", "") not in ("", *service.connections):
        return answers.page("Nothing to authorise", "This link is used up or unknown.", 400)
    if "session" in flow:
        return answers.page("Signed in", "Return to the device and continue there.")
    del service.flows[call.query["state"]]
    if "mends" in flow:
        connection = service.connections[flow["mends"]]
        connection.secret = None
        connection.renew()
    else:
        connections.make(service, flow["sent"], "oauth2/authorizationCode")
    return answers.page("Connected", "You can close this window.")


def _resume(service, body):
    flow = service.flows.get(body["sessionId"], {})
    if "session" not in flow:
        raise Refused(404, "there is no such session")
    if not body.get("callbackParams"):
        raise Refused(422, "a resumed flow needs callbackParams",
                      [issue("body", "callbackParams", "is required with sessionId")])
    del service.flows[body["sessionId"]]
    return flow["sent"]


def _check_first(body):
    """The members that a flow's first call needs. The schema cannot require them."""
    needed = ("provider", "groupRef", "consumerRef", "customAuth")
    missing = [name for name in needed if name not in body]
    if missing or "callbackParams" in body:
        names = missing or ["callbackParams"]
        detail = "is required in the first call" if missing else "needs a sessionId"
        raise Refused(422, f"{names[0]} {detail}",
                      [issue("body", name, detail) for name in names])


def custom_connect(service, call):
    """customAuthConnect: connects at once for most providers, and in two calls for one."""
    service.check_project(call.body["projectIdOrName"])
    if "sessionId" in call.body:
        sent = _resume(service, call.body)
    else:
        _check_first(call.body)
        sent = call.body
        if sent["provider"] == REDIRECTING:
            state = _begin(service, {"sent": sent, "session": True})
            return answers.json_answer(
                {"redirect": {"url": _authorize_url(service, state), "sessionId": state}})
    connection = connections.make(service, sent, "custom", sent["customAuth"])
    return answers.json_answer({"connection": connection.shown(call.creds)})
