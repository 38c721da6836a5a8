#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the fish completion of the command line client: commands, options with their texts, and files. It is made
# from the help of the client.
# usage: completion_fish.sh BINARY [FILE]
set -eu
[ -z "${2:-}" ] || exec > "$2"
sh "$(dirname "$0")/table.sh" "$1" | awk -F "$(printf '\t')" -v q="'" '
    # The first clause of a text, as a quoted word.
    function brief(text) {
        sub(/ *[;:(\[].*/, "", text)
        gsub(q, "\\" q, text)
        return q text q
    }
    function complete(condition, rest) {
        return "complete -c ampersand -n " q condition q " " rest "\n"
    }
    $1 == "command" {
        n = split($2, word, " ")
        if (!seen[word[1]]++) first[++firsts] = word[1]
        text_of[word[1]] = n == 1 ? $4 : text_of[word[1]] (text_of[word[1]] == "" ? "" : ", ") word[2]
        if (n == 2) rows = rows complete("__ampersand_at " word[1], "-a " word[2] " -d " brief($4))
        if ($2 == "decode") {
            match($4, /KIND is .*/)
            kinds = substr($4, RSTART + 8)
            gsub(/,| or/, "", kinds)
            rows = rows complete("__ampersand_at decode", "-a " q kinds q)
            rows = rows complete("__ampersand_in decode; and not __ampersand_at decode", "-F")
        }
    }
    $1 == "option" {
        letter = match($5, /also -[A-Za-z]/) ? " -s " substr($5, RSTART + 6, 1) : ""
        value = $4 == "" ? "" : $4 == "F" ? " -rF" : " -x"
        option = "-l " substr($3, 3) letter value " -d " brief($5)
        rows = rows ($2 == "*" ? "complete -c ampersand " option "\n" : complete("__ampersand_in " $2, option))
        if ($4 != "" && !has_value[$3]++) valued = valued " " $3
    }
    END {
        print "# Fish completion of ampersand, generated from its --help."
        print "# Prints the words before the cursor, without options and their values."
        print "function __ampersand_words"
        print "    set -l tokens (commandline -opc)"
        print "    set -l words"
        print "    set -l is_value 0"
        print "    for token in $tokens[2..-1]"
        print "        if test $is_value = 1"
        print "            set is_value 0"
        print "            continue"
        print "        end"
        print "        switch $token"
        print "            case" valued
        print "                set is_value 1"
        print "            case \"-*\""
        print "            case \"*\""
        print "                set -a words $token"
        print "        end"
        print "    end"
        print "    echo \"$words\""
        print "end"
        print "# Succeeds when the words are these."
        print "function __ampersand_at"
        print "    test (__ampersand_words) = \"$argv\""
        print "end"
        print "# Succeeds when the words begin with these."
        print "function __ampersand_in"
        print "    string match -q -- \"$argv *\" (__ampersand_words)\" \""
        print "end"
        print "complete -c ampersand -f"
        for (i = 1; i <= firsts; i++)
            printf "%s", complete("__ampersand_at", "-a " first[i] " -d " brief(text_of[first[i]]))
        printf "%s%s", rows, complete("__ampersand_at", "-a help -d " q "print the help of a command" q)
    }'
