"""A sheet to print and fill in by hand, and how its photograph is cut up into labelled letters.

Every cell says what to write in it, so every letter comes with its label.  Four round marks in
the corners say where the sheet is in the photograph; a fifth, beside the first, which way up.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image
from scipy import ndimage

from helpers.crops import normalise_crop
from helpers.datasets.model import CLASSES, Split, one_hot
from helpers.errors import DataError
from helpers.images import enlarge, load_photograph, shrink

PAPER = (210.0, 297.0)
"""Width and height of the sheet (A4), in millimetres; so is everything below."""
COLUMNS, ROWS = 12, 18
"""Six cells for each of the 36 characters: three rows hold them all once."""
CELL = (15.0, 13.6)
CORNER = (15.0, 34.0)
"""Left and top edge of the first cell."""
LABEL = 3.2
"""The height of the strip in a cell that says what to write."""
INSET = 0.9
"""What is left out along the edges of a box: its frame, should the paper not lie quite flat."""
RADIUS = 3.0
MARKS = np.array([[10.0, 27.0], [200.0, 27.0], [200.0, 286.0], [10.0, 286.0]])
"""The marks' middles (x, y): top left, top right, bottom right, bottom left."""
FIFTH = np.array([20.0, 27.0])

PIXELS = 4_000_000
"""A larger photograph is made smaller."""
PER_MM = 6
"""Pixels to a millimetre in the straightened sheet."""
MOST_MARKS = 12
FAINTEST = 0.1
"""A cell is filled in where some of it is darker than the paper by this share, at least."""
SPECK = 0.004
"""The part of a box that must be so dark: less is a speck."""
REMEDY = "photograph the whole sheet from above, in even light, with all five round marks on it"


def save_sheet(path: str | Path) -> None:
    """Write the empty sheet: one page of A4 with 216 cells.

    Parameters
    ----------
    path : str or Path
        Ends in ``.pdf``, ``.svg`` or ``.png`` (300 dots to the inch).

    Raises
    ------
    DataError
        If it ends in anything else or cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in (".pdf", ".svg", ".png"):
        raise DataError(f"the sheet cannot be written to {path}; its name must end in .pdf")
    try:
        draw_sheet().savefig(path, dpi=300)
    except OSError as err:
        raise DataError(f"the sheet cannot be written to {path} ({err.strerror})") from err


def draw_sheet() -> Figure:
    """The sheet as a figure of 210 x 297 mm."""
    figure = Figure(figsize=(PAPER[0] / 25.4, PAPER[1] / 25.4), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, PAPER[0]), ylim=(PAPER[1], 0))
    axes.axis("off")
    axes.text(CORNER[0], 13, "One character in each box, in your own hand", size=15, va="center")
    axes.text(
        CORNER[0], 19.5,
        "Dark pen, inside the boxes; leave out what you like. Then photograph the whole sheet from "
        "above, all round marks included.",
        size=8, va="center",
    )  # fmt: skip
    for middle in (*MARKS, FIFTH):
        axes.add_patch(Circle(middle, RADIUS, color="black", linewidth=0))
    for k in range(ROWS * COLUMNS):
        x, y, width, height = box(k)
        axes.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor="0.8", linewidth=0.6))
        axes.text(
            x + width / 2, y - LABEL / 2, told(label(k)), size=7, color="0.45", ha="center",
            va="center",
        )  # fmt: skip
    return figure


def box(cell: int) -> tuple[float, float, float, float]:
    """Where to write in a cell, counted row by row: left, top, width, height in millimetres."""
    row, column = divmod(cell, COLUMNS)
    left, top = CORNER[0] + column * CELL[0], CORNER[1] + row * CELL[1]
    return left + 0.5, top + LABEL, CELL[0] - 1.0, CELL[1] - LABEL - 0.2


def label(cell: int) -> int:
    """What to write in a cell: a class from 0 to 35."""
    return cell % len(CLASSES)


def told(number: int) -> str:
    """How a cell names a class; O and zero look alike in print."""
    return {"0": "0 (zero)"}.get(CLASSES[number], CLASSES[number])


def read_sheet(image: np.ndarray | str | Path) -> Split:
    """Cut a filled-in sheet up into labelled letters.

    Parameters
    ----------
    image : str, Path, or ndarray of shape (H, W), float in 0..1
        A photograph of the sheet, any way up; light may be uneven, the camera askew.

    Returns
    -------
    Split
        A row for each cell that is filled in, like those of ``load("letters")``: ``x`` (N, 1024),
        float32, ink 0 on paper 1; ``y`` (N, 36).  Cells that are left empty are left out.

    Raises
    ------
    DataError
        If the file cannot be read, the marks are not found, or no cell is filled in.
    """
    if isinstance(image, str | Path):
        image = load_photograph(image, max_pixels=PIXELS)
    ink = paper_removed(np.asarray(image, dtype=np.float32))
    flat = straighten(ink, find_marks(ink))
    cuts = [cut_box(flat, k) for k in range(ROWS * COLUMNS)]
    faintest = max(FAINTEST, 6 * float(np.median([_noise(cut) for cut in cuts])))
    filled = [k for k, cut in enumerate(cuts) if _written(cut, faintest)]
    crops = [normalise_crop(1.0 - cuts[k]).ravel() for k in filled]
    written = [(k, crop) for k, crop in zip(filled, crops, strict=True) if crop.min() < 0.5]
    if not written:
        raise DataError("no cell of the sheet is filled in; write with a dark pen")
    x = np.array([crop for _, crop in written], dtype=np.float32)
    return Split(x, one_hot(np.array([label(k) for k, _ in written]), len(CLASSES), np.float32))


def _written(cut: np.ndarray, faintest: float) -> bool:
    """Whether enough of a box is darker than most of it."""
    return bool((ndimage.median_filter(cut, 3) > np.median(cut) + faintest).mean() > SPECK)


def _noise(cut: np.ndarray) -> float:
    """How much the paper's brightness varies: the median distance from the median."""
    return float(np.median(np.abs(cut - np.median(cut))))


