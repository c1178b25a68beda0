"""The how-to pages, followed word for word: every block is run as it is printed, in order."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.course.new import new_course
from autograder.intake.tables import read_table
from tests import term
from tests.running import run as run_notebook
from tests.test_howto import ROOT, TEN_MINUTES, blocks, put

BIN = Path(sys.executable).parent
PAGES = ROOT / "book" / "howto"
INTERACTIVE = "opens in the browser"
STATUS_1 = "exit status 1"
PRINTED = "among what it prints"
SUBJECT = re.compile(
    r"neural|\bnetworks?\b|softmax|sigmoid|\btanh|torch|letters64|nist|handwrit|autoencoder|scipy|"
    r"matplotlib|pillow|scikit|\bepochs?\b",
    re.IGNORECASE,
)
"""Words, files and packages of the course on neural networks."""


def page(name, section=""):
    """The text of a page, or of one of its sections."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    if section:
        (text,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return text


@dataclass
class Terminal:
    """One terminal for a whole page: where it stands and what it has set carries on."""

    folder: Path
    environment: dict
    said: str = ""

    def __post_init__(self):
        self.state = self.folder.parent / f"{self.folder.name}-terminal.sh"

    def run(self, content, status=0):
        """Run lines as they are typed; what they print is kept in `said`."""
        before = f". '{self.state}'; cd \"$PWD\"\n" if self.state.exists() else ""
        script = f"{before}trap \"export -p > '{self.state}'\" EXIT\nset -e\n{content}"
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=self.environment,
                              text=True, capture_output=True)  # fmt: skip
        assert done.returncode == status, f"{content}\n{done.stdout}\n{done.stderr}"
        self.said = done.stdout

    @property
    def here(self):
        """The folder in which the terminal stands now."""
        if not self.state.exists():
            return self.folder
        return Path(re.search(r'^declare -x PWD="(.*)"$', self.state.read_text(), re.M).group(1))


def follow(text, terminal, students=None):
    """Do what a page says, block by block; all that was printed comes back.

    What "a student" does is done in a terminal of their own.
    """
    printed, instructors = [], terminal
    for language, caption, content in blocks(text):
        terminal = students if caption.startswith("a student") else instructors
        if INTERACTIVE in caption:
            assert shutil.which(content.split()[0], path=terminal.environment["PATH"])
        elif language == "text":
            assert caption.startswith(PRINTED)
            assert content in terminal.said, f"{content}\n is not in\n{terminal.said}"
        elif language == "bash" and caption.endswith(".sh, a file"):
            put(terminal.here, caption.partition(",")[0], content)
        elif language == "bash":
            terminal.run(content, status=int(STATUS_1 in caption))
            printed.append(terminal.said)
        else:
            put(terminal.here, caption, content)
    return "".join(printed)


