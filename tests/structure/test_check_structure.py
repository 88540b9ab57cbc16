"""The command line of the checker, and that no rule goes untested."""

import inspect
import pathlib
import subprocess
import sys
import tempfile
import unittest

import check_structure
import fake_tree
import test_cycle_rules
import test_layer_rules
import test_shape_rules
import test_text_rules

SCRIPT = pathlib.Path(check_structure.__file__)


class CommandTest(unittest.TestCase):
    def run_on(self, files, *rules):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            command = [sys.executable, str(SCRIPT), "--root", folder, *rules]
            return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_clean_tree_exits_with_zero_and_says_nothing(self):
        result = self.run_on(fake_tree.CLEAN, "all")
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)

    def test_violation_is_printed_with_its_rule_and_exits_with_one(self):
        result = self.run_on({**fake_tree.CLEAN, "sim/time/Zone.cpp": ""}, "names")
        self.assertEqual(result.returncode, 1)
        self.assertIn("sim/time/Zone.cpp: 'Zone.cpp' is not in snake_case [names]", result.stdout)

    def test_unknown_rule_is_wrong_usage(self):
        self.assertEqual(self.run_on(fake_tree.CLEAN, "beauty").returncode, 2)

    def test_a_folder_without_sources_cannot_pass(self):
        self.assertNotEqual(self.run_on({"README.md": ""}, "all").returncode, 0)


class EveryRuleIsTested(unittest.TestCase):
    def test_each_rule_has_a_test_class(self):
        modules = (test_cycle_rules, test_layer_rules, test_shape_rules, test_text_rules)
        tested = {
            member.rule
            for module in modules
            for _, member in inspect.getmembers(module, inspect.isclass)
            if issubclass(member, fake_tree.RuleTest) and member.rule
        }
        self.assertEqual(tested, set(check_structure.RULES))


if __name__ == "__main__":
    unittest.main()
