"""Sweeps on a real Slurm of three nodes on this machine: tasks that lose their node, reach their time limit, are
canceled or lost sight of, and the result that is merged in the end, which is always that of the sweep in one go.

Takes about ten minutes on two processors. Needs the packages of `scripts/setup.sh cluster`, the program in
PEERCAP_PROGRAM, and an interpreter with h5py for the digests of results.
"""

import atexit
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from private_slurm import PrivateSlurm, programs_missing, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PEERCAP_PROGRAM", str(ROOT / "build/release/bin/peercap"))

# Two minutes of one processor: tasks have to last until something has happened to them.
STUDY = f"""format: peercap-study/1
name: cluster
scenario: {ROOT}/configs/scenarios/small_clinic.yaml
set: {{run.horizon: 520 weeks}}
vary:
  supporters.count: 2-12
  supporters.protected_time: {{range: [0.25 h/week, 2 h/week]}}
design: {{kind: sobol, points: 1024}}
measures: [contact_within_limit_share, unmet_episodes_share]
replications: 10
"""

# What shells and sbatch take for something else.
FOLDER_NAME = "the clínic's \"sweeps\" #1 $HOME & *"

PATIENCE = 3600  # seconds, far beyond what anything here takes on a machine that has nothing else to do


def peercap(*words, **environment):
    answer = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, **environment)
    if answer.returncode != 0:
        raise AssertionError(f"peercap {shlex.join(map(str, words))}: exit {answer.returncode}\n{answer.stderr}")
    return answer.stdout


def digest(result):
    """The content digest of a result file."""
    python = subprocess.run([ROOT / "scripts/python_with_h5py.sh"], capture_output=True, text=True, check=True)
    script = ROOT / "scripts/python/result_digest.py"
    answer = subprocess.run([python.stdout.strip(), "-B", script, result], capture_output=True, text=True, check=True)
    return answer.stdout.split()[0]


def tell(text):
    print(f"  {text}", file=sys.stderr, flush=True)


class Submission:
    """A sweep that was submitted: its jobs, and what lies in its folder."""

    def __init__(self, slurm, answer):
        self.slurm = slurm
        self.array, self.merge = answer["array_job"], answer["merge_job"]
        self.array_script, self.merge_script = answer["array_script"], answer["merge_script"]
        self.result = pathlib.Path(answer["result"])
        self.folder = pathlib.Path(self.array_script).parent
        self.shards = answer["shards"]

    def shard(self, task):
        return self.folder / "shards" / f"{self.result.stem}.shard-{task}-of-{self.shards}.h5"

    def blocks(self, task):
        """{name: (inode, time)} of the blocks of runs that are on the disk."""
        found = {}
        for block in self.shard(task).parent.glob(f"{self.shard(task).name}.partial/runs-*"):
            status = block.stat()
            found[block.name] = (status.st_ino, status.st_mtime_ns)
        return found

    def log(self, task):
        path = self.folder / "logs" / f"shard-{task}.log"
        return path.read_text() if path.exists() else ""

    def messages(self):
        logs = "".join(f"--- {log.name}\n{log.read_text()}" for log in sorted((self.folder / "logs").iterdir()))
        return f"{self.slurm.jobs()}\n{logs}\n{self.slurm.logs()}"

    def submit(self, *options):
        """Both scripts by hand, as `peercap submit` says."""
        self.array = self.slurm.run("sbatch", "--parsable", *options, self.array_script).strip()
        self.merge = self.slurm.run("sbatch", "--parsable", f"--dependency=afterok:{self.array}", self.merge_script)
        self.merge = self.merge.strip()

    def states(self):
        """{task: state} of the array's tasks, as far as they have begun."""
        prefix = self.array + "_"
        return {int(job[len(prefix) :]): state for job, state in self.slurm.jobs() if job.startswith(prefix)}

    def merge_state(self):
        return dict(self.slurm.jobs()).get(self.merge)

    def wait(self, condition, what):
        return wait_until(condition, PATIENCE, lambda: f"{what}\n{self.messages()}")

    def wait_for_merge(self, state="COMPLETED"):
        ends = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY"}
        end = self.wait(lambda: self.merge_state() in ends and self.merge_state(), "the merge has come to an end")
        if end != state:
            raise AssertionError(f"the merge is {end}, not {state}\n{self.messages()}")

    def restarts(self, task):
        return int(self.slurm.job_fields(f"{self.array}_{task}").get("Restarts", 0))


