"""Sizes, names and places of files."""

import re

from source_tree import Violation, is_within, parent

LINE_LIMIT = 400
SIZED_SUFFIXES = (".h", ".cpp", ".py", ".sh")

# Folders of tests that cut across the sources.
CROSS_CUTTING_TESTS = {
    "documents",
    "failure",
    "fuzz",
    "install",
    "parity",
    "performance",
    "property",
    "python",
    "regression",
    "structure",
    "support",
    "verification",
}

FOREIGN_SUFFIXES = (".hpp", ".hh", ".hxx", ".cc", ".cxx", ".c++", ".C")


def check_sizes(tree):
    for path in tree.with_suffix(*SIZED_SUFFIXES):
        count = sum(1 for _ in tree.lines(path))
        if count > LINE_LIMIT:
            yield Violation(path, 0, f"has {count} lines, more than {LINE_LIMIT}: split it by responsibility")


def check_names(tree):
    """snake_case, .h and .cpp, include guards by pragma, includes by path from the root."""
    known = set(tree.files)
    for path in tree.with_suffix(*FOREIGN_SUFFIXES):
        yield Violation(path, 0, "headers end in .h, sources in .cpp")
    for path in tree.with_suffix(*SIZED_SUFFIXES):
        for part in path.split("/"):
            if not re.fullmatch(r"\.?[a-z0-9_]+(\.[a-z0-9_]+)*", part):
                yield Violation(path, 0, f"'{part}' is not in snake_case")
    for path in tree.cpp_files():
        if path.endswith(".h") and not re.search(r"^#pragma once$", tree.text(path), re.MULTILINE):
            yield Violation(path, 0, "has no #pragma once")
        for include in tree.includes(path):
            if include.is_quoted and include.target not in known:
                yield Violation(
                    path, include.line, f'"{include.target}" is no file of the project, by path from its root'
                )


def folders_with_code(tree, top):
    return {parent(path) for path in tree.cpp_files(top)}


def check_test_folders(tree):
    """tests/X mirrors X: a folder of tests belongs to a folder of sources, and no folder of sources has none."""
    sources = set().union(*(folders_with_code(tree, top) for top in ("app", "models", "sim")))
    ancestors = {folder[: match.start()] for folder in sources for match in re.finditer("/", folder)}
    tests = {folder for folder in folders_with_code(tree, "tests") if folder != "tests"}

    for folder in sorted(tests):
        mirrored = folder[len("tests/") :]
        if mirrored.partition("/")[0] in CROSS_CUTTING_TESTS or mirrored in sources | ancestors:
            continue
        # One level of subjects is fine below a folder that mirrors: app/scenario_commands, yaml/limits.
        # What stands in for a header of the sources has its path below the folder of the tests that want it.
        stands_in_for = next((source for source in sources if mirrored.endswith("/" + source)), "")
        if parent(mirrored.removesuffix("/" + stands_in_for)) in sources | ancestors:
            continue
        yield Violation(folder, 0, f"mirrors no folder of sources ({mirrored} has none)")

    for folder in sorted({parent(path) for path in tree.cpp_files("models", "sim") if path.endswith(".cpp")}):
        if not any(is_within(tested, "tests/" + folder) for tested in tests):
            yield Violation(folder, 0, f"has sources, but there are no tests in tests/{folder}")
