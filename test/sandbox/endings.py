# SPDX-License-Identifier: MIT
"""The ways in which a TLS connection ends. A client must distinguish them."""
import socket
import ssl
import struct
import time

_LINGER = 1.0


def silent(sock):
    """End TCP without close_notify: to the client, somebody cut the line."""
    sock.close()


def reset(sock):
    """End TCP by a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def _notify(sock):
    """Send close_notify without waiting for the client's."""
    try:
        sock.setblocking(False)
        sock.unwrap()
    except (OSError, ValueError, ssl.SSLError):
        # The alert was sent. Only the client's answer to it is missing.
        pass


def clean(sock):
    """End with close_notify, then let the client read to the end before closing.

    Closing with unread input would turn into a reset and could take the answer along.
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
