"""Exercise 1.2: words that are equally frequent."""

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.2")


@points(1)
@hint("Sort by two things: the count, and among equal counts the word. A key may be a tuple.")
def test_ties_in_the_order_of_the_alphabet(student):
    found = [pair[0] for pair in expect.sequence(student.most_frequent("b c a c b a d", 3), 3)]
    expect.equal(found, ["a", "b", "c"], what="three words that are equally frequent, in order")
