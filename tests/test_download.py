"""The cell that brings the course's folder, as in Colab: whole, once, and over nobody's work."""

import http.server
import io
import os
import re
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace

import nbformat
import pytest

from autograder.course import download
from autograder.course.course import read_course
from autograder.course.download import CELL_ID, bring_the_course, cell_source
from autograder.course.new import new_course
from autograder.course.release import release, release_notebooks, student_notebook
from autograder.intake.answers import code_cells, take_apart
from autograder.intake.parsing import parse_notebook
from helpers.checking.answers import load_answers
from helpers.errors import CourseError


class Server(http.server.ThreadingHTTPServer):
    """Gives what is in `content` for every address, and notes what was asked for."""

    def __init__(self):
        self.content, self.asked = b"", []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.server.asked.append(self.path)
                self.send_response(200 if self.server.content else 404)
                self.end_headers()
                self.wfile.write(self.server.content)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, server):
    """The students' folder of a small course that names an address."""
    place = tmp_path_factory.mktemp("download")
    new_course(place / "words")
    toml = place / "words" / "course.toml"
    address = f"http://127.0.0.1:{server.server_port}/words.zip"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("[students]", f'[students]\ndownload = "{address}"'), "utf-8")
    release(place / "students", read_course(place / "words"))
    return place / "students"


def zipped(folder, *, top="students/", change=None, more=()):
    """The folder as a ZIP file, with a folder at its top or without, and litter in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                content = path.read_bytes()
                archive.writestr(top + name, change(name, content) if change else content)
        for name in more:
            archive.writestr(name, b"litter")
    return packed.getvalue()


def cell_in(folder):
    notebook = nbformat.read(folder / "01_words.ipynb", as_version=4)
    return next(cell for cell in notebook.cells if cell.id == CELL_ID)


def run(source, place):
    """What a fresh Python prints that runs the cell and the one below in a folder."""
    code = f"{source}\nfrom helpers import check\nprint('check is here')\ncheck('1.1')\n"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    script = f"import sys; sys.path.insert(0, ''); sys.modules.pop('helpers', None)\n{code}"
    # Without the packages' own .pth files: they would find the helpers of this checkout.
    site = next(path for path in sys.path if path.endswith("site-packages"))
    done = subprocess.run([sys.executable, "-S", "-c", script], cwd=place, text=True,
                          env={**env, "PYTHONPATH": site}, capture_output=True)  # fmt: skip
    return done.stdout + done.stderr


def test_the_cell_stands_above_the_first_code_cell_of_each_notebook(folder):
    notebook = nbformat.read(folder / "01_words.ipynb", as_version=4)
    assert [cell.id for cell in notebook.cells[:3]] == ["title", CELL_ID, "setup-01"]
    nbformat.validate(notebook)


def test_it_brings_the_folder_and_overwrites_nothing(folder, server, tmp_path):
    outside, tmp_path = tmp_path, tmp_path / "colab"
    tmp_path.mkdir()
    (tmp_path / "01_words.ipynb").write_bytes(b"my work")
    (tmp_path / "data").mkdir()
    (tmp_path / "course.toml").write_bytes((folder / "course.toml").read_bytes())
    os.utime(tmp_path / "course.toml", (1, 1))
    litter = ("__MACOSX/students/._course.toml", "students/helpers/.DS_Store",
              "students/helpers/../../stray.py")  # fmt: skip
    server.content = zipped(folder, more=litter)
    said = run(cell_in(folder).source, tmp_path)
    assert "The course's folder is here" in said and "check is here" in said, said
    for name in ("helpers/checking/runner.py", "exercises/1_1_words/public.py"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    assert (tmp_path / "01_words.ipynb").read_bytes() == b"my work"
    assert os.stat(tmp_path / "course.toml").st_mtime == 1
    assert list(outside.iterdir()) == [tmp_path]
    assert not list(tmp_path.rglob("*.part")) and not (tmp_path / "README.md").exists()
    asked = len(server.asked)
    assert "check is here" in run(cell_in(folder).source, tmp_path)
    assert len(server.asked) == asked  # once is enough


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda f: b"", "cannot be reached (HTTP Error 404"),
        (lambda f: b"<html>Please log in</html>", "is no ZIP file of the course"),
        (lambda f: zipped(f)[:-500], "is no ZIP file of the course, or it is damaged"),
        (lambda f: zipped(f / "helpers"), "is no ZIP file of the course"),
        (lambda f: zipped(f, change=lambda name, data: data + b"#" * name.endswith("show.py")),
         "is not the folder that this notebook was released with"),
        (lambda f: zipped(f, more=["students/helpers/stray.py"]), "is not the folder that"),
    ],
    ids=["nothing", "a page", "cut off", "another folder", "changed", "one more"],
)  # fmt: skip
def test_what_is_not_the_folder_is_not_unpacked(folder, server, tmp_path, content, told):
    server.content = content(folder)
    place = tmp_path / "colab"
    place.mkdir()
    said = run(cell_in(folder).source, place)
    assert told in said and "check is here" not in said, said
    assert list(tmp_path.rglob("*")) == [place]


def test_without_the_check_a_changed_folder_would_run(folder, server, tmp_path):
    source = cell_in(folder).source
    naive = re.sub(r"if found.hexdigest\(\) != digest", "if False", source)
    assert naive != source
    server.content = zipped(folder, change=lambda name, data: (
        data + b"\nprint('taken over')\n" if name == "helpers/__init__.py" else data
    ))  # fmt: skip
    assert "taken over" in run(naive, tmp_path)


def test_without_a_network_it_says_what_to_do(folder, tmp_path):
    source = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", cell_in(folder).source)
    said = run(source, tmp_path)
    assert "cannot be reached" in said and "put helpers, data, exercises and course.toml" in said
    assert list(tmp_path.iterdir()) == []


def test_what_was_cut_off_is_fetched_again(folder, server, tmp_path):
    """Where some files are there and `helpers/__init__.py`, the last, is not."""
    (tmp_path / "helpers" / "checking").mkdir(parents=True)
    for name in ("checking/__init__.py", "errors.py"):
        (tmp_path / "helpers" / name).write_bytes((folder / "helpers" / name).read_bytes())
    server.content = zipped(folder, top="")
    assert "check is here" in run(cell_in(folder).source, tmp_path)


def test_it_costs_a_students_answers_nothing(folder):
    """The grader knows the cell as the course's own, and runs nothing of it."""
    course = read_course(folder.parent / "words")
    source = release_notebooks(course)["01_words"]
    handed = parse_notebook((folder / "01_words.ipynb").read_bytes(), "01_words.ipynb")
    laid = take_apart(handed, source)
    assert not laid.remarks and not any(laid.extra.values())
    cells = [replace(c, source="def words(text):\n    return io") if c.name == "q1-1" else c
             for c in code_cells(laid, source)]  # fmt: skip
    answers = load_answers(cells, ["words"])
    assert callable(answers.namespace["words"]) and "bring_the_course" not in answers.namespace


def test_without_an_address_there_is_no_cell_and_a_wrong_one_is_refused(tmp_path, monkeypatch):
    course = read_course(new_course(tmp_path / "words"))
    notebook = student_notebook(course.read_notebook("01_words"))
    before = len(notebook.cells)
    bring_the_course(notebook, course)
    assert len(notebook.cells) == before
    students = replace(course.students, download='https://x/"; import os; "')
    monkeypatch.setattr(download, "read_course", lambda root: replace(course, students=students))
    with pytest.raises(CourseError, match="write the address of a ZIP file"):
        cell_source(tmp_path)
