"""The package `peercap` opens results of every kind, tells what is in them, and refuses what it cannot read."""

import datetime
import json
import math
import shutil
import unittest

import h5py
import numpy as np
import package_fixture as fixture
import pandas as pd
import xarray as xr

import peercap

RUN_TABLES = ["supporters", "units", "cascade", "flow", "waits", "equity", "causes", "referrals", "surveys", "recovery"]


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = fixture.Results()
        cls.addClassCleanup(cls.results.close)
        cls.run_file, cls.said = cls.results.run("run.h5", 6)

    def setUp(self):
        self.result = peercap.open(self.run_file)
        self.addCleanup(self.result.close)


class RunTest(Reading):
    def test_summary_has_the_numbers_of_the_program_to_the_last_digit(self):
        summary = self.result.summary
        self.assertGreater(len(self.said["measures"]), 100)
        self.assertEqual(list(summary.index), list(self.said["measures"]))
        for name, told in self.said["measures"].items():
            self.assertEqual(summary.loc[name, "unit"], told["unit"], name)
            for column in ("n", "mean", "ci_low", "ci_high", "sd", "p05", "p50", "p95"):
                read, expected = summary.loc[name, column], told[column]
                self.assertTrue(math.isnan(read) if expected is None else read == expected, f"{name}: {column}")

    def test_units_come_with_tables_and_arrays(self):
        self.assertEqual(self.result.summary.attrs["units"]["hours_to_contact_median"], "h")
        self.assertEqual(self.result.supporters.attrs["units"]["protected_hours"], "h")
        self.assertEqual(self.result.supporters.attrs["labels"]["tenure_years"], "time in the role")
        self.assertIn("ProQOL", self.result.supporters.attrs["definitions"]["secondary_trauma"])
        self.assertEqual(self.result.referrals.attrs["units"]["wait_days"], "d")
        self.assertEqual(self.result.replications["work_hours_per_week"].attrs["units"], "h/week")
        self.assertEqual(self.result.measures.loc["work_hours_per_week", "unit"], "h/week")

    def test_replications_average_to_the_summary(self):
        data = self.result.replications
        self.assertIsInstance(data, xr.Dataset)
        self.assertEqual(dict(data.sizes), {"point": 1, "replication": 6})
        self.assertEqual(data["requests_per_year"].dims, ("point", "replication"))
        mean = float(data["requests_per_year"].mean())
        self.assertAlmostEqual(mean, self.result.summary.loc["requests_per_year", "mean"], places=9)
        self.assertEqual(len(set(data["event_digest"].values[0])), 6)

    def test_series_are_on_mondays(self):
        times = pd.DatetimeIndex(self.result.series["time"].values)
        self.assertEqual(len(times), 52)
        self.assertEqual(times[0], pd.Timestamp("2026-01-05"))
        self.assertTrue((times.weekday == 0).all())
        self.assertEqual(self.result.series["waiting"].dims, ("point", "statistic", "time"))
        self.assertIn("ci_low", self.result.series["statistic"].values)

    def test_every_table_has_rows_and_equals_the_file(self):
        with h5py.File(self.run_file) as file:
            for name in RUN_TABLES:
                table = getattr(self.result, name)
                self.assertGreater(len(table), 0, name)
                for column in table.columns:
                    stored = file[f"{name}/{column}"]
                    stored = stored.asstr()[:] if stored.dtype == object else stored[:]
                    np.testing.assert_array_equal(table[column].to_numpy(), stored, f"{name}/{column}")

    def test_what_it_is(self):
        self.assertEqual((self.result.kind, self.result.title), ("run", "small_clinic"))
        self.assertEqual(self.result.seed, 20260105)
        self.assertEqual(self.result.provenance["program"], "peercap")
        self.assertTrue(self.result.scenario.startswith("format: peercap-scenario/1"))
        self.assertIn("A clinic of 120 clinicians", self.result.source)
        self.assertEqual(self.result.parameters.loc["supporters.count", "value"], "4")
        self.assertEqual(self.result.parameters.loc["activation.self_referral.hazard", "origin"], "command line")
        self.assertLessEqual({"summary", "series", *RUN_TABLES}, set(self.result.tables))

    def test_a_table_can_be_changed_without_harm(self):
        self.result.supporters["cases"] = -1
        self.result.replications["requests_per_year"][:] = -1.0
        self.assertGreaterEqual(self.result.supporters["cases"].min(), 0)
        self.assertGreaterEqual(float(self.result.replications["requests_per_year"].min()), 0.0)

    def test_seeds_beyond_signed_numbers(self):
        path, _ = self.results.run("large_seed.h5", 2, run__seed=2**63 + 5)
        with peercap.open(path) as result:
            self.assertEqual(result.seed, 2**63 + 5)

    def test_closed(self):
        with peercap.open(self.run_file) as result:
            summary = result.summary
        self.assertEqual(len(result.summary), len(summary))
        with self.assertRaisesRegex(peercap.ClosedResult, "open it again"):
            result.supporters


