"""Submissions that want points without work, or want to hurt: none gets anywhere.

For each: it earns what a blank answer earns, a message says why, and no process and no file
stays behind.
"""

import csv
import dataclasses
import json
import os
import pickle
import pickletools
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.grading.class_run import Settings, grade_apart, grade_class
from autograder.grading.submission import grade_submission
from autograder.intake.submissions import Submission, find_submissions
from autograder.report import Pages
from autograder.sandbox.time_limits import TimeLimits
from exercises.sample_class.submissions import (
    as_bytes,
    right_answers,
    student_notebook,
    write_submission,
)
from helpers.checking.catalogue import catalogue
from tests.hostile import (
    channel,
    costly,
    leaving,
    messages,
    objects,
    processes,
    reading,
    resources,
    watching,
    writing,
)

NOTEBOOK, EXERCISE, CELL = "02_network", "2.2.2", "q2-2-2"
SUBMISSIONS = {
    f"{module.__name__.rpartition('.')[2]}-{name}": entry
    for module in (objects, reading, writing, channel, leaving, processes, resources, messages)
    for name, entry in module.SUBMISSIONS.items()
}
# A second and a half for a call from the first one on: what hangs is meant to.
PAGES = Pages(find_course())
HASTY = TimeLimits(load=20, exercise=60, submission=300, in_vain=0, share=0.15)
FAIR = TimeLimits(load=10, exercise=60, submission=300, in_vain=0, share=0.4)
PATIENT = TimeLimits(load=20, exercise=60, submission=300, in_vain=0, share=1)


def hand_in(folder: Path, student: str, answers: dict[str, str]) -> Path:
    notebook = student_notebook(NOTEBOOK, answers)
    return write_submission(folder, student, {f"{NOTEBOOK}.ipynb": as_bytes(notebook)})


def grade(folder: Path, source: str | None, limits: TimeLimits = HASTY, **options):
    answers = {} if source is None else {CELL: source}
    path = hand_in(folder, "mallory", answers)
    result = grade_submission(path, "mallory", only=[EXERCISE], limits=limits, **options)
    (verdict,) = result.verdicts
    return verdict


def texts(verdict) -> str:
    parts = [verdict.message]
    for check in verdict.checks:
        parts += [check.problem, check.diagnosis, check.got, check.traceback]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """What an answer that was left as it was is worth."""
    return grade(tmp_path_factory.mktemp("blank"), None)


def test_the_honest_are_paid(tmp_path, blank):
    verdict = grade(tmp_path, right_answers(NOTEBOOK)[CELL], limits=TimeLimits())
    assert verdict.status == "pass"
    assert verdict.points == verdict.max_points > blank.points == 0


def test_there_are_enough():
    assert len(SUBMISSIONS) >= 100


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[pytest.mark.slow] * s.slow) for n, s in SUBMISSIONS.items()],
)
def test_hostile_submission_gains_nothing(name, tmp_path, blank):
    submission = SUBMISSIONS[name]
    token = f"mallory{secrets.token_hex(6)}"
    limits = PATIENT if submission.slow else HASTY
    with watching.nothing_left(token):
        verdict = grade(tmp_path, submission.source.replace("@TOKEN@", token), limits)
    assert verdict.points == blank.points, texts(verdict)
    assert verdict.status in ("fail", "missing"), texts(verdict)
    unread = "was left out: at most" in verdict.message  # then no check is run
    assert len(verdict.checks) == (0 if unread else len(blank.checks))
    assert all(check.problem for check in verdict.checks)
    assert re.search(submission.says, texts(verdict)), texts(verdict)
    assert all(len(check.problem) <= 1000 for check in verdict.checks)
    json.dumps(texts(verdict)).encode("ascii")
    texts(verdict).encode("utf-8")


