"""What can go wrong, one exception each. Every message says what to do."""

from __future__ import annotations


class PeercapError(Exception):
    """Anything that this package refuses or cannot do."""


# ---- reading --------------------------------------------------------------------------------------------------------


class MissingFile(PeercapError, FileNotFoundError):
    """There is no file of that name."""


class NotAResult(PeercapError, ValueError):
    """The file is no result of peercap, or one that has to be finished or merged first."""


class NewerFormat(PeercapError, ValueError):
    """The file has a newer major version of its format than this package reads."""


class DamagedResult(PeercapError, OSError):
    """The file begins like a result and cannot be read: cut off, or damaged."""


class ClosedResult(PeercapError, ValueError):
    """The result was closed, and what is asked for had not been read before."""


class NotInResult(PeercapError, AttributeError):
    """This result does not hold what is asked for; the message names what would have written it.

    It is an AttributeError too, so that `hasattr(result, "surveys")` tells whether there are any.
    """


# ---- comparing and drawing ------------------------------------------------------------------------------------------


class NotPaired(PeercapError, ValueError):
    """Two results do not have the same chance, so that their replications are no pairs."""


class CannotDraw(PeercapError, ValueError):
    """What a figure needs is missing or not defined in this result."""


# ---- the program ----------------------------------------------------------------------------------------------------


class NoProgram(PeercapError, FileNotFoundError):
    """The program `peercap` was not found."""


class ProgramFailed(PeercapError, RuntimeError):
    """The program ended with an exit code other than 0; the message is the program's own.

    Attributes: `exit_code` (negative where a signal ended it) and `command`, the arguments it was called with.
    """

    def __init__(self, message: str, exit_code: int, command: tuple[str, ...]) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.command = command


class InternalError(ProgramFailed):
    """Exit code 1: a mistake of the program, or every replication failed."""


class UsageError(ProgramFailed):
    """Exit code 2: the program does not know an argument that it was given."""


class InvalidInput(ProgramFailed, ValueError):
    """Exit code 3: a scenario or study has errors. The message lists all of them, with places and suggestions."""


class TargetNotMet(ProgramFailed):
    """Exit code 4: nothing in the range meets the targets, which was required."""


class Incomplete(ProgramFailed):
    """Exit code 5: part of it is done, and there is no result to open."""


class OutputFailed(ProgramFailed):
    """Exit code 6: a file cannot be read or written, or exists already."""


class Interrupted(ProgramFailed):
    """Exit codes 130 and 143, or a signal: somebody ended the program."""


class PeercapWarning(UserWarning):
    """What the program says beside a result: doubts about a scenario, or a result that is not complete."""
