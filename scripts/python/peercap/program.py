"""Finds and calls the program `peercap`."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import warnings
from typing import Any, Mapping, Sequence

from peercap.errors import (
    Incomplete,
    InternalError,
    Interrupted,
    InvalidInput,
    NoProgram,
    OutputFailed,
    PeercapWarning,
    ProgramFailed,
    TargetNotMet,
    UsageError,
)
from peercap.result import Path

BY_EXIT_CODE: dict[int, type[ProgramFailed]] = {
    1: InternalError,
    2: UsageError,
    3: InvalidInput,
    4: TargetNotMet,
    5: Incomplete,
    6: OutputFailed,
    130: Interrupted,
    143: Interrupted,
}
PARTIAL = 5

# From this file to the top of a checkout, where the package is used from there.
CHECKOUT = pathlib.Path(__file__).resolve().parents[3]


def find_program(program: Path | None = None) -> pathlib.Path:
    """The program: `program` if it is given, else that of the environment's PEERCAP, else the first `peercap` of the
    PATH, else the one built in the checkout that this package lies in.

    Raises NoProgram with the places looked at.
    """
    for name, asked in (("the argument `program`", program), ("PEERCAP", os.environ.get("PEERCAP"))):
        if asked:
            found = shutil.which(os.fspath(asked))
            if found is None:
                raise NoProgram(f"{name} says '{os.fspath(asked)}', which is no program that can be run")
            return pathlib.Path(found)
    on_path = shutil.which("peercap")
    if on_path:
        return pathlib.Path(on_path)
    built = CHECKOUT / "build" / "release" / "bin" / "peercap"
    if (CHECKOUT / "CMakeLists.txt").is_file() and os.access(built, os.X_OK):
        return built
    raise NoProgram(
        "there is no program `peercap`: not in the environment's PEERCAP, not on the PATH, not built in a checkout; "
        "build it with `scripts/run.sh`, then set PEERCAP to build/release/bin/peercap of the checkout"
    )


def text_of(value: Any) -> str:
    """A parameter's value as the command line takes it: `on` and `off` for truth values, a text as it is."""
    if hasattr(value, "item"):  # a number of numpy's
        value = value.item()
    if isinstance(value, bool):
        return "on" if value else "off"
    return repr(value) if isinstance(value, float) else str(value)


def settings_of(values: Mapping[str, Any] | None, overrides: Mapping[str, Any]) -> list[str]:
    """Arguments that set parameters: `{"supporters.count": 40}`, or `supporters__count=40` as a keyword.

    Raises ValueError where the same parameter is given in both ways, and TypeError for a keyword without `__`, which is
    no parameter.
    """
    settings = dict(values or {})
    for name, value in overrides.items():
        path = name.replace("__", ".")
        if "." not in path:
            raise TypeError(f"there is no argument '{name}'; a parameter is given as group__name=value, or in `set`")
        if path in settings:
            raise ValueError(f"`{path}` is given twice, in `set` and as {name}")
        settings[path] = value
    return [part for path, value in settings.items() for part in ("--set", f"{path}={text_of(value)}")]


def call(arguments: Sequence[str], program: Path | None, *, partial_is_fine: bool = False) -> tuple[str, int]:
    """Runs the program to its end; what it printed on standard output, and its exit code.

    What it says on standard error beside a result becomes a PeercapWarning; where it fails, the exception of its exit
    code, with the program's own message. With `partial_is_fine`, exit code 5 is a warning too.
    """
    command = (os.fspath(find_program(program)), *arguments)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    message = done.stderr.strip()
    if done.returncode == 0 or (partial_is_fine and done.returncode == PARTIAL):
        if message or done.returncode == PARTIAL:
            warnings.warn(message or "the result is not complete", PeercapWarning, stacklevel=3)
        return done.stdout, done.returncode
    signaled = done.returncode < 0
    kind = BY_EXIT_CODE.get(130 if signaled else done.returncode, ProgramFailed)
    if not message:
        message = done.stdout.strip()[-2000:] or f"{command[0]} said nothing"
    if signaled:
        message = f"signal {-done.returncode} ended the program. {message}"
    raise kind(message, done.returncode, command)
