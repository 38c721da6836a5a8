# SPDX-License-Identifier: MIT
# Debian has no emulated board for this target, so the library is only compiled and its size printed.
. test/targets/board.sh
need_tool 'command -v xtensa-lx106-elf-gcc' gcc-xtensa-lx106
need_tool 'echo "#include <string.h>" | xtensa-lx106-elf-gcc -E -xc -' picolibc-xtensa-lx106-elf
compiler=xtensa-lx106-elf-gcc
target_is "32 bits, little endian, char is unsigned" $compiler
take_headers
compile_library xtensa-lx106-elf-size
