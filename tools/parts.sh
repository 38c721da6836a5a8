# SPDX-License-Identifier: MIT
# To be sourced, in the project's folder, by test/NAME/run.sh of a test that has parts.

# run_parts NAME PART...: runs test/NAME/parts/PART.sh one after the other, all of them whatever becomes of
# one. Each sources tools/part.sh. It is told $suite, that is NAME, its own name, $part, and $root, the folder
# that all of them may use.
run_parts() {
    suite=$1
    shift
    mkdir -p "${AMPERSAND_BUILD:-build}/$suite"
    root=$(cd "${AMPERSAND_BUILD:-build}/$suite" && pwd)
    export suite root
    passed=0 failed=0 skipped=0
    for part in "$@"; do
        [ -f "test/$suite/parts/$part.sh" ] || { echo "there is no test/$suite/parts/$part.sh" >&2; return 2; }
        echo "-- $part"
        result=0
        export part
        sh -eu "test/$suite/parts/$part.sh" || result=$?
        case $result in
        0) passed=$((passed + 1)) ;;
        77) skipped=$((skipped + 1)) ;;
        *)
            failed=$((failed + 1))
            echo "FAILED $suite: $part" >&2
            ;;
        esac
    done
    echo "$suite: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
