# SPDX-License-Identifier: MIT
from SCons.Script import Default, DefaultEnvironment

env = DefaultEnvironment()
Default([env.BuildProgram()])
