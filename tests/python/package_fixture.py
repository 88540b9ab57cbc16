"""What the tests of the package share: small results of every kind, made by the program."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["PEERCAP_PROGRAM"]
SCENARIO = ROOT / "configs" / "scenarios" / "small_clinic.yaml"

# People ask readily, so that a small clinic has requests in every replication.
EAGER = {"activation.self_referral.hazard": "0.1 per day"}

HEAD = f"""format: peercap-study/1
scenario: {SCENARIO}
set: {{activation.self_referral.hazard: 0.1 per day}}
measures: [contact_within_limit_share, unmet_episodes_share, session_overload_hours_per_week]
"""
SWEEP = HEAD + """name: sweep
vary:
  supporters.count: {values: [2, 4, 8]}
  supporters.protected_time: {values: [0.25 h/week, 1 h/week]}
replications: 6
"""
WORDS = HEAD + """name: words
vary:
  matching.same_profession: {levels: all}
replications: 3
"""
POLICIES = HEAD + """name: policies
policies:
  - name: four
    set: {supporters.count: 4}
  - name: twelve
    set: {supporters.count: 12}
replications: 12
"""


def call(*arguments):
    """Runs the program; standard output."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def settings(values):
    return [part for path, value in values.items() for part in ("--set", f"{path}={value}")]


class Results:
    """A folder with results, made once for a test case."""

    def __init__(self):
        self._stack = contextlib.ExitStack()
        self.folder = pathlib.Path(self._stack.enter_context(tempfile.TemporaryDirectory()))

    def close(self):
        self._stack.close()

    def text(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, name, replications, **more):
        """A run's file, and what the program says of it in JSON."""
        path = self.folder / name
        said = call("run", SCENARIO, "--quiet", "--json", "-r", replications, "--out", path,
                    *settings({**EAGER, **{key.replace("__", "."): value for key, value in more.items()}}))
        return path, json.loads(said)

    def sweep(self, text=SWEEP, name="sweep"):
        path = self.folder / f"{name}.h5"
        call("sweep", self.text(f"{name}.yaml", text), "--quiet", "--out", path)
        return path

    def sensitivity(self, method, *more):
        path = self.folder / f"{method}.h5"
        study = self.text("varied.yaml", SWEEP)
        call("sensitivity", study, "--quiet", "--method", method, "-r", 3, "--out", path, *more)
        return path

    def sizing(self):
        said = call("size", SCENARIO, "--target", "contact_within_limit_share >= 90 %", "--search",
                    "supporters.count=1-16", "-r", 16, "--quiet", "--json", *settings(EAGER))
        return self.text("sizing.json", said)

    def comparison(self):
        return self.text("comparison.json", call("compare", self.text("policies.yaml", POLICIES), "--quiet", "--json"))

    def estimate(self):
        return self.text("estimate.json", call("estimate", SCENARIO, "--json"))
