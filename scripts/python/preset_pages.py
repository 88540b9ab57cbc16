#!/usr/bin/env python3
"""Run the presets of configs/presets and put what they give into the tables of docs/presets.

Each page holds a pair of marks, <!-- table begins --> and <!-- table ends -->; what stands between them is replaced. The
text around it is written by hand. Needs h5py (scripts/python_with_h5py.sh finds an interpreter that has it).

    $(scripts/python_with_h5py.sh) scripts/python/preset_pages.py                   # all pages, about a minute
    $(scripts/python_with_h5py.sh) scripts/python/preset_pages.py --only brigham    # one of them
"""

import argparse
import math
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Callable

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- table begins -->", "<!-- table ends -->"


class Result:
    """A result file: the measures of every replication, and the weekly course over all of them."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")

    def __call__(self, measure):
        return np.asarray(self.file["replications"][measure][0], float)

    def half_width(self, values):
        """Half of the 95 % t interval of the mean. Student's quantile is that of a measure with as many replications."""
        summary = self.file["summary"]
        n, sd = np.asarray(summary["n"]), np.asarray(summary["sd"])
        same = np.flatnonzero((n == len(values)) & (sd > 0))
        if same.size == 0:
            return math.nan
        row = same[0]
        standard = (summary["ci_high"][row] - summary["mean"][row]) / sd[row]  # t / sqrt(n)
        return standard * np.std(values, ddof=1)

    def weekly(self, series, first, last):
        """Mean of a series over the weeks [first, last); a last of None is the end."""
        names = [name.decode() for name in self.file["series"]["statistic"][()]]
        course = np.asarray(self.file["series"][series][0][names.index("mean")], float)
        return float(np.mean(course[first:last]))


@dataclass
class Row:
    """One line of a table: a share is shown in percent. What is no array of replications has no interval."""

    label: str
    value: Callable[[Result], np.ndarray]
    unit: str
    share: bool = False


def plain(measure, label, unit):
    return Row(label, lambda run: run(measure), unit)


def share(measure, label):
    return Row(label, lambda run: run(measure), "%", share=True)


def last_wave(column, label):
    return Row(label, lambda run: run.file["surveys"][column][-1], "%", share=True)


REACH = plain("reach_per_1000_clinician_years", "first contacts", "per 1,000 clinicians and year")
REQUESTS = plain("requests_per_month_mean", "requests", "a month")
CONTACTED = plain("contacted_per_year", "people contacted", "a year")
DECLINED = share("offers_declined_share", "offers declined, of those answered")
REFERRED = share("referred_share", "referred on, of those contacted")
MISSED = share("unmet_episodes_share", "episodes that meet no supporter")
MEDIAN_WAIT = plain("hours_to_contact_median", "median time to first contact, of those contacted", "h")
SESSIONS = Row("sessions, of each person contacted", lambda run: run("sessions_per_year") / run("contacted_per_year"), "")
HOURS = plain("work_hours_per_week", "supporters' hours, all together", "a week")
CASES = plain("cases_per_supporter_year", "cases of a supporter", "a year")
EXITS = share("supporter_exit_rate", "turnover of supporters, a year")
EXHAUSTED = share("surveyed_supporters_exhausted_share", "supporters with concerning exhaustion, surveys")
TRAUMA = share("surveyed_trauma_low_share", "supporters with low secondary trauma, surveys")
SATISFIED = share("surveyed_satisfaction_share", "supporters with moderate or high satisfaction, surveys")


def calls(run):
    return run("requests_per_month_mean") + run("group_debriefs_per_year") / 12


def people(run):
    return run("contacted_per_year") + run("group_debrief_people_per_year")


