"""Tests of scripts/python/calibrate.py with models of a line instead of runs."""

import csv
import importlib.util
import math
import pathlib
import sys
import tempfile
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts" / "python"


def load_module():
    spec = importlib.util.spec_from_file_location("calibrate", SCRIPTS / "calibrate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CalibrateTest(unittest.TestCase):
    def setUp(self):
        self.module = load_module()
        self.data = sys.modules["calibration_targets"]
        self.arguments = types.SimpleNamespace(fit="lines", rounds=30, tolerance=1e-6, replications=2, seed=1)
        targets = [
            self.data.Target("a.one", " days", 1.0, "log", 1.0, 6.0, "key", "x", self.data.year("x"), low=3.0, high=12.0),
            self.data.Target("b[two].three", "", 0.0, "plain", 1.0, 0.8, "key", "y", self.data.years("y"), "logit"),
        ]
        self.module.FITS["lines"] = self.data.Fit("two lines", "scenarios/x.yaml", {"c": "4"}, targets)

        def run(_, values, horizon):
            a, b = values
            if horizon == 52:
                return {"x": {"mean": 2.0 * a**1.5 * math.exp(0.1 * b)}}
            return {"y": {"mean": 1.0 / (1.0 + math.exp(-(0.5 + 0.4 * b + 0.05 * math.log(a))))}}

        self.module.run = run

    def tearDown(self):
        del self.module.FITS["lines"]

    def test_finds_values_although_slopes_are_guessed_wrongly_and_figures_depend_on_each_other(self):
        values, found = self.module.calibrate(self.arguments)
        self.assertAlmostEqual(found[0], 6.0, places=4)
        self.assertAlmostEqual(found[1], 0.8, places=4)
        self.assertAlmostEqual(2.0 * values[0] ** 1.5 * math.exp(0.1 * values[1]), 6.0, places=4)

    def test_a_slope_is_learned_only_where_it_tells_something(self):
        self.assertEqual(self.module.next_slope(1.0, 0.1, 0.2), 2.0)
        self.assertEqual(self.module.next_slope(1.0, 0.1, -0.2), 1.0)  # of the other sign
        self.assertEqual(self.module.next_slope(1.0, 0.1, 5.0), 1.0)  # noise
        self.assertEqual(self.module.next_slope(1.0, 1e-9, 1.0), 1.0)

    def test_slopes_and_sensitivity_are_those_of_the_lines(self):
        values, found = self.module.calibrate(self.arguments)
        slopes = self.module.slopes_at(self.arguments, values, found)
        for row, wanted in zip(slopes, [[1.5, 0.1], [0.05, 0.4]]):
            for slope, expected in zip(row, wanted):
                self.assertAlmostEqual(slope, expected, places=6)
        rows = self.module.sensitivity(self.module.FITS["lines"].targets, values, slopes)
        # Twice the figure: log 2 = 1.5 da + 0.1 db and 0 = 0.05 da + 0.4 db.
        da = math.log(2.0) / (1.5 - 0.1 * 0.05 / 0.4)
        by_parameter = {row[4]: row for row in rows}
        self.assertAlmostEqual(float(by_parameter["a.one"][8]) / values[0], math.exp(da), places=4)
        self.assertAlmostEqual(float(by_parameter["a.one"][7]) / values[0], math.exp(-da), places=4)
        self.assertAlmostEqual(float(by_parameter["b[two].three"][8]) - values[1], -da * 0.05 / 0.4, places=4)

    def test_linear_systems_are_solved_with_pivots(self):
        self.assertEqual(self.module.solve([[0.0, 2.0], [1.0, 1.0]], [4.0, 5.0]), [3.0, 2.0])
        with self.assertRaises(SystemExit):
            self.module.solve([[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0])

    def test_the_files_hold_every_value_with_its_figure(self):
        values, found = self.module.calibrate(self.arguments)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "configs").mkdir()
            self.module.ROOT = root
            self.module.write(self.arguments, values, found)
            text = (root / "configs" / "calibrated" / "lines.yaml").read_text(encoding="utf-8")
            with open(root / "configs" / "calibrated" / "lines_sensitivity.csv", encoding="utf-8") as file:
                table = list(csv.DictReader(file))
        self.assertIn("extends: ../scenarios/x.yaml\nc: 4  # set, not fitted\na:\n  one: ", text)
        self.assertIn(f"  one: {self.module.number_text(values[0])} days  # x: 6 published (key), 6 here\n", text)
        self.assertIn(f"b:\n  - {{name: two, three: {self.module.number_text(values[1])}}}  # y: 0.8", text)
        self.assertEqual({row["parameter"] for row in table}, {"a.one", "b[two].three"})

    def test_every_target_cites_evidence(self):
        evidence = (ROOT / "configs" / "evidence.yaml").read_text(encoding="utf-8")
        for name, fit in self.data.FITS.items():
            if name == "lines":
                continue
            for target in fit.targets:
                self.assertIn(f"- key: {target.evidence}\n", evidence, target.figure)
                if not math.isnan(target.low):
                    self.assertLess(target.low, target.value)
                    self.assertLess(target.value, target.high)


if __name__ == "__main__":
    unittest.main()