def environment(bin_folder=BIN, **more):
    """The environment of a terminal in which `course`, `python` and `nbgrader` are ours."""
    path = f"{bin_folder}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "PATH": path, **more}


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of_the_subject(folder):
    """Where a folder has a word, a file or a package of neural networks."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if match := SUBJECT.search(str(name)):
            found.append(f"{name}: {match[0]}")
        if path.is_file() and path.suffix not in (".pyc", ".db"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match[0]}" for match in SUBJECT.finditer(text)]
    return found


def test_the_words_of_the_subject_are_seen(tmp_path):
    (tmp_path / "README.md").write_text("Neural networks by hand.\n", encoding="utf-8")
    (tmp_path / "letters64.npz").write_bytes(b"")
    assert words_of_the_subject(tmp_path) == [
        "README.md: Neural", "README.md: networks", "letters64.npz: letters64"
    ]  # fmt: skip


# --- A course of one's own ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_course(tmp_path_factory):
    """The course that the page makes, when all of the page is done; and what was printed."""
    terminal = Terminal(tmp_path_factory.mktemp("own") / "work", environment())
    terminal.folder.mkdir()
    printed = follow(page("own_course"), terminal)
    assert terminal.here == terminal.folder / "words"
    return terminal.folder / "words", printed


@pytest.mark.slow
def test_a_course_of_ones_own_is_made_as_the_page_says(own_course):
    course, printed = own_course
    assert "3 right answers and 4 known mistakes were judged; 7 verdicts are as" in (
        " ".join(printed.split())
    )
    assert "3 right answers and 3 known mistakes were judged; 6 verdicts are as" in (
        " ".join(printed.split())
    )
    grades = {(row["student"], row["exercise"]): row for row in rows(course / "graded/grades.csv")}
    assert {key: (row["points"], row["status"]) for key, row in grades.items()} == {
        ("ada", "1.1"): ("3", "pass"), ("ada", "1.2"): ("3", "pass"),
        ("bob", "1.1"): ("0", "missing"), ("bob", "1.2"): ("0", "missing"),
    }  # fmt: skip
    for name in ("ada", "bob"):
        assert (course / "graded" / "feedback" / f"{name}.html").is_file()
        assert (course / "gradebook" / "feedback" / name / "words" / "01_words.html").is_file()
    with zipfile.ZipFile(course / "autograder.zip") as archive:
        assert {"run_autograder", "setup.sh"} <= set(archive.namelist())
    assert not list(course.glob("*.py"))


@pytest.mark.slow
def test_it_holds_nothing_of_neural_networks(own_course):
    course, _ = own_course
    for name in ("students", "students-new", "graded", "gradebook/release", "gradebook/feedback"):
        assert (course / name).is_dir() and words_of_the_subject(course / name) == []


@pytest.mark.slow
def test_its_students_check_their_notebook(own_course, monkeypatch):
    course, _ = own_course
    students = course / "students-new"
    monkeypatch.delenv("PYTHONPATH", raising=False)
    text = (students / "01_words.ipynb").read_text(encoding="utf-8")
    assert "What is a page about?" in text and "def longest" in text
    assert "len(word) > len(found)" not in text and "rubric" not in text
    assert "Reading with a program" in (students / "course.toml").read_text(encoding="utf-8")
    assert not [p for p in students.rglob("*") if p.name in ("hidden.py", "chaffs.py", "wheats")]
    said = run_notebook(without_stubs(students / "01_words.ipynb"), students)
    assert "not written yet" in said["q1-1-check"]
    said = run_notebook(
        nbformat.read(course / "notebooks" / "01_words.ipynb", as_version=4), students
    )
    for check in ("q1-1-check", "q1-2-check", "q1-4-check"):
        assert "✓" in said[check] and "✗" not in said[check]


def without_stubs(path):
    """A notebook of students of which every cell can be run, though nothing is written in it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if "raise NotImplementedError" in cell.source and "def " not in cell.source:
            cell.source = ""
    return notebook


# --- Changes ------------------------------------------------------------------------------------


CHANGES = {
    "Take an exercise out": 1,
    "Move an exercise, or give it another number": 1,
    "Rename a function": 1,
    "Change the points": 1,
    "Add a notebook": 1,
    "Leave a notebook out for a term": 2,
    "Translate the prose": 1,
}
"""The sections of the page, and how many of them, up to this one, begin with a new course."""


def test_every_section_is_followed():
    assert re.findall(r"^## (.*)$", page("change_a_course"), re.MULTILINE) == list(CHANGES)
    for section in CHANGES:
        *_, (language, _, last) = blocks(page("change_a_course", section))
        assert language == "bash" and last.endswith("course doctor\ncourse selftest\n")


@pytest.mark.slow
@pytest.mark.parametrize("section", CHANGES)
def test_a_course_is_changed_as_the_page_says(section, tmp_path):
    course = new_course(tmp_path / "words")
    terminal = Terminal(course, environment())
    sections = list(CHANGES)
    last = sections.index(section) + 1
    printed = ""
    for name in sections[last - CHANGES[section] : last]:
        printed = follow(page("change_a_course", name), terminal)
    assert "✗" not in printed and "verdicts are as they should be" in " ".join(printed.split())
    assert not list(course.glob("*.py"))
    terminal.run("course release students")
    AFTERWARDS[section](course / "students", terminal)


def titles(students):
    text = (students / "course.toml").read_text(encoding="utf-8")
    return dict(re.findall(r'^id = "(.*)"\ntitle = "(.*)"$', text, re.MULTILINE))


def rooms(students):
    return sorted(path.name for path in (students / "exercises").iterdir())


def notebook_text(students, name="01_words"):
    return "\n\n".join(
        cell.source for cell in nbformat.read(students / f"{name}.ipynb", as_version=4).cells
    )