class OtherKindsTest(Reading):
    def test_sweep(self):
        with peercap.open(self.results.sweep()) as result:
            self.assertEqual((result.kind, result.title), ("sweep", "sweep"))
            self.assertEqual(list(result.design["supporters.count"]), [2.0, 2.0, 4.0, 4.0, 8.0, 8.0])
            self.assertEqual(result.design.attrs["units"]["supporters.protected_time"], "h/week")
            row = result.summary.loc[(3, "unmet_episodes_share")]
            values = result.replications["unmet_episodes_share"].sel(point=3).values
            self.assertAlmostEqual(row["mean"], values.mean(), places=12)
            half = peercap.t_quantile(0.95, 5) * values.std(ddof=1) / math.sqrt(6)
            self.assertAlmostEqual(row["ci_high"] - row["mean"], half, places=9)
            self.assertEqual(len(result.failures), 0)

    def test_words_of_a_sweep(self):
        with peercap.open(self.results.sweep(fixture.WORDS, "words")) as result:
            self.assertIn("preferred", list(result.design["matching.same_profession"]))

    def test_sensitivity(self):
        for method, column in (("tornado", "swing"), ("morris", "mu_star")):
            with peercap.open(self.results.sensitivity(method)) as result:
                self.assertEqual(result.kind, "sensitivity")
                self.assertIn(column, result.effects)
                self.assertEqual(result.factors.loc["supporters.count", "high"], "8")
                self.assertIn(("unmet_episodes_share", "supporters.count"), result.effects.index)

    def test_sizing(self):
        result = peercap.open(self.results.sizing())
        self.assertEqual(result.kind, "sizing")
        candidates = result.candidates
        self.assertEqual(candidates.attrs["units"], {"supporters.count": "1"})
        looked = candidates[candidates["role"] == "looked_at"]
        self.assertEqual(len(looked), len(result.answer["looked_at"]))
        self.assertEqual(float(looked["supporters.count"].iloc[0]),
                         float(result.answer["looked_at"][0]["candidate"]["supporters.count"]))  # fmt: skip
        self.assertEqual(looked["estimate"].iloc[0], result.answer["looked_at"][0]["targets"][0]["estimate"])

    def test_comparison(self):
        result = peercap.open(self.results.comparison())
        self.assertEqual((result.kind, result.title), ("comparison", "policies"))
        pair = result.answer["measures"][1]["pairs"][0]
        row = result.pairs.loc[(result.answer["measures"][1]["measure"], "four", "twelve")]
        self.assertEqual((row["difference"], row["n"]), (pair["difference"], pair["n"]))
        self.assertEqual(len(result.policies), 2 * len(result.answer["measures"]))

    def test_estimate(self):
        result = peercap.open(self.results.estimate())
        self.assertEqual(result.kind, "estimate")
        self.assertEqual(result.answer["format"], "peercap-estimate/1")
        self.assertEqual(result.tables, [])


class MissingPartsTest(Reading):
    def test_surveys_name_the_parameter(self):
        path, _ = self.results.run("no_surveys.h5", 2, surveys__interval_weeks=0)
        with peercap.open(path) as result:
            self.assertFalse(hasattr(result, "surveys"))
            with self.assertRaisesRegex(peercap.NotInResult, "surveys.interval_weeks"):
                result.surveys

    def test_parts_name_the_command(self):
        with peercap.open(self.results.sensitivity("tornado", "--force")) as result:
            for name, command in (("series", "peercap run"), ("summary", "peercap sweep"), ("pairs", "peercap compare"),
                                  ("candidates", "peercap size"), ("answer", "peercap size")):  # fmt: skip
                with self.assertRaisesRegex(peercap.NotInResult, command):
                    getattr(result, name)
        with self.assertRaisesRegex(AttributeError, "peercap sensitivity"):
            self.result.effects

    def test_unknown_names_and_other_shapes(self):
        with self.assertRaisesRegex(peercap.NotInResult, "no 'nonsense'.*It has cascade"):
            self.result.table("nonsense")
        with self.assertRaisesRegex(peercap.NotInResult, r"use dataset\('series'\)"):
            self.result.table("series")


