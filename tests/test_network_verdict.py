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
from exercises.handed_network import copies
from exercises.handed_network import verdict as of_file
from exercises.handed_network.copies import SAYS, note_copies
from exercises.handed_network.likeness import TWIN, compared, imprint, likeness
from exercises.handed_network.retraining import Retraining
from exercises.handed_network.verdict import LEARNS, judge_file
from exercises.sample_class.submissions import complete, trained_network, with_chaffs
from exercises.sample_class.submissions import student_notebook as notebook_of
from exercises.unseen.fresh_letters import course_letters
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


@pytest.fixture(scope="module")
def mates():
    """Networks of classmates, as likeness sees them: units of their own that write like nobody's.

    Only hidden layers are compared; that these read nothing is of no account here.
    """
    rng, made = np.random.default_rng(6), {}
    popular = smooth(rng)[:, 0]
    for number in range(8):
        W = smooth(rng)
        W[:, 0] = popular + 0.3 * W[:, 0]  # there are units that many networks find
        made[f"mate {number}"] = {"Wlayer1": W}
    return made


def smooth(rng):
    """Units that answer to the letters in ways that have nothing to do with each other."""
    x = course_letters().train.x
    x = x[rng.choice(len(x), 300, replace=False)]
    return (x - x.mean(axis=0)).T.astype(float) @ rng.normal(size=(300, 64))


def class_of(networks, points=6.0):
    """Results of students whose networks earned points, those of `networks`."""
    exercise = judged({})
    return [
        SubmissionResult(name, (replace(exercise, points=points, imprint=imprint(params)),))
        for name, params in networks.items()
    ]


def noted(results):
    return {r.student: [c for v in r.verdicts for c in v.concerns] for r in note_copies(results)}


@pytest.fixture
def other_seed(monkeypatch):
    """Nobody's network comes of the notebook's own seed, and nothing is trained to see it."""
    rng = np.random.default_rng(7)
    monkeypatch.setattr(copies, "notebooks_own", lambda: imprint({"Wlayer1": smooth(rng)}))


def of_units(params, units):
    return {**params, "Wlayer1": params["Wlayer1"][:, units]}


def put_together(networks, each):
    """The first so many units of every one of these."""
    return {"Wlayer1": np.hstack([params["Wlayer1"][:, :each] for params in networks])}


def test_copies_are_noticed_over_a_class(mates, other_seed):
    order = np.random.default_rng(3).permutation(64)
    students = {"ada": mates["mate 0"], "ben": of_units(mates["mate 0"], order),
                "cleo": mates["mate 1"]}  # fmt: skip
    notes = noted([*class_of(students), SubmissionResult("dan", ())])
    (of_ada,), (of_ben,) = notes["ada"], notes["ben"]
    assert "ben's network: 64 of 64 here, 64 of 64 there put 504 new letters" in of_ada
    assert "ada's network" in of_ben and "(typical correlation 1.00)" in of_ben
    assert "Whose they were first cannot be seen" in of_ada
    assert notes["cleo"] == notes["dan"] == []


def largest_share(one, other):
    """By this alone copies were told once: of whichever network has more units in the other."""
    ranks = compared([imprint(one), imprint(other)])
    alike = np.abs(ranks[0].T @ ranks[1]) > TWIN
    return max(alike.any(axis=0).mean(), alike.any(axis=1).mean())


FRAMING = {
    "one unit": lambda mates: of_units(mates[0], [5]),
    "sixteen units": lambda mates: of_units(mates[0], np.arange(16)),
    "an average": lambda mates: {"Wlayer1": sum(m["Wlayer1"][:, :1] for m in mates[:3])},
    "units that do nothing": lambda mates: {"Wlayer1": np.zeros((1024, 64))},
    "one unit many times": lambda mates: of_units(mates[0], [5] * 64),
    "some of everybody's": lambda mates: put_together(mates, 8),
    "a fourth of four": lambda mates: put_together(mates[:4], 16),
    "a third of three": lambda mates: put_together(mates[:3], 21),
}


@pytest.mark.parametrize("name", FRAMING)
def test_what_somebody_makes_of_others_units_accuses_nobody(mates, other_seed, name):
    mallory = FRAMING[name](list(mates.values()))
    notes = noted(class_of({**mates, "mallory": mallory}))
    assert not any(notes.values())


