#!/usr/bin/env python3
"""Break lines of the source on purpose, one at a time, and see that a test or a system with a known answer notices.

The list is tests/mutations/mutations.toml. The check works on a copy of what is committed, in build/mutations. An oracle has
to pass on the copy as it is; with a mutation it has to fail, and the copy has to compile.

    scripts/mutation_check.sh                  # all of them (about ten minutes)
    scripts/mutation_check.sh patience gap     # those whose name holds one of the words
    scripts/mutation_check.sh --list
"""

import argparse
import filecmp
import os
import pathlib
import shutil
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "tests" / "mutations" / "mutations.toml"


def mutations():
    return tomllib.loads(LIST.read_text(encoding="utf-8"))["mutation"]


def mutated(text, mutation):
    """The text with the mutation, which has to fit exactly one place of it."""
    places = text.count(mutation["old"])
    if places != 1:
        raise ValueError(f"{mutation['file']}: `{mutation['old']}` stands there {places} times, not once")
    return text.replace(mutation["old"], mutation["new"])


def target_of(oracle):
    first = oracle.split()[0]
    return "peercap" if first == "verify" else first


def command_of(oracle, build):
    """What runs the oracle, and the exit codes that tell of a broken mechanism."""
    first, *rest = oracle.split()
    if first == "verify":
        # 4: a figure differs. 3: a run broke one of the model's own rules.
        return [build / "bin" / "peercap", "verify", *rest, "--quiet"], {3, 4}
    (program,) = [path for path in (build / "tests").rglob(first) if path.is_file()]
    return [program, f"--gtest_filter={rest[0]}", "--gtest_brief=1"], {1}


def files_of(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def make_equal(wanted, folder):
    """Files that are equal already keep their times, so that a second check compiles little."""
    folder.mkdir(exist_ok=True)
    for path in files_of(folder) - files_of(wanted):
        (folder / path).unlink()
    for path in files_of(wanted):
        target = folder / path
        if not target.exists() or not filecmp.cmp(wanted / path, target, shallow=False):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(wanted / path, target)


class Copy:
    """What is committed, in a folder of its own, built there."""

    def __init__(self, folder):
        self.source = folder / "source"
        self.build = folder / "build"
        fresh = folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        with subprocess.Popen(["git", "-C", ROOT, "archive", "HEAD"], stdout=subprocess.PIPE) as archive:
            subprocess.run(["tar", "-x", "-C", fresh], stdin=archive.stdout, check=True)
        make_equal(fresh, self.source)
        shutil.rmtree(fresh)

    def configure(self):
        launcher = ["-D", "CMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        subprocess.run(["cmake", "--preset", "release", "-B", self.build, "-D", "PEERCAP_BUILD_TESTS=ON",
                        "-D", "PEERCAP_BUILD_BENCHMARKS=OFF", *launcher], cwd=self.source, check=True,
                       stdout=subprocess.DEVNULL)

    def make(self, targets):
        """What the compiler said where it fails, else nothing."""
        result = subprocess.run(["ninja", "-C", self.build, "-j", str(os.cpu_count()), *targets], check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return result.stdout if result.returncode else ""

    def run(self, oracle):
        """passed, caught or broken, and the end of what was printed."""
        command, caught = command_of(oracle, self.build)
        try:
            result = subprocess.run(command, cwd=self.source, check=False, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT, text=True, timeout=600)
        except subprocess.TimeoutExpired:
            return "caught", "it hangs"  # as a test that runs into its time limit
        is_idle = " 0 tests from" in result.stdout  # a filter that names no case
        state = "broken" if is_idle else "passed" if result.returncode == 0 else "caught" if result.returncode in caught else "broken"
        return state, f"exit {result.returncode}\n" + "\n".join(result.stdout.splitlines()[-12:])


def check(copy, mutation):
    """One word for what became of a mutation, and what to tell of it."""
    file = copy.source / mutation["file"]
    original = file.read_text(encoding="utf-8")
    try:
        file.write_text(mutated(original, mutation), encoding="utf-8")
        complaint = copy.make([target_of(mutation["oracle"])])
        if complaint:
            return "does not compile", complaint
        state, said = copy.run(mutation["oracle"])
        return {"caught": "caught", "passed": "NOT CAUGHT", "broken": "crashed"}[state], said
    finally:
        file.write_text(original, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("words", nargs="*", help="only mutations whose name holds one of them")
    parser.add_argument("--list", action="store_true", help="the mutations and their oracles")
    arguments = parser.parse_args()
    chosen = [m for m in mutations() if not arguments.words or any(word in m["name"] for word in arguments.words)]
    if arguments.list:
        for mutation in chosen:
            print(f"{mutation['name']:<70} {mutation['oracle']}")
        return
    if not chosen:
        sys.exit("no mutation is called so; --list names them")
    copy = Copy(ROOT / "build" / "mutations")
    copy.configure()
    oracles = list(dict.fromkeys(m["oracle"] for m in chosen))
    complaint = copy.make(sorted({target_of(oracle) for oracle in oracles}))
    if complaint:
        sys.exit(f"the copy does not compile:\n{complaint}")
    for oracle in oracles:
        state, said = copy.run(oracle)
        if state != "passed":
            sys.exit(f"`{oracle}` does not pass without a mutation: {said}")
    print(f"{len(oracles)} oracles pass without a mutation", flush=True)
    missed = 0
    for mutation in chosen:
        began = time.monotonic()
        became, said = check(copy, mutation)
        print(f"{became:<16} {mutation['name']} [{mutation['oracle']}], {time.monotonic() - began:.0f} s", flush=True)
        if became != "caught":
            missed += 1
            print(said, flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} mutations caught")
    if missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
