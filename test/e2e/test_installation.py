# SPDX-License-Identifier: MIT
"""Tests the installation and operation commands: their requests and their output."""
import re
import uuid

import asking
import harness
from asking import body_text, without_times
from harness import generate_arguments, unique, write_file

BOX = harness.Sandbox()
PROJECT = f"/v1/projects/{BOX.project}"
INSTALLATIONS = f"{PROJECT}/integrations/{BOX.integration}/installations"
SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
CREATED_BY = "api:create-installation"


def fixed(name):
    """Returns the id of a record that the sandbox always has."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://sandbox.invalid/{name}"))


ALPHA = fixed("installation/alpha")


class Installing(asking.Asking):
    """Runs against this file's sandbox."""

    box = BOX

    def connected(self, provider="stripe", group=None):
        """Makes a connection. Returns its record."""
        return self.check_done(BOX.run(*generate_arguments(SECRET_FILE, group, provider=provider)))[0]

    def installed(self, connection):
        """Makes an installation of a connection. Returns its record."""
        return self.check_done(BOX.run("installation", "create", BOX.integration, "--group",
                                       connection["group"]["groupRef"], "--connection", connection["id"]))[0]

    def shown(self, *arguments):
        """Runs a command that must succeed. Returns the lines of its plain output."""
        result = harness.run(*arguments, changes=BOX.environment())
        self.assertEqual((result.status, result.err), (0, b""), result)
        return result.text.splitlines()