@unittest.skipIf(programs_missing(), f"not on this machine: {', '.join(programs_missing())}")
class SweepOnSlurm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = pathlib.Path(tempfile.mkdtemp(prefix="peercap-cluster-"))
        atexit.register(shutil.rmtree, cls.base, ignore_errors=True)
        cls.study = cls.base / "the study.yaml"
        cls.study.write_text(STUDY)
        begin = time.monotonic()
        peercap("sweep", cls.study, "--out", cls.base / "serial.h5", "--quiet")
        cls.expected = digest(cls.base / "serial.h5")
        tell(f"in one go: {time.monotonic() - begin:.0f} s, digest {cls.expected[:16]}")

    def setUp(self):
        self.begin = time.monotonic()
        self.slurm = PrivateSlurm()
        self.enterContext(self.slurm)
        self.folder = self.base / self.id().rpartition(".")[2] / FOLDER_NAME
        self.folder.mkdir(parents=True)

    def enterContext(self, manager):  # of unittest from Python 3.11 on
        value = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return value

    def write(self, shards, *options):
        words = ("--shards", shards, "--time", 30, "--out", self.folder / "result.h5", "--json")
        text = peercap("submit", "slurm", self.study, *words, *options, env=self.slurm.environment())
        return Submission(self.slurm, json.loads(text))

    def check_result(self, sweep):
        self.assertEqual(digest(sweep.result), self.expected, sweep.messages())
        tell(f"equal to it after {time.monotonic() - self.begin:.0f} s")

    def wait_for_blocks(self, sweep, tasks):
        sweep.wait(lambda: all(sweep.blocks(task) for task in tasks), f"tasks {tasks} have saved something")

    def test_a_node_that_dies(self):
        """Its task goes on elsewhere, from what was saved; the node comes back and takes part again."""
        sweep = self.write(6, "--go")
        task = sweep.wait(lambda: next((n for n in sweep.states() if sweep.blocks(n)), None), "a task has saved runs")
        saved = sweep.blocks(task)
        node = self.slurm.job_fields(f"{sweep.array}_{task}")["BatchHost"]
        killed = self.slurm.kill_node(node)
        self.assertGreaterEqual(killed, 3, "the job's daemon, its script and peercap")
        tell(f"task {task} lost {node} with {killed} processes and {len(saved)} saved blocks")

        sweep.wait(lambda: sweep.restarts(task) > 0, "the task is queued again")
        self.slurm.start_node(node)
        sweep.wait(lambda: "start 2 on" in sweep.log(task), "the task has begun again")
        self.assertLessEqual(saved.items(), sweep.blocks(task).items(), "what was saved is still there")
        sweep.wait_for_merge()
        self.assertEqual(set(sweep.states().values()), {"COMPLETED"}, sweep.messages())
        self.assertEqual([sweep.restarts(n) for n in range(1, 7)], [int(n == task) for n in range(1, 7)])
        self.check_result(sweep)

        # Submitted once more, nothing is made again.
        before = [sweep.shard(n).stat().st_mtime_ns for n in range(1, 7)]
        sweep.submit()
        sweep.wait_for_merge()
        self.assertEqual([sweep.shard(n).stat().st_mtime_ns for n in range(1, 7)], before)
        self.assertIn("is there already", (sweep.folder / "logs/merge.log").read_text())

    def test_a_time_limit(self):
        """Tasks keep what they have before their limit, and go on in another sitting until they are through."""
        sweep = self.write(2)
        self.assertIsNone(sweep.array)
        sweep.submit("--time=1", "--signal=B:USR1@20")
        sweep.wait_for_merge()
        restarts = [sweep.restarts(task) for task in (1, 2)]
        tell(f"sittings of the two tasks: {[number + 1 for number in restarts]}")
        for task, number in zip((1, 2), restarts):
            self.assertGreaterEqual(number, 1)
            self.assertEqual(sweep.log(task).count("the task is queued again"), number, sweep.log(task))
        self.check_result(sweep)

    def test_jobs_that_are_canceled(self):
        """What is complete is kept, and the merge does not run; submitted again, the tasks go on."""
        sweep = self.write(3, "--go")
        self.wait_for_blocks(sweep, (1, 2, 3))
        saved = [sweep.blocks(task) for task in (1, 2, 3)]
        self.slurm.run("scancel", "--signal=TERM", "--batch", sweep.array)
        sweep.wait(lambda: set(sweep.states().values()) == {"FAILED"}, "the tasks have ended")
        self.check_kept(sweep, saved, "exit code 143")
        sweep.wait(lambda: sweep.merge_state() in (None, "CANCELLED"), "the merge is removed from the queue")
        self.assertFalse(sweep.result.exists())

        # Here Slurm sends the signal to every process, and the script hands its own on.
        sweep.submit()
        sweep.wait(lambda: set(sweep.states().values()) == {"RUNNING"} and len(sweep.states()) == 3, "all run")
        sweep.wait(lambda: all(sweep.log(n).count("begins") == 2 for n in (1, 2, 3)), "all have begun")
        time.sleep(3)  # they work
        saved = [sweep.blocks(task) for task in (1, 2, 3)]
        self.slurm.run("scancel", sweep.array)
        sweep.wait(lambda: set(sweep.states().values()) == {"CANCELLED"}, "the tasks have ended")
        self.check_kept(sweep, saved, "exit code 143")

        sweep.submit()
        sweep.wait_for_merge()
        self.check_result(sweep)

    def check_kept(self, sweep, before, message):
        for task, blocks in zip((1, 2, 3), before):
            after = sweep.blocks(task)
            self.assertLess(set(blocks), set(after), "what was in flight is kept too")
            self.assertIn(message, sweep.log(task))
            tell(f"task {task} canceled: {len(blocks)} blocks before, {len(after)} after")

    def test_a_node_that_is_lost_sight_of(self):
        """Its task still works when Slurm starts it a second time elsewhere: that one waits, and finds it done."""
        sweep = self.write(2, "--go")
        sweep.wait(lambda: "begins" in sweep.log(1), "the first task has begun")
        node = self.slurm.job_fields(f"{sweep.array}_1")["BatchHost"]
        daemon = self.slurm.daemons[f"slurmd-{node}"]
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
        sweep.wait(lambda: "start 2 on" in sweep.log(1), "the task has begun again")
        sweep.wait_for_merge()
        self.assertIn("holds this shard already", sweep.log(1), sweep.messages())
        self.assertIn("another process is at work on this shard", sweep.log(1), sweep.messages())
        self.check_result(sweep)


def interrupt(*_):
    raise KeyboardInterrupt  # unittest takes any other exception for the failure of one test


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)
    unittest.main(verbosity=2)
