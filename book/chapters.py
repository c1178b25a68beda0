"""A notebook and its outputs as a chapter: MyST Markdown, and pictures beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course.release import student_notebook
from autograder.course.rubrics import is_rubric, is_solution_figure
from book.execution import Outputs
from book.markdown import CAPTION, EXERCISE, parts, plain_words
from book.pictures import write_changed, write_picture

ANSI = re.compile(r"\x1b\[[0-9;]*m")
NOT_RUN = "not_run.svg"
_STAND_IN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="120" viewBox="0 0 720 120">'
    '<rect width="720" height="120" fill="#f4f2ec"/><text x="360" y="66" text-anchor="middle" '
    'font-family="sans-serif" font-size="17" fill="#5f5b53">This figure was not drawn: %s'
    "</text></svg>"
)


@dataclass(frozen=True)
class Place:
    """Where a chapter is written.

    Attributes
    ----------
    source : Path
        The folder of the book's text.
    name : str
        Of the notebook.
    """

    source: Path
    name: str

    def picture(self, cell: str, number: int) -> Path:
        """Where a picture goes, without its ending."""
        return self.source / "drawn" / self.name / (cell + (f"-{number}" if number else ""))


def write_chapter(
    notebook: NotebookNode,
    outputs: Outputs,
    place: Place,
    solutions: bool,
    extras: Callable[[str], str] = lambda exercise: "",
    end: str = "",
) -> Path:
    """Write one chapter.

    Parameters
    ----------
    notebook : NotebookNode
        The instructor's source.
    outputs : Outputs
        Of its code cells.
    place : Place
        Where it goes.
    solutions : bool
        With answers and rubrics; else as students get it, with the outputs of given cells.
    extras : callable
        Gives MyST Markdown to follow an exercise, such as a figure to play with.
    end : str
        MyST Markdown to close the chapter with.

    Returns
    -------
    Path
        The file written.
    """
    shown = notebook if solutions else student_notebook(notebook)
    writer = _Chapter(outputs, place)
    pieces = list(writer.pieces(shown.cells, extras))
    if outputs.missing:
        pieces.insert(1, f":::{{note}}\nWhat the code of this chapter prints and draws is not "
                         f"shown here: {outputs.missing} when the book was made.\n:::")  # fmt: skip
    text = "\n\n".join(piece for piece in [*pieces, end] if piece) + "\n"
    return write_changed(place.source / f"{place.name}.md", text.encode())


class _Chapter:
    """Goes through the cells, and knows the exercise that it is in."""

    def __init__(self, outputs: Outputs, place: Place):
        self._outputs, self._place = outputs, place
        self._exercise = ""

    def pieces(self, cells: Sequence[NotebookNode], extras: Callable[[str], str]) -> Iterator[str]:
        cells, k = list(cells), 0
        while k < len(cells):
            group = 1
            heading = _exercise_of(cells[k])
            if heading and heading != self._exercise:
                yield extras(self._exercise)
                self._exercise = heading
            if _is_answer(cells[k]):
                while k + group < len(cells) and _is_answer(cells[k + group]):
                    group += 1
                yield self._answer(cells[k : k + group])
            else:
                group = 2 if _is_figure(cells[k : k + 2]) else 1
                yield from self._given(cells[k : k + group])
            k += group
        yield extras(self._exercise)

    def _given(self, cells: Sequence[NotebookNode]) -> Iterator[str]:
        cell, role = cells[0], _role(cells[0])
        if cell.cell_type == "code":
            if role == "answer":
                yield box("stub", f"Your turn {self._exercise}", fenced(cell.source, "python"))
            elif role == "check":
                yield box("check", "", f"{fenced(cell.source, 'python')}\n\n{self._shown(cell)}")
            else:
                yield self._code(cell, cells[1] if len(cells) > 1 else None)
            return
        if role == "written":
            return  # "YOUR ANSWER HERE"
        found = parts(cell.source)
        asked = [part for part in found if part.kind != "prose"]
        yield from (part.text for part in found if part.kind == "prose")
        if asked:
            hints = [box("hint", "Hint", part.text, 4) for part in asked[1:]]
            body = "\n\n".join([asked[0].text, *hints])
            yield box("question", f"{asked[0].title} {self._exercise}".strip(), body)

    def _answer(self, cells: Sequence[NotebookNode]) -> str:
        """Answers that follow each other are one box; how they are graded stands at its end."""
        pieces, rubrics, k = [], [], 0
        while k < len(cells):
            pair = cells[k : k + 2] if _is_figure(cells[k : k + 2]) else cells[k : k + 1]
            cell = pair[0]
            if is_rubric(cell):
                rubrics.append(_without_heading(cell.source))
            elif _role(cell) == "answer":
                pieces.append(fenced(without_markers(cell.source), "python"))
            elif cell.cell_type == "code":
                pieces.append(self._code(cell, pair[1] if len(pair) > 1 else None, 4))
            else:
                pieces.append(cell.source)
            k += len(pair)
        if rubrics:
            pieces.append(box("rubric", "How this answer is graded", "\n\n".join(rubrics), 4))
        kind = "Solution" if _role(cells[0]) == "answer" else "Answer"
        return box("answer", f"{kind} {self._exercise}".strip(), "\n\n".join(pieces))

    def _code(self, cell: NotebookNode, caption: NotebookNode | None, colons: int = 5) -> str:
        code = fenced(cell.source, "python")
        if len(cell.source.splitlines()) == 1 and cell.source.startswith("figures."):
            code = box("code", "Code", code, colons - 1)
        return f"{code}\n\n{self._shown(cell, caption)}".strip()

    def _shown(self, cell: NotebookNode, caption: NotebookNode | None = None) -> str:
        """What a cell gave: words, tables, and its picture with the caption below."""
        pieces, pictures = [], []
        for output in merged(self._outputs.cells.get(cell.id, [])):
            data = output.get("data", {})
            target = self._place.picture(cell.id, len(pictures))
            if path := write_picture(data, target):
                pictures.append(path.relative_to(self._place.source).as_posix())
            elif html := data.get("text/html"):
                pieces.append(f'```{{raw}} html\n<div class="shown">{_joined(html)}</div>\n```')
            else:
                text = output.get("text") or data.get("text/plain", "")
                pieces.append(fenced(ANSI.sub("", _joined(text)).rstrip("\n"), "text", "output"))
        if caption is not None and not pictures:
            pictures.append(self._stand_in())
        for number, picture in enumerate(pictures, 1):
            last = number == len(pictures) and caption is not None
            pieces.append(figure(picture, caption.source if last else "", self._exercise))
        return "\n\n".join(pieces)

    def _stand_in(self) -> str:
        reason = self._outputs.missing or "its cell gave no picture"
        write_changed(self._place.source / "drawn" / NOT_RUN, (_STAND_IN % reason).encode())
        return f"drawn/{NOT_RUN}"


def merged(outputs: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Outputs, with what was printed in several pieces put together."""
    text: list[str] = []
    for output in outputs:
        if output["output_type"] == "stream":
            text.append(_joined(output["text"]))
            continue
        if text:
            yield {"text": "".join(text)}
            text = []
        yield output
    if text:
        yield {"text": "".join(text)}


