"""Finds and calls the program `peercap`."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import warnings
from typing import Any, Mapping, NamedTuple, Sequence

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


class Done(NamedTuple):
    """What a call of the program left: standard output, standard error, exit code, and the command."""

    output: str
    message: str
    exit_code: int
    command: tuple[str, ...]

    def failure(self) -> ProgramFailed:
        """The exception of its exit code, with the program's own message."""
        signaled = self.exit_code < 0
        kind = BY_EXIT_CODE.get(130 if signaled else self.exit_code, ProgramFailed)
        message = self.message or self.output.strip()[-2000:] or f"{self.command[0]} said nothing"
        if signaled:
            message = f"signal {-self.exit_code} ended the program. {message}"
        return kind(message, self.exit_code, self.command)

    def warn(self) -> None:
        """What it says beside a result becomes a PeercapWarning, at the line that called the command's function."""
        if self.message or self.exit_code == PARTIAL:
            warnings.warn(self.message or "the result is not complete", PeercapWarning, stacklevel=4)


def call(arguments: Sequence[str], program: Path | None) -> Done:
    """Runs the program to its end. Raises the exception of its exit code unless that is 0 or 5 (partial)."""
    command = (os.fspath(find_program(program)), *arguments)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    result = Done(done.stdout, done.stderr.strip(), done.returncode, command)
    if result.exit_code not in (0, PARTIAL):
        raise result.failure()
    return result
