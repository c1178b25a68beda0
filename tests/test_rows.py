"""What the process keeps that grades a class: rows, whatever was handed in."""

import json
import pickle
import tracemalloc
from dataclasses import replace

import pytest

from autograder.course.course import find_course
from autograder.grading import class_run, store
from autograder.grading.class_run import Settings
from autograder.grading.store import UPDATE, keep, prepare, stored, with_kept
from autograder.grading.workers import Ended
from autograder.intake.submissions import Submission
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer, to_json
from autograder.report.class_report import report_html
from autograder.report.tables import write_grades_csv
from helpers.checking.runner import CheckResult

COURSE = find_course()
LARGE = 100_000


def check(number, status="fail"):
    return CheckResult(
        f"2.2.2/check_{number}", "2.2.2", 1.0, status, True, "wrong " * 150, "axis " * 100,
        "softmax(...)" * 50, "got " * 100, "expected " * 100, "Traceback " * 400, "A hint " * 20,
        functions=("softmax",),
    )  # fmt: skip


def large(student):
    """A result with all that a hostile submission can put into one."""
    checks = tuple(check(number, ("fail", "pass", "error")[number % 3]) for number in range(9))
    verdict = ExerciseVerdict(
        "2.2.2", "Softmax", "02_network", 1.0, 9.0, "error", "what is wrong " * 30, checks,
        "x = 1\n" * (LARGE // 6), concerns=("sets " + "a." * LARGE,) * 10,
    )  # fmt: skip
    attached = {"a.png": {"image/png": "A" * LARGE}}
    written = WrittenAnswer(
        "q2-1-1", "2.1.1", "Zeros", "02_network", 2.0, "answered", "word " * (LARGE // 5), attached
    )
    return SubmissionResult(
        student, (verdict,) * 5, (written,) * 5, ("remark " * 1000,) * 60, ("A" * LARGE,) * 12,
        instead="there is no notebook, but " + "name " * 1000,
    )  # fmt: skip


def size(result):
    return len(json.dumps(to_json(result)))


def test_a_row_is_small_whatever_the_result_is():
    whole = large("mallory")
    assert size(whole) > 5 * 10**6 and size(whole.row()) < 120_000
    assert size(whole.without_pictures()) > 10**6  # which is what was kept before
    assert whole.row().row() == whole.row()


def test_a_row_holds_what_tables_and_the_report_show(tmp_path):
    whole = large("mallory")
    row = whole.row()
    assert (row.points, row.max_points, row.student) == (5.0, 45.0, "mallory")
    assert [v.status for v in row.verdicts] == [v.status for v in whole.verdicts]
    assert [c.hint for c in row.verdicts[0].checks][0] == check(0).hint
    assert [a.status for a in row.written] == ["answered"] * 5
    html = report_html([row], {}, COURSE)
    for shown in ("5 answers in prose", "wrong wrong", "Traceback Traceback", "A hint A hint"):
        assert shown in html
    for name, result in (("row.csv", row), ("whole.csv", whole)):
        write_grades_csv([result], tmp_path / name)
    assert len((tmp_path / "row.csv").read_text().splitlines()) == 6


def test_a_class_of_large_results_lies_in_little_memory():
    """As they come from the processes that grade: what many rows say is there once."""
    arrived = pickle.dumps(large("mallory").row())
    tracemalloc.start()
    rows = [pickle.loads(arrived).row() for _ in range(100)]
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rows) == 100 and kept / 100 < 60_000  # a class of a thousand: 60 MB


@pytest.fixture
def place(tmp_path):
    (place,) = prepare(tmp_path / "out", ["mallory"])
    return place


def test_what_a_process_sends_to_the_main_one_is_a_row(place, monkeypatch):
    monkeypatch.setattr(class_run, "_graded", lambda *_: large("mallory"))
    sent = []
    submission = Submission("mallory", place.page)
    class_run._grade_one(sent.append, submission, Settings(place.page), place)
    assert sent == [large("mallory").row()]
    assert stored(place) == large("mallory")  # the student's file has all of it


def test_earlier_results_are_read_as_rows(place):
    keep(large("mallory"), place)
    place.page.write_text("page")
    kept = with_kept(place.results.parents[1], {})
    assert list(kept.values()) == [large("mallory").row()]


def test_what_is_noticed_over_a_class_costs_no_text(place, monkeypatch):
    keep(large("mallory"), place)

    def note(course, results):
        noted = [replace(v, concerns=(*v.concerns, "a copy")) for v in results[0].verdicts]
        return [replace(results[0], verdicts=tuple(noted))]

    monkeypatch.setattr(class_run, "class_notes", note)
    rows = {replace(place, update=True): large("mallory").row()}
    class_run._with_class_notes(COURSE, rows)
    now = stored(place)
    assert now.verdicts[0].concerns[-1] == "a copy"
    assert now.written == large("mallory").written and now.pictures == large("mallory").pictures
    assert now.verdicts[0].answer == large("mallory").verdicts[0].answer


def test_a_page_that_was_not_finished_still_shows_all_checks(place):
    keep(large("mallory"), place)
    pages = []

    class Publisher:
        def student_page(self, result, path):
            pages.append(result)

    ended = Ended(0, large("mallory").row(), finished=False)
    settings = Settings(place.page, publisher=Publisher())
    row = class_run._accounted_for(ended, Submission("mallory", place.page), settings, place)
    assert row == large("mallory").row()
    assert pages[0].verdicts[0].checks == large("mallory").verdicts[0].checks
    assert pages[0].verdicts[0].answer == pages[0].written[0].source == ""


@pytest.mark.parametrize("again", ["", UPDATE])
def test_the_file_of_a_result_has_a_bound(place, monkeypatch, again):
    monkeypatch.setattr(store, "MAX_RESULT", 10**6)
    kept = keep(large("mallory"), replace(place, update=again == UPDATE))
    assert len(place.results.read_bytes()) < 10**6 < len(json.dumps(large("mallory").pictures))
    assert kept.remarks[-1] == store.TOO_LARGE
    assert [v.points for v in stored(place).verdicts] == [1.0] * 5
