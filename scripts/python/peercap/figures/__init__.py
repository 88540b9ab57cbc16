"""Figures for publications. Each function returns a matplotlib Figure of the width asked for, in mm.

Lines and texts are vectors, colors are told apart by nearly everybody, fonts have 8 and 9 points. Every axis names its
unit, every figure its intervals and its n. Where what a figure needs is missing, CannotDraw is raised.

    figure = peercap.figures.series(result, "waiting", width_mm=peercap.figures.SINGLE)
    peercap.figures.save(figure, "waiting.pdf")
"""

from __future__ import annotations

from peercap.figures.people import equity, supporter_load
from peercap.figures.runs import cascade, series, time_to_contact, well_being
from peercap.figures.studies import comparison, sensitivity, sizing, sweep_heatmap
from peercap.figures.style import DOUBLE, SINGLE, save

__all__ = [
    "DOUBLE", "SINGLE", "cascade", "comparison", "equity", "save", "sensitivity", "series", "sizing", "supporter_load",
    "sweep_heatmap", "time_to_contact", "well_being",
]  # fmt: skip
