"""What can be read of a notebook's file: whatever wrote it, and whatever became of it since.

A file that is cut off, or broken somewhere, still holds cells, and each cell is JSON of its own.
Whatever had to be done to read one is said.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from autograder.intake.kinds import kind_of

MAX_READ = 25 * 2**20  # bytes of a notebook that are read; of a larger one the outputs are left out
MAX_CELLS = 5000
MAX_TRIED = 200 * 2**20  # characters that are read in vain
MAX_TOKENS = 2_000_000  # of a file that is larger, until its outputs are found
GUESSED_FROM = 64 * 2**10  # bytes
FEW = 10  # bytes that are no ASCII: too few to tell a language by
ENCODINGS = ("cp1252", "cp932", "gb18030", "big5", "euc_jp", "cp949", "cp1251", "koi8_r")
NAMES = {"cp932": "Shift-JIS", "cp1252": "Latin-1 (cp1252)", "cp949": "Korean (cp949)"}
CELLS = re.compile(r'"cells"\s*:\s*\[')
CELL = re.compile(
    r'\{\s*"(?:attachments|cell_type|execution_count|id|input|metadata|outputs|source)"\s*:'
)
STRING = r'"(?:[^"\\]|\\.)*+"'
LINE_OF_A_CELL = re.compile(r'"((?:[^"\\\n]|\\.)*+)("?)')
COMMA_TOO_MANY = re.compile(rf"({STRING})|,(?=\s*[\]}}])", re.DOTALL)
SPACE = re.compile(r"[\s,]*")
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
OUTPUTS = re.compile(rb'"outputs"\s*:\s*\[')


class IllegibleError(ValueError):
    """Nothing can be read; the text says what the file is, or what is wrong with it."""


@dataclass
class Read:
    """What was read of a file.

    Attributes
    ----------
    tree : object
        What the JSON says.
    remarks : list of str
        What had to be done to read it, each a verb and what follows.
    lost : str
        Why a part of it may be missing, if so.
    """

    tree: Any
    remarks: list[str] = field(default_factory=list)
    lost: str = ""


def read(data: bytes) -> Read:
    """Read a file as JSON, or what there is of it.

    Raises
    ------
    IllegibleError
        It is something else altogether.

    Examples
    --------
    >>> read(b'{"cells": [1, 2,],}').remarks
    ['is not quite JSON, with a comma too many; it was read all the same']
    >>> read(b"%PDF-1.7")
    Traceback (most recent call last):
    ...
    autograder.intake.legible.IllegibleError: is not a notebook but a PDF file
    """
    if not data.strip():
        raise IllegibleError("is empty; save the notebook and hand it in again")
    kind = kind_of(data)
    if kind:
        raise IllegibleError(f"is not a notebook but {kind}")
    text, said = decoded(data)
    found = _parsed(text)
    found.remarks[:0] = [said] * bool(said)
    return found


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and a remark where its encoding had to be guessed.

    Examples
    --------
    >>> decoded("{}".encode("utf-16-le"))
    ('{}', 'is in UTF-16 without a mark; it was read as that')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ""
    for zeros, encoding in ((data[1:64:2], "utf-16-le"), (data[0:64:2], "utf-16-be")):
        if len(zeros) > 1 and not zeros.strip(b"\0") and data[:64].strip(b"\0"):
            return data.decode(
                encoding, "replace"
            ), "is in UTF-16 without a mark; it was read as that"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if _is_nearly_utf_8(data, error):
            return data.decode("utf-8-sig", "replace"), "holds bytes that are no text"
    encoding = _guessed(data)
    return data.decode(
        encoding, "replace"
    ), f"is not in UTF-8; it was read as {NAMES.get(encoding, encoding)}"


def _is_nearly_utf_8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether most of what is no ASCII is good UTF-8: a file with a cut or a stray byte."""
    text = data[: error.start + GUESSED_FROM].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return bad * 4 < sum(character > "\x7f" for character in text) - bad


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # only for the few files that need it

    lines = (line for line in data.split(b'"') if not line.isascii())
    sample = b"\n".join(lines)[:GUESSED_FROM]
    if sum(byte > 0x7F for byte in sample) < FEW:
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(ENCODINGS)).best()
    encoding = best.encoding if best else "latin-1"
    western = sample.decode("cp1252", "replace")
    return "cp1252" if sample.decode(encoding, "replace") == western else encoding


