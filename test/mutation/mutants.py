# SPDX-License-Identifier: MIT
"""Makes mutants of C sources: copies with one small fault each, like a programmer's mistake.

A mutant is identified by its file, its function and its text. The line number is not part of this, so a list
of mutants survives edits elsewhere in the file. Declarations and the text of literals are not mutated,
because a larger array or another wording is not a fault.
"""
import dataclasses
import re

# Pairs of operators that are mistaken for each other. The patterns exclude ->, <<=, ++ and similar operators.
SWAPS = (
    (r"(?<![<\-])<(?![<=])", "<="), (r"(?<!<)<=", "<"), (r"(?<![>\-])>(?![>=])", ">="), (r"(?<!>)>=", ">"),
    (r"==", "!="), (r"!=", "=="), (r"&&", "||"), (r"\|\|", "&&"), (r"!(?=[\w(])", ""),
    (r"(?<=[\w)\]] )\+(?= [\w(*&])", "-"), (r"(?<=[\w)\]] )-(?= [\w(*&])", "+"),
    (r"(?<=[\w)\]] )&(?= [\w(~])", "|"), (r"(?<=[\w)\]] )\|(?= [\w(~])", "&"),
    (r"<<(?!=)", ">>"), (r">>(?!=)", "<<"), (r"\+\+", "--"), (r"--", "++"),
    (r"\+=", "-="), (r"-=", "+="), (r"&= ~", "|= "), (r"\|=", "&="),
)
NUMBER = re.compile(r"(?<![\w.'\"\-])(0x[0-9a-fA-F]+|\d+)(u?)(?![\w.'\"])")
CHARACTER = re.compile(r"'[^'\n]*'")
SIZE = re.compile(r"(?<!\w)sizeof(?: \*?[\w.>\[\]\-]+|\([^()]*\))(?![\w.>\[\]\-]| [*/])")
ERROR = re.compile(r"(?<=return )(?:AMP_ERR_\w+|-1)(?=;)")
ANSWER = re.compile(r"return ([01])u?;")
CONDITION = re.compile(r"^\s+(?:\} else )?(?:if|while) \((.*)\) \{\s*$")
# Statements that may be removed: a call, an assignment, an increment, a jump.
CALL = re.compile(r"^\s+(?:\(void\))?\w[\w>.\-]*\(.*\);\s*$", re.DOTALL)
STORE = re.compile(r"^\s+[*\w][\w>.\-\[\]* ()]*? (?:[|&+\-]|<<|>>)?= .*;\s*$", re.DOTALL)
STEP = re.compile(r"^\s+(?:(?:\+\+|--)[^;]*|[^;=]*(?:\+\+|--)|break|continue|return);\s*$")
DECLARATION = re.compile(r"^\s+(?:const |static |extern |typedef |unsigned |size_t |u?int\w* |amp_\w+ |mbedtls_\w+ |jsmn\w* "
                         r"|psa_\w+ |struct |void |char )")
OPENING = re.compile(r"^(?!typedef|struct|union|extern \").*?(\w+)(?:\(|(?:\[[^\]]*\])* = ?|\[[^\]]*\] =)")
RECORD = re.compile(r"\b(?:struct|union)(?: \w+)? \{")
LONGEST = 6  # lines of a statement that is removed


@dataclasses.dataclass(frozen=True)
class Mutant:
    """Lines of a file, and the line that replaces them."""
    path: str
    function: str
    first: int
    count: int
    before: str
    after: str
    again: int

    def key(self):
        """Returns the text that identifies the mutant in a list. For the second of two equal lines of a
        function it ends in #2."""
        again = f" #{self.again}" if self.again > 1 else ""
        return f"{self.path} {self.function}: {self.before} => {self.after or 'nothing'}{again}"


