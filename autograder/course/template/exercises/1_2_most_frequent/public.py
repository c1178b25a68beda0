"""Exercise 1.2: the most frequent words of a text, with their counts."""

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.2")
TEXT = "red blue red green blue red"


def pairs(value):
    """What came back as a list of pairs, each a word and a number."""
    found = [expect.sequence(pair, 2, "an entry") for pair in expect.sequence(value)]
    return [(word, int(expect.number(count, f"the count of {word}"))) for word, count in found]


@points(1)
@hint("Go through the words once, and keep a dict from each word to its count.")
def test_counts(student):
    found = dict(pairs(student.most_frequent(TEXT, 3)))
    expect.equal(found, {"red": 3, "blue": 2, "green": 1}, what="the counts")


@points(1)
@hint("`sorted(..., key=...)` sorts by whatever the key gives; the largest count comes first.")
def test_most_frequent_first(student):
    found = [word for word, _ in pairs(student.most_frequent(TEXT, 2))]
    expect.equal(found, ["red", "blue"], what="the two most frequent words, in order")
