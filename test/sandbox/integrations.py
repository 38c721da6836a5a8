# SPDX-License-Identifier: MIT
"""The project's integrations. The client has no operation for them; an application reads them with its own
table."""
import answers
import content
import records


def _record(service, identifier, name, provider, more, revision):
    return {
        "id": identifier,
        "projectId": service.project,
        "name": name,
        "provider": provider,
        "createTime": records.now(),
        **more,
        "latestRevision": {
            "id": records.fixed_id(f"revision/{name}"),
            "specVersion": "1.0.0",
            "createTime": records.now(),
            "content": {"name": name, "provider": provider, **revision},
        },
    }


def listing(service, _call):
    """listIntegrations."""
    return answers.json_answer([
        _record(service, service.integration, "read-accounts", "salesforce", {"updateTime": records.now()},
                {"displayName": "Accounts & contacts", **content.sample("salesforce")}),
        _record(service, records.fixed_id("integration/leads"), "write-leads", "hubspot", {},
                {"write": {"objects": [{"objectName": "lead"}]}}),
    ])
