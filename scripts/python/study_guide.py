#!/usr/bin/env python3
"""Run the example studies and bring their answers and pictures into docs/guides/studies.md.

    study_guide.py [--peercap PROGRAM] [--reuse] [NAME...]

Each study of configs/studies that the guide names between `<!-- answer: NAME -->` and `<!-- end -->` is run with
`peercap size` or `peercap compare`; a table takes the place of what stood between the marks, and a picture goes to
docs/guides/pictures/NAME.svg. The answers in JSON stay in build/studies; `--reuse` takes them from there. Needs
python3-matplotlib and python3-yaml.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import re
import subprocess
import sys
from typing import Any

import matplotlib
import yaml

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (after the choice of a backend without a screen)

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "studies.md"
PICTURES = ROOT / "docs" / "guides" / "pictures"
ANSWERS = ROOT / "build" / "studies"

# Okabe and Ito's colors, told apart by nearly everybody.
INK, POINT, LIMIT = "#222222", "#0072B2", "#D55E00"

Json = dict[str, Any]


def run_study(program: pathlib.Path, name: str, reuse: bool) -> Json:
    """The answer of a study, from the program or from a former run."""
    saved = ANSWERS / f"{name}.json"
    if reuse and saved.exists():
        return json.loads(saved.read_text())
    study = ROOT / "configs" / "studies" / f"{name}.yaml"
    command = "compare" if "policies" in yaml.safe_load(study.read_text()) else "size"
    ANSWERS.mkdir(parents=True, exist_ok=True)
    file = ANSWERS / f"{name}.h5"
    result = subprocess.run([program, command, study, "--json", "--quiet", "--out", file, "--force"],
                            stdout=subprocess.PIPE, check=True)
    saved.write_bytes(result.stdout)
    return json.loads(result.stdout)


def is_share(entry: Json) -> bool:
    return entry.get("unit", "") == "1" and entry["measure"].endswith("_share") or "%" in entry.get("target", "")


def figure(mean: float | None, low: float | None, high: float | None, scale: float) -> str:
    """ "96.1 (95.8 to 96.4)" with as many digits as the interval supports."""
    if mean is None:
        return "not defined"
    if low is None or high is None:
        return f"{mean * scale:.3g}"
    width = (high - low) * scale
    digits = 1 if width <= 0 else min(7, max(0, math.ceil(0.3 - math.log10(width))))
    return f"{mean * scale:.{digits}f} ({low * scale:.{digits}f} to {high * scale:.{digits}f})"


def unit_of(entry: Json) -> str:
    if is_share(entry):
        return "%"
    unit = entry.get("unit", "")
    return "" if unit == "1" else unit


def limit_of(target: str) -> float | None:
    """The bound of "measure >= 96 %", on the scale of the picture."""
    found = re.search(r"[<>]= *([0-9.]+)", target)
    return float(found.group(1)) if found else None


# ---- sizing -------------------------------------------------------------------------------------------------------


def words_of(candidate: Json) -> str:
    return ", ".join(f"{value} {path.split('.')[-1] if path != 'supporters.count' else 'supporters'}"
                     for path, value in candidate.items())


def sizing_table(answer: Json) -> str:
    rows = []
    if answer["found"]:
        rows.append((f"{words_of(answer['answer'])}, on fresh replications", answer["confirmation"]))
        rows += [(f"{words_of(one['candidate'])}: one fewer", one) for one in answer["one_fewer"]]
    else:
        rows.append((f"{words_of(answer['nearest'])}: the nearest", answer["at_answer"]))
    rows.append(("today", answer["today"]))
    targets = [target["target"] for target in rows[0][1]["targets"]]
    text = "| | n | " + " | ".join(f"`{target}`" for target in targets) + " |\n"
    text += "|---|---|" + "---|" * len(targets) + "\n"
    for words, row in rows:
        cells = []
        for target in row["targets"]:
            scale = 100.0 if is_share(target) else 1.0
            cells.append(f"{figure(target['estimate'], target['ci_low'], target['ci_high'], scale)}: {target['verdict']}")
        text += f"| {words} | {row['n']} | " + " | ".join(cells) + " |\n"
    return text


def sizing_picture(name: str, answer: Json) -> None:
    path = next(iter(answer["today"]["candidate"] or answer.get("answer") or answer["nearest"]))
    looked = sorted(answer["looked_at"], key=lambda one: float(one["candidate"][path].split()[0]))
    count = len(looked[0]["targets"])
    fig, axes = plt.subplots(count, 1, figsize=(7, 2.6 * count), sharex=True, squeeze=False)
    for t, axis in enumerate(axes[:, 0]):
        target = looked[0]["targets"][t]
        scale = 100.0 if is_share(target) else 1.0
        x = [float(one["candidate"][path].split()[0]) for one in looked]
        y = [one["targets"][t]["estimate"] * scale for one in looked]
        low = [one["targets"][t]["ci_low"] * scale for one in looked]
        high = [one["targets"][t]["ci_high"] * scale for one in looked]
        axis.errorbar(x, y, [[a - b for a, b in zip(y, low)], [b - a for a, b in zip(y, high)]], fmt="o", color=POINT,
                      markersize=4, capsize=2, linewidth=1)
        if (limit := limit_of(target["target"])) is not None:
            axis.axhline(limit, color=LIMIT, linestyle="--", linewidth=1)
        axis.set_title(target["target"], fontsize=9, loc="left", color=INK)
        axis.grid(axis="y", linewidth=0.3)
    axes[-1, 0].set_xlabel("supporters" if path == "supporters.count" else path)
    if answer["found"]:
        for axis in axes[:, 0]:
            axis.axvline(float(answer["answer"][path].split()[0]), color=INK, linewidth=0.8, linestyle=":")
        finding = f"{words_of(answer['answer'])}: the fewest that meet {'the target' if count == 1 else 'every target'}"
    else:
        finding = "Nothing in the range meets every target"
    save(fig, name, f"{finding} (95 % intervals; dashed: what is wanted)")


# ---- comparison ---------------------------------------------------------------------------------------------------


def comparison_table(answer: Json) -> str:
    policies = [policy["policy"] for policy in answer["measures"][0]["policies"]]
    text = "| | " + " | ".join(policies) + f" |\n|---|{'---|' * len(policies)}\n"
    for measure in answer["measures"]:
        scale = 100.0 if is_share(measure) else 1.0
        unit = unit_of(measure)
        cells = [figure(p["mean"], p["ci_low"], p["ci_high"], scale) for p in measure["policies"]]
        text += f"| `{measure['measure']}`{', ' + unit if unit else ''} | " + " | ".join(cells) + " |\n"
    first = policies[0]
    text += f"\nDifferences from {first} that chance hardly explains (p below 0.05 after Holm's correction):\n\n"
    lines = []
    for measure in answer["measures"]:
        scale = 100.0 if is_share(measure) else 1.0
        unit = " points" if is_share(measure) else f" {unit_of(measure)}" if unit_of(measure) else ""
        for pair in measure["pairs"]:
            p = pair["p_value_holm"]
            if pair["first"] != first or pair["difference"] is None or p is None or p >= 0.05:
                continue
            lines.append(f"- `{measure['measure']}`, {pair['second']}: "
                         f"{figure(-pair['difference'], -pair['ci_high'], -pair['ci_low'], scale)}{unit}")
    text += "\n".join(lines) if lines else "- none"
    text += f"\n\nn = {answer['replications']} replications of each, by the same chance"
    ratios = [pair["variance_ratio"] for pair in answer["measures"][0]["pairs"]]
    if all(ratio is not None for ratio in ratios):
        ends = [f"{ratio:,.0f}" if ratio >= 100.0 else f"{ratio:.3g}" for ratio in (min(ratios), max(ratios))]
        words = " to ".join(dict.fromkeys(ends))
        text += f", which cuts the variance of differences in `{answer['measures'][0]['measure']}` {words} times"
    return text + ".\n"


def comparison_picture(name: str, answer: Json) -> None:
    measures = [m for m in answer["measures"] if any(p["mean"] is not None for p in m["policies"])]
    policies = [policy["policy"] for policy in measures[0]["policies"]]
    columns = 2
    rows = (len(measures) + 1) // columns
    fig, axes = plt.subplots(rows, columns, figsize=(8, 0.55 + rows * (0.7 + 0.26 * len(policies))), squeeze=False)
    for m, axis in enumerate(axes.flat):
        if m >= len(measures):
            axis.axis("off")
            continue
        measure = measures[m]
        scale = 100.0 if is_share(measure) else 1.0
        for row, policy in enumerate(measure["policies"]):
            if policy["mean"] is None:
                continue
            mean, low, high = (policy[key] * scale for key in ("mean", "ci_low", "ci_high"))
            axis.errorbar(mean, row, xerr=[[mean - low], [high - mean]], fmt="o", color=POINT, markersize=4, capsize=2)
        axis.set_ylim(len(policies) - 0.5, -0.5)
        axis.set_yticks(range(len(policies)), policies if m % columns == 0 else [""] * len(policies), fontsize=8)
        better = {"larger": " (more is better)", "smaller": " (less is better)"}.get(measure["better"] or "", "")
        axis.set_title(f"{measure['measure']}{better}", fontsize=8, loc="left", color=INK)
        axis.set_xlabel(unit_of(measure), fontsize=8)
        axis.tick_params(axis="x", labelsize=8)
        axis.locator_params(axis="x", nbins=5)
        axis.grid(axis="x", linewidth=0.3)
    save(fig, name, f"Means of {answer['replications']} replications with 95 % intervals")


def save(fig: plt.Figure, name: str, title: str) -> None:
    fig.suptitle(title, fontsize=9, color=INK)
    fig.tight_layout()
    PICTURES.mkdir(parents=True, exist_ok=True)
    # Without the time and with names that do not change, so that equal answers give equal files.
    fig.savefig(PICTURES / f"{name}.svg", metadata={"Date": None, "Creator": None})
    plt.close(fig)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peercap", type=pathlib.Path, default=ROOT / "build" / "release" / "bin" / "peercap")
    parser.add_argument("--reuse", action="store_true", help="take answers of former runs from build/studies")
    parser.add_argument("names", nargs="*", help="studies; without any, all that the guide names")
    options = parser.parse_args(arguments)
    plt.rcParams.update({"svg.hashsalt": "peercap", "svg.fonttype": "path", "font.size": 9, "axes.edgecolor": INK})
    text = GUIDE.read_text()
    marks = re.compile(r"(<!-- answer: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
    for name in options.names or [found[1] for found in marks.findall(text)]:
        answer = run_study(options.peercap, name, options.reuse)
        is_sizing = answer["format"].startswith("peercap-sizing/")
        table = sizing_table(answer) if is_sizing else comparison_table(answer)
        (sizing_picture if is_sizing else comparison_picture)(name, answer)
        block = f"\n{table}\n![{name}: the figures of the table with their intervals](pictures/{name}.svg)\n"
        text = marks.sub(lambda found: found[1] + block + found[3] if found[2] == name else found[0], text)
        GUIDE.write_text(text)
        print(f"{name}: done", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