def box(kind: str, title: str, body: str, colons: int = 5) -> str:
    """A box of the book, see `book.extension.boxes`."""
    fence = ":" * colons
    return f"{fence}{{box}} {kind}\n:title: {title}\n\n{body}\n{fence}"


def fenced(text: str, language: str, name: str = "") -> str:
    """A block of code."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    option = f":class: {name}\n" if name else ""
    return f"{fence}{{code-block}} {language}\n{option}\n{text}\n{fence}"


def figure(picture: str, caption: str, exercise: str = "") -> str:
    """A figure: its caption is also what it is called for those who cannot see it."""
    words = plain_words(caption) or f"What the code above draws, exercise {exercise}"
    number = CAPTION.match(caption)
    name = f":name: figure-{number.group(1).replace('.', '-')}\n" if number else ""
    return f":::{{figure}} {picture}\n:alt: {words}\n{name}\n{caption}\n:::"


def without_markers(source: str) -> str:
    """A solution without the lines that tell where it begins and ends."""
    lines = source.splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("### "))


def _exercise_of(cell: NotebookNode) -> str:
    found = EXERCISE.findall(cell.source) if cell.cell_type == "markdown" else []
    return found[-1] if found and _role(cell) == "" and not is_rubric(cell) else ""


def _role(cell: NotebookNode) -> str:
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("solution"):
        return "written" if cell.cell_type == "markdown" else "answer"
    return "check" if marks.get("grade") else ""


def _is_answer(cell: NotebookNode) -> bool:
    """A solution, a rubric or a figure of a solution; students' stubs hold no markers."""
    if is_rubric(cell) or is_solution_figure(cell):
        return True
    solved = "### BEGIN SOLUTION" in cell.source
    return (
        _role(cell) == "answer"
        and solved
        or (_role(cell) == "written" and cell.source.strip() != "YOUR ANSWER HERE")
    )


def _is_figure(cells: Sequence[NotebookNode]) -> bool:
    return (
        len(cells) == 2
        and cells[0].cell_type == "code"
        and cells[1].cell_type == "markdown"
        and CAPTION.match(cells[1].source) is not None
    )


def _without_heading(source: str) -> str:
    return re.sub(r"\A(\*\*How to grade[^\n]*|#+ [^\n]*)\n+", "", source)


def _joined(text: Any) -> str:
    return (
        text
        if isinstance(text, str)
        else "".join(text)
        if isinstance(text, list)
        else (json.dumps(text))
    )
