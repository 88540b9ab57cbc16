"""Tables of the HDF5 files that `peercap size` and `peercap compare` write, in the form of those of their JSON answers."""

from __future__ import annotations

import pandas as pd

FIGURES = ["estimate", "ci_low", "ci_high", "margin", "verdict"]
ROLES = {"answer": "at_answer", "nearest": "at_answer"}
NOT_PATHS = {"part", "candidate", "cost", "target", "measure", "threshold", "n", *FIGURES}


def candidates_in(assessments: pd.DataFrame) -> pd.DataFrame:
    """One row for each look at a candidate and each target: `role`, the parameters by path, figures and verdict."""
    frame = assessments.copy()
    frame.insert(0, "role", [ROLES.get(part, part) for part in frame.pop("part")])
    paths = [column for column in frame.columns if column not in NOT_PATHS | {"role"}]
    columns = ["role", *paths, "n", "target", "measure", "threshold", *FIGURES]
    table = frame[columns]
    table.attrs["units"] = {path: "1" for path in paths}
    return table


def policies_in(summary: pd.DataFrame) -> pd.DataFrame:
    """Mean and interval of each measure for each policy; index (measure, policy)."""
    columns = ["unit", "better", "n", "mean", "ci_low", "ci_high", "sd"]
    return _with_units(summary.set_index(["measure", "policy"])[columns], summary)


def pairs_in(pairs: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """Paired differences, `first` less `second`; index (measure, first, second)."""
    units = dict(zip(summary["measure"], summary["unit"]))
    frame = pairs.copy()
    frame.insert(3, "unit", [units[name] for name in frame["measure"]])
    return _with_units(frame.set_index(["measure", "first", "second"]), summary)


def _with_units(frame: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    frame.attrs["units"] = dict(zip(summary["measure"], summary["unit"]))
    frame.attrs["labels"] = dict(zip(summary["measure"], summary["long_name"]))
    frame.attrs["paired"] = True
    frame.attrs["confidence"] = 0.95
    return frame
