"""Exercise 4.3: boxes drawn on the page."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.for_checks import handwriting

pytestmark = exercise("4.3")
RED = (1.0, 0.0, 0.0)


def picture(rng):
    """A grey image and three boxes in it, none of them square.

    There is room for boxes with x for y, or with corners that are taken for sizes.
    """
    image = 0.2 + 0.6 * rng.random((100, 150))
    corners = np.array([[4, 8], [30, 5], [20, 50]]) + rng.integers(0, 4, (3, 2))
    sizes = np.array([[18, 26], [21, 14], [25, 33]]) + rng.integers(0, 3, (3, 2))
    return image, np.hstack([corners, corners + sizes])


def framed(image, boxes, outer=(0, 0, 0, 0), inner=(0, 0, 0, 0), colour=RED):
    """The picture with frames that reach from one border of the boxes to another, inside it."""
    found = np.stack([image] * 3, axis=2)
    height, width = image.shape
    frame = np.zeros(image.shape, dtype=bool)
    for box in boxes.tolist():
        y1, x1, y2, x2 = (a + b for a, b in zip(box, outer, strict=True))
        this = np.zeros(image.shape, dtype=bool)
        this[max(y1, 0) : min(y2, height), max(x1, 0) : min(x2, width)] = True
        if inner is not None:
            y1, x1, y2, x2 = (a + b for a, b in zip(box, inner, strict=True))
            this[max(y1, 0) : min(y2, height), max(x1, 0) : min(x2, width)] = False
        frame |= this
    for channel, value in enumerate(colour):
        if value is not None:
            found[frame, channel] = value
    return found


def right_and_wrong(image, boxes, t):
    """The right picture, and what pictures come of the usual mistakes."""
    inside = (t, t, -t, -t)
    swapped = boxes[:, [1, 0, 3, 2]]
    sizes = np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])
    mistakes = {
        "the colours are in the order blue, green, red": framed(
            image, boxes, inner=inside, colour=RED[::-1]
        ),
        "the frame has red 1, but green and blue are still those of the photograph": framed(
            image, boxes, inner=inside, colour=(1, None, None)
        ),
        "boxes are drawn as [x1, y1, x2, y2]: rows come first": framed(
            image, swapped, inner=inside
        ),
        "boxes are drawn as [y1, x1, height, width]: the last two are a corner": framed(
            image, sizes, inner=inside
        ),
        "the frame lies around the box, outside of it": framed(
            image, boxes, (-t, -t, t, t), (0, 0, 0, 0)
        ),
        "the frame lies on both sides of the border of the box": framed(
            image, boxes, (-t, -t, t, t), inside
        ),
        "row y2 and column x2 are drawn, which are just outside of the box": framed(
            image, boxes, (0, 0, 1, 1), (t, t, 1 - t, 1 - t)
        ),
        "the frame ends a pixel short of the lower and the right side of the box": framed(
            image, boxes, (0, 0, -1, -1), (t, t, -1 - t, -1 - t)
        ),
        "the frames are one pixel wider than `thickness`": framed(
            image, boxes, inner=(t + 1, t + 1, -t - 1, -t - 1)
        ),
        "the frames are one pixel narrower than `thickness`": framed(
            image, boxes, inner=(t - 1, t - 1, 1 - t, 1 - t)
        ),
        "the boxes are painted red all over": framed(image, boxes, inner=None),
        "only the first box has a frame": framed(image, boxes[:1], inner=inside),
        "only the last box has a frame": framed(image, boxes[-1:], inner=inside),
        "the upper and the left side are drawn, the lower and the right one are not": framed(
            image, boxes, inner=(t, t, 0, 0)
        ),
    }  # fmt: skip
    return framed(image, boxes, inner=inside), mistakes


def shaped_picture(value, image):
    """What came back, seen to be a picture in colours."""
    return handwriting.shaped(
        value, (*image.shape, 3), "the picture", "(H, W, 3): three colours for each pixel"
    )


def drawn(student, image, boxes, thickness):
    """The picture, the right one, and the name of the mistake where it is a known one."""
    found = shaped_picture(student.draw_boxes(image, boxes, thickness), image)
    right, mistakes = right_and_wrong(image, boxes, thickness)
    diagnosis = expect.diagnose(found, mistakes)
    if not diagnosis and found.max() > 1 + 1e-6:
        diagnosis = f"there are values up to {found.max():g}, where colours run from 0 to 1"
    return found, right, diagnosis


def same(a, b):
    """Which pixels have the same colour."""
    return np.isclose(a, b, atol=1e-6).all(axis=2)


def regions(shape, boxes, thickness):
    """Which pixels are frame, which are inside a frame."""
    frame, inside = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for y1, x1, y2, x2 in boxes.tolist():
        frame[y1:y2, x1:x2] = True
        inside[y1 + thickness : y2 - thickness, x1 + thickness : x2 - thickness] = True
    return frame & ~inside, inside


@points(0.5)
@demand("a")
@hint("Look at the picture: is each side of each box a line of pure red, [1, 0, 0]?")
def test_frames_are_red(student, rng):
    """Where exactly the frames lie is the business of other checks."""
    image, boxes = picture(rng)
    found, _, diagnosis = drawn(student, image, boxes, 3)
    red = same(found, RED)
    sides = 0
    for y1, x1, y2, x2 in boxes.tolist():
        y, x = (y1 + y2) // 2, (x1 + x2) // 2
        lines = (red[max(y1 - 2, 0) : y1 + 3, x], red[y2 - 3 : y2 + 2, x],
                 red[y, max(x1 - 2, 0) : x1 + 3], red[y, x2 - 3 : x2 + 2])  # fmt: skip
        sides += sum(bool(line.any()) for line in lines)
    if sides < 4 * len(boxes):
        raise CheckFailure(
            f"of the {4 * len(boxes)} sides of {len(boxes)} boxes, {sides} have a red line",
            got=f"at the top left corner of the first box: {found[boxes[0, 0], boxes[0, 1]]}",
            expected="red 1, green 0, blue 0",
            diagnosis=diagnosis,
        )


@points(0.5)
@demand("a")
@hint("A frame lies inside its box: from row y1 to row y2 - 1, from column x1 to column x2 - 1.")
@after("frames_are_red")
def test_frames_begin_at_the_border(student, rng):
    image, boxes = picture(rng)
    found, _, diagnosis = drawn(student, image, boxes, 3)
    border, _ = regions(image.shape, boxes, 1)
    red = same(found, RED)
    if not red[border].all():
        raise CheckFailure(
            f"of {border.sum()} outermost pixels of the boxes, {int(red[border].sum())} are red",
            got=f"row and column of one that is not: {np.argwhere(border & ~red)[0].tolist()}",
            diagnosis=diagnosis,
        )


@points(0.5)
@demand("a")
@hint("A frame is as wide as `thickness` says, here 2 and then 4 pixels, on all four sides.")
@after("frames_are_red")
def test_frames_are_as_wide_as_asked_for(student, rng):
    image, boxes = picture(rng)
    wide, diagnoses = {}, []
    for thickness in (2, 4):
        found, _, diagnosis = drawn(student, image, boxes, thickness)
        red = same(found, RED)
        wide[thickness] = [
            _run(red[(y1 + y2) // 2, max(x1 - thickness - 1, 0) : (x1 + x2) // 2])
            for y1, x1, y2, x2 in boxes.tolist()
        ]
        diagnoses.append(diagnosis)
    if wide[2] == wide[4] and len(set(diagnoses)) > 1:
        diagnoses.insert(0, "the frames are equally wide, whatever `thickness` is")
    for thickness, found in wide.items():
        if set(found) != {thickness}:
            raise CheckFailure(
                f"with a thickness of {thickness} the left sides are not {thickness} pixels wide",
                got=f"{found} pixels",
                expected=f"{thickness} pixels each",
                diagnosis=next(filter(None, diagnoses), ""),
            )


@points(0.25)
@demand("a")
@hint("Without the last argument a frame is 3 pixels wide: thickness=3 in the first line.")
@after("frames_are_red")
def test_frames_are_three_wide_by_default(student, rng):
    """Whatever else is wrong with the frames is wrong in both pictures."""
    image, boxes = picture(rng)
    without = shaped_picture(student.draw_boxes(image, boxes), image)
    with_3 = shaped_picture(student.draw_boxes(image, boxes, 3), image)
    expect.true(
        bool(same(without, with_3).all()),
        "without the argument `thickness` the picture is not that with a thickness of 3",
        got=f"{int((~same(without, with_3)).sum())} pixels differ",
    )


def _run(line):
    """How many pixels are red without a gap, from the first red one on."""
    line = line[line.argmax() :]
    return len(line) if line.all() else int(line.argmin())


@points(0.5)
@demand("b")
@hint("Outside of the boxes the picture is the photograph: the same grey in all three colours.")
@after("frames_are_red")
def test_nothing_is_drawn_outside(student, rng):
    image, boxes = picture(rng)
    found, right, diagnosis = drawn(student, image, boxes, 3)
    frame, inside = regions(image.shape, boxes, 3)
    wrong = ~(frame | inside) & ~same(found, right)
    if wrong.any():
        raise CheckFailure(
            f"{int(wrong.sum())} pixels outside of the boxes are not as they were",
            got=show(found[wrong][:2].round(3).tolist()),
            diagnosis=diagnosis,
        )


@points(0.5)
@demand("b")
@hint("Only a frame is red; the letter inside it must be seen.")
@after("frames_are_red")
def test_letters_are_still_seen(student, rng):
    """Right behind the frame another check looks; here it is what is farther inside."""
    image, boxes = picture(rng)
    found, right, diagnosis = drawn(student, image, boxes, 2)
    _, inside = regions(image.shape, boxes, 4)
    wrong = inside & ~same(found, right)
    if wrong.any():
        raise CheckFailure(
            f"with frames 2 pixels wide, {int(wrong.sum())} pixels well inside of the frames are "
            "not those of the photograph",
            got=show(found[wrong][:2].round(3).tolist()),
            diagnosis=diagnosis,
        )


@points(0.25)
@demand("a", "b")
@hint("How many pixels are inside of a frame that is 4 wide, in a box 9 wide? And in one 8 wide?")
@after("frames_are_as_wide_as_asked_for")
def test_narrow_boxes(student, rng):
    """The box of a 1 may be hardly wider than the two sides of its frame, or just as wide."""
    image, boxes = picture(rng)
    found, right, _ = drawn(student, image, boxes, 4)
    if not same(found, right).all():
        return  # What is wrong with ordinary boxes has been charged.
    boxes = np.array([[5, 10, 45, 19], [60, 40, 69, 90], [10, 60, 50, 68]])
    found = shaped_picture(student.draw_boxes(image, boxes, 4), image)
    expect.close(
        found, framed(image, boxes, inner=(4, 4, -4, -4)),
        what="the picture with frames 4 wide around boxes 9, 9 and 8 pixels wide or high",
        mistakes={
            "nothing is left of a narrow box: it is red all over": framed(image, boxes, inner=None),
            "narrow boxes have no frame": framed(image, boxes[:0]),
        },
    )  # fmt: skip
