#!/usr/bin/env python3
"""Turn each lever of configs/levers/levers.yaml, by common random numbers, and see what moves.

    scripts/python/levers.py --peercap PROGRAM --check          # on the busy hospital: does it move what it should?
    scripts/python/levers.py --peercap PROGRAM --page           # in the community hospital: docs/guides/levers.md
    scripts/python/levers.py --peercap PROGRAM --check --only L13 S2

--check prints a line a lever and ends with 1 where one does not move what it should, in the direction it should,
beyond the 95 % interval of the paired difference, or moves what it must not.
"""

import argparse
import concurrent.futures
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEVERS = ROOT / "configs" / "levers" / "levers.yaml"
HOSPITAL = ROOT / "configs" / "scenarios" / "community_hospital.yaml"
PAGE = ROOT / "docs" / "guides" / "levers.md"
ALWAYS_KEPT = ["clinical_events_per_year"]


def without_words(base):
    """A loader or dumper to whom `off`, `on` and dates are text, as they are to the program."""
    kind = type(base.__name__, (base,), {"ignore_aliases": lambda self, data: True})
    kind.yaml_implicit_resolvers = {
        start: [(tag, pattern) for tag, pattern in resolvers
                if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
        for start, resolvers in base.yaml_implicit_resolvers.items()}
    return kind


Loader, Dumper = without_words(yaml.SafeLoader), without_words(yaml.SafeDumper)


def read(path):
    return yaml.load(path.read_text(), Loader)


def written(content, **options):
    return yaml.dump(content, Dumper=Dumper, sort_keys=False, **options)


def merged(first, second):
    """Patches one on the other: mappings by key, lists of named items by name, as scenario files do."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {key: merged(first[key], second[key]) if key in first and key in second
                else first.get(key, second.get(key)) for key in [*first, *(k for k in second if k not in first)]}
    if isinstance(first, list) and isinstance(second, list):
        items = {item["name"]: item for item in first}
        for item in second:
            items[item["name"]] = merged(items[item["name"]], item) if item["name"] in items else item
        return list(items.values())
    return second


def replaces_sites(patch):
    return "sites" in patch.get("organization", {})


class Comparison:
    """Paired differences of the measures that a lever names: with it less without it."""

    def __init__(self, peercap, lever, common, replications, folder):
        before = merged(common, lever.get("before", {}))
        self.measures = [*lever["moves"], *self.kept(lever)]
        scenario = folder / f"{lever['id']}.yaml"
        content = {"format": "peercap-scenario/1", "name": lever["id"], "description": lever["name"]}
        if replaces_sites(before):  # sites are merged by name, and the hospital's own has to go
            hospital = read(HOSPITAL)
            hospital["organization"]["sites"] = before["organization"]["sites"]
            content = {**hospital, **content}
        else:
            content["extends"] = str(HOSPITAL)
        content["scenarios"] = {"without": before, "with": merged(before, lever["patch"])}
        scenario.write_text(written(content))
        study = folder / f"{lever['id']}_study.yaml"
        study.write_text(written({
            "format": "peercap-study/1", "name": lever["id"], "scenario": scenario.name,
            "policies": [{"name": "without", "variant": "without"}, {"name": "with", "variant": "with"}],
            "measures": self.measures, "replications": replications}))
        run = subprocess.run([peercap, "compare", str(study), "--json", "-q", "--threads", "1",
                              "--out", str(folder / f"{lever['id']}.h5")],
                             check=False, capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError(f"{lever['id']}: peercap ended with {run.returncode}\n{run.stderr}")
        self.results = {m["measure"]: m for m in json.loads(run.stdout)["measures"]}

    @staticmethod
    def kept(lever):
        return [m for m in lever.get("keeps", ALWAYS_KEPT) if m not in lever["moves"]]

    def difference(self, measure):
        """(difference, its low end, its high end); None where a measure is not defined."""
        pair = self.results[measure]["pairs"][0]
        if pair["difference"] is None:
            return None
        return -pair["difference"], -pair["ci_high"], -pair["ci_low"]

    def mean(self, measure, policy):
        return next(p for p in self.results[measure]["policies"] if p["policy"] == policy)["mean"]


def problems_of(lever, comparison):
    problems = []
    for measure, direction in lever["moves"].items():
        found = comparison.difference(measure)
        if found is None:
            problems.append(f"{measure} is not defined")
            continue
        value, low, high = found
        fits = {"up": low > 0, "down": high < 0}[direction]
        if not fits:
            problems.append(f"{measure} should go {direction}: {value:.4g} ({low:.4g} to {high:.4g})")
    for measure in comparison.kept(lever):
        found = comparison.difference(measure)
        if found != (0, 0, 0):
            problems.append(f"{measure} should not move: {found}")
    return problems


def compare_all(peercap, document, only, common, replications):
    levers = [lever for lever in document["levers"] if not only or lever["id"] in only]
    with tempfile.TemporaryDirectory() as folder:
        def one(lever):
            try:
                return lever, Comparison(peercap, lever, common, replications, pathlib.Path(folder))
            except RuntimeError as error:
                return lever, error
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            yield from pool.map(one, levers)


def check(peercap, document, only, replications):
    failed = 0
    for lever, comparison in compare_all(peercap, document, only, document["busy"], replications):
        if isinstance(comparison, RuntimeError):
            failed += 1
            print(f"{lever['id']:5} FAIL {lever['name']}: {comparison}", flush=True)
            continue
        problems = problems_of(lever, comparison)
        failed += bool(problems)
        moved = ", ".join(f"{m} {comparison.mean(m, 'without'):.4g} -> {comparison.mean(m, 'with'):.4g}"
                          for m in lever["moves"] if comparison.mean(m, "without") is not None
                          and comparison.mean(m, "with") is not None)
        print(f"{lever['id']:5} {'ok  ' if not problems else 'FAIL'} {lever['name']}: {moved}", flush=True)
        for problem in problems:
            print(f"        {problem}", flush=True)
    return failed


def shown(value):
    return "-" if value is None else f"{value:.3g}"


def settings(patch):
    """A patch in one line, as it would stand in a scenario file."""
    text = written(patch, default_flow_style=True, width=10_000).strip()
    return text.removeprefix("{").removesuffix("}").replace("|", "\\|")


def name_of(measure):
    return measure.replace("_", " ")


def write_page(peercap, document, only, replications):
    version = subprocess.run([peercap, "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[0]
    rows = {group: [] for group in document["groups"]}
    for lever, comparison in compare_all(peercap, document, only, {}, replications):
        if isinstance(comparison, RuntimeError):
            raise comparison
        known = ", ".join(f"[{key}](../evidence.md)" for key in lever.get("known", [])) or "no figure found"
        base = f" Beside it in both: `{settings(lever['before'])}`." if lever.get("before") else ""
        lines = [f"### {lever['id']}. {lever['name']}", "",
                 f"{lever['does']}{base}", "",
                 f"`{settings(lever['patch'])}`. Known: {known}.", "",
                 "| measure | without | with | difference (95 % interval) |", "|---|---|---|---|"]
        for measure in lever["moves"]:
            unit = comparison.results[measure]["unit"]
            found = comparison.difference(measure)
            change = "-" if found is None else f"{found[0]:+.3g} ({found[1]:+.3g} to {found[2]:+.3g})"
            lines.append(f"| {name_of(measure)} ({unit}) | {shown(comparison.mean(measure, 'without'))} | "
                         f"{shown(comparison.mean(measure, 'with'))} | {change} |")
        rows[lever["group"]] += [*lines, ""]
        print(lever["id"], flush=True)
    text = ["# Levers and shocks", "",
            "What a policy can turn, and what it does in `configs/scenarios/community_hospital.yaml`, or in the variant",
            "of it that is named. Each pair of runs has the same chance (common random numbers), so that the difference",
            "is the lever's. Measures are explained by `peercap describe measures`, parameters by `peercap describe",
            "PATH`, what stands behind a default by `peercap evidence PATH`. An effect says what the *model* does; where",
            "no figure was found, nobody has measured it.", "",
            f"{version}; {replications} replications of each, 52 weeks; {datetime.date.today().isoformat()}. Written by",
            "`scripts/python/levers.py --page` from `configs/levers/levers.yaml`, not by hand.", ""]
    for group, title in document["groups"].items():
        text += [f"## {title}", "", *rows[group]]
    PAGE.write_text("\n".join(text).rstrip() + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peercap", required=True, help="the program")
    parser.add_argument("--check", action="store_true", help="does each lever move what it should?")
    parser.add_argument("--page", action="store_true", help="write docs/guides/levers.md")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="these levers")
    parser.add_argument("--replications", type=int, default=0, help="of each run; 20 to check, 100 for the page")
    arguments = parser.parse_args()
    document = read(LEVERS)
    failed = 0
    if arguments.check:
        failed = check(arguments.peercap, document, arguments.only, arguments.replications or 20)
    if arguments.page:
        write_page(arguments.peercap, document, arguments.only, arguments.replications or 100)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
