"""Photographs from anywhere: a picture file in, brightness from 0 to 1 out, or a clear error."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.errors import DataError

MAX_PIXELS = 2_000_000
"""A larger picture is made smaller while it is read: letters stay large enough."""
LARGEST = 400_000_000
"""More pixels than this are refused: no camera makes them, and they may be a trap."""
ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held."""
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PPM")
REMEDY = "save the photograph as a JPEG or PNG file"


def load_photograph(path: str | Path, max_pixels: int = MAX_PIXELS) -> np.ndarray:
    """Read a photograph as shades of grey.

    The picture is turned as its EXIF tag says, colours become brightness, what is transparent
    becomes white paper, and more than `max_pixels` pixels are reduced as early as the format
    allows, so that a huge picture takes neither much memory nor much time.

    Parameters
    ----------
    path : str or Path
        A JPEG, PNG, TIFF, BMP, GIF, WebP or PNM file.
    max_pixels : int
        Bounds the result's height times width.

    Returns
    -------
    ndarray, shape (H, W), float32, in 0..1
        0 is black, 1 is white.

    Raises
    ------
    DataError
        If there is no such file, it is no image, it is damaged, or it has more than `LARGEST`
        pixels.

    Examples
    --------
    >>> from helpers.datasets.pages import page_names, load_page
    >>> image = load_photograph(load_page(page_names()[0]).path)
    >>> image.shape, image.dtype.name, bool(0 <= image.min() < image.max() <= 1)
    ((1224, 1632), 'float32', True)
    """
    path = Path(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged tags, of size
            with Image.open(path, formats=FORMATS) as picture:
                _refuse_giants(path, picture)
                return _as_brightness(_turned_and_reduced(picture, max_pixels))
    except FileNotFoundError:
        raise DataError(f"there is no file {path}; check its name and folder") from None
    except IsADirectoryError:
        raise DataError(f"{path} is a folder, not an image; name a file in it") from None
    except UnidentifiedImageError:
        raise DataError(f"{path} is not an image that can be read; {REMEDY}") from None
    except Image.DecompressionBombError:
        raise DataError(f"{path} claims to be far larger than any photograph; {REMEDY}") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as err:
        raise DataError(f"the image {path} is damaged or cut short ({err}); {REMEDY}") from err


def _refuse_giants(path: Path, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > LARGEST:
        raise DataError(
            f"the image {path} is {width} x {height} pixels; at most {LARGEST // 10**6} "
            "megapixels are read: make it smaller"
        )


def _turned_and_reduced(picture: Image.Image, max_pixels: int) -> Image.Image:
    """Upright, and of at most `max_pixels` pixels."""
    held = picture.getexif().get(ORIENTATION, 1)  # how the camera was held; reducing loses it
    shrink = (picture.width * picture.height / max_pixels) ** 0.5
    if shrink > 1:
        wanted = (max(1, int(picture.width / shrink)), max(1, int(picture.height / shrink)))
        picture.draft("L", wanted)  # JPEG only: decodes at a half, a quarter or an eighth
        steps = max(1, int(min(picture.width / wanted[0], picture.height / wanted[1])))
        picture = _reducible(picture).reduce(steps) if steps > 1 else picture
        if picture.width * picture.height > max_pixels:
            picture = _reducible(picture).resize(wanted, Image.Resampling.BOX)
    picture.getexif()[ORIENTATION] = held
    return ImageOps.exif_transpose(picture)


def _reducible(picture: Image.Image) -> Image.Image:
    """Palettes and single bits cannot be averaged: turn them into shades first."""
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("P", "PA"):
        return picture.convert("RGBA")
    return picture


def _as_brightness(picture: Image.Image) -> np.ndarray:
    """Shades of grey from 0 to 1, on white where the picture is transparent."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return _deep(np.asarray(picture, dtype=np.float32))
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode in ("LA", "La", "RGBA", "RGBa"):
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    return grey / np.float32(255)


def _deep(values: np.ndarray) -> np.ndarray:
    """More than eight bits: 16 if anything needs them; what is no number is black."""
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    top = float(values.max(initial=0.0))
    scale = 1.0 if top <= 1.0 else 255.0 if top <= 255.0 else 65535.0 if top <= 65535.0 else top
    return np.clip(values / np.float32(scale), 0.0, 1.0).astype(np.float32)


def shrink(image: np.ndarray, step: int) -> np.ndarray:
    """Make a picture smaller: each square of `step` x `step` pixels becomes its mean.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    step : int
        At least 1.

    Returns
    -------
    ndarray, shape (ceil(H / step), ceil(W / step))
        Squares that stick out over the edge are filled up with the pixels nearest to them.

    Examples
    --------
    >>> shrink(np.array([[0.0, 2.0, 5.0], [2.0, 4.0, 5.0]]), 2)
    array([[2., 5.]])
    """
    height, width = image.shape
    rows, cols = -(-height // step), -(-width // step)
    missing = ((0, rows * step - height), (0, cols * step - width))
    padded = np.pad(image, missing, mode="edge")
    return padded.reshape(rows, step, cols, step).mean(axis=(1, 3))


def enlarge(small: np.ndarray, shape: tuple[int, int], step: int) -> np.ndarray:
    """Undo `shrink`, as far as that can be done: values in between are interpolated.

    Parameters
    ----------
    small : ndarray, shape (ceil(H / step), ceil(W / step))
    shape : tuple of two ints
        (H, W) of the result.
    step : int
        How many pixels one value of `small` stands for.

    Returns
    -------
    ndarray, shape (H, W), float32

    Examples
    --------
    >>> enlarge(np.array([[1.0, 3.0]]), (1, 4), 2)
    array([[1. , 1.5, 2.5, 3. ]], dtype=float32)
    """
    grey = Image.fromarray(np.asarray(small, dtype=np.float32))
    box = (0, 0, shape[1] / step, shape[0] / step)
    size = (shape[1], shape[0])
    return np.asarray(grey.resize(size, Image.Resampling.BILINEAR, box=box))
