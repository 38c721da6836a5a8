# SPDX-License-Identifier: MIT
"""Draws the layers of the library, and the memory that the application owns."""
import html

import costs

WIDTH, ROW, GAP, LEFT, RIGHT = 780, 40, 6, 410, 340
LAYERS = (
    ("your application", "", "#ddf4ff"),
    ("flow", "verdict, pace, look-up of a tenant, connect flow", "#f6f8fa"),
    ("operations", "one row per endpoint, bodies, tables of members", "#f6f8fa"),
    ("client", "the state machine of one request", "#f6f8fa"),
    ("http, json", "every byte is validated, wanted values are stored", "#f6f8fa"),
    ("tls", "mbedTLS as a port: trust, names, sessions", "#f6f8fa"),
    ("port", "sockets, lwIP, modem, or your own six functions", "#ddf4ff"),
)


def owned():
    """Blocks of memory, all owned by the application, with their measured sizes on a Cortex-M4."""
    sizes = {row[0].strip("`"): row[2] for row in costs.table("bytes, `-Os`")[1:]}
    storage = {row[0]: row[2] for row in costs.table("32-bit x86")[1:]}
    return (("amp_connection_t: one record", sizes["amp_connection_t"] + " B"),
            ("amp_client_t", sizes["amp_client_t"] + " B"),
            ("work buffer", sizes["AMP_WORK_SIZE"] + " B"),
            ("TLS storage, small configuration", next(iter(storage.values())) + " B"),
            ("arena or heap of mbedTLS", costs.table("32-bit x86")[1][1] + " B, in a handshake"),
            ("API key, trust anchors", "read in place, never copied"))


def box(x, y, width, fill, bold, plain):
    name, rest = html.escape(bold), html.escape(plain)
    return (f'<rect x="{x}" y="{y}" width="{width}" height="{ROW}" rx="5" fill="{fill}" stroke="#d0d7de"/>'
            f'<text x="{x + 12}" y="{y + 25}"><tspan font-weight="bold">{name}</tspan>'
            f'<tspan dx="10" fill="#57606a">{rest}</tspan></text>')


def draw(path):
    blocks = owned()
    height = 34 + len(LAYERS) * (ROW + GAP) + 6
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="Helvetica, Arial, sans-serif" '
             'font-size="12.5" fill="#24292f"><rect width="100%" height="100%" fill="#ffffff"/>',
             '<text x="10" y="20" font-weight="bold">calls go down, bytes come up</text>',
             f'<text x="{LEFT + 20}" y="20" font-weight="bold">memory: all of it is yours</text>']
    for at, (name, job, fill) in enumerate(LAYERS):
        parts.append(box(10, 30 + at * (ROW + GAP), LEFT - 10, fill, name, job))
    for at, (name, size) in enumerate(blocks):
        parts.append(box(LEFT + 20, 30 + at * (ROW + GAP), RIGHT, "#ffffff", name, size))
    path.write_text("\n".join((*parts, "</svg>")) + "\n", encoding="utf-8")


LAYER_PICTURES = {"layers.svg": draw}
