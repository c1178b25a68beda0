"""The colour pictures: what is loaded, what is refused, and how they are made."""

import shutil

import numpy as np
import pytest
from PIL import Image

from data.glyphs import build, drawing, icons, provenance, scene, textures
from helpers.datasets import COLOUR, load
from helpers.datasets.folders import data_folder
from helpers.datasets.glyphs import CLASSES, FOLDER, SIZES, cut, load_glyphs, sheet
from helpers.errors import DataError
from tests.left_out import ICONS


@pytest.fixture(scope="module")
def glyphs():
    return load("glyphs")


def test_three_balanced_splits_of_colour_pictures(glyphs):
    assert glyphs.name == "glyphs" and glyphs.classes == CLASSES and len(set(CLASSES)) == 10
    for name, size in SIZES.items():
        split = getattr(glyphs, name)
        assert split.x.shape == (size, 3072) and split.shape == COLOUR
        assert split.x.dtype == split.y.dtype == np.float32
        assert 0 <= split.x.min() < 0.05 and 0.95 < split.x.max() <= 1
        assert np.bincount(split.labels).tolist() == [size // 10] * 10


def test_channels_come_first_and_rows_run_down(glyphs):
    whole = np.asarray(Image.open(data_folder() / FOLDER / "test.jpg"))
    patch = whole[32:64, 96:128] / 255.0  # second row, fourth picture
    np.testing.assert_allclose(glyphs.test.images[103].transpose(1, 2, 0), patch, atol=1e-6)


def test_no_picture_is_in_two_splits(glyphs):
    rows = [split.x.tobytes() for split in (glyphs.validation, glyphs.test)]
    assert rows[0] != rows[1]
    small = [
        split.images[:, :, ::4, ::4].reshape(len(split), -1)
        for split in (glyphs.train, glyphs.validation, glyphs.test)
    ]
    keys = [{row.tobytes() for row in part} for part in small]
    assert [len(key) for key in keys] == list(SIZES.values())
    assert not (keys[0] & keys[1] or keys[0] & keys[2] or keys[1] & keys[2])


def test_fewer_of_each_class():
    few = load("glyphs", per_class=3, dtype=np.float64)
    assert few.train.x.dtype == np.float64 and len(few.validation) == 1000
    assert np.bincount(few.train.labels).tolist() == [3] * 10
    for wrong in (0, 801, -1):
        with pytest.raises(DataError, match="per_class"):
            load_glyphs(per_class=wrong)


def test_damaged_sheets_are_refused(tmp_path):
    for name in SIZES:
        shutil.copy(data_folder() / FOLDER / f"{name}.jpg", tmp_path)
    assert len(load_glyphs(tmp_path).test) == 1000
    whole = (tmp_path / "test.jpg").read_bytes()
    for raw in (b"", b"no picture", whole[: len(whole) // 2]):
        (tmp_path / "test.jpg").write_bytes(raw)
        with pytest.raises(DataError, match=r"test\.jpg is damaged"):
            load_glyphs(tmp_path)
    for picture in (Image.new("RGB", (3200, 288)), Image.new("L", (3200, 320))):
        picture.save(tmp_path / "test.jpg")
        with pytest.raises(DataError, match="must be RGB of 3200 x 320"):
            load_glyphs(tmp_path)
    (tmp_path / "test.jpg").unlink()
    with pytest.raises(DataError, match="no file"):
        load_glyphs(tmp_path)


def test_sheets_are_cut_as_they_are_laid():
    pictures = np.random.default_rng(0).integers(0, 256, (200, 32, 32, 3), dtype=np.uint8)
    assert sheet(pictures).shape == (64, 3200, 3)
    np.testing.assert_array_equal(cut(sheet(pictures)), pictures)
    np.testing.assert_array_equal(sheet(pictures)[:32, 32:64], pictures[1])


# --- How they are made ----------------------------------------------------------------------


def test_every_set_is_free_credited_and_in_one_split():
    sets = icons.read_list()
    assert {one.split for one in sets} == set(SIZES)
    for split in SIZES:
        for kind in CLASSES:
            own = [one for one in sets if one.split == split and kind in one.icons]
            assert len(own) >= 2, (split, kind)
    page = provenance.PAGE.read_text(encoding="utf-8")
    assert provenance.updated(page) == page
    assert all(one.author in page and one.licence in page for one in sets)


def test_a_list_with_a_mistake_is_refused(tmp_path):
    text = icons.LIST.read_text(encoding="utf-8")
    for old, new in (('split = "test"', 'split = "exam"'), ('"MIT"', '"secret"'),
                     ("icons.key", "icons.ghost")):  # fmt: skip
        (tmp_path / "icons.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(DataError, match="allowed are"):
            icons.read_list(tmp_path / "icons.toml")
    first = text.index("[[set]]")
    (tmp_path / "icons.toml").write_text(text + "\n" + text[first:], encoding="utf-8")
    with pytest.raises(DataError, match="more than once"):
        icons.read_list(tmp_path / "icons.toml")


def test_shapes_and_strokes_are_drawn():
    square = drawing.draw('<path d="M4 4h8v8h-8z"/>', 0, 0, 16, 16)
    assert square.mean() == pytest.approx(0.25, abs=0.02)
    ring = '<path fill-rule="evenodd" d="M2 2h12v12h-12z M4 4h8v8h-8z"/>'
    assert drawing.draw(ring, 0, 0, 16, 16).mean() == pytest.approx((144 - 64) / 256, abs=0.02)
    hole = '<path d="M2 2h12v12h-12z M4 4v8h8v-8z"/>'  # wound the other way round
    assert drawing.draw(hole, 0, 0, 16, 16).mean() == pytest.approx((144 - 64) / 256, abs=0.02)
    line = '<g fill="none" stroke="currentColor" stroke-width="2"><path d="M0 8h16"/></g>'
    assert drawing.draw(line, 0, 0, 16, 16).mean() == pytest.approx(2 / 16, abs=0.02)
    disc = drawing.draw('<circle cx="8" cy="8" r="8"/>', 0, 0, 16, 16)
    assert disc.mean() == pytest.approx(np.pi / 4, abs=0.02)
    wide = drawing.draw('<rect width="32" height="16"/>', 0, 0, 32, 16)
    assert wide.mean() == pytest.approx(0.5, abs=0.02) and not wide[:40].any()
    for other in ("<text>A</text>", '<g transform="scale(2)"/>', '<path d="M0 0" opacity=".5"/>'):
        with pytest.raises(ValueError, match="an icon with"):
            drawing.draw(other, 0, 0, 16, 16)


@pytest.mark.parametrize("texture", textures.TEXTURES, ids=lambda texture: texture.__name__)
def test_textures_are_varied_and_repeatable(texture):
    made = [texture(np.random.default_rng(seed)) for seed in (0, 0, 1)]
    assert made[0].shape == (textures.SIZE, textures.SIZE, 3)
    np.testing.assert_array_equal(made[0], made[1])
    assert np.abs(made[0] - made[2]).mean() > 0.02


def test_a_picture_shows_its_glyph():
    disc = drawing.draw('<circle cx="8" cy="8" r="8"/>', 0, 0, 16, 16)
    middles = []
    for seed in range(30):
        shot = scene.picture("car", disc, [], np.random.default_rng(seed))
        assert shot.shape == (32, 32, 3) and shot.dtype == np.uint8
        inside, rim = shot[12:20, 12:20].reshape(-1, 3), shot[[0, -1]].reshape(-1, 3)
        middles.append(np.abs(inside.mean(axis=0) - rim.mean(axis=0)).max())
    assert np.median(middles) > 25  # the disc is of another colour than what is round it


@pytest.mark.slow
def test_the_sheets_are_made_again_byte_for_byte(glyphs):
    sets = icons.read_list()
    try:
        icons.fetch(sets)
    except DataError:
        pytest.skip(ICONS)
    palette = build.draw_split(sets, "validation")
    row = [build.build_picture(k, palette=palette, part=1) for k in range(200)]
    again = Image.open(build.io.BytesIO(build._as_jpeg(sheet(np.stack(row)))))
    np.testing.assert_array_equal(  # the second row only touches the first one's colours
        np.asarray(again)[:32],
        np.rint(sheet(glyphs.validation.images[:100].transpose(0, 2, 3, 1)) * 255),
    )
