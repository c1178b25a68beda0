"""Weights that were stored with an answer do not pass for training, however they are fitted in.

Each way in is played twice: against what training was once judged on, the letters with pixels and
classes in another order, where it reads; and against the checks.
"""

from functools import cache

import numpy as np
import pytest
from scipy.special import expit, log_softmax

from benchmarks.autoencoder import trained_beforehand
from benchmarks.epoch import answers
from exercises.handed_network.retraining import retrain
from exercises.handed_network.verdict import LEARNS
from exercises.unseen import short_training
from exercises.unseen.fresh_letters import course_letters, fresh_letters
from exercises.unseen.invented import invented
from helpers.checking.runner import run_checks
from helpers.checking.student import LocalBackend, Student
from helpers.for_checks.network_file import share_right
from helpers.networks import load_network
from tests.running import check_files_of

AUTOENCODER = "5.2/learns_new_letters"


@cache
def fitted(hidden):
    """So many units of the course's own network, which could be written into a notebook."""
    own, train = load_network(), course_letters().train
    keep = np.argsort(-np.abs(own["Woutput"]).sum(axis=1))[:hidden]
    W, b = own["Wlayer1"][:, keep].astype(float), own["blayer1"][keep]
    x, y = train.x[:3000], train.y[:3000]
    values = np.column_stack([expit(x @ W + b), np.ones(len(x))])
    wanted = np.log(y * 0.9 + 0.1 / 36)
    wanted -= wanted.mean(axis=1, keepdims=True)
    ridge = 0.1 * np.eye(hidden + 1)
    output = np.linalg.solve(values.T @ values + ridge, values.T @ wanted)
    return {"Wlayer1": W, "blayer1": b, "Woutput": 3 * output[:-1], "boutput": 3 * output[-1]}


def in_this_order(pixels, classes, hidden):
    """Stored weights for letters whose pixels and classes are those of the data set in an order."""
    stored = fitted(hidden)
    W, V, c = stored["Wlayer1"][pixels], stored["Woutput"][:, classes], stored["boutput"][classes]
    return {"Wlayer1": W, "blayer1": stored["blayer1"], "Woutput": V, "boutput": c}


def as_usual(x, y, hidden):
    """Nothing is recognised: the weights as they were stored."""
    return in_this_order(np.arange(1024), np.arange(36), hidden)


def by_rows(x, y, hidden):
    """An image is known by its pixel values, sorted; a pixel by its values in known images."""
    known = {row.tobytes(): k for k, row in enumerate(np.sort(course_letters().train.x, axis=1))}
    rows = [known.get(row.tobytes(), -1) for row in np.sort(x.astype(np.float32), axis=1)]
    found = np.array([(k, there) for k, there in enumerate(rows) if there >= 0]).reshape(-1, 2)
    if not len(found):
        return as_usual(x, y, hidden)
    train = course_letters().train
    found = found[:300]
    pixels = np.empty(1024, int)  # in the order of their values, those with equal ones as they come
    pixels[np.lexsort(x[found[:, 0]])] = np.lexsort(train.x[found[:, 1]])
    classes = np.zeros(36, int)
    classes[y[found[:, 0]].argmax(axis=1)] = train.labels[found[:, 1]]
    return in_this_order(pixels, classes, hidden)


def by_statistics(x, y, hidden):
    """A pixel is known by how much ink it has, on average, and a class by its mean image."""
    train = course_letters().train
    pixels = np.empty(1024, int)
    pixels[np.argsort(x.mean(axis=0, dtype=float))] = np.argsort(train.x.mean(axis=0, dtype=float))
    means = (y.T @ x) / y.sum(axis=0)[:, None]
    there = ((train.y.T @ train.x) / train.y.sum(axis=0)[:, None])[:, pixels]
    return in_this_order(pixels, ((means[:, None] - there) ** 2).sum(axis=2).argmin(axis=1), hidden)


WAYS = {way.__name__: way for way in (as_usual, by_rows, by_statistics)}


