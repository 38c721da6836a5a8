/* SPDX-License-Identifier: MIT */
/* Loaded before the C library (LD_PRELOAD). Counts the system calls of a program, and makes one of them fail.
 * For tests with glibc only: test_torture.py runs every command of the client with it.
 *
 *   TORTURE_AT=N       the number of the call that fails, from 1
 *   TORTURE_OF=own     counts the calls by the program itself, and each write to standard output
 *   TORTURE_OF=memory  counts the allocations of the program and its libraries, except the C library:
 *                      getaddrinfo() of glibc 2.36 aborts or crashes when it gets no memory
 *   TORTURE_LOG=PATH   receives the name of the call that failed, and at the end the number of calls
 *
 * A call fails once, with a failure that the system could return. Later calls succeed. Standard output is
 * replaced by a stream of this file, because the C library's own write to the descriptor cannot be
 * intercepted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static unsigned long at;    /* which call fails; 0: none */
static unsigned long calls; /* calls so far */
static int of_memory;
static char log_path[4096];

typedef struct {
    uintptr_t low, high;
} code_t;

static code_t program, libc;

static void note(const char *line)
{
    const int fd = (int)syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    (void)!syscall(SYS_write, fd, line, strlen(line));
    (void)!syscall(SYS_write, fd, "\n", 1);
    (void)syscall(SYS_close, fd);
}

static int fails(const char *name)
{
    if (at == 0 || __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) != at) {
        return 0;
    }
    note(name);
    return 1;
}

static int is_in(const code_t *code, const void *caller)
{
    return (uintptr_t)caller >= code->low && (uintptr_t)caller < code->high;
}

static int own_fails(const char *name, const void *caller)
{
    return !of_memory && is_in(&program, caller) && fails(name);
}

static int memory_fails(const char *name, const void *caller)
{
    return of_memory && !is_in(&libc, caller) && fails(name);
}

/* Begins a replaced function. Returns `failure` and sets errno to `number` when this call must fail. */
#define MAY_FAIL(name, number, failure)                                                                      \
    if (own_fails(#name, __builtin_return_address(0))) {                                                     \
        errno = number;                                                                                      \
        return failure;                                                                                      \
    }
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Finds the code of the program, which is the first object, and of the C library. */
static int find_code(struct dl_phdr_info *info, size_t size, void *ctx)
{
    code_t *code = program.high == 0 ? &program : strstr(info->dlpi_name, "/libc.so") != NULL ? &libc : NULL;
    (void)size;
    (void)ctx;
    for (unsigned i = 0; code != NULL && i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0) {
            code->low = info->dlpi_addr + part->p_vaddr;
            code->high = code->low + part->p_memsz;
        }
    }
    return 0;
}

static ssize_t write_output(void *ctx, const char *data, size_t size)
{
    (void)ctx;
    if (!of_memory && fails("write to standard output")) {
        errno = ENOSPC;
        return 0;
    }
    size_t done = 0;
    while (done < size) {
        const ssize_t n = syscall(SYS_write, STDOUT_FILENO, data + done, size - done);
        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)done;
}

__attribute__((constructor)) static void begin(void)
{
    static const cookie_io_functions_t output = {.write = write_output};
    const char *number = getenv("TORTURE_AT");
    const char *path = getenv("TORTURE_LOG");
    const char *what = getenv("TORTURE_OF");
    if (number == NULL || path == NULL || what == NULL) {
        return;
    }
    of_memory = strcmp(what, "memory") == 0;
    (void)snprintf(log_path, sizeof log_path, "%s", path);
    (void)dl_iterate_phdr(find_code, NULL);
    stdout = fopencookie(NULL, "w", output);
    const unsigned long wanted = strtoul(number, NULL, 10);
    (void)unsetenv("TORTURE_AT"); /* child programs are not counted */
    at = wanted;
}

__attribute__((destructor)) static void end(void)
{
    char line[32];
    if (at != 0) {
        (void)snprintf(line, sizeof line, "%lu", calls);
        at = 0;
        note(line);
    }
}

void *malloc(size_t size)
{
    return memory_fails("malloc", __builtin_return_address(0)) ? errno = ENOMEM, NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    MAY_FAIL(calloc, ENOMEM, NULL)
    return memory_fails("calloc", __builtin_return_address(0))        ? errno = ENOMEM,
                                                                 NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return memory_fails("realloc", __builtin_return_address(0))        ? errno = ENOMEM,
                                                                  NULL : __libc_realloc(memory, size);
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
    va_end(list);
    MAY_FAIL(open, EMFILE, -1)
    return REAL(open)(path, flags, mode);
}

int fcntl(int fd, int command, ...)
{
    va_list list;
    va_start(list, command);
    void *argument = va_arg(list, void *);
    va_end(list);
    MAY_FAIL(fcntl, ENOLCK, -1)
    return REAL(fcntl)(fd, command, argument);
}

