"""What an exception means: which operand has which shape, what fits, what a name is called now.

NumPy says "operands could not be broadcast together with shapes (5,3) (5,)". Which of the two is
whose, and what would fit, can be read from the line that raised it and from the variables there.
No code of the student's is run again for it: only names, and entries and transposes of them, are
looked up.
"""

from __future__ import annotations

import ast
import difflib
import linecache
import re
import textwrap
from types import FrameType, TracebackType
from typing import Any

import numpy as np

MAX_TEXT = 300
FORMER_NAMES = {
    "float": "float", "int": "int", "object": "object", "str": "str",
    "complex": "complex", "float_": "np.float64", "int0": "np.intp", "NaN": "np.nan",
    "Inf": "np.inf", "Infinity": "np.inf", "infty": "np.inf", "product": "np.prod",
    "cumproduct": "np.cumprod", "sometrue": "np.any", "alltrue": "np.all", "in1d": "np.isin",
    "trapz": "np.trapezoid", "asfarray": "np.asarray",
    "msort": "np.sort", "mat": "np.asarray", "round_": "np.round", "unicode_": "np.str_",
}  # fmt: skip
"""Names that older versions of NumPy had, and what does the same in 2.x."""
SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**",
}  # fmt: skip


def explain(error: BaseException) -> str:
    """One sentence or two on what an exception in a student's code means and how to go on.

    Returns
    -------
    str
        Empty where there is no more to say than the exception does.

    Examples
    --------
    >>> try:
    ...     np.zeros((5, 3)) - np.zeros(5)
    ... except ValueError as error:
    ...     print(explain(error))
    ...
    `np.zeros((5, 3))` has shape (5, 3), `np.zeros(5)` (5,). A column of shape (5, 1) would fit: \
keepdims=True keeps that axis.
    """
    for reason in (_shapes, _former_name, _absent_module, _unknown_name, _nothing_returned, _key):
        try:
            said = reason(error)
        except Exception:  # what a student's objects do when looked at must not matter here
            said = ""
        if said:
            return said[:MAX_TEXT]
    return ""


def _shapes(error: BaseException) -> str:
    """Of two operands whose shapes do not go together: which is which, and what would fit."""
    text = str(error)
    if not isinstance(error, ValueError) or not re.search(
        r"could not be broadcast|not aligned|mismatch in its core dimension|non-broadcastable", text
    ):
        return ""
    sign, operands = _operation(error)
    shapes = [shape for _, shape in operands] or _shapes_in(text)
    if len(shapes) != 2 or None in shapes:
        shapes = _shapes_in(text)
    if len(shapes) != 2:
        return _sizes(text)
    names = [name for name, _ in operands] or ["", ""]
    left, right = shapes
    product = sign in ("@", "dot") or "aligned" in text or "core dimension" in text
    sign = sign or ("@" if product else "")
    if "non-broadcastable output" in text:
        return f"What is changed in place has shape {left}, the result {right}."
    else:
        said = (
            f"{_side('The left side', sign, names[0])} has shape {left}, "
            f"{_side('the right side', '', names[1])} {right}."
        )
    fit = _fits_product(left, right, *names) if product else _fits_entries(left, right)
    return f"{said} {fit}".strip()


def _sizes(text: str) -> str:
    """Of a product whose operands cannot be looked up: the two sizes that must be equal."""
    found = re.search(r"core dimension 0.*\(size (\d+) is different from (\d+)\)", text)
    if found is None:
        return ""
    rows, columns = found.groups()
    return (
        f"In a product the columns on the left, here {columns}, must be as many as the rows on the "
        f"right, here {rows}. Is a transpose missing, or should `*` multiply entry by entry?"
    )


def _side(side: str, sign: str, name: str) -> str:
    return f"`{name}`" if name else f"{side} of {sign}" if sign else side


def _fits_product(
    left: tuple[int, ...], right: tuple[int, ...], left_name: str, right_name: str
) -> str:
    """Which transpose makes the columns on the left as many as the rows on the right."""
    if len(left) != 2 or len(right) != 2:
        return "In a product the last axis on the left must be as long as the first on the right."
    left_name, right_name = left_name or "left", right_name or "right"
    fitting = []
    if left[0] == right[0]:
        fitting.append(f"`{left_name}.T @ {right_name}` fits and has shape {(left[1], right[1])}")
    if left[1] == right[1]:
        fitting.append(f"`{left_name} @ {right_name}.T` fits and has shape {(left[0], right[0])}")
    if right[1] == left[0]:
        fitting.append(f"`{right_name} @ {left_name}` fits and has shape {(right[0], left[1])}")
    if not fitting:
        return "The columns on the left must be as many as the rows on the right."
    return "; ".join(fitting) + "."


def _fits_entries(left: tuple[int, ...], right: tuple[int, ...]) -> str:
    """What makes two arrays go together entry by entry."""
    for one, other in ((left, right), (right, left)):
        if len(one) == 1 and len(other) == 2 and one[0] == other[0]:
            column = f"({one[0]}, 1)"
            return f"A column of shape {column} would fit: keepdims=True keeps that axis."
    if len(left) == len(right) == 2:
        if left == right[::-1]:
            return "One is the other transposed: is a `.T` missing, or one too many?"
        if left[1] == right[0] or left[0] == right[1]:
            return "`*` works entry by entry; did you mean the matrix product, `@`?"
    return ""


