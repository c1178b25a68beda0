"""The loaders: what comes out, and what they say of files that are not right."""

import io
import shutil
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from data.npz import container
from helpers import datasets
from helpers.datasets import CLASSES, folders, four_clouds, load, load_letters
from helpers.datasets.letters import SIZES, pack, unpack
from helpers.errors import CourseError, DataError


@pytest.fixture(scope="module")
def letters():
    return load("letters")


@pytest.fixture(scope="module")
def raw():
    return (folders.data_folder() / "letters" / "letters.npz").read_bytes()


@pytest.fixture(scope="module")
def arrays(raw):
    with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def damaged(tmp_path, content):
    path = tmp_path / "letters.npz"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("split", SIZES)
def test_sizes_ranges_and_balance(letters, split):
    part = getattr(letters, split)
    n = SIZES[split]
    assert part.x.shape == (n, 1024) and part.y.shape == (n, 36) and len(part) == n
    assert part.x.min() == 0.0 and part.x.max() == 1.0
    assert np.all((part.y == 0) | (part.y == 1)) and np.all(part.y.sum(axis=1) == 1)
    assert np.all(part.y.sum(axis=0) == n // 36)
    assert np.array_equal(part.labels, part.y.argmax(axis=1))


@pytest.mark.parametrize("split", SIZES)
def test_ink_is_dark_on_paper_and_no_image_is_blank(letters, split):
    x = getattr(letters, split).x
    ink = (x < 0.5).mean(axis=1)
    assert ink.min() > 0.02 and ink.max() < 0.6
    frame = getattr(letters, split).images[:, [0, 0, -1, -1], [0, -1, 0, -1]]
    assert frame.mean() > 0.98


@pytest.mark.parametrize("split", SIZES)
def test_images_are_upright_and_row_by_row(letters, split):
    """The emptiest quarter of an L is above on the right, that of an F below on the right."""
    part = getattr(letters, split)

    def emptiest(character):
        ink = 1 - part.images[part.labels == CLASSES.index(character)].mean(axis=0)
        quarters = {
            "top left": ink[:16, :16],
            "top right": ink[:16, 16:],
            "bottom left": ink[16:, :16],
            "bottom right": ink[16:, 16:],
        }
        return min(quarters, key=lambda name: quarters[name].sum())

    assert emptiest("L") == "top right"
    assert emptiest("F") == "bottom right"
    assert emptiest("P") == "bottom right"


def test_classes_are_mixed_not_sorted(letters):
    for split in SIZES:
        assert np.count_nonzero(np.diff(getattr(letters, split).labels)) > 0.9 * SIZES[split]


def test_no_image_occurs_twice(arrays):
    images = np.concatenate([arrays[f"{split}_images"] for split in SIZES])
    assert len(np.unique(images, axis=0)) == len(images)


def test_both_precisions_agree(letters):
    wide = load("letters", dtype=np.float64)
    assert wide.train.x.dtype == np.float64 and letters.train.x.dtype == np.float32
    assert np.allclose(wide.test.x, letters.test.x)


def test_a_data_set_cannot_be_changed_by_accident(letters):
    with pytest.raises(FrozenInstanceError):
        letters.train = letters.test
    assert letters.classes == "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def test_packing_is_undone_by_unpacking():
    levels = np.random.default_rng(0).integers(0, 16, (5, 1024))
    assert np.array_equal(np.rint(unpack(pack(levels)) * 15), levels)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(DataError, match=r"'leters'.*letters"):
        load("leters")
    assert issubclass(DataError, CourseError)


def test_one_more_loader_is_one_more_entry(monkeypatch, letters):
    monkeypatch.setitem(datasets.LOADERS, "mine", lambda: letters)
    assert load("mine") is letters


def test_the_folder_moves_with_the_helpers_or_by_environment(tmp_path, monkeypatch, raw):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letters.npz").write_bytes(raw)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert len(load_letters().test) == 1800
    shutil.rmtree(tmp_path / "letters")
    with pytest.raises(DataError, match="missing"):
        load_letters()
    monkeypatch.delenv("COURSE_DATA")
    assert folders.data_folder().parent == folders.Path(datasets.__file__).parents[2]


@pytest.mark.parametrize(
    "cut", [0, 3, 100, 5000, 800_000, -1, -30, -200], ids=lambda cut: f"cut at {cut}"
)
def test_a_truncated_file_is_refused(tmp_path, raw, cut):
    with pytest.raises(DataError, match="damaged"):
        load_letters(damaged(tmp_path, raw[:cut]))


def test_a_flipped_byte_is_noticed(tmp_path, raw):
    changed = bytearray(raw)
    changed[400_000] ^= 0xFF
    with pytest.raises(DataError, match="damaged"):
        load_letters(damaged(tmp_path, bytes(changed)))


@pytest.mark.parametrize("content", [b"<html>not found</html>", b"\x93NUMPY", b"PK\x03\x04"])
def test_another_kind_of_file_is_refused(tmp_path, content):
    with pytest.raises(DataError, match=r"damaged|no \.npz"):
        load_letters(damaged(tmp_path, content))


def test_a_lone_array_is_refused(tmp_path):
    out = io.BytesIO()
    np.save(out, np.zeros(3))
    with pytest.raises(DataError):
        load_letters(damaged(tmp_path, out.getvalue()))


def test_a_pickle_is_never_opened(tmp_path, arrays):
    class Boom:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was opened",))

    out = io.BytesIO()
    np.savez(out, train_images=np.array([Boom()], dtype=object))
    with pytest.raises(DataError):
        load_letters(damaged(tmp_path, out.getvalue()))
    out = io.BytesIO()
    np.save(out, np.array([Boom()], dtype=object))
    with pytest.raises(DataError):
        load_letters(damaged(tmp_path, out.getvalue()))


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        load_letters(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: a.pop("test_labels"), "no array 'test_labels'"),
        (lambda a: a.update(test_labels=a["test_labels"][:-1]), "shape"),
        (lambda a: a.update(test_labels=a["test_labels"] + 1), "mislabelled"),
        (lambda a: a.update(train_labels=np.zeros_like(a["train_labels"])), "mislabelled"),
        (lambda a: a.update(test_labels=a["test_labels"].astype(np.int64)), "int64"),
        (lambda a: a.update(validation_images=a["validation_images"][:, :-1]), "shape"),
        (lambda a: a.update(test_images=a["test_images"].astype(float)), "float64"),
    ],
)
def test_wrong_contents_are_named(tmp_path, arrays, change, message):
    wrong = dict(arrays)
    change(wrong)
    with pytest.raises(DataError, match=message):
        load_letters(damaged(tmp_path, container(wrong)))


