#!/bin/sh
# SPDX-License-Identifier: MIT
# Formats the C sources by .clang-format, with version 14 of clang-format. Other versions differ in details.
#
#   sh tools/format.sh           rewrites the files that differ
#   sh tools/format.sh --check   names them, and fails if there are any
set -eu
cd "$(dirname "$0")/.."
. tools/need.sh
need 'command -v clang-format-14' clang-format-14
mode=-i
[ "${1:-}" != --check ] || mode="--dry-run -Werror"
# Corpora and recorded data are not source code.
git ls-files --cached --others --exclude-standard '*.c' '*.h' | xargs clang-format-14 $mode
