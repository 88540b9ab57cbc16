#!/usr/bin/env python3
"""Shows what benchmarks measured as one table, and compares it with a stored run.

    scripts/python/benchmark_table.py [--baseline FILE] [--strict] [--store FILE]... RESULT.json...

RESULT.json are files of Google Benchmark; a row is the median over a benchmark's repetitions. --store keeps medians
and machine in a file for --baseline. Exits with 1 only with --strict, where a row is slower than 1.15 times the
baseline; with 2 where a file cannot be read. scripts/benchmark.sh calls it.
"""

import argparse
import json
import pathlib
import re
import statistics
import sys

FORMAT = "peercap benchmarks 1"
SLOWER = 1.15
WIDTH = 100
NANOSECONDS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}

# Google Benchmark's own fields of a row; what is left are the counters of the benchmark.
OWN_FIELDS = {
    "name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions", "repetition_index",
    "threads", "iterations", "real_time", "cpu_time", "time_unit", "label", "error_occurred", "error_message",
}

# Counter -> heading and form, in the order in which they are shown.
COLUMNS = {
    "customers/s": ("customers/s", "rate"),
    "events/s": ("events/s", "rate"),
    "items_per_second": ("items/s", "rate"),
    "clinician-years/s": ("clin.yr/s", "rate"),
    "ns/event": ("ns/event", "number"),
    "ns/candidate": ("ns/cand.", "number"),
    "bytes/clinician": ("B/clin.", "number"),
    "windows": ("windows", "count"),
    "events/window": ("ev/win", "rate"),
    "waiting": ("waiting", "share"),
    "ties/person": ("ties/person", "number"),
    "pending": ("pending", "count"),
    "pushes for now": ("for now", "share"),
    "stale": ("stale", "share"),
    "speed-up": ("speed", "ratio"),
}

# Headings of columns that a line does without first: others say the same.
LEAST_NEEDED = ("ns/event", "events/s", "ev/win")


class Unreadable(Exception):
    """A file that is not what it should be; the text tells the user why."""


def read_json(path):
    try:
        return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise Unreadable(f"{path}: no JSON: {error}") from error


def medians_of(results):
    """Name -> time in nanoseconds, spread, number of repetitions and counters, of files of Google Benchmark."""
    runs = {}
    problems = []
    for path, content in results:
        if not isinstance(content, dict) or "benchmarks" not in content:
            raise Unreadable(f"{path}: no result of Google Benchmark: there is no 'benchmarks' in it")
        # Repetitions may have been run in any order.
        for row in sorted(content["benchmarks"], key=place_of):
            if row.get("error_occurred"):
                problems.append(f"{path}: {row['name']}: {row.get('error_message', 'failed')}")
            elif row.get("run_type", "iteration") == "iteration":
                runs.setdefault(row.get("run_name", row["name"]), []).append(row)
    if problems:
        raise Unreadable("\n".join(problems))
    return {clean_name(name): median_row(name, rows) for name, rows in runs.items()}


def place_of(row):
    return row.get("family_index", 0), row.get("per_family_instance_index", 0)


def clean_name(name):
    """Without what says how it was measured, not what."""
    return re.sub(r"/(real_time|process_time|manual_time|iterations:\d+|min_time:[\d.]+|repeats:\d+)", "", name)


def median_row(name, rows):
    clock = "real_time" if "/real_time" in name else "cpu_time"
    times = [row[clock] * NANOSECONDS[row.get("time_unit", "ns")] for row in rows]
    middle = statistics.median(times)
    counters = {}
    for key in rows[0]:
        values = [row.get(key) for row in rows]
        if key not in OWN_FIELDS and all(isinstance(value, (int, float)) for value in values):
            counters[key] = statistics.median(values)
    return {
        "time_ns": middle,
        "spread": (max(times) - min(times)) / 2.0 / middle if middle > 0 else 0.0,
        "repetitions": len(rows),
        "counters": counters,
    }


def add_speed_ups(rows):
    """The time of one queue divided by that of windows, where both ran the same load."""
    for name, row in rows.items():
        match = re.fullmatch(r"(organization_year/clinicians:\d+)/threads:[1-9]\d*", name)
        one = f"{match[1]}/threads:0" if match else "phold_one_queue" if name.startswith("phold_windows") else None
        if one in rows:
            row["counters"]["speed-up"] = rows[one]["time_ns"] / row["time_ns"]


def cpu_model():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return "unknown"
    match = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return match[1] if match else "unknown"


