"""Each rule about sizes, names and places finds its violation, and finds none in a clean tree."""

import unittest

from fake_tree import RuleTest


class SizesTest(RuleTest):
    rule = "sizes"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_limit_itself_passes(self):
        self.assert_clean({"sim/time/long.cpp": "\n" * 400})

    def test_one_line_more_is_reported_in_every_language(self):
        for path in ("sim/time/long.h", "sim/time/long.cpp", "scripts/long.py", "scripts/long.sh"):
            with self.subTest(path=path):
                self.assert_reported({path: "\n" * 401}, path, 0, "has 401 lines")

    def test_builds_and_results_do_not_count(self):
        long = "\n" * 401
        self.assert_clean({"build/x.cpp": long, "build-mine/x.cpp": long, "results/x.py": long})


class NamesTest(RuleTest):
    rule = "names"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_camel_case_is_reported(self):
        self.assert_reported({"sim/time/OpeningHours.cpp": ""}, "sim/time/OpeningHours.cpp", 0, "snake_case")

    def test_camel_case_folder_is_reported(self):
        self.assert_reported({"sim/timeZones/zone.cpp": ""}, "sim/timeZones/zone.cpp", 0, "'timeZones'")

    def test_foreign_suffix_is_reported(self):
        self.assert_reported({"sim/time/zone.hpp": ""}, "sim/time/zone.hpp", 0, "headers end in .h")

    def test_missing_guard_is_reported(self):
        self.assert_reported({"sim/time/zone.h": "#include <string>\n"}, "sim/time/zone.h", 0, "#pragma once")

    def test_include_relative_to_the_file_is_reported(self):
        self.assert_reported(
            {"sim/support/bad.cpp": '#include "words.h"\n'}, "sim/support/bad.cpp", 1, "by path from its root"
        )


class TestFoldersTest(RuleTest):
    rule = "test_folders"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_folder_that_mirrors_nothing_is_reported(self):
        self.assert_reported(
            {"tests/sim/clocks/ticks/tick_test.cpp": ""}, "tests/sim/clocks/ticks", 0, "mirrors no folder"
        )

    def test_header_that_stands_in_for_another_has_its_path(self):
        self.assert_clean({"tests/sim/kernel/sim/random/stream.h": "#pragma once\n"})
        self.assert_reported(
            {"tests/sim/clocks/ticks/sim/random/stream.h": "#pragma once\n"},
            "tests/sim/clocks/ticks/sim/random",
            0,
            "mirrors no folder",
        )

    def test_sources_without_tests_are_reported(self):
        self.assert_reported({"tests/sim/kernel/engine_test.cpp": None}, "sim/kernel", 0, "no tests in tests/sim/kernel")


if __name__ == "__main__":
    unittest.main()
