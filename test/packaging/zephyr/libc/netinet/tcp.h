/* Compared with Zephyr 3.6 (include/zephyr/posix): it includes zephyr/net/socket.h and by it sys/util.h,
 * whose macros are those of names/zephyr.h. The sockets are lwIP's here. */
#pragma once
#include "../../../../check/names/zephyr.h"
#include <netinet/in.h>
