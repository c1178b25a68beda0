"""Exercise 4.3: the arguments, and boxes at the edge."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("4.3")


@points(0.5)
@demand("c")
@hint("Draw on a copy. np.stack and np.repeat make one; `picture = image` does not.")
@after("frames_are_red", "nothing_is_drawn_outside")
def test_photograph_and_boxes_are_left_alone(student, rng):
    image = rng.random((40, 50))
    student.draw_boxes(image, np.array([[5, 6, 20, 30], [2, 31, 39, 49]]), 2)
    expect.arguments_unchanged(student)


@points(0.5)
@demand("c")
@hint("A box may touch the edge of the page, and a page may have no boxes at all.")
@after("frames_begin_at_the_border")
def test_boxes_at_the_edge_and_none(student, rng):
    image = 0.5 * rng.random((30, 40))
    full = student.draw_boxes(image, np.array([[0, 0, 30, 40]]), 1)
    full = expect.array(full, (30, 40, 3), "the picture with one box around everything")
    red = np.isclose(full, [1, 0, 0], atol=1e-6).all(axis=2)
    rim = np.ones((30, 40), dtype=bool)
    rim[1:-1, 1:-1] = False
    expect.true(
        bool(red[rim].all()), "a box as large as the page is not framed by its outermost pixels"
    )
    none = student.draw_boxes(image, np.zeros((0, 4), dtype=int), 1)
    expect.close(none, np.stack([image] * 3, axis=2), what="the picture without boxes")
