"""Reports say what the files say: every number of a document against the file, to the printed digit."""

import json
import math
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import h5py
import numpy

PROGRAM = os.environ["PEERCAP_PROGRAM"]
CONFIGS = pathlib.Path(os.environ["PEERCAP_CONFIGS"])
PLACE = '<script type="application/json" id="peercap-document">'

COMPARISON = """format: peercap-study/1
name: two_sizes
scenario: small_clinic.yaml
policies:
  - name: few
    set: {supporters.count: 3}
  - name: many
    set: {supporters.count: 9}
targets:
  - contact_within_limit_share >= 90 %
measures: [overload_hours_per_week]
"""

SIZING = """format: peercap-study/1
name: size_small_clinic
scenario: small_clinic.yaml
targets: [contact_within_limit_share >= 80 %]
search: {supporters.count: 2-10}
"""

SWEEP = """format: peercap-study/1
name: small_sweep
scenario: small_clinic.yaml
vary:
  supporters.count: [3, 6, 9]
  supporters.protected_time: [0.25 h/week, 1 h/week]
design: {kind: grid}
measures: [contact_within_limit_share, overload_hours_per_week]
"""


def call(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)


def texts(dataset):
    return [value.decode() if isinstance(value, bytes) else value for value in dataset[...].ravel()]


def charts_of(blocks):
    for block in blocks:
        if block["kind"] == "chart":
            yield block["chart"]
        elif block["kind"] == "details":
            yield from charts_of(block["blocks"])


def tables_of(blocks):
    for block in blocks:
        if block["kind"] == "table":
            yield block["table"]
        elif block["kind"] == "chart":
            yield block["chart"]["table"]
        elif block["kind"] == "details":
            yield from tables_of(block["blocks"])


