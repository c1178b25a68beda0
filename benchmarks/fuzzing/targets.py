"""What a fuzzer feeds: each target takes bytes and returns, whatever they are.

An error that the rules allow is caught here. Anything else that is raised is a finding.
"""

from __future__ import annotations

import io
import json
import socket
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.course.course import find_course
from autograder.course.release import release_notebooks
from autograder.intake.answers import code_cells, fill_in_answers, take_apart
from autograder.intake.files import SubmittedFiles, collect
from autograder.intake.notebooks import sort_notebooks
from autograder.intake.parsing import parse_notebook
from autograder.intake.roster import plain_id, rows_of_people, same_person
from autograder.intake.tables import parse_table
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.student_process import wire
from autograder.student_process.link import Link
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import NUMERIC_KINDS, Opaque
from helpers.errors import NotebookError, RosterError, SubmissionError

if TYPE_CHECKING:
    from atheris import FuzzedDataProvider

ANSWER = {"value": np.eye(2), "args": (np.ones(3),), "kwargs": {"rate": 0.5}, "id": 7}
FAILURE = {"failure": "StudentRaised", "problem": "raised", "traceback": "line 1", "id": 7}
QUESTION = {"call": "softmax", "args": (np.ones(3),), "kwargs": {}, "absent": [], "draws": None}


# --- Frames ---------------------------------------------------------------------------------


def frames(data: bytes) -> None:
    """A frame: it is refused in one way, or it is plain data that can be sent back."""
    with suppress(wire.WireError):
        value = wire.decode(*_parts(data))
        assert is_plain(value), f"not plain: {type(value)}"
        with suppress(wire.WireError):  # more parts than a frame of ours has
            wire.encode(value)


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The text and the arrays of a frame whose lengths need not be right."""
    size = int.from_bytes(data[:2], "big")
    return data[2 : 2 + size], data[2 + size :]


def _packed(value: Any) -> bytes:
    frame = wire.encode(value)
    size = wire.LENGTHS.unpack(frame[: wire.LENGTHS.size])[0]
    return size.to_bytes(2, "big") + frame[wire.LENGTHS.size :]


def is_plain(value: Any) -> bool:
    """Whether a value consists of nothing but the types that cannot lie."""
    if type(value) is np.ndarray:
        return value.dtype.kind in NUMERIC_KINDS and value.dtype.isnative and value.flags.owndata
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(type(key) is str and is_plain(entry) for key, entry in value.items())
    if type(value) is str:
        return value.encode("utf-8") is not None
    return value is None or type(value) in (bool, int, float, Opaque)


# --- Answers and messages over a socket ---------------------------------------------------


class _Box:
    """A sandbox of which the far end is a string of bytes."""

    shared = ()

    def __init__(self, data: bytes):
        self._data = data

    def begin(self, packages: Any, link: Any, offers: Any) -> wire.Channel:
        ours, theirs = socket.socketpair()
        self._theirs = theirs
        self.channel = _Fed(ours, self._data)
        return self.channel

    def close(self) -> None:
        self.channel.close()
        self._theirs.close()

    end = close


class _Fed(wire.Channel):
    """A channel that answers each question with the next frame, its number put in."""

    def __init__(self, sock: socket.socket, data: bytes):
        super().__init__(sock)
        self._replies = iter(_chunks(data))

    def send(self, frame: bytes, deadline: float | None = None) -> None:
        text = frame[wire.LENGTHS.size :]
        tree, _ = json.JSONDecoder().raw_decode(text.decode("latin-1"))
        self._id = dict(tree["items"])["id"]

    def receive(self, deadline: float | None = None) -> tuple[bytearray, bytearray]:
        text, arrays = _parts(next(self._replies, b""))
        return bytearray(text.replace(b'["id",7]', b'["id",%d]' % self._id)), bytearray(arrays)


def _chunks(data: bytes) -> Iterator[bytes]:
    while data:
        size = int.from_bytes(data[:2], "big")
        yield data[2 : 2 + size]
        data = data[2 + size :]


def _chunked(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def answers(data: bytes) -> None:
    """What a student's process answers: an outcome of the right form, or a failed check."""
    box = _Box(data)
    backend = RemoteBackend(box, Program((), ("softmax",)))
    try:
        backend.defines("softmax")
        outcome = backend.call("softmax", (np.ones(3),), {"rate": 0.5}, 1.0)
        assert is_plain(outcome.value)
    except CheckFailure as failure:
        assert len(failure.problem) <= 2000
        str(failure).encode("utf-8")
    finally:
        box.close()


