# SPDX-License-Identifier: MIT
"""Every command that is one operation, with complete arguments that name nonexistent records."""
import dataclasses

from harness import generate_arguments, write_file

SECRET_FILE = write_file({"apiKey": "S3CRET-key"})
WHO = ("--provider", "salesforce", "--group", "g", "--consumer", "c")


@dataclasses.dataclass(frozen=True)
class Command:
    """The arguments of one command. `safe`: it changes nothing. `needed`: a required member of its record."""

    arguments: tuple
    safe: bool = True
    needed: str | None = "id"
    is_list: bool = False

    def __str__(self):
        return " ".join(self.arguments[:2])

    def record(self):
        """A body without the required member."""
        return b"[{}]" if self.is_list else b"{}"


COMMANDS = (
    Command(("connection", "get", "x")),
    Command(("connection", "list"), is_list=True),
    Command(tuple(generate_arguments(SECRET_FILE)), safe=False),
    Command(("connection", "update", "x", "--workspace", "w"), safe=False),
    Command(("connection", "delete", "x"), safe=False, needed=None),
    Command(("oauth", "connect", *WHO), safe=False, needed=None),
    Command(("oauth", "update", "x"), safe=False, needed=None),
    Command(("installation", "list"), is_list=True),
    Command(("installation", "list", "i", "--group", "g"), is_list=True),
    Command(("installation", "get", "i", "x")),
    Command(("installation", "update", "i", "x", "--connection", "c"), safe=False),
    Command(("installation", "create", "i", "--group", "g", "--provider", "p"), safe=False),
    Command(("installation", "delete", "i", "x"), safe=False, needed=None),
    Command(("installation", "progress", "i", "x", "o"), needed="installationId"),
    Command(("installation", "progress", "i", "x", "o", "--follow"), needed="installationId"),
    Command(("operation", "list", "i", "x"), needed="pagination"),
    Command(("operation", "get", "x"), needed="projectId"),
)