def describe_machine(results, compiler):
    """What a reader needs to judge the figures; not whose machine it was."""
    context = results[0][1].get("context", {})
    caches = [
        f"L{cache['level']} {cache['type'].lower()} {cache['size'] // 1024} KiB, shared by {cache['num_sharing']}"
        for cache in context.get("caches", [])
    ]
    return {
        "processor": cpu_model(),
        "processors": context.get("num_cpus", 0),
        "caches": caches,
        "compiler": compiler,
        "date": context.get("date", ""),
        "load": [round(load, 2) for load in context.get("load_avg", [])],
    }


def read_baseline(path):
    content = read_json(path)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable(f"{path}: no stored benchmarks: its 'format' is not '{FORMAT}' (--store writes one)")
    return content


def show_time(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{three_digits(nanoseconds / size)} {unit}"
    return f"{three_digits(nanoseconds)} ns"


def three_digits(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def show(value, form):
    if value is None or value != value:
        return ""
    if form == "share":
        return f"{100 * value:.1f} %"
    if form == "ratio":
        return f"{value:.2f}x"
    if form == "count":
        return f"{value:,.0f}"
    if form == "rate":
        for unit, size in (("M", 1e6), ("k", 1e3)):
            if value >= size:
                return f"{three_digits(value / size)} {unit}"
    return three_digits(value)


def family_of(name):
    """Rows of one family stand in one part of the table."""
    parts = name.split("/")
    many = len(parts) > 1 and parts[0] in ("hold", "pending_set")
    family = "/".join(parts[:2]) if many else re.sub(r"_(one_queue|windows|exact|sleef|libm)$", "", parts[0])
    return family


def compared(name, row, baseline):
    """The ratio to the baseline, or None; and what the last column shows."""
    if baseline is None:
        return None, []
    stored = baseline["benchmarks"].get(name)
    if stored is None or stored["time_ns"] <= 0:
        return None, ["new"]
    ratio = row["time_ns"] / stored["time_ns"]
    return ratio, [f"{ratio:.2f}x" + (" SLOWER" if ratio > SLOWER else "")]


def table_of(rows, baseline):
    """The lines of the table, and the names of rows that are slower than the baseline."""
    families = {}
    for name, row in rows.items():
        families.setdefault(family_of(name), {})[name] = row
    lines = []
    slower = []
    for family, members in families.items():
        columns = [key for key in COLUMNS if any(key in row["counters"] for row in members.values())]
        heading = [family, "time", "+-"] + [COLUMNS[key][0] for key in columns]
        if baseline is not None:
            heading.append("to base")
        cells = []
        for name, row in members.items():
            ratio, last = compared(name, row, baseline)
            if ratio is not None and ratio > SLOWER:
                slower.append(name)
            values = [show(row["counters"].get(key), COLUMNS[key][1]) for key in columns]
            label = re.sub(f"^{re.escape(family)}[/_]", "", name)
            cells.append([label, show_time(row["time_ns"]), f"{100 * row['spread']:.0f} %", *values, *last])
        lines += [*lay_out(heading, cells), ""]
    return lines, slower


def lay_out(heading, cells):
    """The first column to the left, the others to the right; what is too wide for a line loses columns, never the
    time or the last."""
    widths = [max(len(row[i]) for row in [heading, *cells]) for i in range(len(heading))]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH and len(widths) > 5:
        least = next((heading.index(name) for name in LEAST_NEEDED if name in heading), -3)
        for row in [widths, heading, *cells]:
            del row[least]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]).rstrip()
        for row in [heading, *cells]
    ]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("results", nargs="+", metavar="RESULT.json")
    parser.add_argument("--baseline", metavar="FILE")
    parser.add_argument("--store", metavar="FILE", action="append", default=[])
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--compiler", default="unknown")
    options = parser.parse_args(arguments)
    try:
        results = [(path, read_json(path)) for path in options.results]
        rows = medians_of(results)
        baseline = read_baseline(options.baseline) if options.baseline else None
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 2
    machine = describe_machine(results, options.compiler)
    stored = json.dumps({"format": FORMAT, "machine": machine, "benchmarks": rows}, indent=1, sort_keys=True)
    add_speed_ups(rows)
    lines, slower = table_of(rows, baseline)
    print("\n".join(lines))
    print(f"Medians; +- half of the range. {machine['processor']}, {machine['processors']} processors; load "
          f"{', '.join(map(str, machine['load'])) or 'unknown'}.")
    if baseline is not None:
        if baseline["machine"]["processor"] != machine["processor"]:
            print(f"The baseline is of another machine: {baseline['machine']['processor']}.")
        print(f"{len(slower)} of {len(rows)} rows take more than {SLOWER} times the time of the baseline"
              + (":" if slower else "."))
        for name in slower:
            print(f"  {name}")
    for path in options.store:
        try:
            pathlib.Path(path).write_text(stored + "\n", encoding="utf-8")
        except OSError as error:
            print(f"{path}: {error.strerror}", file=sys.stderr)
            return 2
    return 1 if options.strict and slower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
