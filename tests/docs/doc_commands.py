"""The commands of a page: what stands in its fenced blocks of sh, bash and console, and which of it is not run."""

import re
import subprocess

FENCE = re.compile(r"^```(\w*)\s*$")
SHELLS = {"sh", "bash", "console"}

# What is not run by these tests, by how it begins, with the reason. Each has to occur on some page.
NOT_RUN = {
    "scripts/run.sh": "builds the program; tests/install runs it",
    "scripts/test.sh": "builds and runs every test",
    "scripts/check.sh": "builds, and checks what other tests check",
    "scripts/python/calibrate.py": "fits for minutes, and writes files of this checkout",
    "scripts/python/theory_tables.py": "writes pages of this checkout; takes minutes",
    "export PATH=": "the tests bring the program along",
    "cd /scratch": "a disk of a cluster",
    "peercap submit slurm my_study.yaml --partition short --go": "submits to a cluster; tests/cluster runs it",
    "squeue ": "asks a cluster",
    "ls my_study-002.slurm/logs": "logs of jobs on a cluster",
    "job=$(sbatch": "submits to a cluster; tests/cluster runs it",
    "sbatch ": "submits to a cluster; tests/cluster runs it",
}

# Exit codes other than 0 that a page announces, by how the command begins: (code, why).
EXIT_CODES: dict[str, tuple[int, str]] = {}


def is_whole(text):
    """Whether the shell would not wait for more lines."""
    return subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False).returncode == 0


def commands_of(text):
    """Pairs of line number and command, continued lines and loops taken together, without prompts."""
    language, pending, begin = None, "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if match := FENCE.match(line.lstrip()):
            language = (match[1] or "none") if language is None else None
            if pending:
                raise ValueError(f"line {begin}: no whole command: {pending}")
            continue
        if language not in SHELLS:
            continue
        if language == "console":
            if not line.startswith("$ "):
                continue  # what the command prints
            line = line[2:]
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        begin = begin if pending else number
        pending += line + "\n"
        if not line.endswith("\\") and is_whole(pending):
            yield begin, pending.rstrip("\n")
            pending = ""


def reason_not_to_run(command):
    """The entry of the table under which a command falls, or None. The longest decides."""
    matching = [start for start in NOT_RUN if command.lstrip().startswith(start)]
    return max(matching, key=len) if matching else None


def calls_program(command):
    return re.search(r"(?<![\w./-])(?:build/release/bin/)?peercap (?=[a-z-])", command) is not None


def announced_code(command):
    return next((code for start, (code, _) in EXIT_CODES.items() if command.startswith(start)), 0)
