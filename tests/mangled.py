"""Submissions as classes hand them in: right work that something happened to, and what is fair.

Each is a small function that changes what a right student handed in, 02_network.ipynb with one
question in code (2.2.2, softmax) and one in prose (2.1.1). Its row says what a fair instructor
gives for 2.2.2: all points, none, or no verdict, as a person must look. ``says`` are words that
must stand in a remark, a concern or the verdict, and ``look`` says whether the class report must
send somebody there. ``prose`` are words that must be found for 2.1.1.
"""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from exercises.sample_class.submissions import (
    Files,
    as_bytes,
    release_notebooks,
    right_answers,
    student_notebook,
)
from helpers.checking.cells import grade_id_of

NAME = "02_network"
FILE = f"{NAME}.ipynb"
ALL, NONE, WAITS = "all", "none", "no verdict"
PROSE = "Because every unit of a layer gets the same gradient"
RIGHT = right_answers(NAME)["q2-2-2"]
WRONG = "def softmax(x):\n    return np.exp(x) / np.exp(x).sum()\n"
TRIED = "def softmax(x):\n    return x * 0\n"
STUB = next(c["source"] for c in release_notebooks()[NAME]["cells"] if grade_id_of(c) == "q2-2-2")
CHECK = 'check("2.2.2")'


@dataclass(frozen=True)
class Mangled:
    """One submission and what is fair."""

    make: Callable[[], Files]
    kind: str
    points: str = ALL
    says: tuple[str, ...] = ()
    look: bool = False
    prose: str | None = PROSE
    slow: bool = False

    @property
    def name(self) -> str:
        """What happened, in words."""
        return self.make.__name__


TABLE: list[Mangled] = []


def fair(kind: str, points: str = ALL, *says: str, **more: Any) -> Callable:
    """Enter a function into the table."""

    def enter(make: Callable[[], Files]) -> Callable[[], Files]:
        TABLE.append(Mangled(make, kind, points, says, **more))
        return make

    return enter


# --- Tools -------------------------------------------------------------------------------------


@cache
def _right() -> dict[str, Any]:
    return student_notebook(NAME, right_answers(NAME) | {"q2-1-1": f"{PROSE}, and stays so."})


def nb(softmax: str = RIGHT, prose: str | None = None, **others: str) -> dict[str, Any]:
    """A right student's notebook, with another softmax."""
    notebook = copy.deepcopy(_right())
    for cell in notebook["cells"]:
        if grade_id_of(cell) == "q2-2-2":
            cell["source"] = softmax
        if grade_id_of(cell) == "q2-1-1" and prose is not None:
            cell["source"] = prose
        if grade_id_of(cell).replace("-", "_") in others:
            cell["source"] = others[grade_id_of(cell).replace("-", "_")]
    return notebook


def at(notebook: dict[str, Any], key: str) -> int:
    """Where a cell is, by its mark or its id."""
    cells = notebook["cells"]
    return next(i for i, c in enumerate(cells) if key in (grade_id_of(c), c.get("id")))


def code(source: str, mark: str = "") -> dict[str, Any]:
    """A code cell, with a mark or without."""
    metadata = {"nbgrader": {"grade_id": mark, "solution": True}} if mark else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [],
            "execution_count": None}  # fmt: skip


def text(source: str, kind: str = "markdown") -> dict[str, Any]:
    """A cell of text."""
    return {"cell_type": kind, "source": source, "metadata": {}}


def put(notebook: dict[str, Any], after: str, *cells: dict[str, Any]) -> dict[str, Any]:
    """Put cells below another."""
    where = at(notebook, after) + 1
    notebook["cells"][where:where] = cells
    return notebook


def end(notebook: dict[str, Any], *cells: dict[str, Any]) -> dict[str, Any]:
    """Put cells at the end."""
    notebook["cells"] += cells
    return notebook


