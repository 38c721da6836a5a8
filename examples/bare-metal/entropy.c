/* SPDX-License-Identifier: MIT */
/* The source of randomness: the emulator's host. A real board replaces this file with its hardware generator.
 * TLS is impossible without one. */
#include "board.h"
#include "network.h"

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len);

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len)
{
    (void)ctx;
    *out_len = 0;
    if (emulator_random(out, len) != 0) {
        return -1;
    }
    *out_len = len;
    return 0;
}

uint32_t network_random(void)
{
    uint32_t number = 0;
    if (emulator_random((uint8_t *)&number, sizeof number) != 0) {
        board_print("no randomness\n");
        board_exit(1);
    }
    return number;
}
