"""Result files as other programs see them: h5py, xarray, pandas and the HDF5 tools, none of which know peercap.

Run by ctest, which names in PEERCAP_WRITE_SAMPLE_RESULT the program that writes the sample (its content is in
tests/sim/io/hdf5/sample_content.cpp).
"""

import os
import subprocess
import tempfile
import unittest

import h5py
import numpy
import pandas
import xarray

GROUPS = ["scenario", "replications", "summary", "series", "events", "supporters", "units/waits/detail"]


def open_group(path, group, **options):
    return xarray.open_dataset(path, group=group, engine="h5netcdf", **options)


class ResultFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = os.path.join(cls.folder.name, "sample.h5")
        subprocess.run([os.environ["PEERCAP_WRITE_SAMPLE_RESULT"], cls.path], check=True)

    def test_file_attributes_are_text_and_numbers(self):
        with h5py.File(self.path) as file:
            self.assertEqual(file.attrs["filetype"], "peercap-result")
            self.assertEqual(file.attrs["format_version"], "1.0")
            self.assertEqual(file.attrs["Conventions"], "CF-1.10")
            self.assertEqual(file.attrs["command_line"], "peercap run Übung.yaml")
            self.assertEqual(file.attrs["seed"], -7)
            self.assertEqual(file.attrs["wall_seconds"], 1.25)
            self.assertEqual(file.attrs["host"], "")

    def test_every_text_attribute_of_ours_arrives_as_str(self):
        written_by_the_library = {"CLASS", "NAME"}  # fixed length, as the dimension scale specification asks
        seen = 0
        with h5py.File(self.path) as file:

            def check(name, item):
                nonlocal seen
                for key in item.attrs:
                    value = item.attrs[key]
                    if key not in written_by_the_library:
                        self.assertNotIsInstance(value, bytes, f"{name}@{key}")
                        seen += isinstance(value, str)

            file.visititems(check)
        self.assertGreater(seen, 50)

    def test_no_object_carries_a_time(self):
        listing = subprocess.run(["h5dump", "-p", "-H", self.path], check=True, capture_output=True, text=True).stdout
        self.assertIn('GROUP "summary"', listing)
        detailed = subprocess.run(["h5ls", "-r", "-v", self.path], check=True, capture_output=True, text=True).stdout
        self.assertIn("/summary/mean", detailed)
        self.assertNotIn("Modified:", detailed)

    def test_table_becomes_a_data_frame(self):
        frame = open_group(self.path, "summary").to_dataframe()
        self.assertEqual(len(frame), 6)
        self.assertEqual(frame.index.name, "row")
        self.assertEqual(frame["measure"].iloc[0], "mean_wait")
        self.assertEqual(frame["measure"].iloc[1], "coverage")
        self.assertTrue(numpy.isnan(frame["mean"].iloc[1]))
        self.assertEqual(frame["mean"].iloc[4], 1.0)
        by_measure = frame.groupby("measure")["mean"].mean()
        self.assertEqual(by_measure["mean_wait"], (0.0 + 0.5 + 1.0) / 3)

    def test_table_names_its_columns_in_order(self):
        with h5py.File(self.path) as file:
            table = file["summary"]
            self.assertEqual(table.attrs["encoding-type"], "dataframe")
            self.assertEqual(table.attrs["encoding-version"], "0.2.0")
            self.assertEqual(table.attrs["_index"], "row")
            columns = list(table.attrs["column-order"])
            self.assertEqual(columns, ["point", "measure", "mean"])
            frame = pandas.DataFrame(
                {name: table[name].asstr()[:] if h5py.check_string_dtype(table[name].dtype) else table[name][:]
                 for name in columns},
                index=table[table.attrs["_index"]][:])
            self.assertEqual(frame.shape, (6, 3))
            self.assertEqual(frame["measure"].iloc[5], "coverage")
            self.assertEqual(list(file["supporters"].attrs["column-order"]), [])

    def test_every_group_opens_without_invented_dimensions(self):
        for group in GROUPS:
            with self.subTest(group=group):
                with open_group(self.path, group) as data:
                    data.load()
                    self.assertFalse([name for name in data.dims if "phony" in name])

    def test_every_dimension_has_a_scale(self):
        axes = 0
        with h5py.File(self.path) as file:

            def check(name, item):
                nonlocal axes
                if isinstance(item, h5py.Dataset) and not h5py.h5ds.is_scale(item.id):
                    for dimension in item.dims:
                        axes += 1
                        self.assertEqual(len(dimension), 1, name)

            file.visititems(check)
        self.assertEqual(axes, 3 * 2 + 3 + 3 + 3)

    def test_arrays_have_names_units_and_missing_values(self):
        with open_group(self.path, "replications") as data:
            wait = data["mean_wait"]
            self.assertEqual(wait.dims, ("point", "replication"))
            self.assertEqual(wait.attrs["units"], "h")
            self.assertEqual(wait.attrs["long_name"], "mean wait")
            self.assertEqual(wait.attrs["cell_methods"], "case: mean")
            self.assertTrue(wait.attrs["description"].startswith("Time from request"))
            self.assertEqual(int(wait.count()), 5)
            self.assertEqual(data["cases"].dtype, numpy.int64)
            self.assertEqual(int(data["cases"].max()), 2**63 - 1)
            self.assertEqual(data["status"].values.tolist(), [["done", "", "dönë"], ["完了", "done", "stopped"]])

    def test_doubles_keep_their_bits(self):
        with h5py.File(self.path) as file:
            values = file["replications/mean_wait"][:]
            self.assertEqual(values.dtype, numpy.dtype("<f8"))
            self.assertTrue(numpy.signbit(values[1, 0]) and values[1, 0] == 0)
            self.assertEqual(values[1, 2], 5e-324)
            self.assertTrue(numpy.isnan(file["replications/mean_wait"].fillvalue))

    def test_time_is_decoded_to_dates_and_labels_select(self):
        with open_group(self.path, "series") as data:
            self.assertEqual(data["coverage"].dims, ("point", "statistic", "time"))
            self.assertEqual(data["time"].values[0], numpy.datetime64("2026-01-05"))
            self.assertEqual(data["time"].values[366], numpy.datetime64("2027-01-06"))
            chosen = data["coverage"].sel(statistic="p95", point=0, time="2026-01-06")
            self.assertEqual(float(chosen), 0.5 * (2 * 400 + 1))
            self.assertEqual(data["coverage"].sel(time=slice("2026-02-01", "2026-02-28")).sizes["time"], 28)

    def test_texts_are_whole(self):
        with h5py.File(self.path) as file:
            self.assertEqual(file["scenario/source"].asstr()[()], "name: Zürich\nunits: [Ωmega, 内科, 🏥]\n")
            self.assertEqual(file["scenario/resolved"].asstr()[()], "x" * 100_000)
            self.assertEqual(file["scenario/schema"].asstr()[()], "")

    def test_empty_table_keeps_its_columns_and_types(self):
        frame = open_group(self.path, "events").to_dataframe()
        self.assertEqual(len(frame), 0)
        self.assertEqual(sorted(frame.columns), ["entity", "event", "time"])
        with h5py.File(self.path) as file:
            self.assertEqual(file["events/entity"].dtype, numpy.dtype("<i8"))
            self.assertEqual(h5py.check_string_dtype(file["events/event"].dtype).length, None)

    def test_large_arrays_are_packed_with_gzip_and_shuffle_only(self):
        with h5py.File(self.path) as file:
            coverage = file["series/coverage"]
            self.assertEqual(coverage.compression, "gzip")
            self.assertTrue(coverage.shuffle)
            self.assertFalse(coverage.fletcher32)

    def test_groups_members_and_attributes_keep_their_order(self):
        contents = subprocess.run(["h5dump", "-n", "1", "-q", "creation_order", self.path],
                                  check=True, capture_output=True, text=True).stdout
        names = {kind: [line.split()[1] for line in contents.splitlines() if line.split()[0] == kind]
                 for kind in ("group", "dataset", "attribute")}
        self.assertEqual(names["group"], ["/"] + ["/" + group for group in GROUPS[:-1]] +
                         ["/units", "/units/waits", "/units/waits/detail"])
        self.assertEqual([name for name in names["dataset"] if name.startswith("/summary/")],
                         ["/summary/row", "/summary/point", "/summary/measure", "/summary/mean"])
        self.assertEqual(names["attribute"][:5], ["/filetype", "/format_version", "/Conventions", "/version", "/seed"])


if __name__ == "__main__":
    unittest.main()
