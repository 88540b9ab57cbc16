"""The generator of sample rosters: reproduces the committed one, and makes sound ones of other sizes."""

import csv
import importlib.util
import io
import pathlib
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("make_sample_roster", ROOT / "scripts/python/make_sample_roster.py")
make_sample_roster = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_sample_roster)


def write(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "roster.csv")
        make_sample_roster.main([*arguments, "--output", str(file)])
        return file.read_bytes()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


class SampleRoster(unittest.TestCase):
    def test_reproduces_the_committed_file(self):
        self.assertEqual(write(), (ROOT / "configs/scenarios/sample_roster.csv").read_bytes())

    def test_another_seed_gives_another_roster(self):
        self.assertNotEqual(write("--seed", "1"), write("--seed", "2"))
        self.assertEqual(write("--seed", "1"), write("--seed", "1"))

    def test_sizes_are_kept_and_reporting_lines_lead_to_heads(self):
        for people in (100, 301, 2000):
            rows = rows_of(write("--people", str(people), "--seed", "7"))
            self.assertEqual(len(rows), people)
            manager_of = {row["id"]: row["reports_to"] for row in rows}
            self.assertEqual(len(manager_of), people)
            self.assertEqual(list(manager_of.values()).count(""), 5)
            for person in manager_of:
                chain = [person]
                while manager_of[chain[-1]]:
                    chain.append(manager_of[chain[-1]])
                self.assertLessEqual(len(chain), 3)
            roles = [row["role"] for row in rows]
            self.assertEqual(roles.count("supporter"), round(0.04 * people))
            self.assertEqual(roles.count("trainee"), max(1, round(0.01 * people)))

    def test_too_few_people_are_refused(self):
        with self.assertRaises(SystemExit), unittest.mock.patch("sys.stderr", io.StringIO()):
            write("--people", "99")


if __name__ == "__main__":
    unittest.main()
