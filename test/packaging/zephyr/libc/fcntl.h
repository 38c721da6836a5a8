/* Compared with Zephyr 3.6 (include/zephyr/posix): less than newlib has, and so no FD_CLOEXEC; of the flags
 * those that are used. */
#pragma once
#define O_NONBLOCK 0x4000
#define F_DUPFD 0
#define F_GETFL 3
#define F_SETFL 4
int fcntl(int fildes, int cmd, ...);