ssize_t read(int fd, void *data, size_t size)
{
    MAY_FAIL(read, EIO, -1)
    return REAL(read)(fd, data, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    MAY_FAIL(write, ENOSPC, -1)
    return REAL(write)(fd, data, size);
}

int close(int fd)
{
    const int result = REAL(close)(fd); /* a failing close() closes the descriptor all the same */
    MAY_FAIL(close, EIO, -1)
    return result;
}

int pipe(int ends[2])
{
    MAY_FAIL(pipe, EMFILE, -1)
    return REAL(pipe)(ends);
}

int pipe2(int ends[2], int flags)
{
    MAY_FAIL(pipe2, EMFILE, -1)
    return REAL(pipe2)(ends, flags);
}

int dup2(int from, int to)
{
    MAY_FAIL(dup2, EBUSY, -1)
    return REAL(dup2)(from, to);
}

int access(const char *path, int mode)
{
    MAY_FAIL(access, EIO, -1)
    return REAL(access)(path, mode);
}

int fstat(int fd, struct stat *out)
{
    MAY_FAIL(fstat, EIO, -1)
    return REAL(fstat)(fd, out);
}

int lstat(const char *path, struct stat *out)
{
    MAY_FAIL(lstat, EIO, -1)
    return REAL(lstat)(path, out);
}

int fchmod(int fd, mode_t mode)
{
    MAY_FAIL(fchmod, EPERM, -1)
    return REAL(fchmod)(fd, mode);
}

int mkstemp(char *path)
{
    MAY_FAIL(mkstemp, EMFILE, -1)
    return REAL(mkstemp)(path);
}

int rename(const char *from, const char *to)
{
    MAY_FAIL(rename, EIO, -1)
    return REAL(rename)(from, to);
}

int unlink(const char *path)
{
    MAY_FAIL(unlink, EIO, -1)
    return REAL(unlink)(path);
}

pid_t fork(void)
{
    MAY_FAIL(fork, EAGAIN, -1)
    return REAL(fork)();
}

int execl(const char *path, const char *name, ...)
{
    const char *words[8] = {name};
    size_t count = 1;
    va_list list;
    va_start(list, name);
    while (count < 7 && (words[count] = va_arg(list, const char *)) != NULL) {
        ++count;
    }
    va_end(list);
    MAY_FAIL(execl, ENOMEM, -1)
    return execv(path, (char *const *)(uintptr_t)words);
}

pid_t waitpid(pid_t child, int *state, int options)
{
    MAY_FAIL(waitpid, ECHILD, -1)
    return REAL(waitpid)(child, state, options);
}

int poll(struct pollfd *fds, nfds_t count, int ms)
{
    MAY_FAIL(poll, ENOMEM, -1)
    return REAL(poll)(fds, count, ms);
}

int socket(int family, int type, int protocol)
{
    MAY_FAIL(socket, EMFILE, -1)
    return REAL(socket)(family, type, protocol);
}

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
    MAY_FAIL(connect, ENETUNREACH, -1)
    return REAL(connect)(fd, address, size);
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *size)
{
    MAY_FAIL(getsockopt, ENOBUFS, -1)
    return REAL(getsockopt)(fd, level, name, value, size);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
    MAY_FAIL(setsockopt, ENOBUFS, -1)
    return REAL(setsockopt)(fd, level, name, value, size);
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    MAY_FAIL(send, ECONNRESET, -1)
    return REAL(send)(fd, data, size, flags);
}

ssize_t recv(int fd, void *data, size_t size, int flags)
{
    MAY_FAIL(recv, ECONNRESET, -1)
    return REAL(recv)(fd, data, size, flags);
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
    MAY_FAIL(getaddrinfo, EMFILE, EAI_SYSTEM)
    return REAL(getaddrinfo)(host, service, hints, out);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *ctx)
{
    MAY_FAIL(pthread_create, EAGAIN, EAGAIN)
    return REAL(pthread_create)(thread, attributes, run, ctx);
}

FILE *open_memstream(char **out_text, size_t *out_size)
{
    MAY_FAIL(open_memstream, ENOMEM, NULL)
    return REAL(open_memstream)(out_text, out_size);
}

/* mbedTLS reads entropy with this function. */
long syscall(long number, ...)
{
    long words[6];
    va_list list;
    va_start(list, number);
    for (size_t i = 0; i < 6; ++i) {
        words[i] = va_arg(list, long);
    }
    va_end(list);
    if (number == SYS_getrandom && !of_memory && fails("getrandom")) {
        errno = EIO;
        return -1;
    }
    return REAL(syscall)(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

int sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    MAY_FAIL(sigaction, EINVAL, -1)
    return REAL(sigaction)(number, action, before);
}
