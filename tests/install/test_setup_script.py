"""scripts/setup.sh on machines that are imitated: which packages it asks for, and what it says when it cannot."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETUP = ROOT / "scripts" / "setup.sh"

TOOLS = ("bash", "cat", "comm", "dirname", "env", "grep", "mktemp", "rm", "sed", "sort", "tail")

# Knows the packages in the file `installed`, as dpkg-query does: an unknown one is a failure.
FAKE_DPKG_QUERY = """#!/usr/bin/env bash
code=0
for package in "${@:4}"; do
  if grep -qx -- "$package" "$MACHINE/installed"; then echo "installed $package"; else code=1; fi
done
exit "$code"
"""

# Notes its calls; installs, unless the file `broken` is there.
FAKE_APT_GET = """#!/usr/bin/env bash
echo "$@" >>"$MACHINE/apt_calls"
[[ " $* " == *" install "* ]] || exit 0
[[ ! -e "$MACHINE/broken" ]] || { echo "E: Unable to locate package"; exit 100; }
for word in "$@"; do echo "$word" >>"$MACHINE/installed"; done
"""


class SetupScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.machine = pathlib.Path(folder.name)
        (self.machine / "bin").mkdir()
        for tool in TOOLS:
            (self.machine / "bin" / tool).symlink_to(shutil.which(tool))
        self.install_tool("dpkg-query", FAKE_DPKG_QUERY)
        self.install_tool("apt-get", FAKE_APT_GET)
        self.install_tool("id", "#!/usr/bin/env bash\necho 0\n")
        self.installed = self.machine / "installed"
        self.installed.write_text(self.setup("--list", "test").stdout)

    def install_tool(self, name, text):
        file = self.machine / "bin" / name
        file.write_text(text)
        file.chmod(0o755)

    def remove_packages(self, *packages):
        kept = [line for line in self.installed.read_text().split() if line not in packages]
        self.installed.write_text("\n".join(kept) + "\n")

    def setup(self, *arguments, **environment):
        return subprocess.run(
            [str(SETUP), *arguments],
            env={"PATH": str(self.machine / "bin"), "MACHINE": str(self.machine), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def apt_calls(self):
        calls = self.machine / "apt_calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def test_nothing_missing_means_no_call_of_apt_and_no_word(self):
        result = self.setup("--quiet", "test")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(self.apt_calls(), [])

    def test_only_the_missing_packages_are_installed(self):
        self.remove_packages("libtbb-dev", "python3-h5py")
        result = self.setup("test")
        self.assertEqual(result.returncode, 0, result.stderr)
        update, install = self.apt_calls()
        self.assertTrue(update.endswith("update"))
        self.assertTrue(install.endswith("install --yes --no-install-recommends libtbb-dev python3-h5py"), install)

    def test_running_needs_less_than_testing(self):
        self.remove_packages("python3-h5py")
        self.assertEqual(self.setup("run").returncode, 0)
        self.assertEqual(self.apt_calls(), [])

    def test_only_the_cluster_profile_asks_for_a_batch_system(self):
        for profile in ("run", "test", "check"):
            self.assertNotIn("slurm", self.setup("--list", profile).stdout)
        self.assertEqual(self.setup("cluster").returncode, 0)
        self.assertTrue(self.apt_calls()[-1].endswith(" munge slurm-wlm"), self.apt_calls())

    def test_failure_of_apt_is_shown_and_names_the_packages(self):
        self.remove_packages("libtbb-dev")
        (self.machine / "broken").touch()
        result = self.setup("run")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Unable to locate package", result.stderr)
        self.assertIn("  libtbb-dev\n", result.stderr)

    def test_without_apt_the_packages_are_named(self):
        (self.machine / "bin" / "apt-get").unlink()
        result = self.setup("run")
        self.assertEqual(result.returncode, 1)
        self.assertIn("no apt on this system", result.stderr)
        self.assertIn("  libyaml-cpp-dev\n", result.stderr)

    def test_without_root_and_sudo_the_packages_are_named(self):
        self.install_tool("id", "#!/usr/bin/env bash\necho 1000\n")
        self.remove_packages("cmake")
        result = self.setup("run")
        self.assertEqual(result.returncode, 1)
        self.assertIn("not root, and no sudo", result.stderr)
        self.assertIn("  cmake\n", result.stderr)
        self.assertEqual(self.apt_calls(), [])

    def test_without_root_sudo_is_used(self):
        self.install_tool("id", "#!/usr/bin/env bash\necho 1000\n")
        self.install_tool("sudo", '#!/usr/bin/env bash\necho sudo >>"$MACHINE/apt_calls"\nexec "$@"\n')
        self.remove_packages("cmake")
        self.assertEqual(self.setup("run").returncode, 0)
        self.assertEqual(self.apt_calls()[::2], ["sudo", "sudo"])

    def test_skipping_looks_for_nothing(self):
        self.remove_packages("cmake")
        self.assertEqual(self.setup("run", PEERCAP_SKIP_SETUP="1").returncode, 0)
        self.assertEqual(self.apt_calls(), [])

    def test_unknown_argument_is_wrong_usage(self):
        result = self.setup("everything")
        self.assertEqual(result.returncode, 2)
        self.assertIn("unknown argument 'everything'", result.stderr)


if __name__ == "__main__":
    unittest.main()
