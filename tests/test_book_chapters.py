"""Cells and outputs as MyST Markdown: boxes, code, figures with their captions."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from book.chapters import Place, fenced, figure, merged, without_markers, write_chapter
from book.execution import Outputs
from tests.book_outputs import drawn

STREAM = {"output_type": "stream", "name": "stdout"}


@pytest.fixture
def chapter(tmp_path):
    """Writes a chapter of these cells and outputs, and gives its text."""

    def write(cells, outputs=None, solutions=True, **more):
        place = Place(tmp_path, "01_small")
        notebook = new_notebook(cells=cells)
        path = write_chapter(notebook, outputs or Outputs(), place, solutions, **more)
        return path.read_text(encoding="utf-8")

    return write


def marked(source, name, **marks):
    whole = {"schema_version": 3, "locked": False, "task": False, "solution": False,
             "grade": False, "grade_id": name, **marks}  # fmt: skip
    return new_code_cell(source, metadata={"nbgrader": whole}, id=name)


TITLE = new_markdown_cell("# 1 Small\n\nWords.", id="title")
TASK = new_markdown_cell("### Exercise 1.1: add\n\n**Your task.** Add.\n\n*Hint.* Count.", id="t")
SOLUTION = marked(
    "def add(a, b):\n    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION",
    "q1-1", solution=True,
)  # fmt: skip
CHECK = marked('check("1.1")', "q1-1-check", grade=True, points=1, locked=True)


def test_a_question_has_its_hint_and_its_answer_their_boxes(chapter):
    text = chapter([TITLE, TASK, SOLUTION, CHECK])
    assert ":::::{box} question\n:title: Task 1.1\n\n**Your task.** Add.\n\n::::{box} hint" in text
    assert ":::::{box} answer\n:title: Solution 1.1" in text
    assert "return a + b" in text and "SOLUTION" not in text
    assert "{box} check" in text


def test_students_see_where_they_write(chapter):
    text = chapter([TITLE, TASK, SOLUTION, CHECK], solutions=False)
    assert ":title: Your turn 1.1" in text and "raise NotImplementedError()" in text
    assert "a + b" not in text and "{box} answer" not in text


def test_what_follows_an_exercise_stands_after_its_last_cell(chapter):
    second = new_markdown_cell("### Exercise 1.2: more\n\nWrite it.", id="u")
    text = chapter([TITLE, TASK, CHECK, second], extras=lambda e: f"PLAY {e}" if e else "",
                   end="THE END")  # fmt: skip
    assert text.index("{box} check") < text.index("PLAY 1.1") < text.index("Exercise 1.2")
    assert text.index("PLAY 1.2") < text.index("THE END")


def test_a_picture_takes_the_caption_below_it_and_is_described_by_it(chapter, tmp_path):
    draws = new_code_cell("figures.overflow()", id="draws")
    caption = new_markdown_cell("**Figure 1.1.** The *loss* $x$.", id="caption")
    outputs = Outputs({"draws": [drawn(), {**STREAM, "text": ["a", "b\n"]}]})
    text = chapter([TITLE, draws, caption], outputs)
    assert ":::{figure} drawn/01_small/draws.svg\n:alt: Figure 1.1. The loss x.\n" in text
    assert ":name: figure-1-1" in text and "{code-block} text\n:class: output\n\nab\n" in text
    assert "{box} code" in text  # a cell that only calls for a figure is closed
    assert (tmp_path / "drawn" / "01_small" / "draws.svg").is_file()


def test_a_figure_that_was_not_drawn_says_why(chapter, tmp_path):
    draws = new_code_cell("figures.overflow()", id="draws")
    caption = new_markdown_cell("**Figure 1.1.** The loss.", id="caption")
    text = chapter([TITLE, draws, caption], Outputs(missing="the package x was not installed"))
    assert "not shown here: the package x was not installed when the book was made" in text
    stand_in = (tmp_path / "drawn" / "not_run.svg").read_text(encoding="utf-8")
    assert "the package x was not installed" in stand_in


def test_what_was_printed_in_pieces_is_one_output():
    outputs = [{**STREAM, "text": "a"}, {**STREAM, "text": ["b", "c"]}, drawn(),
               {**STREAM, "text": "d"}]  # fmt: skip
    assert [output.get("text", "picture") for output in merged(outputs)] == ["abc", "picture", "d"]


def test_code_with_fences_inside_is_fenced_by_longer_ones():
    assert fenced("a", "python") == "```{code-block} python\n\na\n```"
    assert fenced("```x```", "text").startswith("````{code-block} text")


def test_a_figure_without_a_caption_is_described_by_its_exercise():
    assert "What the code above draws, exercise 2.1" in figure("a.svg", "", "2.1")
    assert without_markers("a\n### BEGIN SOLUTION\nb") == "a\nb"
