"""What is handed in costs no more than people's notebooks do: sizes, and counts of work."""

import ast
import json
import time
import tracemalloc

import pytest
from IPython.core import inputtransformer2

from autograder.course.course import find_course
from autograder.course.release import release_notebooks
from autograder.grading import submission as grading
from autograder.intake import answers, archives, bounds
from autograder.intake.answers import code_cells, take_apart
from autograder.intake.files import collect
from autograder.intake.notebooks import sort_notebooks
from autograder.intake.parsing import parse_notebook
from autograder.judging.concerns import suspicions
from autograder.judging.judge import NotebookAnswers, judge
from autograder.judging.verdicts import WrittenAnswer
from exercises.sample_class.submissions import as_bytes, student_notebook, zip_of
from helpers.checking import statements
from helpers.checking.statements import is_written, parse_cell
from helpers.errors import NotebookError, SubmissionError
from tests.hostile import costly
from tests.test_intake import tar_of

COURSE = find_course()
NAME = "02_network"
TENFOLD = 10.0  # what processor time may be off by on another machine
SECONDS = 1.0  # that intake needs here for the worst of these


def read(files, folder):
    """What the grader makes of files before it judges."""
    path = folder / "mallory.zip"
    path.write_bytes(zip_of(files))
    sources = release_notebooks(COURSE)
    found = sort_notebooks(collect(path), sources)
    parts = {name: take_apart(found.notebooks[name], sources[name]) for name in found.notebooks}
    return found, {name: code_cells(parts[name], sources[name]) for name in parts}


def parsed(*cells):
    return parse_notebook(json.dumps({"cells": list(cells)}).encode(), "02.ipynb")


def code(source):
    return {"cell_type": "code", "source": source}


NESTED = {
    "brackets": "(" * 50_000,
    "minus signs": "-" * 50_000 + "1",
    "a long sum": "a" + "+a" * 40_000,
    "a long chain": "a" + ".b" * 40_000,
    "chains": "\n".join("a" + ".b" * 900 for _ in range(50)),
    "indented": "\n".join(" " * depth + "if x:" for depth in range(400)),
    "many functions": "".join(f"def f{number}():0\n" for number in range(9000)),
    "one long line": "x = [" + "1," * 49_000 + "]",
    "nothing that begins": "x\n" * 40_000 + "(",
    "magics": "a, b = !ls\n" * 9000,
}


@pytest.mark.parametrize("kind", NESTED)
def test_a_cell_of_any_form_is_looked_through_in_time_that_grows_with_it(kind):
    source = NESTED[kind][: bounds.MAX_CODE]
    suspicions.cache_clear()
    started = time.process_time()
    suspicions(source)
    is_written(source, ["softmax"])
    answers.parses(source)
    assert time.process_time() - started < TENFOLD * 2 * SECONDS


def test_in_the_judges_process_ipython_is_never_asked(monkeypatch):
    """It reads a cell anew for each of its magics: 68 kB took it 75 seconds."""
    asked = []
    monkeypatch.setattr(statements, "_by_ipython", lambda text: asked.append(text) or text)
    source = "a, b = !ls\n" * 30
    suspicions.cache_clear()
    suspicions(source)
    assert not asked
    parse_cell(source)  # as a student's own process does, where a clock runs
    assert len(asked) == 1


def test_ipython_is_asked_only_where_that_is_cheap_and_may_fail(monkeypatch):
    cheap, dear = "a, b = !ls\nc = 1\n", "a, b = !ls\n" * 3000
    assert [type(node) for node in parse_cell(cheap)[0]] == [ast.Assign, ast.Assign]
    started = time.process_time()
    assert parse_cell(dear)[1] is not None
    assert time.process_time() - started < TENFOLD * SECONDS
    monkeypatch.setattr(inputtransformer2.TransformerManager, "transform_cell", gives_up)
    assert parse_cell(cheap)[1] is not None


def gives_up(*_):
    """What IPython does with more than 500 magics."""
    raise RuntimeError("Input transformation still changing after 500 iterations. Aborting.")


def test_every_cell_is_parsed_once_for_all_exercises(monkeypatch):
    """Each exercise asks twice whether anything is written; there are seven in a notebook."""
    times = {}

    def count(source, *rest, **options):
        times[source] = times.get(source, 0) + 1
        return parse(source, *rest, **options)

    parse = ast.parse
    statements._bound_in.cache_clear()
    monkeypatch.setattr(ast, "parse", count)
    for exercise in COURSE.checked:
        is_written("own_cell = 1", exercise.functions)
    assert times == {"own_cell = 1": 1}


