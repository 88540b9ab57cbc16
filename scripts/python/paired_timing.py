#!/usr/bin/env python3
"""Times two commands in turn and prints the ratio of their times with an interval.

    scripts/python/paired_timing.py [--pairs N] [--clock cpu|wall] 'COMMAND A' 'COMMAND B'

On a machine that does other things as well a time means little, and two times in a row are alike: A and B run one
after the other (A B, B A, A B, ...), each pair gives a ratio, and the median of the ratios is shown with a 95 %
interval from order statistics, which supposes no distribution. cpu is the user and system time of the command and its
children; wall is for what threads gain. Exits with 2 where a command fails.

    scripts/python/paired_timing.py --pairs 12 'old/bin/peercap run small_clinic.yaml --out -' '...'
"""

import argparse
import math
import os
import shlex
import statistics
import subprocess
import sys
import time

FEWEST_PAIRS = 6  # fewer cannot bound a median with 95 %


class CommandFailed(Exception):
    """A command that did not end with 0."""


def run_once(command):
    """Seconds by the clock, and of processor time. Its output goes nowhere, its errors to a message."""
    began = time.perf_counter()
    try:
        process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{command}: {error}") from error
    with process.stderr:
        errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise CommandFailed(f"{command}: ended with {process.returncode}\n{errors[-2000:]}".rstrip())
    return {"wall": elapsed, "cpu": usage.ru_utime + usage.ru_stime}


def ranks_of_interval(count, confidence=0.95):
    """The 1-based ranks, symmetric and as near as possible, between which the median lies with at least this
    confidence, whatever the distribution (H. A. David & H. N. Nagaraja, Order Statistics, 3rd ed., Wiley 2003,
    section 7.1)."""
    below = 0.0
    low = 0
    while True:
        below += math.comb(count, low) / 2.0**count
        if 1.0 - 2.0 * below < confidence:
            break
        low += 1
    if low == 0:
        raise ValueError(f"{count} values cannot bound a median with {confidence}")
    return low, count + 1 - low


def median_with_interval(values):
    low, high = ranks_of_interval(len(values))
    ordered = sorted(values)
    return statistics.median(ordered), ordered[low - 1], ordered[high - 1]


def time_pairs(first, second, pairs, clock, run=run_once):
    """Seconds of each, pair by pair. Who begins alternates; one run of each before that is not counted."""
    run(first)
    run(second)
    times = []
    for pair in range(pairs):
        if pair % 2 == 0:
            a = run(first)[clock]
            b = run(second)[clock]
        else:
            b = run(second)[clock]
            a = run(first)[clock]
        times.append((a, b))
    return times


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("first", metavar="COMMAND_A")
    parser.add_argument("second", metavar="COMMAND_B")
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--clock", choices=("cpu", "wall"), default="cpu")
    options = parser.parse_args(arguments)
    if options.pairs < FEWEST_PAIRS:
        parser.error(f"--pairs needs at least {FEWEST_PAIRS}: fewer cannot bound a median with 95 %")
    try:
        times = time_pairs(options.first, options.second, options.pairs, options.clock)
    except CommandFailed as problem:
        print(problem, file=sys.stderr)
        return 2
    if min(a for a, _ in times) <= 0.0:
        print("too short to be timed: let the command do more", file=sys.stderr)
        return 2
    ratio, low, high = median_with_interval([b / a for a, b in times])
    for name, seconds in (("A", [a for a, _ in times]), ("B", [b for _, b in times])):
        print(f"{name}    median {statistics.median(seconds):.3f} s, "
              f"{min(seconds):.3f} to {max(seconds):.3f} s ({options.clock})")
    print(f"B/A  median {ratio:.3f}, 95 % interval {low:.3f} to {high:.3f}, {len(times)} pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
