"""scripts/benchmark.sh around programs that only know their names: what is run, what is shown, exit codes."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Lists FAKE_NAMES that begin with the program's subject, or "runs" those that the filter lets through.
FAKE_PROGRAM = """#!/usr/bin/env python3
import json, os, re, sys
options = dict(argument.removeprefix("--").split("=", 1) for argument in sys.argv[1:])
subject = os.path.basename(sys.argv[0]).removeprefix("bench_")
names = [name for name in os.environ["FAKE_NAMES"].split() if name.startswith(subject)]
if "benchmark_list_tests" in options:
    print("\\n".join(names))
    sys.exit()
if os.environ.get("FAKE_EXIT_CODE"):
    sys.exit("no memory")
rows = [{"name": name, "run_name": name, "run_type": "iteration", "real_time": 1.0, "time_unit": "ms",
         "cpu_time": float(os.environ.get("FAKE_TIME", "1")), "iterations": 1}
        for name in names if re.search(options["benchmark_filter"], name)]
rows *= int(options["benchmark_repetitions"])
with open(options["benchmark_out"], "w") as file:
    json.dump({"context": {}, "benchmarks": rows}, file)
"""
PROGRAMS = ("bench_kernel", "bench_mmc", "bench_phold", "bench_peer_support")
NAMES = "kernel/a(b)/1000/iterations:1000000 kernel/a(b)/10000 kernel/a(b)/100000/iterations:1000000 phold/threads:2"


class BenchmarkScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name).resolve() / "my checkout"
        shutil.copytree(ROOT / "scripts", self.tree / "scripts")
        build = self.tree / "build" / "release"
        (build / "tests" / "performance").mkdir(parents=True)
        for name in PROGRAMS:
            program = build / "tests" / "performance" / name
            program.write_text(FAKE_PROGRAM)
            program.chmod(0o755)
        # A configured folder in which nothing is left to do.
        (build / "build.ninja").write_text("".join(f"build {name}: phony\n" for name in PROGRAMS))
        (build / "CMakeCache.txt").write_text(
            f"CMAKE_HOME_DIRECTORY:INTERNAL={self.tree}\nCMAKE_CXX_COMPILER:FILEPATH=/bin/echo\n"
        )
        (build / "configured_with.txt").write_text(
            "--preset release -D PEERCAP_BUILD_TESTS=ON -D PEERCAP_BUILD_BENCHMARKS=ON "
            "-D PEERCAP_WARNINGS_AS_ERRORS=OFF"
        )

    def run_script(self, *arguments, **environment):
        done = subprocess.run(
            [str(self.tree / "scripts" / "benchmark.sh"), *arguments],
            cwd=self.tree,
            # With a launcher of its own, so that none is added to what the folder was configured with.
            env={**os.environ, "PEERCAP_SKIP_SETUP": "1", "CMAKE_CXX_COMPILER_LAUNCHER": "ccache",
                 "FAKE_NAMES": NAMES, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def test_shows_every_benchmark_and_keeps_what_was_measured(self):
        code, output, messages = self.run_script()
        self.assertEqual(code, 0, messages)
        for name in ("a(b)/1000", "a(b)/10000", "a(b)/100000", "threads:2"):
            self.assertIn(name, output)
        folder = self.tree / "build" / "benchmarks"
        self.assertEqual(len(json.loads((folder / "bench_kernel.json").read_text())["benchmarks"]), 15)
        medians = json.loads((folder / "medians.json").read_text())
        self.assertEqual(medians["benchmarks"]["phold/threads:2"]["repetitions"], 5)
        self.assertTrue(medians["machine"]["compiler"].startswith("echo"))

    def test_quick_leaves_out_the_large_ones(self):
        code, output, messages = self.run_script("--quick")
        self.assertEqual(code, 0, messages)
        self.assertIn("a(b)/1000 ", output)
        self.assertIn("a(b)/10000", output)
        self.assertNotIn("100000", output)

    def test_a_filter_is_a_regular_expression_and_names_are_taken_literally(self):
        code, output, messages = self.run_script("--filter", "a.*/1000/|nothing")
        self.assertEqual(code, 0, messages)
        self.assertIn("a(b)/1000", output)
        self.assertNotIn("a(b)/10000", output)
        self.assertNotIn("phold", output)

    def test_lists_names_without_running(self):
        code, output, _ = self.run_script("--list", "--quick", FAKE_EXIT_CODE="1")
        self.assertEqual((code, output), (0, "kernel/a(b)/1000/iterations:1000000\nkernel/a(b)/10000\nphold/threads:2\n"))

    def test_a_stored_run_is_a_baseline_and_only_strict_fails(self):
        self.assertEqual(self.run_script("--store", "base.json")[0], 0)
        for time, options, expected in (("1.3", (), 0), ("1.3", ("--strict",), 1), ("1.1", ("--strict",), 0)):
            code, output, messages = self.run_script("--baseline", "base.json", *options, FAKE_TIME=time)
            self.assertEqual(code, expected, messages)
            self.assertIn(f"{float(time):.2f}x", output)
            self.assertEqual("SLOWER" in output, time == "1.3")

    def test_every_mistake_has_a_message_before_anything_runs(self):
        for arguments, message in (
            (("--fast",), "no option is called '--fast'"),
            (("--filter",), "--filter needs a value"),
            (("--filter", "("), "no regular expression"),
            (("--filter", "mmc"), "no benchmark matches 'mmc'"),
            (("--repetitions", "0"), "a number of 1 or more, not '0'"),
            (("--baseline", "absent.json"), "there is no baseline 'absent.json'"),
        ):
            code, output, messages = self.run_script(*arguments, FAKE_EXIT_CODE="1")
            self.assertEqual((code, output), (1, ""), arguments)
            self.assertIn(message, messages)

    def test_a_program_that_fails_is_named_with_what_it_said(self):
        code, _, messages = self.run_script("--filter", "phold", FAKE_EXIT_CODE="1")
        self.assertEqual(code, 1)
        self.assertIn("no memory", messages)
        self.assertIn("bench_phold failed", messages)


if __name__ == "__main__":
    unittest.main()
