"""A network that is not one's own is known, whatever was done to it; a stranger's is not."""

import io

import numpy as np
import pytest

from benchmarks.likeness import first_trainings
from exercises.handed_network import likeness as rules
from exercises.handed_network.likeness import FORM, Likeness, compared, imprint, likeness
from exercises.handed_network.network import FULL_MARKS, is_the_courses_own
from exercises.sample_class.submissions import trained_network
from exercises.unseen.fresh_letters import course_letters
from helpers.for_checks.network_file import share_right
from helpers.networks import PARAMETERS, load_network, read_network
from tests.disguises import kept, outputs_anew, played, rare_pixel, rare_pixels, two_for_one


def as_bytes(params):
    file = io.BytesIO()
    np.savez(file, **params)
    return file.getvalue()


def found(one, other):
    return likeness(*compared([imprint(one), imprint(other)]))


@pytest.fixture(scope="module")
def networks():
    """The course's own, and that of a classmate."""
    return {"the course's": load_network(), "a classmate's": read_network(trained_network())}


def reads(params):
    validation = course_letters().validation
    return share_right(params, validation.x, validation.y)


@pytest.mark.parametrize("whose", ["the course's", "a classmate's"])
@pytest.mark.parametrize("name", played)
def test_a_disguise_hides_no_copy(networks, name, whose):
    copy = played[name](networks[whose], np.random.default_rng(3))
    evidence = found(copy, networks[whose])
    assert evidence.copied and evidence.turned().copied
    assert is_the_courses_own(as_bytes(copy)) == (whose == "the course's")
    # It would have earned points: all of them, but for the one that mixes all disguises.
    assert reads(copy) > FULL_MARKS["validation"] - (0.1 if name == "all_at_once" else 0)


def test_the_evidence_says_how_much(networks):
    own, mate = networks.values()
    assert found(own, own) == Likeness(64, 64, 64, 64, 504, pytest.approx(1.0), 64)
    half = kept(own, np.arange(32))
    assert (found(half, own).here, found(half, own).units_there) == (32, 64)
    assert found(own, mate).here < 10 and not found(own, mate).copied


# --- What each part of the comparison is good for: without it, an attack gets through -----------


def by_the_largest_weight(one, other):
    """As copies were looked for once: what counts is set against the largest weight of a unit."""
    x = course_letters().validation.x[::14].astype(float)

    def answers(params):
        W = params["Wlayer1"].astype(float)
        Z = np.round(127 * (x - x.mean(axis=0)) @ (W / np.abs(W).max(axis=0)) / len(x))
        return Z / np.maximum(np.linalg.norm(Z, axis=0), 1e-12)

    return (np.abs(answers(one).T @ answers(other)) > 0.9).any(axis=1).mean()


def test_one_large_weight_would_hide_all_others(networks):
    own = networks["the course's"]
    copy = rare_pixel(own, np.random.default_rng(3))
    assert by_the_largest_weight(copy, own) < 0.1
    assert found(copy, own).share == 1.0


def test_without_a_bound_for_a_pixel_rare_ones_hide_a_copy(networks, monkeypatch):
    own = networks["the course's"]
    copy = outputs_anew(rare_pixels(own, np.random.default_rng(3)))
    assert found(copy, own).share == 1.0
    monkeypatch.setattr(rules, "LARGEST", 1e9)
    assert not found(copy, own).copied


def test_without_halves_two_for_one_hides_a_copy(networks, monkeypatch):
    own = networks["the course's"]
    copy = two_for_one(own, np.random.default_rng(3))
    assert found(copy, own).copied and found(own, copy).copied
    monkeypatch.setattr(rules, "HALVES", 2.0)
    assert not found(copy, own).copied


def test_a_few_units_of_the_courses_are_known_beside_others(networks):
    """Sixteen of its units read 74 % with an output layer of one's own."""
    own, rng = networks["the course's"], np.random.default_rng(4)
    few = kept(own, rng.permutation(64)[:16])
    others = networks["a classmate's"]
    mixed = {name: np.concatenate([few[name], others[name][..., :48] if name == "Wlayer1"
                                   else others[name][:48]], axis=int(name == "Wlayer1"))
             for name in PARAMETERS[:3]}  # fmt: skip
    mixed["boutput"] = own["boutput"]
    assert is_the_courses_own(as_bytes(mixed))
    assert not found(mixed, own).copied  # but it takes more to name a classmate


def test_letters_are_drawn_from_what_is_compared(networks):
    """Who changes a weight to suit the letters gets others."""
    own = networks["the course's"]
    text = imprint(own)
    nudged = {**own, "Wlayer1": own["Wlayer1"] + np.float32(0.01)}
    one, two = compared([text, text])[0], compared([text, imprint(nudged)])[0]
    assert not np.array_equal(one, two)
    np.testing.assert_array_equal(one, compared([text, text])[1])
    there = compared([imprint(nudged), text])[1]
    np.testing.assert_array_equal(two, there)  # the order in which they come is nothing


# --- Those of others -------------------------------------------------------------------------


def test_units_that_do_nothing_are_nobodys(networks):
    own = networks["the course's"]
    for value in (0.0, 1.0, 1e300):
        dead = {**own, "Wlayer1": np.full((1024, 64), value)}
        assert found(dead, own).here == 0
    still = {**own, "Wlayer1": np.zeros((1024, 64))}
    assert found(still, still).here == 0


def test_odd_weights_do_not_stop_the_comparison(networks):
    own = networks["the course's"]
    huge, tiny = ({k: v.astype(float) * f for k, v in own.items()} for f in (1e300, 1e-300))
    assert found(huge, tiny).share == 1.0
    one = kept(own, np.arange(1))
    assert found(one, own).here == 1 and not found(one, own).copied


@pytest.mark.parametrize("text", ["", "2:", "AAAA", "2:AAAA", "2:\x00", FORM + "é", "1" * 20000])
def test_a_text_that_is_no_imprint_is_like_nothing(networks, text):
    own = imprint(networks["the course's"])
    none, units = compared([text, own])
    assert none.shape == (504, 0) and units.shape == (504, 64)
    assert not likeness(none, units).copied and not likeness(units, none).copied


def test_an_imprint_is_small(networks):
    assert len(imprint(networks["the course's"])) < 90_000


@pytest.mark.slow
def test_networks_that_were_trained_apart_are_not_alike():
    """`benchmarks.likeness` has more of them."""
    pairs = first_trainings(3)
    assert max(pair.share for pair in pairs) < rules.COPIED / 2
    assert not any(pair.copied or pair.taken for pair in pairs)
