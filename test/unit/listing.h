/* SPDX-License-Identifier: MIT */
/* Responses to listConnections, written record by record. */
#ifndef AMP_TEST_LISTING_H
#define AMP_TEST_LISTING_H

#include "fixture.h"

#define LISTING_SIZE 131072u
#define LISTINGS 8u

typedef struct {
    char text[LISTING_SIZE];
    size_t len;
    unsigned count;
} listing_t;

static listing_t listings[LISTINGS];
static listing_t *listing = listings;

#define T1 "2026-01-01T00:00:01Z"
#define T2 "2026-01-01T00:00:02Z"
#define T3 "2026-01-01T00:00:03Z"

/* Begins a response, which is valid until the next one for the same slot. */
static inline void list_begin_in(unsigned slot)
{
    listing = &listings[slot];
    listing->len = (size_t)snprintf(listing->text, LISTING_SIZE,
                                    "HTTP/1.1 200 OK\r\n%sConnection: close\r\n\r\n[", JSON_TYPE);
    listing->count = 0;
}

static inline void list_begin(void)
{
    list_begin_in(0);
}

typedef struct {
    const char *id;
    const char *status;
    const char *created;
    const char *updated;  /* or NULL */
    const char *scheme;   /* NULL: apiKey */
    const char *provider; /* these three: NULL selects the tenant's own value */
    const char *group;
    const char *consumer;
} listed_t;

static inline const char *or_else(const char *text, const char *otherwise)
{
    return text != NULL ? text : otherwise;
}

static inline void list_add_row(const listed_t *row)
{
    int len = snprintf(
        listing->text + listing->len, LISTING_SIZE - listing->len,
        "%s{\"id\":\"%s\",\"projectId\":\"p-1\",\"provider\":\"%s\","
        "\"group\":{\"groupRef\":\"%s\",\"groupName\":\"G\"},"
        "\"consumer\":{\"consumerRef\":\"%s\",\"consumerName\":\"C\"},"
        "\"createTime\":\"%s\",%s%s%s\"authScheme\":\"%s\",\"status\":\"%s\",\"apiKey\":\"an5wer-5ecret\"}",
        listing->count++ > 0 ? "," : "", row->id, or_else(row->provider, "salesforce"),
        or_else(row->group, "g-1"), or_else(row->consumer, "c-1"), row->created,
        row->updated != NULL ? "\"updateTime\":\"" : "", or_else(row->updated, ""),
        row->updated != NULL ? "\"," : "", or_else(row->scheme, "apiKey"), row->status);
    assert_in_range(len, 1, LISTING_SIZE - listing->len - 16u);
    listing->len += (size_t)len;
}

static inline void list_add(const char *id, const char *status, const char *created, const char *updated)
{
    const listed_t row = {id, status, created, updated, NULL, NULL, NULL, NULL};
    list_add_row(&row);
}

static inline memory_answer_t list_end(void)
{
    memory_answer_t answer = {listing->text, 0, AMP_ERR_CLOSED, 0};
    listing->text[listing->len++] = ']';
    listing->text[listing->len] = '\0';
    answer.len = listing->len;
    return answer;
}

#endif
