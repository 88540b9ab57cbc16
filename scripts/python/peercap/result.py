"""One result, whatever made it: a run, a sweep, a sensitivity analysis, a sizing, a comparison."""

from __future__ import annotations

import os
import pathlib
import shutil
import weakref
from types import TracebackType
from typing import Any, Mapping, Protocol, Union

import pandas as pd
import xarray as xr

from peercap.answers import AnswerFile, Json
from peercap.errors import MissingFile, NotAResult, NotInResult
from peercap.reading import ResultFile
from peercap.studies import candidates_in, pairs_in, policies_in

Path = Union[str, "os.PathLike[str]"]

# What would have written a part that is not there, by kind; "" for any other kind.
WANTING: dict[str, dict[str, str]] = {
    "surveys": {"run": "a run has it where `surveys.interval_weeks` is above 0: --set surveys.interval_weeks=26"},
    "referrals": {"run": "a run has it where the scenario has destinations (`referrals.destinations`)"},
    "effects": {"": "`peercap sensitivity STUDY` writes it"},
    "factors": {"": "`peercap sensitivity STUDY` writes it"},
    "points": {"": "`peercap sensitivity STUDY` writes it"},
    "failures": {"": "`peercap sweep STUDY` writes it"},
    "candidates": {"": "`peercap size STUDY --json` writes it"},
    "policies": {"": "`peercap compare STUDY --json` writes it"},
    "pairs": {"": "`peercap compare STUDY --json` writes it; of two runs, peercap.compare(a, b) makes it"},
    "design": {"": "`peercap run SCENARIO` and `peercap sweep STUDY` write it"},
    "replications": {"": "`peercap run SCENARIO` and `peercap sweep STUDY` write it"},
    "summary": {"": "`peercap run SCENARIO` and `peercap sweep STUDY` write it"},
}
OF_A_RUN = "only a result of `peercap run SCENARIO` has it"
RUN_PARTS = {
    "parameters", "series", "supporters", "units", "cascade", "flow", "waits", "recovery", "equity", "causes",
    "referrals", "surveys",
}  # fmt: skip


class Store(Protocol):
    """Where a result comes from."""

    path: pathlib.Path

    @property
    def attributes(self) -> Mapping[str, Any]: ...
    def names(self) -> list[str]: ...
    def shape(self, name: str) -> str: ...
    def text(self, group: str, name: str) -> str: ...
    def table(self, name: str) -> pd.DataFrame: ...
    def dataset(self, name: str) -> xr.Dataset: ...
    def close(self) -> None: ...