def _shapes_in(text: str) -> list[tuple[int, ...]]:
    """The shapes that a message of NumPy's names, such as ``(5,3)``."""
    found = re.findall(r"\((\d+(?:,\d+)*,?)\)", text)
    return [tuple(int(n) for n in shape.split(",") if n) for shape in found]


def _operation(error: BaseException) -> tuple[str, list[tuple[str, tuple[int, ...] | None]]]:
    """The sign of the operation that raised an error, and its operands: name and shape."""
    found = _expression(error.__traceback__)
    if found is None:
        return "", []
    node, frame = found
    if isinstance(node, ast.BinOp):
        return SIGNS.get(type(node.op), ""), [_seen(n, frame) for n in (node.left, node.right)]
    if isinstance(node, ast.AugAssign):
        return SIGNS.get(type(node.op), ""), [_seen(n, frame) for n in (node.target, node.value)]
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr in ("dot", "matmul"):
        both = node.args if len(node.args) == 2 else [called.value, *node.args]
        return "dot", [_seen(n, frame) for n in both[:2]]
    return "", []


def _expression(traceback: TracebackType | None) -> tuple[ast.AST, FrameType] | None:
    """The piece of code that was at work in the innermost frame, as a syntax tree."""
    if traceback is None:
        return None
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    code = traceback.tb_frame.f_code
    positions = list(code.co_positions())[traceback.tb_lasti // 2]
    first, last, start, end = positions
    if None in positions:
        return None
    lines = linecache.getlines(code.co_filename)[first - 1 : last]
    if not lines:
        return None
    encoded = [line.encode() for line in lines]
    encoded[-1] = encoded[-1][:end]
    encoded[0] = encoded[0][start:]
    source = textwrap.dedent(b"".join(encoded).decode())
    try:
        return ast.parse(f"({source})", mode="eval").body, traceback.tb_frame
    except SyntaxError:
        return ast.parse(source).body[0], traceback.tb_frame


def _seen(node: ast.AST, frame: FrameType) -> tuple[str, tuple[int, ...] | None]:
    """An operand as it is written, if it is short, and its shape, if it can be looked up."""
    name = ast.unparse(node)
    return name if len(name) <= 40 else "", _shape(_looked_up(node, frame))


def _looked_up(node: ast.AST, frame: FrameType) -> Any:
    """The value of a name, of a named entry of a dict, or of a transpose; otherwise ``None``."""
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Attribute) and node.attr == "T":
        value = _looked_up(node.value, frame)
        return value.T if type(value) is np.ndarray else None
    if isinstance(node, ast.Subscript):
        value, key = _looked_up(node.value, frame), _text(node.slice, frame)
        return value.get(key) if type(value) is dict else None
    return None


def _text(node: ast.AST, frame: FrameType) -> str | None:
    """The text of a key such as ``'W' + name``, or ``f'W{name}'``; otherwise ``None``."""
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is str else None
    if isinstance(node, ast.Name):
        value = _looked_up(node, frame)
        return value if type(value) is str else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(part, frame) for part in (node.left, node.right)]
    elif isinstance(node, ast.JoinedStr):
        parts = [_text(part, frame) for part in node.values]
    elif isinstance(node, ast.FormattedValue) and node.format_spec is None:
        return _text(node.value, frame)
    else:
        return None
    return None if None in parts else "".join(parts)


def _shape(value: Any) -> tuple[int, ...] | None:
    return value.shape if type(value) is np.ndarray else None


def _former_name(error: BaseException) -> str:
    found = re.match(r"module 'numpy' has no attribute '(\w+)'", str(error))
    if not isinstance(error, AttributeError) or not found:
        return ""
    name = found[1]
    if name in FORMER_NAMES:
        return f"`np.{name}` is gone since NumPy 2; write `{FORMER_NAMES[name]}` in its place."
    return _similar(f"np.{name}", [f"np.{there}" for there in dir(np)])


def _absent_module(error: BaseException) -> str:
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    package = error.name.partition(".")[0]
    return f"The package `{package}` is not there for these answers; they have to do without it."


def _unknown_name(error: BaseException) -> str:
    if not isinstance(error, NameError) or isinstance(error, UnboundLocalError) or not error.name:
        return ""
    frame = _innermost(error)
    known = [*frame.f_locals, *frame.f_globals] if frame else []
    return _similar(error.name, known) or (
        f"Nothing is called `{error.name}` here: is it misspelt, or does it come from a cell that "
        "has not run?"
    )


def _similar(name: str, known: list[str]) -> str:
    found = difflib.get_close_matches(name, known, n=1)
    return f"There is no `{name}`; did you mean `{found[0]}`?" if found else ""


def _nothing_returned(error: BaseException) -> str:
    if isinstance(error, (TypeError, AttributeError)) and "NoneType" in str(error):
        return "Something here is None: a function that ends without `return` gives None."
    return ""


def _key(error: BaseException) -> str:
    """Of a key that a dict has not: those of the dicts in sight that are like it."""
    if type(error) is not KeyError or not error.args or not isinstance(error.args[0], str):
        return ""
    frame = _innermost(error)
    for name, value in (frame.f_locals if frame else {}).items():
        if type(value) is dict and value and all(isinstance(key, str) for key in value):
            there = ", ".join(map(repr, list(value)[:8]))
            return f"`{name}` has no entry {error.args[0]!r}; it has {there}."
    return ""


def _innermost(error: BaseException) -> FrameType | None:
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame if traceback else None
