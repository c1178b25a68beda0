"""The command `course`: what it writes, its exit status, and one clear line for bad input."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.commands.options import parse_seed, split_ids
from autograder.course.course import find_course
from autograder.course.points import machine_points
from autograder.course.release import release
from autograder.grading import class_run
from autograder.intake.files import collect
from autograder.intake.names import file_names
from autograder.intake.submissions import find_submissions
from autograder.judging.verdicts import STATUSES
from exercises.sample_class.submissions import as_bytes as notebook_bytes
from exercises.sample_class.submissions import (
    complete,
    student_notebook,
    untouched,
    with_softmax,
    write_submission,
)
from helpers.checking.catalogue import FILE, catalogue
from helpers.checking.packages import missing
from helpers.errors import CourseDirectoryError, CourseError, SubmissionError
from helpers.networks import load_network, save_network

FIVE, SIX = f"{2**127 + 5:x}", f"{2**127 + 6:x}"
COURSE = find_course()
COMMAND = Path(sys.executable).with_name("course")


def course(*arguments):
    """Run the command inside this process."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def one_line(result, status=2):
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("course: ")
    return result.stderr.strip()


def rows(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def submissions(tmp_path):
    folder = tmp_path / "submissions"
    write_submission(folder, "ada", untouched())
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


# --- Bad input ------------------------------------------------------------------------------


def test_submissions_that_are_not_there(tmp_path, out):
    assert one_line(course("grade", tmp_path / "nowhere", "--out", out)) == (
        f"course: {tmp_path / 'nowhere'} does not exist; give a folder that holds one folder or "
        "archive per student"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("class.zip", "cannot be unpacked (class.zip is damaged or no archive"),
        ("ada.ipynb", "is a file; give a folder"),
        ("list.txt", "is a file; give a folder"),
    ],
)
def test_a_file_in_place_of_the_submissions(tmp_path, out, name, why):
    (tmp_path / name).write_bytes(b"")
    said = one_line(course("grade", tmp_path / name, "--out", out))
    assert f"{name} {why}" in said
    assert not out.exists()


@pytest.mark.parametrize("litter", [(), (".DS_Store", "Thumbs.db", "roster.csv", "__MACOSX/x")])
def test_a_folder_without_submissions(tmp_path, out, litter):
    for name in litter:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("")
    (tmp_path / "in").mkdir(exist_ok=True)
    said = one_line(course("grade", tmp_path / "in", "--out", out))
    assert "holds no submission; put one folder" in said
    assert not out.exists()


def test_one_students_folder_in_place_of_a_class(tmp_path, out):
    release(tmp_path / "ada")
    said = one_line(course("grade", tmp_path / "ada", "--out", out))
    assert "is one student's folder, not a class" in said


@pytest.mark.parametrize("kind", ["file", "under a file"])
def test_a_place_that_cannot_be_written(submissions, out, kind):
    out.write_text("keep me")
    target = out / "deeper" if kind == "under a file" else out
    said = one_line(course("grade", submissions, "--out", target))
    assert f"cannot write to {out}" in said and "--out" in said
    assert out.read_text() == "keep me"


@pytest.mark.parametrize("again", [(), ("--update",), ("--replace",)])
@pytest.mark.parametrize("mine", ["grades.csv", "students/02_network.ipynb", "thesis.txt",
                                  "grades.csv/is a folder"])  # fmt: skip
def test_a_folder_of_something_else_is_not_written_to(submissions, out, mine, again):
    (out / mine).parent.mkdir(parents=True)
    (out / mine).write_text("mine,alone\n")
    said = one_line(course("grade", submissions, "--out", out, *again))
    assert f"{out} holds {mine.partition('/')[0]}, which is no result of grading; name" in said
    assert (out / mine).read_text() == "mine,alone\n"
    assert len([path for path in out.rglob("*") if path.is_file()]) == 1


def test_results_do_not_go_among_the_submissions(submissions):
    said = one_line(course("grade", submissions, "--out", submissions))
    assert "results go elsewhere" in said
    assert [path.name for path in submissions.iterdir()] == ["ada"]


@pytest.mark.parametrize(
    ("only", "said"),
    [("9.9", "there is no exercise '9.9'; the exercises are 1.1, "),
     ("2.2.2,nonsense", "there is no exercise 'nonsense'"),
     ("2.1.1", "exercise 2.1.1 (Why zeros do not work) is a written answer")],
)  # fmt: skip
def test_an_exercise_that_is_not_there(submissions, out, only, said):
    assert said in one_line(course("grade", submissions, "--out", out, "--only", only))
    assert not out.exists()


