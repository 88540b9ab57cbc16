"""The commands of the program as functions: arguments, errors by exit code, files that stay and go."""

import os
import pathlib
import stat
import unittest
import unittest.mock
import warnings

import package_fixture as fixture

import peercap
from peercap.program import settings_of, text_of


class ProgramTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = fixture.Results()
        cls.addClassCleanup(cls.results.close)

    def setUp(self):
        warnings.simplefilter("ignore", peercap.PeercapWarning)  # doubts about the scenario
        self.addCleanup(warnings.resetwarnings)
        patch = unittest.mock.patch.dict(os.environ, {"PEERCAP": fixture.PROGRAM})
        patch.start()
        self.addCleanup(patch.stop)

    def script(self, name, text):
        """A program that stands in for peercap."""
        path = self.results.text(name, "#!/bin/sh\n" + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path


class RunTest(ProgramTest):
    def test_overrides(self):
        with peercap.run(fixture.SCENARIO, replications=3, seed=11, threads=1, variant="no_effect", supporters__count=7,
                         set={"supporters.protected_time": "1 h/week", "access.remote": True}) as result:  # fmt: skip
            values = result.parameters["value"]
            self.assertEqual(values["supporters.count"], "7")
            self.assertEqual(values["supporters.protected_time"], "1 h/week")
            self.assertEqual(values["access.remote"], "on")
            self.assertEqual(values["case_rules.effect_fast"], "0")
            self.assertEqual((result.seed, result.replications.sizes["replication"]), (11, 3))
            self.assertEqual(result.provenance["threads"], 1)

    def test_the_result_is_that_of_the_command(self):
        _, said = self.results.run("by_hand.h5", 3)
        with peercap.run(fixture.SCENARIO, replications=3, set=fixture.EAGER) as result:
            for name, told in said["measures"].items():
                if told["mean"] is not None:
                    self.assertEqual(result.summary.loc[name, "mean"], told["mean"], name)

    def test_a_file_without_a_name_goes_away(self):
        result = peercap.run(fixture.SCENARIO, replications=1)
        self.assertTrue(result.path.exists())
        kept = result.save(self.results.folder / "kept.h5")
        result.close()
        self.assertFalse(result.path.parent.exists())
        self.assertEqual(peercap.open(kept).kind, "run")
        result = peercap.run(fixture.SCENARIO, replications=1)
        folder = result.path.parent
        del result
        self.assertFalse(folder.exists())

    def test_a_file_with_a_name_stays_and_is_not_overwritten(self):
        out = self.results.folder / "named.h5"
        peercap.run(fixture.SCENARIO, out=out, replications=1).close()
        self.assertTrue(out.exists())
        with self.assertRaisesRegex(peercap.OutputFailed, "exists already"):
            peercap.run(fixture.SCENARIO, out=out, replications=2)
        with peercap.run(fixture.SCENARIO, out=out, replications=2, force=True) as result:
            self.assertEqual(result.replications.sizes["replication"], 2)

    def test_errors_of_a_scenario_come_with_all_their_words(self):
        with self.assertRaises(peercap.InvalidInput) as caught:
            peercap.run(fixture.SCENARIO, replications=1, supporters__count=-2, supporters__cout=3)
        self.assertEqual(caught.exception.exit_code, 3)
        self.assertIn("`-2` is negative", str(caught.exception))
        self.assertIn("did you mean `count`", str(caught.exception))
        with self.assertRaisesRegex(peercap.InvalidInput, "No such file"):
            peercap.run(self.results.folder / "nothing.yaml")

    def test_unknown_arguments_of_the_program(self):
        with self.assertRaisesRegex(peercap.UsageError, "--bogus"):
            peercap.run(fixture.SCENARIO, arguments=["--bogus"])

    def test_mistakes_in_overrides(self):
        with self.assertRaisesRegex(TypeError, "no argument 'replication'"):
            peercap.run(fixture.SCENARIO, replication=3)
        with self.assertRaisesRegex(ValueError, "given twice"):
            peercap.run(fixture.SCENARIO, supporters__count=3, set={"supporters.count": 4})

    def test_values_as_texts(self):
        import numpy as np

        for value, text in ((True, "on"), (np.bool_(False), "off"), (3, "3"), (np.int64(4), "4"), (0.1, "0.1"),
                            (np.float64(0.25), "0.25"), ("1 h", "1 h")):  # fmt: skip
            self.assertEqual(text_of(value), text)
        self.assertEqual(settings_of({"a.b": 1}, {"c__d__e": "x"}), ["--set", "a.b=1", "--set", "c.d.e=x"])


class StudyTest(ProgramTest):
    def test_size(self):
        result = peercap.size(fixture.SCENARIO, targets=["contact_within_limit_share >= 80 %"],
                              search=["supporters.count=1-8"], replications=8)  # fmt: skip
        self.assertEqual(result.kind, "sizing")
        self.assertGreater(len(result.candidates), 0)
        copy = result.save(self.results.folder / "size.json")
        self.assertEqual(peercap.open(copy).answer, result.answer)
        with self.assertRaises(peercap.TargetNotMet):
            peercap.size(fixture.SCENARIO, targets=["unmet_episodes_share <= 0 %"], search=["supporters.count=1-2"],
                         replications=4, require=True)  # fmt: skip

    def test_compare_policies(self):
        result = peercap.compare_policies(self.results.text("policies.yaml", fixture.POLICIES), replications=4)
        self.assertEqual((result.kind, result.answer["replications"]), ("comparison", 4))

    def test_sweep_and_sensitivity(self):
        study = self.results.text("sweep.yaml", fixture.SWEEP)
        with peercap.sweep(study, replications=2) as sweep:
            self.assertEqual(dict(sweep.replications.sizes), {"point": 6, "replication": 2})
        with peercap.sensitivity(study, replications=2) as analysis:
            self.assertEqual(analysis.kind, "sensitivity")

    def test_failed_runs_of_a_sweep_are_told_and_kept(self):
        # More supporters than there are people who could be some: the second point fails.
        study = fixture.HEAD + "name: some_fail\nvary:\n  supporters.count: {values: [4, 5000]}\nreplications: 2\n"
        with self.assertWarns(peercap.PeercapWarning):
            result = peercap.sweep(self.results.text("some_fail.yaml", study))
        self.assertEqual(list(result.failures["point"]), [1])
        self.assertIn("5000 supporters", result.failures["message"][0])
        self.assertTrue(result.replications["unmet_episodes_share"].sel(point=1).isnull().all())

    def test_a_study_with_errors(self):
        with self.assertRaisesRegex(peercap.InvalidInput, "nothing to compare"):
            study = f"format: peercap-study/1\nscenario: {fixture.SCENARIO}\n"
            peercap.compare_policies(self.results.text("none.yaml", study))


class FindingTest(ProgramTest):
    def test_order(self):
        fake = self.script("fake", "exit 0\n")
        self.assertEqual(peercap.find_program(fake), fake)
        self.assertEqual(peercap.find_program(), pathlib.Path(fixture.PROGRAM))
        folder = self.results.folder / "bin"
        folder.mkdir()
        on_path = self.script("bin/peercap", "exit 0\n")
        with unittest.mock.patch.dict(os.environ, {"PATH": str(folder)}):
            del os.environ["PEERCAP"]
            self.assertEqual(peercap.find_program(), on_path)

    def test_the_checkout_is_the_last_resort(self):
        checkout = self.results.folder / "checkout"
        (checkout / "build" / "release" / "bin").mkdir(parents=True)
        self.results.text("checkout/CMakeLists.txt", "")
        os.environ.update(PATH="")
        del os.environ["PEERCAP"]
        with unittest.mock.patch("peercap.program.CHECKOUT", checkout):
            with self.assertRaisesRegex(peercap.NoProgram, "scripts/run.sh"):
                peercap.find_program()
            built = self.script("checkout/build/release/bin/peercap", "exit 0\n")
            self.assertEqual(peercap.find_program(), built)

    def test_a_wrong_place_is_said(self):
        with self.assertRaisesRegex(peercap.NoProgram, "argument `program` says"):
            peercap.find_program(self.results.folder / "nothing")
        os.environ["PEERCAP"] = str(self.results.folder / "nothing")
        with self.assertRaisesRegex(peercap.NoProgram, "PEERCAP says"):
            peercap.run(fixture.SCENARIO)


class ExitCodeTest(ProgramTest):
    def test_each_code_has_its_exception(self):
        kinds = {1: peercap.InternalError, 2: peercap.UsageError, 3: peercap.InvalidInput, 4: peercap.TargetNotMet,
                 5: peercap.Incomplete, 6: peercap.OutputFailed, 99: peercap.ProgramFailed, 130: peercap.Interrupted,
                 143: peercap.Interrupted}  # fmt: skip
        for code, kind in kinds.items():
            fake = self.script(f"exit_{code}", f"echo 'words of {code}' >&2\nexit {code}\n")
            with self.assertRaises(peercap.ProgramFailed) as caught:
                peercap.run(fixture.SCENARIO, program=fake)
            self.assertIs(type(caught.exception), kind)
            self.assertEqual(caught.exception.exit_code, code)
            self.assertIn(f"words of {code}", str(caught.exception))

    def test_signals(self):
        with self.assertRaisesRegex(peercap.Interrupted, "signal 9"):
            peercap.run(fixture.SCENARIO, program=self.script("killed", "kill -9 $$\n"))

    def test_what_is_said_beside_a_result_is_a_warning(self):
        fake = self.script("warns", f'"{fixture.PROGRAM}" "$@" || exit\necho "a doubt" >&2\n')
        with self.assertWarnsRegex(peercap.PeercapWarning, "a doubt"):
            result = peercap.run(fixture.SCENARIO, replications=1, program=fake)
        self.assertEqual(result.kind, "run")

    def test_a_failed_run_leaves_no_folder(self):
        with unittest.mock.patch("tempfile.tempdir", str(self.results.folder)):
            before = set(os.listdir(self.results.folder))
            with self.assertRaises(peercap.InvalidInput):
                peercap.run(fixture.SCENARIO, supporters__count=-1)
            self.assertEqual(set(os.listdir(self.results.folder)), before)


if __name__ == "__main__":
    unittest.main()
