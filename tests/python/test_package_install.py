"""`pip install` of the package, without network, into a folder of its own; and its version, which is the program's."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
NEEDED = ("pip", "setuptools", "wheel")


def project_version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(peercap VERSION ([0-9.]+)", text)[1]


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.target = pathlib.Path(folder.name) / "target"
        # From a copy: building leaves files beside the sources.
        source = pathlib.Path(folder.name) / "source"
        unwanted = shutil.ignore_patterns("build", "*.egg-info", "__pycache__")
        shutil.copytree(ROOT / "scripts" / "python", source, ignore=unwanted)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-deps", "--no-build-isolation",
                   "--no-index", "--disable-pip-version-check", "--target", str(cls.target), str(source)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder.name)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)

    def python(self, code):
        """Runs a program that sees what was installed, not the checkout."""
        environment = {**os.environ, "PYTHONPATH": str(self.target)}
        done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, env=environment,
                              cwd=self.target.parent)  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_it_imports_from_there_and_is_of_the_version_of_the_program(self):
        said = self.python("import peercap, importlib.metadata as m\n"
                           "print(peercap.__file__, peercap.__version__, m.version('peercap'))")  # fmt: skip
        version = project_version()
        self.assertEqual(said.split(), [str(self.target / "peercap" / "__init__.py"), version, version])

    def test_reading_does_not_load_matplotlib_and_figures_do(self):
        self.assertEqual(self.python("import peercap, sys; print('matplotlib' in sys.modules)").strip(), "False")
        said = self.python("import peercap; print(callable(peercap.figures.series), peercap.figures.SINGLE)")
        self.assertEqual(said.split(), ["True", "85.0"])

    def test_the_package_alone_is_installed_with_its_types(self):
        installed = {path.name for path in self.target.iterdir()}
        self.assertEqual({name for name in installed if "." not in name}, {"peercap"})
        self.assertTrue((self.target / "peercap" / "py.typed").is_file())
        ours = {path.name for path in (ROOT / "scripts" / "python" / "peercap").rglob("*.py")}
        self.assertEqual({path.name for path in (self.target / "peercap").rglob("*.py")}, ours)


if __name__ == "__main__":
    absent = [module for module in NEEDED if importlib.util.find_spec(module) is None]
    if absent:
        print(f"SKIPPED: installing the package is NOT tested, {sys.executable} has no {', '.join(absent)}")
        sys.exit(SKIPPED)
    unittest.main()