def test_clouds_are_as_described():
    x, y = four_clouds(2000, rng=1)
    assert x.shape == (8000, 2) and y.shape == (8000, 4)
    for k, cloud in enumerate(np.split(x, 4)):
        assert np.allclose(cloud.mean(axis=0), datasets.clouds.CENTRES[k], atol=0.25)
        assert np.allclose(cloud.std(axis=0), datasets.clouds.SPREADS[k], rtol=0.1)


def test_clouds_are_reproducible_and_fresh():
    assert np.array_equal(four_clouds(rng=5)[0], four_clouds(rng=5)[0])
    rng = np.random.default_rng(5)
    assert not np.array_equal(four_clouds(rng=rng)[0], four_clouds(rng=rng)[0])
    with pytest.raises(ValueError, match="n_per_class"):
        four_clouds(0)


def test_clouds_can_be_told_apart_but_not_by_one_feature():
    x, y = four_clouds(2000, rng=2)
    labels = y.argmax(axis=1)
    centres, spreads = datasets.clouds.CENTRES, datasets.clouds.SPREADS
    fit = -(((x[:, None] - centres) / spreads) ** 2) / 2 - np.log(spreads)
    assert (fit.sum(axis=2).argmax(axis=1) == labels).mean() > 0.98
    for feature in (0, 1):
        assert (fit[:, :, feature].argmax(axis=1) == labels).mean() < 0.9
