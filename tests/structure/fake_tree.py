"""Small source trees for the tests of the rules."""

import pathlib
import tempfile
import unittest

import check_structure
from source_tree import SourceTree

# A tree that breaks no rule, with one file in each place that matters.
CLEAN = {
    "README.md": "A simulator of programs; its colors and behavior are American.\n",
    "docs/architecture.md": "See [the start](../README.md). `sim/{support,time,random,event,kernel,observe,statistics,queueing}`"
    " `sim/io` `sim/study` `models/reference` `models/peer_support` `models/peer_support/scenario_yaml`"
    " `models/peer_support/roster_csv` `app`\n"
    "`scenario -> organization -> network -> behavior -> observation -> model -> results`\n",
    "sim/support/words.h": "#pragma once\n#include <string>\n",
    "sim/support/words.cpp": '#include "sim/support/words.h"\n',
    "sim/random/stream.h": '#pragma once\n#include <Random123/philox.h>\n#include "sim/support/words.h"\n',
    "sim/kernel/engine.h": '#pragma once\n#include "sim/random/stream.h"\n',
    "sim/kernel/engine.cpp": '#include "sim/kernel/engine.h"\n#include <tbb/parallel_for.h>\n',
    "sim/io/yaml/reader.cpp": '#include <yaml-cpp/yaml.h>\n#include "sim/support/words.h"\n',
    "sim/io/hdf5/handle.h": "#pragma once\n#include <hdf5.h>\n",
    "sim/io/hdf5/writer.h": "#pragma once\n#include <filesystem>\n",
    "sim/io/hdf5/writer.cpp": '#include "sim/io/hdf5/writer.h"\n#include "sim/io/hdf5/handle.h"\n',
    "sim/study/runner.h": "#pragma once\n#include <vector>\n",
    "models/peer_support/scenario/scenario.h": '#pragma once\n#include "sim/support/words.h"\n',
    "models/peer_support/organization/unit.h": '#pragma once\n#include "models/peer_support/scenario/scenario.h"\n',
    "models/peer_support/behavior/desk.h": '#pragma once\n#include "models/peer_support/organization/unit.h"\n',
    "models/peer_support/scenario_yaml/load.h": '#pragma once\n#include "models/peer_support/scenario/scenario.h"\n',
    "models/peer_support/roster_csv/read.h": '#pragma once\n#include "models/peer_support/scenario/scenario.h"\n',
    "models/reference/queue.h": '#pragma once\n#include "sim/kernel/engine.h"\n',
    "app/main.cpp": '#include <CLI/CLI.hpp>\n#include "sim/io/hdf5/writer.h"\n#include "sim/study/runner.h"\n',
    "tests/sim/support/words_test.cpp": '#include "sim/support/words.h"\n',
    "tests/sim/kernel/engine_test.cpp": "",
    "tests/sim/io/hdf5/writer_test.cpp": "",
    "tests/sim/io/yaml/reader_test.cpp": "",
    "tests/app/run_command/run_command_test.cpp": "",
    "tests/parity/engines_test.cpp": "",
}


class RuleTest(unittest.TestCase):
    """A rule reports the one violation that is put into the clean tree, at its file and line."""

    rule = None

    def violations(self, changes):
        """The violations of the rule in the clean tree after the changes (path -> text, or None to remove it)."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**CLEAN, **changes}.items():
                if text is not None:
                    file = pathlib.Path(folder, path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
            return sorted(set(check_structure.RULES[self.rule](SourceTree(folder))))

    def assert_clean(self, changes=None):
        self.assertEqual([str(v) for v in self.violations(changes or {})], [])

    def assert_reported(self, changes, path, line, words):
        found = self.violations(changes)
        self.assertEqual([(v.path, v.line) for v in found], [(path, line)], [str(v) for v in found])
        self.assertIn(words, found[0].message)
