"""The letters: what the data file holds, where it comes from, and that it can be made again."""

import hashlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from data.letters import build, fonts, glyphs, habits, pen, provenance, recipe, skeleton
from data.npz import container
from helpers.crops import normalise_crop
from helpers.datasets.letters import unpack
from helpers.datasets.model import CLASSES
from helpers.errors import DataError
from tests.left_out import FONTS

HERE = Path(build.__file__).parent


@pytest.fixture(scope="module")
def every_font():
    return fonts.read_list()


@pytest.fixture(scope="module")
def tiny_font(tmp_path_factory):
    """A font whose H is two posts and a bar, and whose other characters are a bar."""
    path = tmp_path_factory.mktemp("font") / "tiny.ttf"
    bars = {"H": [(0, 0, 100, 700), (400, 0, 500, 700), (50, 300, 450, 400)]}
    builder = FontBuilder(1000)
    names = [".notdef", *CLASSES]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): c for c in CLASSES})
    shapes = {}
    for name in names:
        outline = TTGlyphPen(None)
        for x1, y1, x2, y2 in bars.get(name, [(0, 0, 100, 700)]):
            outline.moveTo((x1, y1))
            for point in ((x1, y2), (x2, y2), (x2, y1)):
                outline.lineTo(point)
            outline.closePath()
        shapes[name] = outline.glyph()
    builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    builder.setupNameTable({"familyName": "Tiny", "styleName": "Regular"})
    builder.save(path)
    return path


def test_at_least_seventy_families_write_and_none_in_two_splits(every_font):
    families = [font.family for font in every_font]
    assert len(set(families)) == len(families)
    assert len({font.package for font in every_font}) == len(every_font)
    assert sum(font.split != "pages" for font in every_font) >= 70
    assert sum(font.split == "pages" for font in every_font) >= 8


def test_near_relations_share_a_split(every_font):
    """Families drawn after one model are one writer under two names."""
    split = {font.family: font.split for font in every_font}
    for kin in (
        ("Caveat", "Caveat Brush"),
        ("Comic Neue", "Comic Relief"),
        ("Shadows Into Light", "Shadows Into Light Two"),
        [name for name in split if name.startswith("Edu ")],
        [name for name in split if name.startswith("Playwrite ")],
    ):
        assert len({split[name] for name in kin}) == 1, kin


def test_every_font_is_free_pinned_and_credited(every_font):
    for font in every_font:
        assert font.licence in ("OFL-1.1", "Apache-2.0")
        assert len(font.copyright) > 10, font.family
        assert len(font.sha256) == 64
        assert font.version.count(".") == 2 and font.version[0].isdigit()


def test_provenance_is_up_to_date(every_font):
    text = (HERE / "PROVENANCE.md").read_text()
    assert provenance.table(every_font) in text, "run python -m data.letters.provenance"
    assert hashlib.sha256(build.FILE.read_bytes()).hexdigest() in text


def test_every_character_has_fonts_in_every_split(every_font):
    for split in ("train", "validation", "test"):
        own = [font for font in every_font if font.split == split]
        for character in CLASSES:
            assert sum(character not in font.without for font in own) >= 8, (split, character)


def test_a_bad_list_of_fonts_is_refused(tmp_path):
    entry = (HERE / "fonts.toml").read_text().split("[[font]]")[1]
    path = tmp_path / "fonts.toml"
    path.write_text("[[font]]" + entry.replace('split = "train"', 'split = "both"'))
    with pytest.raises(DataError, match="both"):
        fonts.read_list(path)
    path.write_text(("[[font]]" + entry) * 2)
    with pytest.raises(DataError, match="more than once"):
        fonts.read_list(path)


def test_a_font_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch, every_font):
    monkeypatch.setattr(fonts, "CACHE", tmp_path)
    font = every_font[0]
    font.path.parent.mkdir(parents=True)
    font.path.write_bytes(b"something else")
    with pytest.raises(DataError, match="SHA-256"):
        fonts.fetch([font])


