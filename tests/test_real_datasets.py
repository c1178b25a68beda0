"""NIST36, EMNIST and CIFAR-10: the same comes out as of the letters, and damage is named."""

import gzip
import io
import os
import re
import struct
import tarfile
import zipfile

import numpy as np
import pytest
import scipy.sparse
from scipy.io import loadmat

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.datasets import CLASSES, LOADERS, load
from helpers.datasets import emnist as emnist_module
from helpers.datasets.cifar10 import NAMES
from helpers.datasets.mat import read_mat
from helpers.datasets.sources import SOURCES
from helpers.datasets.terminal import listing
from helpers.datasets.terminal import main as data_command
from helpers.errors import DataError
from tests import real_formats as formats
from tests.left_out import with_pytorch
from tests.running import run

FEW = (1, 1, 1)
"""Of each class, of EMNIST."""


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Nothing is looked for, or kept, outside the test's own folder."""
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    return tmp_path


def refused(name, path, *parts, **options):
    """The message of an error, one line that says where, what, and the way out."""
    with pytest.raises(DataError) as caught:
        load(name, path=path, **options)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 900
    for part in parts:
        assert part in message, message
    assert SOURCES[name].by_hand in message or "per_class" in message, message
    return message


# --- NIST36 ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nist36(tmp_path_factory):
    return formats.write_nist36(tmp_path_factory.mktemp("nist36"), do_compression=True)


def test_nist36_comes_out_like_the_letters(nist36):
    data, letters = load("nist36", path=nist36), formats.letters()
    assert (data.name, data.classes) == ("nist36", CLASSES)
    for split, n in (("train", 4), ("validation", 2), ("test", 2)):
        part, rows = getattr(data, split), formats.some_of_each(split, n)
        assert part.x.dtype == part.y.dtype == np.float32
        assert np.array_equal(part.x, getattr(letters, split).x[rows])  # upright again
        assert np.array_equal(part.y, getattr(letters, split).y[rows])
        assert part.images.shape == (36 * n, 32, 32)


def test_nist36_in_all_the_ways_it_may_be_stored(tmp_path, nist36):
    expected = load("nist36", path=nist36).train
    plain = formats.write_nist36(tmp_path / "plain", do_compression=False)
    assert np.array_equal(load("nist36", path=plain).train.x, expected.x)
    files = {p.name: p.read_bytes() for p in nist36.iterdir()}
    (tmp_path / "data.zip").write_bytes(
        formats.zip_archive({f"data/{n}": c for n, c in files.items()})
    )
    assert np.array_equal(load("nist36", path=tmp_path).train.x, expected.x)
    assert load("nist36", path=tmp_path / "data.zip", dtype=np.float64).test.x.dtype == np.float64
    single = formats.nist36_arrays("train")
    single = {"train_data": np.float32(single["train_data"]),
              "train_labels": np.uint8(single["train_labels"])}  # fmt: skip
    (plain / "nist36_train.mat").write_bytes(formats.mat_file(single))
    assert np.array_equal(load("nist36", path=plain).train.y, expected.y)


