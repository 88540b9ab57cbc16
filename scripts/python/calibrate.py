#!/usr/bin/env python3
"""Fit the defaults that are graded `fitted` to published figures, by running peercap.

Every parameter below is moved until one figure of a run matches what was published (a key of configs/evidence.yaml says
where). All parameters move together in rounds; each has its own secant in its own scale, the slope of which is learned
from round to round. Runs share their seed, so that the result is the same each time and noise does not hide a slope.
What the fit leaves free is told in docs/theory/calibration.md.

    scripts/python/calibrate.py                      # the defaults
    scripts/python/calibrate.py --fit washington     # one program's acceptance and referrals; then predicts others
"""

import argparse
import dataclasses
import json
import math
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Target:
    """A figure of a run and the parameter that is moved until the figure matches."""

    parameter: str
    unit: str
    start: float
    scale: str  # log, logit or plain: where the parameter moves and the figure is compared
    slope: float  # guess of d figure / d parameter, both in their scales
    value: float  # what was published
    evidence: str
    figure: str
    read: object  # figure of the year's and the three years' measures
    figure_scale: str = "log"


def share_from_rate(two_years):
    """The yearly exit rate with which this share leaves in two years."""
    return -math.log(1.0 - two_years) / 2.0


def year(name):
    return lambda one, three: one[name]


def years(name):
    return lambda one, three: three[name]


def mean_exhausted(one, three):
    return 0.5 * (three["surveyed_clinicians_exhausted_share"] + three["surveyed_supporters_exhausted_share"])


def joined_for_each_exit(one, three):
    return three["supporters_joined_per_year"] / three["supporter_exits_per_year"]


TARGETS = [
    Target("distress.jump_mean", "", 0.43, "log", 2.0, 0.30, "scott2010.problems",
           "clinicians in an episode at some time of a year", year("clinicians_with_episode_share")),
    Target("distress.fast_decay", " days", 47, "log", 0.9, 70 / 170, "strametz2021nurses.recovery",
           "episodes that last beyond 30 days", years("unrecovered_after_30_days_share")),
    Target("distress.slow_share", "", 0.32, "log", 1.0, 0.13, "strametz2021.recovery",
           "episodes that last beyond a year", years("unrecovered_after_1_year_share")),
    Target("activation.self_referral.hazard", " per day", 0.0006, "log", 1.0, 23.0, "busch2021.foryou",
           "self-referrals a year of 5,000", years("self_referrals_per_year")),
    Target("activation.manager.notice", "", 0.008, "log", 1.0, 8.0, "busch2021.foryou",
           "referrals by managers a year of 5,000", years("manager_referrals_per_year")),
    Target("activation.peer.notice", "", 0.0017, "log", 1.0, 8.0, "busch2021.foryou",
           "referrals by colleagues a year of 5,000", years("peer_referrals_per_year")),
    Target("activation.outreach.flag", "", 0.10, "log", 0.5, 14.1, "busch2021.foryou",
           "first contacts a year of 1,000, middle of 11.7-16.5", years("reach_per_1000_clinician_years")),
    Target("activation.outreach.acceptance_logit", "", 1.635, "plain", -1.0, 0.15, "lane2018.declined",
           "offers declined", years("offers_declined_share"), "logit"),
    Target("case_rules.unresolved_referral", "", 0.25, "log", 0.6, 16 / 148, "lane2018.escalated",
           "supported people referred on", years("referred_share")),
    Target("exhaustion.observed_mean", " points", 24.4, "plain", 0.14, 0.42, "godfrey2022.exhaustion",
           "concerning exhaustion, mean of clinicians and supporters", mean_exhausted, "logit"),
    Target("supporters.secondary_trauma.observed_mean", " points", 17.6, "plain", -0.3, 0.816, "godfrey2022.trauma",
           "supporters with low secondary trauma", years("surveyed_trauma_low_share"), "logit"),
    Target("supporters.compassion_satisfaction.observed_mean", " points", 32.2, "plain", 0.3, 0.939,
           "godfrey2022.satisfaction", "supporters with moderate or high satisfaction",
           years("surveyed_satisfaction_share"), "logit"),
    Target("organization.professions[nurse].turnover", " per year", 0.112, "log", 1.0, 0.17, "nsi2025.turnover",
           "nurses who leave a year", years("nurse_exit_rate")),
    Target("organization.professions[physician].turnover", " per year", 0.05, "log", 1.0, share_from_rate(0.13),
           "hamidi2018.leaving", "physicians who leave a year (13 % in two years)", years("physician_exit_rate")),
    Target("supporters.exit.role_rate", " per year", 0.04, "log", 0.4, 0.12, "connors2021.turnover",
           "supporters who leave a year", years("supporter_exit_rate")),
    Target("supporters.recruitment.acceptance_logit", "", 0.1, "plain", 0.5, 1.0, "connors2021.turnover",
           "supporters who join for each who leaves", joined_for_each_exit),
]


