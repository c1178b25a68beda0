"""Exercise 1.6, hidden: depths from none to many."""

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.6")


@after("shrink_bound")
@points(0.5)
@demand("g")
@hint("The bound must hold for every n from 0 upwards, and for large weights as for small ones.")
def test_shrink_bound_at_any_depth(student):
    expect.close(student.shrink_bound(0, 0.25, 1.0), 1.0, what="the bound for no layer at all")
    expect.close(student.shrink_bound(1, 0.25, 3.0), 0.75, what="the bound for one layer")
    expect.close(
        student.shrink_bound(10, 0.25, 8.0),
        1024.0,
        what="the bound for ten layers of large weights",
    )
    expect.close(
        student.shrink_bound(40, 0.25, 1.0),
        0.5**80,
        what="the bound for forty layers",
        atol=0,
    )
