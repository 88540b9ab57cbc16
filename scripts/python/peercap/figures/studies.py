"""Figures of studies: paired differences, sizing, designs, sensitivity."""

from __future__ import annotations

import math
import re
from typing import Any, Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from peercap.answers import number_and_unit
from peercap.figures.style import (
    BLUE,
    DOUBLE,
    INK,
    ORANGE,
    PALE,
    SINGLE,
    VERMILION,
    WORDS_OF_UNITS,
    around,
    counted,
    demand,
    demand_kind,
    difference_unit,
    is_share,
    labeled,
    new_figure,
    note,
    replications_of,
    scale_and_unit,
    styled,
)
from peercap.result import Result

MOST_PANELS = 12
VERDICTS = {"met": (BLUE, "o"), "not shown": (VERMILION, "s"), "missed": (ORANGE, "^")}


@styled
def comparison(frame: pd.DataFrame, *, width_mm: float = SINGLE) -> Figure:
    """Differences with their intervals, one panel a measure, each on its own axis.

    Args:
        frame: of peercap.compare(), or `pairs` of a comparison (`peercap.compare_policies`); at most 12 measures.

    Differences are first less second. Raises CannotDraw for a frame without differences, or with too many measures.
    """
    demand({"difference", "ci_low", "ci_high", "n", "unit"} <= set(frame.columns), "this is no frame of differences")
    drawn = frame[frame["difference"].notna()]
    measures = list(dict.fromkeys(drawn.index.get_level_values("measure")))
    demand(len(measures) > 0, "no difference is defined: in no replication are both defined")
    too_many = f"{len(measures)} measures are more than a figure holds ({MOST_PANELS}): choose some"
    demand(len(measures) <= MOST_PANELS, too_many)
    counts = [int((drawn.index.get_level_values("measure") == measure).sum()) for measure in measures]

    figure, axes = new_figure(width_mm, 14.0 + sum(20.0 + 5.0 * count for count in counts), rows=len(measures),
                              gridspec_kw={"height_ratios": [count + 1.0 for count in counts]})  # fmt: skip
    for axis, measure in zip(axes, measures):
        rows = drawn[drawn.index.get_level_values("measure") == measure]
        scale, unit = difference_unit(measure, str(rows["unit"].iloc[0]))
        labels = []
        for place, (key, row) in enumerate(rows.iterrows()):
            numbers = [scale * row[name] for name in ("difference", "ci_low", "ci_high")]
            axis.errorbar(numbers[0], place, xerr=around(*numbers), fmt="o", color=BLUE)
            axis.annotate(f"n = {int(row['n'])}", (1.0, place), xycoords=("axes fraction", "data"), xytext=(3, 0),
                          textcoords="offset points", va="center")  # fmt: skip
            first, second = key[1:] if isinstance(key, tuple) else frame.attrs.get("names", ("a", "b"))
            labels.append(f"{first} less {second}".replace("_", " "))
        axis.axvline(0.0, color=INK, linewidth=0.6)
        axis.set_yticks(range(len(rows)), labels)
        axis.set_ylim(len(rows) - 0.5, -0.5)
        axis.margins(x=0.1)
        axis.set_xlabel(labeled(_label(rows, measure), unit, 30 if width_mm < 120.0 else 60))
        axis.grid(axis="x")
        axis.locator_params(axis="x", nbins=5)
    how = "by replication under common random numbers" if frame.attrs.get("paired", True) else "of independent results"
    level = 100.0 * float(frame.attrs.get("confidence", 0.95))
    note(figure, f"Differences {how}; bars: {level:g} % t intervals, each by itself.")
    return figure


def _label(rows: pd.DataFrame, measure: str) -> str:
    if "long_name" in rows and str(rows["long_name"].iloc[0]):
        return f"difference in {rows['long_name'].iloc[0]}"
    return f"difference in {measure.replace('_', ' ')}"