def points_of_a_right_answer(terminal, name="01_words"):
    """The points, by exercise, of a student who hands in the solution."""
    terminal.run(f"mkdir -p class/me && cp notebooks/{name}.ipynb class/me/")
    terminal.run("course grade class --out graded")
    return {row["exercise"]: row["points"] for row in rows(terminal.folder / "graded/grades.csv")}


def taken_out(students, terminal):
    assert list(titles(students)) == ["1.1", "1.3"] and rooms(students) == ["1_1_words"]
    assert "most_frequent" not in notebook_text(students)


def moved(students, terminal):
    assert list(titles(students)) == ["1.1", "1.3", "1.4"]
    assert rooms(students) == ["1_1_words", "1_4_most_frequent"]
    text = notebook_text(students)
    assert "Exercise 1.4: the most frequent words" in text and "1.2" not in text
    assert text.index("Exercise 1.3") < text.index("Exercise 1.4") < text.index('check("1.4")')
    assert points_of_a_right_answer(terminal) == {"1.1": "3", "1.4": "3"}


def renamed(students, terminal):
    text = notebook_text(students)
    assert "def top_words(text, n)" in text and "most_frequent" not in text
    assert points_of_a_right_answer(terminal) == {"1.1": "3", "1.2": "3"}


def worth_more(students, terminal):
    assert "from a text to its words (4 points)" in notebook_text(students)
    assert points_of_a_right_answer(terminal) == {"1.1": "4", "1.2": "3"}


def with_another(students, terminal):
    assert "def pairs(text)" in notebook_text(students, "02_pairs")
    assert "found[1:]" not in notebook_text(students, "02_pairs")
    assert points_of_a_right_answer(terminal, "02_pairs") == {"1.1": "0", "1.2": "0", "2.1": "1"}


def left_out(students, terminal):
    assert not (students / "01_words.ipynb").exists()
    assert list(titles(students)) == ["2.1"] and rooms(students) == ["2_1_pairs"]
    source = terminal.folder / "notebooks" / "02_pairs.ipynb"
    said = run_notebook(nbformat.read(source, as_version=4), students)
    assert "✓" in said["q2-1-check"] and "✗" not in said["q2-1-check"]
    assert points_of_a_right_answer(terminal, "02_pairs") == {"2.1": "1"}


def translated(students, terminal):
    assert "Schreibe `words(text)`." in notebook_text(students)
    assert titles(students)["1.1"] == "Vom Text zu seinen Wörtern"
    public = students / "exercises" / "1_2_most_frequent" / "public.py"
    assert "Geh die Wörter einmal durch" in public.read_text(encoding="utf-8")


AFTERWARDS = dict(
    zip(
        CHANGES,
        (taken_out, moved, renamed, worth_more, with_another, left_out, translated),
        strict=True,
    )
)
"""What the folder of students must show after each section."""


# --- The other pages ----------------------------------------------------------------------------


LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "build", "dist", "demo", "*.egg-info", "mutants", "tests", "benchmarks"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the project, with a small class in it: two students, who did notebook 1 alone."""
    root = tmp_path_factory.mktemp("pages") / "checkout"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    bin_folder = root.parent / "bin"
    bin_folder.mkdir()
    command(bin_folder / "course", f'exec "{sys.executable}" -m autograder.commands.main "$@"')
    command(bin_folder / "sbatch", SBATCH)
    for student in ("ada", "bob"):
        (root / "submissions" / student).mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / "01_theory.ipynb", root / "submissions" / student)
    (root / "sheet-2" / "ada").mkdir(parents=True)
    return root, environment(bin_folder, PYTHONPATH=str(root))


SBATCH = """\
# A stand-in for Slurm's command, which runs the jobs here, one after the other.
for word in "$@"; do
  case "$word" in
    --cpus-per-task=*) export SLURM_CPUS_PER_TASK=2 ;;
    --array=*) tasks="${word#--array=}" ;;
    --wrap) wrapped=yes ;;
    *) last="$word" ;;
  esac
done
if [ -n "$wrapped" ]; then exec bash -ec "$last"; fi
export SLURM_CPUS_PER_TASK=1
for task in $(seq "${tasks%-*}" "${tasks#*-}"); do
  SLURM_ARRAY_TASK_ID="$task" bash -e "$last" || exit 1