def paper_removed(image: np.ndarray) -> np.ndarray:
    """How much darker than the paper each pixel is, as a share: shape (H, W), 0 to 1."""
    step = max(1, round(max(image.shape) / 500))
    small = shrink(image, step)
    reach = max(5, max(small.shape) // 15) | 1  # wider than a mark
    paper = ndimage.grey_closing(ndimage.median_filter(small, 3), (reach, reach), mode="nearest")
    paper = enlarge(ndimage.uniform_filter(paper, 5, mode="nearest"), image.shape, step)
    return np.clip(1.0 - image / np.maximum(paper, 0.02), 0.0, 1.0)


def find_marks(ink: np.ndarray) -> np.ndarray:
    """Find the middles (x, y) of the four marks, in the order of `MARKS`: shape (4, 2).

    Among all round spots, four are looked for that lie so that the fifth is where it belongs.

    Raises
    ------
    DataError
        If there are no such four.
    """
    spots = round_spots(ink)
    best, found = 0.5, None
    for four in combinations(spots[:MOST_MARKS], 4):
        corners = _clockwise(np.array(four))
        for turn in range(4):
            turned = np.roll(corners, turn, axis=0)
            score = _fifth_is_there(ink, turned)
            if score > best:
                best, found = score, turned
    if found is None:
        raise DataError(f"the marks of the sheet are not found in the photograph; {REMEDY}")
    return found


def round_spots(ink: np.ndarray) -> list[np.ndarray]:
    """The middles (x, y) of solid round spots, the largest first.

    A spot is solid and round, however askew it is seen, if it is as large as the ellipse that has
    the same moments; letters and frames are far smaller.
    """
    pieces, count = ndimage.label(ink > 0.45)
    if count == 0:
        return []
    area = np.bincount(pieces.ravel(), minlength=count + 1)
    spots = []
    for k, place in enumerate(ndimage.find_objects(pieces), start=1):
        if area[k] < 40 or area[k] > ink.size / 200:
            continue
        rows, cols = np.nonzero(pieces[place] == k)
        spread = np.linalg.eigvalsh(np.cov(np.stack([rows, cols])) + np.eye(2) / 12)
        whole = 4 * np.pi * np.sqrt(spread[0] * spread[1])
        if 0.93 < area[k] / whole < 1.07 and spread[1] < 5 * spread[0]:
            middle = np.array([cols.mean() + place[1].start, rows.mean() + place[0].start]) + 0.5
            spots.append((area[k], middle))
    return [middle for _, middle in sorted(spots, key=lambda spot: -spot[0])]


def _clockwise(points: np.ndarray) -> np.ndarray:
    """Corners in the order in which a clock's hand meets them (y runs downwards)."""
    x, y = (points - points.mean(axis=0)).T
    return points[np.argsort(np.arctan2(y, x))]


def _fifth_is_there(ink: np.ndarray, corners: np.ndarray) -> float:
    """How dark it is at the fifth mark, and how bright where it would be if turned or mirrored."""
    if _area(corners) < ink.size / 8:
        return 0.0
    to_photo = homography(MARKS, corners)
    beside = (FIFTH - MARKS[0])[0]
    places = [FIFTH]
    for k, (x, y) in enumerate(MARKS):
        inwards = beside if k in (0, 3) else -beside
        up = beside if k < 2 else -beside
        places += [np.array([x, y + up])] + ([np.array([x + inwards, y])] if k else [])
    dark = _mean_ink(ink, to_photo, places)
    return float(dark[0] - dark[1:].max())


def _mean_ink(ink: np.ndarray, to_photo: np.ndarray, places: list[np.ndarray]) -> np.ndarray:
    """The mean ink within half a mark's radius of each place."""
    ring = RADIUS / 2 * np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]])
    points = project(to_photo, (np.array(places)[:, None] + ring).reshape(-1, 2))
    x, y = np.floor(points).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < ink.shape[1]) & (y < ink.shape[0])
    values = np.where(inside, ink[np.where(inside, y, 0), np.where(inside, x, 0)], 0.0)
    return values.reshape(len(places), -1).mean(axis=1)


