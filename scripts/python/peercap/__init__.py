"""peercap: results of the simulator of peer-support capacity, in pandas, xarray and matplotlib.

    import peercap

    with peercap.open("run.h5") as result:
        print(result.summary[["unit", "mean", "ci_low", "ci_high", "n"]])
        peercap.figures.time_to_contact(result).savefig("contact.pdf")

    today = peercap.run("clinic.yaml", replications=100)
    more = peercap.run("clinic.yaml", replications=100, supporters__count=8)
    print(peercap.compare(more, today, ["contact_within_limit_share"]))

docs/guides/python.md of the project has more. Intervals are 95 % over replications unless it is said otherwise: they
tell chance, not whether the assumptions hold.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from peercap import errors
from peercap._version import __version__
from peercap.commands import compare_policies, run, sensitivity, size, sweep
from peercap.comparison import compare
from peercap.errors import (
    CannotDraw,
    ClosedResult,
    DamagedResult,
    Incomplete,
    InternalError,
    Interrupted,
    InvalidInput,
    MissingFile,
    NewerFormat,
    NoProgram,
    NotAResult,
    NotInResult,
    NotPaired,
    OutputFailed,
    PeercapError,
    PeercapWarning,
    ProgramFailed,
    TargetNotMet,
    UsageError,
)
from peercap.intervals import t_quantile
from peercap.program import find_program
from peercap.result import Result
from peercap.result import open_result as open

if TYPE_CHECKING:
    from peercap import figures

__all__ = [
    "CannotDraw", "ClosedResult", "DamagedResult", "Incomplete", "InternalError", "Interrupted", "InvalidInput",
    "MissingFile", "NewerFormat", "NoProgram", "NotAResult", "NotInResult", "NotPaired", "OutputFailed",
    "PeercapError", "PeercapWarning", "ProgramFailed", "Result", "TargetNotMet", "UsageError", "__version__", "compare",
    "compare_policies", "errors", "figures", "find_program", "open", "run", "sensitivity", "size", "sweep",
    "t_quantile",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Loads `figures` when it is first used: reading results does not need matplotlib."""
    if name == "figures":
        try:
            return importlib.import_module("peercap.figures")
        except ModuleNotFoundError as error:
            if error.name != "matplotlib":
                raise
            raise ModuleNotFoundError("peercap.figures needs matplotlib, which is not installed here") from error
    raise AttributeError(f"module 'peercap' has no attribute '{name}'")
