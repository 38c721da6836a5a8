# SPDX-License-Identifier: MIT
"""Replaces PlatformIO's platform "native" (the compiler of this machine), which only PlatformIO's registry has."""
from platformio.public import PlatformBase


class NativePlatform(PlatformBase):
    def is_embedded(self):
        return False
