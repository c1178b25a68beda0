"""Exercise 1.1: texts at the edge."""

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.1")


@points(1)
@hint("Where nothing is left of a piece once its marks are off, there was no word.")
def test_marks_alone_are_no_words(student):
    found = expect.sequence(student.words("yes - no ... well"), what="the list of words")
    expect.equal(found, ["yes", "no", "well"], what="the list of words of a text with a dash")
