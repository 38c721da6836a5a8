/* SPDX-License-Identifier: MIT */
/* A program that needs more stack than exists. It must end, and must not reach its last line. */
#include "board.h"

static uint32_t descend(uint32_t depth)
{
    volatile uint8_t frame[64];
    frame[0] = (uint8_t)depth;
    uint32_t sum = depth > 0 ? descend(depth - 1u) : 0;
    return sum + frame[0];
}

int main(void)
{
    board_print("full stack\n");
    uint32_t sum = descend(1000);
    board_print("nothing happened\n");
    return sum == 0;
}