@pytest.mark.slow
def test_one_sheet_is_graded_with_its_written_answers(submissions, out):
    assert course("grade", submissions, "--out", out, "--only", "2").exit_code == 0
    wanted = {e.id for e in catalogue().checked if e.notebook == "02_network"}
    assert {row["exercise"] for row in rows(out)} == wanted
    ada = json.loads((out / "students" / "ada.json").read_text(encoding="utf-8"))
    assert "2.1.1" in {answer["exercise"] for answer in ada["written"]}
    assert {answer["notebook"] for answer in ada["written"]} == {"02_network"}


@pytest.mark.parametrize("seed", ["xyz", "", "-5", "1.5"])
def test_a_seed_that_is_none(submissions, out, seed):
    said = one_line(course("grade", submissions, "--out", out, f"--seed={seed}"))
    assert f"the seed {seed!r} is no hexadecimal number" in said


@pytest.mark.parametrize("seed", ["0", "7b", f"{2**63 - 1:x}"])
def test_a_seed_that_can_be_guessed_is_refused(submissions, out, seed):
    said = one_line(course("grade", submissions, "--out", out, f"--seed={seed}"))
    assert "can be guessed; copy one from a report, or leave out --seed" in said
    assert not out.exists()
    assert not out.exists()


@pytest.mark.parametrize("arguments", [(), ("grade",), ("grade", "x"), ("release",), ("nonsense",),
                                       ("grade", "x", "--out", "y", "--workers", "0")])  # fmt: skip
def test_wrong_use_is_explained(arguments):
    result = course(*arguments)
    assert result.exit_code == (2 if arguments else result.exit_code)
    assert "Usage: " in result.output


@pytest.mark.parametrize("command", ["release", "init"])
def test_a_directory_that_exists(tmp_path, command):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("keep me")
    said = one_line(course(command, tmp_path / "there"))
    assert f"{tmp_path / 'there'} exists and is not empty; name a new directory" in said
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mine.txt", "there"]


@pytest.mark.parametrize("command", ["release", "init"])
@pytest.mark.parametrize("gone", ["data/letters/letters.npz", "LICENSE"])
def test_a_checkout_in_which_a_file_is_missing(tmp_path, command, gone):
    checkout = tmp_path / "checkout"
    for name in ("notebooks", "helpers", "exercises", *(f"data/{d}" for d in COURSE.students.data)):
        shutil.copytree(COURSE.root / name, checkout / name,
                        ignore=shutil.ignore_patterns("__pycache__", "*.py[co]"))  # fmt: skip
    for name in (FILE, "LICENSE", "LICENSE-CC-BY-4.0"):
        shutil.copy(COURSE.root / name, checkout / name)
    (checkout / gone).unlink()
    said = one_line(course(command, tmp_path / "made", "--course", checkout))
    assert f"{checkout / gone} is missing" in said and "git checkout" in said
    assert not (tmp_path / "made").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["checkout"], "something was left behind"


