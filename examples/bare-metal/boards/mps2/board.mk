# SPDX-License-Identifier: MIT
# Arm's MPS2 board. QEMU's mps2-an385 has a Cortex-M3, mps2-an386 a Cortex-M4. CPU may also be cortex-m0plus.
CPU ?= cortex-m4
CROSS ?= arm-none-eabi-
TARGET := -mcpu=$(CPU) -mthumb
LIBC := --specs=nano.specs
