/* SPDX-License-Identifier: MIT */
/* Unknown options and commands. The suggestion is the word of the tables with the smallest edit distance
 * (Levenshtein: single characters inserted, deleted or replaced). A word at a distance of more than MOST, or
 * of more than half of the typed characters, is not suggested. An abbreviation of at least SHORTEST
 * characters counts as a distance of 1: "--js" is "--json", not "--ca". */
#include "misspelt.h"

#include <stdio.h>
#include <string.h>

#include "commands.h"

#define MOST 2u
#define SHORTEST 3u
#define WORD_SIZE 40u /* bytes of the longest word that is compared, with its NUL */

/* Options that users try. They would put a secret on the command line, which every user of the machine can
 * read. */
static const struct {
    const char *name;
    const char *instead;
} secret_options[] = {
    {"--api-key", "--api-key-file or AMP_API_KEY"},
    {"--token", "--token-command"},
    {"--secret", "--secret-file"},
};

typedef struct {
    const char *word; /* the unknown word */
    size_t len;
    size_t distance; /* of `nearest`; a candidate must be nearer */
    char nearest[WORD_SIZE];
} search_t;

static size_t least(size_t a, size_t b, size_t c)
{
    size_t d = a < b ? a : b;
    return d < c ? d : c;
}

/* Returns the edit distance of two texts of less than WORD_SIZE bytes. `row` holds the distances between the
 * first i characters of `a` and each prefix of `b`. Examples: the distance from "lst" to "list" is 1, from
 * "get" to "list" 3. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[WORD_SIZE];
    for (size_t j = 0; j <= b_len; ++j) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_len; ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; ++j) {
            size_t above = row[j];
            row[j] = least(above + 1u, row[j - 1u] + 1u, diagonal + (a[i - 1u] != b[j - 1u]));
            diagonal = above;
        }
    }
    return row[b_len];
}

static search_t search(const char *word, size_t len)
{
    size_t half = len / 2u;
    search_t found = {word, len, 1u + (half < MOST ? half : MOST), ""};
    return found;
}

static void compare(search_t *found, const char *candidate)
{
    size_t len = strlen(candidate);
    if (found->len >= WORD_SIZE || len >= WORD_SIZE) {
        return;
    }
    size_t d = distance(found->word, found->len, candidate, len);
    if (found->len >= SHORTEST && strncmp(found->word, candidate, found->len) == 0 &&
        strchr(candidate + found->len, ' ') == NULL) {
        d = 1; /* "conn" abbreviates "connection", not "connection get" */
    }
    if (d < found->distance) {
        found->distance = d;
        memcpy(found->nearest, candidate, len + 1u);
    }
}

amp_status_t misspelt_option(failure_t *failure, const char *arg)
{
    size_t len = strcspn(arg, "=");
    search_t found = search(arg, len);
    for (size_t i = 0; i < sizeof secret_options / sizeof secret_options[0]; ++i) {
        const char *name = secret_options[i].name;
        if (strlen(name) == len && strncmp(arg, name, len) == 0) {
            return failure_set(failure, AMP_ERR_ARGUMENT, NULL,
                               "there is no option %s, because a secret is never an argument: use %s", name,
                               secret_options[i].instead);
        }
    }
    for (int id = 0; id < OPT_COUNT; ++id) {
        compare(&found, options[id].name);
    }
    return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "unknown option %.*s: %s%s%s",
                       (int)(len < 60 ? len : 60), arg,
                       found.nearest[0] != '\0' ? "did you mean " : "see ampersand --help", found.nearest,
                       found.nearest[0] != '\0' ? "?" : "");
}

/* Writes one or two words, with a space between them. */
static void join(char out[WORD_SIZE], const char *first, const char *second)
{
    snprintf(out, WORD_SIZE, "%s%s%s", first, second != NULL ? " " : "", second != NULL ? second : "");
}

amp_status_t misspelt_command(failure_t *failure, const args_t *args)
{
    const char *second = args->word_count > 1u ? args->words[1] : NULL;
    char given[WORD_SIZE];
    char known[WORD_SIZE];
    if (args->word_count == 0) {
        return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "the command is missing: see ampersand --help");
    }
    join(given, args->words[0], second);
    search_t both = search(given, strlen(given));
    search_t one = search(args->words[0], strlen(args->words[0]));
    compare(&one, "help");
    for (const command_t *command = commands; command->words[0] != NULL; ++command) {
        join(known, command->words[0], command->words[1]);
        compare(command->words[1] != NULL ? &both : &one, known);
        if (second == NULL) {
            compare(&one, command->words[0]);
        }
    }
    const char *nearest = both.nearest[0] != '\0' ? both.nearest : one.nearest;
    return failure_set(failure, AMP_ERR_ARGUMENT, NULL, "unknown command %.60s%s%.60s: %s%s%s",
                       args->words[0], second != NULL ? " " : "", second != NULL ? second : "",
                       *nearest != '\0' ? "did you mean ampersand " : "see ampersand --help", nearest,
                       *nearest != '\0' ? "?" : "");
}