def test_a_full_disk_is_one_line(submissions, out, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device", "/somewhere/grades.csv")

    monkeypatch.setattr("autograder.report.publish.write_grades_csv", full)
    nothing = class_run.unreadable("ada", "no notebook", COURSE)
    monkeypatch.setattr(class_run, "_run_all", lambda *args: {0: nothing})
    result = course("grade", submissions, "--out", out)
    assert result.exit_code == 2
    assert result.stderr.startswith("course: No space left on device: /somewhere/grades.csv; ")
    assert result.stderr.count("\n") == 1


# --- course check ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released") / "course"
    release(folder)
    return folder


def test_check_fails_on_a_released_folder_and_passes_on_the_source(released, monkeypatch):
    monkeypatch.chdir(released)
    result = course("check", "2.2.2")
    assert result.exit_code == 1 and "not written yet" in result.stdout
    monkeypatch.chdir(COURSE.root)
    result = course("check", "2.2.2")
    assert result.exit_code == 0 and "✗" not in result.stdout


@pytest.mark.slow
def test_check_of_everything(released, tmp_path, monkeypatch):
    monkeypatch.chdir(released.parent)
    result = course("check", released)
    assert result.exit_code == 1
    shutil.copytree(COURSE.root / "notebooks", tmp_path / "done")
    save_network(load_network(), tmp_path / "done" / "letters64.npz")
    result = course("check", tmp_path / "done")
    lacking = any(missing(exercise.packages) for exercise in catalogue().checked)
    assert result.exit_code == int(lacking), result.stdout
    assert all(f"{e.id} {e.title}: " in result.stdout for e in catalogue().checked)


@pytest.mark.parametrize(
    ("argument", "said"),
    [("missing.ipynb", "missing.ipynb cannot be read (No such file or directory)"),
     ("pdf.ipynb", "pdf.ipynb is not a notebook; save it again from Jupyter as .ipynb"),
     ("foreign.ipynb", "foreign.ipynb is no notebook of this course"),
     ("nowhere", "nowhere is no notebook and no folder, and there is no exercise 'nowhere'"),
     ("empty", "there is no notebook of the course in empty")],
)  # fmt: skip
def test_check_of_what_cannot_be_checked(tmp_path, monkeypatch, argument, said):
    monkeypatch.chdir(tmp_path)
    Path("pdf.ipynb").write_bytes(b"%PDF")
    Path("foreign.ipynb").write_text('{"cells": [], "nbformat": 4}')
    Path("empty").mkdir()
    assert said in one_line(course("check", argument))


def test_a_sheet_takes_the_place_of_no_file(tmp_path):
    (tmp_path / "s.pdf").write_text("mine")
    assert one_line(course("sheet", tmp_path / "s.pdf")) == (
        f"course: {tmp_path / 's.pdf'} exists; name a new file, or remove it first"
    )
    assert (tmp_path / "s.pdf").read_text() == "mine"


@pytest.mark.parametrize(("name", "said"), [
    ("there.zip", "there.zip exists; name a new file, or remove it first"),
    ("auto.tar", "auto.tar has no name that ends in .zip; say auto.zip"),
])  # fmt: skip
def test_a_pack_says_what_is_wrong_with_the_name(tmp_path, name, said):
    (tmp_path / "there.zip").touch()
    assert one_line(course("gradescope", "pack", tmp_path / name)).endswith(said)


# --- course grade ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class in which everything is wrong that can be, graded by the command itself."""
    place = tmp_path_factory.mktemp("class")
    folder = place / "submissions"
    folder.mkdir()
    good = with_softmax("def softmax(x):\n    return x\n")
    write_submission(folder, "ada", complete(), "zip")
    write_submission(folder, "ben", good())
    write_submission(folder, "empty", {"notes.txt": b""})
    write_submission(folder, "broken", complete(), "broken.zip")
    write_submission(folder, "[/b] [red]=1+1", {"02_network.ipynb": b"%PDF"})
    write_submission(folder, os.fsdecode(b"o\x1b[31mdd\n\xff"), {"x.ipynb": b"{}"})
    write_submission(folder, "Ben", untouched())
    (folder / "essay.pdf").write_bytes(b"%PDF")
    (folder / "link").symlink_to(folder / "ben")
    (folder / "names.csv").write_text("ada,ben")
    os.mkfifo(folder / "pipe.zip")
    out = place / "out [final]"
    command = [COMMAND, "grade", folder, "--out", out, "--workers", "2", "--only", "2.2.2,2.4"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300,
                          env={**os.environ, "COLUMNS": "100", "OMP_NUM_THREADS": "1"})  # fmt: skip
    return done, out


@pytest.mark.slow
def test_the_exit_status_is_0_however_bad_the_submissions_are(graded):
    done, out = graded
    said = "course: passed over, as nobody's work: names.csv\n"
    assert (done.returncode, done.stderr) == (0, said)
    assert f"grades  {out / 'grades.csv'}" in done.stdout
    assert f"report  {out / 'report.html'}" in done.stdout
    assert "\x1b[31m" not in done.stdout and "Traceback" not in done.stdout


@pytest.mark.slow
def test_the_grades_have_the_columns_and_rows_that_were_promised(graded):
    _, out = graded
    lines = (out / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "student,exercise,points,max_points,status,message"
    found = rows(out)
    assert len(lines) == len(found) + 1, "a message broke a line"
    students = {row["student"] for row in found}
    assert len(students) == 10
    assert {(row["student"], row["exercise"]) for row in found} == {
        (student, i) for student in students for i in ("2.2.2", "2.4")
    }  # fmt: skip
    for row in found:
        assert row["status"] in STATUSES and row["message"].isprintable() and row["message"]
        assert (
            0
            <= float(row["points"])
            <= float(row["max_points"])
            == machine_points(COURSE)[row["exercise"]]
        )


@pytest.mark.slow
def test_every_submission_gets_the_status_that_it_earned(graded):
    _, out = graded
    status = {row["student"]: row["status"] for row in rows(out) if row["exercise"] == "2.2.2"}
    message = {row["student"]: row["message"] for row in rows(out) if row["exercise"] == "2.4"}
    assert status["ada"] == "pass"
    assert status["ben"] in ("fail", "partial")
    assert status["Ben"] == status["empty"] == "missing"
    assert status["broken"] == status["essay.pdf"] == status["link"] == status["pipe"] == "error"
    assert "it must be handed in again" in message["broken"]
    assert {row["status"] for row in rows(out) if row["student"] == "ben"} >= {"pass"}


@pytest.mark.slow
def test_every_student_has_results_and_a_page_of_their_own(graded):
    _, out = graded
    results = sorted((out / "students").iterdir())
    pages = sorted((out / "feedback").iterdir())
    assert len(results) == len(pages) == 10
    assert [p.stem for p in results] == [p.stem for p in pages]
    names = {json.loads(path.read_text(encoding="utf-8"))["student"] for path in results}
    assert {"ada", "ben", "Ben"} <= names
    assert {path.name for path in out.iterdir()} == {
        "grades.csv", "totals.csv", "report.html", "students", "feedback"
    }  # fmt: skip


@pytest.mark.slow
def test_the_totals_add_up_the_grades(graded):
    _, out = graded
    with (out / "totals.csv").open(encoding="utf-8", newline="") as file:
        totals = {row["student"]: row for row in csv.DictReader(file)}
    assert list(totals["ada"]) == ["student", "points", "max_points", "02_network"]
    for student in {row["student"] for row in rows(out)}:
        points = sum(float(row["points"]) for row in rows(out) if row["student"] == student)
        assert float(totals[student]["points"]) == float(totals[student]["02_network"]) == points


@pytest.mark.slow
def test_a_second_run_takes_the_place_of_the_first(tmp_path, out):
    """Nothing of the first run is left over to be taken for a result of the second."""
    folder = tmp_path / "submissions"
    write_submission(folder, "ada", untouched())
    gone = write_submission(folder, "gone", untouched(), "zip")
    assert course("grade", folder, "--out", out, "--only", "2.2.2", "--seed", FIVE).exit_code == 0
    first = rows(out)
    (out / "mine.txt").write_text("keep me")
    (out / "students" / "notes.json").write_text("keep me")
    gone.unlink()
    command = ("grade", folder, "--out", out, "--only", "2.2.2", "--seed", FIVE)
    said = one_line(course(*command))
    assert f"{out} holds results of an earlier run" in said
    assert "--update" in said and "--replace" in said and rows(out) == first
    result = course(*command, "--replace")
    assert result.exit_code == 0
    assert rows(out) == [row for row in first if row["student"] == "ada"]
    assert {path.name for path in (out / "students").iterdir()} == {"ada.json", "notes.json"}
    assert {path.name for path in (out / "feedback").iterdir()} == {"ada.html"}
    assert (out / "mine.txt").read_text() == "keep me"


def test_a_run_that_is_broken_off_leaves_no_old_totals(submissions, out, monkeypatch):
    for name in ("students", "feedback"):
        (out / name).mkdir(parents=True)
    (out / "grades.csv").write_text("student,exercise,points,max_points,status,message\n")
    monkeypatch.setattr(class_run, "_run_all", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        course("grade", submissions, "--out", out, "--replace")
    assert not (out / "grades.csv").exists()


@pytest.mark.slow
def test_one_student_or_one_exercise_is_graded_again(tmp_path, out):
    """The normal case: a check was mended, or somebody handed in late."""
    folder = tmp_path / "all"
    good = with_softmax("def softmax(x):\n    return x\n")
    write_submission(folder, "ada", good())
    write_submission(folder, "ben", untouched())
    command = ("--out", out, "--only", "2.2.2,1.4", "--seed", FIVE)
    assert course("grade", folder, *command).exit_code == 0
    first = {(row["student"], row["exercise"]): row for row in rows(out)}
    write_submission(tmp_path / "late", "ben", complete())
    again = ("--out", out, "--only", "2.2.2", "--seed", SIX, "--update")
    assert course("grade", tmp_path / "late", *again).exit_code == 0
    second = {(row["student"], row["exercise"]): row for row in rows(out)}
    assert second.keys() == first.keys() and len(first) == 4
    assert [key for key in first if first[key] != second[key]] == [("ben", "2.2.2")]
    assert second["ben", "2.2.2"]["status"] == "pass"
    ben = json.loads((out / "students" / "ben.json").read_text(encoding="utf-8"))
    assert [v["exercise"] for v in ben["verdicts"]] == ["1.4", "2.2.2"]
    assert ben["seed"] == f"{SIX} for 2.2.2; {FIVE}"
    page = (out / "feedback" / "ben.html").read_text(encoding="utf-8")
    assert 'id="e1-4"' in page or "1.4" in page
    assert "ada" in (out / "report.html").read_text(encoding="utf-8")


def test_keeping_and_throwing_away_exclude_each_other(submissions, out):
    said = one_line(course("grade", submissions, "--out", out, "--update", "--replace"))
    assert "say one" in said and not out.exists()


def test_stopping_keeps_what_is_graded(tmp_path, out, monkeypatch):
    for student in ("ada", "ben"):
        write_submission(tmp_path / "in", student, untouched())
    whole = class_run._accounted_for

    def pressed_at_the_second(ended, *others):
        if ended.index:
            raise KeyboardInterrupt
        return whole(ended, *others)

    monkeypatch.setattr(class_run, "_accounted_for", pressed_at_the_second)
    result = course("grade", tmp_path / "in", "--out", out, "--workers", "1", "--only", "1.4")
    assert result.exit_code == 130
    assert result.stderr == f"course: stopped; what was graded until then is in {out}\n"
    assert "ada" in {row["student"] for row in rows(out)} and (out / "report.html").is_file()


# --- Finding submissions --------------------------------------------------------------------


def test_results_inside_the_submissions_are_no_submission(submissions):
    (submissions / "out" / "students").mkdir(parents=True)
    assert [s.student for s in find_submissions(submissions, submissions / "out")] == ["ada"]
    assert [s.student for s in find_submissions(submissions)] == ["ada", "out"]


def test_students_of_one_name_are_kept_apart(tmp_path):
    for name in ("ada.zip", "ada.tar.gz", "ada.ipynb"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada (2)").mkdir()
    found = [s.student for s in find_submissions(tmp_path)]
    assert len(set(found)) == len(found) == 5
    assert len({name.casefold() for name in file_names(found)}) == 5


def test_a_folder_with_a_dot_before_its_name_is_not_passed_over_in_silence(submissions, out):
    for name in (".eve", ".git", ".ipynb_checkpoints"):
        (submissions / name).mkdir()
    for name in (".ben.zip", ".DS_Store", "._ada.zip"):
        (submissions / name).write_bytes(b"")
    result = course("grade", submissions, "--out", out, "--only", "1.4")
    assert {row["student"] for row in rows(out)} == {"ada"}
    assert re.findall(r"course: (\S+) is left out, as its name begins", result.stderr) == [
        ".ben.zip", ".eve"
    ]  # fmt: skip


def test_moodles_names_say_whose_a_file_is(tmp_path):
    """Folders a student; or flat, where two files are not two students."""
    for name in ("Anna Müller_12_{}_file_", "Ben_13_{}_file", "Anna Müller_12_{}_onlinetext_",
                 "Gil_14_{}_file_", "Ben_15_{}_file_", "Ivy_17_{}_onlinetext_"):  # fmt: skip
        (tmp_path / name.format("assignsubmission")).mkdir()
    for name in ("01_theory.ipynb", "02_network.ipynb", "letters64.npz", "notes.pdf"):
        (tmp_path / f"Eve_x_16_assignsubmission_file_{name}").write_bytes(b"{}")
    (tmp_path / "Eve_x_16_assignsubmission_onlinetext.html").write_text("see my files")
    found = {s.student: s for s in find_submissions(tmp_path)}
    assert set(found) == {"Anna Müller", "Ben (13)", "Ben (15)", "Gil", "Eve_x", "Ivy"}
    handed = collect(found["Eve_x"].paths, ["letters64.npz"])
    assert list(handed.notebooks) == ["01_theory.ipynb", "02_network.ipynb"]
    assert list(handed.files) == ["letters64.npz"] and handed.others == ["notes.pdf"]
    assert [found[name].note for name in ("Ben (13)", "Ben (15)", "Anna Müller")] == [
        "Ben (13) is what was handed in as Ben_13_assignsubmission_file",
        "Ben (15) is what was handed in as Ben_15_assignsubmission_file_", "",
    ]  # fmt: skip


def test_the_report_says_whose_work_has_which_name(tmp_path, out):
    for number in (13, 15):
        write_submission(tmp_path / "in", f"Ben_{number}_assignsubmission_file_", untouched())
    assert course("grade", tmp_path / "in", "--out", out, "--only", "1.4").exit_code == 0
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "Ben (15) is what was handed in as Ben_15_assignsubmission_file_" in report


def test_a_folder_that_may_not_be_listed_is_said(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(SubmissionError, match=r"cannot be read \(Permission denied\)"):
        find_submissions(tmp_path)


def test_out_that_is_the_folder_of_submissions_under_another_name(submissions, tmp_path):
    (tmp_path / "alias").symlink_to(submissions)
    with pytest.raises(CourseDirectoryError):
        find_submissions(submissions, tmp_path / "alias")


def test_a_link_that_leads_to_itself_is_one_students_trouble(submissions, out):
    (submissions / "loop").symlink_to(submissions / "loop")
    assert [s.student for s in find_submissions(submissions, out)] == ["ada", "loop"]
    result = course("grade", submissions, "--out", out, "--only", "1.4")
    assert result.exit_code == 0
    found = {row["student"]: row for row in rows(out)}
    assert found["loop"]["status"] == "error" and "loop is a link" in found["loop"]["message"]
    assert found["ada"]["status"] == "missing"


def test_a_folder_that_is_a_link_to_itself_is_said(tmp_path, out):
    (tmp_path / "in").symlink_to(tmp_path / "in")
    assert f"{tmp_path / 'in'} does not exist" in one_line(
        course("grade", tmp_path / "in", "--out", out)
    )


# --- Small things ---------------------------------------------------------------------------


def test_ids_and_seeds_are_read_in_any_usual_form():
    assert split_ids(COURSE, ("2.1.2, 2.2.2", "1.3")) == ("2.1.2", "2.2.2", "1.3")
    sheet = split_ids(COURSE, ("02_network", "1.3"))
    for name in ("2", "02_network.ipynb"):
        assert sheet == (*split_ids(COURSE, (name,)), "1.3")
    assert {"2.1.1", "2.2.2"} <= set(sheet) and not any(i.startswith("3") for i in sheet)
    assert split_ids(COURSE, ("7", "03_net")) == ("7", "03_net")
    seed = 2**127 + 255
    assert parse_seed(f"{seed:x}") == seed == parse_seed(f"0x{seed:X}")
    assert parse_seed(None) is None and parse_seed(f"{2**63:x}") == 2**63
    with pytest.raises(CourseError):
        parse_seed("g")


@pytest.mark.parametrize(
    "arguments", ["--help", "-h", "--version", "grade -h", "check -h", "release -h", "init -h"]
)
def test_help_is_there(arguments):
    result = course(*arguments.split())
    assert result.exit_code == 0 and len(result.output) > 10


def test_the_installed_command_answers():
    done = subprocess.run([str(COMMAND), "--version"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "version" in done.stdout


def test_the_sample_notebook_is_a_notebook():
    assert b'"cells"' in notebook_bytes(student_notebook("02_network"))


def test_read_prints_the_text_of_a_page():
    page = COURSE.root / "data" / "pages" / "01_shopping.jpg"
    done = CliRunner().invoke(main, ["read", str(page)])
    assert done.exit_code == 0
    assert "SHOPPING" in done.output.replace(" ", "") and len(done.output.splitlines()) == 5


def test_read_says_in_one_line_what_is_no_image(tmp_path):
    (tmp_path / "page.jpg").write_text("not an image", encoding="utf-8")
    done = CliRunner().invoke(main, ["read", str(tmp_path / "page.jpg")])
    assert done.exit_code == 2
    assert "page.jpg is not an image" in done.output and len(done.output.splitlines()) == 1
