/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <openssl/crypto.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PEER_SIZE ((size_t)256 << 20)
#define STACK_SIZE ((size_t)64 << 10) /* bytes below the caller's frame; more than any call needs */
#define ALIGNMENT 16u

static struct {
    uintptr_t first;
    uintptr_t end;
} excluded[2];

static uint8_t *peer; /* its memory is never reused */
static size_t peer_len;

static void *peer_alloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    size_t whole = (size + 2u * ALIGNMENT - 1u) / ALIGNMENT * ALIGNMENT;
    if (size == 0 || whole > PEER_SIZE - peer_len) {
        return NULL;
    }
    uint8_t *block = peer + peer_len + ALIGNMENT;
    memcpy(block - ALIGNMENT, &size, sizeof size);
    peer_len += whole;
    return block;
}

static void peer_free(void *block, const char *file, int line)
{
    (void)block;
    (void)file;
    (void)line;
}

static void *peer_realloc(void *block, size_t size, const char *file, int line)
{
    size_t before = 0;
    void *after = peer_alloc(size, file, line);
    if (block != NULL && after != NULL) {
        memcpy(&before, (uint8_t *)block - ALIGNMENT, sizeof before);
        memcpy(after, block, before < size ? before : size);
    }
    return after;
}

static void exclude(unsigned i, const void *data, size_t len)
{
    excluded[i].first = (uintptr_t)data;
    excluded[i].end = (uintptr_t)data + len;
}

void memory_separate_peer(void)
{
    peer = malloc(PEER_SIZE);
    if (peer == NULL || CRYPTO_set_mem_functions(peer_alloc, peer_realloc, peer_free) != 1) {
        abort();
    }
    exclude(0, peer, PEER_SIZE);
}

void memory_exclude(const void *data, size_t len)
{
    exclude(1, data, len);
}

/* Calls no function, so that it does not overwrite the stack below its caller. */
__attribute__((noinline)) static int search(uintptr_t first, uintptr_t end, const char *text)
{
    for (uintptr_t at = first; at < end; ++at) {
        const volatile char *p = (const volatile char *)at;
        size_t i = 0;
        while (text[i] != '\0' && at + i < end && p[i] == text[i]) {
            ++i;
        }
        if (text[i] == '\0') {
            return 1;
        }
    }
    return 0;
}

/* A range may span two mappings: the end of .data and the start of .bss. */
static int search_around(uintptr_t first, uintptr_t end, const char *text)
{
    uintptr_t at = first;
    while (at < end) {
        uintptr_t stop = end;
        uintptr_t next = end;
        for (unsigned i = 0; i < sizeof excluded / sizeof excluded[0]; ++i) {
            if (excluded[i].end > at && excluded[i].first < stop) {
                stop = excluded[i].first > at ? excluded[i].first : at;
                next = excluded[i].end;
            }
        }
        if (search(at, stop, text)) {
            return 1;
        }
        at = next;
    }
    return 0;
}

/* Reads the next writable mapping. Returns 0 after the last one. */
static int next_mapping(FILE *maps, char *line, size_t size, uintptr_t *out_first, uintptr_t *out_end)
{
    while (fgets(line, (int)size, maps) != NULL) {
        unsigned long long first;
        unsigned long long end;
        char rights[5];
        assert_int_equal(sscanf(line, "%llx-%llx %4s", &first, &end, rights), 3);
        if (memcmp(rights, "rw", 2) == 0) {
            *out_first = (uintptr_t)first;
            *out_end = (uintptr_t)end;
            return 1;
        }
    }
    return 0;
}

/* Adjacent mappings are searched as one: .bss begins in the last page of the program's file and continues in
 * the next mapping, and a text may lie across the border. */
const char *memory_find(const char *text)
{
    static char line[512];
    static char place[sizeof line];
    const char *found = NULL;
    uint8_t here = 0;
    uintptr_t first = 0;
    uintptr_t end = 0;
    uintptr_t next_first;
    uintptr_t next_end;
    if (search((uintptr_t)&here - STACK_SIZE, (uintptr_t)&here, text)) {
        return "the stack below the call";
    }
    FILE *maps = fopen("/proc/self/maps", "r");
    assert_non_null(maps);
    while (found == NULL && next_mapping(maps, line, sizeof line, &next_first, &next_end)) {
        if (next_first == end) {
            end = next_end;
            continue;
        }
        found = search_around(first, end, text) ? place : NULL;
        if (found == NULL) {
            memcpy(place, line, sizeof place);
        }
        first = next_first;
        end = next_end;
    }
    if (found == NULL && search_around(first, end, text)) {
        found = place;
    }
    fclose(maps);
    return found;
}
