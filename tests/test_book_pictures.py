"""The pictures of the book: drawings where they are small, pixels where not."""

import base64
import os

from book import pictures

SVG = "<svg><metadata>\n<date>today</date></metadata><path/></svg>"
PNG = base64.b64encode(b"pixels").decode()


def test_a_small_drawing_is_kept_as_one_without_its_date(tmp_path):
    data = {"image/svg+xml": SVG, "image/png": PNG}
    written = pictures.write_picture(data, tmp_path / "a" / "b")
    assert written == tmp_path / "a" / "b.svg"
    assert written.read_text(encoding="utf-8") == "<svg><path/></svg>"


def test_a_large_drawing_becomes_pixels_if_there_are_any(tmp_path):
    large = ["<svg>", "x" * pictures.LARGEST_SVG, "</svg>"]
    data = {"image/svg+xml": large, "image/png": PNG}
    assert pictures.write_picture(data, tmp_path / "a").read_bytes() == b"pixels"
    assert pictures.write_picture({"image/svg+xml": large}, tmp_path / "b").suffix == ".svg"
    assert pictures.write_picture({"text/plain": "no picture"}, tmp_path / "c") is None


def test_a_file_that_says_the_same_is_left_alone(tmp_path):
    path = pictures.write_changed(tmp_path / "a", b"same")
    os.utime(path, (1, 1))
    assert pictures.write_changed(path, b"same").stat().st_mtime == 1
    assert pictures.write_changed(path, b"other").read_bytes() == b"other"