def test_by_the_larger_share_one_unit_would_accuse(mates):
    several = list(mates.values())
    for name in ("one unit", "sixteen units", "one unit many times"):
        assert largest_share(FRAMING[name](several), several[0]) == 1.0
    average = FRAMING["an average"](several)
    assert [largest_share(average, mate) for mate in several[:3]] == [1.0] * 3


def test_a_network_without_points_names_nobody(mates, other_seed):
    ada, mallory = (class_of({name: mates["mate 0"]}, points)[0]
                    for name, points in (("ada", 6.0), ("mallory", 0.0)))  # fmt: skip
    assert noted([ada, mallory]) == {"ada": [], "mallory": []}


def test_a_second_comparison_takes_the_place_of_the_first(mates, other_seed):
    students = class_of({"ada": mates["mate 0"], "ben": mates["mate 0"]})
    once = note_copies(students)
    assert note_copies(once) == once
    alone = noted([once[0]])
    assert alone == {"ada": []}


def test_what_comes_of_the_notebooks_seed_accuses_nobody(mates, monkeypatch):
    """Whoever leaves the seed as it is has the network of all who do."""
    monkeypatch.setattr(copies, "notebooks_own", lambda: imprint(mates["mate 0"]))
    students = {"ada": mates["mate 0"], "ben": mates["mate 0"],
                "cleo": mates["mate 1"], "dan": mates["mate 1"]}  # fmt: skip
    notes = noted(class_of(students))
    assert notes["ada"] == notes["ben"] == [] and "dan's" in notes["cleo"][0]


def test_the_notebook_trains_from_this_seed():
    cells = find_course().read_notebook("03_training")["cells"]
    (cell,) = [c for c in cells if c.get("id") == "train-letters"]
    assert f"np.random.seed({copies.SEED})" in "".join(cell["source"])


@pytest.mark.slow
def test_a_few_epochs_tell_what_comes_of_the_notebooks_seed():
    same, other = (read_network(trained_network(seed)) for seed in (copies.SEED, 1))
    own, same, other = compared([copies.notebooks_own(), imprint(same), imprint(other)])
    assert likeness(own, same).copied and not likeness(own, other).copied


def test_the_courses_own_network_is_known_in_disguise():
    rng = np.random.default_rng(3)
    retouched = {k: v + 1e-2 * rng.normal(size=v.shape) for k, v in load_network().items()}
    verdict = judged({"letters64.npz": as_bytes(retouched)})
    assert verdict.points == 0 and "the course's own" in verdict.message
    assert "disguised" in verdict.concerns[0]


@pytest.mark.slow
def test_from_a_folder_to_the_report(tmp_path):
    """Ada's is right; Ben hands it in as well, and Cleo with functions that learn nothing."""
    files = {"ada": complete(("02_network", "03_training"))}
    broken = notebook_of("03_training", with_chaffs("03_training", "3_1_copy_is_trained"))
    files["ben"] = files["ada"]
    files["cleo"] = {**files["ada"], "03_training.ipynb": json.dumps(broken).encode()}
    for student, contents in files.items():
        (tmp_path / "in" / student).mkdir(parents=True)
        for name, data in contents.items():
            (tmp_path / "in" / student / name).write_bytes(data)
    pages = Pages(find_course())
    settings = Settings(tmp_path / "out", only=("3.5",), seed=5, publisher=pages)
    ada, ben, cleo = grade_class(find_submissions(tmp_path / "in"), settings)
    assert [student.verdicts[0].points for student in (ada, ben, cleo)] == [6.0, 6.0, 0.0]
    assert "ben's" in " ".join(ada.verdicts[0].concerns)
    assert "cleo's" not in " ".join(ada.verdicts[0].concerns)
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "For you to look at" in report and "cannot train" in report
    page = (tmp_path / "out" / "feedback" / "ada.html").read_text(encoding="utf-8")
    assert SAYS not in page
    kept = json.loads((tmp_path / "out" / "students" / "ada.json").read_text(encoding="utf-8"))
    assert "ben's" in kept["verdicts"][0]["concerns"][0]


@pytest.mark.slow
def test_the_network_is_trained_anew_on_request(tmp_path):
    for name, data in complete(("02_network", "03_training")).items():
        (tmp_path / name).write_bytes(data)
    result = grade_submission(tmp_path, "ada", seed=1, only=["3.5"], retrain=True)
    [concern] = result.verdicts[0].concerns
    assert concern.startswith("trained anew, on an alphabet invented for this run")
