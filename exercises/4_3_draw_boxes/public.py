"""Exercise 4.3: boxes drawn on the page."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("4.3")


def picture(rng):
    """A grey image and three boxes in it, none of them square."""
    image = 0.2 + 0.6 * rng.random((60, 90))
    corners = np.array([[4, 8], [30, 5], [20, 50]]) + rng.integers(0, 4, (3, 2))
    sizes = np.array([[18, 26], [21, 14], [25, 33]]) + rng.integers(0, 3, (3, 2))
    return image, np.hstack([corners, corners + sizes])


def regions(shape, boxes, thickness):
    """Which pixels are frame, which are inside a frame."""
    frame, inside = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for y1, x1, y2, x2 in boxes.tolist():
        frame[y1:y2, x1:x2] = True
        inside[y1 + thickness : y2 - thickness, x1 + thickness : x2 - thickness] = True
    return frame & ~inside, inside


def drawn(student, image, boxes, thickness):
    value = student.draw_boxes(image, boxes, thickness)
    return expect.array(value, (*image.shape, 3), "the picture")


@points(1)
@hint("A frame is `thickness` pixels wide and lies inside its box: rows y1 to y2 - 1.")
def test_frames_are_red(student, rng):
    image, boxes = picture(rng)
    found = drawn(student, image, boxes, 3)
    frame, _ = regions(image.shape, boxes, 3)
    red = np.isclose(found, [1, 0, 0], atol=1e-6).all(axis=2)
    expect.true(
        bool(red[frame].all()),
        f"of {frame.sum()} pixels of frames, {int(red[frame].sum())} are red",
        got=f"at the top left corner of the first box: {found[boxes[0, 0], boxes[0, 1]]}",
        expected="red 1, green 0, blue 0",
    )


@points(1)
@hint("Outside of the boxes the picture is the photograph: the same grey in all three colours.")
@after("frames_are_red")
def test_nothing_is_drawn_outside(student, rng):
    image, boxes = picture(rng)
    found = drawn(student, image, boxes, 3)
    frame, inside = regions(image.shape, boxes, 3)
    outside = ~(frame | inside)
    grey = np.isclose(found, image[..., None], atol=1e-6).all(axis=2)
    expect.true(
        bool(grey[outside].all()),
        f"{int((~grey)[outside].sum())} pixels outside of the boxes are not as they were",
        got=found[outside][~grey[outside]][:2],
    )


@points(1)
@hint("Only a frame is red; the letter inside it must be seen.")
@after("frames_are_red")
def test_letters_are_still_seen(student, rng):
    image, boxes = picture(rng)
    found = drawn(student, image, boxes, 2)
    _, inside = regions(image.shape, boxes, 2)
    grey = np.isclose(found, image[..., None], atol=1e-6).all(axis=2)
    expect.true(
        bool(grey[inside].all()),
        f"with frames 2 pixels wide, {int((~grey)[inside].sum())} pixels inside of the frames "
        "are not those of the photograph",
        got=found[inside][~grey[inside]][:2],
    )
