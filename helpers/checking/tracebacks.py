"""Tracebacks that show the student's own lines and nothing else."""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import textwrap
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

HELPERS = str(Path(__file__).resolve().parents[1])
LIBRARIES = ("site-packages", "dist-packages")
MAX_FRAMES = 8


def own_lines(error: BaseException) -> str:
    """Format the frames of an exception that lie in the student's own code.

    Frames of installed libraries, of the standard library and of ``helpers`` are left out.
    A cell of a notebook is named as such.

    Returns
    -------
    str
        One ``file, line`` and one source line a frame, outermost first, then the error.
        Empty where no frame is the student's and the error says nothing.
    """
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_own(f.filename)]
    lines = []
    for frame in frames[-MAX_FRAMES:]:
        lines.append(f"{_place(frame.filename)}, line {frame.lineno}, in {frame.name}")
        source = (frame.line or "").strip()
        if source:
            lines.append(f"    {source[:160]}")
    lines += [line.rstrip() for line in traceback.format_exception_only(error)][-4:]
    return "\n".join(lines)[:4000]


def signature_of(function: Callable) -> str:
    """The signature as the student wrote it, or ``()`` where there is none to see."""
    try:
        text = str(inspect.signature(function))
        return re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", text)[:120]
    except (TypeError, ValueError):
        return "()"


def last_own_function(error: BaseException) -> str:
    """The name of the student's own function in which an exception arose, if there is one."""
    return (own_functions(error) or [""])[-1]


def own_functions(error: BaseException) -> list[str]:
    """The student's own functions through which an exception came, the innermost last.

    A method has its class in its name, such as ``Net.forward``.
    """
    codes = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    return [code.co_qualname for code in codes if _is_own(code.co_filename)]


def left_above_code(error: NotImplementedError) -> str:
    """The line that raised, where more of a function stands below it than it can ever reach.

    Empty where nothing does, as in a stub, or where the line is one branch of several.
    """
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_own(f.filename)]
    if not frames or not frames[-1].lineno:
        return ""
    last = frames[-1]
    lines = linecache.getlines(last.filename)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            functions = ast.walk(ast.parse(textwrap.dedent("".join(lines))))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    for node in functions:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            at = next((i for i, s in enumerate(node.body) if s.lineno == last.lineno), None)
            if at is not None and isinstance(node.body[at], ast.Raise) and node.body[at + 1 :]:
                return (last.line or "").strip()[:80]
    return ""


def remember_source(filename: str, source: str) -> None:
    """Let tracebacks quote lines of code that lives in no file, such as a cell."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def _is_own(name: str) -> bool:
    if name.startswith("cell ") or "ipykernel" in name or name.startswith("<ipython"):
        return "site-packages" not in name
    if name.startswith("<") or name.startswith(HELPERS):
        return False
    if any(part in name for part in LIBRARIES) or name.startswith(_standard_library()):
        return False
    return Path(name).is_file() and "student_process" not in name


def _standard_library() -> str:
    return str(Path(traceback.__file__).parent)


def _place(filename: str) -> str:
    if filename.startswith("cell "):
        return filename
    if "ipykernel" in filename or filename.startswith("<ipython"):
        return "cell"
    return Path(filename).name
