/* SPDX-License-Identifier: MIT */
/* lwIP's settings for the compiler and the platform. */
#ifndef ARCH_CC_H
#define ARCH_CC_H

#include <stdint.h>

uint32_t network_random(void); /* network.h */
#define LWIP_RAND() network_random()

#define LWIP_PLATFORM_DIAG(message) ((void)0)
#define LWIP_PLATFORM_ASSERT(message) ((void)0)

#endif
