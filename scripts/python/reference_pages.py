#!/usr/bin/env python3
"""Write the reference pages of docs/reference from what the program says of itself.

    scripts/python/reference_pages.py                              # by build/release/bin/peercap
    scripts/python/reference_pages.py --peercap PATH --check       # only compare; exit code 1 where a page differs

Needs only the standard library. Nothing on the pages depends on the version, the machine or the day.
"""

import argparse
import difflib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"
NOTE = "This page is what the program of this tree says: `scripts/python/reference_pages.py` writes it, a test compares."

# What to read beside a command: title and page.
SEE_ALSO = {
    "new": [("bring in your organization", "../guides/your_organization.md")],
    "presets": [("nine programs", "../presets/README.md")],
    "run": [("the first answer", "../start.md"), ("interrupt and resume", "../guides/interrupt_and_resume.md")],
    "size": [("size a program", "../guides/size_a_program.md"), ("the study file", "../formats/study_file.md")],
    "estimate": [("size a program", "../guides/size_a_program.md")],
    "compare": [("compare policies", "../guides/compare_policies.md")],
    "sweep": [("sweeps, shards and sensitivity", "../formats/sweep_file.md")],
    "merge": [("shards", "../formats/sweep_file.md#shards")],
    "submit slurm": [("a sweep on a cluster", "../guides/cluster.md")],
    "sensitivity": [("sensitivity", "../formats/sweep_file.md#sensitivity")],
    "evaluate": [("for other programs", "../formats/sweep_file.md#for-other-programs")],
    "calibrate": [("the posterior file", "../formats/posterior_file.md")],
    "patterns": [("calibration", "../theory/calibration.md")],
    "validate": [("the scenario file", "../formats/scenario_file.md")],
    "show": [("the scenario file", "../formats/scenario_file.md")],
    "verify": [("verification", "../theory/verification.md")],
    "validate-model": [("validation", "../theory/validation.md")],
    "describe": [("parameters", "parameters.md"), ("measures", "measures.md")],
    "evidence": [("evidence", "../evidence.md")],
    "schema": [("the scenario file", "../formats/scenario_file.md"), ("the study file", "../formats/study_file.md")],
}

# Chapters of the page of measures, each with the first of its measures in the program's order.
CHAPTERS = [
    ("clinical_events_per_year", "Events and distress"),
    ("requests_per_year", "Requests and how they end"),
    ("unmet_episodes_share", "Coverage and time to contact"),
    ("sessions_per_year", "Supporters' work"),
    ("supporters_at_end", "Supporters who stay and leave, and their scores"),
    ("referrals_per_year", "Referrals and recovery"),
    ("contact_incidence_24h", "Waiting with competing ends"),
    ("manager_referrals_per_year", "Channels, awareness and trust"),
    ("clinicians_left_per_year", "Turnover of clinicians"),
    ("supporters_joined_per_year", "Hours beside sessions, and training"),
    ("surveyed_clinicians_exhausted_share", "Survey waves"),
    ("profession_gap", "Equity between groups"),
    ("collapsed", "Collapse, tipping and recovery"),
    ("distressed_days_averted_without_effect", "What the program averts"),
    ("program_cost_per_year", "Costs"),
    ("nurse_exit_rate", "Further measures"),
]


class Program:
    def __init__(self, path):
        self.path = path

    def __call__(self, *arguments):
        return subprocess.run([self.path, *arguments], capture_output=True, text=True, check=True).stdout

    def describe(self, topic, member):
        return json.loads(self("describe", topic, "--json"))[member]