class Result:
    """A result that is open; what it holds is read when it is asked for, and then kept.

    Tables are pandas data frames with `attrs["units"]`, `attrs["labels"]` and `attrs["definitions"]` by column (of
    `summary` the units by measure). Arrays are xarray datasets whose variables have `units`, `long_name` and
    `description`. Shares are numbers between 0 and 1, missing numbers NaN. What is not there raises NotInResult.

    Use it in a `with` statement, or call `close()`; what was read stays usable.
    """

    def __init__(self, store: Store, temporary: str | None = None) -> None:
        self._store = store
        # The folder of a temporary file goes away with the result, at the latest at the end of the process.
        self._remove = temporary and weakref.finalize(self, shutil.rmtree, temporary, ignore_errors=True)
        self._tables: dict[str, pd.DataFrame] = {}
        self._datasets: dict[str, xr.Dataset] = {}
        self._kind = self._find_kind()

    def _find_kind(self) -> str:
        if isinstance(self._store, AnswerFile):
            return self._store.kind
        names = self._store.names()
        if "effects" in names:
            return "sensitivity"
        if "assessments" in names:
            return "sizing"
        if "pairs" in names:
            return "comparison"
        if "study" in names:
            return "sweep"
        return "run" if "scenario" in names else "other"

    # ---- what it is --------------------------------------------------------------------------------------------------

    @property
    def path(self) -> pathlib.Path:
        """The file. Of a command called without `out` it goes away with the result; `save()` keeps it."""
        return self._store.path

    @property
    def kind(self) -> str:
        """`run`, `sweep`, `sensitivity`, `sizing`, `comparison` or `estimate`; `other` for what is not known yet."""
        return self._kind

    @property
    def title(self) -> str:
        """Name of the scenario or study."""
        if isinstance(self._store, AnswerFile):
            return str(self.answer.get("study", ""))
        return str(self.design["scenario"].iloc[0]) if self.kind == "run" else self._store.text("study", "name")

    @property
    def provenance(self) -> Mapping[str, Any]:
        """What made the result, from what, when and where: program, version, command line, seed, host, times."""
        return self._store.attributes

    @property
    def seed(self) -> int:
        """The seed, between 0 and 2**64 - 1. (`provenance["seed"]` holds the same bits as a signed number.)"""
        if "seed_hex" not in self.provenance:
            raise NotInResult(f"{self.path} does not tell its seed")
        return int(str(self.provenance["seed_hex"]), 16)

    @property
    def tables(self) -> list[str]:
        """Names of the parts that are there, for `table()`, `dataset()` and the attributes of the same names."""
        return [name for name in self._store.names() if self._store.shape(name) in ("table", "arrays")]

    @property
    def scenario(self) -> str:
        """The scenario as resolved, in YAML: every parameter. Saved to a file, it runs to the same results."""
        if self.kind == "run":
            return self._store.text("scenario", "resolved")
        return self._store.text("study", "scenario")

    @property
    def source(self) -> str:
        """The scenario file or study file as given."""
        return self._store.text("scenario" if self.kind == "run" else "study", "source")

    @property
    def answer(self) -> Json:
        """Of a sizing, a comparison or an estimate: all of its JSON (docs/formats/study_file.md)."""
        if isinstance(self._store, AnswerFile):
            return self._store.answer
        if self.kind == "sizing":
            return {"study": self.title, "answer": self._store.text("study", "answer")}
        raise NotInResult(f"this is a {self.kind}; `peercap size`, `compare` and `estimate` give an answer in JSON")

    # ---- its parts ---------------------------------------------------------------------------------------------------

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name, as it is in the file. A copy: it can be changed.

        Raises NotInResult with what would have written it.
        """
        if name not in self._tables:
            self._demand(name, "table")
            self._tables[name] = self._store.table(name)
        return self._tables[name].copy()

    def dataset(self, name: str) -> xr.Dataset:
        """A group of arrays by its name, dimensions in the order of the file. A copy: it can be changed.

        Raises NotInResult with what would have written it.
        """
        if name not in self._datasets:
            self._demand(name, "arrays")
            self._datasets[name] = self._store.dataset(name)
        return self._datasets[name].copy(deep=True)

    def _demand(self, name: str, shape: str) -> None:
        found = self._store.shape(name)
        if found == shape:
            return
        if found:
            other = "table" if found == "table" else "dataset"
            raise NotInResult(f"'{name}' of this {self.kind} is of another shape: use {other}('{name}')")
        hints = WANTING.get(name, {})
        hint = hints.get(self.kind) or hints.get("") or (OF_A_RUN if name in RUN_PARTS and self.kind != "run" else "")
        there = ", ".join(self.tables) or "no tables"
        because = f": {hint}" if hint else ""
        raise NotInResult(f"this {self.kind} has no '{name}'{because}. It has {there}. ({self.path})")

    @property
    def parameters(self) -> pd.DataFrame:
        """Every parameter of a run, by path: `value` (a text with its unit), `origin`, `grade`, `evidence`."""
        return self.table("parameters").set_index("path")

    @property
    def measures(self) -> pd.DataFrame:
        """Every measure of the replications, by name: `unit`, `long_name`, `description`."""
        rows = {
            str(name): {
                "unit": item.attrs.get("units", ""),
                "long_name": item.attrs.get("long_name", ""),
                "description": item.attrs.get("description", ""),
            }
            for name, item in self.replications.data_vars.items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure")

    @property
    def summary(self) -> pd.DataFrame:
        """Every measure over the replications: `unit`, `n`, `mean`, `ci_low`, `ci_high` (95 %), `sd`, quantiles.

        Indexed by measure; where there are several points (a sweep) by (point, measure). Numbers of a row have the unit
        of the row; `n` is the number of replications in which the measure is defined.
        """
        if self._store.shape("summary") == "arrays":
            return summary_of_points(self.dataset("summary"))
        frame = self.table("summary")
        if self.kind == "comparison":
            return policies_in(frame)
        units = dict(zip(frame["measure"], frame["unit"]))
        labels = dict(zip(frame["measure"], frame["long_name"]))
        if frame["point"].nunique() > 1:
            frame = frame.set_index(["point", "measure"])
        else:
            frame = frame.drop(columns="point").set_index("measure")
        frame.attrs.update(units=units, labels=labels)
        return frame

    @property
    def replications(self) -> xr.Dataset:
        """Every measure of every replication, dimensions (point, replication); NaN where it is not defined."""
        return self.dataset("replications")

    @property
    def series(self) -> xr.Dataset:
        """Weekly course over the replications, dimensions (point, statistic, time); `time` holds Mondays as dates."""
        return self.dataset("series")

    @property
    def design(self) -> pd.DataFrame:
        """Points, by number. Of a sweep one column a parameter, in the units of `attrs["units"]`."""
        frame = self.table("design")
        return frame.set_index("point") if "point" in frame else frame.rename_axis("point")

    @property
    def supporters(self) -> pd.DataFrame:
        """Every supporter of every replication: cases, hours, surveyed scores, exit, time in the role."""
        return self.table("supporters")

    @property
    def units(self) -> pd.DataFrame:
        """Every unit of the organization, mean over replications. (Units of measurement are in `attrs["units"]`.)"""
        return self.table("units")

    @property
    def cascade(self) -> pd.DataFrame:
        """Steps from events to outcomes, by channel: mean count, interval, what is lost since the step `from`."""
        return self.table("cascade")

    @property
    def flow(self) -> pd.DataFrame:
        """Pairs of channel and outcome, with the number of requests over all replications."""
        return self.table("flow")

    @property
    def waits(self) -> pd.DataFrame:
        """Shares contacted, gave up, recovered, still waiting by hour of two clocks (Aalen-Johansen)."""
        return self.table("waits")

    @property
    def recovery(self) -> pd.DataFrame:
        """Share of episodes that still go on, by days since they began (Kaplan-Meier)."""
        return self.table("recovery")

    @property
    def equity(self) -> pd.DataFrame:
        """Coverage, wait and share contacted in time by profession, career stage, shift pattern and site."""
        return self.table("equity")

    @property
    def causes(self) -> pd.DataFrame:
        """Causes of distress, by name: people hit, episodes, requests, contacts, coverage, wait in hours."""
        return self.table("causes").set_index("cause")

    @property
    def referrals(self) -> pd.DataFrame:
        """Destinations, by name: referrals, treatments, waits in days."""
        return self.table("referrals").set_index("destination")

    @property
    def surveys(self) -> pd.DataFrame:
        """Survey waves, as those see them who answered."""
        return self.table("surveys")

    @property
    def failures(self) -> pd.DataFrame:
        """Of a sweep: replications that failed, and why."""
        return self.table("failures")

    @property
    def effects(self) -> pd.DataFrame:
        """Of a sensitivity analysis: what each parameter does to each measure; index (measure, path)."""
        return self.table("effects").set_index(["measure", "path"])

    @property
    def factors(self) -> pd.DataFrame:
        """Of a sensitivity analysis: what was moved, by path, and how far."""
        return self.table("factors").set_index("path")

    @property
    def candidates(self) -> pd.DataFrame:
        """Of a sizing: every candidate that was looked at and every target, with estimate, interval and verdict."""
        if self._store.shape("assessments") == "table":
            return candidates_in(self.table("assessments"))
        return self.table("candidates")

    @property
    def policies(self) -> pd.DataFrame:
        """Of a comparison: mean and interval; index (measure, policy)."""
        if self._store.shape("pairs") == "table" and self._store.shape("summary") == "table":
            return policies_in(self.table("summary"))
        return self.table("policies")

    @property
    def pairs(self) -> pd.DataFrame:
        """Of a comparison: paired differences, `first` less `second`; index (measure, first, second)."""
        if self._store.shape("summary") == "table":
            return pairs_in(self.table("pairs"), self.table("summary"))
        return self.table("pairs")

    # ---- the file ----------------------------------------------------------------------------------------------------

    def save(self, path: Path, *, overwrite: bool = False) -> pathlib.Path:
        """Copies the file of the result. Raises FileExistsError unless `overwrite` is asked for."""
        target = pathlib.Path(path)
        if target.exists() and not overwrite:
            raise FileExistsError(f"{target} exists already; choose another name, or say overwrite=True")
        shutil.copyfile(self.path, target)
        return target

    def close(self) -> None:
        """Closes the file; a temporary one is removed."""
        self._store.close()
        if self._remove:
            self._remove()

    def __enter__(self) -> Result:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<peercap {self.kind} {str(self.path)!r}>"


def summary_of_points(data: xr.Dataset) -> pd.DataFrame:
    """A summary by point and statistic as a table; index (point, measure)."""
    statistics = [str(name) for name in data["statistic"].values]
    parts = []
    for name, item in data.data_vars.items():
        part = pd.DataFrame(item.transpose("point", "statistic").values, columns=statistics)
        part.insert(0, "point", data["point"].values)
        part.insert(1, "measure", str(name))
        part.insert(2, "unit", item.attrs.get("units", ""))
        part.insert(3, "long_name", item.attrs.get("long_name", ""))
        parts.append(part)
    frame = pd.concat(parts, ignore_index=True).set_index(["point", "measure"])
    frame = frame.sort_index(level="point", sort_remaining=False)
    frame["n"] = frame["n"].astype("int64")
    frame.attrs["units"] = {str(name): item.attrs.get("units", "") for name, item in data.data_vars.items()}
    frame.attrs["labels"] = {str(name): item.attrs.get("long_name", "") for name, item in data.data_vars.items()}
    return frame


def open_result(path: Path) -> Result:
    """Opens a result: an HDF5 file of a run, sweep or sensitivity analysis, or a saved answer in JSON.

    Raises MissingFile, NotAResult (also for a folder, a part of a sweep and any other file), NewerFormat (a newer major
    version of the format) and DamagedResult (cut off).
    """
    return open_kept(path, None)


def open_kept(path: Path, temporary: str | None) -> Result:
    """The same, of a file in a folder that goes away with the result."""
    place = pathlib.Path(path)
    if place.is_dir():
        unfinished = place.name.endswith(".partial")
        what = "an unfinished run: go on with it by the same command and --resume" if unfinished else "a folder"
        raise NotAResult(f"{place} is {what}")
    if not place.exists():
        raise MissingFile(f"there is no file {place}; a relative path starts at {pathlib.Path.cwd()}")
    with place.open("rb") as stream:
        begin = stream.read(64)
    if not begin:
        raise NotAResult(f"{place} is empty")
    if begin.lstrip().startswith(b"{"):
        return Result(AnswerFile(place.read_text(encoding="utf-8", errors="replace"), place), temporary)
    return Result(ResultFile(place), temporary)
