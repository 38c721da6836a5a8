# SPDX-License-Identifier: MIT
# The extra script of library.json. A board's framework includes mbedTLS; the platform native links the system's.
import sys

Import("env")  # noqa: F821

if env.PioPlatform().name == "native":  # noqa: F821
    system = ["ws2_32", "bcrypt"] if sys.platform.startswith("win") else ["pthread"]
    env.Append(LIBS=["mbedtls", "mbedx509", "mbedcrypto", *system])  # noqa: F821