def cell(text):
    """Text for a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell(value) for value in row) + " |"


# --- commands


def entries(lines):
    """Pairs of name and text from a part of the help, whose texts begin in column 30 or stand on the next line."""
    found = []
    for position, line in enumerate(lines):
        if line.startswith(" " * 30):
            name, text = found[-1]
            found[-1] = (name, (text + " " + line.strip()).strip())
        elif line.startswith("  "):
            follows = position + 1 < len(lines) and lines[position + 1].startswith(" " * 30)
            is_split = not follows and len(line) > 30 and line[29] == " "
            found.append((line[:30].strip(), line[30:].strip()) if is_split else (line.strip(), ""))
    return found


def parts_of(help_text):
    """The help of a command: its first line, its usage, and the lines of each part."""
    lines = help_text.splitlines()
    parts, current = {}, None
    for line in lines[2:]:
        if re.fullmatch(r"(Positionals|Options|Subcommands):", line):
            current = parts.setdefault(line[:-1], [])
        elif not line.startswith(" "):
            current = None
        elif current is not None:
            current.append(line)
    return lines[0], lines[1].removeprefix("Usage: "), parts


def option_row(name, text):
    """Name, values, text with what the option needs or excludes."""
    remarks = []
    for word, what in (("Needs", "needs"), ("Excludes", "not with")):
        if match := re.search(rf"\s{word}: (\S+)", name):
            remarks.append(f"{what} `{match[1]}`")
            name = name.replace(match[0], "")
    if match := re.search(r"\s\(Env:(\w+)\)", name):
        remarks.append(f"also by `{match[1]}=1` in the environment")
        name = name.replace(match[0], "")
    if name.endswith(" REQUIRED"):
        remarks.append("required")
        name = name.removesuffix(" REQUIRED")
    option, _, values = name.partition(" ")
    default = ""
    if match := re.search(r"(?<![A-Z])=([^=]+)$|(?<=[A-Z])=([^A-Z=][^=]*)$", values):
        default = match[1] or match[2]
        values = values[: match.start()]
    values = re.sub(r":INT in \[(\d+) - (\d+)\]", r" from \1 to \2", values).replace(":POSITIVE", " above 0")
    values = values.replace("TEXT ...", "one or more").replace("TEXT", "text")
    is_choice = "|" in values
    values = ", ".join(f"`{value}`" for value in values.split("|")) if is_choice else values
    option = ", ".join(f"`{one}`" for one in option.split(","))
    text = text + (f" ({'; '.join(remarks)})" if remarks else "")
    return option, values, f"`{default}`" if default else "", text


def command_lines(program, words, level):
    summary, usage, parts = parts_of(program(*words, "--help"))
    name = " ".join(words)
    yield f"{'#' * level} {name}"
    yield ""
    yield summary + "."
    yield ""
    yield f"    {usage}"
    yield ""
    rows = [option_row(*entry) for part in ("Positionals", "Options") for entry in entries(parts.get(part, []))]
    rows = [row for row in rows if "`--help`" not in row[0]]
    if rows:
        yield from table(["option", "takes", "without it", "what it does"], rows)
        yield ""
    if name in SEE_ALSO:
        yield "See also: " + ", ".join(f"[{title}]({page})" for title, page in SEE_ALSO[name]) + "."
        yield ""
    for sub, _ in entries(parts.get("Subcommands", [])):
        yield from command_lines(program, [*words, sub], level + 1)


def commands_page(program):
    text = program("--help")
    _, _, parts = parts_of(text)
    commands = entries(parts["Subcommands"])
    yield "# Commands"
    yield ""
    yield "Every command of `peercap` with its options. `peercap COMMAND --help` prints the same on a terminal."
    yield NOTE
    yield ""
    yield from table(["command", "what it does"], [(f"[{name}](#{name})", what) for name, what in commands])
    yield ""
    yield "## Exit codes"
    yield ""
    codes = re.search(r"^Exit codes: (.*)\.$", text, re.MULTILINE)[1].split(", ")
    yield from table(["code", "meaning"], [code.split(" ", 1) for code in codes])
    yield ""
    for name, _ in commands:
        yield from command_lines(program, [name], 2)


# --- parameters


def anchor(text):
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def values_of(parameter):
    if parameter["levels"]:
        return "one of " + ", ".join(f"`{level}`" for level in parameter["levels"])
    return " ".join(f"{parameter['type']}, {parameter['range']['text']}".removesuffix(", ").split())


def evidence_of(parameter):
    grade = parameter["grade"]
    if parameter["evidence"]:
        key = parameter["evidence"]["key"]
        return f"{grade}: [{key}](../evidence.md#{anchor(key)})"
    return grade


def parameter_row(parameter, group):
    name = parameter["path"].removeprefix(group + ".") if group else parameter["path"]
    uses = [word for word, is_so in (("vary", parameter["sweepable"]), ("schedule", parameter["schedulable"])) if is_so]
    default = f"`{parameter['default']}`" if parameter["default"] else "none"
    return (f"`{name}`", parameter["meaning"], values_of(parameter), parameter["unit"], default,
            evidence_of(parameter), ", ".join(uses))  # fmt: skip


def groups_of(program):
    """Pairs of group and its meaning, in the program's order."""
    return re.findall(r"^  (\S+) {2,}(\S.*)$", program("describe"), re.MULTILINE)


