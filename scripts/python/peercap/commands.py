"""The commands of the program as functions."""

from __future__ import annotations

import os
import pathlib
import shutil
import tempfile
from typing import Any, Mapping, Sequence

from peercap.program import PARTIAL, call, settings_of
from peercap.result import Path, Result, open_kept

Settings = Mapping[str, Any]


def run(
    scenario: Path,
    *,
    out: Path | None = None,
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    variant: str | None = None,
    program: Path | None = None,
    set: Settings | None = None,
    force: bool = False,
    arguments: Sequence[str] = (),
    **overrides: Any,
) -> Result:
    """Runs a scenario, as `peercap run` does, and opens its result.

    Args:
        scenario: scenario file.
        out: result file. Without it the file is a temporary one that goes away with the result; `save()` keeps it.
        replications, seed, threads, variant: as on the command line; without them what the scenario says.
        program: the program; without it see find_program().
        set: parameters by path, with values as on the command line: `{"supporters.protected_time": "1 h/week"}`.
        force: replace `out` if it exists.
        arguments: further arguments of the command line.
        overrides: parameters as keywords, two underscores in place of a dot: `supporters__count=40`.

    Raises NoProgram; InvalidInput with every error of the scenario; OutputFailed where `out` exists or cannot be
    written; the other exceptions of peercap.errors by exit code. Warnings of the program become PeercapWarning.
    """
    return _with_file(
        "run", scenario, out, program,
        [*_options(replications, seed, threads, variant), *settings_of(set, overrides)], force, arguments,
    )  # fmt: skip


def sweep(
    study: Path,
    *,
    out: Path | None = None,
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    program: Path | None = None,
    set: Settings | None = None,
    force: bool = False,
    arguments: Sequence[str] = (),
    **overrides: Any,
) -> Result:
    """Runs every point of a study's design, as `peercap sweep` does. Arguments and errors are those of run().

    Where single runs failed the result is opened all the same, with a PeercapWarning; `failures` lists them.
    """
    return _with_file(
        "sweep", study, out, program,
        [*_options(replications, seed, threads, None), *settings_of(set, overrides)], force, arguments,
    )  # fmt: skip


def sensitivity(
    study: Path,
    *,
    method: str = "tornado",
    out: Path | None = None,
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    program: Path | None = None,
    set: Settings | None = None,
    force: bool = False,
    arguments: Sequence[str] = (),
    **overrides: Any,
) -> Result:
    """Tells which parameters move the study's measures, by `tornado`, `morris` or `sobol`; errors as for run()."""
    options = ["--method", method, *_options(replications, seed, threads, None), *settings_of(set, overrides)]
    return _with_file("sensitivity", study, out, program, options, force, arguments)


def size(
    study: Path,
    *,
    targets: Sequence[str] = (),
    search: Sequence[str] = (),
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    require: bool = False,
    program: Path | None = None,
    set: Settings | None = None,
    arguments: Sequence[str] = (),
    **overrides: Any,
) -> Result:
    """Finds the least that meets targets, as `peercap size` does; `candidates` and `answer` of the result tell.

    Args:
        study: study file, or a scenario file together with `targets`.
        targets: in place of the study's: `contact_within_limit_share >= 95 %`.
        search: in place of the study's: `supporters.count=10-120`.
        replications: of a candidate at most.
        require: raise TargetNotMet where nothing meets the targets.

    The other arguments and errors are those of run(). An answer that is not complete (its time was spent) comes with a
    PeercapWarning.
    """
    options = [part for target in targets for part in ("--target", target)]
    options += [part for item in search for part in ("--search", item)]
    options += _options(replications, seed, threads, None)
    options += settings_of(set, overrides)
    options += ["--require"] if require else []
    return _with_answer("size", study, program, options, arguments)


def compare_policies(
    study: Path,
    *,
    replications: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    program: Path | None = None,
    set: Settings | None = None,
    arguments: Sequence[str] = (),
    **overrides: Any,
) -> Result:
    """Holds the policies of a study against each other by the same chance, as `peercap compare` does.

    `policies` and `pairs` of the result are its tables. Arguments and errors are those of run().
    """
    options = [*_options(replications, seed, threads, None), *settings_of(set, overrides)]
    return _with_answer("compare", study, program, options, arguments)


def _options(replications: int | None, seed: int | None, threads: int | None, variant: str | None) -> list[str]:
    given = (("--replications", replications), ("--seed", seed), ("--threads", threads), ("--variant", variant))
    return [part for name, value in given if value is not None for part in (name, str(value))]


def _with_file(
    command: str,
    what: Path,
    out: Path | None,
    program: Path | None,
    options: Sequence[str],
    force: bool,
    arguments: Sequence[str],
) -> Result:
    """Calls a command that writes a file, and opens it."""
    temporary = tempfile.mkdtemp(prefix="peercap-") if out is None else None
    try:
        file = pathlib.Path(temporary) / "result.h5" if temporary else pathlib.Path(out or "")
        given = [command, os.fspath(what), "--quiet", "--json", "--out", os.fspath(file), *options, *arguments]
        before = file.stat().st_mtime_ns if file.exists() else None
        done = call(given + (["--force"] if force else []), program)
        if done.exit_code == PARTIAL and (not file.exists() or file.stat().st_mtime_ns == before):
            raise done.failure()
        done.warn()
        return open_kept(file, temporary)
    except BaseException:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        raise


def _with_answer(
    command: str, what: Path, program: Path | None, options: Sequence[str], arguments: Sequence[str]
) -> Result:
    """Calls a command that prints an answer in JSON. The answer is kept in a temporary file, for save()."""
    temporary = tempfile.mkdtemp(prefix="peercap-")
    try:
        # The file goes beside the answer, and away with it, rather than into the working folder.
        own = ["--out", os.fspath(pathlib.Path(temporary) / f"{command}.h5")] if "--out" not in arguments else []
        done = call([command, os.fspath(what), "--quiet", "--json", *own, *options, *arguments], program)
        if not done.output.strip():
            raise done.failure()
        done.warn()
        file = pathlib.Path(temporary) / f"{command}.json"
        file.write_text(done.output, encoding="utf-8")
        return open_kept(file, temporary)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
