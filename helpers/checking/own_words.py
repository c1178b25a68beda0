"""What may be told of a hidden check: words of its author's, and nothing that came from an answer.

An answer that raises an exception, returns an array of an odd shape or names a key chooses what a
message says of it. It could so spell out the inputs of the check, in digits or in letters. What is
told is therefore never a message with something taken out. It is put together from texts that stand
in the source of the checks, with an ellipsis for whatever was filled in.
"""

from __future__ import annotations

import ast
import builtins
import sys
import traceback
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

from helpers.checking.failures import (
    CheckFailure,
    NoAnswer,
    NotWritten,
    StudentRaised,
    Waits,
)
from helpers.checking.show import subject

NOT_RIGHT = "what comes back is not what the task asks for"
EXCEPTIONS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, Warning)
)
MIN_LETTERS = 8  # of a text that says anything; for each hole in it as many again
HOLE = "…"
Template = tuple[str, ...]
"""The pieces of a text that are fixed; between two of them something is filled in."""


def told_of(failure: CheckFailure, function: str, files: Iterable[str]) -> str:
    """What a student is told of a hidden check that failed.

    Parameters
    ----------
    failure : CheckFailure
    function : str
        The function of theirs that was called last, if any.
    files : iterable of str
        The sources whose words count: those of the check, and of what it calls to compare.

    Examples
    --------
    >>> told_of(StudentRaised("`f(x)` raised ValueError: 4 7 1 1"), "f", [])
    '`f` raised a ValueError'
    >>> told_of(CheckFailure("the sums are 3", about="the sums", gist="is wrong"), "f", [])
    'what comes back is not what the task asks for'
    """
    if isinstance(failure, Waits):
        return failure.problem
    called = f"`{function}`" if function else "your function"
    if isinstance(failure, NotWritten):
        return f"{called} is not written yet, or calls something that is not"
    if isinstance(failure, NoAnswer):
        return f"no answer of {called} came back: too late, too large, or none at all"
    if isinstance(failure, StudentRaised):
        return _raised(failure.problem, called)
    if not failure.gist:
        return own_words(failure.problem, files) or NOT_RIGHT
    verb, _, fault = failure.gist.partition(" ")
    about = own_words(failure.about, files)
    return f"{subject(about, verb)} {fault}" if about else NOT_RIGHT


def _raised(problem: str, called: str) -> str:
    if problem == f"{called} could not be defined":
        return problem
    kind = problem.partition("` raised ")[2].partition(":")[0]
    if kind not in EXCEPTIONS:
        return f"{called} raised an exception"
    return f"{called} raised {'an' if kind[0] in 'AEIOU' else 'a'} {kind}"


def own_words(text: str, files: Iterable[str]) -> str:
    """A text as the sources have it, with an ellipsis for what was filled in; empty if they do not.

    Examples
    --------
    >>> own_words("4711 is the answer of this function", [__file__])
    ''
    """
    fitting = (template for file in files for template in _templates(file) if _fits(text, template))
    best = max(fitting, key=_letters, default=("",))
    enough = MIN_LETTERS * max(1, len(best) - 1)
    return HOLE.join(best) if _letters(best) >= enough else ""


def several_words(text: str, files: Iterable[str]) -> str:
    """The same for several texts that were joined: ``one, or another``."""
    files = list(files)
    whole = own_words(text, files)
    parts = [own_words(part, files) for part in text.split(", or ")]
    return whole or (", or ".join(parts) if all(parts) else "")


def sources_of(check: ModuleType, error: BaseException) -> list[str]:
    """The files whose words count: the check's, what it imports to compare, where it failed."""
    homes = {getattr(value, "__module__", "") for value in vars(check).values()}
    homes |= {value.__name__ for value in vars(check).values() if isinstance(value, ModuleType)}
    helpers = (name for name in homes if isinstance(name, str) and name.startswith("helpers.for"))
    files = {_file_of(name) for name in helpers}
    files |= {frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)}
    return [check.__file__, *sorted(files - {check.__file__, ""})]


def _file_of(module: str) -> str:
    return getattr(sys.modules.get(module), "__file__", "") or ""


def _letters(template: Template) -> int:
    return sum(map(len, template))


def _fits(text: str, template: Template) -> bool:
    """Whether the text has these pieces, in this order, from its beginning to its end."""
    first, *rest = template
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return text.endswith(last) and len(text) - len(last) >= at


@cache
def _templates(file: str) -> frozenset[Template]:
    """The texts in a source."""
    try:
        tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add((node.value,))
        elif isinstance(node, ast.JoinedStr):
            found.add(_pieces(node))
    return frozenset(found)


def _pieces(node: ast.JoinedStr) -> Template:
    pieces = [""]
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces[-1] += part.value
        else:
            pieces.append("")
    return tuple(pieces)
