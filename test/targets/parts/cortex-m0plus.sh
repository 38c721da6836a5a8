# SPDX-License-Identifier: MIT
# QEMU's only Cortex-M0 board has 16 KB of RAM, which is too little for the tests. A Cortex-M3 executes the
# same instructions. cortex_m.c configures it to trap unaligned accesses, as a Cortex-M0+ does.
. test/targets/board.sh
need_tool 'command -v arm-none-eabi-gcc' gcc-arm-none-eabi
need_tool 'arm-none-eabi-gcc --specs=rdimon.specs -E -xc /dev/null' libnewlib-arm-none-eabi
need_tool 'command -v qemu-system-arm' qemu-system-arm
compiler="arm-none-eabi-gcc -mcpu=cortex-m0plus -mthumb"
target_is "32 bits, little endian, char is unsigned" $compiler
take_headers
compile_library arm-none-eabi-size
compile_cmocka
compile start test/targets/cortex_m.c
link="$out/start/cortex_m.o --specs=rdimon.specs -Wl,--gc-sections,--undefined=vectors,--section-start=.vectors=0"
run="qemu-system-arm -M mps2-an385 -nographic -monitor none -serial none"
run="$run -semihosting-config enable=on,target=native -kernel"
must_fail test/targets/broken.c '^\[  FAILED  \] is_wrong'
must_fail test/targets/unaligned.c '^the processor gave up'
test_board
