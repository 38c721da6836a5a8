/* SPDX-License-Identifier: MIT */
#include "pagination.h"

#include "../base/hash.h"
#include "../client/request.h"

amp_status_t amp__pagination_next(amp_client_t *client)
{
    const amp_operations_t *page = client->out;
    client->info.field = "pagination.nextPageToken";
    if (!page->done && page->next_page_token[0] == '\0') {
        return AMP_ERR_MISSING;
    }
    /* Two pages that follow each other have the same mark only when the service turns in a circle, or
     * once in 2^31 lists. */
    uint32_t mark = amp__hash(page->next_page_token);
    if (!page->done && mark == client->page) {
        return AMP_ERR_VALUE;
    }
    client->info.field = NULL;
    client->page = mark;
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
        amp__write_percent(writer, amp_str(page->next_page_token));
    }
}