def shown(text):
    """The numbers of "1,234.5 % (1,230 to 1,240)", with the unit of their last digit."""
    found = []
    for match in re.finditer(r"-?\d[\d,]*(?:\.(\d+))?", text):
        found.append((float(match.group(0).replace(",", "")), 10.0 ** -len(match.group(1) or "")))
    return found


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.folder.name)
        (cls.at / "small_clinic.yaml").write_text((CONFIGS / "scenarios" / "small_clinic.yaml").read_text())
        for name, text in (("comparison", COMPARISON), ("sizing", SIZING), ("sweep", SWEEP)):
            (cls.at / f"{name}.yaml").write_text(text)
        commands = {
            "run": ("run", "small_clinic.yaml", "-r", 12, "--set", "run.twin=on"),
            "sizing": ("size", "sizing.yaml", "-r", 64),
            "comparison": ("compare", "comparison.yaml", "-r", 16),
            "sweep": ("sweep", "sweep.yaml", "-r", 4),
            "sensitivity": ("sensitivity", "sweep.yaml", "-r", 8, "--set", "run.horizon=26 weeks"),
        }
        cls.documents = {}
        for kind, (command, file, *options) in commands.items():
            result = cls.at / f"{kind}.h5"
            made = call(command, cls.at / file, *options, "--quiet", "--out", result)
            assert made.returncode in (0, 5), made.stderr
            told = call("report", result, "--json")
            assert told.returncode == 0, told.stderr
            cls.documents[kind] = json.loads(told.stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def blocks(self, kind):
        return [block for section in self.documents[kind]["sections"] for block in section["blocks"]]

    def assert_shows(self, text, values, scale=1.0):
        """The first numbers of the text are these values, rounded to the digits shown."""
        numbers = shown(text)
        for value, (number, last) in zip(values, numbers):
            self.assertLessEqual(abs(value * scale - number), 0.5000001 * last, f"{text} against {value * scale}")

    def test_each_kind_is_named(self):
        for kind, document in self.documents.items():
            self.assertEqual(document["format"], "peercap-report/1")
            self.assertEqual(document["kind"], kind)
            self.assertTrue(document["answer"]["sentence"])
            self.assertTrue(document["title"])

    def test_every_measure_of_a_run_is_that_of_the_file_to_the_printed_digit(self):
        tables = [t for t in tables_of(self.blocks("run")) if t["caption"] == "Every measure of the file"]
        self.assertEqual(len(tables), 1)
        with h5py.File(self.at / "run.h5") as file:
            summary = file["summary"]
            names = texts(summary["measure"])
            self.assertEqual([row[1] for row in tables[0]["rows"]], names)
            compared = 0
            for i, row in enumerate(tables[0]["rows"]):
                cell = row[2]
                if isinstance(cell, str):
                    self.assertEqual(int(summary["n"][i]), 0, names[i])
                    continue
                self.assertEqual(cell["value"], summary["mean"][i])
                values = file["replications"][names[i]][0]
                values = values[~numpy.isnan(values)]
                self.assertAlmostEqual(cell["value"], values.mean(), delta=1e-9 * max(1.0, abs(values.mean())))
                self.assertEqual(int(row[4]), len(values))
                scale = 100.0 if "%" in cell["text"] else 1.0
                self.assert_shows(cell["text"], [summary["mean"][i]], scale)
                compared += 1
            self.assertGreater(compared, 120)

    def test_answer_figures_are_those_of_the_file(self):
        with h5py.File(self.at / "run.h5") as file:
            names = texts(file["summary/measure"])
            means = dict(zip(names, file["summary/mean"][...]))
        figures = {figure["label"]: figure for figure in self.documents["run"]["answer"]["figures"]}
        figure = figures["episodes that meet no supporter"]
        self.assertEqual(figure["value"], means["unmet_episodes_share"])
        self.assert_shows(figure["text"], [means["unmet_episodes_share"]], 100.0)
        self.assertIn(figure["text"], " ".join(self.documents["run"]["answer"]["sentences"]))

    def test_fan_charts_are_the_series(self):
        with h5py.File(self.at / "run.h5") as file:
            statistics = texts(file["series/statistic"])
            seen = 0
            for chart in charts_of(self.blocks("run")):
                if not chart["id"].startswith("series-"):
                    continue
                series = file["series"][chart["id"][len("series-"):]][0]
                line = chart["lines"][0]
                mean = series[statistics.index("mean")]
                self.assertEqual([y for _, y in line["points"]], [float(v) for v in mean if not math.isnan(v)])
                widest = line["bands"][0]["points"]
                self.assertEqual([low for _, low, _ in widest],
                                 [float(v) for v in series[statistics.index("p05")] if not math.isnan(v)])
                self.assertRegex(line["points"][0][0], r"^\d{4}-\d\d-\d\d$")
                seen += 1
            self.assertGreaterEqual(seen, 5)
        self.assertIn("series-coverage", [chart["id"] for chart in charts_of(self.blocks("run"))])

    def test_causes_are_those_of_the_file(self):
        table = next(t for t in tables_of(self.blocks("run")) if t["caption"].startswith("Causes of distress"))
        self.assertIn("n = ", table["caption"])
        columns = ["exposures", "episodes", "requests", "first_contacts", "coverage", "wait_hours", "within_limit"]
        with h5py.File(self.at / "run.h5") as file:
            names = texts(file["causes/cause"])
            self.assertEqual([row[0] for row in table["rows"]], ["clinical event", "personal event"])
            for row in table["rows"]:
                at = names.index(row[0].replace(" ", "_"))
                for cell, column in zip(row[1:], columns):
                    value = float(file["causes"][column][at])
                    self.assertEqual(cell["value"], value)
                    self.assert_shows(cell["text"], [value], 100.0 if column in ("coverage", "within_limit") else 1.0)

    def test_heat_map_is_the_table_of_supporters_by_week(self):
        charts = {chart["id"]: chart for chart in charts_of(self.blocks("run"))}
        with h5py.File(self.at / "run.h5") as file:
            beyond = file["supporter_weeks/overload_hours"][...]
            protected = file["supporter_weeks/protected_hours"][...]
            # The table of supporters tells the same hours of the first replication.
            first = file["supporters/replication"][...] == file["supporters/replication"][0]
            self.assertAlmostEqual(float(beyond.sum()), float(file["supporters/overload_hours"][...][first].sum()), delta=1.0)
        for chart, hours in ((charts["load-beyond"], beyond), (charts["load-protected"], protected)):
            cells = sum(value for _, _, value in chart["cells"])
            self.assertAlmostEqual(cells, float(hours.sum()), delta=0.005 * hours.size)
            self.assertEqual(len(chart["rows"]), hours.shape[0])
            self.assertEqual(len(chart["columns"]), hours.shape[1])

    def test_waits_add_up(self):
        chart = next(c for c in charts_of(self.blocks("run")) if c["id"] == "time-to-contact")
        with h5py.File(self.at / "run.h5") as file:
            clock = numpy.array(texts(file["waits/clock"])) == "request"
            contacted = file["waits/contacted"][...][clock]
        self.assertEqual([y for _, y in chart["lines"][0]["points"]], list(contacted[: len(chart["lines"][0]["points"])]))

    def test_comparison_is_that_of_the_file(self):
        table = next(t for t in tables_of(self.blocks("comparison")) if t["caption"] == "Means with 95 % intervals")
        with h5py.File(self.at / "comparison.h5") as file:
            values = file["replications/contact_within_limit_share"][...]
            policies = texts(file["replications/policy"])
        self.assertEqual([column["label"] for column in table["columns"][1:]], policies)
        for p, cell in enumerate(table["rows"][0][1:]):
            self.assertAlmostEqual(cell["value"], numpy.nanmean(values[p]), places=12)
        chart = next(c for c in charts_of(self.blocks("comparison")) if c["id"] == "differences-contact_within_limit_share")
        both = values[0] - values[1]
        self.assertAlmostEqual(chart["rows"][0]["value"], numpy.nanmean(both), places=12)
        self.assert_shows(chart["rows"][0]["text"], [numpy.nanmean(both)], 100.0)

    def test_sizing_is_that_of_the_file(self):
        document = self.documents["sizing"]
        with h5py.File(self.at / "sizing.h5") as file:
            told = " ".join([document["answer"]["sentence"], document["answer"]["sentences"][0]])
            self.assertEqual(told, texts(file["study/answer"])[0])
            parts = texts(file["assessments/part"])
            estimates = file["assessments/estimate"][...]
            sizes = file["assessments/supporters.count"][...]
        curve = next(c for c in charts_of(self.blocks("sizing")) if c["kind"] == "curves")
        points = dict(map(tuple, curve["lines"][0]["points"]))
        for part, estimate, size in zip(parts, estimates, sizes):
            if part == "looked_at" and size in points and part != "confirmation":
                self.assertIn(points[size], [e for e, s in zip(estimates, sizes) if s == size])

    def test_sweep_cells_are_means_of_points(self):
        chart = next(c for c in charts_of(self.blocks("sweep")) if c["id"] == "map-overload_hours_per_week")
        with h5py.File(self.at / "sweep.h5") as file:
            means = numpy.nanmean(file["replications/overload_hours_per_week"][...], axis=1)
        self.assertEqual(len(chart["cells"]), 6)
        self.assertEqual(sorted(round(v, 9) for _, _, v in chart["cells"]), sorted(round(float(m), 9) for m in means))

    def test_no_number_stands_without_its_interval_or_its_n(self):
        for kind, document in self.documents.items():
            for section in document["sections"]:
                for chart in charts_of(section["blocks"]):
                    self.assertTrue(chart["n"], f"{kind}: {chart['id']}")
                    self.assertTrue(chart["finding"])
                    self.assertTrue(chart["description"])
                    self.assertTrue(chart["table"]["rows"] or not chart.get("rows"), f"{kind}: {chart['id']}")
            for figure in document["answer"]["figures"]:
                self.assertIn("n = ", figure["n"])
                self.assertRegex(figure["text"], r"\(.*to.*\)|not defined|n = 1")

    def test_tables_are_whole(self):
        for kind in self.documents:
            for table in tables_of(self.blocks(kind)):
                self.assertTrue(all(column["label"] for column in table["columns"]), f"{kind}: {table['caption']}")
                for row in table["rows"]:
                    self.assertEqual(len(row), len(table["columns"]), f"{kind}: {table['caption']}")

    def test_ids_are_unique(self):
        for kind, document in self.documents.items():
            ids = [section["id"] for section in document["sections"]]
            ids += [chart["id"] for section in document["sections"] for chart in charts_of(section["blocks"])]
            self.assertEqual(len(ids), len(set(ids)), kind)

    def test_page_is_one_file_with_the_document_in_it(self):
        made = call("report", self.at / "run.h5", self.at / "sizing.h5", self.at / "sensitivity.h5")
        self.assertEqual(made.returncode, 0, made.stderr)
        page = (self.at / "run.html").read_text()
        self.assertLess(len(page), 3_000_000)
        self.assertEqual(page.count(PLACE), 1)
        inner = page.split(PLACE)[1].split("</script>")[0]
        document = json.loads(inner)
        self.assertEqual(document["answer"]["sentence"], self.documents["run"]["answer"]["sentence"])
        self.assertIn(self.documents["sizing"]["answer"]["sentence"], document["answer"]["sentences"])
        self.assertTrue(any(chart["kind"] == "tornado" for s in document["sections"] for chart in charts_of(s["blocks"])))
        self.assertNotIn("<", inner)
        for reference in re.findall(r'(?:src|href)="([^"]*)"', page.replace(inner, "")):
            self.assertFalse(reference.startswith(("http", "//")), reference)
        again = call("report", self.at / "run.h5")
        self.assertEqual(again.returncode, 6)
        self.assertIn("exists already", again.stderr)

    def test_strangers_are_refused(self):
        (self.at / "stranger.h5").write_text("no result")
        refused = call("report", self.at / "stranger.h5")
        self.assertEqual(refused.returncode, 6)
        self.assertIn("stranger.h5", refused.stderr)


class Exports(unittest.TestCase):
    def test_tables_are_those_of_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            at = pathlib.Path(folder)
            result = at / "run.h5"
            made = call("run", CONFIGS / "scenarios" / "small_clinic.yaml", "-r", 3, "--quiet", "--out", result)
            self.assertEqual(made.returncode, 0, made.stderr)
            self.assertIn("replications", call("export", result).stdout)
            self.assertEqual(call("export", result, "--csv", at / "csv").returncode, 0)
            refused = call("export", result, "--csv", at / "csv")
            self.assertEqual(refused.returncode, 6)
            lines = (at / "csv" / "replications.csv").read_text().splitlines()
            header = lines[0].split(",")
            rows = [line.split(",") for line in lines[1:]]
            with h5py.File(result) as file:
                self.assertEqual(len(rows), file["replications/sessions_per_year"].size)
                column = header.index("sessions_per_year")
                self.assertEqual([float(row[column]) for row in rows], list(file["replications/sessions_per_year"][0]))
                series = (at / "csv" / "series.csv").read_text().splitlines()
                self.assertEqual(len(series) - 1, file["series/requests"].size)
                self.assertIn("date", series[0].split(","))
            printed = call("export", result, "--table", "summary").stdout
            self.assertEqual(printed, (at / "csv" / "summary.csv").read_text())
            self.assertIn("overload_hours_per_week", (at / "csv" / "columns.csv").read_text())

            logged = call("export", result, "--events", at / "log.csv", "--replication", 1)
            self.assertEqual(logged.returncode, 0, logged.stderr)
            log = [line.split(",") for line in (at / "log.csv").read_text().splitlines()]
            for name in ("case_id", "entity_id", "activity", "timestamp", "resource", "event_type", "event", "time", "resource_id"):
                self.assertIn(name, log[0])
            times = [float(row[log[0].index("time")]) for row in log[1:]]
            self.assertEqual(times, sorted(times))
            self.assertGreaterEqual(times[0], 0.0)
            begins = sum(row[log[0].index("event_type")] == "resource_use" for row in log)
            with h5py.File(result) as file:
                years = 1.0
                sessions = float(file["replications/sessions_per_year"][0][1]) * years
            # Sessions of the log: those of the replication, but for the year's length and one that goes on at an end.
            self.assertAlmostEqual(begins, sessions, delta=0.02 * sessions + 2)
            self.assertNotEqual(call("export", result, "--events", at / "none.csv", "--replication", 9).returncode, 0)
            self.assertNotEqual(call("export", result, "--table", "nothing").returncode, 0)


if __name__ == "__main__":
    unittest.main()