LEAVES = """
import os, threading, time
import numpy as np
import helpers.activations

def leave():
    done = []
    for act in (
        lambda: os.makedirs("/scratch/@TOKEN@/inside"),
        lambda: open("/scratch/@TOKEN@/inside/file", "w").write("secret"),
        lambda: os.chmod("/scratch/@TOKEN@", 0),
        lambda: open("/scratch/@TOKEN@.flag", "w").write("secret"),
        lambda: os.setxattr("/scratch", "user.secret", b"secret"),
        lambda: os.utime("/scratch", (12345, 12345)),
        lambda: os.chmod("/scratch", 0o500),
        lambda: setattr(helpers.activations, "secret", 1),
        lambda: setattr(np, "secret", 1),
        lambda: os.environ.update(SECRET="1"),
        lambda: threading.Thread(target=time.sleep, args=(600,)).start(),
    ):
        try:
            act()
            done.append(act)
        except OSError:
            pass
    return done

def {name}(*args, **kwargs):
    raise ValueError(f"left {len(leave())}")
"""
FINDS = """
import os
import numpy as np
import helpers.activations

def softmax(x):
    about = os.stat("/scratch")
    found = [*os.listdir("/scratch"), *os.listdir("/dev/shm"), *os.listxattr("/scratch")]
    found += [oct(about.st_mode)] * (about.st_mode & 0o777 != 0o755)
    found += ["mtime"] * (about.st_mtime == 12345)
    found += [home.__name__ for home in (np, helpers.activations) if hasattr(home, "secret")]
    found += ["environment"] * ("SECRET" in os.environ)
    known = ("1", str(os.getpid()))
    found += [pid for pid in os.listdir("/proc") if pid.isdigit() and pid not in known]
    raise ValueError(f"found {found}")
"""


def test_nothing_carries_over_to_the_next_exercise(tmp_path):
    earlier = "2.2.1"
    name = {"2.2.1": "sigmoid"}[earlier]
    token = f"mallory{secrets.token_hex(6)}"
    answers = {
        "q2-2-1": LEAVES.replace("@TOKEN@", token).replace("{name}", name),
        CELL: FINDS,
    }
    path = hand_in(tmp_path, "mallory", answers)
    with watching.nothing_left(token):
        result = grade_submission(path, "mallory", only=[earlier, EXERCISE], limits=PATIENT)
    first, second = result.verdicts
    assert re.search(r"left (9|10|11)", texts(first)), texts(first)
    assert "found []" in texts(second), texts(second)


def test_secrets_of_the_environment_stay_outside(tmp_path, monkeypatch):
    secret = secrets.token_hex(8)
    monkeypatch.setenv("COURSE_SECRET", secret)
    source = """
        import glob, os
        def softmax(x):
            texts = [str(dict(os.environ))]
            for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline"):
                try:
                    texts.append(open(path).read())
                except OSError:
                    pass
            raise LookupError("seen: " + " ".join(texts)[:900])
    """
    verdict = grade(tmp_path, "\n".join(line[8:] for line in source.splitlines()))
    assert "seen: " in texts(verdict)
    assert secret not in texts(verdict)


def test_where_everything_hangs_the_time_is_bounded(tmp_path):
    """Every exercise hangs: all the same each gets its verdict, and none is lost."""
    answers = {}
    source = "def {0}(*args, **kwargs):\n    while True:\n        pass\n"
    exercises = [e for e in catalogue().checked if e.notebook == NOTEBOOK]
    for exercise in exercises:
        answers[exercise.grade_id] = "\n".join(source.format(f) for f in exercise.functions)
    path = hand_in(tmp_path, "mallory", answers)
    limits = TimeLimits(load=20, submission=4, in_vain=1, share=0.05)
    result = grade_submission(path, "mallory", limits=limits)
    verdicts = [v for v in result.verdicts if v.notebook == NOTEBOOK]
    assert [v.exercise for v in verdicts] == [e.id for e in exercises]
    assert {v.status for v in verdicts} == {"fail"}
    assert "time for this submission is used up" in texts(verdicts[-1])


@pytest.mark.slow
@pytest.mark.parametrize("files, says", [
    (lambda: costly.just_in_time(0.25), r"not called: the time for this (exercise|submission) is"),
    (lambda: costly.sleeping(60), r"the notebook's code did not come back within"),
], ids=["answers just in time", "sleeps when loaded"])  # fmt: skip
def test_time_is_bounded_and_who_used_it_is_said(files, says, tmp_path):
    name = f"{NOTEBOOK}.ipynb"
    path = write_submission(tmp_path, "mallory", {name: files()[name]})
    limits = TimeLimits(load=1.5, exercise=0.6, submission=6, in_vain=1, share=0.5, floor=0.1)
    result = grade_submission(path, "mallory", limits=limits)
    verdicts = [v for v in result.verdicts if v.notebook == NOTEBOOK]
    assert {v.status for v in verdicts} == {"fail"} and not any(v.points for v in verdicts)
    assert any(re.search(says, texts(verdict)) for verdict in verdicts)
    assert re.search(r"2\.\d(\.\d)? took \d", result.remarks[0]), result.remarks[0]


