"""Reads the answers in JSON of `peercap size`, `compare` and `estimate`, and makes tables of them."""

from __future__ import annotations

import json
import pathlib
from types import MappingProxyType
from typing import Any, Callable, Mapping

import pandas as pd
import xarray as xr

from peercap.errors import DamagedResult, NewerFormat, NotAResult, NotInResult

Json = dict[str, Any]

KINDS = {"peercap-sizing": "sizing", "peercap-comparison": "comparison", "peercap-estimate": "estimate"}
KNOWN_MAJOR = 1

FIGURES = ["estimate", "ci_low", "ci_high", "margin"]
POLICY_FIGURES = ["n", "mean", "ci_low", "ci_high", "sd"]
PAIR_FIGURES = [
    "n", "missing", "difference", "ci_low", "ci_high", "simultaneous_ci_low", "simultaneous_ci_high", "p_value",
    "p_value_holm", "first_larger_mean_probability", "first_larger_share", "correlation", "variance_ratio",
]  # fmt: skip


def number_and_unit(text: str) -> tuple[float, str] | None:
    """`0.5 h/week` as 0.5 and `h/week`, `10` as 10 and `1`; nothing for a word."""
    first, _, unit = text.strip().partition(" ")
    try:
        return float(first), unit or "1"
    except ValueError:
        return None


def with_numbers(frame: pd.DataFrame, paths: list[str]) -> pd.DataFrame:
    """Columns of texts with one and the same unit as numbers; their units go to `attrs`."""
    units = {}
    for path in paths:
        parsed = [None if text is None else number_and_unit(text) for text in frame[path]]
        found = {item[1] for item in parsed if item is not None}
        given = sum(text is not None for text in frame[path])
        if len(found) == 1 and sum(item is not None for item in parsed) == given:
            frame[path] = [float("nan") if item is None else item[0] for item in parsed]
            units[path] = found.pop()
    frame.attrs["units"] = units
    return frame


def candidates_of(answer: Json) -> pd.DataFrame:
    """One row for each candidate and target."""
    groups = [("looked_at", one) for one in answer.get("looked_at", [])]
    groups += [("one_fewer", one) for one in answer.get("one_fewer", [])]
    groups += [(role, answer[role]) for role in ("at_answer", "confirmation", "today") if answer.get(role)]
    paths = list(dict.fromkeys(path for _, one in groups for path in one["candidate"]))
    rows = []
    for role, one in groups:
        for target in one["targets"]:
            row: Json = {"role": role, **{path: one["candidate"].get(path) for path in paths}}
            row.update(n=one["n"], target=target["target"], measure=target["measure"])
            row.update({name: _number(target.get(name)) for name in FIGURES})
            row.update(verdict=target["verdict"], verdict_of_all=one["verdict"])
            rows.append(row)
    columns = ["role", *paths, "n", "target", "measure", *FIGURES, "verdict", "verdict_of_all"]
    return with_numbers(pd.DataFrame(rows, columns=columns), paths)


def policies_of(answer: Json) -> pd.DataFrame:
    """One row for each measure and policy; index (measure, policy)."""
    rows = []
    for measure in answer["measures"]:
        for policy in measure["policies"]:
            row = {"measure": measure["measure"], "policy": policy["policy"], "unit": measure["unit"]}
            row["better"] = measure.get("better") or ""
            rows.append({**row, **{name: _number(policy.get(name)) for name in POLICY_FIGURES}})
    columns = ["measure", "policy", "unit", "better", *POLICY_FIGURES]
    return _by(pd.DataFrame(rows, columns=columns), ["measure", "policy"], answer)


def pairs_of(answer: Json) -> pd.DataFrame:
    """One row for each measure and pair of policies, `first` less `second`; index (measure, first, second)."""
    rows = []
    for measure in answer["measures"]:
        for pair in measure["pairs"]:
            row = {"measure": measure["measure"], "first": pair["first"], "second": pair["second"]}
            row["unit"] = measure["unit"]
            rows.append({**row, **{name: _number(pair.get(name)) for name in PAIR_FIGURES}})
    columns = ["measure", "first", "second", "unit", *PAIR_FIGURES]
    return _by(pd.DataFrame(rows, columns=columns), ["measure", "first", "second"], answer)


def _by(frame: pd.DataFrame, index: list[str], answer: Json) -> pd.DataFrame:
    frame = frame.set_index(index)
    frame.attrs["units"] = {measure["measure"]: measure["unit"] for measure in answer["measures"]}
    frame.attrs["paired"] = True
    frame.attrs["confidence"] = answer["confidence"]
    return frame


def _number(value: Any) -> Any:
    return float("nan") if value is None else value


TABLES: dict[str, dict[str, Callable[[Json], pd.DataFrame]]] = {
    "sizing": {"candidates": candidates_of},
    "comparison": {"policies": policies_of, "pairs": pairs_of},
    "estimate": {},
}


class AnswerFile:
    """An answer in JSON, with the same access as an HDF5 result.

    Raises NotAResult, NewerFormat or DamagedResult.
    """

    def __init__(self, text: str, path: pathlib.Path) -> None:
        self.path = path
        try:
            answer = json.loads(text)
        except json.JSONDecodeError as error:
            raise DamagedResult(f"{path} is cut off or damaged JSON ({error}); make it again") from error
        form = answer.get("format", "") if isinstance(answer, dict) else ""
        name, _, version = str(form).partition("/")
        if name not in KINDS:
            raise NotAResult(
                f"{path} is JSON of format '{form}'; answers that can be opened are those of "
                "`peercap size --json`, `compare --json` and `estimate --json`"
            )
        if not version.isdigit() or int(version) > KNOWN_MAJOR:
            raise NewerFormat(f"{path} has format {form}, newer than this package reads ({name}/{KNOWN_MAJOR})")
        self.answer: Json = answer
        self.kind = KINDS[name]

    @property
    def attributes(self) -> Mapping[str, Any]:
        single = {name: item for name, item in self.answer.items() if not isinstance(item, (dict, list))}
        return MappingProxyType(single)

    def close(self) -> None:
        """Nothing is open."""

    def names(self) -> list[str]:
        return sorted(TABLES[self.kind])

    def shape(self, name: str) -> str:
        return "table" if name in TABLES[self.kind] else ""

    def text(self, group: str, name: str) -> str:
        raise NotInResult(f"an answer in JSON does not hold '{name}' of {group}; a result of `peercap run` does")

    def table(self, name: str) -> pd.DataFrame:
        if name not in TABLES[self.kind]:
            raise NotInResult(f"this answer has no table '{name}'; it has {', '.join(self.names()) or 'none'}")
        try:
            return TABLES[self.kind][name](self.answer)
        except (KeyError, TypeError) as error:
            raise DamagedResult(f"{self.path} lacks {error}, of which table '{name}' is made") from error

    def dataset(self, name: str) -> xr.Dataset:
        raise NotInResult(f"an answer in JSON holds no arrays, and therefore no '{name}'")