def blanked(text):
    """Returns the text with comments and the content of literals replaced by spaces, so that they are not
    mutated."""
    def blank(match):
        found = match[0]
        if found.startswith(("\"", "'")):
            return found[0] + " " * (len(found) - 2) + found[-1]
        return re.sub(r"[^\n]", " ", found)
    return re.sub(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", blank, text, flags=re.DOTALL)


def _numbers(match):
    value = int(match[1], 0)
    for other in (value + 1, value - 1):
        # 1 - 1 is excluded, because it usually equals a swapped comparison.
        if other > value or other > 0:
            yield (hex(other) if match[1].startswith("0x") else str(other)) + match[2]


def _changes(line, code):
    """Yields (start, end, replacement) for each fault of a line. Comments and literals of `code` are spaces."""
    for pattern, replacement in SWAPS:
        for match in re.finditer(pattern, code):
            yield match.start(), match.end(), replacement
    answer = ANSWER.search(code)
    if answer:
        yield answer.start(1), answer.end(1), str(1 - int(answer[1]))
        return
    for match in NUMBER.finditer(code):
        for other in _numbers(match):
            yield match.start(), match.end(), other
    for match in CHARACTER.finditer(code):
        yield match.start(), match.end(), f"({line[match.start():match.end()]} + 1)"
    for match in SIZE.finditer(code):
        yield match.start(), match.end(), f"({match[0]} - 1u)"
    for match in ERROR.finditer(code):
        yield match.start(), match.end(), "0" if match[0] == "-1" else "AMP_OK"
    match = CONDITION.match(code)
    if match:
        yield match.start(1), match.end(1), f"!({line[match.start(1):match.end(1)]})"


def _is_dropped(statement):
    if CALL.match(statement):
        return not re.match(r"\s+(?:return|if|for|while|switch|AMP_STATIC_ASSERT)\b", statement)
    return not DECLARATION.match(statement) and bool(STORE.match(statement) or STEP.match(statement))


def _statement_at(codes, number):
    """Returns the number of lines of the statement that starts here, or 0."""
    for count in range(1, LONGEST + 1):
        statement = "\n".join(codes[number:number + count])
        if statement.rstrip().endswith((";", "{", "}", ":")) or number + count >= len(codes):
            above = codes[number - 1].rstrip() if number > 0 else ""
            begins = not above or above.endswith((";", "{", "}", ":", ")"))
            return count if begins and _is_dropped(statement) else 0
    return 0


def _texts(lines, codes, number):
    """Yields (count, replacement) for each fault that begins in a line."""
    line = lines[number]
    if not re.match(r"^\s*\w[\w ]*\**[\w]+\[[^=]*\];\s*$", codes[number]):  # an array that is only declared
        for start, end, replacement in _changes(line, codes[number]):
            yield 1, line[:start] + replacement + line[end:]
    count = _statement_at(codes, number)
    if count > 0:
        yield count, re.match(r"\s*", line)[0] + ";"


def _places(lines, codes):
    """Yields (number, function) for each line that may be mutated: code and data, but no member declarations."""
    depth = 0
    function = "-"
    record_depth = 0
    in_directive = False
    for number, code in enumerate(codes):
        directive = code.lstrip().startswith("#") or in_directive
        in_directive = directive and lines[number].rstrip().endswith("\\")
        if directive:
            continue
        if depth == 0 and code[:1].strip() and (match := OPENING.match(code)):
            function = match[1]
        opens_record = RECORD.search(code) and record_depth == 0
        if opens_record:
            record_depth = depth + 1
        if depth > 0 and not record_depth:
            yield number, function
        depth += code.count("{") - code.count("}")
        if depth < record_depth:
            record_depth = 0


def of_source(path, text):
    """Returns all mutants of a source."""
    lines = text.splitlines()
    codes = blanked(text).splitlines()
    seen = {}
    for number, function in _places(lines, codes):
        made = set()
        for count, after in _texts(lines, codes, number):
            before = " ".join(line.strip() for line in lines[number:number + count])
            identity = function, before, after.strip()
            if after == lines[number] or identity in made:
                continue
            made.add(identity)
            seen[identity] = seen.get(identity, 0) + 1
            shown = "" if after.strip() == ";" else after.strip()
            yield Mutant(path, function, number, count, before, shown, seen[identity])


def with_mutant(text, mutant):
    """Returns the text of a source with one mutant in it. It has as many lines as the original."""
    lines = text.splitlines(keepends=True)
    lines[mutant.first:mutant.first + mutant.count] = [(mutant.after or ";") + "\n"] + ["\n"] * (mutant.count - 1)
    return "".join(lines)
