"""The files of `size` and `compare` give the tables that their answers in JSON give."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import numpy
import pandas

import peercap

PROGRAM = os.environ["PEERCAP_PROGRAM"]
CONFIGS = pathlib.Path(__file__).resolve().parents[2] / "configs"

COMPARISON = """format: peercap-study/1
name: two_sizes
scenario: {scenario}
policies:
  - name: few
    set: {{supporters.count: 3}}
  - name: many
    set: {{supporters.count: 9}}
targets: [contact_within_limit_share >= 90 %]
measures: [overload_hours_per_week]
"""


class Studies(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.at = pathlib.Path(self.folder.name)

    def make(self, command, file, *options):
        result = self.at / f"{command}.h5"
        done = subprocess.run(
            [PROGRAM, command, str(file), "--quiet", "--json", "--out", str(result), *options],
            capture_output=True, text=True, check=True)
        answer = self.at / f"{command}.json"
        answer.write_text(done.stdout)
        return peercap.open(result), peercap.open(answer)

    def test_comparison(self):
        study = self.at / "study.yaml"
        study.write_text(COMPARISON.format(scenario=CONFIGS / "scenarios" / "small_clinic.yaml"))
        file, answer = self.make("compare", study, "-r", "12")
        self.assertEqual(file.kind, "comparison")
        self.assertEqual(file.title, answer.title)
        for name in ("policies", "pairs"):
            ours, theirs = getattr(file, name), getattr(answer, name)
            self.assertEqual(list(ours.index), list(theirs.index))
            for column in sorted(set(ours.columns) & set(theirs.columns)):
                if theirs[column].dtype == object:
                    self.assertEqual(list(ours[column]), list(theirs[column]), column)
                else:
                    # What is without bound is null in JSON.
                    values = ours[column].astype(float).replace(numpy.inf, numpy.nan)
                    numpy.testing.assert_allclose(values, theirs[column].astype(float), rtol=1e-12)
        few = file.dataset("replications")["overload_hours_per_week"].sel(policy="few")
        self.assertEqual(few.sizes["replication"], 12)
        mean = file.summary.loc[("overload_hours_per_week", "few"), "mean"]
        self.assertAlmostEqual(float(few.mean()), mean, places=12)

    def test_sizing(self):
        scenario = CONFIGS / "scenarios" / "small_clinic.yaml"
        file, answer = self.make("size", scenario, "-r", "64", "--target", "contact_within_limit_share >= 80 %",
                                 "--search", "supporters.count=2-10")
        self.assertEqual(file.kind, "sizing")
        self.assertIn("supporters", file.answer["answer"])
        ours = file.candidates[file.candidates["role"] == "looked_at"]
        theirs = answer.candidates[answer.candidates["role"] == "looked_at"]
        self.assertEqual(len(ours), len(theirs))
        self.assertGreater(len(ours), 0)
        for column in ("supporters.count", "n", "estimate", "ci_low", "ci_high", "margin"):
            numpy.testing.assert_allclose(ours[column].astype(float), theirs[column].astype(float), rtol=1e-12)
        self.assertEqual(list(ours["verdict"]), list(theirs["verdict"]))
        self.assertIsInstance(ours, pandas.DataFrame)


if __name__ == "__main__":
    unittest.main()
