"""Photographs from anywhere: an array or a clear error, never a traceback, never much memory."""

import contextlib
import io
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from helpers import images
from helpers.errors import DataError
from helpers.images import enlarge, load_photograph, shrink
from tests.left_out import on_linux

GREY = np.linspace(0, 255, 60 * 80).reshape(60, 80).astype(np.uint8)


def saved(tmp_path, picture, name="photo.png", **options):
    path = tmp_path / name
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "CMYK", "1", "YCbCr"])
def test_every_kind_of_colour_becomes_brightness(tmp_path, mode):
    name = "photo.tif" if mode in ("CMYK", "YCbCr") else "photo.png"
    image = load_photograph(saved(tmp_path, Image.fromarray(GREY).convert(mode), name))
    assert image.shape == (60, 80) and image.dtype == np.float32
    assert 0 <= image.min() < 0.1 and 0.9 < image.max() <= 1
    if mode not in ("1", "P"):
        assert np.abs(image - GREY / 255).max() < 0.03


def test_what_is_transparent_is_white_paper(tmp_path):
    picture = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    picture.putpixel((4, 6), (0, 0, 0, 255))
    image = load_photograph(saved(tmp_path, picture))
    assert image[6, 4] == 0 and image.sum() == 99


def test_a_palette_with_a_transparent_colour(tmp_path):
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([0, 0, 0, 90, 90, 90])
    image = load_photograph(saved(tmp_path, picture, transparency=0))
    assert (image == 1).all()


@pytest.mark.parametrize("top", [65535, 1023])
def test_sixteen_bits(tmp_path, top):
    deep = (np.linspace(0, top, 4800).reshape(60, 80)).astype(np.uint16)
    image = load_photograph(saved(tmp_path, Image.fromarray(deep)))
    assert image.shape == (60, 80)
    assert np.abs(image - deep / 65535).max() < 0.01


def test_floating_point_with_what_is_no_number(tmp_path):
    values = np.array([[0.0, 0.5, np.nan], [1.0, np.inf, 0.25]], dtype=np.float32)
    image = load_photograph(saved(tmp_path, Image.fromarray(values), "photo.tif"))
    assert image.tolist() == [[0.0, 0.5, 0.0], [1.0, 0.0, 0.25]]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("max_pixels", [10**6, 1200])
def test_the_camera_may_be_held_in_any_way(tmp_path, orientation, max_pixels):
    """The picture that the camera meant: bright at the top left, whatever it stored."""
    upright = np.zeros((60, 80), dtype=np.uint8)
    upright[:20, :20] = 255
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1], 5: upright.T,
        6: upright.T[::-1], 7: upright.T[::-1, ::-1], 8: upright.T[:, ::-1],
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[images.ORIENTATION] = orientation
    picture = Image.fromarray(np.ascontiguousarray(stored))
    path = saved(tmp_path, picture, "photo.jpg", exif=exif, quality=95)
    image = load_photograph(path, max_pixels=max_pixels)
    height, width = image.shape
    assert height < width
    assert image[: height // 4, : width // 5].mean() > 0.9
    assert image[height // 2 :].mean() < 0.1 and image[:, width // 2 :].mean() < 0.1


@pytest.mark.parametrize("kind", ["blank", "black", "one pixel"])
def test_images_with_nothing_in_them(tmp_path, kind):
    size, value = {"blank": ((90, 60), 255), "black": ((90, 60), 0), "one pixel": ((1, 1), 9)}[kind]
    image = load_photograph(saved(tmp_path, Image.new("L", size, value)))
    assert image.shape == size[::-1] and np.allclose(image, value / 255)


def test_large_pictures_are_made_smaller(tmp_path):
    path = saved(tmp_path, Image.new("RGB", (3000, 2000), (200, 200, 200)), "photo.jpg")
    image = load_photograph(path, max_pixels=100_000)
    assert 50_000 < image.size <= 100_000
    assert abs(image.shape[1] / image.shape[0] - 1.5) < 0.02
    assert load_photograph(path, max_pixels=10**7).shape == (2000, 3000)


@pytest.mark.slow
@on_linux
def test_a_hundred_megapixels_take_little_memory(tmp_path):
    """Counted in a process of its own; the kernel's count there starts with what its parent had."""
    path = saved(tmp_path, Image.new("L", (10_000, 10_000), 222), compress_level=1)
    code = (
        "import re, sys; from pathlib import Path; from helpers.images import load_photograph\n"
        "image = load_photograph(sys.argv[1]); assert image.size <= 4_000_000, image.shape\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', status).group(1))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert 20 * 1024 < int(done.stdout) < 600 * 1024


def test_a_file_that_claims_to_be_enormous(tmp_path):
    """A few bytes that would decode to a terabyte are refused before anything is decoded."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 0, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b""))
    with pytest.raises(DataError, match="larger|megapixels"):
        load_photograph(path)


def whole_file(format_name):
    file = io.BytesIO()
    Image.fromarray(GREY).save(file, format_name)
    return file.getvalue()


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP"])
def test_a_truncated_file_is_an_image_or_an_error(tmp_path, format_name):
    raw = whole_file(format_name)
    path = tmp_path / "photo"
    for length in (0, 1, 5, len(raw) // 4, len(raw) // 2, len(raw) - 3):
        path.write_bytes(raw[:length])
        try:
            assert load_photograph(path).ndim == 2
        except DataError as error:
            assert str(path) in str(error)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM"])
def test_garbled_files_are_an_image_or_an_error(tmp_path, format_name):
    rng = np.random.default_rng(5)
    raw = np.frombuffer(whole_file(format_name), dtype=np.uint8)
    path = tmp_path / "photo"
    for _ in range(60):
        garbled = raw.copy()
        places = rng.integers(0, len(raw), 4)
        garbled[places] = rng.integers(0, 256, 4)
        path.write_bytes(garbled.tobytes())
        with contextlib.suppress(DataError):
            assert load_photograph(path).ndim == 2


@pytest.mark.parametrize("content", [b"", b"no image at all", b"%PDF-1.4\n" + bytes(500)])
def test_what_is_no_image(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(DataError, match="not an image"):
        load_photograph(path)


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(DataError, match="no file"):
        load_photograph(tmp_path / "nowhere.jpg")
    with pytest.raises(DataError, match="folder"):
        load_photograph(tmp_path)


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (40, 64), (41, 67)])
@pytest.mark.parametrize("step", [1, 2, 3, 8])
def test_enlarging_what_was_shrunk(shape, step):
    slope = np.linspace(0, 1, shape[0])[:, None] + np.linspace(0, 2, shape[1])[None, :]
    again = enlarge(shrink(slope, step), shape, step)
    assert again.shape == shape
    inner = tuple(slice(step, max(n - step, step)) for n in shape)
    assert np.allclose(again[inner], slope[inner], atol=0.15)
