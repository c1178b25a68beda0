"""Reading plain arrays of numbers from MATLAB 5 files (also called MATLAB 6 and 7 files).

SciPy reads far more of these files, but a damaged one can crash its reader and Python with it.
This one reads numbers only, looks at every length before it trusts it, and runs nothing.

Format: "MAT-File Format", The MathWorks, chapter 1 (MATLAB 5).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

HEADER = 128
"""Bytes before the first element."""
MATRIX, COMPRESSED = 14, 15
"""The types of elements that hold an array, plain and packed with zlib."""
STORED = {
    1: "i1",
    2: "u1",
    3: "i2",
    4: "u2",
    5: "i4",
    6: "u4",
    7: "f4",
    9: "f8",
    12: "i8",
    13: "u8",
}
"""How the numbers of an array may be stored, by the type of the element that holds them."""
KINDS = (
    "nothing", "cell", "struct", "object", "char", "sparse", "double", "single", "int8", "uint8",
    "int16", "uint16", "int32", "uint32", "int64", "uint64", "function", "opaque",
)  # fmt: skip
"""MATLAB's classes by their numbers."""
NUMBERS = frozenset(KINDS[6:16])
COMPLEX = 0x0800


@dataclass(frozen=True)
class Matrix:
    """One variable of a file.

    Attributes
    ----------
    name : str
    kind : str
        Its MATLAB class, such as ``"double"``; complex numbers are ``"complex double"``.
    shape : tuple of int
    numbers : ndarray or None
        What it holds, if it is one of those wanted and plain numbers.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    numbers: np.ndarray | None = None


def read_mat(content: bytes, wanted: tuple[str, ...], most: int) -> dict[str, Matrix]:
    """Read variables of a MATLAB 5 file.

    Parameters
    ----------
    content : bytes
        The whole file.
    wanted : tuple of str
        The variables whose numbers are read; of the others only name, class and shape.
    most : int
        The size in bytes that all elements together may have when unpacked.

    Returns
    -------
    dict of str to Matrix

    Raises
    ------
    ValueError
        If it is another kind of file, or is damaged, or would be larger than `most`.
    """
    order = {b"IM": "<", b"MI": ">"}.get(content[HEADER - 2 : HEADER])
    if order is None:
        raise ValueError("it does not begin as a MATLAB 5 file does")
    if content.startswith(b"MATLAB 7.3"):
        raise ValueError("it is a MATLAB 7.3 file; save it with the option -v7")
    found = {}
    for kind, body in _unpacked(content[HEADER:], order, most):
        if kind == MATRIX and body:
            matrix = _matrix(body, order, wanted)
            found[matrix.name] = matrix
    return found


def _unpacked(content: bytes, order: str, most: int) -> Iterator[tuple[int, bytes]]:
    """The elements of a file, those that are packed unpacked."""
    size = 0
    for kind, body in _elements(content, order, padded=False):
        if kind == COMPRESSED:
            unpacker = zlib.decompressobj()
            try:
                plain = unpacker.decompress(body, most - size + 1)
            except zlib.error as error:
                raise ValueError("a compressed part of it does not unpack") from error
            if size + len(plain) <= most and not unpacker.eof:
                raise ValueError("a compressed part of it ends early")
        else:
            plain = body
        size += len(plain)
        if size > most:
            raise ValueError(f"unpacked it is larger than {most:,} bytes")
        if kind == COMPRESSED:
            yield from _elements(plain, order, padded=False)
        else:
            yield kind, body


def _elements(content: bytes, order: str, padded: bool) -> Iterator[tuple[int, bytes]]:
    """Cut bytes into elements: pairs of a type and what it holds."""
    at = 0
    while at < len(content):
        if at + 8 > len(content):
            raise ValueError("it ends early")
        kind, length = struct.unpack_from(f"{order}II", content, at)
        start = at + 8
        if kind >> 16:  # up to four bytes, in place of the length
            kind, length, start = kind & 0xFFFF, kind >> 16, at + 4
            if length > 4:
                raise ValueError(f"a short element claims {length} bytes")
        if kind == 0:
            raise ValueError("an element has no type")
        if start + length > len(content):
            raise ValueError("it ends early")
        yield kind, content[start : start + length]
        if start == at + 4:
            at += 8
        else:
            at = start + (length + 7) // 8 * 8 if padded else start + length


def _matrix(body: bytes, order: str, wanted: tuple[str, ...]) -> Matrix:
    parts = _elements(body, order, padded=True)
    flags = _integers(next(parts, (0, b"")), order, 6, "I")
    kind = KINDS[flags[0] & 0xFF] if flags and flags[0] & 0xFF < len(KINDS) else "unknown"
    if kind in ("opaque", "unknown", "nothing"):  # laid out in another way
        return Matrix("", kind, ())
    if flags[0] & COMPLEX:
        kind = f"complex {kind}"
    shape = _integers(next(parts, (0, b"")), order, 5, "i")
    name = next(parts, (0, b""))[1].decode("ascii", "replace")
    if len(shape) < 2 or min(shape) < 0:
        raise ValueError(f"an array in it has the shape {shape}")
    if name not in wanted or kind not in NUMBERS:
        return Matrix(name, kind, shape)
    stored, raw = next(parts, (0, b""))
    if stored not in STORED:
        raise ValueError(f"the numbers of '{name}' are stored as type {stored}, which is none")
    numbers = np.dtype(f"{order}{STORED[stored]}")
    count = 1
    for length in shape:
        count *= length  # in whole numbers of any size: nothing overflows
    if len(raw) != count * numbers.itemsize:
        raise ValueError(f"'{name}' has {len(raw)} bytes, which do not make the shape {shape}")
    return Matrix(name, kind, shape, np.frombuffer(raw, numbers).reshape(shape, order="F"))


def _integers(part: tuple[int, bytes], order: str, kind: int, letter: str) -> tuple[int, ...]:
    if part[0] != kind or len(part[1]) % 4 or not part[1]:
        raise ValueError("an array in it is laid out wrongly")
    return struct.unpack(f"{order}{len(part[1]) // 4}{letter}", part[1])
