# SPDX-License-Identifier: MIT
"""The ways in which a TLS connection ends. A client must distinguish them."""
import socket
import ssl
import struct
import time

_LINGER = 1.0


def silent(sock):
    """Ends TCP without close_notify. To the client, this looks like a truncation by an attacker."""
    sock.close()


def reset(sock):
    """Ends TCP with a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def _notify(sock):
    """Sends close_notify without waiting for the client's."""
    try:
        sock.setblocking(False)
        sock.unwrap()
    except (OSError, ValueError, ssl.SSLError):
        # The alert was sent. Only the client's answer to it is missing.
        pass


def clean(sock):
    """Ends with close_notify, then lets the client read to the end before closing.

    Closing with unread input would cause a reset, which could destroy the answer.
    """
    try:
        _notify(sock)
        sock.shutdown(socket.SHUT_WR)
        end = time.monotonic() + _LINGER
        while (left := end - time.monotonic()) > 0:
            sock.settimeout(left)
            if not sock.recv(65536):
                break
    except OSError:
        pass
    sock.close()
