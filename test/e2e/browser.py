# SPDX-License-Identifier: MIT
"""A user who is shown a URL: scans its QR code, opens it."""
import shutil
import ssl
import subprocess
import sys
import urllib.request

import harness

SCALE = 4  # pixels for each module

if shutil.which("zbarimg") is None:
    sys.exit("zbarimg is needed: install zbar-tools")


def browse(url, box):
    """Opens the URL like a browser that trusts the sandbox. Returns the status."""
    context = ssl.create_default_context(cafile=box.ca)
    with urllib.request.urlopen(url, context=context, timeout=harness.PATIENCE) as answer:
        return answer.status


def scan(rows):
    """Returns the text of a QR code. `rows` are its modules, 0 for dark and 255 for light."""
    lines = [bytes(module for module in row for _ in range(SCALE)) for row in rows for _ in range(SCALE)]
    header = f"P5 {len(lines[0])} {len(lines)} 255\n".encode()
    done = subprocess.run(["zbarimg", "--quiet", "--raw", harness.write_file(header + b"".join(lines), ".pgm")],
                          capture_output=True, text=True, timeout=harness.PATIENCE, check=True)
    return done.stdout.strip()
