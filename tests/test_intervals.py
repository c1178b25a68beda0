"""Ranges written as text: every usual notation is read, and nothing else breaks the reader."""

import math

import pytest

from helpers.checking.failures import CheckFailure
from helpers.errors import IntervalError
from helpers.for_checks import ranges
from helpers.intervals import MAX_LENGTH, Interval, parse_interval

HALF_OPEN = Interval(0.0, 1.0, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "(0, 1]",
        "(0,1]",
        "  ( 0 , 1 ]  ",
        "(0; 1]",
        "]0, 1]",
        "]0;1]",
        "(0.0, 1.0]",
        "(.0, 1.]",
        "(+0, +1]",
        "(-0, 1]",
        "(0, 2/2]",
        "(0, 10e-1]",
        "$(0, 1]$",
        r"$\left(0, 1\right]$",
        r"\bigl( 0,\, \frac{3}{3} \bigr]",
        "(0, 1]\n",
        "\uff080\uff0c1\uff3d",  # full-width brackets and comma
        "(0,\u00a01]",
    ],
)
def test_notations_of_one_range(text):
    assert parse_interval(text) == HALF_OPEN


@pytest.mark.parametrize(
    "text",
    [
        "(-inf, inf)",
        "(-Inf, +INF)",
        "(-infinity, infinity)",
        "(-∞, ∞)",
        "(\u2212∞, +∞)",
        "]-oo, oo[",
        r"(-\infty, \infty)",
        r"$\left(-\infty,\ +\infty\right)$",
        "(-np.inf, math.inf)",
    ],
)
def test_notations_of_infinity(text):
    assert parse_interval(text) == Interval(-math.inf, math.inf, False, False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "begin with a bracket"),
        ("0, 1", "begin with a bracket"),
        ("{0, 1}", "begin with a bracket"),
        ("(", "end with a bracket"),
        ("(0, 1", "end with a bracket"),
        ("(0 1]", "two ends"),
        ("(0, 1, 2]", "two ends"),
        ("(0, d]", "'d' in the range"),
        ("(0, one]", "is no number"),
        ("(0, nan]", "is no number"),
        ("(0, 1j]", "is no number"),
        ("(0, --1]", "is no number"),
        ("(0, 1e999]", "is no number"),
        ("(0, 0x10]", "is no number"),
        ("(0, 1_0]", "is no number"),
        ("(0, 1/0]", "divides by zero"),
        ("(1, 0]", "larger end first"),
        ("(1, 1]", "no number at all"),
        ("(0, 1]" + " " * MAX_LENGTH, "characters long"),
        ("(" * 10**6, "characters long"),
        ("(0, " + "9" * 60 + "]", "is no number"),
        ("(0, 1/" + "1/" * 20 + "1]", "is no number"),
        ("(0, \\frac{" + "{" * 40 + "1]", "is no number"),
        ("(0, \ud8001]", "is no number"),
        ("(0, ٣]x", "end with a bracket"),
    ],
)
def test_other_texts_are_refused_with_a_reason(text, problem):
    with pytest.raises(IntervalError, match=problem):
        parse_interval(text)


@pytest.mark.parametrize("value", [None, 3, ("0", "1"), b"(0, 1]", ["(0, 1]"]])
def test_only_text_is_a_range(value):
    with pytest.raises(IntervalError, match="is text"):
        parse_interval(value)
    with pytest.raises(CheckFailure, match="range"):
        ranges.read(value, "the range")


def test_what_is_written_can_be_read_again():
    for text in ("(0, 1]", "[-1.5, inf)", "(-inf, 0)", "[2, 2]"):
        assert str(parse_interval(text)) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("(0, 1)", "ends at 1, but larger values occur"),
        ("(0, inf)", "ends at inf, but no value comes near that"),
        ("(1, 3)", "begins at 1, but smaller values occur"),
        ("(-inf, 3)", "begins at -inf, but no value comes near that"),
    ],
)
def test_a_wrong_end_is_named(text, problem):
    with pytest.raises(CheckFailure, match=problem):
        ranges.ends(text, 0, 3, what="the range")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[0, 1]", "counts its lower end in"),
        ("(0, 1)", "leaves its upper end out"),
        ("(0, inf]", None),
        ("(-7, 9]", None),  # which numbers they are is another question
    ],
)
def test_a_wrong_bracket_is_named(text, problem):
    if problem is None:
        ranges.brackets(text, low_closed=False, high_closed=True, what="the range")
        return
    with pytest.raises(CheckFailure, match=problem):
        ranges.brackets(text, low_closed=False, high_closed=True, what="the range")


def test_infinity_is_never_counted_in():
    with pytest.raises(CheckFailure, match="infinity is no number"):
        ranges.brackets("(0, inf]", low_closed=False, high_closed=False, what="the range")