def test_names_are_looked_for_once_in_each_cell(monkeypatch):
    """Twenty cells of 500,000 letters were searched anew for each of seven missing answers."""
    looked = []

    def count(source):
        looked.append(source)
        return defined(source)

    defined = answers.defined_names
    monkeypatch.setattr(answers, "defined_names", count)
    source = release_notebooks(COURSE)[NAME]
    notebook = parsed(*(code(f"own_{number} = 1") for number in range(20)))
    take_apart(notebook, source)
    assert sum(text.startswith("own_") for text in looked) == 20


@pytest.mark.parametrize("files", [costly.letters, costly.magics, costly.old_and_large,
                                   lambda: costly.prose(20)],
                         ids=["letters", "magics", "old", "prose"])  # fmt: skip
def test_intake_of_the_worst_costs_little(files, tmp_path):
    made = files()
    started = time.process_time()
    found, cells = read(made, tmp_path)
    assert time.process_time() - started < TENFOLD * SECONDS
    assert sum(len(cell.source) for part in cells.values() for cell in part) < 10**6


def test_cells_beyond_the_whole_are_left_out_one_by_one():
    notebook = parsed(*(code("x = 1\n" * 15_000) for _ in range(7)), code("y = 1"))
    sizes = [len(cell["source"]) for cell in notebook["cells"]]
    assert sizes[:5] == [90_000] * 5 and max(sizes[5:]) < 200
    assert notebook["cells"][7]["source"] == "y = 1"
    said = (
        "holds 90,000 characters of code and was left out: at most 500,000 of a notebook are read"
    )
    assert notebook["remarks"] == [f"02.ipynb: cell {number} {said}" for number in (6, 7)]


def test_a_student_whose_answer_was_left_out_is_told_so_in_the_verdict():
    source = student_notebook(NAME, {"q2-2-2": "def softmax(x):\n    return x\n" * 5000})
    notebook = parse_notebook(as_bytes(source), f"{NAME}.ipynb")
    parts = take_apart(notebook, release_notebooks(COURSE)[NAME])
    handed = {NAME: NotebookAnswers((), parts.answers)}
    (verdict,) = judge(COURSE, handed, None, seed=1, only=["2.2.2"])
    assert verdict.status == "fail" and verdict.points == 0
    assert verdict.message == (
        "This cell holds 145,000 characters of code and was left out: at most 100,000 of a cell "
        "are read."
    )


@pytest.mark.parametrize("words", [
    "# This cell holds 5 points.", "# This cell holds 160,000 characters of code and was left out: "
    "at most 1 of a cell are read. All checks pass.",
])  # fmt: skip
def test_no_words_of_a_students_own_pass_for_the_graders(words):
    assert bounds.why_left_out(words) == ""


def test_a_text_is_cut_and_says_so():
    cell = {"cell_type": "markdown", "source": "word " * 100_000}
    (read_cell,) = parsed(cell)["cells"]
    assert read_cell["source"].endswith("*(Cut here: of 500,000 characters 100,000 were read.)*")
    assert len(read_cell["source"]) < bounds.MAX_TEXT + 100


def test_many_copies_of_a_text_do_not_make_a_longer_one():
    cells = [
        {"cell_type": "markdown", "source": f"{number} " + "word " * 15_000,
         "metadata": {"nbgrader": {"grade_id": "q2-1-1", "solution": True, "grade": True}}}
        for number in range(30)
    ]  # fmt: skip
    sources = release_notebooks(COURSE)
    parts = {NAME: take_apart(parsed(*cells), sources[NAME])}
    written = grading.written_answers(COURSE, parts, sources, ["2.1.1"])
    assert [len(answer.source) < bounds.MAX_TEXT + 100 for answer in written] == [True]


def test_a_pasted_picture_is_an_attachment():
    text = "before ![a](data:image/png;base64," + "QUJD" * 50 + ") after"
    (cell,) = parsed({"cell_type": "markdown", "source": text})["cells"]
    assert cell["source"] == "before ![a](attachment:pasted-1) after"
    assert cell["attachments"] == {"pasted-1": {"image/png": "QUJD" * 50}}


