"""Each rule about cycles finds its violation, and finds none in a clean tree."""

import unittest

from cycle_rules import find_cycles
from fake_tree import RuleTest


class FindCyclesTest(unittest.TestCase):
    def test_a_chain_and_a_diamond_have_none(self):
        self.assertEqual(find_cycles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}), [])

    def test_two_separate_cycles_are_both_found(self):
        graph = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"e"}, "e": {"c"}}
        self.assertEqual(find_cycles(graph), [["a", "b"], ["c", "d", "e"]])

    def test_a_node_that_points_to_itself_is_one(self):
        self.assertEqual(find_cycles({"a": {"a"}}), [["a"]])

    def test_a_long_chain_does_not_exhaust_the_stack(self):
        length = 20000
        graph = {i: {i + 1} for i in range(length)}
        self.assertEqual(find_cycles(graph), [])
        graph[length] = {0}
        self.assertEqual(len(find_cycles(graph)[0]), length + 1)


class FileCyclesTest(RuleTest):
    rule = "file_cycles"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_three_headers_in_a_circle_are_reported(self):
        changes = {
            "sim/time/a.h": '#pragma once\n#include "sim/time/b.h"\n',
            "sim/time/b.h": '#pragma once\n#include "sim/time/c.h"\n',
            "sim/time/c.h": '#pragma once\n#include "sim/time/a.h"\n',
        }
        self.assert_reported(changes, "sim/time/a.h", 0, "sim/time/a.h <-> sim/time/b.h <-> sim/time/c.h")


class FolderCyclesTest(RuleTest):
    rule = "folder_cycles"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_source_that_reaches_back_is_reported(self):
        changes = {"sim/support/bad.cpp": '#include "sim/random/stream.h"\n'}
        self.assert_reported(changes, "sim/random", 0, "sim/support/bad.cpp:1: includes sim/random/stream.h")


if __name__ == "__main__":
    unittest.main()
