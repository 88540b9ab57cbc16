#!/usr/bin/env python3
"""Fit parameters to published figures by running peercap, and write what came out to configs/calibrated.

Every parameter of scripts/python/calibration_targets.py is moved until one figure of a run matches what was published.
All parameters move together in rounds; each has its own secant in its own scale, the slope of which is learned from
round to round. Runs share their seed, so that the result is the same each time and noise does not hide a slope. With
--write the result becomes a scenario in configs/calibrated, and beside it a table of its sensitivity: how far each
parameter moves if one published figure lay at an end of its interval, all others kept. What the fit leaves free is told in
docs/theory/calibration.md.

    scripts/python/calibrate.py                                      # the defaults
    scripts/python/calibrate.py --fit washington_university --write  # one program; with its files
"""

import argparse
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from calibration_targets import FITS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of a parameter in its scale, to read slopes: large beside noise, small beside curvature.
STEP = 0.1


def to_scale(scale, x):
    if scale == "log":
        return math.log(x)
    return math.log(x / (1.0 - x)) if scale == "logit" else float(x)


def from_scale(scale, x):
    return math.exp(x) if scale == "log" else float(x)


def number_text(x):
    return f"{x:.6g}" if abs(x) >= 1e-4 else f"{x:.8f}"


def moved(targets, values, steps):
    """The values after steps in the scales of their parameters."""
    return [from_scale(t.scale, to_scale(t.scale, v) + d) for t, v, d in zip(targets, values, steps)]


def run(arguments, values, horizon):
    """Measures of a run of `horizon` weeks: mean and interval of each."""
    fit = FITS[arguments.fit]
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.peercap, "run", str(ROOT / "configs" / fit.scenario), "--json", "--quiet", "--out",
                   f"{folder}/fit.h5", "--replications", str(arguments.replications), "--seed", str(arguments.seed),
                   "--set", f"run.horizon={horizon} weeks"]
        if arguments.threads:
            command += ["--threads", str(arguments.threads)]
        for parameter, value in fit.settings.items():
            command += ["--set", f"{parameter}={value}"]
        for target, value in zip(fit.targets, values):
            command += ["--set", f"{target.parameter}={number_text(value)}{target.unit}"]
        result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{result.stderr}")
    return json.loads(result.stdout)["measures"]


def figures(arguments, values):
    one, three = ({name: m["mean"] for name, m in run(arguments, values, weeks).items()} for weeks in (52, 156))
    return [target.read(one, three) for target in FITS[arguments.fit].targets]


def next_slope(slope, step, change):
    """The secant's slope if it tells something: of the same sign and neither tiny nor huge."""
    if abs(step) < 1e-4:
        return slope
    seen = change / step
    return seen if 0.25 < seen / slope < 4.0 else slope


def misses(targets, found):
    return [to_scale(t.figure_scale, f) - to_scale(t.figure_scale, t.value) for t, f in zip(targets, found)]


def calibrate(arguments):
    targets = FITS[arguments.fit].targets
    values = [t.start for t in targets]
    slopes = [t.slope for t in targets]
    found = figures(arguments, values)
    for number in range(arguments.rounds):
        off = misses(targets, found)
        worst = max(abs(m) for m in off)
        print(f"round {number}: largest deviation {worst:.4f}", file=sys.stderr, flush=True)
        if worst < arguments.tolerance:
            break
        steps = [max(-0.5, min(0.5, -m / s)) for m, s in zip(off, slopes)]
        values_next = moved(targets, values, steps)
        seen = figures(arguments, values_next)
        changes = [b - a for a, b in zip(off, misses(targets, seen))]
        slopes = [next_slope(s, d, c) for s, d, c in zip(slopes, steps, changes)]
        values, found = values_next, seen
    return values, found


def slopes_at(arguments, values, found):
    """d figure / d parameter, [figure][parameter], both in their scales, by steps on common chance."""
    targets = FITS[arguments.fit].targets
    columns = []
    for i in range(len(targets)):
        print(f"slopes of {targets[i].parameter}", file=sys.stderr, flush=True)
        steps = [STEP if k == i else 0.0 for k in range(len(targets))]
        seen = figures(arguments, moved(targets, values, steps))
        columns.append([(b - a) / STEP for a, b in zip(misses(targets, found), misses(targets, seen))])
    return [list(row) for row in zip(*columns)]