# By preset: the lines of its table, and the variants that stand beside it.
PRESETS = {
    "johns_hopkins_rise": ([
        Row("calls, single and of teams", calls, "a month"),
        Row("single requests in the first year", lambda run: run.weekly("requests", 0, 52) * 52 / 12, "a month"),
        Row("single requests in the last year", lambda run: run.weekly("requests", -52, None) * 52 / 12, "a month"),
        Row("people met, alone or in a group", people, "a year"),
        Row("people a call", lambda run: people(run) / (12 * calls(run)), ""),
        EXITS, EXHAUSTED, MISSED], []),
    "brigham": ([
        REQUESTS, plain("self_referrals_per_year", "asked on their own", "a year"), CONTACTED, REACH, DECLINED, HOURS, CASES,
        MISSED], ["wait_to_be_asked"]),
    "mayo_staff_services": ([
        REQUESTS, CONTACTED, REACH, REFERRED, MEDIAN_WAIT, CASES,
        share("protected_hours_used_share", "protected time used"), MISSED], ["volunteers"]),
    "foryou_three_tier": ([
        REACH, plain("embedded_referrals_per_year", "tier 1: found by supporters of their unit", "a year"),
        plain("group_debriefs_per_year", "tier 1: group debriefs", "a year"),
        plain("contacted_per_year", "tier 2: people contacted", "a year"),
        share("referred_share", "tier 3: referred on, of those contacted"), SESSIONS, EXHAUSTED, MISSED], ["no_first_tier"]),
    "washington_university": ([
        REQUESTS, plain("requests_per_month_max", "requests in the busiest month", "a month"), DECLINED, SESSIONS, REFERRED,
        REACH, MEDIAN_WAIT, MISSED], ["at_most_three"]),
    "massachusetts_general_surgery": ([
        CONTACTED, DECLINED, REACH, REFERRED, MEDIAN_WAIT,
        share("contact_within_limit_share", "contacted within 72 h, of those who wanted support"), CASES, MISSED],
        ["self_referral_only"]),
    "five_programs_pandemic": ([
        EXHAUSTED, TRAUMA, SATISFIED,
        Row("name any obstacle, mean of the waves", lambda run: 1 - run("challenge_none_share"), "%", share=True),
        share("challenge_time_share", "name time first"), share("challenge_isolation_share", "name isolation first"),
        share("challenge_own_stress_share", "name their own stress first"),
        last_wave("challenge_time", "name time first, last wave"),
        last_wave("challenge_isolation", "name isolation first, last wave"),
        last_wave("challenge_own_stress", "name their own stress first, last wave"), REACH, EXITS], []),
    "norwegian_peer_counsellors": ([
        REQUESTS, CONTACTED, REACH, SESSIONS, REFERRED, MEDIAN_WAIT, CASES, MISSED], ["one_session", "ten_sessions"]),
    "recommended": ([
        share("contact_within_target_share", "contacted within 24 h, of those who wanted support"), MEDIAN_WAIT, REACH,
        MISSED, plain("overload_hours_per_week", "hours beyond protected time, all supporters", "a week"), EXHAUSTED,
        share("clinicians_exhaustion_concerning_share", "clinicians with concerning exhaustion, at the end"), TRAUMA,
        share("challenge_none_share", "supporters who name no obstacle"), EXITS,
        Row("cost of the program", lambda run: run("program_cost_per_year") / 1000, "1,000 a year")],
        ["without_upstream", "none_of_it"]),
}


def number(x):
    if abs(x) >= 1000:
        return f"{x:,.0f}"
    return f"{x:.{0 if abs(x) >= 100 else 1 if abs(x) >= 10 else 2}f}"


def estimate(row, run):
    """The mean and its interval as text; replications where the measure is not defined are left out."""
    values = np.asarray(row.value(run), float)
    scale = 100.0 if row.share else 1.0
    text = (lambda x: f"{x * scale:.1f}") if row.share else number
    if values.ndim == 0:
        return text(float(values)), "-"
    values = values[np.isfinite(values)]
    if values.size == 0:
        return "-", "-"
    mean, half = float(np.mean(values)), run.half_width(values)
    return text(mean), "-" if math.isnan(half) else f"{text(mean - half)} to {text(mean + half)}"


def run_preset(peercap, threads, name, variant, folder):
    path = folder / f"{name}-{variant or 'preset'}.h5"
    scenario = ROOT / "configs" / "presets" / f"{name}.yaml"
    command = [peercap, "run", scenario, "--quiet", "--threads", str(threads), "--out", path]
    command += ["--variant", variant] if variant else []
    code = subprocess.run(list(map(str, command)), cwd=folder, check=False, stdout=subprocess.DEVNULL).returncode
    if code != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {code}")
    return Result(path)


def resolved(run, path):
    parameters = run.file["parameters"]
    return dict(zip((p.decode() for p in parameters["path"][()]), (v.decode() for v in parameters["value"][()])))[path]


def page_text(peercap, threads, name, folder):
    rows, variants = PRESETS[name]
    runs = [run_preset(peercap, threads, name, variant, folder) for variant in (None, *variants)]
    attributes = runs[0].file.attrs
    commit, _, dirty = attributes["git_hash"].partition("+")
    version = f"{attributes['program_version']} ({commit[:10]}{'+' + dirty if dirty else ''})"
    head = ["measure", "estimate", "95 % interval", "unit", *(f"`{variant}`" for variant in variants)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        cells = [row.label, *estimate(row, runs[0]), row.unit, *(estimate(row, run)[0] for run in runs[1:])]
        lines.append("| " + " | ".join(cells) + " |")
    replications = runs[0].file["design"]["replications"][0]
    about = (f"peercap {version}, seed {attributes['seed']}, {replications} replications, horizon "
             f"{resolved(runs[0], 'run.horizon')}.")
    return about + "\n\n" + "\n".join(lines)


def replace_table(page, text):
    old = page.read_text(encoding="utf-8")
    if BEGIN not in old or END not in old:
        sys.exit(f"{page}: the marks {BEGIN} and {END} are missing")
    head, _, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--peercap", default=str(ROOT / "build/release/bin/peercap"), help="the program")
    parser.add_argument("--threads", type=int, default=2, help="threads of a run")
    parser.add_argument("--only", choices=PRESETS, help="one page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in PRESETS:
            if arguments.only in (None, name):
                text = page_text(arguments.peercap, arguments.threads, name, pathlib.Path(folder))
                replace_table(ROOT / "docs" / "presets" / f"{name}.md", text)


if __name__ == "__main__":
    main()
