"""Which folder may include which, and where the libraries of others may appear.

The tables say the same as docs/architecture.md, "Libraries": a change here is a change of the architecture.
"""

import re

from source_tree import Violation, is_within, parent

CORE_FOLDERS = ("support", "time", "random", "event", "kernel", "observe", "statistics", "queueing")
CORE = [f"sim/{name}" for name in CORE_FOLDERS]
PEER_SUPPORT = "models/peer_support"
SCENARIO_YAML = f"{PEER_SUPPORT}/scenario_yaml"
ROSTER_CSV = f"{PEER_SUPPORT}/roster_csv"
READERS = [SCENARIO_YAML, ROSTER_CSV]

# Layer -> layers it may include. A file belongs to the longest folder that contains it.
LAYERS = {
    **{folder: CORE for folder in CORE},
    "sim/io": CORE + ["sim/io"],
    "sim/study": CORE + ["sim/study"],
    "models/reference": CORE + ["models/reference"],
    PEER_SUPPORT: CORE + [PEER_SUPPORT],
    SCENARIO_YAML: ["sim/support", "sim/time", "sim/io", PEER_SUPPORT, ROSTER_CSV, SCENARIO_YAML],
    ROSTER_CSV: ["sim/support", "sim/io", PEER_SUPPORT, ROSTER_CSV],
}
LAYERS["app"] = [*LAYERS, "app"]

# Within the model, includes go back in this order only: the order in which the data flows.
MODEL_STAGES = ["scenario", "organization", "network", "behavior", "observation", "model", "results"]
TOP_STAGE = "model"  # the files at the top of the model's folder

# Header (a regular expression for all of it) -> folders that may include it. The first that matches counts.
EXTERNAL = {
    # Provenance: a result says which versions made it.
    r"(oneapi/)?tbb/version\.h|boost/version\.hpp": ["app"],
    r"yaml-cpp/.*": ["sim/io/yaml"],
    r"hdf5(_hl)?\.h|H5\w*\.h": ["sim/io/hdf5"],
    r"CLI/.*": ["app"],
    r"spdlog/.*": ["app"],
    r"fmt/.*": ["sim/io", *READERS, "app"],
    r"(oneapi/)?tbb/.*": ["sim/kernel", "sim/study"],
    r"nlopt\.h": ["sim/study"],
    r"Random123/.*|sleef\.h": ["sim/random"],
    r"boost/math/.*": ["sim/study"],
    r"boost/graph/.*": ["sim/kernel"] + [f"{PEER_SUPPORT}/{name}" for name in ("scenario", "network", "roster_csv")],
    r"boost/.*": CORE + ["sim/study", PEER_SUPPORT],
    # Instructions of the processor: a digest alone, whose bits do not depend on them.
    r"(cpuid|immintrin)\.h": ["sim/observe"],
    # Files, processes and signals of the operating system.
    r"(fcntl|unistd|signal|poll|stdio|dirent|link|errno)\.h|(sys|linux)/\w+\.h": ["sim/io", "sim/support", "app"],
    # Files are read and written by io and by the program; the engine, studies and models know none.
    r"filesystem|fstream": ["sim/io", SCENARIO_YAML, "app"],
    r"[a-z0-9_]+": ["sim", "models", "app"],  # the rest of the standard library
}

# Headers that may show a library to those who include them.
PUBLIC_EXTERNAL = {"sim/random": r"Random123/.*"}


def folder_of(path, folders):
    """The longest of the folders that contains the path, or None."""
    matches = [folder for folder in folders if is_within(path, folder)]
    return max(matches, key=len, default=None)


def check_layers(tree):
    """Includes between the project's own folders."""
    for path in tree.cpp_files("sim", "models", "app"):
        layer = folder_of(path, LAYERS)
        if layer is None:
            yield Violation(path, 0, "lies in a folder that the table of layers (layer_rules.py) does not name")
            continue
        for line, target in tree.project_includes(path):
            target_layer = folder_of(target, LAYERS)
            if target_layer not in LAYERS[layer]:
                yield Violation(path, line, f"{layer} may not include {target_layer or 'what is no layer'} ({target})")


def stage_of(path):
    """The position of a file of the model in MODEL_STAGES, or None."""
    name = path[len(PEER_SUPPORT) + 1 :]
    folder = name.partition("/")[0] if "/" in name else TOP_STAGE
    return MODEL_STAGES.index(folder) if folder in MODEL_STAGES else None


def check_model_stages(tree):
    """The order of the stages inside the model. The roster makes part of a scenario and knows no more."""
    for path in tree.cpp_files(PEER_SUPPORT):
        if is_within(path, SCENARIO_YAML):
            continue
        stage = MODEL_STAGES.index("scenario") if is_within(path, ROSTER_CSV) else stage_of(path)
        if stage is None:
            yield Violation(path, 0, f"lies in none of the model's stages: {', '.join(MODEL_STAGES)}")
            continue
        for line, target in tree.project_includes(path):
            if not is_within(target, PEER_SUPPORT) or any(is_within(target, reader) for reader in READERS):
                continue
            target_stage = stage_of(target)
            if target_stage is not None and target_stage > stage:
                yield Violation(
                    path, line, f"{MODEL_STAGES[stage]} may not include {MODEL_STAGES[target_stage]} ({target})"
                )


ARCHITECTURE_PAGE = "docs/architecture.md"


def check_documented_layers(tree):
    """The page that explains the layers names every one of them, so that page and table cannot drift apart."""
    text = tree.text(ARCHITECTURE_PAGE) if ARCHITECTURE_PAGE in tree.files else ""
    core = "sim/{" + ",".join(folder.removeprefix("sim/") for folder in CORE) + "}"
    stages = " -> ".join(MODEL_STAGES)
    for name in [core, stages, *(layer for layer in LAYERS if layer not in CORE)]:
        if f"`{name}`" not in text:
            yield Violation(ARCHITECTURE_PAGE, 0, f"does not name `{name}`")


def check_external_headers(tree):
    """Each library of others only in its folders."""
    for path in tree.cpp_files("sim", "models", "app"):
        for include in tree.includes(path):
            if include.is_quoted:
                continue
            folders = next((f for pattern, f in EXTERNAL.items() if re.fullmatch(pattern, include.target)), None)
            if folders is None:
                yield Violation(path, include.line, f"<{include.target}> is not in the table of external headers")
            elif folder_of(path, folders) is None:
                allowed = ", ".join(folders)
                yield Violation(path, include.line, f"<{include.target}> may be included only in {allowed}")


def is_standard(target):
    return re.fullmatch(r"[a-z0-9_]+", target) is not None


def check_public_headers(tree):
    """A header that shows a library of others, itself or through another, stays inside its folder."""
    includers = {}
    shows = {}  # header -> the external header it shows
    for path in tree.cpp_files("sim", "models"):
        for include in tree.includes(path):
            if include.is_quoted or is_standard(include.target) or not path.endswith(".h"):
                continue
            public = PUBLIC_EXTERNAL.get(parent(path))
            if public is None or not re.fullmatch(public, include.target):
                shows.setdefault(path, include.target)
    for path in tree.cpp_files("sim", "models", "app"):
        for line, target in tree.project_includes(path):
            includers.setdefault(target, []).append((line, path))

    waiting = list(shows)
    while waiting:
        header = waiting.pop()
        for line, path in includers.get(header, []):
            if parent(path) != parent(header):
                yield Violation(path, line, f"includes {header}, which shows <{shows[header]}> outside its folder")
            elif path.endswith(".h") and path not in shows:
                shows[path] = shows[header]
                waiting.append(path)