class Get(Installing):
    """Tests of installation get."""

    def test_members(self):
        result, request = self.ask("installation", "get", BOX.integration, ALPHA)
        (record,) = self.check_done(result)
        self.check_request(request, "GET", f"{INSTALLATIONS}/{ALPHA}")
        (connection,) = self.check_done(BOX.run("connection", "list", "--group", "group-alpha"))
        self.assertEqual(record["connection"], connection)
        self.assertEqual(set(record["config"]), {"id", "revisionId", "createTime", "createdBy"})
        self.assertEqual(without_times({name: value for name, value in record.items() if name != "config"}), {
            "id": ALPHA, "projectId": BOX.project_id, "integrationId": BOX.integration,
            "group": {"groupRef": "group-alpha", "groupName": "Müller & Söhne <GmbH>"}, "healthStatus": "healthy",
            "lastOperationStatus": "in_progress", "connection": without_times(connection),
            "createdBy": "consumer:consumer-alpha"})
        for moment in (record["createTime"], record["updateTime"], record["config"]["createTime"]):
            self.assertRegex(moment, r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
        self.assertEqual(result.text.count("\n"), 1)

    def test_table(self):
        lines = self.shown("installation", "get", BOX.integration, fixed("installation/beta"))
        self.assertEqual(lines[0].split(), ["healthStatus", "unhealthy"])
        self.assertEqual(dict(line.split(None, 1) for line in lines)["connection.status"], "bad_credentials")

    def test_secrets_are_dropped(self):
        result = BOX.run("installation", "get", BOX.integration, ALPHA, switches="creds")
        self.check_done(result)
        self.assertNotIn(harness.CANARY.encode(), result.out)

    def test_ids_are_segments(self):
        result, request = self.ask("installation", "get", "a/b?", "c#d%")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(request["target"], f"{PROJECT}/integrations/a%2Fb%3F/installations/c%23d%25")

    def test_refused(self):
        """The message uses the command's names of the arguments."""
        for arguments, field, word in ((("..", "x"), "integrationId", "INTEGRATION"), (("i", "."), "installationId", "ID"),
                                       (("i", b"\xff"), "installationId", "ID")):
            result, requests = self.ask_all("installation", "get", *arguments)
            error = self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
            self.assertEqual((error["field"], requests), (field, []))
            self.assertIn(f": {word} is", result.told)


class List(Installing):
    """Tests of installation list."""

    def test_project(self):
        result, request = self.ask("installation", "list")
        self.check_request(request, "GET", f"{PROJECT}/installations")
        ids = [record["id"] for record in self.check_done(result)]
        self.assertLessEqual({fixed(f"installation/{name}") for name in ("alpha", "beta", "gamma")}, set(ids))

    def test_integration(self):
        result, request = self.ask("installation", "list", BOX.integration)
        self.check_request(request, "GET", INSTALLATIONS)
        self.assertIn(ALPHA, [record["id"] for record in self.check_done(result)])
        result, request = self.ask("installation", "list", "other")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")

    def test_group(self):
        for arguments, target in (((), f"{PROJECT}/installations"), ((BOX.integration,), INSTALLATIONS)):
            result, request = self.ask("installation", "list", *arguments, "--group", "group-alpha")
            self.check_request(request, "GET", f"{target}?groupRef=group-alpha")
            self.assertEqual([record["id"] for record in self.check_done(result)], [ALPHA])
            result, request = self.ask("installation", "list", *arguments, "--group", "a+b &c")
            self.check_request(request, "GET", f"{target}?groupRef=a%2Bb%20%26c")
            self.assertEqual((result.status, result.out, result.err), (0, b"", b""))

    def test_table(self):
        header, more, row, rest = self.shown("installation", "list", "--group", "group-beta")
        self.assertEqual(header.split() + more.split(), ["HEALTH", "LAST", "CONNECTION", "PROVIDER", "GROUP", "UPDATED", "ID"])
        values = ("unhealthy", "in_progress", "bad_credentials", "hubspot", "group-beta")
        for title, value in zip(header.split(), values, strict=False):
            self.assertEqual(row.index(value), header.index(title), row)
        self.assertTrue(rest.endswith(fixed("installation/beta")))

    def test_none(self):
        result = harness.run("installation", "list", "--group", "nobody", changes=BOX.environment())
        self.assertEqual((result.status, result.out, result.told), (0, b"", "no installations\n"))


class Update(Installing):
    """Tests of installation update."""

    def test_connection(self):
        group = unique("group")
        first, second = self.connected(group=group), self.connected(group=group)
        made = self.installed(first)
        result, request = self.ask("installation", "update", BOX.integration, made["id"], "--connection", second["id"])
        (record,) = self.check_done(result)
        body = body_text({"updateMask": ["connectionId"], "installation": {"connectionId": second["id"]}})
        self.check_request(request, "PATCH", f"{INSTALLATIONS}/{made['id']}", body)
        self.assertEqual((record["id"], record["connection"]["id"]), (made["id"], second["id"]))

    def test_unknown_connection(self):
        result, _ = self.ask("installation", "update", BOX.integration, ALPHA, "--connection", 'no"body')
        error = self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")
        self.assertEqual((error["http"], error["problem"]["issues"][0]["name"]), (422, "connectionId"))

    def test_needs_connection(self):
        result, requests = self.ask_all("installation", "update", BOX.integration, ALPHA)
        self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
        self.assertEqual(requests, [])
        self.assertIn("--connection", result.told)
        result, requests = self.ask_all("installation", "update", BOX.integration, ALPHA, "--connection", b"\xff")
        self.assertEqual((self.check_failed(result, 2)["field"], requests), ("connectionId", []))
        self.assertIn(": --connection is", result.told)


class Create(Installing):
    """installation create looks up the provider unless it is an argument."""

    @staticmethod
    def body(group, provider, connection=None):
        """Returns the requests."""
        who = {"groupRef": group} | ({"connectionId": connection} if connection else {})
        return body_text(who | {"config": {"content": {"provider": provider}}})

    def check_created(self, result, provider, connection):
        """The installation exists, and belongs to this connection."""
        (record,) = self.check_done(result)
        self.assertEqual((record["connection"]["id"], record["connection"]["provider"], record["createdBy"]),
                         (connection["id"], provider, CREATED_BY))
        self.assertEqual(self.check_done(BOX.run("installation", "get", BOX.integration, record["id"]))[0]["id"],
                         record["id"])

    def test_provider_of_the_connection(self):
        made = self.connected("netsuite")
        group = made["group"]["groupRef"]
        result, (first, second) = self.ask_all("installation", "create", BOX.integration, "--group", group,
                                               "--connection", made["id"])
        self.check_request(first, "GET", f"{PROJECT}/connections/{made['id']}")
        self.check_request(second, "POST", INSTALLATIONS, self.body(group, "netsuite", made["id"]))
        self.assertEqual(first["connection"], second["connection"])
        self.check_created(result, "netsuite", made)

    def test_provider_of_the_group(self):
        group = 'a "b" & c+d' + unique()
        made = self.connected("netsuite", group)
        result, (first, second) = self.ask_all("installation", "create", BOX.integration, "--group", group)
        self.assertRegex(first["target"], re.escape(f"{PROJECT}/connections?groupRef=a%20%22b%22%20%26%20c%2Bd"))
        self.check_request(second, "POST", INSTALLATIONS, self.body(group, "netsuite"))
        self.check_created(result, "netsuite", made)

    def test_several_connections_of_one_provider(self):
        group = unique("group")
        first = self.connected("netsuite", group)
        self.connected("netsuite", group)
        result, requests = self.ask_all("installation", "create", BOX.integration, "--group", group)
        self.assertEqual(len(requests), 2)
        self.check_created(result, "netsuite", first)

    def test_several_providers(self):
        group = unique("group")
        self.connected("netsuite", group)
        stripe = self.connected("stripe", group)
        result, requests = self.ask_all("installation", "create", BOX.integration, "--group", group)
        error = self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
        self.assertEqual((error["field"], [request["method"] for request in requests]), ("provider", ["GET"]))
        self.assertIn("--connection", result.told)
        result, request = self.ask("installation", "create", BOX.integration, "--group", group, "--provider", "stripe")
        self.check_request(request, "POST", INSTALLATIONS, self.body(group, "stripe"))
        self.check_created(result, "stripe", stripe)

    def test_no_connection(self):
        result, requests = self.ask_all("installation", "create", BOX.integration, "--group", "nobody")
        self.check_failed(result, 2, "AMP_ERR_ARGUMENT", "start")
        self.assertEqual(len(requests), 1)
        self.assertIn("no connection", result.told)

    def test_unknown_connection(self):
        result, requests = self.ask_all("installation", "create", BOX.integration, "--group", "g", "--connection", "x")
        self.check_failed(result, 3, "AMP_ERR_NOT_FOUND")
        self.assertEqual(len(requests), 1)

    def test_connection_of_another_group(self):
        made = self.connected()
        result, _ = self.ask_all("installation", "create", BOX.integration, "--group", "other", "--connection",
                                 made["id"])
        self.check_failed(result, 3, "AMP_ERR_BAD_REQUEST")

    def test_list_of_another_group(self):
        """A list with connections of another group is an error, and no installation is created."""
        other = body_text([{**self.connected(), "id": "x"}]).encode()
        result, requests = self.ask_all("installation", "create", BOX.integration, "--group", "mine",
                                        switches=f"body={BOX.fixture(other)}")
        error = self.check_failed(result, 5, "AMP_ERR_MISMATCH", "body")
        self.assertEqual((error["field"], len(requests)), ("group.groupRef", 1))

    def test_lookup_that_fails(self):
        """No installation was created, so the outcome is not unknown."""
        for switches, status in (("drop", 4), ("cut=40", 4), ("html", 5), ("status=503", 3)):
            for more in ((), ("--connection", "x")):
                result, requests = self.ask_all("installation", "create", BOX.integration, "--group", "g", *more,
                                                switches=switches)
                self.check_failed(result, status)
                self.assertEqual([request["method"] for request in requests], ["GET"])

    def test_refused(self):
        for arguments, field in ((("i", "--group", b"\xff", "--provider", "p"), "groupRef"),
                                 (("i", "--group", "g", "--provider", b"\xff"), "provider"),
                                 (("..", "--group", "g", "--provider", "p"), "integrationId")):
            result, requests = self.ask_all("installation", "create", *arguments)
            self.assertEqual((self.check_failed(result, 2)["field"], requests), (field, []))


class Delete(Installing):
    """Tests of installation delete."""

    def test_delete(self):
        made = self.installed(self.connected())
        result, request = self.ask("installation", "delete", BOX.integration, made["id"])
        self.assertEqual(self.check_done(result), [{"deleted": made["id"]}])
        self.check_request(request, "DELETE", f"{INSTALLATIONS}/{made['id']}")
        self.check_failed(BOX.run("installation", "get", BOX.integration, made["id"]), 3, "AMP_ERR_NOT_FOUND")
        self.check_failed(BOX.run("installation", "delete", BOX.integration, made["id"]), 3, "AMP_ERR_NOT_FOUND")


if __name__ == "__main__":
    harness.main()
