"""The notebooks run from their begin to their end, and are stored without what they print.

Needs nbclient, nbformat and ipykernel; where one is missing the test is skipped, which is said.
"""

import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "notebooks"
SKIPPED = 77
NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib")

# Pictures that a notebook shows at least.
PICTURES = {"sizing_a_hospital.ipynb": 9}


class NotebookTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # A kernel of this interpreter, whatever the machine calls python3; and no traces in anybody's home.
        kernel = pathlib.Path(folder.name) / "kernels" / "python3"
        kernel.mkdir(parents=True)
        command = [sys.executable, "-B", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        described = {"argv": command, "display_name": "Python 3", "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(described), encoding="utf-8")
        environment = {
            "JUPYTER_PATH": folder.name,
            "JUPYTER_DATA_DIR": folder.name,
            "JUPYTER_RUNTIME_DIR": f"{folder.name}/runtime",
            "IPYTHONDIR": f"{folder.name}/ipython",
            "MPLBACKEND": "",
            "PEERCAP": os.environ["PEERCAP_PROGRAM"],
        }
        patch = unittest.mock.patch.dict(os.environ, environment)
        patch.start()
        self.addCleanup(patch.stop)

    def test_they_run(self):
        import nbclient
        import nbformat

        for name, pictures in PICTURES.items():
            notebook = nbformat.read(FOLDER / name, as_version=4)
            nbformat.validate(notebook)
            client = nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(FOLDER)}})
            client.execute()  # an error of a cell is one of the test, with the cell
            outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
            shown = [output for output in outputs if "image/png" in output.get("data", {})]
            self.assertEqual(len(shown), pictures, name)
            said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
            self.assertEqual(said, [], f"{name} warns")


class StoredTest(unittest.TestCase):
    def test_they_are_stored_without_what_they_print(self):
        stored = sorted(path.name for path in FOLDER.glob("*.ipynb"))
        self.assertEqual(stored, sorted(PICTURES))
        for name in stored:
            cells = json.loads((FOLDER / name).read_text(encoding="utf-8"))["cells"]
            for cell in cells:
                if cell["cell_type"] == "code":
                    self.assertEqual((cell["outputs"], cell["execution_count"]), ([], None), name)


if __name__ == "__main__":
    absent = [module for module in NEEDED if importlib.util.find_spec(module) is None]
    if absent:
        print(f"SKIPPED: notebooks are NOT run, {sys.executable} has no {', '.join(absent)}; "
              "scripts/setup.sh analysis installs what they need")  # fmt: skip
        sys.exit(SKIPPED)
    unittest.main()