# What one program published of those it offered support; the rest stays as it is by default.
WASHINGTON = [
    Target("activation.outreach.acceptance_logit", "", 1.6, "plain", -1.0, 17 / 165, "lane2018.declined",
           "offers declined", years("offers_declined_share"), "logit"),
    Target("case_rules.unresolved_referral", "", 0.22, "log", 0.6, 16 / 148, "lane2018.escalated",
           "supported people referred on", years("referred_share")),
]
FITS = {"defaults": TARGETS, "washington": WASHINGTON}


@dataclasses.dataclass(frozen=True)
class Prediction:
    """A figure that nothing in the fit aims at."""

    figure: str
    published: str
    evidence: str
    measure: str


PREDICTIONS = {
    "defaults": [],
    "washington": [
        Prediction("first contacts a year of 1,000, forYOU", "11.7-16.5", "busch2021.foryou",
                   "reach_per_1000_clinician_years"),
        Prediction("offers declined, Massachusetts General", ".19", "elhechi2020.optout", "offers_declined_share"),
    ],
}


def to_scale(scale, x):
    if scale == "log":
        return math.log(x)
    return math.log(x / (1.0 - x)) if scale == "logit" else float(x)


def from_scale(scale, x):
    return math.exp(x) if scale == "log" else float(x)


def number_text(x):
    return f"{x:.6g}" if abs(x) >= 1e-4 else f"{x:.8f}"


def run(arguments, values, horizon):
    """Measures of a run of `horizon` weeks: mean and interval of each."""
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.peercap, "run", arguments.scenario, "--json", "--quiet", "--out", f"{folder}/fit.h5",
                   "--replications", str(arguments.replications), "--seed", str(arguments.seed),
                   "--set", f"run.horizon={horizon} weeks"]
        if arguments.threads:
            command += ["--threads", str(arguments.threads)]
        for target, value in zip(FITS[arguments.fit], values):
            command += ["--set", f"{target.parameter}={number_text(value)}{target.unit}"]
        result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{result.stderr}")
    return json.loads(result.stdout)["measures"]


def figures(arguments, values):
    one, three = ({name: m["mean"] for name, m in run(arguments, values, weeks).items()} for weeks in (52, 156))
    return [target.read(one, three) for target in FITS[arguments.fit]]


def next_slope(slope, step, change):
    """The secant's slope if it tells something: of the same sign and neither tiny nor huge."""
    if abs(step) < 1e-4:
        return slope
    seen = change / step
    return seen if 0.25 < seen / slope < 4.0 else slope


def misses(targets, found):
    return [to_scale(t.figure_scale, f) - to_scale(t.figure_scale, t.value) for t, f in zip(targets, found)]


def calibrate(arguments):
    targets = FITS[arguments.fit]
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
        moved = [from_scale(t.scale, to_scale(t.scale, v) + d) for t, v, d in zip(targets, values, steps)]
        seen = figures(arguments, moved)
        changes = [b - a for a, b in zip(off, misses(targets, seen))]
        slopes = [next_slope(s, d, c) for s, d, c in zip(slopes, steps, changes)]
        values, found = moved, seen
    return values, found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--fit", choices=FITS, default="defaults", help="which parameters to which figures")
    parser.add_argument("--peercap", default=str(ROOT / "build/release/bin/peercap"), help="the program")
    parser.add_argument("--scenario", default=str(ROOT / "configs/scenarios/community_hospital.yaml"))
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=8, help="at most so many rounds")
    parser.add_argument("--tolerance", type=float, default=0.02, help="largest deviation, in a figure's own scale")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0: one for each processor")
    arguments = parser.parse_args()
    values, found = calibrate(arguments)
    print(f"{'parameter':<50} {'value':>10}  {'figure':<58} {'found':>8} {'wanted':>8}  evidence")
    for target, value, figure in zip(FITS[arguments.fit], values, found):
        print(f"{target.parameter:<50} {number_text(value):>10}  {target.figure:<58} {figure:>8.4g} "
              f"{target.value:>8.4g}  {target.evidence}")
    if not PREDICTIONS[arguments.fit]:
        return
    print(f"\n{'predicted':<44} {'found':>8} {'95 % interval':>18} {'published':>10}  evidence")
    measures = run(arguments, values, 156)
    for prediction in PREDICTIONS[arguments.fit]:
        m = measures[prediction.measure]
        interval = f"{m['ci_low']:.4g} to {m['ci_high']:.4g}"
        print(f"{prediction.figure:<44} {m['mean']:>8.4g} {interval:>18} {prediction.published:>10}  "
              f"{prediction.evidence}")


if __name__ == "__main__":
    main()
