#!/usr/bin/env python3
"""Stands in for `peercap` while the commands of a page are run: the same command with a small number of replications.

Where a command resumes, what it resumes is made first, by the same command interrupted. Where its result exists from an
earlier line of the page, that is removed first: lines of a page show alternatives. The program is $PEERCAP_PROGRAM.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

FEWEST = {"run": 2, "patterns": 2, "compare": 2, "size": 2, "sweep": 2, "calibrate": 2, "validate-model": 2,
          "sensitivity": 10}  # fmt: skip
SMALL_FAMILY = "priorities"  # in place of whatever `verify` is to look at, with all its replications: others take minutes
SMALL_PROGRAM = "washington_university"  # in place of all programs of `validate-model`
RESUMED_REPLICATIONS = 200  # enough to be caught in the middle


def value_of(arguments, *names):
    for position, argument in enumerate(arguments):
        for name in names:
            if argument == name and position + 1 < len(arguments):
                return arguments[position + 1]
            if argument.startswith(name + "="):
                return argument[len(name) + 1 :]
    return None


def without(arguments, *names):
    """The arguments without options that take a value."""
    kept, skipped = [], False
    for argument in arguments:
        if skipped:
            skipped = False
        elif argument in names:
            skipped = True
        elif not argument.startswith(tuple(name + "=" for name in names if name.startswith("--"))):
            kept.append(argument)
    return kept


def one_family(arguments):
    """`verify` of a small family; what was named has to exist."""
    for name in [argument for argument in arguments[1:] if not argument.startswith("-")]:
        if not pathlib.Path(f"configs/verification/{name.partition('.')[0]}.yaml").exists():
            sys.exit(f"limited_program: there is no family {name}")
    return ["verify", SMALL_FAMILY, *(argument for argument in arguments[1:] if argument.startswith("-"))]


def limited(arguments):
    command = arguments[0]
    if command == "verify" and "--help" not in arguments:
        return one_family(arguments)
    if command not in FEWEST or "--help" in arguments:
        return arguments
    fewest = RESUMED_REPLICATIONS if command == "run" and "--resume" in arguments else FEWEST[command]
    arguments = [*without(arguments, "-r", "--replications"), "--replications", str(fewest)]
    named = [argument for argument in without(arguments, "--replications")[1:] if not argument.startswith("-")]
    if command == "validate-model" and not named:
        arguments.insert(1, SMALL_PROGRAM)
    return arguments


def interrupt(program, arguments, seconds):
    """Runs the command without --resume and ends it as Ctrl-C does, some time after it has begun."""
    process = subprocess.Popen(
        [program, *(argument for argument in arguments if argument != "--resume")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    process.wait()


def make_shards(program, folder):
    """The shards that a merge lacks, of the sweep that the first one belongs to."""
    for path in folder.glob("*.shard-1-of-*.h5"):
        name, _, shards = path.name.removesuffix(".h5").partition(".shard-1-of-")
        for shard in range(2, int(shards) + 1):
            if not (folder / f"{name}.shard-{shard}-of-{shards}.h5").exists():
                sweep = limited(["sweep", f"{name}.yaml", "--shard", f"{shard}/{shards}"])
                subprocess.run([program, *sweep], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def make_results(program, arguments):
    """The results that a page only names; pages and tables made by an earlier line are removed."""
    for name in [argument for argument in arguments[1:] if argument.endswith(".h5")]:
        if not pathlib.Path(name).exists():
            run = ["run", "SCENARIO.yaml", "--replications", "2", "--quiet", "--out", name]
            subprocess.run([program, *run], stdout=subprocess.DEVNULL, check=True)
        pathlib.Path(name).with_suffix(".html").unlink(missing_ok=True)
    for option in ("--csv", "--events"):
        made = value_of(arguments, option)
        if made is not None and pathlib.Path(made).is_dir():
            shutil.rmtree(made)
        elif made is not None:
            pathlib.Path(made).unlink(missing_ok=True)


def prepare(program, arguments):
    if arguments[0] in ("report", "export"):
        make_results(program, arguments)
    if arguments[0] == "merge":
        make_shards(program, pathlib.Path(arguments[1]))
    result = value_of(arguments, "-o", "--out")
    if result is None or "--force" in arguments or "--dry-run" in arguments:
        return
    partial = pathlib.Path(result + ".partial")
    pathlib.Path(result).unlink(missing_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    if "--resume" in arguments:
        for attempt in range(8):  # too early, and nothing is kept yet; too late, and it has ended
            interrupt(program, arguments, 0.1 * 1.5**attempt)
            if partial.exists():
                return
            pathlib.Path(result).unlink(missing_ok=True)
        sys.exit("limited_program: the command ended before it could be interrupted, or kept nothing, eight times")


def main():
    program = os.environ["PEERCAP_PROGRAM"]
    arguments = limited(sys.argv[1:]) if len(sys.argv) > 1 else []
    if arguments:
        prepare(program, arguments)
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main()
