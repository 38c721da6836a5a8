#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the zsh completion of the command line client: commands, options with their texts, and files. It is made
# from the help of the client.
# usage: completion_zsh.sh BINARY [FILE]
set -eu
[ -z "${2:-}" ] || exec > "$2"
sh "$(dirname "$0")/table.sh" "$1" | awk -F "$(printf '\t')" -v q="'" '
    # The first clause of a text, as a part of a quoted word.
    function brief(text) {
        sub(/ *[;:(\[].*/, "", text)
        gsub(q, q "\\" q q, text)
        return text
    }
    # An argument of _arguments: --name[text]:VALUE:action. An option that occurs often has a leading *.
    function specification() {
        return q ($5 ~ /up to [0-9]+ times/ ? "*" : "") $3 "[" brief($5) "]" \
            ($4 == "" ? "" : ":" $4 ":" ($4 == "F" ? "_files" : " ")) q
    }
    # An argument of _describe: word:text
    function described(word, text) { return q word ":" brief(text) q }
    $1 == "command" {
        n = split($2, word, " ")
        if (!seen[word[1]]++) first[++firsts] = word[1]
        text_of[word[1]] = n == 1 ? $4 : text_of[word[1]] (text_of[word[1]] == "" ? "" : ", ") word[2]
        if (n == 2) next_of[word[1]] = next_of[word[1]] "\n            " described(word[2], $4)
        commands[++count] = $2
        if ($2 == "decode") { match($4, /KIND is .*/); kinds = substr($4, RSTART + 8); gsub(/,| or/, "", kinds) }
    }
    $1 == "option" && $2 == "*" { everywhere = everywhere "\n        " specification() }
    $1 == "option" && $2 != "*" { own[$2] = own[$2] "\n            " specification() }
    $1 == "option" && $4 != "" && !has_value[$3]++ { valued = valued (valued == "" ? "" : "|") $3 }
    $1 == "option" && match($5, /also -[A-Za-z]/) {
        everywhere = everywhere "\n        " q substr($5, RSTART + 5, 2) "[" brief($5) "]" q
    }
    END {
        print "#compdef ampersand"
        print "# Zsh completion of ampersand, generated from its --help."
        print "_ampersand() {"
        print "    local -a next own everywhere"
        print "    local before="
        print "    integer i is_value=0"
        print "    everywhere=(" everywhere "\n    )"
        print "    for ((i = 2; i < CURRENT; ++i)); do"
        print "        case $words[i] in"
        print "        (" valued ") ((++i == CURRENT)) && is_value=1 ;;"
        print "        (-*) ;;"
        print "        (*) before+=${before:+ }$words[i] ;;"
        print "        esac"
        print "    done"
        print "    case $before in"
        print "    (\"\") next=("
        for (i = 1; i <= firsts; i++) print "            " described(first[i], text_of[first[i]])
        print "            " q "help:print the help of a command" q "\n        ) ;;"
        for (i = 1; i <= firsts; i++)
            if (first[i] in next_of) print "    (" first[i] ") next=(" next_of[first[i]] "\n        ) ;;"
        print "    (decode) next=(" kinds ") ;;"
        for (i = 1; i <= count; i++)
            if (commands[i] in own)
                print "    (" q commands[i] q "|" q commands[i] " " q "*) own=(" own[commands[i]] "\n        ) ;;"
        print "    esac"
        print "    if ((!is_value)) && ((#next)) && [[ $words[CURRENT] != -* ]]; then"
        print "        _describe -t commands command next"
        print "    elif [[ $before == \"decode \"* ]]; then"
        print "        _arguments : $everywhere $own \"*:FILE:_files\""
        print "    else"
        print "        _arguments : $everywhere $own \"*: : \""
        print "    fi"
        print "}"
        print "_ampersand \"$@\""
    }'
