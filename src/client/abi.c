/* SPDX-License-Identifier: MIT */
#include "ampersand/abi.h"

amp_status_t amp_abi_compare(uint32_t abi)
{
    return abi == AMP_ABI ? AMP_OK : AMP_ERR_ABI;
}