def _parsed(text: str) -> Read:
    try:
        return Read(_json(text))
    except (ValueError, RecursionError, MemoryError) as error:
        broken = error
    for attempt in (_with_less, _both_sides, _cell_by_cell):
        found = attempt(text)
        if found is not None:
            return found
    line = getattr(broken, "lineno", 0)
    where = f", from line {line} on" if line else ""
    raise IllegibleError(f"is not a notebook any more: its text is damaged{where}")


def _json(text: str, strict: bool = True) -> Any:
    return json.loads(text, parse_int=_whole_number, strict=strict)


def _whole_number(text: str) -> int | float:
    return int(text) if len(text) < 20 else float(text)


def _with_less(text: str) -> Read | None:
    """Without commas that are too many, and without what follows the end."""
    tree = _json_or_none(text)
    if tree is not None:
        return Read(tree, ["is not quite JSON, with a comma too many; it was read all the same"])
    start = text.find("{")
    try:
        decoder = json.JSONDecoder(parse_int=_whole_number, strict=False)
        tree, end = decoder.raw_decode(text, max(start, 0))
    except (ValueError, RecursionError, MemoryError):
        return None
    said = []
    if text[:start].strip("\ufeff \r\n\t"):
        said.append("begins with something else, which was left out")
    if text[end:].strip():
        what = "something else" if text[end:].strip("\0 \r\n\t") else "zeros"
        said.append(f"goes on with {what} after its end, which was left out")
    return Read(tree, said) if isinstance(tree, dict) and "cells" in tree else None


def _both_sides(text: str) -> Read | None:
    """Of a file in which git marked a conflict: all cells of both sides, ours last."""
    if not re.search(r"^<<<<<<< ", text, re.MULTILINE):
        return None
    ours, theirs = (_json_or_none(_one_side(text, side)) for side in ("ours", "theirs"))
    said = "holds git's marks of a conflict"
    if not (_has_cells(ours) and _has_cells(theirs)):
        tree = ours if _has_cells(ours) else theirs
        why = f"{said}; one side was read"
        return Read(tree, [why], f"its file {why}") if _has_cells(tree) else None
    tree = {**ours, "cells": list(_joined(ours["cells"], theirs["cells"]))}
    return Read(tree, [f"{said}; both sides were read, and where they differ the first counts"])


def _json_or_none(text: str) -> Any:
    try:
        return _json(COMMA_TOO_MANY.sub(r"\1", text), strict=False)
    except (ValueError, RecursionError, MemoryError):
        return None


def _has_cells(tree: Any) -> bool:
    cells = tree.get("cells") if isinstance(tree, dict) else None
    return isinstance(cells, list) and len(cells) <= MAX_CELLS


def _one_side(text: str, kept: str) -> str:
    """The lines outside conflicts, and inside those of one side."""
    lines, side = [], "both"
    for line in text.splitlines(keepends=True):
        if line.startswith("<<<<<<< "):
            side = "ours"
        elif line.startswith("||||||| "):
            side = "base"
        elif line.startswith("=======") and side != "both":
            side = "theirs"
        elif line.startswith(">>>>>>> "):
            side = "both"
        elif side in ("both", kept):
            lines.append(line)
    return "".join(lines)


def _joined(ours: list[Any], theirs: list[Any]) -> list[Any]:
    """All cells of ours; before each those of theirs that lie there and are not among ours."""
    mine = [json.dumps(cell, sort_keys=True) for cell in ours]
    others = [json.dumps(cell, sort_keys=True) for cell in theirs]
    matcher = difflib.SequenceMatcher(None, others, mine, autojunk=False)
    known = set(mine)
    cells = []
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        cells += [theirs[i] for i in range(i1, i2) if others[i] not in known]
        cells += ours[j1:j2]
    return cells