@pytest.mark.slow
def test_neighbours_lose_nothing(tmp_path):
    """A class in which most mean harm: the honest get what they get when alone."""
    names = [
        "channel-endless_flood", "channel-one_byte_a_thousand_times", "leaving-segfault",
        "leaving-hangs_when_defined", "leaving-a_source_too_large", "messages-rows",
        "messages-formula", "messages-odd_characters", "processes-fork_bomb",
        "processes-crowd_of_threads", "processes-kills_everyone", "resources-fills_memory",
        "resources-a_million_files", "writing-writes_grades",
    ]  # fmt: skip
    inside, out = tmp_path / "in", tmp_path / "out"
    token = f"mallory{secrets.token_hex(6)}"
    for index, name in enumerate(names):
        source = SUBMISSIONS[name].source.replace("@TOKEN@", token)
        hand_in(inside, f"mallory {index:02}", {CELL: source})
    for honest in ("ada", "mallory 05 and a half", "zoe"):
        hand_in(inside, honest, {CELL: right_answers(NOTEBOOK)[CELL]})
    (inside / "nothing").mkdir()
    (inside / "no notebook.ipynb").write_bytes(b"\x00\xff")
    settings = Settings(out, workers=2, only=(EXERCISE,), limits=FAIR, publisher=PAGES)
    before = os.getcwd()
    with watching.nothing_left(token):
        results = grade_class(find_submissions(inside), settings)
        _stop_forkserver()
    points = {result.student: result.points for result in results}
    honest = {"ada", "mallory 05 and a half", "zoe"}
    assert len(points) == len(names) + 5
    assert {points[name] for name in honest} == {results[0].max_points}
    assert all(points[name] == 0 for name in points if name not in honest)
    rows = list(csv.DictReader((out / "grades.csv").open(encoding="utf-8")))
    assert len(rows) == len(points)
    assert {row["student"] for row in rows if float(row["points"])} == honest
    assert all(row["message"] and row["message"][0] not in "=+-@" for row in rows)
    assert all((out / "feedback" / f"{name}.html").is_file() for name in points)
    assert sorted(p.stem for p in (out / "students").iterdir()) == sorted(points)
    assert os.getcwd() == before


def _stop_forkserver():
    from multiprocessing import forkserver, resource_tracker

    forkserver._forkserver._stop()
    resource_tracker._resource_tracker._stop()


GRADE = """
import sys
from autograder.commands.main import main
if __name__ == "__main__":
    main(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_grading_that_is_interrupted_leaves_no_process(how, tmp_path):
    hand_in(tmp_path / "in", "mallory", {CELL: "def softmax(x):\n    while True:\n        pass\n"})
    hand_in(tmp_path / "in", "oscar", {CELL: "def softmax(x):\n    while True:\n        pass\n"})
    script = tmp_path / "grade.py"
    script.write_text(GRADE)
    command = [sys.executable, str(script), "grade", str(tmp_path / "in"), "--out",
               str(tmp_path / "out"), "--only", EXERCISE, "--workers", "2"]  # fmt: skip
    # A grader that is killed cannot remove its own temporary folder; its name must be short.
    with tempfile.TemporaryDirectory() as temporary, watching.nothing_left("no such file"):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONPATH": ".", "TMPDIR": temporary},
        )  # fmt: skip
        _wait_for_two_boxes()
        if how == signal.SIGINT:
            os.killpg(process.pid, how)  # as a terminal does, to everyone
        else:
            process.send_signal(how)
        said, _ = process.communicate(timeout=60)
        assert process.returncode not in (0, None)
        assert b"Traceback" not in said, said.decode()
    grades = tmp_path / "out" / "grades.csv"
    if how == signal.SIGINT:  # what is graded by then is kept: here nobody
        assert len(grades.read_text().splitlines()) == 1
    else:
        assert not grades.exists()


def _wait_for_two_boxes():
    """Wait until two processes below this one run a student's code."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        lines = [watching._name(pid) for pid in watching.descendants()]
        if sum("student_process" in line and "bwrap" not in line for line in lines) >= 4:
            return
        time.sleep(0.1)
    raise AssertionError("the grader never came to running students' code")