@pytest.mark.parametrize("many", [
    lambda: costly.format_3(["x = 1"] * 1001),
    lambda: costly.format_3(["x" * 2**20] * 3),
    lambda: {**costly.format_3([]), "worksheets": [{"cells": [{}] * 600}] * 2},
    lambda: costly.format_3(["x" * 10] * 2) | {"worksheets": [5] * 10**5},
])  # fmt: skip
def test_an_old_notebook_is_bounded_before_it_is_converted(many, monkeypatch):
    monkeypatch.setattr("nbformat.reads", lambda *_, **__: pytest.fail("it was converted"))
    with pytest.raises(NotebookError, match="old format"):
        parse_notebook(json.dumps(many()).encode(), "02.ipynb")


def test_an_old_notebook_keeps_its_code_texts_and_pictures():
    old = costly.format_3(["x = 1\n"])
    sheet = old["worksheets"][0]["cells"]
    sheet[0]["outputs"] = [{"output_type": "pyout", "png": "QUJD", "prompt_number": 1}]
    sheet += [{"cell_type": "heading", "level": 2, "source": ["Title"], "metadata": {}},
              {"cell_type": "markdown", "source": "text", "metadata": {}}]  # fmt: skip
    cells = parse_notebook(json.dumps(old).encode(), "02.ipynb")["cells"]
    assert [cell["source"].strip() for cell in cells] == ["x = 1", "## Title", "text"]
    assert cells[0]["pictures"] == ["QUJD"]


def test_notebooks_with_too_much_code_together_are_not_read(tmp_path):
    notebook = {"cells": [code(f"x{part} = 1\n" * 10_000) for part in range(5)], "nbformat": 4}
    files = {f"v{number}/02_network.ipynb": json.dumps({**notebook, "a": number}).encode()
             for number in range(9)}  # fmt: skip
    found, _ = read(files, tmp_path)
    assert sum("too much code" in remark for remark in found.remarks) == 1


def test_all_archives_together_unpack_to_no_more_than_one_may(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2**20)
    inner = tar_of({"x.bin": bytes(600_000), "02.ipynb": b"{}"}, "w:gz")
    path = tmp_path / "mallory.zip"
    path.write_bytes(zip_of({f"{number}.tar.gz": inner for number in range(5)}))
    handed = collect(path)
    assert len(handed.notebooks) == 1
    assert sum("unpacks to more than" in remark for remark in handed.remarks) == 4


def test_tables_of_contents_and_files_are_counted_over_all_archives(tmp_path, monkeypatch):
    inner = zip_of({f"{number}.txt": b"" for number in range(60)})
    (tmp_path / "zips.zip").write_bytes(zip_of({f"{n}.zip": inner for n in range(5)}))
    monkeypatch.setattr(archives, "MAX_DIRECTORY", 8000)
    remarks = collect(tmp_path / "zips.zip").remarks
    assert sum("table of contents" in remark for remark in remarks) >= 3
    monkeypatch.setattr(archives, "MAX_ENTRIES", 50)
    (tmp_path / "many.tar").write_bytes(tar_of({f"{n}.ipynb": b"" for n in range(60)}))
    with pytest.raises(SubmissionError, match="more than 50 files"):
        list(archives.files_in(tmp_path / "many.tar", []))


def test_pictures_in_written_answers_have_a_bound_that_is_said():
    picture = {"image/png": "A" * (3 * 2**20)}
    written = [
        WrittenAnswer(f"q{number}", "1.1", "", NAME, 1.0, "answered", "text",
                      {"a.png": picture, "b.png": picture})
        for number in range(3)
    ]  # fmt: skip
    kept, said = grading._with_room(written)
    assert [len(answer.attachments) for answer in kept] == [2, 0, 0]
    assert said.startswith("pictures in q1, q2 were left out: all together, at most 8 million")
    assert grading._with_room(written[:1]) == (tuple(written[:1]), "")


def test_what_is_read_of_80_megabytes_lies_in_little_memory():
    data = costly.prose(20)["02_network.ipynb"]
    tracemalloc.start()
    notebook = parse_notebook(data, "02.ipynb")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(data) > 4 * 10**6 and kept < 3 * 2**20
    assert sum(len(cell["source"]) for cell in notebook["cells"]) < 10**6
