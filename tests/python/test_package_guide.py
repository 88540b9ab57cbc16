"""The examples of docs/guides/python.md run, one after the other, and every name of the page exists."""

import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import peercap

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guides" / "python.md").read_text(encoding="utf-8")


class GuideTest(unittest.TestCase):
    def test_the_examples_run(self):
        blocks = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
        self.assertGreater(len(blocks), 5)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(ROOT / "configs", pathlib.Path(folder) / "configs")
            environment = {**os.environ, "PEERCAP": os.environ["PEERCAP_PROGRAM"]}
            done = subprocess.run([sys.executable, "-B", "-c", "\n".join(blocks)], capture_output=True, text=True,
                                  cwd=folder, env=environment)  # fmt: skip
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("did you mean `count`", done.stdout)
            made = {path.name for path in pathlib.Path(folder).iterdir()}
            self.assertLessEqual({"run.h5", "contact.pdf", "waiting.svg", "sizing.pdf", "grid.png"}, made)

    def test_the_names_of_its_tables_exist(self):
        rows = re.findall(r"^\| (`[^|]+) \|", GUIDE, re.MULTILINE)
        names = [name for row in rows for name in re.findall(r"`(\w+)", row)]
        self.assertGreater(len(names), 40)
        for name in names:
            known = hasattr(peercap.Result, name) or hasattr(peercap.figures, name) or hasattr(peercap, name)
            self.assertTrue(known, name)

    def test_every_figure_and_exception_is_named(self):
        for name in [*peercap.figures.__all__, *(name for name in peercap.__all__ if name[0].isupper())]:
            if name not in ("Result", "ProgramFailed"):
                self.assertRegex(GUIDE, rf"\b{name}\b")


if __name__ == "__main__":
    if importlib.util.find_spec("matplotlib") is None:
        print(f"SKIPPED: the guide is NOT tested, {sys.executable} has no matplotlib; scripts/setup.sh installs it")
        sys.exit(77)
    unittest.main()
