/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: two macros of a dozen. */
#pragma once
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
