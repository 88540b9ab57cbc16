#!/usr/bin/env python3
"""Runs the commands of a page of the documentation: run_doc_commands.py PAGE | --tables

Every command that calls peercap is run in a folder with a copy of configs/, in the order of the page, with few
replications (limited_program.py), and has to end with exit code 0. What cannot be run stands with its reason in the table of
doc_commands.py; `--tables` checks that every entry of it still occurs. Needs $PEERCAP_PROGRAM, except for --tables.
"""

import argparse
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import doc_commands

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
TIME_LIMIT = 100  # seconds, of one command

# What a page takes for given: files under the names it uses.
STUDY = """format: peercap-study/1
name: STUDY
scenario: SCENARIO.yaml
policies:
  - name: today
  - name: two_more
    set: {supporters.count: 6}
vary:
  access.contact_limit: {values: [24 h, 48 h, 72 h, 96 h]}
targets: [contact_within_limit_share >= 50 %]
search: {supporters.count: 3-6}
calibrate:
  parameters:
    environment.exposure_rate: {range: [1 per year, 3 per year], scale: log}
  observed:
    clinicians_with_episode_share: {value: 30 %, within: 10 %}
  fit: point
  simulations: 40
  replications: 2
measures: [contact_within_limit_share]
"""
SMALL = "configs/scenarios/small_clinic.yaml"


def pages():
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def yaml_blocks(text):
    return re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def furnish(folder, text, limited):
    """The checkout as far as commands of pages use it, and files that a page only names."""
    shutil.copytree(ROOT / "configs", folder / "configs")
    for place in ("bin", "build/release/bin"):
        (folder / place).mkdir(parents=True)
        program = folder / place / "peercap"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -B {shlex.quote(str(limited))} "$@"\n')
        program.chmod(0o755)
    scenario = (folder / SMALL).read_text()
    for name in ("SCENARIO.yaml", "hospital.yaml"):
        (folder / name).write_text(scenario)
    (folder / "STUDY.yaml").write_text(STUDY)
    (folder / "policies.yaml").write_text(STUDY.replace("STUDY", "policies", 1))
    (folder / "my_study.yaml").write_text(STUDY.replace("STUDY", "my_study", 1))
    sweep = folder / "configs/studies/sweep_small_clinic.yaml"
    sweep.write_text(sweep.read_text().replace("points: 1024", "points: 256"))
    for block in yaml_blocks(text):
        if "name: outreach_or_more_people" in block:
            (folder / "policies.yaml").write_text(block)


def run(command, folder, environment):
    """The exit code, and what was said. Options in brackets are run without the brackets."""
    begun = time.monotonic()
    command = re.sub(r"\[(--\w+)\]", r"\1", command)
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, text=True, timeout=TIME_LIMIT, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    return done.returncode, done.stdout, time.monotonic() - begun


def check_page(page):
    text = page.read_text(encoding="utf-8")
    failures, count = [], 0
    with tempfile.TemporaryDirectory(prefix="peercap-docs-") as name:
        folder = pathlib.Path(name)
        furnish(folder, text, HERE / "limited_program.py")
        environment = dict(os.environ, PATH=f"{folder / 'bin'}:{os.environ['PATH']}")
        shell_state = ""
        for line, command in doc_commands.commands_of(text):
            if reason := doc_commands.reason_not_to_run(command):
                print(f"line {line}: not run, {doc_commands.NOT_RUN[reason]}: {command}")
                continue
            if not doc_commands.calls_program(command):
                # What sets a variable for a later line.
                shell_state += command + "\n"
                continue
            for made in ("mine.yaml", "my.yaml"):
                if re.search(rf"peercap new {made}", command):
                    (folder / made).unlink(missing_ok=True)
            code, said, seconds = run(shell_state + command, folder, environment)
            count += 1
            print(f"line {line}: exit code {code}, {seconds:.1f} s: {command}")
            if code != doc_commands.announced_code(command):
                failures.append(f"{page.relative_to(ROOT)}:{line}: exit code {code}: {command}\n{said[-2000:]}")
    print(f"{count} commands run")
    if failures:
        sys.exit("\n".join(failures))


def check_tables():
    """Entries of the tables that nothing on any page needs are failures, and so are commands of unknown programs."""
    unused, unknown = {*doc_commands.NOT_RUN, *doc_commands.EXIT_CODES}, []
    for page in pages():
        for line, command in doc_commands.commands_of(page.read_text(encoding="utf-8")):
            unused -= {reason for reason in [doc_commands.reason_not_to_run(command)] if reason}
            unused -= {start for start in doc_commands.EXIT_CODES if command.startswith(start)}
            known = doc_commands.calls_program(command) or doc_commands.reason_not_to_run(command)
            if not known and not re.match(r"\[ -d .* \] && \w+=", command):
                unknown.append(f"{page.relative_to(ROOT)}:{line}: neither peercap nor in the table: {command}")
    problems = [f"no page has a command that begins so: {start}" for start in sorted(unused)] + unknown
    if problems:
        sys.exit("\n".join(problems))


def main():
    parser = argparse.ArgumentParser(description="Runs the commands of a page of the documentation.")
    parser.add_argument("page", nargs="?", type=pathlib.Path)
    parser.add_argument("--tables", action="store_true")
    arguments = parser.parse_args()
    if arguments.tables:
        check_tables()
    if arguments.page:
        check_page((ROOT / arguments.page).resolve())


if __name__ == "__main__":
    main()
