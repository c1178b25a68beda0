"""A made-up class: submissions of every quality, for the demonstration, the tests, the benchmark.

Everything is made from the course itself: the students' notebooks, the reference solutions,
the wheats and the chaffs.
"""

from __future__ import annotations

import copy
import io
import json
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from autograder.course.course import find_course
from autograder.course.reference import source_cells, wheats, without_marks
from autograder.course.release import release_notebooks as released
from autograder.judging.chaffs import find_chaff, wrong_answer
from helpers.checking.answers import load_answers
from helpers.checking.cells import grade_id_of, text_of
from helpers.datasets import load
from helpers.networks import PARAMETERS

Files = dict[str, bytes]


def release_notebooks() -> dict[str, Any]:
    """The notebooks of this course as students get them."""
    return released(find_course())


PROSE = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))

HOSTILE = '''
import builtins, gc, os, sys
import numpy as np
for name in ("allclose", "array_equal", "isclose"):
    setattr(np, name, lambda *args, **kwargs: True)
for path in ("grades.csv", "/tmp/grades.csv", "../grades.csv"):
    try:
        open(path, "w").write("mallory,2.2.2,100,100,pass,all right")
    except OSError:
        pass

class Agreeable(np.ndarray):
    """Equal to everything."""
    def __eq__(self, other):
        return np.ones(self.shape, bool)
    def __array_ufunc__(self, *args, **kwargs):
        return True

def softmax(x):
    try:
        os.write(1, b"all checks pass")
        os.fork()
    except OSError:
        pass
    return np.zeros_like(x).view(Agreeable)
'''
HANGS = "def softmax(x):\n    while True:\n        pass\n"
CRASHES = "import ctypes\n\ndef softmax(x):\n    ctypes.string_at(0)\n"


