"""How figures look: sizes, colors, units in words, notes. Lines and texts stay vectors."""

from __future__ import annotations

import functools
import math
import os
import re
import textwrap
from typing import Any, Callable, Sequence, TypeVar, cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from peercap.errors import CannotDraw
from peercap.result import Path, Result

SINGLE = 85.0  # mm, a column of a journal
DOUBLE = 175.0  # mm, both columns
MM_PER_INCH = 25.4
SMALL, NORMAL = 8.0, 9.0  # points

# Okabe and Ito's colors, told apart by nearly everybody.
INK, BLUE, VERMILION, GREEN = "#222222", "#0072B2", "#D55E00", "#009E73"
ORANGE, SKY, PURPLE, PALE = "#E69F00", "#56B4E9", "#CC79A7", "#999999"

STYLE: dict[str, Any] = {
    "font.size": SMALL,
    "axes.titlesize": NORMAL,
    "axes.labelsize": NORMAL,
    "axes.titlelocation": "left",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.linewidth": 0.3,
    "grid.color": "#BBBBBB",
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 1.2,
    "lines.markersize": 4.0,
    "errorbar.capsize": 2.0,
}

# For files: texts that stay texts, and equal files from equal figures.
SAVING = {"pdf.fonttype": 42, "ps.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "peercap", "savefig.dpi": 300}
WITHOUT_TIME = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}

WORDS_OF_UNITS = {
    "1": "no unit", "1/year": "per year", "1/week": "per week", "d": "days", "d/year": "days per year", "week": "weeks",
    "year": "years", "h/year": "h per year",
}  # fmt: skip

# Numbers between 0 and 1 that are shown in percent, by the names of measures.
SHARE = re.compile(r"(_share(_|$)|prevalence|_incidence_\d+h$|^awareness|^collapsed$|^service_failed$)")
# Numbers without a unit that count people or cases.
COUNT = re.compile(r"^(waiting(_mean|_p95|_over_time_mean)?$|open_cases|active_supporters|supporters_at_end|caseload_)")

Drawing = TypeVar("Drawing", bound=Callable[..., Figure])


def styled(draw: Drawing) -> Drawing:
    """Draws in this style, whatever the style around."""

    @functools.wraps(draw)
    def wrapper(*arguments: Any, **keywords: Any) -> Figure:
        with matplotlib.rc_context(STYLE):
            return draw(*arguments, **keywords)

    return cast(Drawing, wrapper)


def new_figure(
    width_mm: float, height_mm: float, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Figure, list[Axes]]:
    """A figure that needs no screen, and its axes row by row."""
    figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained")
    return figure, list(figure.subplots(rows, columns, squeeze=False, **options).flat)


def note(figure: Figure, text: str) -> None:
    """What has to be known to read the figure, below it: n, and what the intervals are."""
    width_mm = figure.get_figwidth() * MM_PER_INCH
    lines = textwrap.wrap(text, max(30, int(width_mm / 1.55)))
    figure.supxlabel("\n".join(lines), fontsize=SMALL, x=0.01, ha="left", color=INK)


def legend_above(axis: Axes, columns: int) -> None:
    """A legend between the picture and its title, where it hides nothing."""
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "borderaxespad": 0.2}
    axis.legend(ncol=columns, columnspacing=1.2, handlelength=1.6, **place)


def is_share(name: str, unit: str) -> bool:
    """Whether a measure is shown in percent."""
    return unit == "1" and SHARE.search(name) is not None


def scale_and_unit(name: str, unit: str) -> tuple[float, str]:
    """What to multiply a measure by to show it, and its unit in words."""
    if is_share(name, unit):
        return 100.0, "%"
    return 1.0, "number" if unit == "1" and COUNT.search(name) else WORDS_OF_UNITS.get(unit, unit)


def difference_unit(name: str, unit: str) -> tuple[float, str]:
    """The same for differences of a measure."""
    return (100.0, "percentage points") if is_share(name, unit) else scale_and_unit(name, unit)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def labeled(label: str, unit: str, width: int = 34) -> str:
    """A label of an axis with its unit, on as many lines as it needs. Names of parameters are left as they are."""
    written = label if "." in label else capital(label)
    return "\n".join(textwrap.wrap(f"{written} ({unit})", width))


def replications_of(result: Result) -> int:
    return int(result.replications.sizes["replication"])


def counted(n: int, what: str = "replication") -> str:
    """`1 replication`, `20 replications`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def around(value: float, low: float, high: float) -> list[list[float]]:
    """An interval as the distances that error bars want; none where it is not defined."""
    return [[0.0 if math.isnan(low) else max(0.0, value - low)], [0.0 if math.isnan(high) else max(0.0, high - value)]]


def with_interval(value: float, low: float, high: float, unit: str) -> str:
    """`12.3 (11.0 to 13.6) %`, with as many digits as the interval supports."""
    width = high - low
    if math.isnan(value):
        return "not defined"
    if math.isnan(width):
        return f"{value:.3g} {unit}, no interval"
    digits = 1 if width <= 0 else min(6, max(0, math.ceil(0.3 - math.log10(width))))
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f}) {unit}"


def demand(is_there: bool, message: str) -> None:
    """Raises CannotDraw unless what the figure needs is there."""
    if not is_there:
        raise CannotDraw(message)


def demand_kind(result: Result, kinds: Sequence[str], figure: str) -> None:
    demand(result.kind in kinds, f"{figure} draws a result of kind {' or '.join(kinds)}, and this is a {result.kind}")


def save(figure: Figure, path: Path, **options: Any) -> None:
    """Saves a figure by the ending of the name (.pdf, .svg, .png at 300 dpi); equal figures give equal files.

    Texts stay texts in .pdf and .svg, so that journals can edit them.
    """
    ending = os.path.splitext(os.fspath(path))[1].lower()
    with matplotlib.rc_context(SAVING):
        figure.savefig(path, metadata=options.pop("metadata", WITHOUT_TIME.get(ending)), **options)
