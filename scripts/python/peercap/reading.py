"""Reads the groups of an HDF5 result: tables to data frames, arrays to xarray, texts. No judgment of what they mean.

The layout is that of docs/formats/result_file.md. Groups, columns and attributes that are not known are kept.
"""

from __future__ import annotations

import json
import pathlib
from types import MappingProxyType
from typing import Any, Mapping

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from peercap.errors import ClosedResult, DamagedResult, NewerFormat, NotAResult, NotInResult

FILE_TYPE = "peercap-result"
KNOWN_MAJOR = 1

# What HDF5 needs for itself, and what xarray and pandas have of their own.
HIDDEN = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST", "DIMENSION_LABELS", "_FillValue", "calendar"}


def plain(value: Any) -> Any:
    """An attribute as a Python value: text, number, or list."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    return value.item() if isinstance(value, np.generic) else value


def attributes_of(item: h5py.HLObject) -> dict[str, Any]:
    return {name: plain(value) for name, value in item.attrs.items() if name not in HIDDEN}


def values_of(dataset: h5py.Dataset) -> Any:
    """All values: texts as str, numbers as they are."""
    if h5py.check_string_dtype(dataset.dtype) is not None:
        return dataset.asstr(errors="replace")[()]
    return dataset[()]


def dates_of(values: Any, units: str) -> Any:
    """Times of the form `days since 2026-01-05 00:00:00` as dates, to the nanosecond."""
    _, _, begin = units.partition(" since ")
    return (pd.Timestamp(begin) + pd.to_timedelta(values, unit="D")).values


def words_of(values: Any, levels: str) -> Any:
    """Positions as the words they stand for; None where there is none."""
    words = json.loads(levels)
    return np.array([None if np.isnan(place) else words[int(place)] for place in values], dtype=object)


def annotate(frame: pd.DataFrame, attributes: Mapping[str, Mapping[str, Any]], description: str) -> pd.DataFrame:
    """Puts what columns are into `frame.attrs`: `units`, `labels` and `definitions`, each by column."""
    for key, name in (("units", "units"), ("labels", "long_name"), ("definitions", "description")):
        frame.attrs[key] = {column: item[name] for column, item in attributes.items() if name in item}
    frame.attrs["description"] = description
    return frame


class ResultFile:
    """An open HDF5 result. Groups are read when they are asked for.

    Raises NotAResult, NewerFormat or DamagedResult.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        if not h5py.is_hdf5(path):
            raise NotAResult(f"{path} is not an HDF5 file, and therefore no result of peercap")
        try:
            self._file = h5py.File(path, "r")
        except OSError as error:
            if "unable to lock" in str(error):
                raise DamagedResult(f"{path} cannot be locked ({error}); set HDF5_USE_FILE_LOCKING=FALSE") from error
            raise DamagedResult(f"{path} is cut off or damaged ({error}); make it again, or copy it again") from error
        try:
            self._attributes = attributes_of(self._file)
            self._check()
            self._shapes = {name: str(plain(item.attrs.get("group_shape", ""))) for name, item in self._file.items()}
        except Exception:
            self._file.close()
            raise

    def _check(self) -> None:
        file_type = self._attributes.get("filetype")
        if file_type == "peercap-shard":
            raise NotAResult(f"{self.path} is one part of a sweep; `peercap merge` makes a result of all of them")
        if file_type != FILE_TYPE:
            what = f"its type is '{file_type}'" if file_type else "it does not say of which type it is"
            raise NotAResult(f"{self.path} is an HDF5 file but no result of peercap: {what}")
        version = str(self._attributes.get("format_version", ""))
        major = version.partition(".")[0]
        if not major.isdigit():
            raise DamagedResult(f"{self.path} has no version of its format that can be read ('{version}')")
        if int(major) > KNOWN_MAJOR:
            raise NewerFormat(
                f"{self.path} has format {version}, newer than {KNOWN_MAJOR}.x, which this package reads; "
                "install the package that came with the program that wrote the file"
            )

    @property
    def attributes(self) -> Mapping[str, Any]:
        return MappingProxyType(self._attributes)

    def close(self) -> None:
        self._file.close()

    def names(self) -> list[str]:
        """The groups, in the order of their names."""
        return sorted(self._shapes)

    def _open_file(self) -> h5py.File:
        if not self._file:
            raise ClosedResult(f"{self.path} was closed; open it again, or read what you need before")
        return self._file

    def _group(self, name: str, shape: str) -> h5py.Group:
        group = self._open_file().get(name)
        if group is None:
            raise NotInResult(f"{self.path} has no group '{name}'; it has {', '.join(self.names())}")
        found = self._shapes[name]
        if found != shape:
            raise NotInResult(f"group '{name}' of {self.path} is of shape '{found}', not '{shape}'")
        return group

    def shape(self, name: str) -> str:
        """`table`, `arrays`, `texts`, or nothing for a group that is not there."""
        return self._shapes.get(name, "")

    def text(self, group: str, name: str) -> str:
        """A single text of a group of texts."""
        texts = self._group(group, "texts")
        if name not in texts:
            raise NotInResult(f"{self.path} has no text '{name}' in group '{group}'")
        with self._reading(group):
            return str(values_of(texts[name]))

    def table(self, name: str) -> pd.DataFrame:
        """A table, one column a dataset; units, labels and definitions of the columns in `attrs`."""
        group = self._group(name, "table")
        attributes: dict[str, dict[str, Any]] = {}
        columns: dict[str, Any] = {}
        with self._reading(name):
            for column in plain(group.attrs["column-order"]):
                attributes[column] = attributes_of(group[column])
                columns[column] = values_of(group[column])
                if "levels" in attributes[column]:
                    columns[column] = words_of(columns[column], attributes[column]["levels"])
            index = pd.Index(values_of(group[plain(group.attrs["_index"])]), name="row")
        frame = pd.DataFrame(columns, index=index)
        return annotate(frame, attributes, str(plain(group.attrs.get("description", ""))))

    def dataset(self, name: str) -> xr.Dataset:
        """A group of arrays, with its dimensions as coordinates; times are dates."""
        group = self._group(name, "arrays")
        coordinates: dict[str, Any] = {}
        variables: dict[str, Any] = {}
        with self._reading(name):
            for item_name, item in group.items():
                attributes, values = attributes_of(item), values_of(item)
                if plain(item.attrs.get("CLASS", "")) == "DIMENSION_SCALE":
                    if " since " in str(attributes.get("units", "")):
                        values = dates_of(values, attributes.pop("units"))
                    coordinates[item_name] = (item_name, values, attributes)
                else:
                    dimensions = tuple(scales[0].name.rpartition("/")[2] for scales in item.dims)
                    variables[item_name] = (dimensions, values, attributes)
        return xr.Dataset(variables, coordinates, {"description": plain(group.attrs.get("description", ""))})

    def _reading(self, name: str) -> _Reading:
        return _Reading(self.path, name)


class _Reading:
    """Says in which file and group reading failed."""

    def __init__(self, path: pathlib.Path, group: str) -> None:
        self._path = path
        self._group = group

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, (OSError, KeyError, RuntimeError, json.JSONDecodeError)):
            raise DamagedResult(
                f"group '{self._group}' of {self._path} cannot be read ({error}); the file is damaged: make it again"
            ) from error