def test_without_npm_the_error_says_so(tmp_path, monkeypatch, every_font):
    monkeypatch.setattr(fonts, "CACHE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(DataError, match="npm"):
        fonts.fetch(every_font[:1])


def test_images_are_shared_out_by_weight(every_font):
    one, half = replace(every_font[0], weight=1.0), replace(every_font[1], weight=0.5)
    never = replace(every_font[2], without="A")
    chosen = recipe.share_out([one, half, never], "A", 30)
    assert chosen.count(one) == 20 and chosen.count(half) == 10 and len(chosen) == 30


def test_thinning_leaves_a_line(tiny_font):
    shape = glyphs.glyph(glyphs.load_font(tiny_font), "I")
    lines = skeleton.thin(np.pad(shape, 1))
    assert lines.sum(axis=1).max() == 1
    assert lines.sum() > 0.8 * shape.shape[0] * 0.9 - 20


def test_an_h_is_three_strokes(tiny_font):
    strokes = glyphs.strokes(glyphs.load_font(tiny_font), "H")
    assert len(strokes) == 3
    lengths = sorted(np.ptp(s.points[:, 1]) for s in strokes)
    assert lengths[0] < 0.2 and lengths[1] > 1.7  # a level bar and two posts


def test_nothing_drawn_gives_no_strokes():
    assert skeleton.trace(np.zeros((9, 9), dtype=bool)) == []


def test_an_image_depends_on_its_seed_alone(tiny_font):
    strokes = glyphs.strokes(glyphs.load_font(tiny_font), "H")

    def make(number):
        return recipe.image("train", "H", strokes, recipe.generator("train", 7, number))

    first, other = make(3), make(4)
    assert np.array_equal(first, make(3))
    assert not np.array_equal(first, other)
    assert first.shape == (1024,) and first.dtype == np.uint8
    assert first.min() <= 2 and first.max() == recipe.LEVELS


def test_a_split_is_built_in_the_same_way_twice(tiny_font, monkeypatch):
    font = fonts.Font("Tiny", "tiny", "1.0.0", "tiny.ttf", "", "OFL-1.1", "nobody", "test")
    monkeypatch.setattr(fonts.Font, "path", property(lambda _: tiny_font))
    once, again = (container(build.build_split("test", [font], 1)) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("character", sorted(habits.HABITS))
def test_habits_add_strokes_and_keep_the_old_ones(character):
    bar = skeleton.Stroke(np.stack([np.zeros(40), np.linspace(-1, 1, 40)], axis=1), np.ones(40))
    rng = np.random.default_rng(0)
    written = [habits.with_habit(character, [bar], rng) for _ in range(60)]
    assert all(w[0] is bar for w in written)
    assert {len(w) > 1 for w in written} == {True, False}


def test_a_pen_without_wildness_keeps_the_shape():
    bar = skeleton.Stroke(np.stack([np.zeros(40), np.linspace(-1, 1, 40)], axis=1), np.ones(40))
    (same,) = pen.by_hand([bar], np.random.default_rng(0), wildness=0.0)
    assert np.allclose(same.points, bar.points)


def test_the_container_is_read_by_numpy_without_pickle(tmp_path):
    path = tmp_path / "x.npz"
    path.write_bytes(container({"a": np.arange(3, dtype=np.uint8)}))
    with np.load(path, allow_pickle=False) as archive:
        assert archive["a"].tolist() == [0, 1, 2]


@pytest.mark.slow
def test_images_of_the_file_can_be_made_again(every_font):
    """Fetch the test split's fonts with npm and make every 36th of its images anew."""
    used = [font for font in every_font if font.split == "test"]
    try:
        fonts.fetch([font for font in every_font if font.split != "pages"])
    except DataError:
        pytest.skip(FONTS)
    with np.load(build.FILE, allow_pickle=False) as archive:
        images, labels = archive["test_images"], archive["test_labels"]
    order = np.random.default_rng([recipe.SEED, len(labels)]).permutation(len(labels))
    per_class = len(labels) // len(CLASSES)
    for label in range(len(CLASSES)):
        number = (7 * label) % per_class
        font = recipe.share_out(used, CLASSES[label], per_class)[number]
        strokes = glyphs.strokes(glyphs.load_font(font.path), CLASSES[label])
        rng = recipe.generator("test", label, number)
        made = recipe.image("test", CLASSES[label], strokes, rng)
        at = np.flatnonzero(order == label * per_class + number)[0]
        assert labels[at] == label
        assert np.array_equal(np.rint(unpack(images[at : at + 1])[0] * 15), made), CLASSES[label]


def test_the_build_fails_in_one_line_when_fonts_cannot_be_had(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fonts, "CACHE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: "npm")
    monkeypatch.setattr(
        subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 1, "", "no network")
    )
    before = build.FILE.read_bytes()
    assert build.main([]) == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1 and "no network" in message
    assert build.FILE.read_bytes() == before


def test_a_crop_is_upright_dark_on_bright_and_centred():
    page = np.full((60, 80, 3), 180, dtype=np.uint8)
    page[10:50, 30:36] = 70
    page[44:50, 30:60] = 70  # an L
    small = normalise_crop(page)
    assert small.shape == (32, 32) and small.min() < 0.05 and small.max() == 1.0
    rows, columns = np.indices(small.shape)
    for at in (rows, columns):
        assert abs(((1 - small) * at).sum() / (1 - small).sum() - 15.5) < 0.7
    assert (small[:10, 20:] == 1).all() and (small[22:, 20:] < 0.5).any()


@pytest.mark.parametrize("size", [12, 40, 300])
def test_a_crop_does_not_depend_on_the_size_in_the_photograph(size):
    def ring(n):
        y, x = np.indices((2 * n, 2 * n)) / n - 1
        radius = np.sqrt(x * x + y * y)
        return np.where(np.abs(radius - 0.6) < 0.12, 0.2, 0.9)

    assert np.abs(normalise_crop(ring(size)) - normalise_crop(ring(100))).mean() < 0.03


@pytest.mark.parametrize("light", [0.4, 1.0])
def test_a_crop_does_not_depend_on_light_or_ink(light):
    grey = np.full((50, 50), 0.9)
    grey[10:40, 22:28] = 0.3
    slope = np.linspace(1.0, 0.75, 50)[None, :]
    assert np.abs(normalise_crop(grey * light * slope) - normalise_crop(grey)).max() < 0.35
    assert np.abs(normalise_crop(grey * light) - normalise_crop(grey)).max() < 0.05


def test_a_crop_ignores_specks_and_neighbours():
    grey = np.ones((60, 60))
    grey[15:45, 25:31] = 0.2
    clean = normalise_crop(grey)
    dirty = grey.copy()
    dirty[5:7, 50:52] = 0.2
    dirty[10:25, 58:] = 0.2
    assert np.abs(normalise_crop(dirty) - clean).max() < 0.2


@pytest.mark.parametrize("value", [0.0, 0.7, 1.0])
def test_an_empty_crop_is_paper(value):
    assert np.all(normalise_crop(np.full((20, 30), value)) == 1.0)


@pytest.mark.parametrize("shape", [(0, 5), (5,), (2, 2, 2, 2)])
def test_what_is_no_image_is_refused(shape):
    with pytest.raises(ValueError, match="shape"):
        normalise_crop(np.ones(shape))
