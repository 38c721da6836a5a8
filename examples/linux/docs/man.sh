#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the manual page of the command line client: what --help says, and what is around it.
# usage: man.sh BINARY [FILE]
set -eu
[ -z "${2:-}" ] || exec > "$2"
tab=$(printf '\t')
here=$(dirname "$0")
table=$(sh "$here/table.sh" "$1" | sed 's/\\/\\e/g; s/-/\\-/g')

# rows KIND PROGRAM: the table's rows of that kind, by awk
rows() {
    echo "$table" | awk -F "$tab" -v kind="$1" '$1 == kind { '"$2"' }'
}

cat << END
.TH AMPERSAND 1 "" "$("$1" --version)" "User Commands"
.SH NAME
ampersand \\- look after connections of an Ampersand project
.SH SYNOPSIS
.B ampersand
[options] COMMAND ...
.SH DESCRIPTION
Asks the Ampersand service over HTTPS whether a customer's connections and installations are healthy,
and makes, changes and deletes them.
.PP
Records are printed as each arrives, in a table, or with
.B \\-\\-json
one JSON object a line with the service's names. Errors go to standard error: one sentence with what
failed, where, and what to do.
.PP
A secret is never an argument: it is read from a file, standard input or the environment.
.SH COMMANDS
END
rows command 'printf ".TP\n\\fB%s\\fR %s\n%s.\n", $2, $3, $4'

echo '.SH OPTIONS OF EVERY COMMAND'
option='printf ".TP\n\\fB%s\\fR \\fI%s\\fR\n%s.\n", $3, $4, $5'
rows option "if (\$2 == \"*\") $option"

echo '.SH OPTIONS OF SOME COMMANDS'
rows option "if (\$2 != \"*\" && !seen[\$3]++) $option"

echo '.SH ENVIRONMENT'
rows option 'if (match($5, /\[\$[A-Z_]*\]/)) printf ".TP\n.B %s\nStands in for\n.BR %s .\n", substr($5, RSTART + 2, RLENGTH - 3), $3'
cat << END
.TP
.B AMP_API_KEY
The API key, where no
.B \\-\\-api\\-key\\-file
is given.
.TP
.B NO_COLOR
No colours on a terminal, when it is set and not empty.
.SH EXIT STATUS
END
rows status 'printf ".TP\n.B %s\n%s.\n", $2, $3'
cat << END
.SH EXAMPLES
.nf
export AMP_PROJECT=my\\-project AMP_API_KEY=...
ampersand doctor
ampersand connection list \\-\\-group acme
ampersand \\-\\-json connection get 9d2c...
.fi
END
