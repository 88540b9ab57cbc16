#!/usr/bin/env python3
"""Put the tables that peercap verify and peercap validate-model print into docs/theory, with date, version and commit.

Each page holds a pair of marks, <!-- table begins --> and <!-- table ends -->; what stands between them is replaced. The
text around it is written by hand.

    scripts/python/theory_tables.py                      # runs both (about ten minutes), writes both pages
    scripts/python/theory_tables.py --only validation    # one of them
    scripts/python/theory_tables.py --from verify.json --only verification   # of a run that was made before
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- table begins -->", "<!-- table ends -->"


def stdout_of(command):
    result = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
    # 4: something does not pass; the table says what.
    if result.returncode not in (0, 4):
        sys.exit(f"{' '.join(map(str, command))} ended with {result.returncode}")
    return result.stdout


def provenance(seconds):
    commit = stdout_of(["git", "describe", "--always", "--dirty", "--abbrev=10", "--match", ""]).strip()
    took = f", in {seconds / 60:.0f} minutes on {os.cpu_count()} processors" if seconds else ""
    return f"Run on {datetime.date.today().isoformat()} at commit `{commit}`{took}. Nothing below is written by hand."


def figure(x, digits=4):
    return "-" if x is None else f"{x:.{digits}g}"


def cell(text):
    return text.replace("|", "\\|")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(cell(c) for c in row) + " |" for row in rows])


def verification_tables(document):
    quantities = document["quantities"]
    verdicts = [q["verdict"] for q in quantities]
    worst = max((abs(q["z"]) for q in quantities if q["z"] is not None), default=0.0)
    text = [f"{len(quantities)} quantities: {verdicts.count('passed')} passed, {verdicts.count('too wide')} too wide to "
            f"count, {verdicts.count('differs')} differ. The largest |z| is {worst:.2f}."]
    for family in dict.fromkeys(q["family"] for q in quantities):
        rows = [[f"`{q['name']}`", q["what"], q["formula"], figure(q["theory"], 5), figure(q["mean"], 5),
                 f"{figure(q['ci_low'])} to {figure(q['ci_high'])}", str(q["replications"]),
                 "-" if q["z"] is None else f"{q['z']:+.2f}", q["verdict"]]
                for q in quantities if q["family"] == family]
        text.append(f"### {family}\n\n" + table(
            ["quantity", "what", "theory", "value", "simulated", "95 % interval", "n", "z", "verdict"], rows))
    return "\n\n".join(text)


def simulated(row):
    scale, digits, unit = (100.0, 1, " %") if row["share"] else (1.0, 2, "")
    if row["mean"] is None:
        return "-"
    text = f"{row['mean'] * scale:.{digits}f}{unit}"
    if row["ci_low"] is not None:
        text += f" ({row['ci_low'] * scale:.{digits}f} to {row['ci_high'] * scale:.{digits}f})"
    return text


def validation_row(program, row):
    published = row["published"] + (f" [{row['evidence']}]" if row["evidence"] else "")
    inside = "inside" if row["inside"] else "**not inside**"
    notes = [note for note in (row["because"] and f"accepted: {row['because']}",
                               row["explained"] if not row["inside"] else "") if note]
    return [row["pattern"] or program, row["what"], published, simulated(row), str(row["n"]), inside, "; ".join(notes)]


def validation_tables(document):
    rows = [(program["name"], row) for program in document["programs"] for row in program["figures"]]
    head = ["of", "figure", "published", "simulated (95 % interval)", "n", "", "notes"]
    text = []
    if "patterns_inside" in document:
        text.append(f"{document['patterns_inside']} of 10 patterns are inside.")
    for title, wanted in [("Predicted figures", ("predicted",)), ("Fitted and set figures", ("fitted", "set"))]:
        chosen = [(name, row) for name, row in rows if row["origin"] in wanted]
        inside = sum(row["inside"] for _, row in chosen)
        body = [validation_row(name, row) for name, row in chosen]
        text.append(f"### {title}\n\n{inside} of {len(chosen)} inside.\n\n" + table(head, body))
    return "\n\n".join(text)


PAGES = {
    "verification": (["verify", "--quiet", "--json"], verification_tables),
    "validation": (["validate-model", "--quiet", "--json"], validation_tables),
}


def replace_table(page, text):
    old = page.read_text(encoding="utf-8")
    if BEGIN not in old or END not in old:
        sys.exit(f"{page}: the marks {BEGIN} and {END} are missing")
    head, _, rest = old.partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--peercap", default=str(ROOT / "build/release/bin/peercap"), help="the program")
    parser.add_argument("--only", choices=PAGES, help="one page")
    parser.add_argument("--from", dest="document", help="what the command printed, instead of running it; with --only")
    arguments = parser.parse_args()
    if arguments.document and not arguments.only:
        parser.error("--from needs --only")
    for name, (command, tables) in PAGES.items():
        if arguments.only not in (None, name):
            continue
        began = time.monotonic()
        text = (pathlib.Path(arguments.document).read_text(encoding="utf-8") if arguments.document
                else stdout_of([arguments.peercap, *command]))
        seconds = 0.0 if arguments.document else time.monotonic() - began
        replace_table(ROOT / "docs" / "theory" / f"{name}.md", f"{provenance(seconds)}\n\n{tables(json.loads(text))}")


if __name__ == "__main__":
    main()
