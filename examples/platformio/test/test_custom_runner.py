# SPDX-License-Identifier: MIT
"""Reads the output of test programs: "ok NAME" or "not ok NAME" for each case, and "end" after the last one."""
from platformio.test.result import TestCase, TestStatus
from platformio.test.runners.base import TestRunnerBase


class CustomTestRunner(TestRunnerBase):
    def on_testing_line_output(self, line):
        words = line.split()
        if words[:1] == ["ok"]:
            self.add(" ".join(words[1:]), TestStatus.PASSED)
        elif words[:2] == ["not", "ok"]:
            self.add(" ".join(words[2:]), TestStatus.FAILED)
        elif words == ["end"]:
            self.test_suite.on_finish()
        else:
            super().on_testing_line_output(line)

    def add(self, name, status):
        case = TestCase(name, status)
        self.test_suite.add_case(case)
        print(case.humanize())
