"""scripts/run.sh around a program that only notes how it was called: names of results, exit codes, places."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Refuses to overwrite, as the real program does.
FAKE_PROGRAM = """#!/usr/bin/env bash
echo "$@"
while [[ $# -gt 1 ]]; do
  if [[ $1 == --out ]]; then
    sleep "${FAKE_SECONDS:-0}"
    (set -o noclobber && echo "$RANDOM" >"$2") || exit 6
  fi
  shift
done
exit "${FAKE_EXIT_CODE:-0}"
"""


class RunScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # Blanks in a path are the commonest way to break a script.
        self.tree = pathlib.Path(folder.name).resolve() / "my checkout"
        shutil.copytree(ROOT / "scripts", self.tree / "scripts")
        for scenario in ("community_hospital", "small_clinic"):
            file = self.tree / "configs" / "scenarios" / f"{scenario}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")
        build = self.tree / "build" / "release"
        program = build / "bin" / "peercap"
        program.parent.mkdir(parents=True)
        program.write_text(FAKE_PROGRAM)
        program.chmod(0o755)
        # A configured folder in which nothing is left to do.
        (build / "build.ninja").write_text("build peercap: phony\n")
        (build / "CMakeCache.txt").write_text(
            f"CMAKE_HOME_DIRECTORY:INTERNAL={self.tree}\nPEERCAP_BUILD_TESTS:BOOL=ON\n"
        )

    def start(self, *arguments, folder=None, **environment):
        return subprocess.Popen(
            [str(self.tree / "scripts" / "run.sh"), *arguments],
            cwd=folder or self.tree,
            env={**os.environ, "PEERCAP_SKIP_SETUP": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run_script(self, *arguments, **options):
        process = self.start(*arguments, **options)
        output, messages = process.communicate()
        return process.returncode, output, messages

    def results(self):
        return sorted(path.name for path in (self.tree / "results").iterdir())

    def test_repeating_takes_the_next_number_and_leaves_earlier_results(self):
        self.assertEqual(self.run_script()[0], 0)
        first = self.tree / "results" / "community_hospital-001.h5"
        before = first.read_text()
        self.assertEqual(self.run_script()[0], 0)
        self.assertEqual(self.results(), ["community_hospital-001.h5", "community_hospital-002.h5"])
        self.assertEqual(first.read_text(), before)

    def test_the_unfinished_work_of_an_interrupted_run_keeps_its_number(self):
        (self.tree / "results" / "community_hospital-001.partial").mkdir(parents=True)
        self.run_script()
        self.assertIn("community_hospital-002.h5", self.results())

    def test_two_runs_started_together_get_different_names(self):
        runs = [self.start(FAKE_SECONDS="0.2") for _ in range(2)]
        for run in runs:
            run.communicate()
            self.assertEqual(run.returncode, 0)
        self.assertEqual(self.results(), ["community_hospital-001.h5", "community_hospital-002.h5"])

    def test_scenario_by_name_and_options_from_another_folder(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            code, output, messages = self.run_script("small_clinic", "--replications", "3", folder=elsewhere)
        result = self.tree / "results" / "small_clinic-001.h5"
        scenario = self.tree / "configs" / "scenarios" / "small_clinic.yaml"
        self.assertEqual((code, output), (0, f"run {scenario} --replications 3 --out {result}\n"))
        self.assertIn(f"result: {result}", messages)

    def test_named_output_is_used_as_it_is(self):
        code, output, messages = self.run_script("--out", "mine.h5")
        self.assertEqual(code, 0)
        self.assertTrue(output.endswith("--out mine.h5\n"), output)
        self.assertIn("result: mine.h5", messages)
        self.assertFalse((self.tree / "results").exists())

    def test_exit_code_of_the_program_is_passed_on(self):
        code, _, messages = self.run_script(FAKE_EXIT_CODE="4")
        self.assertEqual(code, 4)
        self.assertIn("result: results/community_hospital-001.h5", messages)

    def test_a_run_without_a_result_claims_none(self):
        (self.tree / "results").mkdir()
        code, _, messages = self.run_script("--out", "results")
        self.assertEqual(code, 6)
        self.assertNotIn("result:", messages)


if __name__ == "__main__":
    unittest.main()
