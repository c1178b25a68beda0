"""The sample pages, and the pages made on the spot: what is said of them is true."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from data.letters import fonts
from data.pages import build
from data.pages.plan import read_plans
from data.pages.view import choose_view
from helpers.boxes import found_and_true, overlaps
from helpers.datasets import CLASSES
from helpers.datasets.folders import data_folder
from helpers.datasets.pages import load_page, load_pages, page_names
from helpers.errors import DataError
from helpers.small_pages import clear_letters, make_small_page
from tests.left_out import FONTS

PAGES = load_pages()


def test_there_are_enough_and_they_are_small():
    assert len(PAGES) >= 12
    assert sum(page.path.stat().st_size for page in PAGES) <= 6 * 2**20
    assert [path.stem for path in sorted(data_folder().glob("pages/*.jpg"))] == page_names()


def test_no_font_of_a_page_writes_a_letter_of_the_data_set():
    splits = {font.family: font.split for font in fonts.read_list()}
    assert {splits[plan.font] for plan in read_plans()} == {"pages"}


def test_the_pages_are_of_many_kinds():
    plans = read_plans()
    assert sum(plan.shadow > 0 for plan in plans) >= 3
    assert sum(plan.ruled > 0 for plan in plans) >= 3
    assert sum(plan.grain > 0.2 for plan in plans) >= 3
    assert sum(plan.perspective > 0 for plan in plans) >= 3
    assert sum(plan.table > 0 for plan in plans) >= 2
    assert set("".join(page.letters for page in PAGES)) == set(CLASSES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_boxes_are_around_ink(page):
    """Each box is darker than its rim, which would not be if boxes were off by a few pixels."""
    image = page.photograph()
    assert len(page.boxes) == len(page.letters) == len(page.line_numbers)
    assert set(page.letters) <= set(CLASSES)
    assert (page.boxes[:, :2] >= 0).all() and (page.boxes[:, 2:] <= image.shape).all()
    for y1, x1, y2, x2 in page.boxes.tolist():
        patch = image[y1:y2, x1:x2]
        around = image[y1 - 12 : y2 + 12, x1 - 12 : x2 + 12]
        paper = np.percentile(around, 90)
        ink = patch < paper - 0.5 * (paper - patch.min())
        for edge in (ink[:6], ink[-6:], ink[:, :6], ink[:, -6:]):
            assert edge.any()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_letters_go_from_left_to_right_and_lines_from_top_to_bottom(page):
    middles = []
    for number, line in enumerate(page.lines):
        boxes = page.boxes[page.line_numbers == number]
        assert len(boxes) == len("".join(line.split()))
        assert (np.diff(boxes[:, 1]) > 0).all()
        middles.append(boxes[:, [0, 2]].mean())
    assert (np.diff(middles) > 20).all()


def test_unknown_missing_and_damaged_pages(tmp_path, monkeypatch):
    with pytest.raises(DataError, match="no page 'nothing'"):
        load_page("nothing")
    shutil.copytree(data_folder() / "pages", tmp_path / "pages")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    file = tmp_path / "pages" / "01_shopping.json"
    whole = json.loads(file.read_text())
    whole["lines"][0]["boxes"].pop()
    for damaged in ("{", "[]", '{"lines": 3}', json.dumps(whole)):
        file.write_text(damaged)
        with pytest.raises(DataError, match="01_shopping"):
            load_page("01_shopping")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="no sample pages"):
        page_names()


def test_a_view_keeps_the_middle_and_shrinks_what_is_far():
    view = choose_view(1000, 800, tilt=0.02, perspective=0.1, rng=np.random.default_rng(1))
    assert np.allclose(view(np.array([[500.0, 400.0]])), [[500, 400]])
    low, high = view(np.array([[0, 0], [1000, 0], [0, 800], [1000, 800.0]])).reshape(2, 2, 2)
    assert not np.isclose(np.ptp(low[:, 0]), np.ptp(high[:, 0]), rtol=0.02)


@pytest.mark.slow
def test_a_page_is_rebuilt_byte_for_byte():
    plan = read_plans()[5]
    font = next(font for font in fonts.read_list() if font.family == plan.font)
    try:
        fonts.fetch([font])
    except DataError:
        pytest.skip(FONTS)
    photograph, truth = build.build_page(plan, 5, font)
    assert truth == (build.HERE / f"{plan.name}.json").read_text()
    assert photograph == (build.HERE / f"{plan.name}.jpg").read_bytes()


def test_pasted_pages_are_fresh_and_true():
    rng = np.random.default_rng(3)
    first, second = (make_small_page(["TEA 4 ME", "B2"], rng) for _ in range(2))
    assert not np.array_equal(first.image.shape, second.image.shape) or not np.array_equal(
        first.image, second.image
    )
    assert first.text == "TEA 4 ME\nB2" and len(first.boxes) == 8
    assert first.line_numbers.tolist() == [0] * 6 + [1] * 2
    for (y1, x1, y2, x2), label in zip(first.boxes.tolist(), first.labels, strict=True):
        patch = first.ink[y1:y2, x1:x2] > 0.4
        assert patch[0].any() and patch[-1].any() and patch[:, 0].any() and patch[:, -1].any()
        assert CLASSES[label] in "TEA4MEB2"
    assert make_small_page([], rng).boxes.shape == (0, 4)


def test_there_are_clear_letters_of_every_class():
    letters = clear_letters()
    assert list(letters) == list(CLASSES)
    assert all(len(images) >= 5 and images.shape[1] == 1024 for images in letters.values())


def test_each_box_is_matched_once():
    truth = np.array([[0, 0, 10, 10]])
    found, true = found_and_true(np.array([[0, 0, 10, 9], [0, 0, 10, 10], [0, 1, 10, 10]]), truth)
    assert found.tolist() == [True] and true.tolist() == [False, True, False]
    found, true = found_and_true(np.zeros((0, 4)), truth)
    assert found.tolist() == [False] and true.tolist() == []


def test_overlaps_against_counting_pixels():
    rng = np.random.default_rng(8)
    corners = rng.integers(0, 20, (12, 2))
    boxes = np.hstack([corners, corners + rng.integers(1, 15, (12, 2))])
    masks = np.zeros((12, 40, 40), dtype=bool)
    for mask, (y1, x1, y2, x2) in zip(masks, boxes.tolist(), strict=True):
        mask[y1:y2, x1:x2] = True
    for i in range(12):
        for j in range(12):
            right = (masks[i] & masks[j]).sum() / (masks[i] | masks[j]).sum()
            assert np.isclose(overlaps(boxes[i], boxes[j])[0, 0], right)


def test_photographs_are_in_colour():
    with Image.open(PAGES[0].path) as picture:
        assert picture.mode == "RGB" and picture.format == "JPEG"
