/* Compared with ESP-IDF 5.1.7, 5.3.5, 5.5.5 and 6.0.2: it includes the same header. */
#pragma once
#include "lwip/inet.h"
