# SPDX-License-Identifier: MIT
"""Plots the measurements of docs/costs.md."""
import os
import pathlib
import subprocess

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "ampersand", "svg.fonttype": "none", "font.size": 10,
                            "font.family": "sans-serif", "axes.spines.top": False, "axes.spines.right": False})
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)

import costs  # noqa: E402

OURS, PEER, SECOND_PEER = "#1f6feb", "#8c959f", "#d0d7de"
FOLDERS = pathlib.Path("src")


def saved(figure, path):
    figure.tight_layout(rect=(0, 0, 1, 0.94))
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)


def flash(path):
    """Plots the flash of the client by folder of src/."""
    folder_of = {file.name: file.parent.name for file in FOLDERS.glob("*/*.c")}
    parts = {}
    for name, size in costs.flash_by_file().items():
        part = folder_of.get(name, "texts and tables")
        parts[part] = parts.get(part, 0) + size
    names = sorted(parts, key=parts.get)
    figure, axes = plt.subplots(figsize=(7, 2.6))
    bars = axes.barh(names, [parts[name] for name in names], color=OURS)
    axes.bar_label(bars, [f"{parts[name]:,}" for name in names], padding=3)
    axes.set_xlabel("bytes of flash: get, list and generate, without TLS (Cortex-M4, -Os)")
    saved(figure, path)


def json(path):
    """Plots instructions per byte of this library next to jsmn and cJSON, for every kind of answer."""
    rows = costs.table("x86-64, `-O2`: instructions")[1:]
    names = [row[0].rpartition(", ")[0] for row in rows]
    figure, axes = plt.subplots(figsize=(7, 0.9 + 0.4 * len(rows)))
    for at, (column, label, color) in enumerate(((2, "this library, 256-byte pieces: validates, extracts, stores", OURS),
                                                 (4, "jsmn: finds tokens", PEER), (5, "cJSON: makes a tree", SECOND_PEER))):
        values = [costs.number(row[column]) or 0 for row in rows]
        axes.barh([index + 0.27 * at for index in range(len(rows))], values, 0.25, label=label, color=color)
    axes.set_yticks([index + 0.27 for index in range(len(rows))], names)
    axes.invert_yaxis()
    axes.set_xlabel("instructions per byte (x86-64, -O2)")
    figure.legend(frameon=False, fontsize=8, ncols=3, loc="upper left")
    saved(figure, path)


def check(path):
    """Plots the instructions of a first, a resumed and a kept request, for this library and libcurl."""
    table = costs.table("a GET of")
    rows = {}
    for row in table[1:]:  # instructions come first, then bytes under the same names
        rows.setdefault(row[0], row[1:])
    names = ("instructions from nothing", "over a new one", "over the same connection")
    figure, axes = plt.subplots(figsize=(7, 3))
    for at, (column, label, color) in enumerate(((0, "this library, mbedTLS", OURS), (1, "libcurl, OpenSSL", PEER),
                                                 (2, "libcurl, GnuTLS", SECOND_PEER))):
        values = [costs.number(rows[name][column]) for name in names]
        bars = axes.barh([index + 0.27 * at for index in range(3)], values, 0.25, label=label, color=color)
        axes.bar_label(bars, [f"{value:g}" for value in values], padding=3, fontsize=8)
    axes.set_yticks([0.27, 1.27, 2.27], ["first connection", "session resumed", "connection kept"])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("million instructions of a GET with TLS 1.2 (x86-64, -O2; logarithmic)")
    figure.legend(frameon=False, fontsize=8, ncols=3, loc="upper left")
    saved(figure, path)


def series(*arguments):
    """Returns the most requests in a second, for each minute of the simulated crowd."""
    done = subprocess.run([os.environ["AMPERSAND_CROWD"], *arguments, "series"], capture_output=True, text=True, check=True)
    seconds = [int(line.split()[1]) for line in done.stdout.splitlines()]
    return [max(seconds[at:at + 60]) for at in range(0, len(seconds) - 59, 60)]


def crowd(path):
    """Plots the busiest second of each minute, for devices with and without jitter."""
    figure, axes = plt.subplots(figsize=(7, 3))
    for arguments, label, color in ((("undrawn", "0", "0"), "waits doubled, not drawn", PEER),
                                    (("silent", "0", "1"), "this library", OURS)):
        values = series(*arguments)[:120]
        axes.plot(range(len(values)), values, label=label, color=color, linewidth=1.2)
    axes.axvspan(0, 30, color="#f6f8fa", zorder=0)
    axes.text(1, 300000, "service away", fontsize=8)
    axes.set_yscale("symlog")
    axes.set_ylim(0, 1000000)
    axes.set_xlabel("minutes since 100,000 devices lost the service")
    axes.set_ylabel("requests in the busiest second")
    figure.legend(frameon=False, fontsize=8, ncols=3, loc="upper left")
    saved(figure, path)


PLOTS = {"flash.svg": flash, "json.svg": json, "check.svg": check, "crowd.svg": crowd}
