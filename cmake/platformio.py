# SPDX-License-Identifier: MIT
# The extra script of library.json. A board's framework includes mbedTLS; the platform native links the system's.
Import("env")  # noqa: F821

if env.PioPlatform().name == "native":  # noqa: F821
    env.Append(LIBS=["mbedtls", "mbedx509", "mbedcrypto", "pthread"])  # noqa: F821