def answering(way):
    """Functions that put stored weights where trained ones belong."""

    def new_network(n_in, n_hidden, n_out):
        shapes = {"Wlayer1": (n_in, n_hidden), "blayer1": n_hidden,
                  "Woutput": (n_hidden, n_out), "boutput": n_out}  # fmt: skip
        return {name: np.zeros(shape) for name, shape in shapes.items()}

    def train_network(x, y, x_valid, y_valid, params, *settings):
        if x.shape[1] != 1024:
            return {}
        params.update(way(x, y, len(params["blayer1"])))
        hidden = expit(x_valid @ params["Wlayer1"] + params["blayer1"])
        scores = log_softmax(hidden @ params["Woutput"] + params["boutput"], axis=1)
        return {"valid_loss": [-float((y_valid * scores).sum()) / len(x_valid)]}

    return {"new_network": new_network, "train_network": train_network}


def letters_in_another_order(rng, warped=False):
    """What training was judged on once: the letters, only their pixels and classes reordered."""
    letters, pixels, classes = course_letters(), rng.permutation(1024), rng.permutation(36)
    train = fresh_letters(letters.train, 30, rng) if warped else (letters.train.x, letters.train.y)
    valid = (letters.validation.x, letters.validation.y)
    return [(x[:, pixels], y[:, classes]) for x, y in (train, valid)]


@pytest.mark.parametrize("name", ["by_rows", "by_statistics"])
def test_letters_in_another_order_are_recognised(name):
    train, valid = letters_in_another_order(np.random.default_rng(1))
    assert share_right(WAYS[name](*train, 64), *valid) > 0.7
    assert share_right(as_usual(*train, 64), *valid) < 0.2


@pytest.mark.parametrize("name", WAYS)
def test_an_invented_alphabet_is_not(name):
    rng = np.random.default_rng(2)
    alphabet = invented(rng)
    train, fresh = alphabet.write(30, rng), alphabet.write(20, rng)
    assert share_right(WAYS[name](*train, 64), *fresh) < 0.15


@pytest.mark.parametrize("name", WAYS)
def test_stored_weights_do_not_pass_for_learning(name):
    backend = LocalBackend(answering(WAYS[name]))
    results = run_checks(check_files_of(["3.1"]), lambda _: Student(backend), seed=1)
    [learns] = [result for result in results if result.check == LEARNS]
    assert learns.status == "fail" and "too few others" in learns.problem


@pytest.mark.parametrize("name", WAYS)
def test_stored_weights_do_not_reproduce_a_network(name, monkeypatch):
    monkeypatch.setattr("exercises.handed_network.retraining.EACH", 60)
    done = retrain(Student(LocalBackend(answering(WAYS[name]))), 0.86, 1)
    assert not done.reproduced and done.accuracy < 0.15


@pytest.mark.slow
def test_a_stored_autoencoder_does_not_pass_for_learning():
    """Trained at length on the letters, or on other alphabets: what strokes are, it knows."""
    own, letters = answers("02_network", "05_autoencoder"), course_letters()
    rng = np.random.default_rng(1)
    params = short_training.first_weights(rng)
    own["train_autoencoder"](1 - letters.train.x[:2000], 1 - letters.train.x[:12], params,
                             0.0001, 10, 15)  # fmt: skip
    others = trained_beforehand(own, alphabets=60, epochs=15)
    for stored in (params, others):
        alphabet, *_ = short_training.letters_to_train_on(rng)
        found = short_training.fresh_psnr(stored, rng, alphabet)
        assert found < short_training.ENOUGH - 0.8
    x = 1 - letters.validation.x[:500].astype(float)
    errors = ((short_training.network.output(x, params) - x) ** 2).mean(axis=1)
    assert -10 * np.log10(errors).mean() > 12.85  # what was asked for, on the letters themselves


def test_alphabets_differ_and_their_letters_do():
    rng = np.random.default_rng(0)
    one, other = invented(rng, 4), invented(rng, 4)
    x, y = one.write(50, rng)
    assert x.shape == (200, 1024) and x.dtype == np.float32 and x.min() >= 0 and x.max() <= 1
    assert (y.sum(axis=0) == 50).all() and len(np.unique(x, axis=0)) == 200
    same, again = one.write(50, rng)[0].mean(axis=0), x.mean(axis=0)
    assert np.abs(same - again).mean() < np.abs(other.write(50, rng)[0].mean(axis=0) - again).mean()
    still, labels = one.write(2, rng, wild=0.0)
    ink = [(still[labels[:, k] == 1] < 0.5) for k in range(4)]
    for first, second in ink:  # only the pen differs
        assert (first & second).sum() > 0.5 * min(first.sum(), second.sum())
