/* SPDX-License-Identifier: MIT */
/* Requests the pages of a list one after the other. The token of the next page is in the record that the last
 * page filled; only its hash is kept beyond that.
 *
 * Invariant: no list runs forever. A page that repeats the token of the page before it is an error. */
#include "pagination.h"

#include "../base/hash.h"
#include "../client/request.h"
#include "../http/writer_percent.h"

amp_status_t amp__pagination_next(amp_client_t *client)
{
    const amp_operations_t *page = client->out;
    client->info.field = "pagination.nextPageToken";
    if (!page->done && page->next_page_token[0] == '\0') {
        return AMP_ERR_MISSING;
    }
    /* The same token hash as on the previous page: the service is looping. A false alarm has a probability of
     * 1 in 2^31 per page, because amp__hash has 31 bits. */
    uint32_t hash = amp__hash(page->next_page_token);
    if (!page->done && hash == client->page_hash) {
        return AMP_ERR_VALUE;
    }
    client->info.field = NULL;
    client->page_hash = hash;
    return page->done ? AMP_END : AMP_PENDING;
}

void amp__pagination_query(const amp_client_t *client, amp_writer_t *writer)
{
    const amp_list_operations_t *args = client->args;
    const amp_operations_t *page = client->out;
    if (args->page_size > 0) {
        amp__write_query_name(writer, "pageSize");
        amp__write_number(writer, args->page_size);
    }
    if (page->next_page_token[0] != '\0') {
        amp__write_query_name(writer, "pageToken");
        const amp_str_t token = amp_str(page->next_page_token);
        amp__write_percent(writer, &token);
    }
}
