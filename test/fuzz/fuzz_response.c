/* SPDX-License-Identifier: MIT */
/* Parses response heads and framing, split at positions that the fuzzer chooses. */
#include "fuzz.h"

#include "http/response.h"
#include "http/response_header.h"

typedef struct {
    amp_response_event_t last;
    unsigned heads;
    uint64_t digest; /* hash of the facts of each head and of the body */
    uint64_t body_len;
    size_t after; /* number of bytes after the message */
    int ends_by_close;
} answer_t;

static void see_head(const amp_response_t *response, answer_t *answer)
{
    const uint64_t facts[] = {response->status, response->media, response->encoded,
                              response->closes, response->minor, amp_retry_after_s(response->info, 0)};
    MUST(response->status >= 200u && response->status < 600u);
    MUST(response->media <= AMP_MEDIA_OTHER);
    const char *note = response->info->note;
    const char *end = memchr(note, '\0', AMP_NOTE_SIZE);
    MUST(end != NULL);
    for (const char *p = note; p < end; ++p) {
        MUST(*p >= ' ' && *p <= '~' && !(*p >= 'A' && *p <= 'Z'));
    }
    ++answer->heads;
    MUST(answer->heads == 1u);
    answer->digest = digest(answer->digest, facts, sizeof facts);
    answer->digest = digest(answer->digest, note, (size_t)(end - note));
}

/* Returns 0 when the message has ended, successfully or not. */
static int read_piece(amp_response_t *response, const uint8_t *data, size_t len, answer_t *answer)
{
    const uint8_t *piece = copy_of(data, len);
    const uint8_t *p = piece;
    for (;;) {
        size_t body_len = 0;
        const uint8_t *before = p;
        answer->last = amp__response_next(response, &p, piece + len, &body_len);
        MUST(p >= before && p <= piece + len);
        if (answer->last == AMP_RESPONSE_HEAD) {
            see_head(response, answer);
        } else if (answer->last == AMP_RESPONSE_BODY) {
            MUST(body_len > 0 && body_len <= (size_t)(piece + len - p) && answer->heads == 1u);
            answer->digest = digest(answer->digest, p, body_len);
            answer->body_len += body_len;
            p += body_len;
            amp__response_took(response, body_len);
        } else {
            break;
        }
    }
    size_t after = (size_t)(piece + len - p);
    MUST(answer->last != AMP_RESPONSE_MORE || after == 0);
    MUST(amp__response_is_done(response) == (answer->last == AMP_RESPONSE_DONE));
    answer->after = answer->last == AMP_RESPONSE_DONE ? after : 0;
    free((void *)piece);
    return answer->last == AMP_RESPONSE_MORE;
}

static answer_t read_by(const uint8_t *text, size_t len, const cuts_t *cuts)
{
    answer_t answer = {AMP_RESPONSE_MORE, 0, DIGEST_START, 0, 0, 0};
    amp_response_t response;
    amp_info_t *info = calloc(1, sizeof *info);
    cuts_t mine = cuts != NULL ? *cuts : (cuts_t){{0}, 0};
    MUST(info != NULL);
    amp__response_init(&response, info);
    for (size_t at = 0, n; at < len; at += n) {
        n = cuts != NULL ? next_cut(&mine, len - at) : len;
        if (!read_piece(&response, text + at, n, &answer)) {
            answer.after += answer.last == AMP_RESPONSE_DONE ? len - at - n : 0;
            break;
        }
    }
    answer.ends_by_close = answer.last == AMP_RESPONSE_MORE && amp__response_ends_by_close(&response);
    free(info);
    return answer;
}

static void must_be_same(const answer_t *a, const answer_t *b)
{
    MUST(a->last == b->last && a->heads == b->heads && a->after == b->after);
    MUST(a->digest == b->digest && a->body_len == b->body_len);
    MUST(a->ends_by_close == b->ends_by_close);
}

/* A message is complete without the bytes after it, and incomplete without its last byte. */
static void prefix_must_hold(const uint8_t *text, size_t len, const answer_t *answer)
{
    if (answer->last == AMP_RESPONSE_DONE) {
        size_t used = len - answer->after;
        answer_t exact = read_by(text, used, NULL);
        MUST(exact.last == AMP_RESPONSE_DONE && exact.after == 0 && exact.digest == answer->digest);
        if (used > 0) {
            answer_t less = read_by(text, used - 1u, NULL);
            MUST(less.last == AMP_RESPONSE_MORE && !less.ends_by_close);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const cuts_t bytes = {{0}, 0};
    input_t input = {data, size};
    cuts_t cuts = take_cuts(&input);
    size_t len = input.left < 3u * AMP_HEAD_LIMIT ? input.left : 3u * AMP_HEAD_LIMIT;
    answer_t whole = read_by(input.at, len, NULL);
    answer_t other = read_by(input.at, len, &cuts);
    must_be_same(&whole, &other);
    other = read_by(input.at, len, &bytes);
    must_be_same(&whole, &other);
    prefix_must_hold(input.at, len, &whole);
    return 0;
}