def _cell_by_cell(text: str) -> Read | None:
    """The cells that can be read of a file that is cut off or damaged, and parts of the others."""
    start = CELLS.search(text)
    if start is None:
        return None
    reader = _CellReader(text)
    cells: list[Any] = []
    damaged = 0
    at = SPACE.match(text, start.end()).end()
    while text[at : at + 1] == "{" and len(cells) <= MAX_CELLS:
        cell, end = reader.cell_at(at)
        if cell is None:
            damaged += 1
            end = reader.next_cell(at)
            cell = _part_of_a_cell(text[at:end])
        cells += [cell] if cell else []
        at = SPACE.match(text, end).end()
    if not cells:
        return None
    what = "is cut off" if at >= len(text) else "is damaged"
    also = f", and what is left of {damaged} more" if damaged else ""
    said = f"{what}: {len(cells) - damaged} cells were read{also}"
    return Read({"cells": cells}, [said], f"its file {what}")


class _CellReader:
    """Reads cells out of a text; gives up where that takes too long."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MAX_TRIED
        self._decoder = json.JSONDecoder(parse_int=_whole_number, strict=False)

    def cell_at(self, at: int) -> tuple[dict[str, Any] | None, int]:
        """The cell that begins here and where it ends; nothing where it is none."""
        if self._left < 0:
            return None, len(self._text)
        try:
            found, end = self._decoder.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            self._left -= error.pos - at
            return None, at
        except (ValueError, RecursionError, MemoryError):
            self._left = -1
            return None, at
        self._left -= (
            0 if (is_cell := isinstance(found, dict) and "cell_type" in found) else end - at
        )
        return (found, end) if is_cell else (None, at)

    def next_cell(self, at: int) -> int:
        """Where the next cell begins that can be read, or the end of the text."""
        for following in CELL.finditer(self._text, at + 1):
            self._left -= 1000
            if self._left < 0:
                break
            if self.cell_at(following.start())[0] is not None:
                return following.start()
        return len(self._text)


def _part_of_a_cell(text: str) -> dict[str, Any]:
    """What a damaged cell still tells: its marks, and its source as far as it goes."""
    kind = re.search(r'"cell_type"\s*:\s*"(\w+)"', text)
    mark = re.search(r'"grade_id"\s*:\s*"([^"\\]{1,100})"', text)
    source = re.search(r'"source"\s*:\s*\[?', text)
    if not source:
        return {}
    lines = []
    for found in LINE_OF_A_CELL.finditer(text, source.end()):
        line, closed = found.groups()
        try:
            lines.append(json.loads(f'"{line}"', strict=False))
        except ValueError:
            break
        rest = text[found.end() :].lstrip()
        if not closed or not rest.startswith(","):
            break
    marks = {"nbgrader": {"grade_id": mark[1], "solution": True}} if mark else {}
    return {"cell_type": kind[1] if kind else "code", "metadata": marks, "source": lines}


def without_outputs(data: bytes) -> bytes:
    """A large notebook without what its cells showed; its text stays to the last byte.

    Raises
    ------
    IllegibleError
        It holds far more than any notebook does.

    Examples
    --------
    >>> without_outputs(b'{"outputs": [{"a": "]"}], "source": "x"}')
    b'{"outputs": [], "source": "x"}'
    """
    kept: list[bytes] = []
    at = tokens = 0
    while found := OUTPUTS.search(data, at):
        kept.append(data[at : found.end()])
        depth, at = 1, found.end()
        for token in TOKEN.finditer(data, at):
            tokens += 1
            depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token[0][:1], 0)
            if depth == 0 or tokens > MAX_TOKENS:
                break
        else:
            break  # cut off in the middle of an output
        if tokens > MAX_TOKENS:
            raise IllegibleError("holds too much to be read; clear its outputs")
        at = token.start()
    else:
        kept.append(data[at:])
    size = sum(map(len, kept))
    if size > MAX_READ:
        raise IllegibleError(
            f"holds more than {MAX_READ // 2**20} MB without its outputs; take large pictures out"
        )
    return b"".join(kept)