def parameters_page(program):
    groups = [("", "the scenario as a whole"), *groups_of(program)]
    parameters = program.describe("parameters", "parameters")
    members = {name: [] for name, _ in groups}
    for parameter in parameters:
        owner = max((name for name in members if not name or parameter["path"].startswith(name + ".")), key=len)
        members[owner].append(parameter)
    shown = [(name, meaning) for name, meaning in groups if members[name]]

    yield "# Parameters"
    yield ""
    yield f"All {len(parameters)} parameters of a [scenario file](../formats/scenario_file.md) by group."
    yield "`peercap describe NAME` tells one of them with the whole of its evidence. " + NOTE
    yield ""
    yield "- **Unit** is that of a number in a result file; in a scenario file each value stands with a unit of its own"
    yield "  (`0.5 h/week`, `30 min`, `1.56 per year`) as the default shows it."
    yield "- **Evidence**: *measured* is a published figure, *fitted* chosen so that published figures come out, *assumed* a"
    yield "  value for which no figure was found, *setting* yours to say. Keys lead to the figure."
    yield "- **Can**: *vary* in a [study](../formats/study_file.md#what-varies), *schedule* during a run"
    yield "  ([how](../formats/scenario_file.md#scheduled-changes))."
    yield "- `[]` in a path is a list of items with names: `organization.sites[main].departments[icu].units`."
    yield ""
    rows = [
        (f"[{name or 'scenario'}](#{anchor(name or 'scenario')})", meaning, len(members[name])) for name, meaning in shown
    ]
    yield from table(["group", "holds", "parameters"], rows)
    for name, meaning in shown:
        yield ""
        yield f"## {name or 'scenario'}"
        yield ""
        yield meaning[0].upper() + meaning[1:] + "."
        yield ""
        head = ["parameter", "meaning", "values", "unit", "default", "evidence", "can"]
        yield from table(head, [parameter_row(parameter, name) for parameter in members[name]])


# --- measures


def unit_of(measure):
    return "none" if measure["unit"] == "1" else measure["unit"]


def measures_page(program):
    measures = program.describe("measures", "measures")
    series = program.describe("series", "series")
    starts = dict(CHAPTERS)
    absent = set(starts) - {measure["name"] for measure in measures}
    if absent:
        sys.exit(f"reference_pages: no measure begins these chapters any more: {', '.join(sorted(absent))}")
    yield "# Measures"
    yield ""
    yield f"All {len(measures)} measures of a run and {len(series)} weekly series."
    yield "`peercap describe NAME` tells one of them. " + NOTE
    yield ""
    yield "A measure is one number for each replication. In a [result file](../formats/result_groups.md) it stands as"
    yield "`/replications/NAME` (axes `point`, `replication`), and its mean, 95 % interval, `n` and quantiles in the row"
    yield "`NAME` of the table `/summary`. A sweep has `/summary/NAME` (axes `point`, `statistic`) in place of the table. A"
    yield "measure that is not defined in a replication (a share of nothing) is NaN there and left out of the summary."
    yield "What is easily misread is told in [reading the numbers](../formats/result_groups.md#reading-the-numbers)."
    yield ""
    yield "Shares are numbers between 0 and 1 in the file and shown in percent. A unit of *none* is a pure number or a count;"
    yield "what counts currency says so in its name."
    rows = []
    for measure in measures:
        if measure["name"] in starts:
            if rows:
                yield from table(["measure", "name in reports", "unit", "meaning"], rows)
            rows = []
            yield ""
            yield f"## {starts[measure['name']]}"
            yield ""
        rows.append((f"`{measure['name']}`", measure["long_name"], unit_of(measure), measure["description"]))
    yield from table(["measure", "name in reports", "unit", "meaning"], rows)
    yield ""
    yield "## Weekly series"
    yield ""
    yield "In the file: `/series/NAME` (axes `point`, `statistic`, `time`), one number a week; `time` is the Monday on which"
    yield "the week begins."
    yield ""
    rows = [(f"`{one['name']}`", one["long_name"], unit_of(one), one["description"]) for one in series]
    yield from table(["series", "name in reports", "unit", "meaning"], rows)


PAGES = {"commands.md": commands_page, "parameters.md": parameters_page, "measures.md": measures_page}


def main():
    parser = argparse.ArgumentParser(description="Writes the pages of docs/reference.")
    parser.add_argument("--peercap", default=str(ROOT / "build/release/bin/peercap"), help="the program")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = parser.parse_args()

    program = Program(arguments.peercap)
    differs = False
    for name, page in PAGES.items():
        text = "\n".join(page(program)).rstrip() + "\n"
        path = FOLDER / name
        if not arguments.check:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old != text:
            differs = True
            difference = difflib.unified_diff(old.splitlines(), text.splitlines(), f"docs/reference/{name}", "the program", n=0, lineterm="")
            print("\n".join(list(difference)[:40]))
    if differs:
        sys.exit("docs/reference is not what the program says: run scripts/python/reference_pages.py and commit")


if __name__ == "__main__":
    main()
