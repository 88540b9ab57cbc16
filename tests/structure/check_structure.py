#!/usr/bin/env python3
"""Checks the structure of the source tree: check_structure.py [--root DIR] RULE...

Needs only the standard library. Prints each violation as `path:line: what is wrong`; exit code 1 if there is any,
2 on wrong usage. Without --root, the tree in which this file lies. The rule `all` stands for every rule.
"""

import argparse
import pathlib
import sys

import cycle_rules
import layer_rules
import shape_rules
import text_rules
from source_tree import SourceTree

RULES = {
    "layers": layer_rules.check_layers,
    "model_stages": layer_rules.check_model_stages,
    "external_headers": layer_rules.check_external_headers,
    "documented_layers": layer_rules.check_documented_layers,
    "public_headers": layer_rules.check_public_headers,
    "file_cycles": cycle_rules.check_file_cycles,
    "folder_cycles": cycle_rules.check_folder_cycles,
    "sizes": shape_rules.check_sizes,
    "names": shape_rules.check_names,
    "test_folders": shape_rules.check_test_folders,
    "unfinished": text_rules.check_unfinished,
    "machine_paths": text_rules.check_machine_paths,
    "spelling": text_rules.check_spelling,
    "links": text_rules.check_links,
    "named_tests": text_rules.check_named_tests,
}


def main():
    parser = argparse.ArgumentParser(description="Checks the structure of the source tree.")
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("rules", nargs="+", choices=[*RULES, "all"], metavar="RULE", help=", ".join([*RULES, "all"]))
    arguments = parser.parse_args()

    tree = SourceTree(arguments.root)
    if not tree.cpp_files("sim"):
        sys.exit(f"check_structure: {tree.root} has no sources in sim/: is it the project's root?")
    rules = list(RULES) if "all" in arguments.rules else arguments.rules
    broken = 0
    for rule in rules:
        violations = sorted(set(RULES[rule](tree)))
        broken += len(violations)
        for violation in violations:
            print(f"{violation} [{rule}]")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