def messages(data: bytes) -> None:
    """What a student's process asks of the one in which functions stand in."""
    channel = _Spoken(data)
    Link(channel, ("helpers.activations",)).serve({"softmax": np.exp, "apply": _apply})


def _apply(function: Any, value: Any) -> Any:
    return function(value)


class _Spoken(wire.Channel):
    """A channel over which frames come from a string of bytes."""

    def __init__(self, data: bytes):
        self._frames = iter(_chunks(data))

    def send(self, frame: bytes, deadline: float | None = None) -> None:
        """Nobody listens."""

    def receive(self, deadline: float | None = None) -> tuple[bytes, bytes]:
        frame = next(self._frames, None)
        if frame is None:
            raise wire.Closed("the other side is gone")
        return _parts(frame)


# --- Archives and notebooks ---------------------------------------------------------------


def archives(data: bytes) -> None:
    """A file that was handed in: it is read, with remarks, or refused with a reason."""
    path = _scratch() / ("submission.tar" if data[:1] == b"T" else "submission.zip")
    path.write_bytes(data[1:])
    with suppress(SubmissionError):
        handed = collect(path)
        _grade_as_far_as_judging(handed)


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp())


def _grade_as_far_as_judging(handed: SubmittedFiles) -> None:
    sources = _sources()
    found = sort_notebooks(handed, sources)
    for name, notebook in found.notebooks.items():
        parts = take_apart(notebook, sources[name])
        code_cells(parts, sources[name])
        fill_in_answers(notebook, sources[name])
        assert all(isinstance(text, str) for text in parts.answers.values())
        "\n".join(parts.remarks).encode("utf-8")


@cache
def _sources() -> dict[str, Any]:
    released = release_notebooks(find_course())
    return {name: released[name] for name in ("01_theory", "02_network")}


def bytes_of_notebooks(data: bytes) -> None:
    """The bytes of one notebook file: parsed, or refused with a reason."""
    with suppress(NotebookError):
        parse_notebook(data, "02_network.ipynb")
    with suppress(SubmissionError):
        _grade_as_far_as_judging(SubmittedFiles({"02_network.ipynb": data}))


TYPES = ("code", "markdown", "raw", "heading", "", None, 3)


def notebooks(data: bytes) -> None:
    """A right notebook to which anything was done, cell by cell."""
    from atheris import FuzzedDataProvider  # an extra

    say = FuzzedDataProvider(data)
    notebook = json.loads(_right_notebook())
    for _ in range(say.ConsumeIntInRange(1, 12)):
        _edit(notebook["cells"], say)
    if say.ConsumeBool():
        notebook[say.PickValueInList(["cells", "metadata", "nbformat", "nbformat_minor"])] = _junk(
            say
        )
    text = json.dumps(notebook).encode("ascii")
    if say.ConsumeBool():
        at = say.ConsumeIntInRange(0, len(text))
        text = text[:at] + say.ConsumeBytes(4) + text[at + say.ConsumeIntInRange(0, 2000) :]
    with suppress(SubmissionError):
        _grade_as_far_as_judging(SubmittedFiles({"02_network.ipynb": text}))


def _edit(cells: list[dict], say: FuzzedDataProvider) -> None:
    if not cells:
        return
    at, other = (say.ConsumeIntInRange(0, len(cells) - 1) for _ in range(2))
    cell, kind = cells[at], say.ConsumeIntInRange(0, 11)
    if not (isinstance(cell, dict) and isinstance(cells[other], dict)):  # junk by now
        return
    if kind == 0:
        del cells[at]
    elif kind == 1:
        cells.insert(other, dict(cell))
    elif kind == 2:
        cells[at], cells[other] = cells[other], cells[at]
    elif kind == 3:
        cell["cell_type"] = say.PickValueInList(list(TYPES))
    elif kind == 4:
        cell["metadata"] = _junk(say)
    elif kind == 5:
        cell["metadata"] = {"nbgrader": {"grade_id": _junk(say), "solution": say.ConsumeBool()}}
    elif kind == 6:
        cell["source"] = _junk(say)
    elif kind == 7:
        source = str(cell.get("source"))
        cut = say.ConsumeIntInRange(0, len(source))
        cell["source"] = source[:cut] + say.ConsumeUnicode(20) + source[cut:]
    elif kind == 8:
        source = str(cell.get("source"))
        cut = say.ConsumeIntInRange(0, len(source))
        cells[at : at + 1] = [{**cell, "source": source[:cut]}, {**cell, "source": source[cut:]}]
    elif kind == 9:
        cell["source"] = f"{cell.get('source')}\n{cells[other].get('source')}"
    elif kind == 10:
        cell[say.PickValueInList(["id", "outputs", "attachments", "metadata"])] = _junk(say)
    else:
        cells[at] = _junk(say)