def test_nist36_is_found_beside_the_helpers_by_hand(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    with pytest.raises(DataError, match=r"'nist36' is not there \(looked in .*no address"):
        load("nist36")
    formats.write_nist36(tmp_path / "data" / "nist36")
    assert len(load("nist36").train) == 144
    (tmp_path / "data" / "nist36" / "nist36_valid.mat").unlink()
    with pytest.raises(DataError, match=r"nist36 lacks nist36_valid\.mat; no address"):
        load("nist36")


def change(name, value):
    return lambda arrays: arrays.update({name: value(arrays[name])})


def with_entry(value):
    def changed(array):
        array = array.copy()
        array[5, 7] = value
        return array

    return changed


OBJECTS = np.array([[np.zeros(2)], ["x"]], dtype=object)


@pytest.mark.parametrize(
    ("damage", "parts"),
    [
        (lambda a: a.pop("valid_labels"), ["no array 'valid_labels'", "it holds: valid_data"]),
        (lambda a: a.update(valid_data=OBJECTS), ["'valid_data' is cell of shape (2, 1)"]),
        (lambda a: a.update(valid_labels={"a": 1.0}), ["'valid_labels' is struct"]),
        (lambda a: a.update(valid_data="abc"), ["'valid_data' is char"]),
        (change("valid_data", lambda x: x[:, :1000]), ["(72, 1000)", "(N, 1024)"]),
        (change("valid_labels", lambda y: y[:, :26]), ["(72, 26)", "(N, 36)"]),
        (change("valid_labels", lambda y: y.argmax(axis=1)), ["(1, 72)"]),
        (change("valid_labels", lambda y: y[:-1]), ["72 images but 71 labels"]),
        (change("valid_data", lambda x: 255 * x), ["runs from 0 to 255"]),
        (change("valid_data", lambda x: x - 1), ["runs from -1 to 0"]),
        (change("valid_data", lambda x: 1 - x), ["negatives"]),
        (change("valid_data", with_entry(np.nan)), ["runs from nan"]),
        (change("valid_data", with_entry(np.inf)), ["to inf"]),
        (change("valid_data", lambda x: x + 1j), ["'valid_data' is complex double"]),
        (lambda a: a.update(valid_data=scipy.sparse.csc_array(a["valid_data"])), ["is sparse"]),
        (change("valid_labels", np.zeros_like), ["row 0 of 'valid_labels' is not one-hot (72"]),
        (change("valid_labels", with_entry(1)), ["row 5 of 'valid_labels' is not one-hot (1 "]),
        (change("valid_labels", with_entry(0.5)), ["row 5 of"]),
        (change("valid_labels", with_entry(-1)), ["row 5 of"]),
    ],
)  # fmt: skip
def test_a_wrong_mat_file_is_named(tmp_path, damage, parts):
    folder = formats.write_nist36(tmp_path / "set")
    arrays = formats.nist36_arrays("valid")
    damage(arrays)
    (folder / "nist36_valid.mat").write_bytes(formats.mat_file(arrays))
    refused("nist36", folder, str(folder / "nist36_valid.mat"), *parts)


def test_other_variables_of_a_mat_file_are_never_looked_at(tmp_path):
    folder = formats.write_nist36(tmp_path)
    arrays = formats.nist36_arrays("train") | {"notes": OBJECTS, "extra": {"deep": "x"}}
    (folder / "nist36_train.mat").write_bytes(formats.mat_file(arrays, do_compression=True))
    assert len(load("nist36", path=folder).train) == 144


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("cut", [0, 60, 128, 131, 300, 5000, -100, -1])
def test_a_truncated_mat_file_is_refused(tmp_path, nist36, cut, compressed):
    folder = formats.write_nist36(tmp_path, do_compression=compressed)
    content = (folder / "nist36_test.mat").read_bytes()
    (folder / "nist36_test.mat").write_bytes(content[:cut])
    refused("nist36", folder, "nist36_test.mat")


@pytest.mark.parametrize(
    "content",
    [b"<html>not found</html>" * 20, b"\x89HDF\r\n\x1a\n" + bytes(600), b"PK\x03\x04" + bytes(300),
     b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + bytes(400), os.urandom(3000)],
)  # fmt: skip
def test_another_kind_of_file_under_the_name_is_refused(tmp_path, content):
    folder = formats.write_nist36(tmp_path)
    (folder / "nist36_train.mat").write_bytes(content)
    refused("nist36", folder, "nist36_train.mat")


def test_flipped_bytes_never_crash_the_reader(tmp_path):
    """Every outcome but a data set or one clear line would be a traceback for a student."""
    folder = formats.write_nist36(tmp_path, per_class=1)
    good = (folder / "nist36_valid.mat").read_bytes()
    rng, outcomes = np.random.default_rng(1), set()
    for place in [*range(124, 220), *rng.integers(0, len(good), 60)]:
        bad = bytearray(good)
        bad[place] ^= int(rng.integers(1, 256))
        (folder / "nist36_valid.mat").write_bytes(bytes(bad))
        try:
            load("nist36", path=folder)
            outcomes.add("read")
        except DataError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}


