"""Exercise 3.5: a file beside the notebook earns points, where it can be the student's own."""

import io
import json
import zipfile
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.grading.class_run import Settings, grade_class
from autograder.grading.submission import grade_submission
from autograder.intake.files import collect, graded_file
from autograder.intake.submissions import find_submissions
from autograder.judging.judge import HandedInFile
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, from_json, to_json
from autograder.report import Pages
from exercises.handed_network import verdict as of_file
from exercises.handed_network.copies import note_copies
from exercises.handed_network.network import Retraining
from exercises.handed_network.verdict import LEARNS, judge_file
from exercises.sample_class.submissions import complete, trained_network, with_chaffs
from exercises.sample_class.submissions import student_notebook as notebook_of
from helpers.checking.catalogue import catalogue
from helpers.checking.runner import CheckResult
from helpers.datasets.folders import data_folder
from helpers.for_checks.network_file import network_file_results
from helpers.networks import FILE, load_network, read_network, save_network

EXERCISE = catalogue().find("3.5")
OWN = (data_folder() / FILE).read_bytes()


def training(status="pass"):
    checks = (CheckResult(LEARNS, "3.1", 1.0, status, public=False),)
    return ExerciseVerdict("3.1", "Train", "03_training", 1.0, 1.0, status, "", checks)


def judged(files, learns="pass", student=None):
    earlier = {"3.1": training(learns)}
    return judge_file(HandedInFile(EXERCISE, files, earlier, 1, 6.0, student))


def as_bytes(params):
    file = io.BytesIO()
    np.savez(file, **params)
    return file.getvalue()


@pytest.fixture(scope="module")
def trained():
    return trained_network()


@pytest.fixture(scope="module")
def untrained():
    rng = np.random.default_rng(1)
    return as_bytes({k: rng.normal(size=v.shape) for k, v in load_network().items()})


# --- One student ----------------------------------------------------------------------------


def test_a_network_that_reads_earns_all_points(trained):
    verdict = judged({"homework/letters64.npz": trained})
    assert (verdict.points, verdict.max_points, verdict.status) == (6.0, 6.0, "pass")
    assert verdict.concerns == () and verdict.imprint
    assert "of the validation set" in verdict.message


def test_a_network_that_reads_badly_earns_less(trained):
    rng = np.random.default_rng(2)
    noisy = {k: v + 0.1 * rng.normal(size=v.shape) for k, v in read_network(trained).items()}
    verdict = judged({"letters64.npz": as_bytes(noisy)})
    assert 0 < verdict.points < 6 and verdict.status == "partial"
    assert verdict.checks[0].status == "fail" and "all points need" in verdict.message


def test_of_several_files_the_best_counts(trained, untrained):
    verdict = judged({"a/letters64.npz": untrained, "b/letters64 (1).npz": trained})
    assert verdict.points == 6.0


def test_nothing_handed_in_is_missing_not_wrong():
    assert judged({}).status == "missing"


def test_the_courses_own_network_earns_nothing(trained):
    renamed = as_bytes({k: v.astype(np.float64) for k, v in load_network().items()})
    for data in (OWN, renamed):
        verdict = judged({"data/networks/letters64.npz": data})
        assert verdict.points == 0 and "the course's own" in verdict.message
    with_both = judged({"data/networks/letters64.npz": OWN, "letters64.npz": trained})
    assert with_both.points == 6.0


def test_without_functions_that_train_it_earns_nothing(trained):
    verdict = judged({"letters64.npz": trained}, learns="fail")
    assert verdict.points == 0 and verdict.status == "fail"
    assert "cannot have come from them" in verdict.message and verdict.concerns


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x80\x04pickle", OWN[:5000]])
def test_a_damaged_file_is_a_fail_with_a_reason(data):
    verdict = judged({"letters64.npz": data})
    assert verdict.points == 0 and verdict.status == "fail" and "letters64.npz" in verdict.message


def test_training_anew_is_told_to_the_instructor_alone(trained, monkeypatch):
    ends = iter([Retraining(True, "as good"), Retraining(False, "worse")])
    monkeypatch.setattr(of_file, "retrain", lambda student, share, seed: next(ends))
    same = judged({"letters64.npz": trained}, student=nullcontext)
    other = judged({"letters64.npz": trained}, student=nullcontext)
    assert same.concerns == ("as good",) and other.concerns == ("not reproduced: worse",)
    assert same.points == other.points == 6.0
    assert "worse" not in other.message


def test_a_verdict_survives_json(trained):
    verdict = replace(judged({"letters64.npz": trained}), concerns=("look",))
    result = SubmissionResult("ada", (verdict,))
    assert from_json(json.loads(json.dumps(to_json(result)))) == result


# --- Taking in ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("letters64.npz", "letters64.npz"),
        ("deep/er/LETTERS64.NPZ", "letters64.npz"),
        ("letters64 (2).npz", "letters64.npz"),
        ("letters64 - copy.npz", "letters64.npz"),
        ("letters640.npz", ""),
        ("letters64.npz.exe", ""),
        ("letters.npz", ""),
    ],
)
def test_names_of_the_file(name, expected):
    assert graded_file(name, ["letters64.npz"]) == expected


