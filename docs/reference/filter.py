# SPDX-License-Identifier: MIT
"""Turns a public header's plain comments into those of Doxygen, and says what the tables know.

- A comment before a declaration, or behind it, is about it; one before several without a blank line
  between is about each. The first of a file is about the file.
- Enumerations made of X-macros are written out, with the texts of their lists.
- Operations made of AMP_OPERATION_ are written out as the two functions that they declare.
- A member of a record that a schema table fills tells its path in the answer, and each enumerator of
  a table's rows does. An argument without a comment is an optional one of the service's name; another
  member without one is described by the comment of its struct or file that names it.
- Members of a struct whose comment says that it is private are left out.

usage: filter.py HEADER
"""
import pathlib
import re
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
KINDS = {"AMP_STRING": "text that identifies", "AMP_STRING_TRUNC": "text that describes, cut to fit", "AMP_INT": "a number",
         "AMP_BOOL": "0 or 1", "AMP_TIME": "a time", "AMP_RECORD": "a record", "AMP_OBJECT": "an object",
         "AMP_ARRAY": "an array", "AMP_RECORDS": "each element of an array"}
ROW = re.compile(r'(?:\[(\w+)\] =\s*)?\b([A-Z_]+)\(\s*("(?:[^"\\]|\\.)*")\s*,\s*([^)]*)\)')
SHORTHAND = re.compile(r"#define (\w+)\(path, type,( flags,)? member\)\s*\\?\s*AMP_FIELD\(path, type, \w+, (\w+), member\)")


def tables():
    """What the members of structs, by (struct, member), and the rows of tables, by enumerator, are in
    the service's answer."""
    known = {}
    for path in sorted((PROJECT / "src").rglob("*.c")):
        text = path.read_text()
        structs = {name: struct for name, _, struct in SHORTHAND.findall(text)}
        for row, macro, name, rest in ROW.findall(text):
            args = [arg.strip() for arg in rest.split(",")]
            if macro not in structs and macro not in ("AMP_FIELD", "AMP_CONTAINER", "AMP_NESTED", "AMP_ARRAY_OF"):
                continue
            kind = {"AMP_NESTED": "AMP_RECORD", "AMP_ARRAY_OF": "AMP_RECORDS"}.get(macro, args[0])
            said = f"{name}: {KINDS[kind]}, {'required' if args[1] == 'AMP_REQUIRED' else 'optional'}."
            known[row] = said
            if macro != "AMP_CONTAINER":
                known[structs.get(macro, args[-2]), args[-1]] = said
    return known


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def strip_comment(lines):
    """The text of a comment, as lines."""
    text = "\n".join(lines).strip()
    text = re.sub(r"^/\*\s?|\s*\*/$", "", text)
    return [re.sub(r"^\s*\* ?", "", line) for line in text.split("\n")]


def escape(line):
    return re.sub(r"([@\\<>&#%$])", r"\\\1", line)


def block(lines, indent=""):
    """A comment of Doxygen's. What is indented, or between dashes, is set as it stands."""
    out, verbatim, item = [], False, False
    for line in lines:
        is_fixed = line.startswith("  ")
        is_row = re.match(r"AMP_[A-Z_]+  ", line) is not None
        if (is_fixed and not item) != verbatim and (line.strip() or verbatim):
            if line.strip() or not is_fixed:
                out.append("@endverbatim" if verbatim else "@verbatim")
                verbatim = not verbatim
        if verbatim:
            out.append(line)
            continue
        item = bool(re.match(r"(- |\d+\. )", line)) or is_row or (item and is_fixed)
        line = line.strip()
        out.append(("- " if is_row else "") + escape(line))
    if verbatim:
        out.append("@endverbatim")
    return [indent + "/** " + out[0]] + [indent + " * " + line for line in out[1:]] + [indent + " */"]


