/* SPDX-License-Identifier: MIT */
/* `decode`: reads a captured response body as the client does, in memory of a fixed size. */
#include <stdio.h>
#include <string.h>

#include "ampersand/reader.h"
#include "process.h"
#include "starts.h"
#include "view.h"

static const kind_t *const kinds[] = {&kind_connection, &kind_connections, &kind_installation,
                                      &kind_installations, &kind_problem};

typedef struct {
    amp_reader_t reader;
    record_t record;
    uint8_t window[AMP_WORK_SIZE];
    uint8_t text[4096];
    view_t view;
} decoder_t;

static const kind_t *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

static amp_status_t fail_on_content(cli_t *cli, const amp_reader_t *reader, amp_status_t status)
{
    failure_set(&cli->failure, status, amp_reader_field(reader), NULL);
    cli->failure.stage = AMP_STAGE_BODY;
    cli->failure.need = amp_reader_need(reader);
    amp_position_t place;
    amp_reader_position(reader, &place);
    snprintf(cli->failure.note, sizeof cli->failure.note, "line %lu, column %lu, byte %lu",
             (unsigned long)place.line, (unsigned long)place.column, (unsigned long)place.offset + 1u);
    cli->failure.note_is_place = 1;
    return status;
}

/* Prints each record of a list as it is read. A single record is printed after the text is complete. */
static amp_status_t feed(cli_t *cli, decoder_t *decoder, size_t len)
{
    size_t at = 0;
    while (at < len) {
        size_t used;
        amp_status_t status = amp_reader_feed(&decoder->reader, decoder->text + at, len - at, &used);
        at += used;
        if (status < 0) {
            return fail_on_content(cli, &decoder->reader, status);
        }
        if (status == AMP_ITEM && view_is_list(&decoder->view)) {
            status = view_record(&decoder->view, &decoder->record);
            if (status != AMP_OK) {
                return status;
            }
        }
    }
    return AMP_OK;
}

static amp_status_t finish(cli_t *cli, decoder_t *decoder)
{
    amp_status_t status = amp_reader_end(&decoder->reader);
    if (status < 0) {
        return fail_on_content(cli, &decoder->reader, status);
    }
    if (decoder->view.kind == NULL) {
        fputs(cli->as_json ? "{\"valid\":true}\n" : "", stdout);
        return AMP_OK;
    }
    if (!view_is_list(&decoder->view)) {
        return view_record(&decoder->view, &decoder->record);
    }
    view_end(&decoder->view);
    return AMP_OK;
}

static amp_status_t read_all(cli_t *cli, decoder_t *decoder, const char *path)
{
    size_t len = 1;
    int fd;
    amp_status_t status = process_open(path, &fd);
    if (status != AMP_OK) {
        return failure_of_file(&cli->failure, status, "FILE", path);
    }
    while (status == AMP_OK && len > 0) {
        status = process_read(fd, decoder->text, sizeof decoder->text, cli->end_ms, &len);
        if (status != AMP_OK) {
            failure_of_file(&cli->failure, status, "FILE", path);
        } else if (len > 0) {
            status = feed(cli, decoder, len);
        }
    }
    process_close(fd);
    return status == AMP_OK ? finish(cli, decoder) : status;
}

amp_status_t run_decode(cli_t *cli)
{
    static decoder_t decoder;
    const char *name = options_positional(&cli->args, 0);
    const char *path = options_positional(&cli->args, 1);
    const kind_t *kind = find_kind(name);
    if (kind == NULL && strcmp(name, "json") != 0) {
        return failure_set(&cli->failure, AMP_ERR_ARGUMENT, "KIND",
                           "unknown KIND %.40s: use connection, connections, installation, installations, "
                           "problem or json",
                           name);
    }
    /* Without --deadline there is no time limit, because no network is used and a person may type the text.
     */
    if (options_get(&cli->args, OPT_DEADLINE) == NULL) {
        cli->end_ms = PROCESS_NEVER;
    }
    view_init(&decoder.view, cli, kind);
    amp_status_t status = amp_reader_init(&decoder.reader, kind != NULL ? kind->schema : NULL,
                                          &decoder.record, decoder.window, sizeof decoder.window);
    if (status != AMP_OK) {
        return failure_set(&cli->failure, status, NULL, NULL);
    }
    return read_all(cli, &decoder, path != NULL ? path : "-");
}
