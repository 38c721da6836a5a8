# SPDX-License-Identifier: MIT
"""Installs SCons from PyPI where PlatformIO expects its own package of it.

usage: seed.py CORE_DIR   (run by the Python that has both)
"""
import json
import pathlib
import sys

import SCons
from platformio.dependencies import get_core_dependencies

core = pathlib.Path(sys.argv[1])
package = core / "packages" / "tool-scons"
package.mkdir(parents=True, exist_ok=True)
version = get_core_dependencies()["tool-scons"].lstrip("~")
(package / "scons.py").write_text("from SCons.Script import main\n\nmain()\n")
(package / "package.json").write_text(json.dumps({"name": "tool-scons", "version": version}))
(package / ".piopm").write_text(json.dumps({
    "type": "tool", "name": "tool-scons", "version": version,
    "spec": {"owner": "platformio", "id": None, "name": "tool-scons", "requirements": None, "uri": None},
}))
print(f"SCons {SCons.__version__} as tool-scons {version}")
