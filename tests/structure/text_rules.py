"""What stands in files: marks, paths, spelling, links. The patterns are written so that they do not match themselves."""

import fnmatch
import posixpath
import re

from source_tree import Violation, parent

UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b")
MACHINE_PATHS = re.compile(r"(?<![\w.$}~/-])/(?:root|work|Users|home/[a-z_][\w-]*)(?=/|\b)")
REGISTRY_HOSTS = re.compile(
    r"\b(?:(?:deb|security|snapshot|ftp)\.debian\.(?:org|net)|archive\.ubuntu\.com|pypi\.(?:org|python\.org)"
    r"|files\.pythonhosted\.org|registry\.(?:npmjs\.org|yarnpkg\.com)|proxy\.golang\.org|crates\.io)\b"
)

# British spelling -> American. Each is a regular expression for the beginning of a word.
SPELLINGS = {
    r"behavi(our)": "or",
    r"col(our)(?!ado)": "or",
    r"fav(our)": "or",
    r"lab(our)\b": "or",
    r"neighb(our)": "or",
    r"hon(our)": "or",
    r"program(me)s?\b": "(no -me)",
    r"cen(tre)": "ter",
    r"(?:kilo|centi)?me(tre)s?\b": "ter",
    r"organi(s)(?:e|ed|es|er|ers|ing|ation|ations|ational)\b": "z",
    r"(?:random|util|optim|summar|recogn|normal|character|emphas|initial|serial|visual|minim|maxim|categor|priorit"
    r"|general|parallel|standard|discret|synchron)i(s)(?:e|ed|es|er|ing|ation|ations)\b": "z",
    r"anal(ys)(?:e|ed|ing)\b": "yz",
    r"label(l)(?:ed|ing)\b": "(one l)",
    r"model(l)(?:ed|ing|er)\b": "(one l)",
    r"cancel(l)(?:ed|ing)\b": "(one l)",
    r"travel(l)(?:ed|ing)\b": "(one l)",
    r"fulfi(l)(?:ment|s)?\b": "ll",
    r"(?:an)?(ae)sthe": "e",
    r"defen(c)e\b": "s",
    r"licen(c)es?\b": "s",
    r"gr(e)y\b": "a",
    r"whil(st)\b": "e",
    r"age(i)ng\b": "aging",
}
SPELLING = {re.compile(rf"(?<![A-Za-z]){pattern}", re.IGNORECASE): hint for pattern, hint in SPELLINGS.items()}
SPELLED_SUFFIXES = (".md", ".h", ".cpp", ".py", ".sh", ".yaml", ".cff", ".txt", ".cmake")
EXCEPTIONS_FILE = "tests/structure/spelling_exceptions.txt"


def check_unfinished(tree):
    """Whatever is committed is finished; what is left to do stands in the issue tracker."""
    for path in tree.files:
        if not tree.is_text(path):
            continue
        for number, line in tree.lines(path):
            match = UNFINISHED.search(line)
            if match:
                yield Violation(path, number, f"holds the mark '{match[0]}'")


def check_machine_paths(tree):
    """Neither a path of somebody's machine nor the address of a package registry: other users have others."""
    for path in tree.files:
        if not tree.is_text(path):
            continue
        for number, line in tree.lines(path):
            for pattern in (MACHINE_PATHS, REGISTRY_HOSTS):
                match = pattern.search(line)
                if match:
                    yield Violation(path, number, f"names '{match[0]}', which is a place of one machine or registry")


def read_exceptions(tree):
    """Pairs of file pattern and phrase; an empty phrase exempts the file."""
    if EXCEPTIONS_FILE not in tree.files:
        return []
    exceptions = []
    for _, line in tree.lines(EXCEPTIONS_FILE):
        line = line.strip()
        if line and not line.startswith("#"):
            pattern, _, phrase = line.partition(":")
            exceptions.append((pattern.strip(), phrase.strip()))
    return exceptions


def check_spelling(tree):
    exceptions = read_exceptions(tree)
    for path in tree.with_suffix(*SPELLED_SUFFIXES):
        phrases = [phrase for pattern, phrase in exceptions if fnmatch.fnmatch(path, pattern)]
        if path == EXCEPTIONS_FILE or "" in phrases:
            continue
        for number, line in tree.lines(path):
            for phrase in phrases:
                line = line.replace(phrase, "")
            for pattern, hint in SPELLING.items():
                match = pattern.search(line)
                if match:
                    yield Violation(path, number, f"'{match[0]}' is British: {hint} for '{match[1]}'")


LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def check_links(tree):
    """A link from one page to another file of the tree leads somewhere."""
    places = set(tree.files) | {folder for path in tree.files for folder in ancestors(path)}
    for path in tree.with_suffix(".md"):
        is_code = False
        for number, line in tree.lines(path):
            if line.lstrip().startswith("```"):
                is_code = not is_code
            if is_code:
                continue
            for target in LINK.findall(line):
                if re.match(r"[a-z]+:", target):
                    continue
                if posixpath.normpath(posixpath.join(parent(path), target)) not in places:
                    yield Violation(path, number, f"links to {target}, which does not exist")


# `Suite.Test` in a page, and what makes one in a source file.
NAMED_TEST = re.compile(r"`([A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9]+)`")
DEFINED_TEST = re.compile(r"^TEST(?:_[FP])?\((\w+),\s*(\w+)\)")


def check_named_tests(tree):
    """A test that a page of theory leans on exists."""
    defined = set()
    for path in tree.cpp_files("tests"):
        for _, line in tree.lines(path):
            if match := DEFINED_TEST.match(line):
                defined.add(f"{match[1]}.{match[2]}")
    for path in tree.with_suffix(".md"):
        if not path.startswith("docs/theory/"):
            continue
        for number, line in tree.lines(path):
            for name in NAMED_TEST.findall(line):
                if name not in defined:
                    yield Violation(path, number, f"names the test {name}, which does not exist")


def ancestors(path):
    while path := parent(path):
        yield path
