"""The program itself, with each exit code that its help names, on every command that can end with it."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLINIC = ROOT / "configs" / "scenarios" / "small_clinic.yaml"
SHORT = ["--set", "run.horizon=13 weeks", "--set", "run.burn_in=4 weeks"]

DONE, INTERNAL, USAGE, INVALID, NOT_MET, PARTIAL, INPUT_OUTPUT, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 5, 6, 130, 143


class ExitCodes(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="peercap_exit_")
        self.addCleanup(self.folder.cleanup)
        self.place = pathlib.Path(self.folder.name)

    def study(self, lines: str) -> str:
        path = self.place / "study.yaml"
        path.write_text(f"format: peercap-study/1\nname: asked\nscenario: {CLINIC}\n"
                        f"set: {{run.horizon: 13 weeks, run.burn_in: 4 weeks}}\n{lines}")
        return str(path)

    def run_program(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
        return subprocess.run([PEERCAP, *arguments], cwd=self.place, input=stdin, capture_output=True, text=True,
                              timeout=100, check=False)

    def expect(self, code: int, *arguments: str, says: str = "", stdin: str = "") -> str:
        done = self.run_program(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        self.assertIn(says, done.stdout + done.stderr)
        return done.stdout

    def expect_after(self, sent: int, code: int, *arguments: str) -> str:
        """Sends a signal once the program says how far it is."""
        process = subprocess.Popen([PEERCAP, *arguments], cwd=self.place, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        time.sleep(1.0)
        process.send_signal(sent)
        out, messages = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, out + messages)
        return messages

    def test_the_help_names_exactly_these(self) -> None:
        text = " ".join(self.expect(DONE, "--help").split())
        self.assertIn("Exit codes: 0 done, 1 internal error, 2 usage, 3 invalid input, 4 a required target is not met, "
                      "5 partial, 6 input/output, 130/143 interrupted.", text)

    def test_0_done(self) -> None:
        self.expect(DONE, "--version", says="peercap")
        self.expect(DONE, "validate", str(CLINIC))
        self.expect(DONE, "run", str(CLINIC), *SHORT, "-r", "2", "-q")
        self.expect(DONE, "size", self.study("targets: [waiting_mean <= 1000]\nsearch: {supporters.count: 2-4}\n"), "-r", "8", "-q")

    def test_1_internal_error_where_every_replication_fails(self) -> None:
        # A measure that nobody gives: sets of parameters that are all refused when the scenario is checked.
        study = self.study("calibrate:\n  population: 50\n  simulations: 60\n  parameters:\n"
                           "    supporters.count: {mean: 110, sd: 1}\n  observed:\n"
                           "    withdrawn_share: {value: 10 %, within: 1 %}\n")
        self.expect(INTERNAL, "calibrate", study, "-q", "--set", "program.enabled=off", says="too few of the parameters")

    def test_2_usage(self) -> None:
        for wrong in ([], ["nothing"], ["run"], ["run", str(CLINIC), "--threads", "0"], ["compare"], ["size", "a", "b"],
                      ["sweep", "a", "--shard", "9/3"]):
            with self.subTest(wrong=wrong):
                self.expect(USAGE, *wrong)

    def test_3_invalid_input(self) -> None:
        broken = self.study("targts: []\n")
        for command in ("size", "estimate", "compare", "sweep", "sensitivity", "calibrate"):
            with self.subTest(command=command):
                self.expect(INVALID, command, broken, says="unknown key `targts`")
        for command in ("run", "validate", "show", "patterns"):
            with self.subTest(command=command):
                self.expect(INVALID, command, str(self.place / "absent.yaml"), says="absent.yaml")
        self.expect(INVALID, "merge", "absent.h5", "--out", "merged.h5", says="absent.h5")
        self.expect(INVALID, "evaluate", "--json", stdin='{"scenaro": "x"}', says="scenaro")

    def test_4_a_required_target_is_not_met(self) -> None:
        study = self.study("targets: [contact_within_target_share >= 99.9 %]\nsearch: {supporters.count: 2-3}\n")
        self.expect(NOT_MET, "size", study, "-r", "16", "-q", "--require", says="Nothing in the range meets the target")
        self.expect(DONE, "size", study, "-r", "16", "-q", says="Nothing in the range meets the target")

    def test_5_partial(self) -> None:
        # The second point asks for more supporters than there are people.
        study = self.study("measures: [asked_per_year]\nreplications: 2\nvary: {supporters.count: {values: [4, 4000]}}\n")
        self.expect(PARTIAL, "sweep", study, "-q", "--out", "sweep.h5")

    def test_6_input_output(self) -> None:
        self.expect(INPUT_OUTPUT, "run", str(CLINIC), *SHORT, "-r", "2", "-q", "--out", "/proc/nowhere/result.h5")
        (self.place / "there.h5").write_text("mine")
        self.expect(INPUT_OUTPUT, "run", str(CLINIC), *SHORT, "-r", "2", "-q", "--out", "there.h5", says="there.h5")
        self.assertEqual((self.place / "there.h5").read_text(), "mine")
        study = self.study("measures: [asked_per_year]\nreplications: 2\nvary: {supporters.count: 4-5}\n")
        self.expect(INPUT_OUTPUT, "sweep", study, "-q", "--out", "/proc/nowhere/sweep.h5")

    def test_130_and_143_interrupted(self) -> None:
        study = self.study("measures: [asked_per_year]\nreplications: 1000000\n"
                           "policies: [{name: a}, {name: b, set: {supporters.count: 5}}]\n")
        for sent, code in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)):
            with self.subTest(signal=sent):
                self.expect_after(sent, code, "compare", study, "-q")
                messages = self.expect_after(sent, code, "run", str(CLINIC), "-r", "50000", "-q", "--out", f"long{code}.h5")
                self.assertIn("--resume", messages)


if __name__ == "__main__":
    PEERCAP = os.environ["PEERCAP_PROGRAM"]
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
