"""The reader of notebook 4 as a command, and the files in which networks are kept."""

import numpy as np
import pytest
from PIL import Image

from exercises.commands.read import read_command
from helpers.datasets import CLASSES
from helpers.datasets.pages import load_pages
from helpers.errors import DataError
from helpers.networks import PARAMETERS, load_network, save_network
from helpers.small_pages import clear_letters, make_small_page
from helpers.spelling import characters_wrong, edit_distance, words_right

PAGES = load_pages()


def read(*images, **options):
    return list(read_command(images, **options))


def test_most_of_every_sample_page_is_read():
    texts = read(*[page.path for page in PAGES])
    wrong = [characters_wrong(text, page.text) for text, page in zip(texts, PAGES, strict=True)]
    assert np.mean(wrong) < 0.2
    shapes = [[[len(w) for w in line.split()] for line in text.split("\n")] for text in texts]
    wanted = [[[len(w) for w in line.split()] for line in page.lines] for page in PAGES]
    assert np.mean([a == b for a, b in zip(shapes, wanted, strict=True)]) > 0.9


@pytest.fixture(scope="module")
def page():
    return make_small_page(["MAKE TEA", "5 BELLS"], np.random.default_rng(6))


def test_the_same_page_in_other_files(tmp_path, page):
    grey = np.rint(page.image * 255).astype(np.uint8)
    picture = Image.fromarray(grey)
    left = picture.transpose(Image.Transpose.ROTATE_90)
    turned = Image.Exif()
    turned[0x0112] = 6
    deep = Image.fromarray(np.rint(page.image * 65535).astype(np.uint16))
    kinds = {
        "plain.png": (picture, {}),
        "colour.jpg": (picture.convert("RGB"), {"quality": 95}),
        "alpha.png": (picture.convert("RGBA"), {}),
        "deep.png": (deep, {}),
        "turned.jpg": (left, {"exif": turned, "quality": 95}),
    }
    for name, (kind, options) in kinds.items():
        kind.save(tmp_path / name, **options)
    texts = read(*[tmp_path / name for name in kinds])
    assert all(text.count("\n") == 1 for text in texts)
    assert max(characters_wrong(text, page.text) for text in texts) <= 0.2


@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("size", [(1, 1), (3, 200), (300, 200)])
def test_nothing_written_nothing_read(tmp_path, value, size):
    Image.new("L", size, value).save(tmp_path / "empty.png")
    assert read(tmp_path / "empty.png") == [""]
    assert read(tmp_path / "empty.png", characters=True) == [""]


def test_noise_is_not_read_for_minutes(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (1200, 1600), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    assert len(read(tmp_path / "noise.png")) == 1


def test_upside_down_is_no_error(tmp_path, page):
    Image.fromarray(np.rint(page.image[::-1, ::-1] * 255).astype(np.uint8)).save(tmp_path / "u.png")
    (text,) = read(tmp_path / "u.png")
    assert len("".join(text.split())) >= 8


def test_characters_one_by_one(tmp_path):
    wanted, paths = "ABEKT2479", []
    for character in wanted:
        image = clear_letters()[character][0].reshape(32, 32)
        picture = Image.fromarray(np.rint(60 + 160 * image).astype(np.uint8)).resize((90, 90))
        paths.append(tmp_path / f"{character}.png")
        picture.save(paths[-1])
    found = read(*paths, characters=True)
    assert all(len(label) == 1 and label in CLASSES for label in found)
    assert edit_distance("".join(found), wanted) <= 1


def test_an_image_that_cannot_be_read_is_an_error_of_one_line(tmp_path):
    (tmp_path / "notes.jpg").write_text("no image")
    with pytest.raises(DataError, match=r"notes\.jpg"):
        read(tmp_path / "notes.jpg")


def test_a_network_of_ones_own(tmp_path, page):
    path = tmp_path / "mine.npz"
    params = load_network()
    save_network(params | {"cache_layer1": np.zeros(3), "grad_Wlayer1": np.zeros(3)}, path)
    again = load_network(path)
    assert set(again) == set(PARAMETERS)
    assert all(np.array_equal(again[name], params[name]) for name in PARAMETERS)
    Image.fromarray(np.rint(page.image * 255).astype(np.uint8)).save(tmp_path / "page.png")
    assert read(tmp_path / "page.png", network=path) == read(tmp_path / "page.png")


def test_files_that_hold_no_network(tmp_path):
    good = load_network()
    path = tmp_path / "bad.npz"
    wrong_ones = [
        {name: good[name] for name in PARAMETERS[:3]},
        good | {"blayer1": good["blayer1"][:, None]},
        good | {"Woutput": good["Woutput"].T},
        good | {"boutput": np.full(36, np.nan)},
        good | {"Wlayer1": good["Wlayer1"].astype(int)},
        good | {"Wlayer1": np.array([None])},
    ]
    for arrays in wrong_ones:
        np.savez(path, **arrays)
        with pytest.raises(DataError, match=r"bad\.npz"):
            load_network(path)
    for raw in (
        b"",
        b"PK\x03\x04 cut short",
        b"no archive",
        (tmp_path / "bad.npz").read_bytes()[:200],
    ):
        path.write_bytes(raw)
        with pytest.raises(DataError, match=r"bad\.npz"):
            load_network(path)
    with pytest.raises(DataError, match="no network"):
        load_network(tmp_path / "nowhere.npz")
    with pytest.raises(DataError, match="has no"):
        save_network({}, path)
    with pytest.raises(DataError, match="cannot be written"):
        save_network(good, tmp_path / "no" / "folder.npz")


@pytest.mark.parametrize(
    ("found", "truth", "distance"),
    [("", "", 0), ("", "AB", 2), ("AB", "", 2), ("KITTEN", "SITTING", 3), ("AB", "BA", 2)],
)
def test_edit_distance(found, truth, distance):
    assert edit_distance(found, truth) == edit_distance(truth, found) == distance


def test_words_are_right_only_in_their_line():
    assert words_right("A B\nC", "A B\nC") == 1
    assert words_right("A\nB C", "A B\nC") == pytest.approx(2 / 3)
    assert words_right("AB\nC", "A B\nC") == pytest.approx(1 / 3)
    assert words_right("", "A B") == 0
