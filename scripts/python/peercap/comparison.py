"""Two results against each other by the same chance."""

from __future__ import annotations

import math
import warnings
from typing import Any, Iterable, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from peercap.errors import NotInResult, NotPaired, PeercapWarning
from peercap.intervals import t_quantile
from peercap.result import Result

COLUMNS = [
    "unit", "long_name", "n", "missing", "mean_a", "mean_b", "difference", "ci_low", "ci_high", "sd", "correlation",
]  # fmt: skip


def compare(
    a: Result,
    b: Result,
    measures: Sequence[str] | None = None,
    *,
    paired: bool = True,
    confidence: float = 0.95,
    points: tuple[int, int] | None = None,
    names: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """Differences of measures, `a` less `b`, with t intervals; one row a measure.

    With the same seed and number of replications, replication r of both had the same chance, and differences are taken
    by replication (common random numbers). That is demanded unless `paired=False` is said: then the two are taken for
    independent, with Welch's interval, which is as a rule much wider.

    Args:
        a, b: results of `peercap run`, or sweeps; the same sweep can be both.
        measures: names; without them every measure that both have.
        points: of sweeps, the numbers of the points to compare (`design` lists them).
        names: what to call the two in figures; without it their titles, or `a` and `b` where these are equal.
        confidence: of each interval by itself, not of all of them together.

    Returns:
        A frame by measure: `unit`, `long_name`; `n` (pairs in which both are defined; unpaired the smaller number),
        `missing` (replications left out); `mean_a`, `mean_b` (over those that count), `difference`, `ci_low`, `ci_high`
        in the unit of the row; `sd` of the differences and `correlation` of the pairs (unpaired: the root of the sum of
        variances, and NaN). Intervals of fewer than two replications are NaN. `attrs` tells `units` (by measure),
        `paired`, `confidence`, `names` and `replications`.

    Raises NotPaired, NotInResult (a measure or point that is not there) and ValueError (a confidence outside 0 to 1).
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    data_a, data_b = a.replications, b.replications
    if paired:
        _demand_pairs(a, b, data_a, data_b)
    first, second = points or (None, None)
    data_a, data_b = _point_of(data_a, first, a), _point_of(data_b, second, b)
    rows = {}
    for name in _chosen(data_a, data_b, measures, a, b):
        one, other = data_a[name], data_b[name]
        numbers = (_paired if paired else _unpaired)(one.values, other.values, confidence)
        rows[name] = {"unit": one.attrs.get("units", ""), "long_name": one.attrs.get("long_name", ""), **numbers}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS).rename_axis("measure")
    frame.attrs["units"] = {str(name): row["unit"] for name, row in rows.items()}
    frame.attrs["paired"] = paired
    frame.attrs["confidence"] = confidence
    frame.attrs["names"] = names or ((a.title, b.title) if a.title != b.title else ("a", "b"))
    frame.attrs["replications"] = (data_a.sizes["replication"], data_b.sizes["replication"])
    return frame


def _demand_pairs(a: Result, b: Result, data_a: xr.Dataset, data_b: xr.Dataset) -> None:
    """That replication r of both has the same chance."""
    advice = "; run both with the same seed and number, or say paired=False to take them for independent"
    if a.seed != b.seed:
        raise NotPaired(f"the seeds differ ({a.seed} and {b.seed}), so that replications are no pairs{advice}")
    counts = data_a.sizes["replication"], data_b.sizes["replication"]
    if counts[0] != counts[1]:
        raise NotPaired(f"the numbers of replications differ ({counts[0]} and {counts[1]}){advice}")
    if a.provenance.get("random_generator") != b.provenance.get("random_generator"):
        raise NotPaired(f"the two were drawn by different random generators{advice}")
    if a.provenance.get("git_hash") != b.provenance.get("git_hash"):
        warnings.warn(
            "the two results come from different versions of the program: differences may be those of the versions",
            PeercapWarning,
            stacklevel=3,
        )


def _point_of(data: xr.Dataset, point: int | None, result: Result) -> xr.Dataset:
    numbers = [int(number) for number in data["point"].values]
    if point is None:
        if len(numbers) > 1:
            raise NotInResult(f"{result.path} has {len(numbers)} points: say which to compare, such as points=(0, 1)")
        return data.isel(point=0)
    if point not in numbers:
        raise NotInResult(f"{result.path} has no point {point}; they go from {numbers[0]} to {numbers[-1]}")
    return data.sel(point=point)


def _chosen(a: xr.Dataset, b: xr.Dataset, names: Iterable[str] | None, first: Result, second: Result) -> list[str]:
    if names is None:
        return [str(name) for name in a.data_vars if name in b.data_vars and a[name].dtype.kind == "f"]
    chosen = [names] if isinstance(names, str) else list(names)
    for name in chosen:
        for data, result in ((a, first), (b, second)):
            if name not in data.data_vars:
                raise NotInResult(f"{result.path} has no measure '{name}'; `measures` lists what it has")
            if data[name].dtype.kind not in "fi":
                raise NotInResult(f"'{name}' is no number that could be compared")
    return chosen


def _paired(a: Any, b: Any, confidence: float) -> dict[str, float]:
    both = ~(np.isnan(a) | np.isnan(b))
    x, y = a[both], b[both]
    n = len(x)
    difference = x - y
    mean = float(difference.mean()) if n else math.nan
    sd = float(difference.std(ddof=1)) if n > 1 else math.nan
    half = t_quantile(confidence, n - 1) * sd / math.sqrt(n) if n > 1 else math.nan
    varies = n > 1 and x.std() > 0.0 and y.std() > 0.0
    return {
        "n": n,
        "missing": len(a) - n,
        "mean_a": float(x.mean()) if n else math.nan,
        "mean_b": float(y.mean()) if n else math.nan,
        "difference": mean,
        "ci_low": mean - half,
        "ci_high": mean + half,
        "sd": sd,
        "correlation": float(np.corrcoef(x, y)[0, 1]) if varies else math.nan,
    }


def _unpaired(a: Any, b: Any, confidence: float) -> dict[str, float]:
    x, y = a[~np.isnan(a)], b[~np.isnan(b)]
    n = min(len(x), len(y))
    mean_a, mean_b = (float(item.mean()) if len(item) else math.nan for item in (x, y))
    half = sd = math.nan
    if n > 1:
        of_a, of_b = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
        sd = math.sqrt(x.var(ddof=1) + y.var(ddof=1))
        half = 0.0
        if of_a + of_b > 0.0:  # Welch and Satterthwaite's degrees of freedom
            freedom = (of_a + of_b) ** 2 / (of_a**2 / (len(x) - 1) + of_b**2 / (len(y) - 1))
            half = t_quantile(confidence, freedom) * math.sqrt(of_a + of_b)
    return {
        "n": n,
        "missing": len(a) - len(x) + len(b) - len(y),
        "mean_a": mean_a,
        "mean_b": mean_b,
        "difference": mean_a - mean_b,
        "ci_low": mean_a - mean_b - half,
        "ci_high": mean_a - mean_b + half,
        "sd": sd,
        "correlation": math.nan,
    }
