#!/bin/sh
# SPDX-License-Identifier: MIT
# The library on instruction sets that are not this machine's, each in an emulator of QEMU's:
#   big-endian     s390x, 64 bits: every unit test, some of TLS, and the command line client
#                  against the sandbox
#   cortex-m0plus  with newlib, on an emulated Cortex-M3 that is told to refuse what is not aligned
#   rv32imc        the ESP32-C3's instructions, with picolibc
#   xtensa         the ESP8266's: compiled, not run
# For the last three every file of the library, TLS too, compiles with the project's warnings as errors,
# and those that run take all unit tests that need no operating system. A char has no sign on any of
# them; on x86-64 it has.
#
#   sh test/targets/run.sh             all of them
#   sh test/targets/run.sh TARGET...   some: the files of test/targets/parts/
#
# Skipped, by name, where AMPERSAND_TARGETS is 0; a target whose tools cannot be had here is skipped
# alone, by name, and counted. Everything is built below build/targets (or $AMPERSAND_BUILD/targets).
set -eu
cd "$(dirname "$0")/../.."
if [ "${AMPERSAND_TARGETS:-1}" = 0 ]; then
    echo "SKIPPED targets: AMPERSAND_TARGETS is 0"
    exit 0
fi
. tools/parts.sh
[ $# -gt 0 ] || set -- big-endian cortex-m0plus rv32imc xtensa
run_parts targets "$@"