def test_a_bomb_in_a_mat_file_is_cut_short():
    bomb = formats.mat_file({"zeros": np.zeros((1, 6_000_000))}, do_compression=True)
    assert len(bomb) < 60_000
    with pytest.raises(ValueError, match="larger than 1,000,000 bytes"):
        read_mat(bomb, (), 1_000_000)
    with pytest.raises(ValueError, match="larger than 120,000,000 bytes"):
        read_mat(bomb + 2 * bomb[128:], (), 120_000_000)


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize(
    "dtype", ["f8", "f4", "u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", ">f8"]
)
def test_numbers_are_read_as_scipy_reads_them(dtype, compressed):
    rng = np.random.default_rng(3)
    arrays = {"a": rng.integers(0, 100, (3, 5)).astype(dtype), "a_long_name_of_one": np.eye(2),
              "cube": rng.integers(0, 9, (2, 3, 4)).astype(dtype)}  # fmt: skip
    content = formats.mat_file(arrays | {"text": "x", "b": np.array([[True, False]])},
                               do_compression=compressed)  # fmt: skip
    expected, found = loadmat(io.BytesIO(content)), read_mat(content, (*arrays, "b"), 10**6)
    assert set(found) == {*arrays, "text", "b"} and found["text"].numbers is None
    for name in (*arrays, "b"):
        assert np.array_equal(found[name].numbers, expected[name])
        assert found[name].shape == expected[name].shape


def test_a_file_of_a_big_endian_machine_is_read():
    element = struct.pack(">II", 6, 8) + struct.pack(">II", 6, 0)
    element += struct.pack(">II", 5, 8) + struct.pack(">ii", 2, 1)
    element += struct.pack(">I", (1 << 16) | 1) + b"a\0\0\0"
    element += struct.pack(">II", 9, 16) + struct.pack(">dd", 1.5, -2.0)
    content = (
        b"MATLAB 5.0".ljust(124) + b"\x01\x00MI" + struct.pack(">II", 14, len(element)) + element
    )
    assert np.array_equal(loadmat(io.BytesIO(content))["a"], [[1.5], [-2.0]])
    assert np.array_equal(read_mat(content, ("a",), 1000)["a"].numbers, [[1.5], [-2.0]])


# --- EMNIST ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def emnist_files():
    return formats.emnist_files(
        formats.emnist_arrays("train", 7), formats.emnist_arrays("test", 3, seed=1)
    )


def negative(content):
    return content[:16] + bytes(255 - byte for byte in content[16:])


def images_name(part="train"):
    return f"emnist-byclass-{part}-images-idx3-ubyte"


def labels_name(part="train"):
    return f"emnist-byclass-{part}-labels-idx1-ubyte"


def test_emnist_comes_out_like_the_letters(tmp_path, emnist_files):
    folder = formats.write_files(tmp_path / "set", emnist_files)
    sizes = (3, 2, 2)
    data, letters = load("emnist", path=folder, per_class=sizes), formats.letters()
    assert (data.name, data.classes) == ("emnist", CLASSES)
    for split, n, origin in (
        ("train", 3, "train"),
        ("validation", 2, "train"),
        ("test", 2, "test"),
    ):
        part = getattr(data, split)
        assert part.x.shape == (36 * n, 1024) and part.x.dtype == np.float32
        assert np.array_equal(part.y.sum(axis=0), np.full(36, n)) and set(part.y.flat) == {0, 1}
        assert part.x.min() == 0 and part.x.max() == 1
        assert np.count_nonzero(np.diff(part.labels)) == len(part) - 1  # mixed, not sorted
        # Each is nearly one of the letters it was made from, of the same class: upright, ink dark.
        source, away = getattr(letters, origin), []
        for image, label in zip(part.x, part.labels, strict=True):
            same = source.x[source.labels == label][:7]
            away.append(np.abs(same - image).mean(axis=1).min())
        assert np.mean(away) < 0.04 and max(away) < 0.1
    everything = np.concatenate([data.train.x, data.validation.x, data.test.x])
    assert len(np.unique(everything, axis=0)) == len(everything)
    inside, outside = (1 - letters.train.x).mean(), (1 - data.train.x).mean()
    assert abs(inside - outside) < 0.02


