# SPDX-License-Identifier: MIT
# To be sourced in the project's folder by test/NAME/run.sh, if the test has parts.

# run_parts NAME PART...: runs each test/NAME/parts/PART.sh in order, also after a failure. Each part sources
# tools/part.sh. Its variables are $suite (NAME), $part (PART), and $root, a folder that all parts share.
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
