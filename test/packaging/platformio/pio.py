# SPDX-License-Identifier: MIT
"""Runs PlatformIO with a list of licences that contains only MIT. Otherwise PlatformIO would download the list."""
import sys

from platformio.__main__ import main
from platformio.package.manifest.schema import ManifestSchema

ManifestSchema.load_spdx_licenses = staticmethod(lambda: {"licenses": [{"licenseId": "MIT"}]})
sys.exit(main())
