#!/usr/bin/env python3
"""Writes a roster of invented people, for trying out and testing the import (docs/formats/roster.md).

    scripts/python/make_sample_roster.py [--people N] [--seed N] [--output FILE]

The same arguments give the same file on every machine and with every version of Python 3. Ids are numbers with a letter;
nobody has a name. configs/scenarios/sample_roster.csv is the output without arguments.
"""

import argparse
import sys

COLUMNS = ("id", "site", "department", "unit", "profession", "career_stage", "shift_pattern", "team", "role", "reports_to")

# Department, share of the people, shift pattern, units, mix of professions.
DEPARTMENTS = (
    ("emergency", 0.22, "round_the_clock_12h", ("ED north", "ED south"),
     {"nurse": 0.60, "physician": 0.25, "advanced_practice": 0.10, "allied_health": 0.05}),
    ("intensive_care", 0.20, "round_the_clock_12h", ("ICU 1", "ICU 2"),
     {"nurse": 0.75, "physician": 0.15, "allied_health": 0.10}),
    ("medicine", 0.30, "round_the_clock_8h", ("Ward 3A", "Ward 3B", "Ward 4A"),
     {"nurse": 0.65, "physician": 0.20, "advanced_practice": 0.10, "allied_health": 0.05}),
    ("operating_rooms", 0.16, "day_evening", ("Theater A", "Theater B"),
     {"nurse": 0.50, "physician": 0.40, "allied_health": 0.10}),
    ("ambulatory_care", 0.12, "office", ("Clinic",),
     {"nurse": 0.40, "physician": 0.30, "advanced_practice": 0.20, "allied_health": 0.10}),
)
CAREER_STAGES = {"early": 0.35, "mid": 0.35, "late": 0.30}
TEAMS = {"office": 1, "day_evening": 3, "round_the_clock_8h": 4, "round_the_clock_12h": 4}
SUPPORTER_SHARE = 0.04
TRAINEE_SHARE = 0.01


class Chance:
    """SplitMix64 (Steele, Lea, Flood 2014): the standard library's generators may change between versions."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed & self.MASK

    def word(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.word() >> 11) / (1 << 53)

    def pick(self, weights):
        """A key of the mapping, by its weight."""
        left = self.uniform() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key


def split(people, shares):
    """Whole numbers that add up to `people`, near the shares; each is at least 1."""
    bounds = [0]
    total = 0.0
    for share in shares:
        total += share
        bounds.append(round(people * total / sum(shares)))
    return [max(1, high - low) for low, high in zip(bounds, bounds[1:])]


def make_unit(first, size, department, unit, pattern, mix, chance):
    """Rows of one unit; its first person is the manager, past the beginning of the career."""
    rows = []
    for position in range(size):
        is_manager = position == 0
        stages = {name: share for name, share in CAREER_STAGES.items() if not is_manager or name != "early"}
        rows.append({
            "id": f"P{first + position:04d}",
            "site": "main",
            "department": department,
            "unit": unit,
            "profession": chance.pick(mix),
            "career_stage": chance.pick(stages),
            "shift_pattern": pattern,
            "team": "ABCD"[position % TEAMS[pattern]],
            "role": "",
            "reports_to": "" if is_manager else f"P{first:04d}",
        })
    return rows


def choose_roles(rows, chance):
    """Supporters and trainees: people who report to somebody, past the beginning of the career, a fixed number of each."""
    candidates = [row for row in rows if row["reports_to"] and row["career_stage"] != "early"]
    keyed = sorted(((chance.word(), row["id"], row) for row in candidates), key=lambda item: item[:2])
    supporters = max(1, round(SUPPORTER_SHARE * len(rows)))
    trainees = max(1, round(TRAINEE_SHARE * len(rows)))
    for place, (_, _, row) in enumerate(keyed[: supporters + trainees]):
        row["role"] = "supporter" if place < supporters else "trainee"


def make_roster(people, seed):
    chance = Chance(seed)
    rows = []
    sizes = split(people, [share for _, share, _, _, _ in DEPARTMENTS])
    for (department, _, pattern, units, mix), size in zip(DEPARTMENTS, sizes):
        head = None
        for unit, unit_size in zip(units, split(size, [1.0] * len(units))):
            unit_rows = make_unit(len(rows) + 1, unit_size, department, unit, pattern, mix, chance)
            if head is None:
                head = unit_rows[0]["id"]
            else:
                unit_rows[0]["reports_to"] = head
            rows += unit_rows
    choose_roles(rows, chance)
    return rows


def to_text(rows):
    lines = [",".join(COLUMNS)] + [",".join(row[column] for column in COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Writes a roster of invented people.")
    parser.add_argument("--people", type=int, default=300, help="how many, at least 100 (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=20260105, help="of all choices (default: %(default)s)")
    parser.add_argument("--output", help="file to write; without it the roster is printed")
    options = parser.parse_args(arguments)
    if options.people < 100:
        parser.error("a roster of the sample's ten units needs at least 100 people")
    text = to_text(make_roster(options.people, options.seed))
    if options.output is None:
        sys.stdout.write(text)
    else:
        with open(options.output, "w", encoding="utf-8", newline="") as file:
            file.write(text)


if __name__ == "__main__":
    main()
