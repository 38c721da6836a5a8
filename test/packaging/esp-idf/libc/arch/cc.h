#pragma once
#include <errno.h>
#include <stdlib.h>
#include <sys/time.h>
#define LWIP_PLATFORM_ASSERT(text) abort()
#define LWIP_PLATFORM_DIAG(text)
