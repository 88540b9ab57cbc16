"""scripts/fingerprints.sh on a table of its own, with a program that says what it is told to."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAD = "command,file,seed,horizon,burn_in,replications,digest\n"
BEFORE = HEAD + "run,a.yaml,1,1 week,0 s,1,aaaa\nrun,b.yaml,1,1 week,0 s,1,bbbb\n"
AFTER = HEAD + "run,a.yaml,1,1 week,0 s,1,aaaa\nrun,b.yaml,1,1 week,0 s,1,cccc\n"


class FingerprintsScript(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="peercap_fingerprints_")
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        self.table = self.place / "table.csv"
        self.table.write_text(BEFORE)
        self.log = self.place / "log.md"
        self.log.write_text("| head |\n")

    def run_script(self, anew: str, *arguments: str, exits: int = 0) -> subprocess.CompletedProcess:
        program = self.place / "program"
        program.write_text(f"#!/bin/sh\n[ \"$1\" = '{self.table}' ] || exit 9\ncat {self.place}/anew\nexit {exits}\n")
        program.chmod(0o755)
        (self.place / "anew").write_text(anew)
        environment = os.environ | {"PEERCAP_FINGERPRINTS_PROGRAM": str(program), "PEERCAP_FINGERPRINTS_TABLE": str(self.table),
                                    "PEERCAP_FINGERPRINTS_LOG": str(self.log)}
        return subprocess.run([ROOT / "scripts" / "fingerprints.sh", *arguments], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=50, check=False)

    def expect_untouched(self) -> None:
        self.assertEqual(self.table.read_text(), BEFORE)
        self.assertEqual(self.log.read_text(), "| head |\n")

    def test_nothing_is_done_where_nothing_differs(self) -> None:
        done = self.run_script(BEFORE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("all 2 fingerprints are as they were", done.stderr)
        self.expect_untouched()

    def test_a_difference_is_shown_and_needs_a_reason(self) -> None:
        done = self.run_script(AFTER)
        self.assertEqual(done.returncode, 1)
        self.assertIn("-run,b.yaml,1,1 week,0 s,1,bbbb\n+run,b.yaml,1,1 week,0 s,1,cccc", done.stdout)
        self.assertNotIn("a.yaml", done.stdout)
        self.assertIn("--reason", done.stderr)
        self.expect_untouched()
        self.assertEqual(self.run_script(AFTER, "--reason", "  ").returncode, 1)
        self.expect_untouched()

    def test_check_only_shows(self) -> None:
        done = self.run_script(AFTER, "--check", "--reason", "because")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cccc", done.stdout)
        self.expect_untouched()

    def test_a_reason_is_kept_with_date_and_version(self) -> None:
        done = self.run_script(AFTER, "--reason", "sessions | take\nlonger")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.table.read_text(), AFTER)
        self.assertRegex(self.log.read_text(),
                         r"^\| head \|\n\| \d{4}-\d\d-\d\d \| \d+\.\d+\.\d+, on \w+ \| 1 of 2 \| sessions / take longer \|\n$")

    def test_a_program_that_fails_changes_nothing(self) -> None:
        self.assertEqual(self.run_script(HEAD, "--reason", "because", exits=1).returncode, 1)
        self.expect_untouched()


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
