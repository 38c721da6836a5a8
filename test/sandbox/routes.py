# SPDX-License-Identifier: MIT
"""The table of operations, and the checks of requests by its rows.

The checks are in the service's order: the path, the method, the credential, the project, the query, the body.
A new operation is a new row.
"""
import dataclasses
import re
import typing

import connections
import credentials
import flows
import gojson
import installations
import integrations
import operations
import providers
import rules
import shapes
import target
from problem import Refused
from rules import TEXT, Count, Flag, Text
from service import Call


@dataclasses.dataclass(frozen=True)
class Route:
    """One row. `query` and `body` describe what may be sent. If `body` is None, a request must not have a body."""

    method: str
    template: str
    handler: typing.Callable
    query: dict = dataclasses.field(default_factory=dict)
    body: object = None
    credential: bool = True


_PROJECT = "/v1/projects/{projectIdOrName}"
_CONNECTION = _PROJECT + "/connections/{connectionId}"
_INSTALLATIONS = _PROJECT + "/integrations/{integrationId}/installations"
_INSTALLATION = _INSTALLATIONS + "/{installationId}"
_TENANT = {"provider": TEXT, "groupRef": TEXT, "consumerRef": TEXT}
_REFRESH = {"refresh": Text(words=("force", "ifExpired"))}
_PAGE = {"pageSize": Count(1, 1000), "pageToken": TEXT}
_SAMPLING = {"skipSampling": Flag(word=True)}
_BROWSER = dict.fromkeys(
    ("response_type", "client_id", "redirect_uri", "scope", "state"), TEXT)

# A template with a suffix precedes the same one without it, because the first match wins.
TABLE = (
    Route("POST", _PROJECT + "/connections:generate", connections.generate,
          body=shapes.GENERATE),
    Route("GET", _PROJECT + "/connections", connections.listing, _TENANT),
    Route("PATCH", _CONNECTION + ":oauth-update", flows.oauth_update),
    Route("GET", _CONNECTION, connections.get, _REFRESH),
    Route("PATCH", _CONNECTION, connections.update, body=shapes.UPDATE_CONNECTION),
    Route("DELETE", _CONNECTION, connections.delete),
    Route("POST", "/v1/oauth-connect", flows.oauth_connect, body=shapes.OAUTH_CONNECT),
    Route("POST", "/v1/custom-auth/connect", flows.custom_connect,
          body=shapes.CUSTOM_CONNECT),
    Route("GET", _PROJECT + "/integrations", integrations.listing),
    Route("GET", _INSTALLATIONS, installations.listing, {"groupRef": TEXT}),
    Route("GET", _PROJECT + "/installations", installations.project_listing,
          {"groupRef": TEXT}),
    Route("POST", _INSTALLATIONS, installations.create, _SAMPLING,
          shapes.CREATE_INSTALLATION),
    Route("GET", _INSTALLATION, installations.get),
    Route("PATCH", _INSTALLATION, installations.update, _SAMPLING,
          shapes.UPDATE_INSTALLATION),
    Route("DELETE", _INSTALLATION, installations.delete),
    Route("GET", _INSTALLATION + "/objects/{objectName}/backfill-progress",
          operations.progress),
    Route("GET", _INSTALLATION + "/operations", operations.listing, _PAGE),
    Route("GET", _PROJECT + "/operations/{operationId}", operations.get),
    Route("GET", "/v1/providers/{provider}", providers.get, credential=False),
    Route("GET", "/oauth/authorize", flows.authorize, _BROWSER, credential=False),
)


def _pattern(template):
    """Returns a pattern of the template for a path that is still percent-encoded."""
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(
        f"(?P<{piece}>[^/]+)" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)))


_PATTERNS = {route.template: _pattern(route.template) for route in TABLE}


def _find(method, segments):
    """Returns the row for a request, and the decoded parameters in its path."""
    path = "/" + "/".join(segments)
    matches = ((template, pattern.fullmatch(path)) for template, pattern in _PATTERNS.items())
    template, match = next(((template, match) for template, match in matches if match), (None, None))
    if not match:
        raise Refused(404, "there is no such path")
    rows = [route for route in TABLE if route.template == template]
    for route in rows:
        if route.method == method:
            return route, {name: target.decode(value)
                           for name, value in match.groupdict().items()}
    allowed = ", ".join(route.method for route in rows)
    raise Refused(405, f"{method} is not among {allowed}", headers=[("Allow", allowed)])


def _body(route, request):
    """Returns the body's value, or None if the operation has no body."""
    if route.body is None:
        if request.body:
            raise Refused(400, "this operation takes no body")
        return None
    ctype = (request.value("content-type") or "").lower().replace(" ", "")
    if ctype not in ("application/json", "application/json;charset=utf-8"):
        raise Refused(400, "Content-Type must be application/json")
    try:
        value = gojson.read(request.body)
    except ValueError as error:
        raise Refused(400, f"the body is not JSON: {error}") from None
    rules.check_body(route.body, value)
    return value


def dispatch(service, request, place, switches, expired):
    """Returns the answer to a request. Raises Refused."""
    route, parameters = _find(request.method, place.segments)
    if route.credential:
        credentials.check(service, request, expired)
    if "projectIdOrName" in parameters:
        service.check_project(parameters["projectIdOrName"])
    query = place.parameters()
    rules.check_query(route.query, query)
    call = Call(parameters, query, _body(route, request), "creds" in switches,
                switches.number("huge"))
    with service.lock:
        return route.handler(service, call)
