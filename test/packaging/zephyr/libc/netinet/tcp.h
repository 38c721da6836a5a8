/* Compared with Zephyr 3.6 (include/zephyr/posix): it includes zephyr/net/socket.h, which includes
 * sys/util.h. The macros of sys/util.h are those of names/zephyr.h. The sockets are lwIP's here. */
#pragma once
#include "../../../../check/names/zephyr.h"
#include <netinet/in.h>
