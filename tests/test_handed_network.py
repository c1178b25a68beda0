"""The network that a student hands in is measured, and its training made again."""

import io

import numpy as np
import pytest

from exercises.handed_network.network import (
    FRESH_EACH,
    FULL_MARKS,
    MAX_POINTS,
    _remarks,
    examination,
    judge_network,
    points_for,
)
from exercises.handed_network.retraining import retrain
from exercises.unseen.fresh_letters import fresh_letters, warp
from helpers.checking.student import LocalBackend, Student
from helpers.datasets import load_letters
from helpers.for_checks.network_file import share_right
from helpers.networks import PARAMETERS, load_network


def as_bytes(params, write=np.savez):
    file = io.BytesIO()
    write(file, **params)
    return file.getvalue()


@pytest.fixture(scope="module")
def good():
    return load_network()


@pytest.fixture(scope="module")
def other():
    """A network of the same kind with other units."""
    rng = np.random.default_rng(5)
    return {name: rng.normal(size=v.shape).astype(np.float32) for name, v in load_network().items()}


def test_the_courses_own_network_gets_all_points(good):
    verdict = judge_network(as_bytes(good), 1)
    assert verdict.points == MAX_POINTS == verdict.max_points
    assert verdict.remarks == () and verdict.imprint
    for kind, share in verdict.accuracy.items():
        assert share > FULL_MARKS[kind] and f"{share:.1%}" in verdict.message


def test_an_untrained_network_gets_nothing(other):
    verdict = judge_network(as_bytes(other), 1)
    assert verdict.points == 0.0
    assert "all points need 75% (validation)" in verdict.message
    zeros = {name: np.zeros_like(value) for name, value in other.items()}
    assert judge_network(as_bytes(zeros), 1).accuracy["validation"] == 0.0


def test_points_fall_off_evenly():
    full = dict(FULL_MARKS)
    assert points_for(full) == MAX_POINTS
    earned = [
        points_for({**full, "validation": 0.75 - short}) for short in np.linspace(0, 0.25, 60)
    ]
    assert earned == sorted(earned, reverse=True)
    assert set(earned) == {k / 2 for k in range(13)}
    for kind in FULL_MARKS:  # each of the sets can take the points
        assert points_for({**full, kind: 0.1}) == 0.0


def test_what_a_network_learnt_by_heart_does_not_pay(good):
    """Right on validation only: the other sets decide, and the instructor is told."""
    seen = {"validation": 0.99, "test": FULL_MARKS["test"], "fresh": 0.4}
    assert points_for(seen) == 0.0
    assert "validation set far better" in _remarks(seen)[0]
    assert "trained on it" in _remarks({"validation": 0.8, "test": 0.95, "fresh": 0.8})[0]


@pytest.mark.parametrize("units", [1, 65, 500])
def test_other_sizes(units):
    shapes = ((1024, units), (units,), (units, 36), (36,))
    params = {n: np.ones(s, np.float32) for n, s in zip(PARAMETERS, shapes, strict=True)}
    verdict = judge_network(as_bytes(params), 1)
    assert verdict.points == 0.0
    assert ("hidden units; the exercise asks for 64" in verdict.message) == (units > 64)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x80\x04N.", b"%PDF-1.4"])
def test_a_file_that_is_no_network_is_a_verdict(data):
    verdict = judge_network(data, 1, "hw/letters64.npz")
    assert verdict.points == 0.0 and verdict.message.startswith("hw/letters64.npz is no .npz file")


def test_huge_weights_are_measured_all_the_same(good):
    params = {name: value.astype(np.float64) * 1e300 for name, value in good.items()}
    assert 0.0 <= judge_network(as_bytes(params), 1).accuracy["validation"] <= 1.0


def test_accuracy_is_that_of_the_network(good):
    letters = load_letters()
    x, y = letters.test.x[:40], letters.test.y[:40]
    hidden = (1 + np.tanh((x @ good["Wlayer1"] + good["blayer1"]) / 2)) / 2
    answers = (hidden @ good["Woutput"] + good["boutput"]).argmax(axis=1)
    assert share_right(good, x, y) == (answers == letters.test.labels[:40]).mean()


def test_fresh_letters_are_new_each_time_and_still_letters(good):
    first, second = (examination(seed)["fresh"] for seed in (1, 2))
    assert first[0].shape == (36 * FRESH_EACH, 1024)
    assert (first[1].sum(axis=0) == FRESH_EACH).all()
    assert first[0].min() >= 0 and first[0].max() <= 1 + 1e-6
    assert not np.array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[0], examination(1)["fresh"][0])
    test = load_letters().test
    assert share_right(good, *first) > share_right(good, test.x, test.y) - 0.12
    x, _ = fresh_letters(test, 2, np.random.default_rng(0))
    assert not (x[:, None] == test.x[None, :200]).all(axis=2).any()


def test_a_warp_keeps_the_ink():
    image = np.ones((32, 32))
    image[10:22, 14:18] = 0
    for seed in range(20):
        ink = (1 - warp(image, np.random.default_rng(seed))).sum()
        assert 0.7 < ink / 48 < 1.4


# --- Trained anew ---------------------------------------------------------------------------


def student(train):
    def new_network(n_in, n_hidden, n_out):
        rng = np.random.default_rng(7)
        return {
            "Wlayer1": rng.normal(0, 0.05, (n_in, n_hidden)),
            "blayer1": np.zeros(n_hidden),
            "Woutput": rng.normal(0, 0.1, (n_hidden, n_out)),
            "boutput": np.zeros(n_out),
        }

    return Student(LocalBackend({"new_network": new_network, "train_network": train}))


def test_functions_that_train_nothing_reproduce_nothing():
    done = retrain(student(lambda *args: {}), 0.8, 1)
    assert not done.reproduced and done.accuracy < 0.2 and "handed in: 80.0%" in done.message


def test_weights_that_were_stored_reproduce_nothing(good):
    def restores(x, y, x_valid, y_valid, params, *settings):
        params.update({name: value.copy() for name, value in good.items()})

    done = retrain(student(restores), 0.86, 1)
    assert not done.reproduced and done.accuracy < 0.2


def test_functions_that_fail_are_said_to():
    def broken(x, y, x_valid, y_valid, params, *settings):
        params.clear()

    done = retrain(student(broken), 0.8, 1)
    assert not done.reproduced and "there is no 'Wlayer1'" in done.message

    def raising(*args):
        raise ValueError("no")

    assert "could not be trained anew" in retrain(student(raising), 0.8, 1).message


@pytest.mark.slow
def test_right_functions_reproduce_a_right_network():
    """The whole training, in the sandbox, through its channel."""
    from autograder.course.reference import source_cells
    from autograder.grading.submission import RETRAINING
    from autograder.judging.judge import sandboxed
    from autograder.sandbox.backend import Program
    from autograder.sandbox.box import Sandbox

    program = Program((*source_cells("02_network"), *source_cells("03_training")),
                      ("new_network", "train_network"))  # fmt: skip
    with Sandbox() as sandbox:
        done = retrain(Student(sandboxed(sandbox, RETRAINING)(program)), 0.82, 1)
    assert done.reproduced, done.message
    assert done.accuracy > 0.75
