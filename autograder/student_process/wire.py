"""Frames: how a call goes to a student's process and an answer comes back.

A frame is two lengths, a JSON text, and the raw bytes of the arrays that the text refers
to. Nothing is ever unpickled, nothing is looked up by a name that came over the wire, and
every length is checked against a cap before a byte of it is read. What arrives is rebuilt
from the types in :mod:`helpers.checking.plain` alone.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.checking.plain import LARGEST_INT, Opaque
from helpers.checking.plain import MAX_DEPTH as VALUE_DEPTH

LENGTHS = struct.Struct(">II")
MAX_JSON = 4 * 2**20  # bytes
MAX_ARRAYS = 64 * 2**20  # bytes
MAX_TEXT = 2**20  # characters of one string: the longest cell of a notebook
MAX_NODES = 200_000
MAX_DEPTH = VALUE_DEPTH + 4  # a value lies in a reply, among arguments
MAX_DIMENSIONS = 16
DTYPES = frozenset(
    np.dtype(code).str
    for code in ("?", "i1", "u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8")
)


class WireError(Exception):
    """What arrived is not a frame, is too large, or came too late."""


class Late(WireError):
    """Nothing, or not all of it, came before the deadline."""


class Closed(WireError):
    """The other side is gone."""


Reference = Callable[[Any], dict[str, str] | None]
Resolve = Callable[[dict[str, str]], Any]


def encode(value: Any, refer: Reference | None = None) -> bytes:
    """Make a frame from plain data.

    Parameters
    ----------
    value : object
        Plain data; see :func:`helpers.checking.plain.plain`.
    refer : callable, optional
        Turns a callable into the name by which the other side finds it, or ``None``.

    Raises
    ------
    WireError
        The value is not plain, or larger than a frame may be.
    """
    encoder = _Encoder(refer)
    tree = encoder.tree(value, 0)
    text = json.dumps(tree, separators=(",", ":")).encode("ascii")
    if len(text) > MAX_JSON:
        raise WireError(_too_large(len(text)))
    return b"".join([LENGTHS.pack(len(text), encoder.size), text, *encoder.blobs])


def _too_large(size: int) -> str:
    return f"the value is too large: {size / 2**20:.0f} MB"


class _Encoder:
    def __init__(self, refer: Reference | None):
        self._refer = refer
        self._nodes = 0
        self.blobs: list[memoryview] = []
        self.size = 0

    def tree(self, value: Any, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value has too many parts")
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, Opaque):
            return {"$": "opaque", "type": value.type_name}
        if isinstance(value, list):
            return [self.tree(item, depth + 1) for item in value]
        if isinstance(value, tuple):
            return {"$": "tuple", "items": [self.tree(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            items = [[key, self.tree(entry, depth + 1)] for key, entry in value.items()]
            return {"$": "dict", "items": items}
        named = self._refer(value) if self._refer else None
        if named is None:
            raise WireError(f"a {type(value).__name__} cannot be sent")
        return {"$": "callable", **named}

    def _array(self, value: np.ndarray) -> dict[str, Any]:
        at = self.size
        self.size += _extent(value.shape, value.dtype)
        if self.size > MAX_ARRAYS:
            raise WireError(_too_large(self.size))
        data = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        self.blobs.append(data.reshape(-1).view(np.uint8).data)
        self.size = at + data.nbytes
        return {"$": "array", "dtype": data.dtype.str, "shape": list(value.shape), "at": at}


def _extent(shape: Sequence[int], dtype: np.dtype) -> int:
    """Bytes of an array, axes of length zero counted as one: what reducing it may cost."""
    return math.prod(max(length, 1) for length in shape) * dtype.itemsize


def decode(
    text: bytes | bytearray, arrays: bytes | bytearray, resolve: Resolve | None = None
) -> Any:
    """Rebuild a value from the two parts of a frame.

    Raises
    ------
    WireError
        Anything in it is not as :func:`encode` would have made it.
    """
    try:
        tree = json.loads(text)
        decoder = _Decoder(arrays, resolve)
        value = decoder.value(tree, 0)
    except (ValueError, RecursionError, MemoryError) as error:
        raise WireError(f"a frame cannot be read: {type(error).__name__}") from None
    if decoder.taken != len(arrays):
        raise WireError("a frame holds bytes that belong to no array")
    return value


class _Decoder:
    def __init__(self, arrays: bytes | bytearray, resolve: Resolve | None):
        self._arrays = arrays
        self._resolve = resolve
        self._nodes = 0
        self.taken = 0  # bytes that belong to the arrays so far

    def value(self, tree: Any, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("a value has too many parts")
        if tree is None or isinstance(tree, (bool, float)):
            return tree
        if isinstance(tree, int):
            return tree if abs(tree) <= LARGEST_INT else Opaque("int of more than 64 bits")
        if isinstance(tree, str):
            return bounded_text(tree)
        if isinstance(tree, list):
            return [self.value(item, depth + 1) for item in tree]
        return self._tagged(tree, depth)

    def _tagged(self, tree: dict, depth: int) -> Any:
        kind = tree.get("$")
        if kind == "array":
            return self._array(tree)
        if kind == "opaque" and isinstance(tree.get("type"), str):
            return Opaque(bounded_text(tree["type"])[:80])
        items = tree.get("items")
        if kind == "tuple" and isinstance(items, list):
            return tuple(self.value(item, depth + 1) for item in items)
        if kind == "dict" and isinstance(items, list):
            return dict(self._entry(item, depth) for item in items)
        if kind == "callable" and self._resolve:
            return self._resolve(tree)
        raise WireError("a frame holds a value of unknown kind")

    def _entry(self, item: Any, depth: int) -> tuple[str, Any]:
        if not (isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)):
            raise WireError("a frame holds a malformed dict")
        return bounded_text(item[0]), self.value(item[1], depth + 1)

    def _array(self, tree: dict) -> np.ndarray:
        dtype, shape, at = tree.get("dtype"), tree.get("shape"), tree.get("at")
        if not (isinstance(dtype, str) and dtype in DTYPES and _is_size(at)):
            raise WireError("a frame holds an array of unknown kind")
        if not (
            isinstance(shape, list) and len(shape) <= MAX_DIMENSIONS and all(map(_is_size, shape))
        ):
            raise WireError("a frame holds an array of no shape")
        count = math.prod(shape)
        size = count * np.dtype(dtype).itemsize
        if at != self.taken:  # arrays lie one after the other: no byte is in two of them
            raise WireError("a frame holds an array out of its place")
        if _extent(shape, np.dtype(dtype)) > MAX_ARRAYS or at + size > len(self._arrays):
            raise WireError("a frame holds an array longer than its bytes")
        self.taken += size
        flat = np.frombuffer(self._arrays, dtype, count, at) if count else np.empty(0, dtype)
        return flat.reshape(shape).astype(np.dtype(dtype).newbyteorder("="), copy=True)


def _is_size(value: Any) -> bool:
    return type(value) is int and 0 <= value <= MAX_ARRAYS


def bounded_text(text: str) -> str:
    """A string without lone surrogates and of bounded length: safe to print and to write."""
    return text[:MAX_TEXT].encode("utf-8", "replace").decode("utf-8")


class Channel:
    """Frames over a stream socket, with a deadline for each.

    Parameters
    ----------
    sock : socket.socket
        A connected stream socket; the channel owns it.
    """

    def __init__(self, sock: socket.socket):
        self._socket = sock

    def close(self) -> None:
        """Close the socket; whatever the other side sends from now on is lost."""
        self._socket.close()

    def has_input(self) -> bool:
        """Whether something can be read right now, the end of the stream included."""
        self._socket.setblocking(False)
        try:
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            pass
        return True

    def send(self, frame: bytes, deadline: float | None = None) -> None:
        """Send a frame made by :func:`encode`.

        Raises
        ------
        Late
            The other side did not take it before the deadline (``time.monotonic()``).
        Closed
            It is gone.
        """
        rest = memoryview(frame)
        while rest:
            rest = rest[self._before(deadline, self._socket.send, rest[: 2**20]) :]

    def receive(self, deadline: float | None = None) -> tuple[bytearray, bytearray]:
        """Receive the two parts of one frame.

        Raises
        ------
        Late, Closed
            As for :meth:`send`.
        WireError
            A length is over its cap.
        """
        text_size, arrays_size = LENGTHS.unpack(self._read(LENGTHS.size, deadline))
        if text_size > MAX_JSON or arrays_size > MAX_ARRAYS:
            raise WireError("the answer is too large, or not an answer")
        return self._read(text_size, deadline), self._read(arrays_size, deadline)

    def _read(self, size: int, deadline: float | None) -> bytearray:
        parts = bytearray()
        while len(parts) < size:
            part = self._before(deadline, self._socket.recv, min(size - len(parts), 2**20))
            if not part:
                raise Closed("the other side is gone")
            parts += part
        return parts

    def _before(self, deadline: float | None, act: Callable[[Any], Any], what: Any) -> Any:
        """Do one thing with the socket before the deadline."""
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise Late("no answer in time")
        self._socket.settimeout(left)
        try:
            return act(what)
        except TimeoutError:
            raise Late("no answer in time") from None
        except OSError:
            raise Closed("the other side is gone") from None
