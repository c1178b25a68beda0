"""Exercise 1.1: a text as a list of its words."""

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.1")


@points(1)
@hint("`text.split()` cuts a text at its spaces; `.strip(',.;:!?')` takes marks off a word's ends.")
def test_words_of_a_sentence(student):
    found = expect.sequence(student.words("Reading, writing; reading."), 3, "the list of words")
    expect.equal(found, ["reading", "writing", "reading"], what="the list of words")


@points(1)
@hint("`word.lower()` makes small letters of capitals.")
def test_capitals_do_not_count(student):
    found = expect.sequence(student.words("The owl. THE OWL!"), what="the list of words")
    expect.equal(found, ["the", "owl", "the", "owl"], what="the list of words")
