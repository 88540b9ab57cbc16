"""The JSON Schema of study files: every study of the project fits it, and what editors should mark does not."""

import json
import os
import pathlib
import subprocess
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Loader(yaml.SafeLoader):
    """YAML 1.2 as far as studies need it: `on` and `off` are words, dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def problems_of(text, validator):
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader))]


class StudySchema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        answer = subprocess.run(
            [os.environ["PEERCAP_PROGRAM"], "schema", "--study"], check=True, capture_output=True, text=True
        )
        schema = json.loads(answer.stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        cls.validator = jsonschema.Draft7Validator(schema)

    def test_every_study_fits(self):
        studies = sorted((ROOT / "configs/studies").glob("*.yaml"))
        self.assertGreater(len(studies), 3)
        for study in studies:
            with self.subTest(study=study.name):
                self.assertEqual(problems_of(study.read_text(encoding="utf-8"), self.validator), [])

    def test_what_the_page_of_the_format_shows_fits(self):
        page = (ROOT / "docs/formats/study_file.md").read_text(encoding="utf-8")
        blocks = [block.split("```")[0] for block in page.split("```yaml\n")[1:]]
        self.assertGreater(len(blocks), 2)
        for block in blocks:
            head = "" if block.startswith("format:") else "format: peercap-study/1\nscenario: a.yaml\n"
            with self.subTest(block=block[:40]):
                self.assertEqual(problems_of(head + block, self.validator), [])

    def test_mistakes_do_not_fit(self):
        broken = ROOT / "tests/app/studies/broken"
        for name in (
            "unknown_key",
            "unknown_measure",
            "vary_unknown_parameter",
            "vary_not_sweepable",
            "design_unknown",
            "scenario_missing",
            "target_equality",
        ):
            with self.subTest(study=name):
                text = (broken / (name + ".yaml")).read_text(encoding="utf-8")
                self.assertNotEqual(problems_of(text, self.validator), [])


if __name__ == "__main__":
    unittest.main()
