#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the library on other instruction sets than this machine's, with QEMU:
#   big-endian     s390x, 64 bits: every unit test, some TLS tests, and the command line client
#                  against the sandbox
#   cortex-m0plus  with newlib, on an emulated Cortex-M3 that is configured to trap unaligned accesses
#   rv32imc        the ESP32-C3's instruction set, with picolibc
#   xtensa         the ESP8266's instruction set: compiled, not run
#
# For the last three, every file of the library compiles with the project's warnings as errors, including TLS.
# The first two of these run all unit tests that need no operating system. char is unsigned on all four
# targets, and signed on x86-64.
#
#   sh test/targets/run.sh             all targets
#   sh test/targets/run.sh TARGET...   only some: the files of test/targets/parts/
#
# All targets are skipped, by name, where AMPERSAND_TARGETS is 0. A target whose tools cannot be installed is
# skipped by name, and counted. Everything is built below build/targets (or $AMPERSAND_BUILD/targets).
set -eu
cd "$(dirname "$0")/../.."
if [ "${AMPERSAND_TARGETS:-1}" = 0 ]; then
    echo "SKIPPED targets: AMPERSAND_TARGETS is 0"
    exit 0
fi
. tools/parts.sh
[ $# -gt 0 ] || set -- big-endian cortex-m0plus rv32imc xtensa
run_parts targets "$@"
