"""Reads the file of a real run with the tools its users have: h5py, xarray, pandas."""

import os
import subprocess
import tempfile
import unittest

import h5py
import numpy
import xarray


class RunResult(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = os.path.join(cls.folder.name, "clinic.h5")
        subprocess.run(
            [os.environ["PEERCAP_PROGRAM"], "run", os.environ["PEERCAP_SCENARIO"], "--quiet",
             "--replications", "5", "--out", cls.file],
            check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_summary_is_a_data_frame(self):
        with xarray.open_dataset(self.file, group="summary", engine="h5netcdf") as data:
            table = data.to_dataframe().set_index("measure")
        self.assertEqual(table.loc["exposures_per_clinician_year", "n"], 5)
        self.assertTrue((table["ci_low"].dropna() <= table["mean"][table["ci_low"].notna()] + 1e-12).all())

    def test_summary_is_the_mean_of_the_replications(self):
        with h5py.File(self.file) as file:
            names = list(file["summary/measure"].asstr())
            for place, name in enumerate(names):
                values = file["replications"][name][0]
                defined = values[~numpy.isnan(values)]
                self.assertEqual(file["summary/n"][place], len(defined), name)
                if len(defined):
                    self.assertAlmostEqual(file["summary/mean"][place], defined.mean(), places=9, msg=name)

    def test_every_group_opens_and_has_named_dimensions(self):
        with h5py.File(self.file) as file:
            groups = list(file)
        self.assertGreaterEqual(len(groups), 10)
        for group in groups:
            with xarray.open_dataset(self.file, group=group, engine="h5netcdf") as data:
                self.assertFalse([d for d in data.dims if str(d).startswith("phony")], group)
                self.assertTrue(len(data.variables) > 0, group)

    def test_series_are_on_dates(self):
        with xarray.open_dataset(self.file, group="series", engine="h5netcdf") as data:
            self.assertEqual(str(data["time"].values[0])[:10], "2026-01-05")
            self.assertEqual(data["requests"].dims, ("point", "statistic", "time"))

    def test_variables_say_what_they_are(self):
        with h5py.File(self.file) as file:
            for name, variable in file["replications"].items():
                for attribute in ("long_name", "description") if name not in ("point", "replication") else ():
                    self.assertIsInstance(variable.attrs[attribute], str, name)

    def test_provenance_comes_with_the_file(self):
        with h5py.File(self.file) as file:
            self.assertEqual(file.attrs["filetype"], "peercap-result")
            self.assertEqual(file.attrs["status"], "complete")
            self.assertIn("format: peercap-scenario/1", file["scenario/resolved"].asstr()[()])

    def test_supporters_add_up(self):
        with h5py.File(self.file) as file:
            hours = file["supporters/protected_hours"][:].sum() + file["supporters/overload_hours"][:].sum()
            weekly = file["replications/work_hours_per_week"][0].sum()
            self.assertAlmostEqual(hours, weekly * 52, places=6)


if __name__ == "__main__":
    unittest.main()
