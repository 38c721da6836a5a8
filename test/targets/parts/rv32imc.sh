# SPDX-License-Identifier: MIT
stride=31 # the same sizes and byte order as cortex-m0plus
. test/targets/board.sh
need_tool 'command -v riscv64-unknown-elf-gcc' gcc-riscv64-unknown-elf
need_tool 'riscv64-unknown-elf-gcc --specs=picolibc.specs -E -xc /dev/null' picolibc-riscv64-unknown-elf
need_tool 'command -v qemu-system-riscv32' qemu-system-misc
compiler="riscv64-unknown-elf-gcc --specs=picolibc.specs -march=rv32imc -mabi=ilp32"
target_is "32 bits, little endian, char is unsigned" $compiler
take_headers
compile_library riscv64-unknown-elf-size
compile_cmocka
link="--oslib=semihost --crt0=hosted -Tpicolibc.ld -Wl,--gc-sections,--defsym=__flash=0x80000000"
link="$link,--defsym=__flash_size=4M,--defsym=__ram=0x80400000,--defsym=__ram_size=16M,--defsym=__stack_size=1M"
run="qemu-system-riscv32 -M virt -bios none -nographic -monitor none -serial none"
run="$run -semihosting-config enable=on,target=native -kernel"
must_fail test/targets/broken.c '^\[  FAILED  \] is_wrong'
test_board
