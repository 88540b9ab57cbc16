"""Tests of scripts/python/theory_tables.py."""

import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load_module():
    spec = importlib.util.spec_from_file_location("theory_tables", ROOT / "scripts" / "python" / "theory_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quantity(**changes):
    return {"family": "loss", "name": "B", "what": "share | lost", "formula": "Erlang B", "theory": 0.2, "mean": 0.201,
            "ci_low": 0.19, "ci_high": 0.21, "replications": 40, "z": 0.5, "verdict": "passed", **changes}


def figure(**changes):
    return {"name": "declined", "pattern": "", "what": "offers declined", "published": "10.3 %", "evidence": "key",
            "because": "", "explained": "", "share": True, "origin": "fitted", "n": 100, "mean": 0.104, "ci_low": 0.1,
            "ci_high": 0.108, "inside": True, **changes}


class TheoryTablesTest(unittest.TestCase):
    def setUp(self):
        self.module = load_module()

    def test_a_verification_tells_what_does_not_pass_too(self):
        text = self.module.verification_tables({"quantities": [quantity(), quantity(family="wait", z=-7.25,
                                                                                    verdict="differs")]})
        self.assertIn("2 quantities: 1 passed, 0 too wide to count, 1 differ. The largest |z| is 7.25.", text)
        self.assertIn("### loss", text)
        self.assertIn("| `B` | share \\| lost | Erlang B | 0.2 | 0.201 | 0.19 to 0.21 | 40 | -7.25 | differs |", text)

    def test_predicted_and_fitted_figures_stand_apart(self):
        text = self.module.validation_tables({"patterns_inside": 9, "programs": [{"name": "clinic", "figures": [
            figure(), figure(origin="predicted", pattern="P3", inside=False, explained="too few", share=False, mean=2.0,
                             ci_low=None)]}]})
        predicted, fitted = text.split("### Fitted and set figures")
        self.assertIn("9 of 10 patterns are inside.", predicted)
        self.assertIn("0 of 1 inside.", predicted)
        self.assertIn("| P3 | offers declined | 10.3 % [key] | 2.00 | 100 | **not inside** | too few |", predicted)
        self.assertIn("| clinic | offers declined | 10.3 % [key] | 10.4 % (10.0 to 10.8) | 100 | inside |  |", fitted)

    def test_only_what_stands_between_the_marks_is_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text(f"before\n{self.module.BEGIN}\nold\n{self.module.END}\nafter\n", encoding="utf-8")
            self.module.replace_table(page, "new")
            self.assertEqual(page.read_text(encoding="utf-8"),
                             f"before\n{self.module.BEGIN}\nnew\n{self.module.END}\nafter\n")
            page.write_text("no marks\n", encoding="utf-8")
            with self.assertRaises(SystemExit):
                self.module.replace_table(page, "new")

    def test_the_pages_have_the_marks(self):
        for name in self.module.PAGES:
            text = (ROOT / "docs" / "theory" / f"{name}.md").read_text(encoding="utf-8")
            self.assertEqual(text.count(self.module.BEGIN), 1)
            self.assertEqual(text.count(self.module.END), 1)


if __name__ == "__main__":
    unittest.main()