done"""


def command(path, script):
    path.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.slow
def test_the_page_for_instructors(checkout):
    root, ours = checkout
    follow(page("instructors").partition(TEN_MINUTES)[0], Terminal(root, ours))
    totals = {row["student"]: row for row in rows(root / "graded" / "totals.csv")}
    assert set(totals) == {"ada", "bob"} and totals["ada"]["01_theory"] != "0"
    (again,) = rows(root / "again" / "grades.csv")
    assert (again["student"], again["exercise"], again["status"]) == ("ada", "2.2.2", "missing")
    (seed,) = re.findall(r"--seed (\w+)", page("instructors"))
    assert seed in (root / "again" / "students" / "ada.json").read_text(encoding="utf-8")
    exported = rows(root / "gradebook" / "grades.csv")
    assert {row["student_id"] for row in exported} == {"ada", "bob"}
    assert all(float(row["score"]) == float(totals["ada"]["01_theory"]) for row in exported)


@pytest.mark.slow
def test_the_page_for_students(checkout, tmp_path):
    root, ours = checkout
    students = tmp_path / "students"
    Terminal(root, ours).run(f"course release '{students}'")
    # Notebook 4 is done, as the page has it, and there is a photograph.
    shutil.copy(root / "notebooks" / "04_ocr.ipynb", students)
    shutil.copy(students / "data" / "pages" / "03_rules.jpg", students / "my_page.jpg")
    # Nothing is to be loaded from the network: what requirements.txt asks for is there already.
    packages = str(Path(pytest.__file__).parents[1])
    offline = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    terminal = Terminal(students, environment(PYTHONPATH=packages, **offline))
    printed = follow(page("students"), terminal)
    assert "2.2.2" in printed and "RULES" in printed.upper()


@pytest.mark.slow
def test_the_page_on_clusters_and_gradescope(checkout, tmp_path):
    _, ours = checkout
    folder = tmp_path / "course"
    names = ["ada", *(f"student-{number}" for number in range(3))]  # one for each of four parts
    for name in names:
        (folder / "submissions" / name).mkdir(parents=True)
    follow(page("cluster_and_gradescope"), Terminal(folder, ours))
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        assert {"run_autograder", "setup.sh"} <= set(archive.namelist())
    students = [row["student"] for row in rows(folder / "grades.csv")]
    assert sorted(set(students)) == names and students == sorted(students)
    assert json.loads((folder / "results.json").read_text(encoding="utf-8"))["tests"]


# --- Where is what ------------------------------------------------------------------------------


def test_where_is_what_fits_the_tree():
    named = set(re.findall(r"`([\w./]+)`", page("where_is_what")))
    paths = {name for name in named if "/" in name or name == "course.toml"}
    assert len(paths) > 20 and [name for name in sorted(paths) if not (ROOT / name).exists()] == []
    rooms = [path.parent for path in (ROOT / "autograder").glob("*/__init__.py")]
    folders = [path for path in ROOT.iterdir() if path.is_dir() and list(path.glob("*.py"))]
    assert len(rooms) > 8 and len(folders) > 4
    for path in (*rooms, *folders):
        assert path.relative_to(ROOT).as_posix() in named


@pytest.mark.slow
def test_the_page_on_a_term(tmp_path):
    root = term.term_course(tmp_path / "words", sheets="")
    class_ = root / "term"
    (class_ / "sheet-1").mkdir(parents=True)
    few = term.CLASS[:4]
    for one in few:
        path = class_ / "sheet-1" / term.canvas_name(one, 1)
        path.write_bytes(term.notebook(root, one, 1))
    for name, text in {"canvas": term.canvas_gradebook(), "times-1": term.times(1),
                       "extensions": term.extensions()}.items():  # fmt: skip
        (class_ / f"{name}.csv").write_text(text, encoding="utf-8")
    printed = follow(page("term"), Terminal(root, environment()))
    assert sum(one.wrote(1) for one in few) == 1
    assert "1 answer waits for a person" in printed
    marks = {row["name"]: row for row in read_table(class_ / "marks.csv").rows}
    assert len(marks) == len(term.CLASS)
    assert all(row["total"] == "" for row in marks.values())  # neither sheet is due yet
    assert marks[few[3].name]["sheet-1 machine"] == f"{term.MACHINE[few[3].kind(1)]:g}"
    back = read_table(class_ / "for-canvas.csv").rows
    assert [row["Student"].strip() for row in back[:1]] == ["Points Possible"]
