/* SPDX-License-Identifier: MIT */
/* Records the functions of the library that a test program enters. library.py compiles the library with
 * -finstrument-functions and links this file into it.
 *
 * The file in AMPERSAND_REACH has a byte for each address of the library, relative to its start. The byte at
 * a function's address is 1 if the function ran. The file is mapped, so that the records survive _exit and
 * signals. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define SIZE ((size_t)4 << 20)
#define UNTRACED __attribute__((no_instrument_function))

extern const char __ehdr_start __attribute__((visibility("hidden"))); /* the library's start */
static uint8_t *entered;

void __cyg_profile_func_enter(void *function, void *caller) UNTRACED;
void __cyg_profile_func_exit(void *function, void *caller) UNTRACED;

__attribute__((constructor)) UNTRACED static void map_file(void)
{
    const char *name = getenv("AMPERSAND_REACH");
    int file = name == NULL ? -1 : open(name, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, SIZE) != 0) {
        return;
    }
    void *map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    entered = map == MAP_FAILED ? NULL : map;
    close(file);
}

void __cyg_profile_func_enter(void *function, void *caller)
{
    uintptr_t at = (uintptr_t)function - (uintptr_t)&__ehdr_start;
    (void)caller;
    if (entered != NULL && at < SIZE) {
        entered[at] = 1;
    }
}

void __cyg_profile_func_exit(void *function, void *caller)
{
    (void)function;
    (void)caller;
}
