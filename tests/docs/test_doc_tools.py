#!/usr/bin/env python3
"""The reader of commands, and the check of a site, on pages that have what they look for."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "site"))
sys.path.insert(0, str(ROOT / "scripts" / "python"))

import check_site
import doc_commands
import reference_pages


class ReaderOfCommands(unittest.TestCase):
    def test_reads_only_blocks_of_a_shell(self):
        page = "```yaml\nname: x\n```\n\n```sh\npeercap presets\n```\n\n```\npeercap run\n```\n"
        self.assertEqual(list(doc_commands.commands_of(page)), [(6, "peercap presets")])

    def test_takes_continued_lines_and_loops_together(self):
        page = "```bash\npeercap run a.yaml \\\n  -q\nfor i in 1 2; do\n  peercap run $i\ndone\n```\n"
        self.assertEqual([line for line, _ in doc_commands.commands_of(page)], [2, 4])

    def test_takes_what_follows_a_prompt_on_a_console(self):
        page = "```console\n$ peercap presets\nPrograms ...\n```\n"
        self.assertEqual(list(doc_commands.commands_of(page)), [(2, "peercap presets")])

    def test_tells_calls_of_the_program_from_others(self):
        self.assertTrue(doc_commands.calls_program("build/release/bin/peercap run a.yaml"))
        self.assertTrue(doc_commands.calls_program("echo '{}' | peercap evaluate --json"))
        self.assertFalse(doc_commands.calls_program("ls peercap"))

    def test_the_longest_entry_decides_what_is_not_run(self):
        self.assertIsNone(doc_commands.reason_not_to_run("peercap submit slurm my_study.yaml --partition short"))
        self.assertIsNotNone(doc_commands.reason_not_to_run("sbatch --array=3 a.sh"))


class CheckOfTheSite(unittest.TestCase):
    def problems(self, **pages):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name).resolve()
            for page, text in pages.items():
                (folder / f"{page}.html").write_text(text)
            return list(check_site.problems_of(folder))

    def test_finds_nothing_wrong_with_a_good_site(self):
        self.assertEqual(self.problems(index='<a href="a.html#x">a</a>', a='<h1 id="x">x</h1><a href="index.html">i</a>'), [])

    def test_finds_links_and_anchors_that_lead_nowhere(self):
        found = self.problems(index='<a href="b.html">b</a><a href="#y">y</a>')
        self.assertEqual(len(found), 2)

    def test_finds_what_is_loaded_from_another_host(self):
        self.assertIn("another host", self.problems(index='<script src="//host.example/a.js"></script><a href="#">i</a>')[0])

    def test_finds_pages_that_nothing_leads_to(self):
        self.assertIn("no page leads there", self.problems(index='<a href="#">i</a>', alone="x")[0])


class ReaderOfHelp(unittest.TestCase):
    def test_takes_defaults_and_ranges_from_the_name_of_an_option(self):
        row = reference_pages.option_row("--threads N:INT in [1 - 1024]=1", "Threads")
        self.assertEqual(row, ("`--threads`", "N from 1 to 1024", "`1`", "Threads"))

    def test_a_form_is_no_default(self):
        self.assertEqual(reference_pages.option_row("--set PATH=VALUE ...", "Set")[1:3], ("PATH=VALUE ...", ""))

    def test_says_what_an_option_needs(self):
        self.assertIn("needs `--posterior`", reference_pages.option_row("--draw N Needs: --posterior", "Which")[3])


if __name__ == "__main__":
    unittest.main()