class RefusalTest(Reading):
    def changed(self, name, change):
        path = self.results.folder / name
        shutil.copyfile(self.run_file, path)
        with h5py.File(path, "r+") as file:
            change(file)
        return path

    def test_no_file(self):
        with self.assertRaisesRegex(FileNotFoundError, "there is no file"):
            peercap.open(self.results.folder / "nothing.h5")

    def test_folders(self):
        with self.assertRaisesRegex(peercap.NotAResult, "a folder"):
            peercap.open(self.results.folder)
        unfinished = self.results.folder / "run.h5.partial"
        unfinished.mkdir()
        with self.assertRaisesRegex(peercap.NotAResult, "--resume"):
            peercap.open(unfinished)

    def test_not_hdf5(self):
        with self.assertRaisesRegex(peercap.NotAResult, "not an HDF5 file"):
            peercap.open(self.results.text("table.csv", "a,b\n1,2\n"))
        with self.assertRaisesRegex(peercap.NotAResult, "empty"):
            peercap.open(self.results.text("empty.h5", ""))

    def test_other_file_types(self):
        def change(file):
            file.attrs["filetype"] = "checkpoint"

        with self.assertRaisesRegex(peercap.NotAResult, "its type is 'checkpoint'"):
            peercap.open(self.changed("other.h5", change))
        plain = self.results.folder / "plain.h5"
        with h5py.File(plain, "w") as file:
            file["x"] = [1.0]
        with self.assertRaisesRegex(peercap.NotAResult, "does not say"):
            peercap.open(plain)

    def test_part_of_a_sweep(self):
        path = self.results.folder / "shard.h5"
        study = self.results.text("sharded.yaml", fixture.SWEEP)
        fixture.call("sweep", study, "--quiet", "--shard", "1/2", "--out", path)
        with self.assertRaisesRegex(peercap.NotAResult, "peercap merge"):
            peercap.open(path)

    def test_versions(self):
        def newer(file):
            file.attrs["format_version"] = "2.0"

        def minor(file):
            file.attrs["format_version"] = "1.9"
            file.create_group("something_new")
            file["supporters"].attrs["new"] = "text"

        def nonsense(file):
            file.attrs["format_version"] = "x"

        with self.assertRaisesRegex(peercap.NewerFormat, "format 2.0, newer than 1.x"):
            peercap.open(self.changed("newer.h5", newer))
        with peercap.open(self.changed("minor.h5", minor)) as result:
            self.assertEqual(len(result.supporters), len(self.result.supporters))
            self.assertNotIn("something_new", result.tables)
        with self.assertRaises(peercap.DamagedResult):
            peercap.open(self.changed("nonsense.h5", nonsense))

    def test_cut_off(self):
        whole = self.run_file.read_bytes()
        for length in (len(whole) // 2, len(whole) - 1, 600):
            path = self.results.folder / "cut.h5"
            path.write_bytes(whole[:length])
            with self.assertRaisesRegex(peercap.DamagedResult, "cut off or damaged"):
                peercap.open(path)

    def test_a_lost_column_is_damage(self):
        def change(file):
            del file["waits/contacted"]

        with peercap.open(self.changed("lost.h5", change)) as result:
            with self.assertRaisesRegex(peercap.DamagedResult, "group 'waits'"):
                result.waits

    def test_json(self):
        with self.assertRaisesRegex(peercap.NotAResult, "peercap-summary/1"):
            peercap.open(self.results.text("summary.json", json.dumps(self.said)))
        with self.assertRaisesRegex(peercap.DamagedResult, "cut off"):
            peercap.open(self.results.text("cut.json", '{"format": "peercap-sizing/1", "found":'))
        with self.assertRaisesRegex(peercap.NewerFormat, "peercap-sizing/2"):
            peercap.open(self.results.text("newer.json", '{"format": "peercap-sizing/2"}'))

    def test_saving_overwrites_only_when_asked(self):
        copy = self.results.folder / "copy.h5"
        self.result.save(copy)
        self.assertEqual(copy.read_bytes(), self.run_file.read_bytes())
        with self.assertRaises(FileExistsError):
            self.result.save(copy)
        self.result.save(copy, overwrite=True)


class DatesTest(unittest.TestCase):
    def test_days_since(self):
        from peercap.reading import dates_of

        dates = dates_of(np.array([0.0, 7.0, 400.5]), "days since 2026-01-05 00:00:00")
        self.assertEqual(pd.Timestamp(dates[2]).to_pydatetime(), datetime.datetime(2027, 2, 9, 12))


if __name__ == "__main__":
    unittest.main()
