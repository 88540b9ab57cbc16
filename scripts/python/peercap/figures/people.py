"""Figures of one run: who carries the load, and who is reached."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from peercap.figures.style import (
    BLUE,
    DOUBLE,
    SINGLE,
    around,
    counted,
    demand,
    demand_kind,
    labeled,
    new_figure,
    note,
    replications_of,
    styled,
    with_interval,
)
from peercap.intervals import t_quantile
from peercap.result import Result

GROUPINGS = ("profession", "career_stage", "shift_pattern", "site")
# How a grouping is called in the names of measures.
SHORT = {"shift_pattern": "shift"}


def shares_by_number(table: pd.DataFrame, column: str, most: int) -> Any:
    """Shares of supporters with 0, 1, ..., `most` or more of something: one row a replication that has supporters."""
    rows = []
    for _, group in table.groupby("replication"):
        counts = np.bincount(np.minimum(group[column].to_numpy(), most), minlength=most + 1)
        rows.append(counts / counts.sum())
    return np.array(rows)


def shares_at_most(table: pd.DataFrame, column: str, limits: Any) -> Any:
    """Shares of supporters with at most each of `limits`: one row a replication that has supporters."""
    rows = []
    for _, group in table.groupby("replication"):
        values = np.sort(group[column].to_numpy())
        rows.append(np.searchsorted(values, limits, side="right") / len(values))
    return np.array(rows)


def mean_and_half_width(shares: Any) -> tuple[Any, Any]:
    """Means over rows and halves of their 95 % t intervals; NaN of a single row."""
    n = len(shares)
    if n < 2:
        return shares.mean(axis=0), np.full(shares.shape[1], math.nan)
    return shares.mean(axis=0), t_quantile(0.95, n - 1) * shares.std(axis=0, ddof=1) / math.sqrt(n)


def wilson(successes: float, trials: float, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, by which even 0 of n has an upper bound."""
    share = successes / trials
    center = (share + z * z / (2.0 * trials)) / (1.0 + z * z / trials)
    half = z * math.sqrt(share * (1.0 - share) / trials + z * z / (4.0 * trials**2)) / (1.0 + z * z / trials)
    return max(0.0, center - half), min(1.0, center + half)


@styled
def supporter_load(result: Result, *, width_mm: float = DOUBLE) -> Figure:
    """How the work is spread over supporters: cases each, and hours beyond protected time each.

    Supporters who were in the role at some time of the horizon count, also those who left. Bars and band: 95 %
    intervals over replications. Raises CannotDraw where there was no supporter.
    """
    demand_kind(result, ["run"], "supporter_load")
    table = result.supporters
    table = table[table["tenure_years"].notna()]
    demand(len(table) > 0, "there was no supporter in the role in any replication")
    most = max(2, min(12, int(np.quantile(table["cases"], 0.99)) + 1))
    horizon = str(result.parameters["value"].get("run.horizon", "the horizon"))

    figure, (left, right) = new_figure(width_mm, 78.0, columns=2)
    shares = 100.0 * shares_by_number(table, "cases", most)
    mean, half = mean_and_half_width(shares)
    places = np.arange(most + 1)
    left.bar(places, mean, width=0.7, color=BLUE, alpha=0.35)
    left.errorbar(places, mean, yerr=np.nan_to_num(half), fmt="o", color=BLUE)
    step = 1 if most <= 8 else 2
    left.set_xticks(places[::step], [f"{place}+" if place == most else str(place) for place in places[::step]])
    left.set_xlabel(labeled("cases of a supporter", f"number in {horizon}"))
    left.set_ylabel("Supporters (%)")
    left.set_ylim(bottom=0.0)
    left.grid(axis="y")

    limits = np.linspace(0.0, max(1.0, float(np.quantile(table["overload_hours"], 0.99))), 120)
    mean, half = mean_and_half_width(100.0 * shares_at_most(table, "overload_hours", limits))
    half = np.nan_to_num(half)
    right.fill_between(limits, mean - half, mean + half, color=BLUE, alpha=0.3, linewidth=0.0)
    right.plot(limits, mean, color=BLUE)
    right.set_xlim(0.0, limits[-1])
    right.set_ylim(0.0, 102.0)
    right.set_xlabel(labeled("hours beyond protected time, at most", f"h in {horizon}"))
    right.set_ylabel("Supporters (%)")
    right.grid(axis="y")
    note(
        figure,
        f"n = {counted(len(table), 'supporter')} in {counted(len(shares))}; bars and band: 95 % intervals over "
        "replications. Sessions and all other work for the program count.",
    )
    return figure


@styled
def equity(result: Result, grouping: str = "profession", *, width_mm: float = SINGLE) -> Figure:
    """Coverage of distress episodes by kind of clinician, with the gap between the extremes.

    Args:
        result: a run.
        grouping: `profession`, `career_stage`, `shift_pattern` or `site`.

    Intervals of groups are Wilson's over the episodes of all replications together, taken for independent; the gap in
    the note is the mean over replications with its t interval. Raises CannotDraw where no group had an episode.
    """
    demand_kind(result, ["run"], "equity")
    table = result.equity
    there = list(dict.fromkeys(table["grouping"]))
    demand(grouping in there, f"there is no grouping '{grouping}'; there are {', '.join(there)}")
    replications = replications_of(result)
    table = table[(table["grouping"] == grouping) & (table["episodes"] > 0.0)]
    demand(len(table) > 0, f"no group of '{grouping}' had an episode")

    figure, (axis,) = new_figure(width_mm, 38.0 + 8.0 * len(table))
    places = np.arange(len(table))
    for place, (_, row) in zip(places, table.iterrows()):
        episodes = row["episodes"] * replications
        low, high = wilson(row["coverage"] * episodes, episodes)
        interval = 100.0 * np.array(around(row["coverage"], low, high))
        axis.errorbar(100.0 * row["coverage"], place, xerr=interval, fmt="o", color=BLUE)
        axis.annotate(f"n = {episodes:,.0f}", (1.0, place), xycoords=("axes fraction", "data"), xytext=(3, 0),
                      textcoords="offset points", va="center")  # fmt: skip
    axis.set_yticks(places, [group.replace("_", " ") for group in table["group"]])
    axis.set_ylim(len(table) - 0.5, -0.5)
    axis.set_xlim(left=0.0)
    axis.set_xlabel("Episodes with a contact (%)")
    axis.grid(axis="x")
    note(figure, f"n: episodes of {counted(replications)}; bars: 95 % intervals (Wilson). {_gap(result, grouping)}")
    return figure


def _gap(result: Result, grouping: str) -> str:
    name = f"{SHORT.get(grouping, grouping)}_gap"
    summary = result.summary
    if name not in summary.index or summary.loc[name, "n"] == 0:
        return "The gap between groups is not defined: fewer than two of them have 30 episodes in a replication."
    row = summary.loc[name]
    gap = with_interval(100.0 * row["mean"], 100.0 * row["ci_low"], 100.0 * row["ci_high"], "points")
    return f"Gap between the extremes within a replication, which is above 0 by chance too: {gap}, n = {int(row['n'])}."


__all__ = ["GROUPINGS", "equity", "supporter_load"]
