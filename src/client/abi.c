/* SPDX-License-Identifier: MIT */
/* Compares the struct sizes of the application with those of the library: see abi.h. */
#include "ampersand/abi.h"

amp_status_t amp_abi_compare(uint32_t abi)
{
    return abi == AMP_ABI ? AMP_OK : AMP_ERR_ABI;
}
