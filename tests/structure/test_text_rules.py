"""Each rule about words finds its violation, and finds none in a clean tree."""

import unittest

from fake_tree import RuleTest


class UnfinishedTest(RuleTest):
    rule = "unfinished"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_each_mark_is_reported(self):
        for mark in ("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"):
            with self.subTest(mark=mark):
                self.assert_reported({"docs/a.md": f"\n{mark}: later\n"}, "docs/a.md", 2, mark)

    def test_binary_files_are_left_alone(self):
        self.assert_clean({"docs/a.bin": "\0" + "TO" + "DO"})


class MachinePathsTest(RuleTest):
    rule = "machine_paths"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_paths_of_one_machine_are_reported(self):
        for place in ("/ro" + "ot/x", "/wo" + "rk/shared", "/ho" + "me/ann/x", "/Us" + "ers/ann"):
            with self.subTest(place=place):
                self.assert_reported({"scripts/a.sh": f"cd {place}\n"}, "scripts/a.sh", 1, "one machine")

    def test_registry_hosts_are_reported(self):
        host = "http://deb.debian" + ".org/debian"
        self.assert_reported({"scripts/a.sh": f"get {host}\n"}, "scripts/a.sh", 1, "registry")

    def test_the_file_that_links_a_worktree_to_its_repository_is_git_s(self):
        self.assert_clean({".git": "gitdir: /ro" + "ot/main/.git/worktrees/other\n"})

    def test_relative_paths_and_other_words_pass(self):
        self.assert_clean({"docs/a.md": "see ./work/notes, events/root/x, $HOME/work/x and /working\n"})


class SpellingTest(RuleTest):
    rule = "spelling"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_british_words_are_reported(self):
        words = (
            "behaviour colour favoured labour neighbours programme centre metres organisation randomised analysed"
            " labelled modelling cancelled fulfilment anaesthesia defence licence grey whilst ageing Behavioural"
        )
        for word in words.split():
            with self.subTest(word=word):
                self.assert_reported({"docs/a.md": f"# A\n\nThe {word}.\n"}, "docs/a.md", 3, f"'{word[:3]}")

    def test_american_words_that_look_alike_pass(self):
        self.assert_clean(
            {
                "docs/a.md": "programmed analyses emphasis organism Colorado fulfills center gray aging license"
                " generalist summaries collaborate laboratory four-hour harbor parameters cancellation\n"
            }
        )

    def test_words_inside_identifiers_are_seen(self):
        self.assert_reported({"sim/time/a.cpp": "int behaviour_count;\n"}, "sim/time/a.cpp", 1, "behaviour")

    def test_exceptions_cover_what_they_name_and_no_more(self):
        exceptions = {
            "tests/structure/spelling_exceptions.txt": "# quoted\nconfigs/evidence.yaml\ndocs/a.md: a programme of care\n"
        }
        quoted = {"configs/evidence.yaml": "title: behaviour\n", "docs/a.md": "cites a programme of care\n"}
        self.assert_clean({**exceptions, **quoted})
        self.assert_reported({**exceptions, "docs/a.md": "the programme\n"}, "docs/a.md", 1, "programme")


class LinksTest(RuleTest):
    rule = "links"

    def test_clean_tree_passes(self):
        self.assert_clean()

    def test_dead_link_is_reported(self):
        self.assert_reported(
            {"docs/a.md": "see [b](b.md) there\n"}, "docs/a.md", 1, "links to b.md, which does not exist"
        )

    def test_links_to_folders_anchors_addresses_and_in_code_pass(self):
        text = "[x](../sim/support) [y](#part) [z](https://example.org/a) [w](../README.md#top)\n```\n[v](no.md)\n```\n"
        self.assert_clean({"docs/a.md": text})


class NamedTestsTest(RuleTest):
    rule = "named_tests"

    def test_a_test_that_exists_passes_and_one_that_does_not_is_reported(self):
        source = {"tests/sim/time/a_test.cpp": "TEST(Clock, Ticks) {}\n"}
        self.assert_clean({**source, "docs/theory/a.md": "held by `Clock.Ticks`\n"})
        self.assert_reported(
            {**source, "docs/theory/a.md": "held by `Clock.Tocks`\n"},
            "docs/theory/a.md", 1, "names the test Clock.Tocks, which does not exist",
        )


if __name__ == "__main__":
    unittest.main()
