"""Tests of scripts/python/calibrate.py with models of a line instead of runs."""

import importlib.util
import math
import pathlib
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load_module():
    spec = importlib.util.spec_from_file_location("calibrate", ROOT / "scripts" / "python" / "calibrate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CalibrateTest(unittest.TestCase):
    def setUp(self):
        self.module = load_module()

    def test_finds_values_although_slopes_are_guessed_wrongly_and_figures_depend_on_each_other(self):
        target = self.module.Target
        self.module.FITS["defaults"] = [
            target("a", "", 1.0, "log", 1.0, 6.0, "key", "x", self.module.year("x")),
            target("b", "", 0.0, "plain", 1.0, 0.8, "key", "y", self.module.years("y"), "logit"),
        ]

        def run(_, values, horizon):
            a, b = values
            if horizon == 52:
                return {"x": {"mean": 2.0 * a**1.5 * math.exp(0.1 * b)}}
            return {"y": {"mean": 1.0 / (1.0 + math.exp(-(0.5 + 0.4 * b + 0.05 * math.log(a))))}}

        self.module.run = run
        values, found = self.module.calibrate(types.SimpleNamespace(fit="defaults", rounds=30, tolerance=1e-6))
        self.assertAlmostEqual(found[0], 6.0, places=4)
        self.assertAlmostEqual(found[1], 0.8, places=4)
        self.assertAlmostEqual(2.0 * values[0] ** 1.5 * math.exp(0.1 * values[1]), 6.0, places=4)

    def test_a_slope_is_learned_only_where_it_tells_something(self):
        self.assertEqual(self.module.next_slope(1.0, 0.1, 0.2), 2.0)
        self.assertEqual(self.module.next_slope(1.0, 0.1, -0.2), 1.0)  # of the other sign
        self.assertEqual(self.module.next_slope(1.0, 0.1, 5.0), 1.0)  # noise
        self.assertEqual(self.module.next_slope(1.0, 1e-9, 1.0), 1.0)

    def test_every_target_cites_evidence(self):
        evidence = (ROOT / "configs" / "evidence.yaml").read_text(encoding="utf-8")
        for fit, targets in self.module.FITS.items():
            for target in [*targets, *self.module.PREDICTIONS[fit]]:
                self.assertIn(f"- key: {target.evidence}\n", evidence, target.figure)


if __name__ == "__main__":
    unittest.main()
