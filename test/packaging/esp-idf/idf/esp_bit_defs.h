/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: BIT0 to BIT3 of 64. */
#pragma once
#define BIT0 0x00000001
#define BIT1 0x00000002
#define BIT2 0x00000004
#define BIT3 0x00000008
#define BIT(nr) (1UL << (nr))
#define BIT64(nr) (1ULL << (nr))