def test_the_file_is_found_in_folders_and_archives(tmp_path):
    folder = tmp_path / "ada"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "letters64.npz").write_bytes(b"one")
    with zipfile.ZipFile(folder / "rest.zip", "w") as archive:
        archive.writestr("x/letters64.npz", b"two")
    assert sorted(collect(folder, ["letters64.npz"]).files.values()) == [b"one", b"two"]


def test_too_many_files_are_left_out(tmp_path):
    for number in range(30):
        (tmp_path / f"letters64 ({number}).npz").write_bytes(bytes([number]))
    handed = collect(tmp_path, ["letters64.npz"])
    assert len(handed.files) == 20 and any("one too many" in text for text in handed.remarks)


# --- In the student's notebook --------------------------------------------------------------


def test_what_the_student_sees(tmp_path, trained, untrained):
    def result():
        [found] = network_file_results(EXERCISE, tmp_path)
        return found

    assert result().status == "missing" and "no file letters64.npz" in result().problem
    (tmp_path / "letters64.npz").write_bytes(trained)
    assert result().status == "pass"
    (tmp_path / "letters64.npz").write_bytes(untrained)
    assert result().status == "fail" and "75%" in result().problem and result().hint
    (tmp_path / "letters64.npz").write_bytes(b"nonsense")
    assert result().status == "fail" and "no .npz file" in result().problem
    wide = {k: np.concatenate([v, v], axis=int(k == "Wlayer1")) if k != "boutput" else v
            for k, v in load_network().items()}  # fmt: skip
    save_network(wide, tmp_path / "letters64.npz")
    assert "128 hidden units" in result().problem


# --- A class --------------------------------------------------------------------------------


def result_with(name, data):
    return SubmissionResult(name, (judged({"letters64.npz": data}),))


def test_copies_are_noticed_over_a_class(trained):
    rng = np.random.default_rng(3)
    order = rng.permutation(64)
    params = read_network(trained)
    disguised = {"Wlayer1": params["Wlayer1"][:, order], "blayer1": params["blayer1"][order],
                 "Woutput": params["Woutput"][order], "boutput": params["boutput"]}  # fmt: skip
    class_of_four = [
        *map(
            result_with, ("ada", "ben", "cleo"), (trained, as_bytes(disguised), trained_network(2))
        ),
        SubmissionResult("dan", ()),
    ]
    noted = note_copies(class_of_four)
    concerns = {r.student: [c for v in r.verdicts for c in v.concerns] for r in noted}
    assert "ben's" in concerns["ada"][0] and "ada's" in concerns["ben"][0]
    assert concerns["cleo"] == concerns["dan"] == []
    assert [len(c) for c in concerns.values()] == [1, 1, 0, 0]


def test_the_courses_own_network_is_known_in_disguise():
    rng = np.random.default_rng(3)
    retouched = {k: v + 1e-2 * rng.normal(size=v.shape) for k, v in load_network().items()}
    verdict = judged({"letters64.npz": as_bytes(retouched)})
    assert verdict.points == 0 and "the course's own" in verdict.message
    assert "disguised" in verdict.concerns[0]


@pytest.mark.slow
def test_from_a_folder_to_the_report(tmp_path):
    """Ada's is right; Ben hands in Ada's with functions that learn nothing."""
    files = {"ada": complete(("02_network", "03_training"))}
    broken = notebook_of("03_training", with_chaffs("03_training", "3_1_copy_is_trained"))
    files["ben"] = {**files["ada"], "03_training.ipynb": json.dumps(broken).encode()}
    for student, contents in files.items():
        (tmp_path / "in" / student).mkdir(parents=True)
        for name, data in contents.items():
            (tmp_path / "in" / student / name).write_bytes(data)
    pages = Pages(find_course())
    settings = Settings(tmp_path / "out", only=("3.5",), seed=5, publisher=pages)
    ada, ben = grade_class(find_submissions(tmp_path / "in"), settings)
    assert ada.verdicts[0].points == 6.0 and ben.verdicts[0].points == 0.0
    assert "ben's" in " ".join(ada.verdicts[0].concerns)
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "For you to look at" in report and "cannot train" in report
    page = (tmp_path / "out" / "feedback" / "ada.html").read_text(encoding="utf-8")
    assert "hidden units of this network" not in page
    kept = json.loads((tmp_path / "out" / "students" / "ada.json").read_text(encoding="utf-8"))
    assert "ben's" in kept["verdicts"][0]["concerns"][0]


@pytest.mark.slow
def test_the_network_is_trained_anew_on_request(tmp_path):
    for name, data in complete(("02_network", "03_training")).items():
        (tmp_path / name).write_bytes(data)
    result = grade_submission(tmp_path, "ada", seed=1, only=["3.5"], retrain=True)
    [concern] = result.verdicts[0].concerns
    assert concern.startswith("trained anew, it reads 8")
