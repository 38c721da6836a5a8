/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same headers. */
#pragma once
#include "lwip/if_api.h"
#include "lwip/sockets.h"
