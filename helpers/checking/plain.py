"""Plain data: the only kind of value that a check ever looks at.

A student's function may return anything: a subclass of ndarray, a masked array, an object
whose ``__eq__`` always says yes. Before a check sees a value it is rebuilt here from the
few types that behave as expected: ``None``, ``bool``, ``int``, ``float``, ``str``, ``list``,
``tuple``, ``dict`` with string keys, and :class:`numpy.ndarray` itself of a numeric dtype.
An array of another library that the course knows becomes one of NumPy.
Everything else becomes an :class:`Opaque` that remembers only the name of its type.

A matrix or a masked array is no plain array: ``*`` and ``sum`` mean something else for it, so that
the student's next function gets wrong what this one seems to have right. It is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.checking import libraries

NUMERIC_KINDS = "biuf"  # bool, signed, unsigned, float: never object, never void
MAX_DEPTH = 16
LARGEST_INT = 2**63 - 1


OTHER_ARRAYS = (np.matrix, np.ma.MaskedArray)
"""Arrays that calculate otherwise than an ordinary one."""


@dataclass(frozen=True)
class Opaque:
    """A value that is not plain data; only the name of its type is kept."""

    type_name: str

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


def plain(value: Any, depth: int = 0) -> Any:
    """Rebuild a value from plain types, all the way down.

    Parameters
    ----------
    value : object
        Whatever a function returned or changed.

    Returns
    -------
    object
        The same value in plain types. Arrays are copied, C-contiguous, of type
        :class:`numpy.ndarray` exactly. NumPy scalars become Python scalars.

    Examples
    --------
    >>> plain((np.float64(0.5), [np.int32(3)]))
    (0.5, [3])
    >>> plain(np.ma.array([1.0, 2.0], mask=[True, False]))
    <MaskedArray>
    >>> plain(lambda x: x)
    <function>
    """
    kind = type(value)
    if value is None or kind in (bool, float):
        return value
    if kind is int:
        return value if abs(value) <= LARGEST_INT else Opaque("int of more than 64 bits")
    if kind is str:
        return value
    if isinstance(value, np.generic):
        return _plain_scalar(value)
    if isinstance(value, np.ndarray):
        other = next((kind for kind in OTHER_ARRAYS if isinstance(value, kind)), None)
        return plain_array(value) if other is None else Opaque(other.__name__)
    for library in libraries.KNOWN:
        if library.is_array(value):
            return library.to_array(value)
    if depth >= MAX_DEPTH:
        return Opaque("structure nested too deeply")
    if isinstance(value, dict):
        return {_key(k): plain(v, depth + 1) for k, v in dict.items(value)}
    if isinstance(value, tuple):
        return tuple(plain(item, depth + 1) for item in tuple.__iter__(value))
    if isinstance(value, list):
        return [plain(item, depth + 1) for item in list.__iter__(value)]
    return Opaque(_type_name(value))


def _plain_scalar(value: np.generic) -> Any:
    if value.dtype.kind == "b":
        return bool(value)
    if value.dtype.kind in "iu":
        return plain(int(value))
    if value.dtype.kind == "f":
        return float(value)
    if value.dtype.kind == "U":
        return str(value)
    return Opaque(_type_name(value))


def plain_array(value: np.ndarray) -> Any:
    """An array as :class:`numpy.ndarray` exactly; an :class:`Opaque` where it holds no numbers."""
    base = np.array(value, copy=True, order="C", subok=False)
    if base.dtype.kind not in NUMERIC_KINDS:
        return Opaque(f"ndarray of dtype {base.dtype.name}")
    if base.dtype.itemsize > 8:
        base = base.astype(np.float64)
    return base.astype(base.dtype.newbyteorder("="), copy=False)


def _key(key: Any) -> str:
    return key if type(key) is str else f"<{_type_name(key)}>"


def _type_name(value: Any) -> str:
    return str(type.__dict__["__name__"].__get__(type(value)))[:80]


def same(a: Any, b: Any) -> bool:
    """Whether two plain values are identical: types, shapes, and every entry (NaN equals NaN).

    Examples
    --------
    >>> same((1.0, [np.arange(3)]), (1.0, [np.arange(3)]))
    True
    >>> same(np.zeros((2, 1)), np.zeros(2))
    False
    """
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return (
            type(a) is type(b)
            and a.dtype == b.dtype
            and a.shape == b.shape
            and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
        )
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (a != a and b != b)
