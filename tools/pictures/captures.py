# SPDX-License-Identifier: MIT
"""Captures terminal output of the command line client, with the sandbox as the service."""
import io
import os
import pty
import re
import ssl
import struct
import subprocess
import termios
import urllib.request
from fcntl import ioctl

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

CLIENT = os.environ["AMPERSAND_CLI"]
COLORS = [(1, 4, 9), (255, 123, 114), (63, 185, 80), (210, 153, 34), (88, 166, 255),
          (188, 140, 255), (57, 197, 207), (255, 255, 255)]
THEME = TerminalTheme((1, 4, 9), (230, 237, 243), COLORS, COLORS)
# Monospaced text on a plain background. The fonts are the reader's, because an image on a page cannot load
# files.
FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}</style>
<rect width="100%" height="100%" rx="8" fill="#010409"/>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def run(columns, *arguments, on_url=None):
    """Returns a command's output on a terminal of `columns` columns. Calls on_url with a URL that the command
    prints."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen([CLIENT, *arguments], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:  # Linux ends a terminal with an error.
            break
        if not piece:
            break
        shown += piece
        found = re.search(rb"https://\S+", shown)
        if on_url and found and b"\n" in shown[found.end():]:
            on_url(found[0].decode())
            on_url = None
    os.close(master)
    process.wait()
    return shown.decode().replace("\r\n", "\n")


def lasting(text):
    """Returns the text as a terminal finally shows it: a carriage return or an erase sequence replaces
    earlier text of the line."""
    text = text.replace("\x1b[K", "\x00")
    lines = []
    for line in text.split("\n"):
        parts = [part for part in line.split("\r") if part.strip("\x00")]
        lines.append((parts[-1] if parts else "").replace("\x00", ""))
    return re.sub(r"\x1b\[\??\d*[A-HJ-ln-z]", "", "\n".join(lines)).rstrip("\n")


def browse(url):
    """Authorises a connection, like a user in a browser."""
    with urllib.request.urlopen(url, context=ssl.create_default_context(cafile=os.environ["AMP_CA_FILE"]), timeout=30):
        pass


def commands(path, columns, title, *lines, on_url=None):
    """Draws commands and their output."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True,
                      color_system="truecolor", legacy_windows=False)
    for arguments in lines:
        console.print(Text(f"$ ampersand {' '.join(arguments)}", style="bold"))
        console.print(Text.from_ansi(lasting(run(columns, *arguments, on_url=on_url))), no_wrap=True, crop=True)
    path.write_text(console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="terminal"), encoding="utf-8")


def status(path):
    commands(path, 100, "status",
             ("connection", "status", "--provider", "salesforce", "--group", "group-alpha"),
             ("connection", "status", "--provider", "hubspot", "--group", "group-beta"))


def connect(path):
    commands(path, 84, "connect",
             ("connect", "--provider", "salesforce", "--group", "acme", "--consumer", "ada", "--qr"), on_url=browse)


CAPTURES = {"status.svg": status, "connect.svg": connect}