def test_emnist_in_all_the_ways_it_may_be_stored(tmp_path, emnist_files):
    expected = load("emnist", path=formats.write_files(tmp_path / "plain", emnist_files),
                    per_class=FEW).test.x  # fmt: skip
    formats.write_files(tmp_path / "packed", emnist_files, gz=True)
    formats.write_files(tmp_path / "deep" / "gzip", emnist_files, gz=True)
    (tmp_path / "zip").mkdir()
    (tmp_path / "zip" / "gzip.zip").write_bytes(formats.emnist_zip(emnist_files))
    (tmp_path / "flat.zip").write_bytes(formats.zip_archive(emnist_files))
    for place in ("packed", "deep", "zip", "flat.zip"):
        assert np.array_equal(load("emnist", path=tmp_path / place, per_class=FEW).test.x, expected)


def test_what_emnist_was_made_into_is_kept_and_made_anew_when_files_change(
    tmp_path, emnist_files, monkeypatch
):
    folder = formats.write_files(tmp_path / "set", emnist_files)
    first = load("emnist", path=folder, per_class=FEW)
    made = []
    prepare = emnist_module._prepare
    monkeypatch.setattr(emnist_module, "_prepare", lambda *a: made.append(a) or prepare(*a))
    again = load("emnist", path=folder, per_class=FEW)
    assert not made and np.array_equal(first.train.x, again.train.x)
    (kept,) = (tmp_path / "cache" / "emnist").iterdir()
    kept.write_bytes(kept.read_bytes()[:-50])  # half a file, a file of something else
    assert np.array_equal(load("emnist", path=folder, per_class=FEW).train.x, first.train.x)
    assert len(made) == 1
    np.savez(kept, train=np.zeros(3), validation=np.zeros(3), test=np.zeros(3))
    load("emnist", path=folder, per_class=FEW)
    assert len(made) == 2
    load("emnist", path=folder, per_class=(1, 2, 1))
    assert len(made) == 3
    os.utime(folder / images_name(), (1, 1))
    load("emnist", path=folder, per_class=FEW)
    assert len(made) == 4


