"""Figures of one run: waits, the cascade, the weekly course, well-being."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from peercap.figures.style import (
    BLUE,
    DOUBLE,
    GREEN,
    INK,
    PALE,
    PURPLE,
    SINGLE,
    VERMILION,
    around,
    counted,
    demand,
    demand_kind,
    labeled,
    legend_above,
    new_figure,
    note,
    replications_of,
    scale_and_unit,
    styled,
)
from peercap.result import Result

CURVES = (
    ("contacted", "met a supporter", BLUE, "-"),
    ("gave_up", "gave up", VERMILION, "--"),
    ("recovered", "recovered", GREEN, "-."),
    ("other", "other ends", PURPLE, ":"),
)

# By clock: who is counted, the label, and the measures that give an interval at an hour.
CLOCKS: dict[str, tuple[str, str, dict[int, str]]] = {
    "request": (
        "those who wanted support",
        "Time since the request (h)",
        {24: "contact_incidence_24h", 72: "contact_incidence_72h"},
    ),
    "event": (
        "distress episodes",
        "Time since the event (h)",
        {24: "episodes_contacted_24h_share", 72: "episodes_contacted_72h_share"},
    ),
}

WELL_BEING = (
    (
        "Secondary traumatic stress",
        (("trauma_low_share", "low"), ("trauma_moderate_share", "moderate"), ("trauma_high_share", "high")),
    ),
    (
        "Compassion satisfaction",
        (
            ("satisfaction_low_share", "low"),
            ("satisfaction_moderate_share", "moderate"),
            ("satisfaction_high_share", "high"),
        ),
    ),
    (
        "Concerning exhaustion",
        (
            ("supporters_exhaustion_concerning_share", "supporters"),
            ("clinicians_exhaustion_concerning_share", "all clinicians"),
        ),
    ),
)


@styled
def time_to_contact(
    result: Result, clock: str = "request", *, hours: float = 168.0, width_mm: float = SINGLE
) -> Figure:
    """Who had met a supporter by when, with the competing ends (Aalen-Johansen, all replications together).

    Args:
        result: a run.
        clock: `request` (of those who wanted support, since they asked) or `event` (of all distress episodes, since the
            event that began them).
        hours: how far; the result goes to 336.
        width_mm: width of the figure in mm.

    The dots at 24 and 72 hours are means over replications with 95 % intervals. Raises CannotDraw where nobody waited.
    """
    demand_kind(result, ["run"], "time_to_contact")
    demand(clock in CLOCKS, f"there is no clock '{clock}'; known are {' and '.join(CLOCKS)}")
    who, label, dots = CLOCKS[clock]
    curves = result.waits
    curves = curves[(curves["clock"] == clock) & (curves["hours"] <= hours)]
    summary = result.summary
    at_hours = {at: summary.loc[name] for at, name in dots.items() if at <= hours and summary.loc[name, "n"] > 0}
    is_there = len(curves) > 1 and bool((summary.loc[list(dots.values()), "n"] > 0).any())
    demand(is_there, f"there are none of {who} in any replication")

    figure, (axis,) = new_figure(width_mm, 75.0)
    for column, name, color, dashes in CURVES:
        if curves[column].max() > 0.0 or column == "contacted":
            axis.plot(curves["hours"], 100.0 * curves[column], color=color, linestyle=dashes, label=name)
    for at, row in at_hours.items():
        interval = 100.0 * np.array(around(row["mean"], row["ci_low"], row["ci_high"]))
        axis.errorbar(at, 100.0 * row["mean"], yerr=interval, fmt="o", color=BLUE, clip_on=False)
    axis.set_xlim(0.0, hours)
    axis.set_xticks(np.arange(0.0, hours + 1.0, 24.0 if hours <= 168.0 else 48.0))
    axis.set_ylim(bottom=0.0)
    axis.set_xlabel(label)
    axis.set_ylabel(labeled(f"share of {who}", "%", 26))
    axis.grid(axis="y")
    legend_above(axis, 2)
    n = counted(replications_of(result))
    defined = ", ".join(f"{int(row['n'])} at {at} h" for at, row in at_hours.items())
    note(figure, f"Curves: all replications together. Dots: mean and 95 % interval over replications "
         f"(n = {defined}, of {n}).")  # fmt: skip
    return figure


@styled
def cascade(result: Result, channel: str = "all", *, width_mm: float = SINGLE) -> Figure:
    """Steps from events to contact and help: mean counts of the horizon, with 95 % intervals, and what is lost.

    Args:
        result: a run.
        channel: `all`, or one of the channels (`self_referral`, `outreach`, ...).

    Raises CannotDraw for a channel that is not there.
    """
    demand_kind(result, ["run"], "cascade")
    table = result.cascade
    channels = list(dict.fromkeys(table["channel"]))
    demand(channel in channels, f"there is no channel '{channel}'; there are {', '.join(channels)}")
    table = table[(table["channel"] == channel) & ~table["step"].str.startswith("ended_")]
    of_requests = table["step"].isin(["requests", "offered", "accepted", "contacted", "helped"])
    parts = [("Events and episodes", table[~of_requests]), ("Requests", table[of_requests])]
    if channel != "all":
        parts = parts[1:]
    demand(all(len(part) > 0 for _, part in parts), f"the cascade of '{channel}' has no steps")

    rows = [len(part) for _, part in parts]
    height = 22.0 + 7.0 * sum(rows) + 12.0 * len(parts)
    figure, axes = new_figure(width_mm, height, rows=len(parts), gridspec_kw={"height_ratios": rows})
    horizon = str(result.parameters["value"].get("run.horizon", "the horizon"))
    for axis, (title, part) in zip(axes, parts):
        places = np.arange(len(part))
        axis.barh(places, part["mean"], height=0.6, color=BLUE, alpha=0.35)
        for place, (_, row) in zip(places, part.iterrows()):
            interval = around(row["mean"], row["ci_low"], row["ci_high"])
            axis.errorbar(row["mean"], place, xerr=interval, fmt="o", color=BLUE)
            end = row["mean"] if math.isnan(row["ci_high"]) else row["ci_high"]
            axis.annotate(_lost(row), (end, place), xytext=(4, 0), textcoords="offset points", va="center", color=INK)
        axis.set_yticks(places, [step.replace("_", " ") for step in part["step"]])
        axis.invert_yaxis()
        axis.set_xlim(0.0, 1.45 * max(1e-9, float(np.nanmax(part[["mean", "ci_high"]].to_numpy()))))
        axis.set_title(title if channel == "all" else f"{title}: {channel.replace('_', ' ')}")
        axis.set_xlabel(labeled("mean count", f"number in {horizon}"))
        axis.locator_params(axis="x", nbins=4)
        axis.grid(axis="x")
    note(figure, f"n = {counted(replications_of(result))}; bars: 95 % intervals of the means. "
         "In percent: lost since the step before.")  # fmt: skip
    return figure


def _lost(row: Any) -> str:
    share = row["lost_share"]
    return "" if math.isnan(share) else f"\N{MINUS SIGN}{100.0 * share:.0f} %"


@styled
def series(result: Result, name: str, *, point: int = 0, width_mm: float = DOUBLE) -> Figure:
    """Weekly course of one number on its dates: the mean with its 95 % interval, and quantiles between replications.

    Args:
        result: a run.
        name: such as `waiting`; `result.series` lists the names.

    Raises CannotDraw for a name that is not there.
    """
    demand_kind(result, ["run"], "series")
    data = result.series
    names = ", ".join(str(item) for item in data.data_vars)
    demand(name in data.data_vars, f"there is no series '{name}'; there are {names}")
    course = data[name].sel(point=point)
    scale, unit = scale_and_unit(name, course.attrs.get("units", ""))
    times = course["time"].values
    values = {str(item): scale * course.sel(statistic=item).values for item in course["statistic"].values}
    demand(bool(np.isfinite(values["mean"]).any()), f"'{name}' is not defined in any week")

    figure, (axis,) = new_figure(width_mm, 72.0)
    bands = [("p05", "p95", "9 in 10", PALE, 0.25), ("p25", "p75", "half", PALE, 0.45)]
    if np.isfinite(values["ci_low"]).any():
        bands.append(("ci_low", "ci_high", "mean, 95 %", BLUE, 0.55))
    for low, high, label, color, alpha in bands:
        axis.fill_between(times, values[low], values[high], color=color, alpha=alpha, linewidth=0.0, label=label)
    axis.plot(times, values["mean"], color=INK, label="mean")
    wide = width_mm > 120.0
    locator = AutoDateLocator(minticks=3, maxticks=9 if wide else 5)
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axis.set_xlim(times[0], times[-1])
    axis.set_xlabel("Week that begins on (date)")
    axis.set_ylabel(labeled(course.attrs.get("long_name", name), unit, 26))
    axis.grid(axis="y")
    legend_above(axis, 4 if wide else 2)
    note(figure, f"n = {counted(replications_of(result))}. Gray: where half and nine in ten of them lie; blue: 95 % "
         f"interval of the mean. Shown: {course.attrs.get('description', name)}.")  # fmt: skip
    return figure


@styled
def well_being(result: Result, *, width_mm: float = SINGLE) -> Figure:
    """Supporters at the end of the horizon, by surveyed scores: shares with 95 % intervals over replications.

    Raises CannotDraw where no supporter could be surveyed in any replication.
    """
    demand_kind(result, ["run"], "well_being")
    summary = result.summary
    rows: list[tuple[float, str, Any]] = []
    titles: list[tuple[float, str]] = []
    place = 0.0
    for title, measures in WELL_BEING:
        titles.append((place, title))
        place += 1.0
        for measure, label in measures:
            demand(measure in summary.index, f"this run does not hold '{measure}'")
            rows.append((place, label, summary.loc[measure]))
            place += 1.0
        place += 0.4
    demand(any(row["n"] > 0 for _, _, row in rows[:-1]), "no supporter could be surveyed in any replication")

    figure, (axis,) = new_figure(width_mm, 95.0)
    for place, _, row in rows:
        if row["n"] > 0:
            interval = 100.0 * np.array(around(row["mean"], row["ci_low"], row["ci_high"]))
            axis.errorbar(100.0 * row["mean"], place, xerr=interval, fmt="o", color=BLUE)
        axis.annotate(f"n = {int(row['n'])}", (1.0, place), xycoords=("axes fraction", "data"), xytext=(3, 0),
                      textcoords="offset points", va="center", color=INK)  # fmt: skip
    for place, title in titles:
        axis.annotate(title, (0.0, place), xycoords=("axes fraction", "data"), xytext=(3, 0),
                      textcoords="offset points", va="center", color=INK, fontweight="bold")  # fmt: skip
    axis.set_yticks([place for place, _, _ in rows], [label for _, label, _ in rows])
    axis.set_ylim(rows[-1][0] + 0.7, -0.7)
    axis.set_xlim(-2.0, 102.0)
    axis.set_xlabel("Share of them (%)")
    axis.grid(axis="x")
    note(figure, "Supporters, but for the last row. Dots and bars: mean and 95 % interval over n replications in "
         "which the share is defined.")  # fmt: skip
    return figure
