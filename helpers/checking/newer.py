"""Why a cell is no Python here, in words of the cause: a merge, or a newer Python than this one.

What this Python refuses and a newer one takes is told by writing it as this one would have it: if
that can be read, the student's Python could read the cell.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
import warnings

MARKED = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
SAID = "written for Python {} or newer, and this is Python {}.{}"
FOUND = re.compile(
    r"(?:the cell \S+ is )?written for Python 3\.\d+ or newer, and this is Python 3\.\d+"
)
MAX_LOOKED_AT = 100_000  # characters
MAX_NESTED = 20  # strings in strings
STRING = re.compile(r"(?<!\w)([rbuftRBUFT]{0,2})(\"\"\"|'''|\"|')|#")
EXCEPT = re.compile(r"^([ \t]*except\*?)[ \t]+([^:(),\n]+,[^:()\n]*):", re.MULTILINE)
TYPE = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*(?:\[[^\n=]*\])?[ \t]*=(?!=)", re.MULTILINE)
GENERIC = re.compile(
    r"^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+)\[[^\n]*?\](?=[ \t]*[(:])", re.MULTILINE
)
NEW_NAMES = {
    "itertools.batched": 12, "math.sumprod": 12, "typing.override": 12, "calendar.Month": 12,
    "typing.TypeAliasType": 12, "collections.abc.Buffer": 12, "uuid.uuid7": 14,
    "typing.ReadOnly": 13, "typing.TypeIs": 13, "copy.replace": 13, "warnings.deprecated": 13,
    "math.fma": 13, "random.binomialvariate": 12, "functools.Placeholder": 14,
    "string.templatelib": 14, "compression": 14, "annotationlib": 14, "concurrent.interpreters": 14,
}  # fmt: skip
"""What the standard library has since which Python 3: what students meet, not all there is."""
ABSENT = re.compile(
    r"cannot import name '(\w+)' from '([\w.]+)'|module '([\w.]+)' has no attribute '(\w+)'|"
    r"No module named '([\w.]+)'"
)


def syntax_problem(cell: str, source: str, error: BaseException) -> str:
    """What is wrong with a cell that this Python cannot read, in one line.

    Parameters
    ----------
    cell : str
        Its name.
    source : str
        Its text, without what is IPython's.
    error : BaseException
        What the parser raised.

    Examples
    --------
    >>> syntax_problem("q1", "<<<<<<< HEAD\\nx = 1", SyntaxError("invalid syntax"))
    'the cell q1 holds marks of a merge (<<<<<<<), line 1: keep one side, and delete the marks'
    """
    if not isinstance(error, SyntaxError):
        return f"the cell {cell} cannot be read as Python ({type(error).__name__})"
    line = f", line {error.lineno}" if error.lineno else ""
    quoted = f": {error.text.strip()[:120]}" if error.text else ""
    merged = MARKED.search(source)
    if merged:
        at = source.count("\n", 0, merged.start()) + 1
        return (
            f"the cell {cell} holds marks of a merge ({merged[0].strip()}), line {at}: keep one "
            "side, and delete the marks"
        )
    version = newer_python(source)
    if version:
        return f"the cell {cell} is {_said(version)}{line}{quoted}"
    return f"the cell {cell} is not valid Python{line}{quoted} ({error.msg})"


def newer_python(source: str) -> str:
    """The first Python that can read what this one cannot, such as ``"3.14"``; or nothing.

    Examples
    --------
    >>> newer_python("x = = 1"), newer_python("def f(:")
    ('', '')
    """
    if len(source) > MAX_LOOKED_AT:
        return ""
    text = source
    try:
        for minor, rewrite in ((12, _as_before_12), (14, _as_before_14)):
            text = rewrite(text)
            if sys.version_info < (3, minor) and _parses(text):
                return f"3.{minor}"
    except RecursionError:  # strings in strings in strings
        pass
    return ""


def newer_name(error: BaseException) -> str:
    """What to say of a name that the standard library has only since a newer Python, or nothing.

    Examples
    --------
    >>> newer_name(ImportError("cannot import name 'exp' from 'math' (unknown location)"))
    ''
    """
    if not isinstance(error, (ImportError, AttributeError)):
        return ""
    found = ABSENT.search(str(error))
    if not found:
        return ""
    name, home, module, attribute, missing = found.groups()
    whole = missing or f"{home or module}.{name or attribute}"
    minor = NEW_NAMES.get(whole) or NEW_NAMES.get(whole.partition(".")[0])
    return _said(f"3.{minor}") if minor and sys.version_info < (3, minor) else ""


def newer_in(text: str) -> str:
    """The part of a message that says that a newer Python is needed, or an empty text."""
    found = FOUND.search(text)
    return found[0] if found else ""


def _said(version: str) -> str:
    return SAID.format(version, *sys.version_info[:2])


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _as_before_12(text: str) -> str:
    """Without type parameters and type statements; what f-strings hold is beside them."""
    return TYPE.sub(r"\1\2 =", GENERIC.sub(r"\1", _without_f_strings(text)))


def _as_before_14(text: str) -> str:
    """With parentheses around several exceptions; template strings go with f-strings."""
    return EXCEPT.sub(r"\1 (\2):", _without_f_strings(text, "tT"))


def _without_f_strings(text: str, kinds: str = "fF", depth: int = 0) -> str:
    """Each f-string as a tuple of the expressions in it, read as Python 3.12 reads it."""
    parts = []
    at = 0
    while found := STRING.search(text, at):
        parts.append(text[at : found.start()])
        if found[0] == "#":
            end = text.find("\n", found.end())
            at = len(text) if end < 0 else end
            parts.append(text[found.start() : at])
        elif set(kinds) & set(found[1]) and depth < MAX_NESTED:
            expressions, at = _expressions(text, found.end(), found[2])
            inner = [_without_f_strings(one, kinds, depth + 1) for one in expressions]
            parts.append("('', " + "".join(f"({one}\n), " for one in inner) + ")")
        else:
            at = _end_of_string(text, found)
            parts.append(text[found.start() : at])
    return "".join([*parts, text[at:]])


def _end_of_string(text: str, found: re.Match[str]) -> int:
    """Where a string ends that is no f-string; one in an f-string is jumped over as a whole."""
    at = found.end()
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(found[2], at):
            return at + len(found[2])
        elif text[at] == "\n" and len(found[2]) == 1:
            return at
        else:
            at += 1
    return len(text)


def _expressions(text: str, at: int, quote: str) -> tuple[list[str], int]:
    """The expressions in an f-string, and where it ends."""
    found: list[str] = []
    while at < len(text) and not text.startswith(quote, at):
        if text.startswith(("{{", "}}", "\\"), at):
            at += 2
        elif text[at] == "{":
            at = _expression(text, at + 1, found)
        elif text[at] == "\n" and len(quote) == 1:
            break
        else:
            at += 1
    return found, at + len(quote)


def _expression(text: str, start: int, found: list[str]) -> int:
    """Read one expression with what formats it; returns where it ends, behind the brace."""
    depth, at = 0, start
    while at < len(text):
        sign = text[at]
        string = STRING.match(text, at) if sign != "#" else None
        if string:
            is_f = set("fFtT") & set(string[1])
            at = (
                _expressions(text, string.end(), string[2])[1]
                if is_f
                else _end_of_string(text, string)
            )
            continue
        if not depth and (sign in ":}" or (sign == "!" and text[at + 1 : at + 2] != "=")):
            break
        depth += (sign in "([{") - (sign in ")]}")
        at += 1
    whole = text[start:at].rstrip()
    whole = whole[:-1] if re.search(r"[^=!<>]=$", whole) else whole
    found.append(whole if whole.strip() else "=")  # nothing is no expression
    return _formatted(text, at, found)


def _formatted(text: str, at: int, found: list[str]) -> int:
    """Read what formats an expression, in which there may be others; returns the end behind it."""
    while at < len(text) and text[at] != "}":
        at = _expression(text, at + 1, found) if text[at] == "{" else at + 1
    return at + 1