@styled
def sweep_heatmap(
    result: Result,
    x: str,
    y: str,
    measure: str,
    *,
    where: Mapping[str, Any] | None = None,
    width_mm: float = SINGLE,
) -> Figure:
    """Mean of a measure over a grid of two parameters, with half of each 95 % interval.

    Args:
        result: a sweep.
        x, y: paths of parameters that the design varies.
        where: values of the other parameters that it varies: `{"supporters.protected_time": 0.5}`, in design's units.

    Raises CannotDraw unless exactly one point stands in every cell.
    """
    demand_kind(result, ["sweep"], "sweep_heatmap")
    design = result.design
    for path in (x, y, *(where or {})):
        demand(path in design.columns, f"'{path}' does not vary; the design varies {', '.join(design.columns)}")
    chosen = design
    for path, value in (where or {}).items():
        chosen = chosen[np.isclose(chosen[path], value) if chosen[path].dtype.kind == "f" else chosen[path] == value]
        demand(len(chosen) > 0, f"no point has `{path}` at {value}; there are {_values(design[path])}")
    summary = result.summary
    demand(measure in summary.index.get_level_values("measure"), f"the sweep does not hold '{measure}'")
    others = [path for path in design.columns if path not in (x, y) and chosen[path].nunique(dropna=False) > 1]
    demand(not others, f"{', '.join(others)} varies too: fix it by where={{'{', '.join(others)}': VALUE}}")
    numbers = summary.xs(measure, level="measure")
    cells = chosen[[x, y]].join(numbers)
    full = chosen[x].nunique() * chosen[y].nunique()
    is_grid = len(cells) == full and not cells.duplicated([x, y]).any()
    demand(is_grid, "the points do not fill a grid of both parameters")
    demand(bool(cells["mean"].notna().any()), f"'{measure}' is not defined at any point")

    scale, unit = scale_and_unit(measure, str(numbers["unit"].iloc[0]))
    mean = scale * cells.pivot(index=y, columns=x, values="mean")
    cells = cells.assign(half=(cells["ci_high"] - cells["ci_low"]) / 2.0)
    half = scale * cells.pivot(index=y, columns=x, values="half")
    figure, (axis,) = new_figure(width_mm, 34.0 + 11.0 * len(mean))
    image = axis.pcolormesh(mean.to_numpy(), cmap="cividis", edgecolors="white", linewidth=0.5)
    bright = np.nanmean([np.nanmin(mean.to_numpy()), np.nanmax(mean.to_numpy())])
    for row in range(mean.shape[0]):
        for column in range(mean.shape[1]):
            value, width = mean.iat[row, column], half.iat[row, column]
            axis.text(column + 0.5, row + 0.5, _cell(value, width), ha="center", va="center",
                      color=INK if math.isnan(value) or value > bright else "white")  # fmt: skip
    units = design.attrs.get("units", {})
    axis.set_xticks(np.arange(mean.shape[1]) + 0.5, [_short(value) for value in mean.columns])
    axis.set_yticks(np.arange(mean.shape[0]) + 0.5, [_short(value) for value in mean.index])
    axis.set_xlabel(labeled(x, _unit_of(units, x)))
    axis.set_ylabel(labeled(y, _unit_of(units, y), 26))
    axis.tick_params(length=0.0)
    bar = figure.colorbar(image, ax=axis, format=ScalarFormatter(useOffset=False))
    bar.set_label(labeled(str(numbers["long_name"].iloc[0]), unit, 26))
    fixed = "".join(f" {path} = {value} {_unit_of(units, path)}." for path, value in (where or {}).items())
    fewest, most = int(numbers.loc[cells.index, "n"].min()), int(numbers.loc[cells.index, "n"].max())
    n = f"{most}" if fewest == most else f"{fewest} to {most}"
    note(figure, f"Mean \N{PLUS-MINUS SIGN} half of its 95 % interval; n = {n} of "
         f"{counted(replications_of(result))} each.{fixed}")  # fmt: skip
    return figure


def _unit_of(units: Mapping[str, str], path: str) -> str:
    unit = units.get(path, "")
    return "level" if not unit else "number" if unit == "1" else WORDS_OF_UNITS.get(unit, unit)