def _junk(say: FuzzedDataProvider, depth: int = 3) -> Any:
    kind = say.ConsumeIntInRange(0, 9 if depth else 6)
    if kind == 0:
        return None
    if kind == 1:
        return say.ConsumeBool()
    if kind == 2:
        return say.ConsumeInt(12)
    if kind == 3:
        return say.ConsumeFloat()
    if kind in (4, 5):
        return say.ConsumeUnicode(40)
    if kind == 6:
        return say.PickValueInList(
            ["q2-2-2", "q2-2-2-check", "code", "def softmax(x):", "a" * 5000]
        )
    if kind == 7:
        return [_junk(say, depth - 1) for _ in range(say.ConsumeIntInRange(0, 4))]
    return {
        say.PickValueInList(["nbgrader", "grade_id", "image/png", "data", "x"]): _junk(
            say, depth - 1
        )
        for _ in range(say.ConsumeIntInRange(0, 3))
    }


@cache
def _right_notebook() -> str:
    path = find_course().notebook_paths()["02_network"]
    return path.read_text(encoding="utf-8")


# --- Lists of a class -----------------------------------------------------------------------


def lists(data: bytes) -> None:
    """A platform's list: people whose keys differ and who are found again, or one refusal."""
    with suppress(RosterError):
        table = parse_table(data)
        assert parse_table(table.data()).columns == table.columns
        found = [person for _, person in rows_of_people(table) if person]
        for person in found:
            assert person.name.isprintable() and all(map(plain_id, person.ids.values()))
            assert same_person(person, found) in (None, *found)


# --- To begin with ------------------------------------------------------------------------


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_DOT_", "."), data)
    return packed.getvalue()


def _tar(mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        entry = tarfile.TarInfo("ada/02_network.ipynb")
        entry.size = len(SMALL)
        archive.addfile(entry, io.BytesIO(SMALL))
    return packed.getvalue()


SMALL = json.dumps({
    "nbformat": 4, "nbformat_minor": 5, "metadata": {},
    "cells": [{"cell_type": "code", "id": "q2-2-2", "metadata": {"nbgrader": {
        "grade_id": "q2-2-2", "solution": True, "grade": False, "locked": False,
        "schema_version": 3}}, "source": "def softmax(x):\n    return x", "outputs": [],
        "execution_count": None}],
}).encode()  # fmt: skip
VERSION_3 = json.dumps({
    "nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""},
    "worksheets": [{"cells": [{"cell_type": "code", "language": "python", "metadata": {},
                               "input": "def softmax(x):\n    return x", "outputs": []}]}],
}).encode()  # fmt: skip
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,handed_in_as,Sheet 1 (4711)
    Points Possible,,,,,,47.5
"Müller, Jörg",102,0019,jm2,A,jm; "müller",12
"""
LOADED = {"defined": ["softmax"], "problems": {}, "id": 7}


def _first_inputs() -> dict[Callable[[bytes], None], list[bytes]]:
    """Inputs from which the fuzzer sets out, for each target."""
    loaded = _packed(LOADED)
    zipped = _zip(a_DOT_ipynb=SMALL)
    return {
        frames: [_packed(value) for value in (ANSWER, FAILURE, QUESTION, [1, "a", None, (2.5,)])],
        answers: [_chunked(loaded, _packed(reply)) for reply in (ANSWER, FAILURE)],
        messages: [_chunked(_packed(QUESTION), _packed({"value": 1.0, "changes": [], "used": [],
                                                        "draws": None}))],
        archives: [b"Z" + zipped, b"Z" + _zip(a_DOT_zip=zipped), b"T" + _tar("w"),
                   b"T" + _tar("w:gz"), b"T" + _tar("w:xz"), b"Z" + SMALL],
        bytes_of_notebooks: [SMALL, VERSION_3],
        notebooks: [bytes(range(256))],
        lists: [CANVAS.encode(), CANVAS.replace(",", ";").encode("utf-16"),
                CANVAS.encode("cp1252", "replace")],
    }  # fmt: skip


TARGETS = {target.__name__: (target, inputs) for target, inputs in _first_inputs().items()}