def _area(corners: np.ndarray) -> float:
    (x, y), (to_x, to_y) = corners.T, np.roll(corners, -1, axis=0).T
    return abs(float((x * to_y - to_x * y).sum())) / 2


def homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The projective map that takes four points to four others, as a matrix of shape (3, 3).

    Parameters
    ----------
    source, target : ndarray, shape (4, 2)
        Points (x, y), no three of them in a line.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> project(homography(square, 2 * square + 5), np.array([[0.5, 0.5]]))
    array([[6., 6.]])
    """
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    try:
        return np.append(np.linalg.solve(np.array(rows, dtype=float), right), 1.0).reshape(3, 3)
    except np.linalg.LinAlgError:  # three in a line: send all points to nowhere
        return np.array([[0.0, 0.0, -1.0], [0.0, 0.0, -1.0], [0.0, 0.0, 1.0]])


def project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Map points (x, y), shape (N, 2), by a matrix of `homography`."""
    seen = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    depth = np.where(np.abs(seen[:, 2:]) < 1e-9, 1e-9, seen[:, 2:])
    return seen[:, :2] / depth


def straighten(ink: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """The sheet as seen from right above, `PER_MM` pixels to a millimetre."""
    matrix = homography(MARKS * PER_MM, marks)
    size = tuple(round(side * PER_MM) for side in PAPER)
    flat = Image.fromarray(ink.astype(np.float32)).transform(
        size, Image.Transform.PERSPECTIVE, matrix.ravel()[:8], Image.Resampling.BILINEAR
    )
    return np.asarray(flat)


def cut_box(flat: np.ndarray, cell: int) -> np.ndarray:
    """What is written in a cell of a straightened sheet, without the box's frame."""
    left, top, width, height = box(cell)
    x1, y1 = (round((v + INSET) * PER_MM) for v in (left, top))
    x2, y2 = (round((v - INSET) * PER_MM) for v in (left + width, top + height))
    return flat[y1:y2, x1:x2]


def main(arguments: Sequence[str]) -> int:
    """``python -m helpers sheet OUT.pdf``; a `CourseError` is one line and exit status 2."""
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        print("usage: python -m helpers sheet OUT.pdf", file=sys.stderr)
        return 0 if list(arguments) in (["-h"], ["--help"]) else 2
    try:
        save_sheet(arguments[0])
    except DataError as error:
        print(f"sheet: {error}", file=sys.stderr)
        return 2
    print(f"{arguments[0]}: print it, fill it in, photograph all of it; read_sheet cuts it up.")
    return 0
