/* SPDX-License-Identifier: MIT */
/* Writes providerMetadata: key and value pairs that name the workspace or host of the provider that a
 * connection is for. Example: {"workspace":{"value":"acme","source":"input"}}. */
#include "../http/writer_json.h"
#include "credential.h"

static int is_source(amp_str_t source)
{
    return amp_str_equal(source, AMP_STR("input")) || amp_str_equal(source, AMP_STR("token")) ||
           amp_str_equal(source, AMP_STR("provider"));
}

/* Returns 1 if an earlier pair has the same key as the pair at `index`. */
static int is_duplicate(const amp_metadata_t *metadata, size_t index)
{
    for (size_t i = 0; i < index; ++i) {
        if (amp_str_equal(metadata[i].key, metadata[index].key)) {
            return 1;
        }
    }
    return 0;
}

static void write_pair(amp_writer_t *writer, const amp_metadata_t *pair)
{
    amp_str_t source = pair->source.len > 0 ? pair->source : AMP_STR("input");
    if (pair->key.len == 0 || !is_source(source)) {
        amp__writer_refuse(writer);
    }
    amp__write_string(writer, &pair->key);
    amp__write_text(writer, ":");
    amp__write_open(writer);
    amp__write_name(writer, "value");
    amp__write_string(writer, &pair->value);
    amp__write_name(writer, "source");
    amp__write_string(writer, &source);
    if (pair->display_name.len > 0) {
        amp__write_name(writer, "displayName");
        amp__write_string(writer, &pair->display_name);
    }
    amp__write_close(writer);
}

static void write_pairs(amp_writer_t *writer, const amp_metadata_list_t *list)
{
    for (size_t i = 0; i < list->count; ++i) {
        amp__write_text(writer, i == 0 ? "{" : ",");
        if (is_duplicate(list->pairs, i)) {
            amp__writer_refuse(writer);
        }
        write_pair(writer, &list->pairs[i]);
    }
    amp__write_close(writer);
}

const amp_metadata_kind_t amp_provider_metadata = {write_pairs};
