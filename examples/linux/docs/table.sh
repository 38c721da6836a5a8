#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the help of the command line client as a table with tabs, for man.sh and the completions:
#   command  WORDS  SYNOPSIS  TEXT
#   option   WORDS  NAME  VALUE  TEXT    WORDS names the command; "*" is every command
#   example  WORDS  LINE                 " \ " in LINE is a place to break it
#   status   NUMBER  TEXT
# The indent of a line, from help.c, determines the kind of the line.
# usage: table.sh BINARY
set -eu
tab=$(printf '\t')

options='
    function flush_option() {
        if (option != "") print "option", option_of, option, value, option_text
        option = ""
    }
    function read_option(of) {
        flush_option()
        option_of = of
        option = $1
        sub(/^  --[^ ]+ /, "")
        value = ""
        if ($0 !~ /^ /) { value = $1; sub(/^[^ ]+/, "") }
        sub(/^ +/, "")
        option_text = $0
    }
    # A further line of the text of an option.
    function continue_option() { sub(/^ +/, ""); option_text = option_text " " $0 }'

table=$("$1" --help | sed 's/…/.../g' | awk -v OFS="$tab" "$options"'
    function flush() { if (words != "") print "command", words, synopsis, text; words = "" }
    /^[A-Z]/ { flush(); flush_option(); part = $1 }
    part == "Commands:" && /^  ampersand / {
        flush()
        words = $2
        if ($3 ~ /^[a-z]/) words = words " " $3
        synopsis = substr($0, length("  ampersand " words) + 2)
        text = ""
    }
    part == "Commands:" && /^            [^ ]/ { sub(/^ +/, ""); synopsis = synopsis " " $0; next }
    part == "Commands:" && /^      [^ ]/ { sub(/^ +/, ""); text = text (text == "" ? "" : " ") $0 }
    part == "Options" && /^  --/ { read_option("*"); next }
    part == "Options" && /^          / { continue_option() }
    part == "Exit" {
        sub(/^Exit status: /, ""); sub(/^ +/, ""); sub(/\.$/, "")
        exits = exits (exits == "" ? "" : " ") $0
    }
    END {
        n = split(exits, list, /, /)
        for (i = 1; i <= n; i++) {
            at = index(list[i], " ")
            print "status", substr(list[i], 1, at - 1), substr(list[i], at + 1)
        }
    }')
printf '%s\n' "$table"

# The help of each command lists its own options and examples.
printf '%s\n' "$table" | sed -n "s/^command$tab\([^$tab]*\)$tab.*/\1/p" | while IFS= read -r words; do
    # shellcheck disable=SC2086
    "$1" $words --help | awk -v OFS="$tab" -v words="$words" "$options"'
        function flush_example() { if (example != "") print "example", words, example; example = "" }
        /^[A-Z]/ { flush_option(); flush_example(); part = $1 }
        part == "Its" && /^  --/ { read_option(words); next }
        part == "Its" && /^          / { continue_option() }
        part == "Examples:" && /^    [^ ]/ { flush_example(); sub(/^ +/, ""); example = $0 }
        part == "Examples:" && /^        / { sub(/^ +/, ""); example = example " " $0 }
        END { flush_option(); flush_example() }'
done
