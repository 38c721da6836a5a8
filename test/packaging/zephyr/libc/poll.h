/* Compared with Zephyr 3.6 (include/zephyr/posix): it includes zephyr/net/socket.h, whose values are Linux's;
 * here they are ESP-IDF's. */
#pragma once
#include <sys/poll.h>