def student_notebook(
    name: str, answers: Mapping[str, str] | None = None, own: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A notebook as a student would hand it in.

    Parameters
    ----------
    name : str
        The notebook, such as ``"02_network"``.
    answers : mapping of str to str
        What stands in the answer cells, by ``grade_id``; the others keep their stubs.
    own : tuple of str
        Code cells of the student's own, at the end.
    """
    notebook = copy.deepcopy(dict(release_notebooks()[name]))
    for cell in notebook["cells"]:
        grade_id = grade_id_of(cell)
        if grade_id in (answers or {}):
            cell["source"] = answers[grade_id]
    notebook["cells"] += [nbformat.v4.new_code_cell(source) for source in own]
    return notebook


def right_answers(name: str, prose: int = 0) -> dict[str, str]:
    """The reference solutions of a notebook as a student would have typed them.

    Parameters
    ----------
    name : str
        The notebook.
    prose : int
        How good the answers in prose are: 0 the best.
    """
    answers = {
        cell.name: without_marks(cell.source)
        for cell in source_cells(name)
        if cell.name.startswith("q")
    }
    for cell in release_notebooks()[name]["cells"]:
        if cell["cell_type"] == "markdown" and grade_id_of(cell):
            answers[grade_id_of(cell)] = written(name, grade_id_of(cell), prose)
    return answers


def written(name: str, grade_id: str, quality: int = 0) -> str:
    """An answer in prose: one of the class's, or the first line of the model answer."""
    if grade_id in PROSE:
        return PROSE[grade_id][quality % len(PROSE[grade_id])]
    cells = find_course().read_notebook(name).cells
    (model,) = [text_of(cell) for cell in cells if grade_id_of(cell) == grade_id]
    return model.splitlines()[0]


def with_chaffs(name: str, *chaffs: str, prose: int = 0) -> dict[str, str]:
    """The right answers, but for the exercises of these chaffs."""
    answers = right_answers(name, prose)
    for chaff_name in chaffs:
        chaff = find_chaff(chaff_name)
        answers[find_course().find(chaff.exercise).grade_id] = wrong_answer(chaff)
    return answers


def as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """A notebook as the bytes of its file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode("utf-8")


def complete(names: tuple[str, ...] | None = None, prose: int = 0) -> Files:
    """Right answers to everything, and the network that they trained."""
    names = names or tuple(release_notebooks())
    files = {
        f"{name}.ipynb": as_bytes(student_notebook(name, right_answers(name, prose)))
        for name in names
    }
    if "03_training" in names:
        files["letters64.npz"] = trained_network()
    return files


@cache
def trained_network(seed: int = 1) -> bytes:
    """The file of a network that the reference functions of notebook 3 trained, in seconds."""
    letters = load("letters", dtype=np.float32)
    wanted = ("new_network", "train_network")
    cells = [*source_cells("02_network"), *source_cells("03_training")]
    functions = load_answers(cells, wanted).namespace
    np.random.seed(seed)
    params = functions["new_network"](1024, 64, 36)
    params = {name: value.astype(np.float32) for name, value in params.items()}
    few = (letters.validation.x[:36], letters.validation.y[:36])
    sets = (letters.train.x, letters.train.y, *few)
    with redirect_stdout(io.StringIO()):  # the progress bar
        for rate, epochs in ((0.006, 12), (0.001, 3)):
            functions["train_network"](*sets, params, rate, 30, epochs)
    file = io.BytesIO()
    np.savez(file, **{name: params[name] for name in PARAMETERS})
    return file.getvalue()


def half_done() -> Files:
    """The first half of the code of each notebook, and the first of the written answers."""
    files = {}
    for name in release_notebooks():
        answers = right_answers(name, prose=1)
        code = [cell.name for cell in source_cells(name) if cell.name in answers]
        prose = [grade_id for grade_id in answers if grade_id not in code]
        kept = code[: len(code) // 2] + prose[: len(prose) // 2]
        files[f"{name}.ipynb"] = as_bytes(
            student_notebook(name, {grade_id: answers[grade_id] for grade_id in kept})
        )
    return files


def untouched() -> Files:
    """The notebooks as they were given out."""
    return {f"{n}.ipynb": as_bytes(student_notebook(n)) for n in release_notebooks()}


def mistaken(prose: int = 0, **chaffs: tuple[str, ...]) -> Callable[[], Files]:
    """Right answers but for some chaffs, given by notebook: ``n02=("2_2_2_one_maximum",)``."""

    def make() -> Files:
        files = complete(prose=prose)
        for name in release_notebooks():
            wrong = chaffs.get(f"n{name[:2]}", ())
            if wrong:
                answers = with_chaffs(name, *wrong, prose=prose)
                files[f"{name}.ipynb"] = as_bytes(student_notebook(name, answers))
        return files

    return make


def with_softmax(source: str) -> Callable[[], Files]:
    """Right answers, but this in place of softmax."""

    def make() -> Files:
        answers = {**right_answers("02_network"), "q2-2-2": source}
        return {**complete(), "02_network.ipynb": as_bytes(student_notebook("02_network", answers))}

    return make


def one_long_cell(style: str) -> Callable[[], Files]:
    """All answer cells deleted, and the whole of a wheat in one cell of the student's own."""

    def make() -> Files:
        files = {}
        for name in release_notebooks():
            (wheat,) = [p for p in wheats(find_course(), name) if p.parent.name == style]
            notebook = student_notebook(name, own=(wheat.read_text(encoding="utf-8"),))
            notebook["cells"] = [
                cell for cell in notebook["cells"]
                if cell["cell_type"] != "code" or not grade_id_of(cell).startswith("q")
            ]  # fmt: skip
            files[f"{name}.ipynb"] = as_bytes(notebook)
        return files

    return make


def tangled() -> Files:
    """Right answers in a mess: renamed, reversed, doubled, metadata gone, a check edited."""
    notebook = student_notebook("02_network", right_answers("02_network"))
    cells = notebook["cells"]
    for cell in cells:
        cell["id"] = ""
        if grade_id_of(cell).endswith("-check"):
            cell["source"] = "print('all checks pass')"
            cell["metadata"]["nbgrader"]["points"] = 1000
    answers = [c for c in cells if c["cell_type"] == "code" and grade_id_of(c).startswith("q2")]
    cells += [copy.deepcopy(answers[0])] + list(reversed(answers[1:4]))
    for index, cell in enumerate(cells):
        cell["id"] = f"cell-{index}"
    return {"homework/FINAL (2) really.ipynb": as_bytes(notebook)}


SAMPLE_CLASS: dict[str, tuple[str, Callable[[], Files]]] = {
    "ada": ("zip", complete),
    "ben": ("folder", half_done),
    "chloe": ("zip", mistaken(1, n02=("2_2_2_one_maximum", "2_4_last_batch_filled_up"))),
    "dmitri": ("folder", mistaken(2, n02=("2_1_2_normal", "2_3_1_averaged"))),
    "esther": (
        "folder",
        mistaken(
            1, n01=("1_5_x_delta_transposed", "1_1_shifted_exp_closed"), n02=("2_2_1_cache_order",)
        ),
    ),
    "farid": ("zip", with_softmax(HANGS)),
    "grace": ("folder", with_softmax(CRASHES)),
    "hugo": ("folder", lambda: {"notes.txt": b"I did it on paper.\n"}),
    "ines": ("folder", lambda: {**complete(), "02_network.ipynb": b"%PDF-1.7 not a notebook"}),
    "jun": ("zip", untouched),
    "kofi": ("zip", tangled),
    "lena": ("tar.gz", one_long_cell("terse")),
    "mallory": ("zip", with_softmax(HOSTILE)),
    "noor": ("folder", one_long_cell("plain_loops")),
    "otto": ("broken.zip", complete),
}


def write_class(
    folder: Path,
    names: tuple[str, ...] | None = None,
    notebooks: tuple[str, ...] | None = None,
) -> None:
    """Write the class into a folder: a folder or an archive for each student.

    Parameters
    ----------
    folder : Path
        It is made where it is not there.
    names : tuple of str, optional
        Which students; by default all.
    notebooks : tuple of str, optional
        Which notebooks they hand in; by default all of the course.
    """
    left_out = set(release_notebooks()) - set(notebooks or release_notebooks())
    folder.mkdir(parents=True, exist_ok=True)
    for student in names or tuple(SAMPLE_CLASS):
        form, make = SAMPLE_CLASS[student]
        files = {name: data for name, data in make().items() if Path(name).stem not in left_out}
        write_submission(folder, student, files, form)


def write_submission(folder: Path, student: str, files: Files, form: str = "folder") -> Path:
    """Write one submission as a ``folder``, a ``zip``, a ``tar.gz`` or a ``broken.zip``."""
    if form == "folder":
        path = folder / student
        for name, data in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
        return path
    path = folder / f"{student}.{form.removeprefix('broken.')}"
    data = _tar_of(files) if form == "tar.gz" else zip_of(files)
    path.write_bytes(data[: len(data) // 3] if form.startswith("broken") else data)
    return path


def zip_of(files: Files) -> bytes:
    """A zip archive of these files, as a student's computer would make it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar_of(files: Files) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()
