"""Tracebacks that show the student's own lines and nothing else."""

from __future__ import annotations

import linecache
import traceback
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


def last_own_function(error: BaseException) -> str:
    """The name of the student's own function in which an exception arose, if there is one."""
    return (own_functions(error) or [""])[-1]


def own_functions(error: BaseException) -> list[str]:
    """The student's own functions through which an exception came, the innermost last.

    A method has its class in its name, such as ``Net.forward``.
    """
    codes = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    return [code.co_qualname for code in codes if _is_own(code.co_filename)]


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