def _values(column: pd.Series[Any]) -> str:
    return ", ".join(str(value) for value in sorted(column.dropna().unique())[:10])


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _cell(value: float, half: float) -> str:
    if math.isnan(value):
        return "not\ndefined"
    digits = 1 if math.isnan(half) or half <= 0.0 else min(4, max(0, math.ceil(-math.log10(half))))
    interval = "" if math.isnan(half) else f"\n\N{PLUS-MINUS SIGN}{half:.{digits}f}"
    return f"{value:.{digits}f}{interval}"


@styled
def sizing(result: Result, *, width_mm: float = SINGLE) -> Figure:
    """Every candidate of a sizing with its 95 % interval, a panel for each target, and the answer.

    Raises CannotDraw where more than one parameter was searched, or none was looked at.
    """
    demand_kind(result, ["sizing"], "sizing")
    table = result.candidates
    paths = list(table.columns[1 : list(table.columns).index("n")])
    demand(len(paths) == 1, f"sizing draws a search of one parameter, and this one has {', '.join(paths) or 'none'}")
    path = paths[0]
    looked = table[(table["role"] == "looked_at") & table["estimate"].notna()]
    demand(len(looked) > 0, "no candidate was looked at")
    demand(looked[path].dtype.kind == "f", f"the candidates of '{path}' are no numbers")
    targets = list(dict.fromkeys(looked["target"]))
    wide = width_mm > 120.0
    figure, axes = new_figure(width_mm, 26.0 + 46.0 * len(targets), rows=len(targets), sharex=True)
    for axis, target in zip(axes, targets):
        rows = looked[looked["target"] == target].sort_values(path)
        scale, unit, limit = _target_scale(target, rows.iloc[0])
        for verdict, (color, mark) in VERDICTS.items():
            some = rows[rows["verdict"] == verdict]
            if len(some) == 0:
                continue
            low = np.nan_to_num((some["estimate"] - some["ci_low"]).clip(lower=0.0))
            high = np.nan_to_num((some["ci_high"] - some["estimate"]).clip(lower=0.0))
            axis.errorbar(some[path], scale * some["estimate"], yerr=scale * np.array([low, high]),
                          fmt=mark, color=color, label=verdict)  # fmt: skip
        axis.axhline(scale * limit, color=INK, linestyle="--", label="target")
        if result.answer.get("found") and (answer := number_and_unit(str(result.answer["answer"][path]))):
            axis.axvline(answer[0], color=PALE, linestyle=":", label="answer")
        axis.set_title(target, pad=(24.0 if wide else 38.0) if axis is axes[0] else 6.0)
        axis.set_ylabel(labeled(str(rows["measure"].iloc[0]).replace("_", " "), unit, 20))
        axis.grid(axis="y")
    unit = table.attrs.get("units", {}).get(path, "1")
    axes[-1].set_xlabel(labeled(path, "number" if unit == "1" else WORDS_OF_UNITS.get(unit, unit)))
    handles = {name: handle for axis in axes for handle, name in zip(*axis.get_legend_handles_labels())}
    axes[0].legend(
        handles.values(), handles.keys(), loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.2,
        ncol=5 if wide else 2, columnspacing=1.0, handlelength=1.4, handletextpad=0.4,
    )  # fmt: skip
    fewest, most = int(looked["n"].min()), int(looked["n"].max())
    n = f"{most}" if fewest == most else f"{fewest} to {most}"
    note(figure, f"n = {n} replications of a candidate, by the same chance; bars: 95 % intervals, each by itself.")
    return figure


def _target_scale(target: str, row: Any) -> tuple[float, str, float]:
    """What to multiply estimates by, the unit in words, and the limit in the unit of the estimate."""
    found = re.search(r"([<>])=\s*([-+0-9.eE]+)\s*(.*)$", target)
    demand(found is not None, f"the target '{target}' cannot be read")
    assert found is not None
    limit = float(row["estimate"]) - (1.0 if found[1] == ">" else -1.0) * float(row["margin"])
    written, unit = float(found[2]), found[3].strip()
    if is_share(str(row["measure"]), "1") and not unit:
        return 100.0, "%", limit
    scale = written / limit if abs(limit) > 1e-12 and unit else 100.0 if unit == "%" else 1.0
    return scale, unit or "no unit", limit


