"""Tests of scripts/python/benchmark_table.py with results as Google Benchmark writes them."""

import contextlib
import importlib.util
import io
import json
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load_module():
    spec = importlib.util.spec_from_file_location("benchmark_table", ROOT / "scripts" / "python" / "benchmark_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(name, times, unit="ms", **counters):
    """Repetitions of one benchmark, and the mean that Google Benchmark adds to them."""
    rows = [
        {"name": name, "run_name": name, "run_type": "iteration", "repetition_index": i, "iterations": 3,
         "real_time": time, "cpu_time": time / 2, "time_unit": unit, **counters}
        for i, time in enumerate(times)
    ]
    mean = {**rows[0], "name": name + "_mean", "run_type": "aggregate", "real_time": 1e9, "cpu_time": 1e9}
    return [*rows, mean]


CONTEXT = {"num_cpus": 2, "date": "2026-01-05", "load_avg": [0.5, 0.25], "host_name": "somebody's",
           "caches": [{"type": "Unified", "level": 2, "size": 524288, "num_sharing": 1}]}


class BenchmarkTableTest(unittest.TestCase):
    def setUp(self):
        self.module = load_module()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, *benchmarks):
        path = self.folder / name
        path.write_text(json.dumps({"context": CONTEXT, "benchmarks": [row for rows in benchmarks for row in rows]}))
        return str(path)

    def run_main(self, *arguments):
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            status = self.module.main(list(arguments))
        return status, output.getvalue(), errors.getvalue()

    def store(self, *benchmarks):
        path = str(self.folder / "baseline.json")
        self.assertEqual(self.run_main("--store", path, self.write("old.json", *benchmarks))[0], 0)
        return path

    def test_a_row_is_the_median_of_its_repetitions_by_its_own_clock(self):
        benchmarks = rows_of("phold_one_queue/real_time", [9.0, 1.0, 2.0]) + rows_of("mmc/servers:10", [8.0, 4.0], "us")
        rows = self.module.medians_of([("x", {"benchmarks": benchmarks})])
        self.assertEqual(rows["phold_one_queue"]["time_ns"], 2e6)  # by the clock of the wall
        self.assertEqual(rows["phold_one_queue"]["spread"], 2.0)
        self.assertEqual(rows["phold_one_queue"]["repetitions"], 3)
        self.assertEqual(rows["mmc/servers:10"]["time_ns"], 3e3)  # of the processor

    def test_counters_are_medians_too_and_googles_own_fields_are_none(self):
        rows = rows_of("a", [1.0, 1.0, 1.0])
        for row, value in zip(rows, (5.0, 1.0, 3.0)):
            row["windows"] = value
        self.assertEqual(self.module.medians_of([("x", {"benchmarks": rows})])["a"]["counters"], {"windows": 3.0})

    def test_rows_stand_in_the_order_of_the_program_not_of_the_repetitions(self):
        benchmarks = [dict(row, family_index=index) for name, index in (("c", 2), ("a", 0), ("b", 1))
                      for row in rows_of(name, [1.0, 2.0])]
        self.assertEqual(list(self.module.medians_of([("x", {"benchmarks": benchmarks})])), ["a", "b", "c"])

    def test_marks_what_is_slower_than_115_hundredths(self):
        baseline = self.store(rows_of("a", [100.0]), rows_of("b", [100.0]), rows_of("gone", [100.0]))
        now = self.write("now.json", rows_of("a", [114.0]), rows_of("b", [116.0]), rows_of("c", [1.0]))
        status, output, _ = self.run_main("--baseline", baseline, now)
        self.assertEqual(status, 0)
        self.assertRegex(output, r"(?m)^a .* 1\.14x$")
        self.assertRegex(output, r"(?m)^b .* 1\.16x SLOWER$")
        self.assertRegex(output, r"(?m)^c .* new$")
        self.assertIn("1 of 3 rows take more than 1.15 times the time of the baseline:\n  b\n", output)

    def test_only_strict_makes_it_fail(self):
        baseline = self.store(rows_of("a", [100.0]))
        for time, status in ((114.0, 0), (116.0, 1)):
            self.assertEqual(self.run_main("--strict", "--baseline", baseline,
                                           self.write("now.json", rows_of("a", [time])))[0], status)

    def test_speed_up_is_against_one_queue_of_the_same_size(self):
        _, output, _ = self.run_main(self.write(
            "now.json",
            rows_of("organization_year/clinicians:1000/threads:0/real_time", [10.0]),
            rows_of("organization_year/clinicians:1000/threads:2/real_time", [4.0]),
            rows_of("organization_year/clinicians:5000/threads:2/real_time", [4.0])))
        self.assertRegex(output, r"(?m)^clinicians:1000/threads:2 .* 2\.50x$")
        self.assertNotRegex(output, r"(?m)^clinicians:1000/threads:0 .*x$")
        self.assertNotRegex(output, r"(?m)^clinicians:5000/threads:2 .*x$")

    def test_lines_fit_a_screen_whatever_is_counted(self):
        counters = {key: 123456.0 for key in self.module.COLUMNS}
        path = self.write("now.json", rows_of("organization_year/clinicians:1000000/threads:2", [1.0], **counters))
        _, output, _ = self.run_main("--baseline", self.store(rows_of("organization_year/clinicians:1000000/threads:2",
                                                                      [0.1])), path)
        table = output.split("Medians;")[0]
        self.assertIn("10.00x SLOWER", table)
        self.assertLessEqual(max(map(len, table.splitlines())), 100)

    def test_numbers_are_readable(self):
        show = self.module.show
        self.assertEqual([self.module.show_time(t) for t in (3.456, 65.43, 12345.0, 6.54e8, 1.18e10)],
                         ["3.46 ns", "65.4 ns", "12.3 us", "654 ms", "11.8 s"])
        self.assertEqual([show(9.5e6, "rate"), show(163000.0, "rate"), show(0.034, "share"), show(1234.0, "number"),
                          show(1.0, "count")],
                         ["9.50 M", "163 k", "3.4 %", "1,234", "1"])
        self.assertEqual(show(float("nan"), "share"), "")

    def test_a_stored_run_says_what_machine_it_was_but_not_whose(self):
        stored = json.loads(pathlib.Path(self.store(rows_of("a", [1.0]))).read_text())
        self.assertEqual(stored["machine"]["caches"], ["L2 unified 512 KiB, shared by 1"])
        self.assertNotIn("somebody", json.dumps(stored))

    def test_every_problem_has_a_message_and_status_2(self):
        (self.folder / "text.json").write_text("no json")
        (self.folder / "other.json").write_text("{}")
        failed = rows_of("a", [1.0])
        failed[0].update(error_occurred=True, error_message="other bits")
        good = self.write("good.json", rows_of("a", [1.0]))
        for arguments, message in (
            ([str(self.folder / "absent.json")], "No such file"),
            ([str(self.folder / "text.json")], "no JSON"),
            ([str(self.folder / "other.json")], "no result of Google Benchmark"),
            ([self.write("failed.json", failed)], "other bits"),
            (["--baseline", good, good], "no stored benchmarks"),
            (["--store", str(self.folder / "absent" / "x.json"), good], "No such file"),
        ):
            status, _, errors = self.run_main(*arguments)
            self.assertEqual(status, 2, message)
            self.assertIn(message, errors)

    def test_committed_baselines_can_be_read(self):
        for path in (ROOT / "tests" / "performance" / "baselines").glob("*.json"):
            content = self.module.read_baseline(path)
            self.assertTrue(content["benchmarks"], path)
            self.assertTrue(content["machine"]["processor"], path)


if __name__ == "__main__":
    unittest.main()
