#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computes the deepest stack: stack.py IMAGE OBJECTS..., from the compiler's call graphs next to the objects.

gcc reports the frame and the calls of each function (-fcallgraph-info=su). For functions without such a
report (memcpy, 64-bit division) the disassembly is read. Excluded are the functions that the application
provides: the port's, the token callback, the random numbers.
"""
import os
import pathlib
import re
import subprocess
import sys

OBJDUMP = os.environ.get("OBJDUMP", "arm-none-eabi-objdump")

# Calls through a pointer, by file: the library functions that they can reach. NONE if the pointer belongs to
# the application. A file that is missing here is an error, so that no call is overlooked.
NONE = re.compile(r"(?!)")
BY_POINTER = {"client_wait.c": NONE, "client_idle.c": NONE, "doctor.c": NONE, "doctor_describe.c": NONE, "doctor_tls.c": NONE,
              "doctor_request.c": NONE, "client.c": NONE, "pace_backoff.c": NONE, "connect.c": NONE, "connect_watch.c": NONE,
              "client_step.c": NONE, "client_deadline.c": NONE, "client_stale_connection.c": NONE,
              "client_token_renewal.c": NONE, "client_end.c": NONE,
              "client_receive.c": re.compile(r"amp__pagination_next$"),
              "request.c": re.compile(
                  r"amp__body_|amp__pagination_query|connections\.c:write_refresh|custom\.c:write_(target|body)"),
              "credential.c": re.compile(
                  r"credential\.c:write_(api_key|basic_auth|client|password|code|custom_auth)$|metadata\.c:write_pairs$"),
              "exchange.c": re.compile(r"url_answer\.c:clear$"),
              "answer_body.c": re.compile(r"amp__check_|url_answer\.c:(feed|end)$")}

# Paths in the call graph that never run: (function, functions that are never called below it). The first
# function has no schema, and without a schema nothing is watched.
NEVER = (("amp__json_is_object", re.compile(r"amp__(level|value|name)_")),)

NODE = re.compile(r'^node: \{ title: "([^"]+)" label: "([^"]*)"')
EDGE = re.compile(r'^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"')
FRAME = re.compile(r"(\d+) bytes \((.+)\)$")


class Graph:
    def __init__(self):
        self.frame = {}
        self.calls = {}
        self.jumps = set()  # (caller, callee): the caller frees its frame first

    def add(self, name, frame):
        self.frame[name] = frame
        self.calls.setdefault(name, set())

    def read(self, path):
        for line in path.read_text().splitlines():
            node, edge = NODE.match(line), EDGE.match(line)
            frame = node and FRAME.search(node.group(2))
            if frame:
                if frame.group(2) not in ("static", "dynamic,bounded"):
                    raise SystemExit(f"{node.group(1)}: its stack use is not bounded")
                self.add(node.group(1), int(frame.group(1)))
            if edge:
                self.calls.setdefault(edge.group(1), set()).add(edge.group(2))

    def resolve_pointers(self, source):
        """Replaces calls through pointers by calls of the functions that they can reach."""
        for calls in self.calls.values():
            if "__indirect_call" in calls:
                if source not in BY_POINTER:
                    raise SystemExit(f"{source} calls through a pointer: list the functions that it can reach in stack.py")
                calls.remove("__indirect_call")
                calls.add(f"pointers of {source}")

    def name_pointers(self):
        for source, wanted in BY_POINTER.items():
            reached = {name for name in self.frame if wanted.search(name)}
            if wanted is not NONE and not reached:
                raise SystemExit(f"{source}: no function is called {wanted.pattern}")
            self.calls[f"pointers of {source}"] = reached

    def deepest(self, name, above=()):
        """Returns (bytes, path) of the deepest call chain of a function."""
        if name in above:
            raise SystemExit("recursion: " + " > ".join((*above, name)))
        never = [calls for function, calls in NEVER if function in above]
        taken = (call for call in sorted(self.calls.get(name, ())) if not any(calls.match(call) for calls in never))
        frame = self.frame.get(name, 0)
        ways = [(frame, [f"{name.split(':')[-1]} {frame}"])]
        for call in taken:
            kept = 0 if (name, call) in self.jumps else frame
            size, path = self.deepest(call, (*above, name))
            ways.append((size + kept, [f"{name.split(':')[-1]} {kept}", *path]))
        return max(ways, key=lambda way: way[0])


def pushed(registers):
    count = 0
    for part in registers.split(","):
        ends = re.findall(r"r(\d+)", part)
        count += int(ends[1]) - int(ends[0]) + 1 if len(ends) == 2 else 1
    return 4 * count


def frame_of(instruction):
    """Returns the number of stack bytes that an instruction allocates."""
    for pattern, size in ((r"(?:push|stmdb\s+sp!,).*\{(.*)\}", lambda found: pushed(found)),
                          (r"sub(?:\.w|w)?\s+sp,(?: sp,)? #(\d+)", int),
                          (r"addi\s+(?:sp,sp|a1, a1), ?-(\d+)", int),  # RISC-V, Xtensa
                          (r"str(?:\.w|d)?\s+.*\[sp, #-(\d+)\]!", int)):
        found = re.search(pattern, instruction)
        if found:
            return size(found.group(1))
    return 0


def disassembled(image):
    """Yields (name, frame, calls, jumps) of each function in the image. A jump to another function is a tail
    call: the caller's frame is already free."""
    text = subprocess.run([OBJDUMP, "-d", "--no-show-raw-insn", image], check=True,
                          capture_output=True, text=True).stdout
    for name, body in re.findall(r"^[0-9a-f]+ <([^>]+)>:\n((?:.+\n)*)", text, flags=re.MULTILINE):
        branches = re.findall(r"\t(bl?(?:\.[nw])?|jal|j|call0)\s+(?:ra,)?[0-9a-f]+ <([^>+]+)>", body)
        calls = {target for _, target in branches} - {name}
        nested = {target for branch, target in branches if branch not in ("b", "b.n", "b.w", "j")}
        yield name, sum(frame_of(line) for line in body.splitlines()), calls, calls - nested


def add_toolchain(graph, image):
    """Adds functions without a call graph, and the calls to them. gcc does not list the calls that it
    generates for an operator, such as 64-bit division."""
    titles = {}
    for title in graph.frame:
        titles.setdefault(title.split(":")[-1], []).append(title)
    functions = list(disassembled(image))
    for name, frame, _, _ in functions:
        if name not in titles:
            graph.add(name, frame)
    for name, _, calls, jumps in functions:
        callers = titles.get(name, [name])
        for title in callers:
            graph.calls[title].update(call for call in calls if call not in titles)
        # A name that several functions have does not identify one of them.
        graph.jumps |= {(callers[0], titles.get(call, [call])[0]) for call in jumps
                        if len(callers) == 1 and len(titles.get(call, [call])) == 1}


def main():
    image, objects = sys.argv[1], [pathlib.Path(name) for name in sys.argv[2:]]
    graph = Graph()
    for path in objects:
        graph.read(path.with_suffix(".ci"))
        graph.resolve_pointers(path.with_suffix(".c").name)
    graph.name_pointers()
    add_toolchain(graph, image)
    api = sorted(name for name in graph.frame if name.startswith("amp_"))
    step, _ = graph.deepest("amp_step")
    worst, worst_path = max((graph.deepest(name) for name in api), key=lambda way: way[0])
    print(f"stack.step {step}")
    print(f"stack.worst {worst}")
    print("stack.path " + " > ".join(worst_path))


if __name__ == "__main__":
    main()
