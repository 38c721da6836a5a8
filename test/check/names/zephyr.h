/* SPDX-License-Identifier: MIT */
/* Short names that Zephyr's headers define: sys/util.h, sys/util_macro.h, toolchain/gcc.h, logging/log.h.
 *
 * Compared with Zephyr 3.6 (sys/util.h at 00d6fbea). Macros that are checked or generated in Zephyr expand to
 * less here. */
#ifndef NAMES_ZEPHYR_H
#define NAMES_ZEPHYR_H

#undef MIN
#undef MAX
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define CLAMP(val, low, high) (((val) <= (low)) ? (low) : MIN(val, high))
#define IN_RANGE(val, min, max) ((val) >= (min) && (val) <= (max))
#undef BIT
#undef BIT64
#define BIT(n) (1UL << (n))
#define BIT64(n) (1ULL << (n))
#define BIT_MASK(n) (BIT(n) - 1UL)
#define GENMASK(h, l) (((~0UL) - (1UL << (l)) + 1) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
#define FIELD_GET(mask, value) (((value) & (mask)) / LSB_GET(mask))
#define FIELD_PREP(mask, value) (((value)*LSB_GET(mask)) & (mask))
#define LSB_GET(value) ((value) & -(value))
#define BITS_PER_LONG (__CHAR_BIT__ * __SIZEOF_LONG__)
#define NUM_BITS(t) (sizeof(t) * 8)
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ARRAY_INDEX(array, ptr) ((ptr) - (array))
#define ARRAY_FOR_EACH(array, idx) for (size_t idx = 0; (idx) < ARRAY_SIZE(array); ++(idx))
#define PART_OF_ARRAY(array, ptr) ((ptr) != 0)
#define CONTAINER_OF(ptr, type, field) ((type *)(((char *)(ptr)) - offsetof(type, field)))
#define SAME_TYPE(a, b) 1
#define CONCAT(x, y) x##y
#define STRINGIFY(s) #s
#define ROUND_UP(x, align) ((((x) + (align)-1) / (align)) * (align))
#define ROUND_DOWN(x, align) (((x) / (align)) * (align))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define POINTER_TO_UINT(x) ((uintptr_t)(x))
#define UINT_TO_POINTER(x) ((void *)(uintptr_t)(x))
#define IS_ENABLED(config_macro) 0
#define COND_CODE_1(flag, yes, no) no
#define LISTIFY(len, f, sep) 0
#define FOR_EACH(f, sep, ...) 0
#define EMPTY
#define IDENTITY(v) v
#define KB(x) ((x) << 10)
#define MB(x) (KB(x) << 10)
#define GB(x) (MB(x) << 10)
#define KHZ(x) ((x)*1000)
#define MHZ(x) (KHZ(x) * 1000)
#define WAIT_FOR(expr, timeout, delay) (expr)
#define BUILD_ASSERT(expr, ...) extern int build_assert_is_not_used
#define ARG_UNUSED(x) (void)(x)
#define CODE_UNREACHABLE __builtin_unreachable()
#define popcount(x) __builtin_popcount(x)
#define LOG_ERR(...) ((void)0)
#define LOG_WRN(...) ((void)0)
#define LOG_INF(...) ((void)0)
#define LOG_DBG(...) ((void)0)
#define K_FOREVER 0
#define K_NO_WAIT 0
#define K_MSEC(ms) (ms)

#endif
