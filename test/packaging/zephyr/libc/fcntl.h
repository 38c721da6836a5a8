/* As Zephyr has it, which is less than newlib has. */
#pragma once
#define O_NONBLOCK 0x4000
#define F_DUPFD 0
#define F_GETFL 3
#define F_SETFL 4
int fcntl(int fildes, int cmd, ...);
