"""scripts/r/read_result.R reads in R what is in the file, to the last digit."""

import csv
import io
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "r" / "read_result.R"
GUIDE = ROOT / "docs" / "guides" / "r.md"
SCENARIO = ROOT / "configs" / "scenarios" / "small_clinic.yaml"
SKIPPED = 77


def rscript(*arguments, check=True, cwd=None):
    return subprocess.run(["Rscript", "--vanilla", *map(str, arguments)], capture_output=True, text=True, check=check, cwd=cwd)


def why_not():
    """Why R cannot be tried here; empty where it can."""
    if shutil.which("Rscript") is None:
        return "there is no Rscript"
    done = rscript("-e", "quit(status = !requireNamespace('rhdf5', quietly = TRUE))", check=False)
    return "R has no package rhdf5" if done.returncode != 0 else ""


class ReadResult(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.file = cls.folder / "run.h5"
        done = subprocess.run(
            [os.environ["PEERCAP_PROGRAM"], "run", SCENARIO, "--quiet", "--json", "-r", "6", "--out", cls.file],
            capture_output=True, text=True, check=True)  # fmt: skip
        cls.said = json.loads(done.stdout)["measures"]

    def rows(self, *part):
        done = rscript(SCRIPT, self.file, "--csv", *part)
        self.assertEqual(done.stderr, "")
        return list(csv.DictReader(io.StringIO(done.stdout)))

    def same(self, text, number, what):
        """Equal to the last bit; empty for what is not defined."""
        if number is None or math.isnan(number):
            self.assertEqual(text, "", what)
        else:
            self.assertEqual(float(text), float(number), what)

    def test_summary_has_the_numbers_of_the_program(self):
        rows = self.rows("summary")
        self.assertEqual([row["measure"] for row in rows], list(self.said))
        for row in rows:
            told = self.said[row["measure"]]
            self.assertEqual(row["unit"], told["unit"])
            for column in ("n", "mean", "ci_low", "ci_high", "sd", "p05", "p50", "p95"):
                self.same(row[column], told[column], f"{row['measure']}: {column}")

    def test_replications(self):
        rows = self.rows("replications")
        self.assertEqual([row["replication"] for row in rows], [str(number) for number in range(6)])
        with h5py.File(self.file) as file:
            for name in ("episodes_per_year", "work_hours_per_week", "hours_to_contact_median"):
                for row, value in zip(rows, file[f"replications/{name}"][0]):
                    self.same(row[name], value, name)
            self.assertEqual(rows[3]["event_digest"], file["replications/event_digest"].asstr()[0, 3])

    def test_series(self):
        rows = self.rows("series", "distressed_share")
        self.assertEqual((rows[0]["date"], rows[51]["date"], len(rows)), ("2026-01-05", "2026-12-28", 52))
        with h5py.File(self.file) as file:
            for place, statistic in enumerate(file["series/statistic"].asstr()):
                for row, value in zip(rows, file["series/distressed_share"][0, place]):
                    self.same(row[statistic], value, statistic)

    def test_supporters(self):
        rows = self.rows("supporters")
        with h5py.File(self.file) as file:
            self.assertEqual(len(rows), len(file["supporters/cases"]))
            for name in ("replication", "cases", "protected_hours", "exit_day"):
                for row, value in zip(rows, file[f"supporters/{name}"][:]):
                    self.same(row[name], value, name)
            self.assertEqual([row["exit"] for row in rows], list(file["supporters/exit"].asstr()))

    def test_the_printed_summary(self):
        printed = rscript(SCRIPT, self.file).stdout
        line = next(line for line in printed.splitlines() if re.search(r"\bepisodes_per_year\b", line))
        self.assertEqual(line.split()[:3], ["episodes_per_year", "1/year", "6"])
        self.assertAlmostEqual(float(line.split()[3]), self.said["episodes_per_year"]["mean"], places=1)

    def test_refusals(self):
        other = self.folder / "other.h5"
        newer = self.folder / "newer.h5"
        with h5py.File(other, "w") as file:
            file.attrs["filetype"] = "something"
        shutil.copyfile(self.file, newer)
        with h5py.File(newer, "r+") as file:
            file.attrs["format_version"] = "2.0"
        text = self.folder / "text.h5"
        text.write_text("no HDF5", encoding="utf-8")
        for path, words in ((other, "no result of peercap"), (newer, "newer than this script"),
                            (text, "not an HDF5 file"), (self.folder / "nothing.h5", "there is no file")):  # fmt: skip
            done = rscript(SCRIPT, path, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)
        done = rscript(SCRIPT, self.file, "--csv", "nonsense", check=False)
        self.assertIn("no group 'nonsense'", done.stderr)

    def test_the_examples_of_the_guide_run(self):
        blocks = re.findall(r"```r\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
        self.assertGreater(len(blocks), 2)
        program = self.folder / "guide.R"
        program.write_text("\n".join(blocks), encoding="utf-8")
        shutil.copyfile(SCRIPT, self.folder / "read_result.R")
        done = rscript(program, check=False, cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    reason = why_not()
    if reason:
        print(f"SKIPPED: reading results in R is NOT tested, {reason}; scripts/setup.sh analysis installs both")
        sys.exit(SKIPPED)
    unittest.main()
