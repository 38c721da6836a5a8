# SPDX-License-Identifier: MIT
"""The records of the sandbox before the first request."""
import connections
import installations
import operations
import records

# More than two pages of the default size.
_OPERATIONS = 450

_CUSTOMERS = (
    {"name": "alpha", "provider": "salesforce", "groupName": "Müller & Söhne <GmbH>",
     "consumerName": "Jürgen \"JJ\" Müller", "status": "working"},
    {"name": "beta", "provider": "hubspot", "groupName": "Beta \\ Co.",
     "consumerName": "李小龙", "status": "bad_credentials"},
    {"name": "gamma", "provider": "stripe", "groupName": "Gamma \U0001f680 Ltd",
     "consumerName": "Zoë", "status": "working"},
)


def fill(service):
    """Three customers, each with a connection and an installation. One connection is unhealthy."""
    for customer in _CUSTOMERS:
        name = customer["name"]
        sent = {"provider": customer["provider"], "groupRef": f"group-{name}",
                "groupName": customer["groupName"], "consumerRef": f"consumer-{name}",
                "consumerName": customer["consumerName"],
                "providerWorkspaceRef": f"workspace-{name}"}
        connection = connections.make(service, sent, "oauth2/authorizationCode",
                                      identifier=records.fixed_id(f"connection/{name}"))
        connection.renew(customer["status"])
        installation = installations.preload(service, connection, name)
        operations.preload(service, installation, _OPERATIONS if name == "alpha" else 3)
        operations.begin(service, installation, ["account", "contact"])
