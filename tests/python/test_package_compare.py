"""peercap.compare against numpy by hand and against the program's own comparison."""

import math
import unittest
import warnings

import numpy as np
import package_fixture as fixture

import peercap
from peercap.intervals import incomplete_beta, t_quantile

MEASURES = ["contact_within_limit_share", "unmet_episodes_share", "session_overload_hours_per_week"]


class QuantileTest(unittest.TestCase):
    def test_one_and_two_degrees_of_freedom_have_closed_forms(self):
        for confidence in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
            self.assertAlmostEqual(t_quantile(confidence, 1) / math.tan(math.pi * confidence / 2), 1.0, places=12)
            two = confidence * math.sqrt(2.0 / (1.0 - confidence**2))
            self.assertAlmostEqual(t_quantile(confidence, 2) / two, 1.0, places=12)

    def test_tables(self):
        # Printed in every textbook, to three decimals.
        for freedom, value in ((5, 2.571), (9, 2.262), (19, 2.093), (30, 2.042), (99, 1.984), (10**7, 1.960)):
            self.assertAlmostEqual(t_quantile(0.95, freedom), value, places=3)
        self.assertAlmostEqual(t_quantile(0.99, 12), 3.055, places=3)

    def test_incomplete_beta(self):
        self.assertEqual((incomplete_beta(2.0, 3.0, 0.0), incomplete_beta(2.0, 3.0, 1.0)), (0.0, 1.0))
        for x in (0.1, 0.4, 0.9):  # I_x(2, 3) as a polynomial
            self.assertAlmostEqual(incomplete_beta(2.0, 3.0, x), x**2 * (6.0 - 8.0 * x + 3.0 * x * x), places=14)

    def test_nonsense_is_refused(self):
        for confidence, freedom in ((0.0, 3), (1.0, 3), (0.95, 0)):
            with self.assertRaises(ValueError):
                t_quantile(confidence, freedom)


class CompareTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = fixture.Results()
        cls.addClassCleanup(cls.results.close)
        cls.four = peercap.open(cls.results.run("four.h5", 12)[0])
        cls.twelve = peercap.open(cls.results.run("twelve.h5", 12, supporters__count=12)[0])

    def values(self, result, measure):
        return result.replications[measure].values[0]

    def test_paired_by_hand(self):
        frame = peercap.compare(self.four, self.twelve, MEASURES)
        self.assertEqual(list(frame.index), MEASURES)
        for measure in MEASURES:
            difference = self.values(self.four, measure) - self.values(self.twelve, measure)
            difference = difference[~np.isnan(difference)]
            half = t_quantile(0.95, len(difference) - 1) * difference.std(ddof=1) / math.sqrt(len(difference))
            row = frame.loc[measure]
            self.assertEqual((row["n"], row["n"] + row["missing"]), (len(difference), 12))
            self.assertAlmostEqual(row["difference"], difference.mean(), places=14)
            self.assertAlmostEqual(row["ci_low"], difference.mean() - half, places=14)
            self.assertAlmostEqual(row["ci_high"], difference.mean() + half, places=14)
            self.assertAlmostEqual(row["mean_a"] - row["mean_b"], row["difference"], places=14)
        self.assertGreater(abs(frame.loc["session_overload_hours_per_week", "difference"]), 0.0)
        self.assertEqual(frame.attrs["units"]["session_overload_hours_per_week"], "h/week")
        self.assertEqual(frame.attrs["names"], ("a", "b"))

    def test_the_program_says_the_same(self):
        frame = peercap.compare(self.four, self.twelve, MEASURES)
        pairs = peercap.open(self.results.comparison()).pairs
        for measure in MEASURES:
            ours, theirs = frame.loc[measure], pairs.loc[(measure, "four", "twelve")]
            self.assertEqual(ours["n"], theirs["n"])
            for column in ("difference", "ci_low", "ci_high", "correlation"):
                if not math.isnan(theirs[column]):
                    self.assertAlmostEqual(ours[column], theirs[column], places=9, msg=f"{measure}: {column}")

    def test_a_wider_confidence_is_wider(self):
        width = {}
        for confidence in (0.8, 0.99):
            row = peercap.compare(self.four, self.twelve, MEASURES, confidence=confidence).loc[MEASURES[2]]
            width[confidence] = row["ci_high"] - row["ci_low"]
        ratio = t_quantile(0.99, 11) / t_quantile(0.8, 11)
        self.assertAlmostEqual(width[0.99] / width[0.8], ratio, places=9)
        with self.assertRaises(ValueError):
            peercap.compare(self.four, self.twelve, confidence=95)

    def test_without_names_everything_common(self):
        frame = peercap.compare(self.four, self.twelve)
        self.assertGreater(len(frame), 100)
        self.assertNotIn("event_digest", frame.index)

    def test_a_result_against_itself(self):
        frame = peercap.compare(self.four, self.four, ["requests_per_year"])
        row = frame.loc["requests_per_year"]
        self.assertEqual((row["difference"], row["ci_low"], row["ci_high"]), (0.0, 0.0, 0.0))
        self.assertAlmostEqual(row["correlation"], 1.0, places=12)

    def test_other_seeds_are_no_pairs(self):
        other = peercap.open(self.results.run("other_seed.h5", 12, run__seed=7)[0])
        with self.assertRaisesRegex(peercap.NotPaired, "seeds differ.*paired=False"):
            peercap.compare(self.four, other)
        measure = "requests_per_year"
        row = peercap.compare(self.four, other, [measure], paired=False).loc[measure]
        a, b = self.values(self.four, measure), self.values(other, measure)
        parts = a.var(ddof=1) / 12, b.var(ddof=1) / 12
        freedom = sum(parts) ** 2 / sum(part**2 / 11 for part in parts)  # Welch and Satterthwaite
        half = t_quantile(0.95, freedom) * math.sqrt(sum(parts))
        self.assertAlmostEqual(row["difference"], a.mean() - b.mean(), places=12)
        self.assertAlmostEqual(row["ci_high"] - row["difference"], half, places=12)
        self.assertTrue(math.isnan(row["correlation"]))

    def test_other_numbers_are_no_pairs(self):
        fewer = peercap.open(self.results.run("fewer.h5", 5)[0])
        with self.assertRaisesRegex(peercap.NotPaired, "12 and 5"):
            peercap.compare(self.four, fewer)
        self.assertEqual(peercap.compare(self.four, fewer, ["requests_per_year"], paired=False)["n"].iloc[0], 5)

    def test_one_replication_has_no_interval(self):
        one = peercap.open(self.results.run("one.h5", 1)[0])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            row = peercap.compare(one, one, ["requests_per_year"]).loc["requests_per_year"]
        self.assertEqual((row["n"], row["difference"]), (1, 0.0))
        self.assertTrue(math.isnan(row["ci_low"]))

    def test_unknown_measures(self):
        with self.assertRaisesRegex(peercap.NotInResult, "no measure 'nonsense'"):
            peercap.compare(self.four, self.twelve, ["nonsense"])
        with self.assertRaisesRegex(peercap.NotInResult, "no number"):
            peercap.compare(self.four, self.twelve, ["event_digest"])

    def test_points_of_a_sweep(self):
        with peercap.open(self.results.sweep()) as sweep:
            with self.assertRaisesRegex(peercap.NotInResult, "6 points"):
                peercap.compare(sweep, sweep)
            with self.assertRaisesRegex(peercap.NotInResult, "no point 6"):
                peercap.compare(sweep, sweep, points=(0, 6))
            measure = "session_overload_hours_per_week"
            row = peercap.compare(sweep, sweep, [measure], points=(0, 5)).loc[measure]
            values = sweep.replications[measure]
            expected = values.sel(point=0).values.mean() - values.sel(point=5).values.mean()
            self.assertAlmostEqual(row["difference"], expected, places=14)

    def test_other_versions_of_the_program_are_told(self):
        import h5py

        path, _ = self.results.run("version.h5", 12)
        with h5py.File(path, "r+") as file:
            file.attrs["git_hash"] = "another"
        with self.assertWarnsRegex(peercap.PeercapWarning, "different versions"):
            peercap.compare(self.four, peercap.open(path), MEASURES)


if __name__ == "__main__":
    unittest.main()
