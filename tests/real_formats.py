"""Small data sets in the very formats of NIST36, EMNIST and CIFAR-10, for the tests."""

import gzip
import io
import struct
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.io import savemat

from helpers.datasets import load
from helpers.datasets.cifar10 import NAMES

NIST36_PARTS = {"train": ("train", 4), "valid": ("validation", 2), "test": ("test", 2)}
"""Names in the files, the split of the letters that stands in, images of each class."""


@cache
def letters():
    """Those of the checkout, wherever a test says that the data are."""
    return load("letters", path=Path(__file__).parents[1] / "data" / "letters" / "letters.npz")


def some_of_each(split, n):
    """The first n images of every class, class after class."""
    part = getattr(letters(), split)
    return np.concatenate([np.flatnonzero(part.labels == k)[:n] for k in range(36)])


# --- NIST36 ---------------------------------------------------------------------------------


def nist36_arrays(part, per_class=None):
    """What is in one file: images turned on their side, labels one-hot."""
    split, n = NIST36_PARTS[part]
    rows = some_of_each(split, per_class or n)
    own = getattr(letters(), split)
    turned = own.images[rows].transpose(0, 2, 1).reshape(len(rows), -1)
    return {f"{part}_data": turned.astype(float), f"{part}_labels": own.y[rows].astype(float)}


def mat_file(arrays, **options):
    out = io.BytesIO()
    savemat(out, arrays, **options)
    return out.getvalue()


def write_nist36(folder, per_class=None, **options):
    folder.mkdir(parents=True, exist_ok=True)
    for part in NIST36_PARTS:
        content = mat_file(nist36_arrays(part, per_class), **options)
        (folder / f"nist36_{part}.mat").write_bytes(content)
    return folder


# --- EMNIST ---------------------------------------------------------------------------------


def emnist_look(image):
    """A letter as EMNIST stores it: 28 x 28, ink 255, on its side, filling the frame."""
    ink = 1.0 - image
    rows, cols = (np.flatnonzero((ink > 0.4).any(axis=k)) for k in (1, 0))
    cut = ink[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    side = max(cut.shape)
    square = np.zeros((side, side))
    top, left = (side - cut.shape[0]) // 2, (side - cut.shape[1]) // 2
    square[top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    picture = Image.fromarray(np.rint(square * 255).astype(np.uint8))
    return np.pad(np.asarray(picture.resize((24, 24), Image.Resampling.BICUBIC)), 2).T


def emnist_arrays(split, per_class, seed=0):
    """Images and ByClass labels in random order, a few of lower case among them."""
    own, rows = getattr(letters(), split), some_of_each(split, per_class)
    images = [emnist_look(image) for image in own.images[rows]]
    labels = [(k + 10) % 36 for k in own.labels[rows]]
    lower = [255 - image for image in images[:40]]
    images, labels = np.array(images + lower), np.array(labels + [36 + k % 26 for k in range(40)])
    order = np.random.default_rng(seed).permutation(len(labels))
    return images[order], labels[order].astype(np.uint8)


def idx(array):
    """An array of bytes as an idx file."""
    magic = 0x0800 + array.ndim
    head = struct.pack(f">{1 + array.ndim}I", magic, *array.shape)
    return head + array.astype(np.uint8).tobytes()


def emnist_files(train, test):
    files = {}
    for part, (images, labels) in (("train", train), ("test", test)):
        files[f"emnist-byclass-{part}-images-idx3-ubyte"] = idx(images)
        files[f"emnist-byclass-{part}-labels-idx1-ubyte"] = idx(labels)
    return files


def write_files(folder, files, gz=False):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / (f"{name}.gz" if gz else name)
        path.write_bytes(gzip.compress(content, 1) if gz else content)
    return folder


def zip_archive(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def emnist_zip(files):
    """The archive as NIST gives it out: gzipped files in a folder."""
    return zip_archive({f"gzip/{name}.gz": gzip.compress(c, 1) for name, c in files.items()})


# --- CIFAR-10 -------------------------------------------------------------------------------


def cifar_files(per_class=4, seed=0):
    """All files of the binary version; each image is of one hue, brighter towards the top left."""
    rng = np.random.default_rng(seed)
    names = [*(f"data_batch_{k}.bin" for k in range(1, 6)), "test_batch.bin"]
    files = {"batches.meta.txt": ("\n".join(NAMES) + "\n\n").encode()}
    for name in names:
        labels = rng.permutation(np.repeat(np.arange(10, dtype=np.uint8), per_class))
        y, x = np.mgrid[0:32, 0:32]
        images = rng.integers(0, 40, (len(labels), 3, 32, 32)) + 3 * (31 - y) + (31 - x)
        images[:, 0] += 8 * labels[:, None, None]
        records = np.concatenate([labels[:, None], images.reshape(len(labels), -1)], axis=1)
        files[name] = records.astype(np.uint8).tobytes()
    return files


def tar_archive(members, mode="w:gz"):
    """A tar archive of members by name: bytes, or a ready TarInfo without content."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members.items():
            info = content if isinstance(content, tarfile.TarInfo) else tarfile.TarInfo(name)
            if isinstance(content, bytes):
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                archive.addfile(info)
    return out.getvalue()


def cifar_tar(files):
    return tar_archive({f"cifar-10-batches-bin/{name}": c for name, c in files.items()})