@pytest.mark.parametrize(
    "name", ["processes-forks", "processes-becomes_a_daemon", "processes-kills_everyone",
             "resources-one_large_file", "leaving-hangs"],
)  # fmt: skip
def test_without_the_sandbox_most_still_holds(name, tmp_path, blank):
    token = f"mallory{secrets.token_hex(6)}"
    source = SUBMISSIONS[name].source.replace("@TOKEN@", token).replace('"/scratch/', '"./')
    with watching.nothing_left(token):
        verdict = grade(tmp_path, source, sandbox=False)
    assert verdict.points == blank.points
    assert verdict.status == "fail"


def test_what_a_grader_sends_on_is_made_of_plain_types(tmp_path):
    """Workers send pickles: nothing that a student made may be in one but texts and numbers."""
    source = SUBMISSIONS["objects-pickles"].source.replace("@TOKEN@", "none")
    path = hand_in(tmp_path, "mallory", {CELL: source, "q2-2-1": "import os\nsigmoid = os.system"})
    result = grade_submission(path, "mallory", only=["2.2.1", EXERCISE], limits=HASTY)
    strings, imported = [], set()
    for operation, argument, _ in pickletools.genops(pickle.dumps(result, protocol=4)):
        if "UNICODE" in operation.name:
            strings.append(argument)
        if operation.name == "STACK_GLOBAL":
            imported.add(tuple(strings[-2:]))
        assert operation.name not in ("GLOBAL", "INST", "EXT1", "PERSID", "BINPERSID")
    modules = {module for module, _ in imported if "." in module}
    assert modules <= {"autograder.judging.verdicts", "helpers.checking.runner"}
    _made_of(result, (str, int, float, bool, type(None)))


def _made_of(value, kinds) -> None:
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if type(value) is dict:
        value = [*value.keys(), *value.values()]
    if type(value) in (list, tuple):
        for item in value:
            _made_of(item, kinds)
    else:
        assert type(value) in kinds


MILLIONS_OF_BOXES = """
import numpy as np


def find_letters(image):
    return np.ones((3_000_000, 4), np.int8), np.ones(image.shape, np.int8)
"""


def test_an_answer_that_makes_the_judge_toil_costs_the_caller_nothing(tmp_path):
    """As in `nbgrader autograde`, whose own process has no limits."""
    notebook = as_bytes(student_notebook("04_ocr", {"q4-2": MILLIONS_OF_BOXES}))
    path = write_submission(tmp_path, "mallory", {"04_ocr.ipynb": notebook})
    settings = Settings(tmp_path / "out", only=("4.2",), limits=FAIR)
    started = time.process_time()
    result = grade_apart(Submission("mallory", path), settings)
    assert time.process_time() - started < 1
    (verdict,) = result.verdicts
    assert verdict.status in ("fail", "partial") and not (tmp_path / "out").exists()
    assert any("`boxes` has 3,000,000 rows" in check.problem for check in verdict.checks)


def test_students_with_like_names_get_pages_of_their_own(tmp_path):
    students = ["a:b", "a;b", "con", "\u202ex", "y" * 200, "=1+1", "two\nlines"]
    for student in students:
        (tmp_path / "in" / student).mkdir(parents=True)
    settings = Settings(tmp_path / "out", only=(EXERCISE,), publisher=PAGES)
    results = grade_class(find_submissions(tmp_path / "in"), settings)
    assert len({result.student for result in results}) == len(students)
    stored = [json.loads(p.read_text()) for p in (tmp_path / "out/students").iterdir()]
    assert {entry["student"] for entry in stored} == {r.student for r in results}
    assert len(list((tmp_path / "out/feedback").iterdir())) == len(students)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]
