"""The list of mutations fits the source as it is, and the check tells caught from missed."""

import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load_module():
    spec = importlib.util.spec_from_file_location("mutation_check", ROOT / "scripts" / "python" / "mutation_check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class MutationsTest(unittest.TestCase):
    def setUp(self):
        self.module = load_module()

    def test_every_mutation_fits_one_place_and_changes_it(self):
        names = set()
        for mutation in self.module.mutations():
            with self.subTest(mutation["name"]):
                text = (ROOT / mutation["file"]).read_text(encoding="utf-8")
                self.assertNotEqual(self.module.mutated(text, mutation), text)
                names.add(mutation["name"])
        self.assertEqual(len(names), len(self.module.mutations()))
        self.assertGreaterEqual(len(names), 20)

    def test_a_mutation_that_fits_nowhere_or_twice_is_refused(self):
        mutation = {"file": "f", "old": "a", "new": "b"}
        self.assertEqual(self.module.mutated("xax", mutation), "xbx")
        for text in ("", "aa"):
            with self.assertRaises(ValueError):
                self.module.mutated(text, mutation)

    def test_a_mutation_is_undone_whatever_becomes_of_it(self):
        class Copy:
            def make(self, targets):
                return ""

            def run(self, oracle):
                return self.state, "said"

        with tempfile.TemporaryDirectory() as folder:
            copy = Copy()
            copy.source = pathlib.Path(folder)
            (copy.source / "f").write_text("a", encoding="utf-8")
            mutation = {"file": "f", "old": "a", "new": "b", "oracle": "verify x"}
            for state, word in (("caught", "caught"), ("passed", "NOT CAUGHT"), ("broken", "crashed")):
                copy.state = state
                self.assertEqual(self.module.check(copy, mutation)[0], word)
                self.assertEqual((copy.source / "f").read_text(encoding="utf-8"), "a")


if __name__ == "__main__":
    unittest.main()
