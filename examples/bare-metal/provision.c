/* SPDX-License-Identifier: MIT */
/* Reads the provisioning page (format: provision.h). Every length is checked, because the page may be erased
 * or damaged. */
#include "provision.h"

#include <string.h>

extern const char provision_page[], provision_end[];

amp_str_t provision_find(const char *name)
{
    const amp_str_t none = {NULL, 0};
    const char *at = provision_page;
    while (at < provision_end) {
        const char *nul = memchr(at, '\0', (size_t)(provision_end - at));
        if (nul == NULL || nul == at || provision_end - nul < 3) {
            return none;
        }
        size_t len = (size_t)(uint8_t)nul[1] | (size_t)(uint8_t)nul[2] << 8;
        if (len > (size_t)(provision_end - (nul + 3))) {
            return none;
        }
        if (strcmp(at, name) == 0) {
            return (amp_str_t){nul + 3, len};
        }
        at = nul + 3 + len;
    }
    return none;
}
