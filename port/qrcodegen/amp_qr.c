/* SPDX-License-Identifier: MIT */
/* QR codes (ISO/IEC 18004) over qrcodegen. The caller's memory is split into two equal halves. The finished
 * code is in the first half. The second half is scratch space for the encoder. */
#if defined(AMP_QRCODEGEN)

#include "amp_qr.h"

#include <qrcodegen.h>

/* Returns the highest version whose two buffers fit into the memory, or 0. */
static int amp_qr_version_of(size_t memory_size)
{
    int version = qrcodegen_VERSION_MAX;
    while (version > 0 && 2u * (size_t)qrcodegen_BUFFER_LEN_FOR_VERSION(version) > memory_size) {
        --version;
    }
    return version;
}

amp_status_t amp_qr_make(amp_qr_t *qr, const char *text, void *memory, size_t memory_size)
{
    const int version = amp_qr_version_of(memory_size);
    uint8_t *code = memory;
    qr->size = 0;
    qr->code = code;
    if (version == 0 || !qrcodegen_encodeText(text, code + memory_size / 2u, code, qrcodegen_Ecc_LOW,
                                              qrcodegen_VERSION_MIN, version, qrcodegen_Mask_AUTO, true)) {
        return AMP_ERR_MEMORY;
    }
    qr->size = qrcodegen_getSize(code);
    return AMP_OK;
}

int amp_qr_is_dark(const amp_qr_t *qr, int x, int y)
{
    return x >= 0 && y >= 0 && x < qr->size && y < qr->size && qrcodegen_getModule(qr->code, x, y);
}

#else
typedef int amp_qr_is_not_built_t;
#endif
