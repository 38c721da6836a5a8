# SPDX-License-Identifier: MIT
# QEMU's virt board with a 32-bit RISC-V. rv32imc is the instruction set of the ESP32-C3.
CPU ?= rv32imc
CROSS ?= riscv64-unknown-elf-
TARGET := -march=$(CPU) -mabi=ilp32 --specs=picolibc.specs
LIBC :=