def test_emnist_is_loaded_where_nothing_can_be_kept(tmp_path, emnist_files, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file"))
    folder = formats.write_files(tmp_path / "set", emnist_files)
    assert len(load("emnist", path=folder, per_class=(1, 1, 1)).train) == 36


def test_blank_and_repeated_images_of_emnist_are_left_out(tmp_path):
    images, labels = formats.emnist_arrays("train", 7)
    a = np.flatnonzero(labels == 10)
    images[a[0]] = 0
    images[a[1]] = images[a[2]]
    test_images, test_labels = formats.emnist_arrays("test", 3)
    test_images[np.flatnonzero(test_labels == 10)[0]] = images[a[3]]  # in both files
    files = formats.emnist_files((images, labels), (test_images, test_labels))
    folder = formats.write_files(tmp_path / "set", files)
    data = load("emnist", path=folder, per_class=(3, 2, 2))
    everything = np.concatenate([data.train.x, data.validation.x, data.test.x])
    assert (
        len(np.unique(everything, axis=0)) == len(everything) and everything.min(axis=1).max() < 0.5
    )
    refused("emnist", folder, "5 different images of 'A'; 6 are needed", per_class=(4, 2, 2))


@pytest.mark.parametrize(
    ("damage", "parts"),
    [
        (lambda f: f.update({labels_name(): f[images_name()]}), ["labels begins with 2049"]),
        (lambda f: f.update({images_name(): f[labels_name()]}), ["images begins with 2051"]),
        (lambda f: f.update({images_name(): f[images_name()][:-1]}), ["only", "damaged"]),
        (lambda f: f.update({images_name(): f[images_name()][: 16 + 784 * 9]}), ["only 7,056"]),
        (lambda f: f.update({images_name(): f[images_name()] + b"x"}), ["more bytes"]),
        (lambda f: f.update({labels_name(): f[labels_name()][:-1]}), ["only 291"]),
        (lambda f: f.update({labels_name(): f[labels_name()] + b"x"}), ["more bytes"]),
        (lambda f: f.update({images_name(): f[images_name()][:9]}), ["cut short: it has 9 bytes"]),
        (lambda f: f.update({labels_name(): b""}), ["cut short: it has 0 bytes"]),
        (lambda f: f.update({labels_name(): f[labels_name("test")]}), ["292 images", "148 labels"]),
        (lambda f: f.update({images_name(): struct.pack(">4I", 2051, 2**32 - 1, 28, 28)}),
         ["says that it holds 4294967295 x 28 x 28"]),
        (lambda f: f.update({images_name(): struct.pack(">4I", 2051, 292, 32, 32)}),
         ["292 x 32 x 32; it must be N x 28 x 28"]),
        (lambda f: f.update({labels_name(): struct.pack(">2I", 2049, 0)}), ["it holds 0;"]),
        (lambda f: f.update({images_name(): negative(f[images_name()])}), ["are negatives"]),
        (lambda f: f.update({labels_name(): f[labels_name()][:8] + bytes([62]) * 292}),
         ["label 0 is 62", "0 to 61"]),
        (lambda f: f.update({labels_name(): f[labels_name()][:8] + bytes([3]) * 292}),
         ["0 different images of 'A'"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("gz", [False, True])
def test_a_wrong_emnist_file_is_named(tmp_path, emnist_files, damage, parts, gz):
    files = dict(emnist_files)
    damage(files)
    folder = formats.write_files(tmp_path / "set", files, gz=gz)
    refused("emnist", folder, str(folder / "emnist-byclass-train-"), *parts, per_class=FEW)


@pytest.mark.parametrize("cut", [0, 5, 40, -8, -1])
def test_truncated_gzip_files_are_refused(tmp_path, emnist_files, cut):
    folder = formats.write_files(tmp_path / "set", emnist_files, gz=True)
    path = folder / f"{images_name('test')}.gz"
    path.write_bytes(path.read_bytes()[:cut])
    refused("emnist", folder, str(path), per_class=FEW)


def test_a_changed_byte_in_a_gzip_file_is_noticed(tmp_path, emnist_files):
    folder = formats.write_files(tmp_path / "set", emnist_files, gz=True)
    path = folder / f"{images_name()}.gz"
    content = bytearray(path.read_bytes())
    content[-6] ^= 1  # of the checksum
    path.write_bytes(bytes(content))
    refused("emnist", folder, str(path), "CRC", per_class=FEW)


def test_zip_archives_that_are_not_as_they_should_be(tmp_path, emnist_files):
    path = tmp_path / "gzip.zip"
    path.write_bytes(formats.zip_archive({"readme.txt": b"no data"}))
    refused("emnist", path, "holds no emnist-byclass-train-labels", "it holds: readme.txt")
    path.write_bytes(formats.emnist_zip(emnist_files)[:-300])
    refused("emnist", path, "gzip.zip", "damaged")
    path.write_bytes(b"<html>")
    refused("emnist", path, "gzip.zip", "damaged")
    (tmp_path / "emnist.txt").write_text("x")
    assert "neither a folder nor an archive" in str(
        pytest.raises(DataError, load, "emnist", path=tmp_path / "emnist.txt").value
    )
    locked = bytearray(formats.zip_archive(emnist_files))
    for place in range(len(locked) - 4):  # the flag for "needs a password", in every header
        if locked[place : place + 4] in (b"PK\x03\x04", b"PK\x01\x02"):
            locked[place + (6 if locked[place + 2] == 3 else 8)] |= 1
    path.write_bytes(bytes(locked))
    refused("emnist", path, "password")


def test_a_bomb_in_a_gzip_file_is_not_unpacked(tmp_path, emnist_files, monkeypatch):
    """The header says how much there is; no more than that, and a byte, is ever read."""
    files = dict(emnist_files)
    folder = formats.write_files(tmp_path / "set", files, gz=True)
    bomb = files[labels_name()] + bytes(200_000_000)
    (folder / f"{labels_name()}.gz").write_bytes(gzip.compress(bomb, 1))
    read = []
    true_read = gzip.GzipFile.read

    def counting(self, size=-1):
        content = true_read(self, size)
        read.append(len(content))
        return content

    monkeypatch.setattr(gzip.GzipFile, "read", counting)
    refused("emnist", folder, "more bytes", per_class=FEW)
    assert sum(read) < 1000


def test_emnist_wants_three_sizes(tmp_path):
    with pytest.raises(ValueError, match="three whole numbers"):
        load("emnist", path=tmp_path, per_class=(300, 100))


# --- CIFAR-10 -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cifar_files():
    return formats.cifar_files()


def test_cifar10_comes_out_in_colour(tmp_path, cifar_files):
    folder = formats.write_files(tmp_path, cifar_files)
    data = load("cifar10", path=folder)
    assert (data.name, data.classes) == ("cifar10", NAMES)
    sizes = [len(part) for part in (data.train, data.validation, data.test)]
    assert sizes == [180, 20, 40]
    first = np.frombuffer(cifar_files["test_batch.bin"], np.uint8).reshape(-1, 3073)
    assert data.test.images.shape == (40, 3, 32, 32)
    assert np.array_equal(data.test.labels, first[:, 0])
    assert np.array_equal(np.rint(data.test.x * 255), first[:, 1:])
    assert data.train.x.dtype == data.train.y.dtype == np.float32
    assert data.train.x.min() >= 0 and data.train.x.max() <= 1
    # Upright: the pictures are brighter above, and a little so on the left.
    picture = data.train.images.mean(axis=(0, 1))
    assert picture[:16].mean() > picture[16:].mean() + 0.1
    assert picture[:, :16].mean() > picture[:, 16:].mean() + 0.03
    assert data.train.images[:, 0].mean() > data.train.images[:, 2].mean() + 0.05  # red is first


def test_cifar10_keeps_the_last_images_of_each_class_for_validation(tmp_path, cifar_files):
    folder = formats.write_files(tmp_path, cifar_files)
    data = load("cifar10", path=folder)
    assert np.array_equal(data.train.y.sum(axis=0), np.full(10, 18))
    assert np.array_equal(data.validation.y.sum(axis=0), np.full(10, 2))
    both = np.concatenate([data.train.x, data.validation.x])
    assert len(np.unique(both, axis=0)) == 200
    few = load("cifar10", path=folder, per_class=3, dtype=np.float64)
    assert len(few.train) == 30 and np.array_equal(few.validation.labels, data.validation.labels)
    with pytest.raises(ValueError, match="at least 1"):
        load("cifar10", path=folder, per_class=0)


def test_cifar10_is_read_from_its_archive_and_nothing_is_unpacked(tmp_path, cifar_files):
    expected = load("cifar10", path=formats.write_files(tmp_path / "a", cifar_files)).train.x
    archive = tmp_path / "b" / "cifar-10-binary.tar.gz"
    archive.parent.mkdir()
    archive.write_bytes(formats.cifar_tar(cifar_files | {"../../evil": b"x", "readme.html": b"y"}))
    assert np.array_equal(load("cifar10", path=archive.parent).train.x, expected)
    assert np.array_equal(load("cifar10", path=archive).train.x, expected)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.parent != tmp_path / "a") == [
        "a", "b", "cifar-10-binary.tar.gz",
    ]  # fmt: skip
    formats.write_files(tmp_path / "c" / "cifar-10-batches-bin", cifar_files)
    assert np.array_equal(load("cifar10", path=tmp_path / "c").train.x, expected)


def relabelled(content, record, label):
    content = bytearray(content)
    content[3073 * record] = label
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "damage", "parts"),
    [
        ("data_batch_2.bin", lambda c: c[:-1], ["122,919 bytes", "records of 3073"]),
        ("data_batch_2.bin", lambda c: c[:-3073], ["data_batch_2.bin 39", "as many each"]),
        ("test_batch.bin", lambda c: b"", ["0 bytes"]),
        ("data_batch_5.bin", lambda c: relabelled(c, 17, 10), ["record 17 has label 10"]),
        ("data_batch_1.bin", lambda c: b"\0" + c, ["122,921 bytes"]),
        ("data_batch_1.bin", lambda c: b"\x80\x03}q\x01" + c, ["no whole number"]),
        ("batches.meta.txt", lambda c: b"apple\npear\n", ["other classes ('apple pear')"]),
        ("batches.meta.txt", lambda c: b"\xff\xfe" * 4000, ["other classes"]),
        ("batches.meta.txt", lambda c: b"", ["other classes ('nothing')"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("archived", [False, True])
def test_a_wrong_file_of_cifar10_is_named(tmp_path, cifar_files, name, damage, parts, archived):
    files = cifar_files | {name: damage(cifar_files[name])}
    if archived:
        (tmp_path / "cifar-10-binary.tar.gz").write_bytes(formats.cifar_tar(files))
    else:
        formats.write_files(tmp_path, files)
    refused("cifar10", tmp_path, *parts)


def test_a_missing_file_of_cifar10_is_named(tmp_path, cifar_files):
    folder = formats.write_files(tmp_path, cifar_files)
    (folder / "data_batch_4.bin").unlink()
    refused("cifar10", folder, "lacks data_batch_4.bin;")
    for path in folder.iterdir():
        path.unlink()
    files = {name: c for name, c in cifar_files.items() if name != "test_batch.bin"}
    (folder / "cifar-10-binary.tar.gz").write_bytes(formats.cifar_tar(files))
    refused("cifar10", folder, "holds no test_batch.bin", "data_batch_1.bin")


@pytest.mark.parametrize("cut", [0, 10, 1000, 100_000, -1000])
def test_a_truncated_archive_is_refused(tmp_path, cifar_files, cut):
    path = tmp_path / "cifar-10-binary.tar.gz"
    path.write_bytes(formats.cifar_tar(cifar_files)[:cut])
    refused("cifar10", path, str(path))


def test_links_and_giants_in_an_archive_are_not_read(tmp_path, cifar_files):
    path = tmp_path / "cifar-10-binary.tar.gz"
    link = tarfile.TarInfo("cifar-10-batches-bin/test_batch.bin")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path.write_bytes(formats.cifar_tar(cifar_files | {"test_batch.bin": link}))
    refused("cifar10", path, "holds no test_batch.bin")
    big = bytes(SOURCES["cifar10"].most + 1)
    path.write_bytes(formats.cifar_tar({"first": big} | cifar_files))
    refused("cifar10", path, "first in", "larger than any file of 'cifar10'")
    formats.write_files(tmp_path / "plain", cifar_files | {"test_batch.bin": big})
    refused("cifar10", tmp_path / "plain", "test_batch.bin", "larger than any file")


def test_a_loader_takes_a_member_once(tmp_path, cifar_files):
    """A second member of the same name, further down, does not replace the first."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for files in (cifar_files, {"data_batch_1.bin": bytes(3073 * 40)}):
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    (tmp_path / "cifar-10-binary.tar.gz").write_bytes(out.getvalue())
    assert np.array_equal(load("cifar10", path=tmp_path).train.y.sum(axis=0), np.full(10, 18))


# --- The list, and a notebook on other data -----------------------------------------------------


def test_the_list_shows_every_set_and_whether_it_is_there(tmp_path, monkeypatch, capsys):
    shown = listing()
    for name in LOADERS:
        assert f"\n{name}: " in f"\n{shown}"
    assert "letters: here, comes with the course" in shown
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    formats.write_nist36(tmp_path / "nist36", per_class=1)
    assert data_command([]) == 0
    shown = capsys.readouterr().out
    assert "nist36: here (" in shown and str(tmp_path / "nist36") in shown
    assert "cifar10: not here, 170 MB to fetch" in shown
    for source in SOURCES.values():
        assert source.credit in shown
        assert source.name == "nist36" or all(name in shown for name in source.files)


@pytest.mark.parametrize("arguments", [["fetch"], ["nonsense"], ["fetch", "a", "b"]])
def test_what_the_command_does_not_understand(arguments, capsys):
    assert data_command(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python -m helpers data")


def train_on(name, **options):
    """Notebook 3's own solution, its data loaded as the notebook loads them."""
    notebooks = ("02_network", "03_training")
    cells = [cell for notebook in notebooks for cell in source_cells(notebook)]
    wanted = [f for e in catalogue().exercises if e.notebook in notebooks for f in e.functions]
    own = load_answers(cells, wanted).namespace
    shown = find_course().read_notebook("03_training").cells
    text = "\n".join(cell.source for cell in shown if cell.cell_type == "code")
    (line,) = [line for line in text.splitlines() if "load(" in line]
    assert line == 'letters = load("letters")'
    own["load"] = lambda name: load(name, **options)
    exec(line.replace('"letters"', repr(name)), own)  # one word is changed
    letters = own["letters"]
    params = own["new_network"](1024, 24, 36)
    history = own["train_network"](
        letters.train.x, letters.train.y, letters.validation.x, letters.validation.y,
        params, 0.02, 15, 40,
    )  # fmt: skip
    return letters, history


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"), [("nist36", {}), ("emnist", {"per_class": (12, 3, 3)})]
)
def test_a_notebook_runs_on_other_data_by_changing_one_word(tmp_path, monkeypatch, name, options):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    if name == "nist36":
        formats.write_nist36(tmp_path / name, per_class=12)
    else:
        train, test = (formats.emnist_arrays(part, 16) for part in ("train", "test"))
        formats.write_files(tmp_path / name, formats.emnist_files(train, test), gz=True)
    letters, history = train_on(name, **options)
    assert letters.name == name and len(letters.train) == 432
    assert history["train_acc"][-1] > 0.6
    assert history["train_loss"][-1] < history["train_loss"][0] / 2


@pytest.mark.slow
@pytest.mark.parametrize("notebook", ["03_training", "05_autoencoder"])
def test_a_whole_notebook_runs_on_other_data(tmp_path, monkeypatch, notebook):
    """From top to bottom, every figure drawn, on a set of another size."""
    formats.write_nist36(tmp_path / "cache" / "nist36", per_class=10)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    course = find_course()
    changed = course.read_notebook(notebook)
    (cell,) = [cell for cell in changed.cells if 'load("letters")' in cell.source]
    cell.source = cell.source.replace('load("letters")', 'load("nist36")')
    assert "(360, 1024)" in run(changed, tmp_path, needs=("02_network",))[cell.id]


@with_pytorch
@pytest.mark.slow
def test_the_colour_section_of_notebook_6_runs_on_cifar10(tmp_path, monkeypatch):
    """Its figures too; one epoch on a small set in the real format."""
    folder = tmp_path / "cache" / "cifar10"
    folder.mkdir(parents=True)
    archive = formats.cifar_tar(formats.cifar_files(per_class=30))
    (folder / "cifar-10-binary.tar.gz").write_bytes(archive)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    course = find_course()
    notebook = course.read_notebook("06_pytorch")
    ids = [cell.id for cell in notebook.cells]
    first, last = ids.index("load-colour"), ids.index("figure-colour-filters")
    notebook.cells = [
        cell
        for place, cell in enumerate(notebook.cells)
        if first <= place <= last
        or cell.id.startswith("setup")
        or cell.metadata.get("nbgrader", {}).get("solution")
        or "def fit(" in cell.source
    ]
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.source.startswith("check(")
    ]
    (loading,) = [cell for cell in notebook.cells if cell.id == "load-colour"]
    assert 'load("glyphs")' in loading.source and 'load("cifar10", per_class=' in loading.source
    loading.source = loading.source.replace('load("glyphs")', 'load("cifar10", per_class=100)')
    (training,) = [cell for cell in notebook.cells if cell.id == "train-colour"]
    training.source = re.sub(r"epochs=\d+", "epochs=1", training.source)
    said = run(notebook, tmp_path, needs=("02_network", "03_training", "04_ocr"))
    assert "1,000 images 150 images 300 images (3, 32, 32)" in said["load-colour"]
    told = float(re.search(r"test accuracy: ([\d.]+)%", said["train-colour"])[1])
    assert told > 20  # by chance 10


def test_a_zip_file_is_really_a_zip_file(emnist_files):
    """The writers of the tests write what others can read."""
    with zipfile.ZipFile(io.BytesIO(formats.emnist_zip(emnist_files))) as archive:
        assert archive.testzip() is None and len(archive.namelist()) == 4
