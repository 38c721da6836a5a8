# SPDX-License-Identifier: MIT
"""The service's state: one project, one integration, and the records of its clients."""
import dataclasses
import threading

import records
from problem import Refused


@dataclasses.dataclass
class Connection:
    """A connection, with members that its answers never contain."""

    record: dict
    secret: object = None
    seen: bool = False

    def read(self, creds):
        """Returns the record as a reader sees it. The first read makes it "working"."""
        shown = self.shown(creds)
        if not self.seen:
            self.seen = True
            self.record["status"] = "bad_credentials" if self.marked() else "working"
            self.record["updateTime"] = records.now()
        return shown

    def shown(self, creds):
        """Returns the record without changing its status."""
        return records.with_secrets(self.record) if creds else dict(self.record)

    def renew(self, status="created"):
        """Starts again, as after a refresh or with a new credential."""
        self.record["status"] = status
        self.record["updateTime"] = records.now()
        self.seen = status != "created"

    def marked(self):
        """Returns 1 when the credential is one that the provider refuses."""
        return _mentions(self.secret, "bad-secret")


@dataclasses.dataclass
class Installation:
    """An installation, its connection's id, its operations and its backfills."""

    record: dict
    connection_id: str
    operations: list = dataclasses.field(default_factory=list)
    backfills: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Call:
    """One call of an operation, already checked by its row in the table."""

    parameters: dict
    query: dict
    body: object
    creds: bool
    huge: int | None


def _mentions(value, word):
    if isinstance(value, str):
        return word in value
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return any(_mentions(element, word) for element in value)


class Service:
    """The state that outlives a request. Handlers run one at a time, under `lock`."""

    def __init__(self, base, project, keys, revoked=()):
        self.lock = threading.Lock()
        self.base = base
        self.project_name = project
        self.project = records.fixed_id(f"project/{project}")
        self.integration = records.fixed_id("integration")
        self.keys = frozenset(keys)
        self.revoked = frozenset(revoked)
        self.connections = {}
        self.installations = {}
        self.flows = {}

    def check_project(self, id_or_name):
        """Refuses a project other than the only one."""
        if id_or_name not in (self.project, self.project_name):
            raise Refused(404, f"there is no project {id_or_name!r}")

    def connection(self, identifier):
        """Returns the connection with that id."""
        return _known(self.connections, identifier, "connection")

    def installation(self, call):
        """Returns the installation that a call's path names."""
        self.check_integration(call.parameters["integrationId"])
        return _known(self.installations, call.parameters["installationId"], "installation")

    def check_integration(self, identifier):
        """Refuses an integration other than the only one."""
        if identifier != self.integration:
            raise Refused(404, f"there is no integration {identifier!r}")


def _known(table, identifier, noun):
    if identifier not in table:
        raise Refused(404, f"there is no {noun} {identifier!r}")
    return table[identifier]
