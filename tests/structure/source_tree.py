"""The files of the project, and what each includes."""

import dataclasses
import pathlib
import re

# Made by builds, runs and tools; never committed. In a linked worktree `.git` is a file.
IGNORED_NAMES = {".git", "build", ".cache", "__pycache__", "node_modules"}
IGNORED_PREFIX = "build-"

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


@dataclasses.dataclass(frozen=True, order=True)
class Violation:
    """A broken rule: where, and what to do about it. Line 0 means the whole file."""

    path: str
    line: int
    message: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


@dataclasses.dataclass(frozen=True)
class Include:
    line: int
    target: str  # as written between the quotes or brackets
    is_quoted: bool


def is_within(path, folder):
    """Whether a relative path lies in a folder (or is it)."""
    return path == folder or path.startswith(folder + "/")


def parent(path):
    return path.rpartition("/")[0]


class SourceTree:
    """A checkout, seen without git so that an unpacked archive can be checked too."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.files = sorted(self._walk(self.root))
        self._texts = {}
        self._includes = {}

    def _walk(self, folder):
        for entry in sorted(folder.iterdir()):
            if entry.is_symlink() or entry.name in IGNORED_NAMES:
                continue
            relative = entry.relative_to(self.root).as_posix()
            if entry.is_dir():
                if entry.name.startswith(IGNORED_PREFIX):
                    continue
                yield from self._walk(entry)
            elif parent(relative) != "results" or entry.name in ("README.md", ".gitignore"):
                yield relative

    def with_suffix(self, *suffixes):
        return [path for path in self.files if path.endswith(suffixes)]

    def cpp_files(self, *folders):
        """The headers and sources in the folders (all of the tree, if none is named)."""
        return [
            path
            for path in self.with_suffix(".h", ".cpp")
            if not folders or any(is_within(path, folder) for folder in folders)
        ]

    def text(self, path):
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_text(encoding="utf-8", errors="replace")
        return self._texts[path]

    def is_text(self, path):
        """Whether a file can be searched: no NUL byte among its first."""
        with open(self.root / path, "rb") as stream:
            return b"\0" not in stream.read(4096)

    def lines(self, path):
        """Pairs of line number, from 1, and line."""
        return enumerate(self.text(path).splitlines(), start=1)

    def includes(self, path):
        if path not in self._includes:
            found = []
            for number, line in self.lines(path):
                match = INCLUDE.match(line)
                if match:
                    quoted, angled = match.groups()
                    found.append(Include(number, quoted or angled, quoted is not None))
            self._includes[path] = found
        return self._includes[path]

    def project_includes(self, path):
        """Pairs of line and path of the project's own files that a file includes."""
        known = set(self.files)
        return [(i.line, i.target) for i in self.includes(path) if i.is_quoted and i.target in known]
