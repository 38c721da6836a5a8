/* Compared with Zephyr 3.6 (include/zephyr/posix): it has fewer definitions than newlib, and no FD_CLOEXEC.
 * Only the flags that are used are here. */
#pragma once
#define O_NONBLOCK 0x4000
#define F_DUPFD 0
#define F_GETFL 3
#define F_SETFL 4
int fcntl(int fildes, int cmd, ...);
