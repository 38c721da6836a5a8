# SPDX-License-Identifier: MIT
"""Stands in for PlatformIO's platform "native" (the compiler of this machine), which only its registry has."""
from platformio.public import PlatformBase


class NativePlatform(PlatformBase):
    def is_embedded(self):
        return False
