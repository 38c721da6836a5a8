# SPDX-License-Identifier: MIT
# For library.json: boards bring mbedTLS with their framework, a host has it on the system.
Import("env")  # noqa: F821

if env.PioPlatform().name == "native":  # noqa: F821
    env.Append(LIBS=["mbedtls", "mbedx509", "mbedcrypto", "pthread"])  # noqa: F821
