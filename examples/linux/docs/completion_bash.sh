#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the bash completion of the command line client: words of commands, options and files. It is made from the
# help of the client.
# usage: completion_bash.sh BINARY [FILE]
set -eu
[ -z "${2:-}" ] || exec > "$2"
tab=$(printf '\t')
table=$(sh "$(dirname "$0")/table.sh" "$1")

# names KIND PROGRAM: prints the output of the awk program for the rows of that kind on one line, sorted and unique
names() {
    printf '%s\n' "$table" | awk -F "$tab" -v kind="$1" '$1 == kind { '"$2"' }' | LC_ALL=C sort -u | tr '\n' ' ' | sed 's/ $//'
}

cat << END
# Bash completion of ampersand, generated from its --help.
_ampersand() {
    local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} words= i word
    case \$prev in
    $(names option 'if ($4 == "F") print $3' | sed 's/ /|/g'))
        compopt -o filenames
        COMPREPLY=(\$(compgen -f -- "\$cur"))
        return
        ;;
    $(names option 'if ($4 != "" && $4 != "F") print $3' | sed 's/ /|/g'))
        return
        ;;
    esac
    for ((i = 1; i < COMP_CWORD; ++i)); do
        word=\${COMP_WORDS[i]}
        case \$word in
        $(names option 'if ($4 != "") print $3' | sed 's/ /|/g')) ((++i)) ;;
        -*) ;;
        *) words+="\${words:+ }\$word" ;;
        esac
    done
    local options="$(names option 'if ($2 == "*") print $3')" next=
    case \$words in
    "") next="$(names command 'split($2, word, " "); print word[1]') help" ;;
END
printf '%s\n' "$table" | awk -F "$tab" '
    $1 == "command" {
        n = split($2, word, " ")
        if (n == 2) next_of[word[1]] = next_of[word[1]] " " word[2]
        else if (!($2 in next_of)) next_of[$2] = ""
        commands[++count] = $2
        if ($2 == "decode") { match($4, /KIND is .*/); kinds = substr($4, RSTART + 8) }
    }
    $1 == "option" && $2 != "*" { options[$2] = options[$2] " " $3 }
    END {
        gsub(/,| or/, "", kinds)
        for (i = 1; i <= count; i++) {
            split(commands[i], word, " ")
            if (next_of[word[1]] != "" && !done[word[1]]++)
                printf "    \"%s\") next=\"%s\" ;;\n", word[1], substr(next_of[word[1]], 2)
            if (commands[i] == "decode")
                printf "    \"decode\") next=\"%s\" ;;\n    \"decode \"*) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n", kinds
            if (options[commands[i]] != "")
                printf "    \"%s\"|\"%s \"*) options+=\"%s\" ;;\n", commands[i], commands[i], options[commands[i]]
        }
    }'
cat << END
    esac
    if [[ \$cur == -* ]]; then
        COMPREPLY=(\$(compgen -W "\$options" -- "\$cur"))
    elif [[ -n \$next ]]; then
        COMPREPLY=(\$(compgen -W "\$next" -- "\$cur"))
    fi
}
complete -F _ampersand ampersand
END