@styled
def sensitivity(result: Result, measure: str, *, most: int = 15, width_mm: float = DOUBLE) -> Figure:
    """What a measure hangs on: parameters in the order of what they move, with 95 % intervals.

    Args:
        result: a sensitivity analysis; a tornado shows both ends of each range against the scenario as it is, Morris
            screening mu*, Sobol indices the first-order and total shares of variance.
        measure: one of the study's.
        most: how many parameters.

    Raises CannotDraw for a measure that is not there or that nothing moves.
    """
    demand_kind(result, ["sensitivity"], "sensitivity")
    effects = result.effects
    there = list(dict.fromkeys(effects.index.get_level_values("measure")))
    demand(measure in there, f"the analysis does not hold '{measure}'; it holds {', '.join(there)}")
    effects = effects.xs(measure, level="measure")
    # Columns, what they are called, how they are drawn, and the column of n.
    if "at_low" in effects:
        order = "swing"
        parts = [
            ("at_low", "at the low end", VERMILION, "s", "n_low"),
            ("at_high", "at the high end", BLUE, "o", "n_high"),
        ]
    elif "mu_star" in effects:
        order, parts = "mu_star", [("mu_star", "mu*", BLUE, "o", "n")]
    else:
        order = "total"
        parts = [("first_order", "alone", VERMILION, "s", "n"), ("total", "with all interactions", BLUE, "o", "n")]
    effects = effects[effects[order].notna() & (effects[order] != 0.0)].sort_values(order, ascending=False).head(most)
    demand(len(effects) > 0, f"no parameter moves '{measure}', as far as this analysis tells")

    attributes = result.dataset("points")[measure].attrs
    scale, unit = difference_unit(measure, attributes.get("units", ""))
    label = f"change of the mean of {attributes.get('long_name', measure)}"
    if order == "total":
        scale, unit, label = 100.0, "%", f"share of the variance of {attributes.get('long_name', measure)}"
    factors = result.factors
    figure, (axis,) = new_figure(width_mm, 34.0 + 8.0 * len(effects))
    handles: dict[str, Any] = {}
    for shift, (column, name, color, mark, _) in zip((-0.15, 0.15) if len(parts) > 1 else (0.0,), parts):
        for place, (_, row) in enumerate(effects.iterrows()):
            if math.isnan(row[column]):
                continue
            numbers = [scale * row[key] for key in (column, f"{column}_ci_low", f"{column}_ci_high")]
            drawn = axis.errorbar(numbers[0], place + shift, xerr=around(*numbers), fmt=mark, color=color)
            handles[name] = drawn
    axis.axvline(0.0, color=INK, linewidth=0.6)
    ranges = [f"{path}\n{factors.loc[path, 'low']} .. {factors.loc[path, 'high']}" for path in effects.index]
    axis.set_yticks(range(len(effects)), ranges)
    axis.set_ylim(len(effects) - 0.5, -0.5)
    axis.set_xlabel(labeled(label, unit, 70))
    axis.grid(axis="x")
    if len(parts) > 1:
        axis.legend(
            handles.values(), handles.keys(), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncol=2, borderaxespad=0.2
        )
    counts = effects[[part[4] for part in parts]].to_numpy()
    fewest, largest = int(np.nanmin(counts)), int(np.nanmax(counts))
    what = {"swing": "pairs of replications", "mu_star": "elementary effects", "total": "rows"}[order]
    kind = "t" if order == "swing" else "bootstrap"
    n = f"{fewest}" if fewest == largest else f"{fewest} to {largest}"
    note(figure, f"n = {n} {what} each; bars: 95 % {kind} intervals. Under each name: its range.")
    return figure