def solve(matrix, right):
    """x with matrix x = right: elimination with the largest pivot of a column."""
    rows = [[*row, value] for row, value in zip(matrix, right)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        if rows[pivot][i] == 0.0:
            sys.exit("the figures do not tell these parameters apart: the matrix of slopes is singular")
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    x = [0.0] * size
    for i in reversed(range(size)):
        x[i] = (rows[i][size] - sum(rows[i][k] * x[k] for k in range(i + 1, size))) / rows[i][i]
    return x


def sensitivity(targets, values, slopes):
    """For each published interval and parameter: the values if the figure lay at either end, all others kept.

    Rows of figure, its ends, parameter, its fitted value and the two; only what moves a parameter by 1 % of a scale unit
    or more."""
    rows = []
    for i, target in enumerate(targets):
        if math.isnan(target.low):
            continue
        ends = []
        for end in (target.low, target.high):
            change = to_scale(target.figure_scale, end) - to_scale(target.figure_scale, target.value)
            steps = solve(slopes, [change if k == i else 0.0 for k in range(len(targets))])
            ends.append((steps, moved(targets, values, steps)))
        for k, parameter in enumerate(targets):
            if max(abs(steps[k]) for steps, _ in ends) < 0.01:
                continue
            rows.append([target.figure, target.evidence, number_text(target.low), number_text(target.high),
                         parameter.parameter, parameter.unit.strip(), number_text(values[k]),
                         *(number_text(end[k]) for _, end in ends)])
    return rows


def yaml_lines(entries):
    """Nested mappings of dotted paths with `[name]` parts, in their order; each entry is path, value, comment."""
    tree = {}
    for path, value, comment in entries:
        node = tree
        *groups, last = [part for part in path.replace("[", ".[").split(".")]
        for group in groups:
            node = node.setdefault(group, {})
        node[last] = (value, comment)

    def lines(node, indent):
        out = []
        for key, value in node.items():
            if key.startswith("["):
                leaf = ", ".join(f"{name}: {text}" for name, (text, _) in value.items())
                comments = "; ".join(comment for _, comment in value.values())
                out.append(f"{indent}- {{name: {key[1:-1]}, {leaf}}}  # {comments}")
            elif isinstance(value, dict):
                out.append(f"{indent}{key}:")
                out += lines(value, indent + "  ")
            else:
                out.append(f"{indent}{key}: {value[0]}  # {value[1]}")
        return out

    return lines(tree, "")


def scenario_text(arguments, values, found):
    fit = FITS[arguments.fit]
    head = [
        "# yaml-language-server: $schema=../scenarios/peercap-scenario.schema.json",
        f"# Written by scripts/python/calibrate.py --fit {arguments.fit} --replications {arguments.replications} --seed "
        f"{arguments.seed} --write.",
        "# Behind each value: the figure that it was fitted to, what was published and where, and what the fit gives.",
        "format: peercap-scenario/1",
        f"name: {arguments.fit}",
        f"description: {fit.about}",
        f"extends: ../{fit.scenario}",
    ]
    entries = [(parameter, value, "set, not fitted") for parameter, value in fit.settings.items()]
    entries += [(t.parameter, f"{number_text(v)}{t.unit}",
                 f"{t.figure}: {number_text(t.value)} published ({t.evidence}), {f:.4g} here")
                for t, v, f in zip(fit.targets, values, found)]
    return "\n".join([*head, *yaml_lines(entries)]) + "\n"


def write(arguments, values, found):
    folder = ROOT / "configs" / "calibrated"
    folder.mkdir(exist_ok=True)
    targets = FITS[arguments.fit].targets
    rows = sensitivity(targets, values, slopes_at(arguments, values, found))
    (folder / f"{arguments.fit}.yaml").write_text(scenario_text(arguments, values, found), encoding="utf-8")
    with open(folder / f"{arguments.fit}_sensitivity.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["figure", "evidence", "published_low", "published_high", "parameter", "unit", "fitted",
                        "if_low", "if_high"])
        table.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--fit", choices=FITS, default="community_hospital", help="which parameters to which figures")
    parser.add_argument("--peercap", default=str(ROOT / "build/release/bin/peercap"), help="the program")
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=8, help="at most so many rounds")
    parser.add_argument("--tolerance", type=float, default=0.02, help="largest deviation, in a figure's own scale")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0: one for each processor")
    parser.add_argument("--write", action="store_true", help="files in configs/calibrated, with the sensitivity")
    arguments = parser.parse_args()
    values, found = calibrate(arguments)
    print(f"{'parameter':<50} {'value':>10}  {'figure':<58} {'found':>8} {'wanted':>8}  evidence")
    for target, value, figure in zip(FITS[arguments.fit].targets, values, found):
        print(f"{target.parameter:<50} {number_text(value):>10}  {target.figure:<58} {figure:>8.4g} "
              f"{target.value:>8.4g}  {target.evidence}")
    if arguments.write:
        write(arguments, values, found)


if __name__ == "__main__":
    main()
