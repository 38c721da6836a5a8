# SPDX-License-Identifier: MIT
"""Checks that comparisons with docs/costs.md and budgets fail when they must. Checks that the measured texts
have the properties that they are measured for."""
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import budgets
import inputs
import readme
import stack

CAPTION = "Measured by gcc 12"
ROWS = ["| cost | 1,000 |", "| about cost | 1,000 |", "| other's | 500 |", CAPTION]
BLOCK = readme.Block("x", "sh run.sh", "Measured by", tolerance=0.01)


def said(function, *arguments):
    """Returns (result, everything that was printed)."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        result = function(*arguments)
    return result, text.getvalue()


class Readme(unittest.TestCase):
    """A table of two numbers, one of which is "about" a value."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(setattr, readme, "README", readme.README)
        readme.README = pathlib.Path(folder.name) / "costs.md"
        readme.README.write_text(f"before\n{BLOCK.begin}\n{BLOCK.end}\nafter\n", encoding="utf-8")
        BLOCK.write(ROWS)

    def check(self, *changes, unmeasured=()):
        lines = list(ROWS)
        for old, new in changes:
            lines = [line.replace(old, new) for line in lines]
        return said(BLOCK.check, [line for line in lines if not line.startswith(tuple(unmeasured))], unmeasured)

    def test_the_same(self):
        """A measurement within the tolerance passes."""
        self.assertEqual(self.check(), (0, ""))
        self.assertEqual(self.check(("| cost | 1,000", "| cost | 1,009")), (0, ""))
        self.assertEqual(self.check(("about cost | 1,000", "about cost | 1,090")), (0, ""))
        self.assertTrue(readme.README.read_text(encoding="utf-8").startswith("before\n"))
        self.assertTrue(readme.README.read_text(encoding="utf-8").endswith("\nafter\n"))

    def test_stale(self):
        """A number outside of the tolerance, another row or a missing table fails."""
        for change in (("| cost | 1,000", "| cost | 1,011"), ("| cost | 1,000", "| cost | 989"),
                       ("about cost | 1,000", "about cost | 1,120"), ("cost", "costs")):
            result, text = self.check(change)
            self.assertEqual(result, 1, change)
            self.assertIn(change[1], text)
        readme.README.write_text("no table", encoding="utf-8")
        self.assertEqual(self.check()[0], 1)

    def test_other_compilers(self):
        """With another compiler nothing is compared, and both compilers are named."""
        result, text = self.check(("gcc 12", "gcc 13"), ("| cost | 1,000", "| cost | 1"))
        self.assertEqual(result, 0)
        for word in ("SKIPPED", "gcc 12", "gcc 13"):
            self.assertIn(word, text)

    def test_unmeasured(self):
        """Only that row is skipped, and its name is printed. Then nothing is written."""
        before = readme.README.read_text(encoding="utf-8")
        result, text = self.check(unmeasured=("| other's",))
        self.assertEqual(result, 0)
        self.assertIn("SKIPPED comparing", text)
        self.assertIn("other's", text)
        self.assertEqual(self.check(("| cost | 1,000", "| cost | 1,011"), unmeasured=("| other's",))[0], 1)
        self.assertIn("nothing written", said(BLOCK.write, ROWS[:2], ("| other's",))[1])
        self.assertEqual(readme.README.read_text(encoding="utf-8"), before)


class Stack(unittest.TestCase):
    """Tests of the deepest call chain."""

    def deepest(self, *jumps):
        graph = stack.Graph()
        for name, frame, calls in (("top", 8, {"middle"}), ("middle", 100, {"low", "other"}), ("low", 50, set()),
                                   ("other", 10, set())):
            graph.add(name, frame)
            graph.calls[name] = calls
        graph.jumps = set(jumps)
        return graph.deepest("top")

    def test_frames_add_up(self):
        self.assertEqual(self.deepest(), (158, ["top 8", "middle 100", "low 50"]))

    def test_a_jump_frees_the_frame(self):
        """The caller's own frame and its other calls still count."""
        self.assertEqual(self.deepest(("middle", "low")), (118, ["top 8", "middle 100", "other 10"]))
        self.assertEqual(self.deepest(("middle", "low"), ("middle", "other")), (108, ["top 8", "middle 100"]))


class Budgets(unittest.TestCase):
    """A budget that is met, and one that is known to be missed."""

    HELD = (budgets.Budget("a", "a", 10), budgets.Budget("b", "b", 10, 12, "it is so"))

    def check(self, a, b, are_same_compilers=True):
        return said(budgets.check, {"a": a, "b": b}, are_same_compilers, self.HELD)[0]

    def test_limits(self):
        """A value passes up to the limit, or up to the ceiling if there is one."""
        self.assertEqual(self.check(10, 12), 0)
        self.assertEqual(self.check(11, 12), 1)
        self.assertEqual(self.check(10, 13), 1)
        self.assertEqual(self.check(11, 13, are_same_compilers=False), 0)


class Inputs(unittest.TestCase):
    """Tests of the measured responses."""

    @classmethod
    def setUpClass(cls):
        cls.texts = inputs.answers(5)

    def test_seeds(self):
        """The same seed always produces the same texts; another seed produces other texts."""
        self.assertEqual(inputs.answers(5), self.texts)
        for name, text in inputs.answers(6).items():
            self.assertNotEqual(text, self.texts[name], name)

    def test_required_members(self):
        """Each installation has the members that the service's specification requires, in particular
        `selectedFields`."""
        for name in ("installations", "pretty", "plain"):
            records = json.loads(self.texts[name])
            self.assertEqual(len(records), inputs.LENGTH)
            for record in records:
                self.assertLessEqual({"config", "connection", "createTime", "createdBy", "healthStatus", "id", "integrationId",
                                      "projectId"}, set(record))
                self.assertLessEqual({"id", "createTime", "group", "consumer", "projectId", "provider", "authScheme", "status"},
                                     set(record["connection"]))
                for item in record["config"]["content"]["read"]["objects"].values():
                    self.assertLessEqual({"objectName", "selectedFields", "selectedFieldMappings"}, set(item), name)

    def test_costly_values(self):
        """Each text is valid JSON of about the same length."""
        for name, text in inputs.COSTLY.items():
            json.loads(text)
            self.assertTrue(9000 <= len(text.encode()) <= 10000, name)

    def test_escapes(self):
        """One of the lists with escapes has Go's escapes, and one has no non-ASCII character."""
        self.assertIn(r"\u0026", self.texts["connections"])
        self.assertFalse(self.texts["connections"].isascii())
        self.assertTrue(self.texts["escaped"].isascii())


if __name__ == "__main__":
    unittest.main()
