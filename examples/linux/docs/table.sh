#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the text of `ampersand --help` as a table with tabs, for man.sh and completion.sh:
#   command  WORDS  SYNOPSIS  TEXT
#   option   WORDS  NAME  VALUE  TEXT    WORDS names the command; "*" is every command
#   status   NUMBER  TEXT
# usage: table.sh BINARY
set -eu
tab=$(printf '\t')

options='
    function option(of,    name, value) {
        name = $1
        sub(/^  --[^ ]+ /, "")
        value = ""
        if ($0 !~ /^ /) { value = $1; sub(/^[^ ]+/, "") }
        sub(/^ +/, "")
        print "option", of, name, value, $0
    }'

table=$("$1" --help | sed 's/…/.../g' | awk -v OFS="$tab" "$options"'
    function flush() { if (words != "") print "command", words, synopsis, text; words = "" }
    /^[A-Z]/ { flush(); part = $1 }
    part == "Commands:" && /^  ampersand / {
        flush()
        words = $2
        if ($3 ~ /^[a-z]/) words = words " " $3
        synopsis = substr($0, length("  ampersand " words) + 2)
        text = ""
    }
    part == "Commands:" && /^      / { sub(/^ +/, ""); text = text (text == "" ? "" : " ") $0 }
    part == "Options" && /^  --/ { option("*") }
    part == "Exit" { sub(/^Exit status: /, ""); sub(/\.$/, ""); exits = exits (exits == "" ? "" : " ") $0 }
    END {
        n = split(exits, list, /, /)
        for (i = 1; i <= n; i++) {
            at = index(list[i], " ")
            print "status", substr(list[i], 1, at - 1), substr(list[i], at + 1)
        }
    }')
echo "$table"

# The help of each command lists its own options.
echo "$table" | sed -n "s/^command$tab\([^$tab]*\)$tab.*/\1/p" | while IFS= read -r words; do
    # shellcheck disable=SC2086
    "$1" $words --help | awk -v OFS="$tab" -v words="$words" "$options"'
        /^[A-Z]/ { inside = $0 == "Its options:" }
        inside && /^  --/ { option(words) }'
done
