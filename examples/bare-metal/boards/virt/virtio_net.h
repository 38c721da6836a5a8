/* SPDX-License-Identifier: MIT */
/* Access to the registers of the board's virtio devices. board.c implements it; tests of the driver have a
 * device of their own. */
#ifndef VIRTIO_NET_H
#define VIRTIO_NET_H

#include <stdint.h>

uint32_t virtio_read(uint32_t address);
uint8_t virtio_read_byte(uint32_t address);
void virtio_write(uint32_t address, uint32_t value);

#endif