def drop(notebook: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Delete cells."""
    cells = notebook["cells"]
    notebook["cells"] = [c for c in cells if not {grade_id_of(c), c.get("id")} & {*keys}]
    return notebook


def files(**named: Any) -> Files:
    """One notebook under its name, or others by name."""
    return {name: v if isinstance(v, bytes) else as_bytes(v) for name, v in named.items()}


def one(notebook: Any) -> Files:
    """One notebook under its right name."""
    return files(**{FILE: notebook})


def raw() -> bytes:
    """The file of a right student."""
    return as_bytes(nb())


def packed(**dated: tuple[Any, tuple[int, ...]]) -> Files:
    """A zip archive with files of several days."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, (notebook, day) in dated.items():
            archive.writestr(zipfile.ZipInfo(name, (*day, 12, 0, 0)), as_bytes(notebook))
    return {"work.zip": buffer.getvalue()}


MONDAY, FRIDAY = (2026, 11, 2), (2026, 11, 6)

# --- Which copy counts --------------------------------------------------------------------------


@fair("copy", ALL, "another copy")
def an_older_one_in_a_folder():
    return files(**{FILE: nb(), f"old/{FILE}": nb(WRONG)})


@fair("copy", NONE)
def the_right_one_is_older_and_in_a_folder():
    return files(**{FILE: nb(WRONG), f"old/{FILE}": nb()})


@fair("copy", ALL, "v10")
def version_ten_comes_after_two():
    return files(**{f"{NAME}_v2.ipynb": nb(WRONG), f"{NAME}_v10.ipynb": nb()})


@fair("copy", NONE, "v10")
def version_ten_is_wrong_and_two_was_right():
    return files(**{f"{NAME}_v2.ipynb": nb(), f"{NAME}_v10.ipynb": nb(WRONG)})


@fair("copy")
def dates_with_the_year_first():
    return files(**{"hw 2026-10-30.ipynb": nb(WRONG), "hw 2026-11-03.ipynb": nb()})


@fair("copy")
def dates_with_the_day_first():
    return files(**{"hw_30.10.2026.ipynb": nb(WRONG), "hw_03.11.2026.ipynb": nb()})


@fair("copy")
def one_is_called_final():
    return files(**{FILE: nb(WRONG), f"{NAME}_final.ipynb": nb()})


@fair("copy")
def one_is_called_old():
    return files(**{f"{NAME}.ipynb": nb(), f"{NAME}_old.ipynb": nb(WRONG)})


@fair("copy")
def a_browser_numbered_the_second_download():
    return files(**{FILE: nb(WRONG), f"{NAME} (1).ipynb": nb()})


@fair("copy")
def attempts_in_numbered_folders():
    return files(**{f"attempt 2/{FILE}": nb(WRONG), f"attempt 11/{FILE}": nb()})


@fair("copy")
def the_archive_tells_which_is_newer():
    return packed(**{"a.ipynb": (nb(), FRIDAY), "b.ipynb": (nb(WRONG), MONDAY)})


@fair("copy", NONE)
def the_archive_tells_that_the_wrong_one_is_newer():
    return packed(**{"a.ipynb": (nb(), MONDAY), "b.ipynb": (nb(WRONG), FRIDAY)})


@fair("copy", ALL, "was changed later", look=True)
def the_one_in_the_folder_was_changed_later():
    return packed(**{FILE: (nb(), MONDAY), f"copy/{FILE}": (nb(WRONG), FRIDAY)})


@fair("copy", ALL, "nothing tells", look=True)
def nothing_tells_which_is_newer():
    return files(**{FILE: nb(), "mine.ipynb": nb(WRONG)})


@fair("copy", ALL, "newer one", look=True)
def a_newer_notebook_holds_one_experiment():
    stubs = student_notebook(NAME, {"q2-2-2": TRIED})
    return files(**{FILE: nb(), f"{NAME}_v2.ipynb": stubs})


@fair("copy", ALL, "taken from")
def the_newer_one_lacks_an_answer():
    return files(**{f"{NAME}_v1.ipynb": nb(), f"{NAME}_v2.ipynb": nb(STUB)})


@fair("copy", ALL, "taken from")
def an_answer_from_the_older_one_brings_its_helper():
    older = nb("def softmax(x):\n    return over_sum(np.exp(x - x.max(1, keepdims=True)))")
    put(older, "exercise-2-2-2", code("def over_sum(e):\n    return e / e.sum(1, keepdims=True)"))
    return files(**{f"{NAME}_v1.ipynb": older, f"{NAME}_v2.ipynb": nb(STUB)})


@fair("copy", ALL, "was taken for")
def only_the_copy_was_filled_in():
    return files(**{FILE: student_notebook(NAME), f"{NAME}-Copy1.ipynb": nb()})


@fair("copy")
def only_the_one_in_the_folder_was_filled_in():
    return files(**{FILE: student_notebook(NAME), f"solution/{FILE}": nb()})


@fair("copy", ALL, "to the last byte")
def the_same_twice():
    return files(**{FILE: nb(), f"backup/{FILE}": nb()})


@fair("copy", ALL, "a PDF", "another copy was graded", look=True)
def the_one_at_the_top_is_a_pdf():
    return files(**{FILE: b"%PDF-1.7 ...", f"old/{FILE}": nb()})


@fair("copy")
def the_one_at_the_top_is_cut_off_and_another_is_whole():
    return files(**{FILE: raw()[: len(raw()) // 3], f"again/{FILE}": nb()})


@fair("copy")
def months_in_words():
    return files(**{"hw Oct 30.ipynb": nb(WRONG), "hw Nov 3.ipynb": nb()})


@fair("copy")
def a_folder_is_called_resubmission():
    return files(**{f"hw2/{FILE}": nb(WRONG), f"hw2 resubmission/{FILE}": nb()})


@fair("copy", ALL, "nothing tells", look=True)
def a_copy_of_the_desktop_in_german():
    return files(**{FILE: nb(), f"{NAME} - Kopie.ipynb": nb(WRONG)})


@fair("copy")
def a_checkpoint_beside_it():
    return files(**{FILE: nb(), f"{NAME}-checkpoint.ipynb": nb(WRONG)})


# --- What runs last before the check ------------------------------------------------------------


@fair("place", ALL, "below its check")
def a_marked_copy_below_the_check_is_an_experiment():
    return one(put(nb(), "q2-2-2-check", code(TRIED, "q2-2-2")))


@fair("place", ALL, "below its check")
def a_marked_copy_at_the_end_is_an_experiment():
    return one(end(nb(), text("Playing around"), code(TRIED, "q2-2-2")))


@fair("place", NONE, "below its check", look=True)
def a_right_marked_copy_at_the_end_after_a_wrong_one():
    return one(end(nb(WRONG), code(RIGHT, "q2-2-2")))


@fair("place", ALL)
def a_right_marked_copy_at_the_end_with_its_check():
    return one(end(nb(WRONG), code(RIGHT, "q2-2-2"), code(CHECK)))


@fair("place", ALL)
def a_right_unmarked_copy_at_the_end_with_its_check():
    return one(end(nb(WRONG), code(RIGHT), code(CHECK)))


@fair("place", ALL)
def a_right_copy_at_the_end_with_its_check_in_the_same_cell():
    return one(end(nb(WRONG), code(f"{RIGHT}\n{CHECK}")))


@fair("place", NONE)
def a_right_unmarked_copy_at_the_end():
    return one(end(nb(WRONG), code(RIGHT)))


@fair("place")
def an_unmarked_experiment_at_the_end():
    return one(end(nb(), code(TRIED), code("softmax(np.zeros((2, 3)))")))


@fair("place", NONE)
def an_unmarked_function_between_answer_and_check():
    return one(put(nb(), "q2-2-2", code(TRIED)))


@fair("place", ALL)
def a_right_unmarked_function_between_answer_and_check():
    return one(put(nb(WRONG), "q2-2-2", code(RIGHT)))


@fair("place", NONE, "checked again", look=True)
def an_experiment_that_was_checked_as_well():
    return one(end(nb(), code(TRIED, "q2-2-2"), code(CHECK)))


@fair("place", ALL)
def a_copy_of_the_cell_was_used_for_another_answer():
    notebook = nb(q2_2_3="")
    other = right_answers(NAME)["q2-2-3"]
    return one(put(notebook, "q2-2-2-check", code(other, "q2-2-2")))


@fair("place")
def an_older_try_above_the_answer():
    return one(put(nb(), "exercise-2-2-2", code(TRIED, "q2-2-2")))


@fair("place")
def the_stub_stayed_and_the_answer_is_below_the_check():
    return one(put(nb(STUB), "q2-2-2-check", code(RIGHT, "q2-2-2")))


@fair("place")
def the_stub_was_pasted_back_at_the_end():
    return one(end(nb(), code(STUB, "q2-2-2")))


@fair("place", ALL, "moved")
def the_answer_was_moved_to_the_end():
    notebook = nb()
    return one(end(notebook, notebook["cells"].pop(at(notebook, "q2-2-2"))))


@fair("place")
def the_check_was_moved_below_the_new_try():
    notebook = nb(WRONG)
    check = notebook["cells"].pop(at(notebook, "q2-2-2-check"))
    return one(end(notebook, code(RIGHT), check))


@fair("place")
def checks_deleted_and_an_experiment_below():
    return one(end(drop(nb(), "q2-2-2-check"), code(TRIED, "q2-2-2")))


@fair("place", ALL, "was deleted")
def checks_deleted_and_tried_again_in_place():
    notebook = put(nb(WRONG), "q2-2-2", code(RIGHT, "q2-2-2"))
    return one(drop(notebook, "q2-2-2-check"))


@fair("place")
def the_check_was_edited():
    notebook = nb()
    notebook["cells"][at(notebook, "q2-2-2-check")]["source"] = "print('all pass')\n" + TRIED
    return one(notebook)


@fair("place", ALL, "its functions are in another cell")
def the_marked_cell_was_deleted_for_an_own_one():
    notebook = put(nb(), "q2-2-2", code(RIGHT))
    return one(drop(notebook, "q2-2-2"))


# --- Prose that stands beside its cell ----------------------------------------------------------


@fair("prose", ALL, "beside it")
def prose_in_a_new_cell_below_the_stub():
    return one(put(nb(prose="YOUR ANSWER HERE"), "q2-1-1", text(PROSE)))


@fair("prose", ALL, "beside it")
def prose_in_a_new_cell_above_the_stub():
    return one(put(nb(prose="YOUR ANSWER HERE"), "exercise-2-1-1", text(PROSE)))


@fair("prose", ALL, "beside it")
def prose_in_the_cell_of_the_question():
    notebook = nb(prose="YOUR ANSWER HERE")
    notebook["cells"][at(notebook, "exercise-2-1-1")]["source"] += f"\n\n{PROSE}"
    return one(notebook)


@fair("prose", ALL, "beside it")
def prose_in_the_cell_of_the_question_without_any_ids():
    notebook = nb(prose="YOUR ANSWER HERE")
    notebook["cells"][at(notebook, "exercise-2-1-1")]["source"] += f"\n\n**Answer:** {PROSE}"
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return one({**notebook, "nbformat_minor": 4})


@fair("prose", ALL, "beside it")
def prose_as_comments_in_a_new_code_cell():
    return one(put(nb(prose=""), "q2-1-1", code(f"# {PROSE}\n# and so stays the same.")))


@fair("prose", ALL, "beside it")
def prose_typed_into_a_code_cell_as_it_is():
    return one(put(nb(prose="YOUR ANSWER HERE"), "q2-1-1", code(f"{PROSE}, and stays the same.")))


@fair("prose", ALL, "beside it")
def prose_as_a_string_or_print_in_a_code_cell():
    return one(put(nb(prose="YOUR ANSWER HERE"), "q2-1-1", code(f'print("{PROSE}.")')))


@fair("prose", ALL, "beside it")
def prose_in_a_raw_cell_beside_the_stub():
    return one(put(nb(prose="YOUR ANSWER HERE"), "q2-1-1", text(PROSE, "raw")))


@fair("prose", ALL, "lost its mark")
def prose_in_a_cell_that_replaces_the_stub():
    return one(drop(put(nb(), "q2-1-1", text(PROSE)), "q2-1-1"))


@fair("prose")
def prose_in_a_marked_cell_of_the_wrong_kind():
    notebook = nb()
    notebook["cells"][at(notebook, "q2-1-1")]["cell_type"] = "code"
    return one(notebook)


@fair("prose", ALL, "beside it")
def prose_above_the_next_question():
    notebook = nb(prose="YOUR ANSWER HERE")
    cell = notebook["cells"][at(notebook, "exercise-2-1-2")]
    cell["source"] = f"{PROSE}\n\n{cell['source']}"
    return one(notebook)


@fair("prose", ALL, "there is text after", look=True, prose="")
def prose_of_all_questions_at_the_end():
    return one(end(nb(prose="YOUR ANSWER HERE"), text(f"2.1.1: {PROSE}. 2.1.3: So it is.")))


@fair("prose", prose="")
def no_prose_at_all():
    return one(nb(prose="YOUR ANSWER HERE"))


@fair("prose", ALL, "answers.docx", look=True, prose="")
def prose_in_a_document_beside_the_notebook():
    return {**one(nb(prose="")), "answers.docx": b"PK\x03\x04word/"}


# --- Code that was seen and does not run --------------------------------------------------------


@fair("unused", WAITS, "homework.py", "softmax", look=True)
def the_answer_in_a_file_beside_the_notebook():
    return {**one(nb(STUB)), "homework.py": f"import numpy as np\n{RIGHT}".encode()}


@fair("unused", WAITS, "answers.py", look=True)
def the_answer_is_imported_from_a_file_beside_the_notebook():
    return {**one(nb("from answers import *")), "src/answers.py": RIGHT.encode()}


@fair("unused", WAITS, "answers.py", look=True)
def the_function_is_imported_by_name_from_a_file():
    return {**one(nb("from answers import softmax")), "answers.py": RIGHT.encode()}


@fair("unused", WAITS, "raw cell", look=True)
def the_answer_in_a_raw_cell():
    return one(put(nb(STUB), "q2-2-2-check", text(RIGHT, "raw")))


@fair("unused", WAITS, "text cell", look=True)
def the_answer_in_a_cell_of_text():
    return one(put(nb(STUB), "q2-2-2-check", text(f"```python\n{RIGHT}\n```")))


@fair("unused", WAITS, "string", look=True)
def the_answer_in_triple_quotes():
    return one(nb(STUB + "\n'''\n" + RIGHT.replace('"""', "#") + "\n'''\n"))


@fair("unused", WAITS, "comments", look=True)
def the_answer_in_comments():
    commented = "\n".join(f"# {line}" for line in RIGHT.splitlines())
    return one(nb(commented))


@fair("unused", WAITS, "string", look=True)
def the_answer_in_exec():
    return one(nb(f"exec({RIGHT!r})"))


@fair("unused", WAITS, "magic", look=True)
def the_answer_is_written_to_a_file():
    return one(nb(f"%%writefile softmax.py\n{RIGHT}"))


@fair("unused", WAITS, "answers.py", look=True)
def a_module_beside_the_notebook_is_imported_by_name():
    source = "import answers as mine\nsoftmax = mine.softmax"
    return {**one(nb(source)), "answers.py": RIGHT.encode()}


@fair("unused", WAITS, "softmax.txt", look=True, prose=PROSE)
def the_answer_in_a_text_file():
    return {**one(nb(STUB)), "softmax.txt": RIGHT.encode()}


@fair("unused", WAITS, "inside something else", look=True)
def the_answer_inside_another_function():
    inner = "\n".join(f"    {line}" for line in RIGHT.splitlines())
    return one(nb(f"def all_answers():\n{inner}\n"))


@fair("unused", ALL)
def an_old_try_in_comments_beside_the_answer():
    return one(nb("\n".join(f"# {line}" for line in TRIED.splitlines()) + "\n" + RIGHT))


@fair("unused", ALL)
def a_file_of_code_beside_right_answers():
    return {**one(nb()), "helpers_of_mine.py": TRIED.encode()}


@fair("unused", NONE)
def nothing_written_anywhere():
    return one(nb(STUB))


@fair("unused", NONE, "homework.py", look=True, prose=None)
def only_a_file_of_code():
    return {"homework.py": RIGHT.encode()}


@fair("unused", ALL, "merge", prose=PROSE)
def marks_of_a_merge_in_a_cell_with_one_right_side():
    return one(nb(f"<<<<<<< HEAD\n{TRIED}=======\n{RIGHT}>>>>>>> main\n"))


@fair("unused", NONE, "merge", look=True)
def marks_of_a_merge_in_a_cell_with_the_wrong_side_last():
    return one(nb(f"<<<<<<< HEAD\n{RIGHT}=======\n{TRIED}>>>>>>> main\n"))


@fair("unused", ALL, "not all Python")
def half_of_the_cell_is_broken():
    return one(nb(f"{RIGHT}\n\ndef more(x:\n    return ((\n"))


@fair("unused", NONE, "not all Python", look=True)
def the_answer_itself_is_broken():
    return one(nb("def softmax(x):\n    return (np.exp(x)\n"))


# --- Whose notebook it is -----------------------------------------------------------------------


def foreign(source: str, mark: str = "") -> dict[str, Any]:
    """A notebook that has nothing of this course."""
    return {"cells": [text("# Physics 3"), code(source, mark)], "nbformat": 4,
            "nbformat_minor": 4, "metadata": {}}  # fmt: skip


@fair("foreign", NONE, "no notebook of this course", look=True, prose=None)
def of_another_course_with_a_variable_of_the_same_name():
    return files(**{"lab.ipynb": foreign("scores = [1, 2]\nx = scores\nparams = {}")})


@fair("foreign", NONE, "marks are those of another", look=True, prose=None)
def of_another_course_that_uses_nbgrader():
    return files(**{"lab.ipynb": foreign(RIGHT, "ex1-softmax")})


@fair("foreign", ALL, "no notebook of this course")
def of_another_course_beside_the_right_one():
    return files(**{FILE: nb(), "lab.ipynb": foreign("scores = [1, 2]\nlayer = 3")})


@fair("foreign", NONE, "none of the course's cells", look=True, prose="")
def of_another_course_under_the_right_name():
    return one(foreign("weights = 1"))


@fair("foreign", ALL, "none of the course's cells", look=True, prose="")
def an_answer_in_a_fresh_notebook():
    return files(**{"mine.ipynb": foreign(f"import numpy as np\n{RIGHT}")})


@fair("foreign", ALL, "another copy")
def a_scratch_notebook_with_a_try_of_the_same_function():
    return files(**{FILE: nb(), "scratch.ipynb": foreign(TRIED)})


# --- Values that are no plain arrays ------------------------------------------------------------


@fair("values", NONE, "matrix", "np.asarray(x)")
def a_matrix_comes_back():
    return one(nb(RIGHT.replace("return ", "return np.matrix(").rstrip() + ")"))


@fair("values", NONE, "MaskedArray", "filled")
def a_masked_array_comes_back():
    return one(nb(RIGHT.replace("return ", "return np.ma.array(").rstrip() + ")"))


@fair("values")
def a_view_of_an_array_comes_back():
    return one(nb(RIGHT.replace("return ", "return np.atleast_2d(").rstrip() + ")"))


# --- A newer Python than the grader's -----------------------------------------------------------


def newer(line: str) -> dict[str, Any]:
    """The right softmax with a line in it that needs a newer Python."""
    head, body = RIGHT.split("\n", 1)
    return nb(f"{head}\n{line}\n{body}")


@fair("newer", WAITS, "Python 3.12", look=True)
def quotes_in_the_braces_of_an_f_string():
    return one(newer('    d = {\'a\': 1}\n    f"{d["a"]:>3}"'))


@fair("newer", WAITS, "Python 3.12", look=True)
def a_backslash_in_the_braces_of_an_f_string():
    return one(newer("    f\"{'\\n'.join(['a'])}\""))


@fair("newer", WAITS, "Python 3.12", look=True)
def a_type_statement():
    return one(nb(f"type Scores = np.ndarray\n{RIGHT.replace('(x)', '(x: Scores)')}"[:0]
                  + f"def softmax[T](x: T) -> T:\n{RIGHT.split(chr(10), 1)[1]}"))  # fmt: skip


@fair("newer")
def a_type_statement_that_the_answer_does_not_need():
    return one(nb(f"type Scores = np.ndarray\n{RIGHT}"))


@fair("newer", WAITS, "Python 3.14", look=True)
def several_exceptions_without_parentheses():
    return one(newer("    try:\n        pass\n    except ValueError, TypeError:\n        pass"))


@fair("newer", WAITS, "Python 3.14", look=True)
def a_helper_that_needs_a_newer_python():
    helper = "def over(e):\n    try:\n        return e / e.sum(1, keepdims=True)\n" \
             "    except ValueError, TypeError:\n        raise"  # fmt: skip
    answer = "def softmax(x):\n    return over(np.exp(x - x.max(1, keepdims=True)))"
    return one(put(nb(answer), "exercise-2-2-2", code(helper)))


@fair("newer", WAITS, "Python 3.12", look=True)
def a_function_that_the_library_has_only_since():
    return one(newer("    from itertools import batched"))


@fair("newer", NONE, "not valid Python", look=True)
def a_real_mistake_is_no_newer_python():
    return one(newer("    d = = 3"))


# --- Files that something happened to -----------------------------------------------------------


@fair("file", WAITS, "web page", "log in", look=True, prose=None)
def a_page_to_log_in_saved_as_the_notebook():
    page = b"<!DOCTYPE html><html><title>Sign in</title><input type='password'></html>"
    return one(page)


@fair("file", WAITS, "web page", look=True, prose=None)
def the_notebook_as_html():
    return one(b"\n<html><head><title>02_network</title></head><body>...</body></html>")


@fair("file", WAITS, "zip archive", look=True, prose=None)
def a_zip_archive_under_the_name():
    return one(packed(x=(nb(), MONDAY))["work.zip"])


@fair("file", WAITS, "a PDF file", look=True, prose=None)
def a_pdf_under_the_name():
    return one(b"%PDF-1.7\n1 0 obj")


@fair("file", WAITS, "Office", look=True, prose=None)
def a_document_under_the_name():
    return one(b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml" + b"\0" * 50)


@fair("file", WAITS, "Python code", look=True, prose=None)
def code_under_the_name():
    return one(f"import numpy as np\n{RIGHT}".encode())


@fair("file", WAITS, "link to Google Drive", look=True, prose=None)
def a_link_of_google_drive_under_the_name():
    return one(b'{"": "x", "doc_id": "1AbC", "email": "ada@example.org"}')


@fair("file", NONE, "a link to a page", look=True, prose=None)
def a_shortcut_to_a_page():
    return {"02_network.url": b"[InternetShortcut]\r\nURL=https://example.org/nb\r\n"}


@fair("file", NONE, "a link to Google Docs", look=True, prose=None)
def a_shortcut_of_google():
    return {"02_network.gdoc": b'{"url": "https://docs.google.com/open?id=1"}'}


@fair("file", WAITS, "is empty", look=True, prose=None)
def an_empty_file():
    return one(b"")


@fair("file", WAITS, "nothing but zeros", look=True, prose=None)
def nothing_but_zeros():
    return one(bytes(4096))


@fair("file", ALL, "is cut off", look=True)
def cut_off_300_bytes_before_the_end():
    return one(raw()[:-300])


@fair("file", WAITS, "is cut off", look=True)
def cut_off_before_the_answer():
    return one(raw()[: raw().index(b'"q2-2-1-check"')])


@fair("file", ALL, "is damaged", look=True)
def damaged_in_the_middle():
    data = raw()
    where = data.index(b'"figure-activations"')
    return one(data[:where] + b"\x00\x01garbage{{{" + data[where + 25 :])


@fair("file", ALL, "a comma too many")
def a_comma_too_many():
    return one(raw().replace(b'\n ],\n "metadata"', b',\n ],\n "metadata"'))


@fair("file", ALL, "after its end")
def padded_with_zeros():
    return one(raw() + bytes(512))


@fair("file", ALL, "after its end")
def written_twice():
    return one(raw() + b"\n" + raw())


def conflict(ours: str, theirs: str) -> bytes:
    """A file in which git marked a conflict in the softmax cell."""
    sides = [json.dumps(line)[1:-1] for line in (ours, theirs)]
    mine, other = (f'   "source": "{side}"\n' for side in sides)
    data = json.dumps(nb("CONFLICT"), indent=1, ensure_ascii=False)
    line = next(one for one in data.splitlines(keepends=True) if "CONFLICT" in one)
    return data.replace(line, f"<<<<<<< HEAD\n{mine}=======\n{other}>>>>>>> main\n").encode()


@fair("file", ALL, "marks of a conflict")
def marks_of_a_merge_in_the_file():
    return one(conflict(RIGHT, TRIED))


@fair("file", ALL, "marks of a conflict")
def marks_of_a_merge_in_the_file_with_a_stub_on_our_side():
    return one(conflict(STUB, RIGHT))


@fair("file", ALL, "begins with something else")
def a_line_of_a_mail_before_it():
    return one(b"See below.\n\n" + raw())


@fair("file", WAITS, "Git LFS", look=True, prose=None)
def a_note_of_git_lfs():
    return one(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")


@fair("file", WAITS, "its text is damaged", look=True, prose=None)
def typographic_quotes():
    return one(raw().decode().replace('"', "\u201c").encode())


@fair("file", ALL)
def ends_in_json():
    return {"02_network.json": raw()}


@fair("file", ALL)
def ends_in_ipynb_json():
    return {"02_network.ipynb.json": raw()}


@fair("file", ALL)
def has_no_ending():
    return {"02_network": raw()}


@fair("file", ALL)
def ends_in_bak():
    return {"02_network.ipynb.bak": raw()}


@fair("file", ALL)
def utf_16_with_a_mark():
    return one(raw().decode().encode("utf-16"))


@fair("file", ALL, "UTF-16 without a mark")
def utf_16_without_a_mark():
    return one(raw().decode().encode("utf-16-le"))


@fair("file", ALL, "UTF-16 without a mark")
def utf_16_the_other_way_round():
    return one(raw().decode().encode("utf-16-be"))


def encoded(prose: str, encoding: str) -> Files:
    """A right student's file in an old encoding; characters that it lacks are questions."""
    data = as_bytes(nb(prose=prose)).decode().replace("\u2019", "'")
    return one(data.encode(encoding, "replace"))


JAPANESE = "重みが全部ゼロなら、隠れ層のユニットは全部同じ勾配を受け取ります。"
CHINESE = "因为所有单元得到相同的梯度，所以它们永远相同。"
RUSSIAN = "Потому что все нейроны получают один и тот же градиент."
FRENCH = "Parce que chaque unité reçoit le même gradient, à chaque étape."


@fair("file", ALL, "Shift-JIS", prose=JAPANESE)
def shift_jis():
    return encoded(JAPANESE, "cp932")


@fair("file", ALL, "gb18030", prose=CHINESE)
def chinese():
    return encoded(CHINESE, "gb18030")


@fair("file", ALL, "cp1251", prose=RUSSIAN)
def russian():
    return encoded(RUSSIAN, "cp1251")


@fair("file", ALL, "Latin-1", prose=FRENCH)
def latin_1():
    return encoded(FRENCH, "cp1252")


@fair("file", ALL, slow=True)
def thirty_megabytes_of_outputs():
    notebook = nb()
    picture = "iVBORw0KGgo" + "A" * 2**20
    for cell in [c for c in notebook["cells"] if c["cell_type"] == "code"][:30]:
        cell["outputs"] = [{"output_type": "display_data", "data": {"image/png": picture},
                            "metadata": {}}]  # fmt: skip
    return one(notebook)


@fair("file", ALL)
def around_it_is_what_a_server_answers():
    answer = {"name": FILE, "type": "notebook", "content": nb()}
    return one(json.dumps(answer).encode())


@fair("file", ALL)
def a_list_of_cells_alone():
    return one(json.dumps(nb()["cells"]).encode())


@fair("file", ALL)
def strings_with_line_ends_in_them():
    return one(raw().replace(b"same gradient, ", b"same gradient,\n "))


# --- The cause, and not a parser's words --------------------------------------------------------


@fair("cause", NONE, "input() has no keyboard here")
def the_answer_asks_for_something_to_be_typed():
    return one(newer("    n = int(input('How many? '))"))


@fair("cause", NONE, "input() has no keyboard here")
def a_cell_above_asks_for_something_to_be_typed():
    answer = RIGHT.replace("np.exp(x", "scale * np.exp(x")
    return one(put(nb(answer), "exercise-2-2-2", code("scale = float(input('Scale? '))")))


@fair("cause", NONE, "No module named 'not_there'")
def an_import_further_up_failed():
    answer = RIGHT.replace("np.exp", "nt.exp")
    return one(put(nb(answer), "exercise-2-2-2", code("import not_there as nt")))


@fair("cause", NONE, "No module named 'not_there'")
def an_import_of_everything_failed():
    answer = RIGHT.replace("np.exp", "their_exp")
    return one(put(nb(answer), "exercise-2-2-2", code("from not_there import *")))


@fair("cause", NONE, "raise NotImplementedError()", "above its code")
def the_line_of_the_stub_was_left_above_the_code():
    return one(newer("    raise NotImplementedError()"))


@fair("cause", ALL)
def the_line_of_the_stub_was_left_below_the_code():
    return one(nb(RIGHT + "\n    raise NotImplementedError()\n"))


# --- Without the set-up -------------------------------------------------------------------------


@fair("set-up")
def the_set_up_was_deleted():
    return one(drop(nb(), "setup-02"))


@fair("set-up")
def the_set_up_was_deleted_and_a_cell_at_the_top_needs_it():
    notebook = drop(nb(RIGHT.replace("np.exp(x", "np.exp(SHIFT + x")), "title", "setup-02")
    notebook["cells"].insert(0, code("SHIFT = np.zeros(1)"))
    return one(notebook)


@fair("set-up", ALL, "its functions are in another cell")
def everything_in_one_cell_at_the_top_without_the_set_up():
    notebook = drop(nb(), "title", "setup-02", "q2-2-2")
    notebook["cells"].insert(0, code(f"EPS = np.float64(0)\n{RIGHT.rstrip()} + EPS"))
    return one(notebook)


@fair("set-up", ALL, "edited")
def the_set_up_was_broken():
    notebook = nb()
    notebook["cells"][at(notebook, "setup-02")]["source"] = "import numpy as\nnp = None"
    return one(notebook)


@fair("set-up")
def the_set_up_was_moved_to_the_end():
    notebook = nb()
    return one(end(notebook, notebook["cells"].pop(at(notebook, "setup-02"))))


@fair("set-up")
def all_marks_and_ids_and_the_set_up_are_gone():
    notebook = drop(nb(), "setup-02")
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return one({**notebook, "nbformat_minor": 4})
