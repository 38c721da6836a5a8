# SPDX-License-Identifier: MIT
"""Fills the gaps of a port that was copied from port/template/, with code for this machine's sockets.

A line with FIXME(NAME) is replaced by the code of that name. Each gap must exist, and none may remain.

usage: fill.py FILE...
"""
import pathlib
import re
import sys

CODE = {
    "guard": "/* For the test. */",
    "include": "#include <errno.h>\n#include <fcntl.h>\n#include <netdb.h>\n#include <poll.h>\n"
               "#include <stdio.h>\n#include <sys/socket.h>\n#include <time.h>\n#include <unistd.h>",
    "state": "int socket;",
    "now_ms": "struct timespec now;\n(void)clock_gettime(CLOCK_MONOTONIC, &now);\n"
              "return (uint32_t)((uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u);",
    "close": "(void)close(state->socket);",
    "begin": """char service[6];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    snprintf(service, sizeof service, "%u", (unsigned)port);
    int code = getaddrinfo(host, service, &hints, &found);
    if (code != 0) {
        return amp_myboard_fail(state, code, AMP_ERR_DNS);
    }
    state->socket = socket(found->ai_family, SOCK_STREAM, 0);
    (void)fcntl(state->socket, F_SETFL, O_NONBLOCK);
    code = connect(state->socket, found->ai_addr, found->ai_addrlen) == 0 || errno == EINPROGRESS ? 0 : errno;
    freeaddrinfo(found);
    if (code != 0) {
        (void)close(state->socket);
        return amp_myboard_fail(state, code, AMP_ERR_CONNECT);
    }
    return 0;""",
    "is_made": """struct pollfd writable = {state->socket, POLLOUT, 0};
    int error = 0;
    socklen_t len = sizeof error;
    if (poll(&writable, 1, 0) == 0) {
        return 0;
    }
    (void)getsockopt(state->socket, SOL_SOCKET, SO_ERROR, &error, &len);
    return error == 0 ? 1 : amp_myboard_fail(state, error, AMP_ERR_CONNECT);""",
    "send": """ssize_t sent = send(state->socket, data, len, MSG_NOSIGNAL);
    return sent >= 0 ? (int)sent : errno == EAGAIN ? 0
           : amp_myboard_fail(state, errno, AMP_ERR_ABORTED);""",
    "recv": """ssize_t got = recv(state->socket, data, len, 0);
    return got > 0 ? (int)got : got == 0 ? amp_myboard_fail(state, 0, AMP_ERR_CLOSED)
           : errno == EAGAIN ? 0 : amp_myboard_fail(state, errno, AMP_ERR_ABORTED);""",
    "wait": """struct pollfd waiting = {wanted != 0 ? state->socket : -1, 0, 0};
    waiting.events = (short)(((wanted & AMP_WAIT_READ) != 0 ? POLLIN : 0) | ((wanted & AMP_WAIT_WRITE) != 0 ? POLLOUT : 0));
    (void)poll(&waiting, 1, (int)ms);""",
}


def main():
    filled = set()

    def fill(match):
        filled.add(match.group(1))
        return CODE[match.group(1)]

    for path in map(pathlib.Path, sys.argv[1:]):
        text = re.sub(r"/\* FIXME\((guard)\)[^*]*(?:\*(?!/)[^*]*)*\*/", fill, path.read_text())
        text = re.sub(r"[^\n]*FIXME\((\w+)\)[^\n]*", fill, text)
        path.write_text(text)
    if filled != set(CODE):
        sys.exit(f"not marked in the template: {set(CODE) - filled}")
    print(f"{len(filled)} gaps")


if __name__ == "__main__":
    main()
