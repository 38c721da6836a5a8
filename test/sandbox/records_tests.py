# SPDX-License-Identifier: MIT
"""Tests the answers and effects of the sandbox's operations. test_sandbox.py runs them."""
import unittest

from harness import PROJECT, READY, call, fetch, generate


class Records(unittest.TestCase):
    """Tests of answers and effects of the operations."""

    def read(self, identifier, more=""):
        return fetch("GET", f"{PROJECT}/connections/{identifier}{more}")["status"]

    def test_life_of_a_connection(self):
        made = generate("life", apiKey="good", groupName="R&D <ü>")
        self.assertEqual((made["status"], made["authScheme"]), ("created", "apiKey"))
        self.assertNotIn("apiKey", made)
        path = f"{PROJECT}/connections/{made['id']}"
        self.assertIn("R\\u0026D \\u003cü\\u003e".encode(), call("GET", path)[1])
        self.assertEqual(self.read(made["id"]), "working")
        self.assertEqual(self.read(made["id"], "?refresh=force"), "created")
        self.assertEqual(self.read(made["id"]), "working")
        fetch("PATCH", path, {"updateMask": ["apiKey"], "connection": {"apiKey": "a bad-secret"}})
        self.assertEqual([self.read(made["id"]) for _ in range(2)], ["created", "bad_credentials"])
        self.assertEqual(self.read(made["id"], "?refresh=ifExpired"), "bad_credentials")
        body = {"updateMask": ["basicAuth"],
                "connection": {"basicAuth": {"username": "u", "password": "p"}}}
        self.assertEqual(call("PATCH", path, body)[0], 422)
        self.assertEqual(call("DELETE", path)[0], 204)
        self.assertEqual(call("GET", path)[0], 404)

    def test_schemes(self):
        for scheme, credential in (
                ("none", {}), ("basic", {"basicAuth": {"username": "u", "password": "p"}}),
                ("custom", {"customAuth": {"key": "k", "scopes": ["a"]}}),
                ("oauth2/clientCredentials", {"oauth2ClientCredentials": {
                    "clientId": "i", "clientSecret": "s", "scopes": ["a"]}}),
                ("oauth2/password", {"oauth2PasswordCredentials": {
                    "username": "u", "password": "p", "clientId": "i", "clientSecret": "s"}}),
                ("oauth2/authorizationCode", {"oauth2AuthorizationCode": {
                    "accessToken": {"token": "t", "expiresAt": "2030-01-01T00:00:00Z"}}})):
            self.assertEqual(generate("schemes", **credential)["authScheme"], scheme)

    def test_secrets_show_only_on_demand(self):
        target = PROJECT + "/connections?groupRef=group-alpha"
        self.assertNotIn(b"LEAKED-CANARY", call("GET", target)[1])
        self.assertGreater(call("GET", "/x:creds" + target)[1].count(b"LEAKED-CANARY"), 8)

    def test_oauth(self):
        tenant = {"projectIdOrName": READY["projectId"], "provider": "hubspot",
                  "groupRef": "oauth", "consumerRef": "c"}
        status, url, fields = call("POST", "/v1/oauth-connect", tenant)
        self.assertEqual((status, fields.get_content_type()), (200, "text/plain"))
        where = PROJECT + "/connections?groupRef=oauth"
        self.assertEqual(fetch("GET", where), [])
        page = url.decode().partition(f":{READY['port']}")[2]
        self.assertEqual([call("GET", page, headers={})[0] for _ in range(2)], [200, 400])
        made, = fetch("GET", where)
        self.assertEqual(made["authScheme"], "oauth2/authorizationCode")
        self.assertEqual(self.read(made["id"]), "working")
        status, url, _ = call("PATCH", f"{PROJECT}/connections/{made['id']}:oauth-update")
        call("GET", url.decode().partition(f":{READY['port']}")[2], headers={})
        self.assertEqual(self.read(made["id"]), "created")

    def test_custom_auth(self):
        tenant = {"projectIdOrName": "demo-project", "provider": "stripe", "groupRef": "custom",
                  "consumerRef": "c", "customAuth": {"key": "k"}}
        target = "/v1/custom-auth/connect"
        self.assertEqual(fetch("POST", target, tenant)["connection"]["authScheme"], "custom")
        redirect = fetch("POST", target, {**tenant, "provider": "custom-redirect"})["redirect"]
        resumed = {"projectIdOrName": "demo-project", "sessionId": redirect["sessionId"],
                   "callbackParams": {"tenant": "t"}}
        self.assertIn("connection", fetch("POST", target, resumed))
        self.assertEqual(call("POST", target, resumed)[0], 404)

    def test_installations(self):
        base = f"{PROJECT}/integrations/{READY['integration']}/installations"
        made = generate("tenant & co")
        body = {"groupRef": "tenant & co", "config": {"content": {"provider": "stripe"}}}
        one = fetch("POST", base + "?skipSampling=true", body)
        path = f"{base}/{one['id']}"
        self.assertGreater(len(call("GET", path)[1]), 4000)
        self.assertEqual(one["connection"]["id"], made["id"])
        listed = fetch("GET", f"{PROJECT}/installations?groupRef=tenant+%26%20co")
        self.assertEqual([each["id"] for each in listed], [one["id"]])
        self.assertEqual(fetch("GET", base + "?groupRef=nobody"), [])
        other = generate("tenant & co", apiKey="k")
        mask = {"updateMask": ["connectionId"], "installation": {"connectionId": other["id"]}}
        self.assertEqual(fetch("PATCH", path, mask)["connection"]["id"], other["id"])
        self.assertEqual(call("PATCH", path, {**mask, "updateMask": ["id"]})[0], 422)
        name = next(iter(one["config"]["content"]["read"]["objects"]))
        progress = [fetch("GET", f"{path}/objects/{name}/backfill-progress") for _ in range(3)]
        self.assertEqual([each["recordsProcessed"] for each in progress], [0, 1250, 2500])
        self.assertNotIn("recordsEstimatedTotal", progress[0])
        operation = fetch("GET", f"{PROJECT}/operations/{progress[0]['operationId']}")
        self.assertEqual(operation["status"], "in_progress")
        self.assertEqual(call("DELETE", path)[0], 204)
        self.assertEqual(call("GET", f"{PROJECT}/connections/{other['id']}")[0], 404)

    def test_integrations(self):
        first, second = fetch("GET", PROJECT + "/integrations")
        self.assertEqual(first["id"], READY["integration"])
        self.assertEqual(first["latestRevision"]["content"]["displayName"], "Accounts & contacts")
        self.assertNotIn("updateTime", second)

    def test_pages_of_operations(self):
        one, = fetch("GET", PROJECT + "/installations?groupRef=group-alpha")
        path = f"{PROJECT}/integrations/{READY['integration']}/installations/{one['id']}/operations"
        seen, query = [], ""
        while True:
            answer = fetch("GET", path + query)
            seen += [each["id"] for each in answer["results"]]
            if answer["pagination"]["done"]:
                break
            token_text = answer["pagination"]["nextPageToken"]
            self.assertIn("+", token_text)
            query = "?pageToken=" + token_text.replace("+", "%2B").replace("/", "%2F")
        self.assertEqual(len(seen), len(set(seen)))
        self.assertGreater(len(seen), 400)
        self.assertEqual(call("GET", path + "?pageToken=" + token_text)[0], 400)
        self.assertEqual(call("GET", path + "?pageSize=0")[0], 400)
