"""The sheet to fill in: filled in by fonts that no network has seen, photographed, cut up."""

import io

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from helpers import sheets
from helpers.datasets import load
from helpers.errors import DataError

CELLS = sheets.ROWS * sheets.COLUMNS


@pytest.fixture(scope="module")
def empty():
    """The sheet as a printer prints it: shape (1169, 827), 0 to 1."""
    file = io.BytesIO()
    sheets.draw_sheet().savefig(file, dpi=100)
    return np.asarray(Image.open(file).convert("L")) / 255.0


def fill_in(empty, cells, rng, darkness=0.8):
    """Write test images of the letters into some cells; return the page and the images."""
    letters, page, originals = load("letters").test, empty.copy(), []
    per_mm = empty.shape[1] / sheets.PAPER[0]
    for cell in cells:
        image = letters.images[rng.choice(np.flatnonzero(letters.labels == sheets.label(cell)))]
        x, y, width, height = (v * per_mm for v in sheets.box(cell))
        side = round(height * rng.uniform(0.75, 0.95))
        ink = np.clip(ndimage.zoom(1.0 - image, side / 32, order=1), 0, 1)
        left = round(x + (width - side) * rng.uniform(0.3, 0.7))
        top = round(y + (height - side) * rng.uniform(0.3, 0.7))
        spot = page[top : top + ink.shape[0], left : left + ink.shape[1]]
        spot *= 1.0 - darkness * ink
        originals.append(image.ravel())
    return page, np.array(originals)


def bend(page, millimetres):
    """Let the paper lie uneven: its middle is seen a little aside."""
    height, width = page.shape
    y, x = np.mgrid[:height, :width]
    by = millimetres * width / sheets.PAPER[0]
    places = [y + by * np.sin(np.pi * x / width), x - by * np.sin(np.pi * y / height)]
    return ndimage.map_coordinates(page, places, order=1, mode="nearest")


def photograph(page, rng, turns=0, askew=0.06, shape=(1500, 1200), shadow=0.3, noise=0.01):
    """Lay the page on a dark table and look at it askew, in uneven light."""
    page = np.rot90(page, turns)
    if turns % 2:
        shape = shape[::-1]
    height, width = shape
    frame = np.array([[0.08, 0.06], [0.92, 0.06], [0.92, 0.94], [0.08, 0.94]])
    corners = (frame + askew * rng.uniform(-1, 1, (4, 2))) * [width, height]
    h, w = page.shape
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=float)
    back = sheets.homography(corners, source)
    sheet = np.pad(page, 1, constant_values=0.25)  # the edge stands for the table all around
    y, x = np.mgrid[:height, :width]
    points = sheets.project(back, np.stack([x.ravel() + 0.5, y.ravel() + 0.5], axis=1)) + 0.5
    seen = ndimage.map_coordinates(sheet, points.T[::-1], order=1, mode="nearest")
    light = 0.85 - shadow * (x / width + y / height) / 2
    picture = ndimage.gaussian_filter(seen.reshape(shape), 0.7) * light
    return np.clip(picture + noise * rng.standard_normal(shape), 0, 1)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_every_cell_gets_its_label_and_empty_cells_are_left_out(empty, turns):
    rng = np.random.default_rng(turns)
    cells = np.flatnonzero(rng.random(CELLS) < 0.7)
    page, originals = fill_in(empty, cells, rng)
    found = sheets.read_sheet(photograph(page, rng, turns))
    assert found.labels.tolist() == [sheets.label(cell) for cell in cells]
    assert found.x.dtype == found.y.dtype == np.float32 and found.y.shape == (len(cells), 36)
    alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(found.x, originals, strict=True)]
    assert np.median(alike) > 0.85 and np.mean(np.array(alike) > 0.6) > 0.95


@pytest.mark.parametrize(
    "how",
    [
        {"shadow": 0.6},
        {"askew": 0.0, "noise": 0.03},
        {"shape": (2400, 2000)},
        {"askew": 0.08, "shape": (1300, 1300)},
    ],
)
def test_other_light_and_other_cameras(empty, how):
    rng = np.random.default_rng(len(str(how)))
    cells = np.arange(0, CELLS, 2)
    page, _ = fill_in(empty, cells, rng, darkness=0.6)
    found = sheets.read_sheet(photograph(page, rng, **how))
    assert found.labels.tolist() == [sheets.label(cell) for cell in cells]


def test_paper_that_is_not_quite_flat(empty):
    rng = np.random.default_rng(8)
    cells = np.arange(0, CELLS, 3)
    page, _ = fill_in(empty, cells, rng)
    found = sheets.read_sheet(photograph(bend(page, 1.0), rng))
    assert found.labels.tolist() == [sheets.label(cell) for cell in cells]


def test_a_photograph_in_a_file(empty, tmp_path):
    rng = np.random.default_rng(5)
    cells = [0, 40, 100, 215]
    page, _ = fill_in(empty, cells, rng)
    picture = Image.fromarray(np.rint(photograph(page, rng) * 255).astype(np.uint8))
    picture.convert("RGB").save(tmp_path / "mine.jpg", quality=85)
    assert sheets.read_sheet(tmp_path / "mine.jpg").labels.tolist() == [0, 4, 28, 35]


def test_an_empty_sheet_and_other_pictures_are_refused(empty, tmp_path):
    rng = np.random.default_rng(6)
    with pytest.raises(DataError, match="no cell"):
        sheets.read_sheet(photograph(empty, rng))
    without = empty.copy()
    without[-100:] = 1.0  # the two lower marks are cut off
    letters = load("letters").test.images[0]
    for image in (photograph(without, rng), letters, np.ones((60, 40)), np.zeros((60, 40)),
                  rng.random((300, 200)), empty[:, ::-1]):  # fmt: skip
        with pytest.raises(DataError, match="marks of the sheet"):
            sheets.read_sheet(image)
    with pytest.raises(DataError, match="no file"):
        sheets.read_sheet(tmp_path / "nothing.jpg")


@pytest.mark.parametrize("ending", ["pdf", "svg", "png"])
def test_the_sheet_is_one_page_of_a4(tmp_path, ending):
    path = tmp_path / f"sheet.{ending}"
    sheets.save_sheet(path)
    raw = path.read_bytes()
    if ending == "pdf":
        assert raw.startswith(b"%PDF") and raw.count(b"/MediaBox [ 0 0 595.2") == 1
    if ending == "png":
        assert Image.open(path).size == (2480, 3507)
    with pytest.raises(DataError, match=r"end in \.pdf"):
        sheets.save_sheet(tmp_path / "sheet.docx")
    with pytest.raises(DataError, match="cannot be written"):
        sheets.save_sheet(tmp_path / "nowhere" / "sheet.pdf")


def test_each_character_has_six_cells():
    assert np.bincount([sheets.label(k) for k in range(CELLS)]).tolist() == [6] * 36
