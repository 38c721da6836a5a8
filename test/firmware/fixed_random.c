/* SPDX-License-Identifier: MIT */
/* The same numbers in each run, so that each handshake is the same. They are NOT random: with this file
 * anyone can decrypt the traffic. Only tests compile it. */
#if !defined(AMPERSAND_TEST_BUILD)
#error "fixed_random.c is for tests only: a device needs a source of true random numbers"
#endif

#include <stddef.h>
#include <stdint.h>

#include "network.h"

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len);

/* check_image.sh refuses an image with this name. */
uint32_t fixed_random(uint32_t *last);

uint32_t fixed_random(uint32_t *last)
{
    *last = *last * 1664525u + 1013904223u;
    return *last >> 8;
}

int mbedtls_hardware_poll(void *ctx, unsigned char *out, size_t len, size_t *out_len)
{
    static uint32_t last = 1;
    (void)ctx;
    for (size_t i = 0; i < len; ++i) {
        out[i] = (unsigned char)fixed_random(&last);
    }
    *out_len = len;
    return 0;
}

uint32_t network_random(void)
{
    /* Has its own state, so that the network's calls do not change the numbers for TLS. */
    static uint32_t last = 2;
    return fixed_random(&last);
}