def expand_lists(text):
    """Writes out enumerations that are made of a list and a macro."""
    joined = re.sub(r"\\\n\s*", " ", text)
    lists = {name: re.findall(r"X\(((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"(?:\s*\")?)*)\)", body)
             for name, body in re.findall(r"#define (AMP_\w+_LIST)\(X\)(.*)", joined)}
    shapes = {name: (args, body) for name, args, body in re.findall(r"#define (AMP_\w+_ENUMERATOR_)\(([^)]*)\) (.*),", joined)}

    def write_out(match):
        entries, (params, shape) = lists[match.group(1)], shapes[match.group(2)]
        lines = ["typedef enum {"]
        for entry in entries:
            name, _, rest = entry.partition(",")
            words = " ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', rest)).replace("  ", " ")
            values = [name.strip()] + [part.strip() for part in rest.split(",")]
            code = shape
            for param, value in zip([p.strip() for p in params.split(",")], values, strict=False):
                code = re.sub(rf"\b{param}\b|##{param}\b", value, code)
            lines.append(f"    {code.replace('##', '')}, /* {words or 'See the table above.'} */")
        return "\n".join(lines) + f"\n}} {match.group(3)};"

    text = re.sub(r"typedef enum \{\s*(AMP_\w+_LIST)\((AMP_\w+_ENUMERATOR_)\)[^}]*\} (\w+);", write_out, text)
    return re.sub(r"#define AMP_\w+_ENUMERATOR_\(.*\n", "", text)


def expand_operations(text):
    text = re.sub(r"#define AMP_OPERATION\w*_\((?:.*\\\n)*.*\n", "", text)

    def write_out(match):
        only_start, name, out = match.groups()
        start = (f"\n\n/* Begins amp_{name}_t, never waits: AMP_OK, or AMP_ERR_STATE while a request is under\n"
                 f" * way. amp_step goes on. */\namp_status_t amp_start_{name}(amp_client_t *client, "
                 f"const amp_{name}_t *args, {out} *out);")
        wait = (f"\n\n/* amp_{name}_t from beginning to end, up to the deadline: AMP_OK or the error. */\n"
                f"amp_status_t amp_{name}(amp_client_t *client, const amp_{name}_t *args, {out} *out);")
        return start + ("" if only_start else wait)

    return re.sub(r"^AMP_OPERATION(_LIST)?_\((\w+), (\w+)\);", write_out, text, flags=re.M)


class Writer:
    def __init__(self, name):
        self.known = tables()
        self.out = []
        self.comment = None      # of the declaration to come
        self.last = None         # of the one before, as long as no blank line came
        self.is_file = True
        self.about_file = ""
        self.all_private = name == "state.h"

    def take_comment(self, lines):
        if self.is_file and "SPDX" not in lines[0]:
            self.is_file = False
            text = strip_comment(lines)
            self.about_file = "\n".join(text)
            self.out += self.file_block(text)
            return
        if "SPDX" not in lines[0]:
            self.comment = strip_comment(lines)

    @staticmethod
    def file_block(text):
        made = block(text)
        return [made[0].replace("/** ", "/** @file\n * ", 1)] + made[1:]

    def doc(self, indent=""):
        text = self.comment if self.comment is not None else self.last
        self.last, self.comment = text, None
        if text is not None:
            self.out += block(text, indent)

    def blank(self):
        self.last = self.comment = None
        self.out.append("")

    def declaration(self, lines, trailing):
        self.comment = strip_comment(trailing) if trailing and self.comment is None else self.comment
        self.doc()
        self.out += lines

    def body(self, opening, members, closing):
        """A struct or enumeration, whole."""
        name = re.search(r"\}\s*(\w+)?", closing).group(1) or re.search(r"(?:struct|union|enum) (\w+)", opening)
        name = name if isinstance(name, str) or name is None else name.group(1)
        about = " ".join(self.comment or [])
        is_private = self.all_private or re.search(r"\b[Pp]rivate\b", about) is not None
        self.doc()
        self.out.append(opening)
        if is_private:
            self.out.append("/** @cond */")
        for code, text in members:
            known = self.known.get((name, member_name(code))) or self.known.get(member_name(code))
            text = ([known] if known else []) + (text or []) or guess(code, about, self.about_file)
            if text:
                self.out += block(text, "    ")
            self.out.append(code)
        if is_private:
            self.out.append("/** @endcond */")
        self.out.append(closing)


def member_name(code):
    match = re.search(r"\(\*(\w+)\)|(\w+)(?:\[[^\]]*\])*\s*(?:;|,|=.*)?\s*$", code.strip())
    return (match.group(1) or match.group(2)) if match else None


def guess(code, about, about_file):
    """What the rules above, and those of the headers, say of a member without a comment."""
    member = member_name(code)
    if member == "mask":
        return ["What was in the answer: AMP_HAS, AMP_WAS_TRUNCATED."]
    if re.search(rf"\b{member}\b", about):
        return ["See the description of the struct."]
    if f"`{member}`" in about_file:
        return ["See the rules of this file."]
    if member.endswith("_count"):
        return [f"How many there are in {member[:-6]}s."]
    if member.endswith("_ctx"):
        return [f"What {member[:-4]} is called with."]
    if re.match(r"\s*amp_(str|metadata_list|credential)_t ", code):
        return [f"The service's {camel(member)}, optional."]
    return None


def split_members(lines):
    """(code, comment or None) of each member: its comment is before it or behind it."""
    members, before, code, text, inside, inside_trails = [], None, [], None, None, False
    for line in lines:
        stripped = line.strip()
        if inside is not None:
            inside.append(stripped)
            if "*/" in stripped:
                if code:
                    text = strip_comment(inside)
                elif before is None and members and members[-1][1] is None and inside_trails:
                    members[-1] = (members[-1][0], strip_comment(inside))
                else:
                    before = strip_comment(inside)
                inside = None
            continue
        if not stripped:
            before = None
            continue
        match = re.match(r"(.*?)\s*(/\*.*)?$", stripped)
        part, comment = match.group(1), match.group(2)
        if part:
            code.append(part)
        if comment and "*/" in comment:
            if part:
                text = strip_comment([comment])
            else:
                before = strip_comment([comment])
        elif comment:
            inside, inside_trails = [comment], bool(part)
            if part and re.search(r"[;,]$", part):
                members.append(("    " + " ".join(code), before))
                before, code = None, []
            continue
        if code and (re.search(r"[;,]$", code[-1]) or (text and not part.endswith("("))):
            members.append(("    " + " ".join(code), text if text is not None else before))
            before, code, text = None, [], None
    if code:
        members.append(("    " + " ".join(code), text if text is not None else before))
    return members


def split_one_line(line):
    match = re.match(r"((?:typedef )?(?:enum|struct)\s*\w*\s*\{)(.*)(\}.*;)$", line)
    return match.groups() if match else None


def write(path):
    text = expand_operations(expand_lists(path.read_text()))
    writer = Writer(path.name)
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        stripped = line.strip()
        if not stripped:
            writer.blank()
        elif stripped.startswith("/*"):
            end = at
            while "*/" not in lines[end]:
                end += 1
            writer.take_comment(lines[at:end + 1])
            at = end
        elif split_one_line(stripped):
            opening, members, closing = split_one_line(stripped)
            writer.body(opening, [(m.strip() + ",", None) for m in members.split(",") if m.strip()], closing)
        elif re.match(r"(typedef )?(struct|enum)\b[^;]*\{$", stripped):
            end = at + 1
            while not lines[end].startswith("}"):
                end += 1
            writer.body(line, split_members(lines[at + 1:end]), lines[end])
            at = end
        elif stripped.startswith("#"):
            end = at
            while lines[end].endswith("\\"):
                end += 1
            code, trailing = lines[at:end + 1], None
            match = re.match(r"(#define .*?)\s*(/\*.*)$", line)
            if match and end == at:
                last = at
                while "*/" not in lines[last]:
                    last += 1
                code, trailing, end = [match.group(1)], [match.group(2)] + lines[at + 1:last + 1], last
            if stripped.startswith("#define"):
                writer.declaration(code, trailing)
            else:
                writer.out += code
            at = end
        else:
            end = at
            while not re.search(r"[;{}]\s*(/\*.*)?$", lines[end]):
                end += 1
            code, trailing = lines[at:end + 1], None
            match = re.match(r"(.*?;)\s*(/\*.*)$", lines[end])
            if match:
                last = end
                while "*/" not in lines[last]:
                    last += 1
                code[-1], trailing = match.group(1), [match.group(2)] + lines[end + 1:last + 1]
                end = last
            if stripped.startswith(("extern \"C\"", "}")):
                writer.out += code
            elif code[-1].rstrip().endswith("{"):
                writer.declaration(code, trailing)
                end += 1
                while lines[end] != "}":
                    writer.out.append(lines[end])
                    end += 1
                writer.out.append("}")
            else:
                writer.declaration(code, trailing)
            at = end
        at += 1
    return "\n".join(writer.out) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write(pathlib.Path(sys.argv[1])))
