"""Each rule about layers finds its violation, and finds none in a clean tree."""

import unittest

from fake_tree import CLEAN, RuleTest


class LayersTest(RuleTest):
    rule = "layers"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def include_from(self, path, target):
        return {path: f'#pragma once\n#include "{target}"\n'}

    def test_core_may_not_include_io(self):
        self.assert_reported(
            self.include_from("sim/kernel/bad.h", "sim/io/hdf5/writer.h"), "sim/kernel/bad.h", 2, "may not include sim/io"
        )

    def test_engine_may_not_include_model(self):
        self.assert_reported(
            self.include_from("sim/kernel/bad.h", "models/reference/queue.h"), "sim/kernel/bad.h", 2, "models/reference"
        )

    def test_study_may_not_include_io(self):
        self.assert_reported(
            self.include_from("sim/study/bad.h", "sim/io/hdf5/writer.h"), "sim/study/bad.h", 2, "may not include sim/io"
        )

    def test_model_may_not_include_its_reader(self):
        self.assert_reported(
            self.include_from("models/peer_support/behavior/bad.h", "models/peer_support/scenario_yaml/load.h"),
            "models/peer_support/behavior/bad.h",
            2,
            "scenario_yaml",
        )

    def test_model_may_not_include_other_model(self):
        self.assert_reported(
            self.include_from("models/reference/bad.h", "models/peer_support/scenario/scenario.h"),
            "models/reference/bad.h",
            2,
            "models/peer_support",
        )

    def test_reader_may_not_include_engine(self):
        self.assert_reported(
            self.include_from("models/peer_support/scenario_yaml/bad.h", "sim/kernel/engine.h"),
            "models/peer_support/scenario_yaml/bad.h",
            2,
            "sim/kernel",
        )

    def test_roster_may_not_include_engine_or_the_scenario_reader(self):
        for target, words in (("sim/kernel/engine.h", "sim/kernel"),
                              ("models/peer_support/scenario_yaml/load.h", "scenario_yaml")):
            self.assert_reported(
                self.include_from("models/peer_support/roster_csv/bad.h", target),
                "models/peer_support/roster_csv/bad.h", 2, words)

    def test_library_may_not_include_program(self):
        changes = {"app/exit_code.h": "#pragma once\n", **self.include_from("sim/io/yaml/bad.h", "app/exit_code.h")}
        self.assert_reported(changes, "sim/io/yaml/bad.h", 2, "may not include app")

    def test_folder_without_layer_is_reported(self):
        self.assert_reported({"sim/helpers/all.h": "#pragma once\n"}, "sim/helpers/all.h", 0, "does not name")

    def test_include_with_spaces_is_seen(self):
        self.assert_reported(
            {"sim/time/bad.h": '#pragma once\n\n  #  include   "sim/study/runner.h"  // why\n'}, "sim/time/bad.h", 3, "sim/study"
        )


class ModelStagesTest(RuleTest):
    rule = "model_stages"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_earlier_stage_may_not_include_later(self):
        self.assert_reported(
            {
                "models/peer_support/scenario/bad.h": '#pragma once\n#include "models/peer_support/behavior/desk.h"\n',
            },
            "models/peer_support/scenario/bad.h",
            2,
            "scenario may not include behavior",
        )

    def test_top_of_model_follows_observation_and_precedes_results(self):
        model = {"models/peer_support/model.h": '#pragma once\n#include "models/peer_support/behavior/desk.h"\n'}
        results = {"models/peer_support/results/table.h": '#pragma once\n#include "models/peer_support/model.h"\n'}
        self.assert_clean({**model, **results})
        bad = {"models/peer_support/behavior/bad.h": '#pragma once\n#include "models/peer_support/model.h"\n'}
        self.assert_reported({**model, **bad}, "models/peer_support/behavior/bad.h", 2, "may not include model")

    def test_roster_knows_the_scenario_only(self):
        path = "models/peer_support/roster_csv/bad.h"
        text = '#pragma once\n#include "models/peer_support/organization/unit.h"\n'
        self.assert_reported({path: text}, path, 2, "may not include organization")

    def test_unknown_stage_is_reported(self):
        path = "models/peer_support/misc/bits.h"
        self.assert_reported({path: "#pragma once\n"}, path, 0, "none of the model's stages")


class DocumentedLayersTest(RuleTest):
    rule = "documented_layers"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_layer_that_the_page_does_not_name_is_reported(self):
        page = CLEAN["docs/architecture.md"].replace("`sim/study` ", "")
        self.assert_reported({"docs/architecture.md": page}, "docs/architecture.md", 0, "`sim/study`")

    def test_missing_page_is_reported(self):
        self.assertEqual(len(self.violations({"docs/architecture.md": None})), 9)


class ExternalHeadersTest(RuleTest):
    rule = "external_headers"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_each_library_outside_its_folder_is_reported(self):
        cases = {
            "yaml-cpp/yaml.h": "sim/io/hdf5/bad.cpp",
            "hdf5.h": "sim/study/bad.cpp",
            "H5DSpublic.h": "app/bad.cpp",
            "CLI/CLI.hpp": "sim/io/yaml/bad.cpp",
            "spdlog/spdlog.h": "sim/kernel/bad.cpp",
            "fmt/format.h": "sim/kernel/bad.cpp",
            "tbb/task_group.h": "models/peer_support/behavior/bad.cpp",
            "oneapi/tbb/task_arena.h": "sim/io/hdf5/bad.cpp",
            "Random123/philox.h": "models/peer_support/behavior/bad.cpp",
            "sleef.h": "sim/statistics/bad.cpp",
            "boost/graph/adjacency_list.hpp": "models/peer_support/behavior/bad.cpp",
            "boost/math/distributions.hpp": "sim/kernel/bad.cpp",
            "filesystem": "sim/study/bad.cpp",
            "fstream": "models/peer_support/behavior/bad.cpp",
            "unistd.h": "sim/kernel/bad.cpp",
        }
        for header, path in cases.items():
            with self.subTest(header=header):
                self.assert_reported({path: f"#include <{header}>\n"}, path, 1, f"<{header}> may be included only in")

    def test_unknown_library_is_reported(self):
        self.assert_reported(
            {"sim/kernel/bad.cpp": "#include <eigen3/Eigen/Dense>\n"}, "sim/kernel/bad.cpp", 1, "not in the table"
        )


class PublicHeadersTest(RuleTest):
    rule = "public_headers"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_header_that_shows_a_library_stays_in_its_folder(self):
        self.assert_reported(
            {"app/bad.cpp": '#include "sim/io/hdf5/handle.h"\n'}, "app/bad.cpp", 1, "which shows <hdf5.h>"
        )

    def test_a_library_is_seen_through_a_second_header(self):
        changes = {
            "sim/io/hdf5/dataset.h": '#pragma once\n#include "sim/io/hdf5/handle.h"\n',
            "app/bad.cpp": '#include "sim/io/hdf5/dataset.h"\n',
        }
        self.assert_reported(changes, "app/bad.cpp", 1, "sim/io/hdf5/dataset.h, which shows <hdf5.h>")

    def test_only_random123_may_be_shown_by_random(self):
        changes = {
            "sim/random/math.h": "#pragma once\n#include <sleef.h>\n",
            "sim/kernel/bad.cpp": '#include "sim/random/math.h"\n',
        }
        self.assert_reported(changes, "sim/kernel/bad.cpp", 1, "which shows <sleef.h>")


if __name__ == "__main__":
    unittest.main()
