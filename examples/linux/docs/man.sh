#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the manual page of the command line client: the text of --help, with a description and examples.
# usage: man.sh BINARY [FILE]
set -eu
[ -z "${2:-}" ] || exec > "$2"
tab=$(printf '\t')
here=$(dirname "$0")
table=$(sh "$here/table.sh" "$1" | sed 's/\\/\\e/g; s/-/\\-/g')

# rows KIND PROGRAM: runs the awk program on the rows of that kind
rows() {
    printf '%s\n' "$table" | awk -F "$tab" -v kind="$1" '$1 == kind { '"$2"' }'
}

cat << END
.TH AMPERSAND 1 "" "$("$1" --version)" "User Commands"
.SH NAME
ampersand \\- manage the connections of an Ampersand project
.SH SYNOPSIS
.B ampersand
[options] COMMAND ...
.br
.B ampersand help
[COMMAND]
.SH DESCRIPTION
Checks over HTTPS whether a customer's connections and installations are healthy, and creates, changes and deletes
them.
.PP
Each record is printed when it arrives, in a table, or with
.B \\-\\-json
as one JSON object per line with the member names of the service. Errors are printed on standard error: one sentence
with the stage, the reason and the remedy.
.PP
A secret is never an argument: secrets are read from a file, from standard input or from the environment.
.SH COMMANDS
END
rows command 'printf ".TP\n\\fB%s\\fR %s\n%s.\n", $2, $3, $4'

echo '.SH OPTIONS OF EVERY COMMAND'
option='printf ".TP\n\\fB%s\\fR \\fI%s\\fR\n%s.\n", $3, $4, $5'
rows option "if (\$2 == \"*\") $option"

echo '.SH OPTIONS OF SOME COMMANDS'
rows option "if (\$2 != \"*\" && !seen[\$3]++) $option"

echo '.SH ENVIRONMENT'
rows option 'if (match($5, /\[\$[A-Z_]*\]/)) printf ".TP\n.B %s\nThe default of\n.BR %s .\n", substr($5, RSTART + 2, RLENGTH - 3), $3'
cat << END
.TP
.B AMP_API_KEY
The API key, unless
.B \\-\\-api\\-key\\-file
is used.
.TP
.B NO_COLOR
Disables colours on a terminal when it is not empty.
.SH EXIT STATUS
END
rows status 'printf ".TP\n.B %s\n%s.\n", $2, $3'
cat << END
.SH EXAMPLES
.PP
.nf
export AMP_PROJECT=my\\-project AMP_API_KEY=...
.fi
END
# A line is broken at " \\e ", the escape of a backslash.
rows example 'gsub(/ \\e /, " \\e\n    ", $3); printf "%s%s\n", $2 != words ? ".PP\n.nf\n" : "", $3; words = $2' |
    awk '$0 == ".PP" && NR > 1 { print ".fi" } { print } END { print ".fi" }'
