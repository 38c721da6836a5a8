# SPDX-License-Identifier: MIT
"""The content of an installation's config: several KiB that a small client skips.

It is difficult to skip. It has nested objects, arrays, escapes, non-ASCII text, and member names that also
occur in the records around it.
"""

_FIELDS = ("id", "name", "status", "createTime", "email", "phone", "industry", "website",
           "billingCity", "billingCountry", "ownerId", "annualRevenue")

_OBJECTS = ("account", "contact", "opportunity", "lead")


def _read_object(name):
    return {
        "objectName": name,
        "schedule": "*/15 * * * *",
        "destination": f"{name}Webhook",
        "selectedFields": {field: field != "phone" for field in _FIELDS},
        "selectedFieldMappings": {
            "displayName": "name", "straße": "billingStreet", "R&D <budget>": "rd__c"},
        "selectedValueMappings": {
            "status": {"open": "Open \u2013 new", "won": "Closed \"Won\"", "lost": "a\\b"}},
        "selectedFieldsAuto": "all",
        "backfill": {"defaultPeriod": {"days": 30, "fullHistory": False}},
        "fieldFilters": [
            {"fieldName": "annualRevenue", "operator": "gte", "value": 1.5e6},
            {"fieldName": "status", "operator": "in", "value": ["working", "created", None]},
        ],
    }


def _write_object(name):
    return {
        "objectName": name,
        "selectedFieldSettings": {
            "status": {"default": {"stringValue": "bad_credentials"}, "writeOnCreate": "always"},
            "priority": {"default": {"integerValue": -7}, "writeOnUpdate": "never"},
        },
    }


def sample(provider):
    """Returns the content of a config with every kind of section, about 3 KiB."""
    return {
        "provider": provider,
        "read": {"objects": {name: _read_object(name) for name in _OBJECTS}},
        "write": {"objects": {name: _write_object(name) for name in _OBJECTS[:2]}},
        "subscribe": {"objects": {"lead": {
            "objectName": "lead", "destination": "leadWebhook",
            "inheritFieldsAndMappings": True,
            "updateEvent": {"enabled": "always", "requiredWatchFields": ["status", "email"]}}}},
        "proxy": {"enabled": True},
    }
