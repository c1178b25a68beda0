"""A term, played: three sheets, forty students, two platforms, and every number right."""

import csv
from dataclasses import replace

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.course.course import read_course
from autograder.intake.tables import read_table
from helpers.checking.catalogue import _rooms, read_catalogue
from tests import term
from tests.term import CLASS

pytestmark = pytest.mark.slow


def course(*arguments):
    """Run a command; it must not fail."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("term")
    for kept in (read_course, read_catalogue, _rooms):
        kept.cache_clear()
    root = term.term_course(folder / "words")
    course("doctor", "--course", root)
    (folder / "canvas.csv").write_text(term.canvas_gradebook(), encoding="utf-8-sig")
    (folder / "moodle.csv").write_text(term.moodle_worksheet(2), encoding="utf-8")
    (folder / "extensions.csv").write_text(term.extensions(), encoding="utf-8")
    for sheet in (1, 3):
        (folder / f"times{sheet}.csv").write_text(term.times(sheet), encoding="utf-8")
    return root


def hand_in(root, sheet):
    """What the platform gives back."""
    folder = root.parent / f"download-{sheet}"
    folder.mkdir()
    for one in CLASS:
        if one.kind(sheet) == "nothing":
            continue
        name = term.moodle_name(one, 2) if sheet == 2 else term.canvas_name(one, sheet)
        first = "first" if one.twice(sheet) else ""
        (folder / name).write_bytes(term.notebook(root, one, sheet, first))
        if one.twice(sheet):
            (folder / term.canvas_name(one, sheet, 1)).write_bytes(term.notebook(root, one, sheet))
    return folder


def grade(root, sheet, *more):
    folder = root.parent
    lists = ["--roster", folder / "canvas.csv", "--roster", folder / "moodle.csv"]
    times = folder / ("moodle.csv" if sheet == 2 else f"times{sheet}.csv")
    return course(
        "grade", folder / f"download-{sheet}", "--out", folder / f"results-{sheet}", "--course",
        root, "--sheet", f"sheet-{sheet}", *lists, "--times", times, "--extensions",
        folder / "extensions.csv", *more,
    )  # fmt: skip


def marks(root, *more):
    folder = root.parent
    results = [folder / f"results-{sheet}" for sheet in (1, 2, 3)]
    output = course("marks", *results, "--course", root, "--to", folder / "marks.csv",
                    "--extensions", folder / "extensions.csv", *more)  # fmt: skip
    return output, {row["student"]: row for row in read_table(folder / "marks.csv").rows}


def grade_prose(root):
    """A person fills in the column of points, in each table that waits."""
    by_login = {one.login: one for one in CLASS}
    for sheet in (1, 2, 3):
        path = root.parent / f"results-{sheet}" / "by_hand.csv"
        table = read_table(path)
        rows = [{**row, "points": f"{by_login[row['student']].by_hand(sheet):g}"}
                for row in table.rows]  # fmt: skip
        assert len(rows) == sum(one.wrote(sheet) for one in CLASS)
        path.write_bytes(replace(table, rows=rows).data())


def test_every_number_of_a_term_is_right(root):
    folder = root.parent
    for sheet in (1, 2, 3):
        hand_in(root, sheet)
        grade(root, sheet)
        absent = [one.name for one in CLASS if one.kind(sheet) == "nothing"]
        with (folder / f"results-{sheet}" / "totals.csv").open(encoding="utf-8") as file:
            rows = {row["student"]: row for row in csv.DictReader(file)}
        assert set(rows) == {one.name for one in CLASS}
        assert [name for name, row in rows.items() if not row["points"]] == absent
        assert all(rows[one.name]["id"] == one.login for one in CLASS)
    said, rows = marks(root)
    waiting = sum(any(one.waits(sheet) for sheet in (1, 2, 3)) for one in CLASS)
    assert f"{waiting} of them with something that waits" in said
    for one in CLASS:
        assert (rows[one.login]["sheet-1"] == "") == one.wrote(1), one
    grade_prose(root)
    _, rows = marks(root)
    for one in CLASS:
        row = rows[one.login]
        points = [one.points(sheet) for sheet in (1, 2, 3)]
        assert [float(row[f"sheet-{sheet}"]) for sheet in (1, 2, 3)] == points, one
        assert float(row["total"]) == pytest.approx(points[0] + points[1] + 2 * points[2]), one

    # The order of words that are equally frequent was not in the text, after all.
    path = root / "exercises/2_2_most_frequent/hidden.py"
    text = path.read_text(encoding="utf-8")
    mended = text.replace("expect.equal(found, [", "expect.equal(sorted(found), [")
    path.write_text(mended, encoding="utf-8")
    assert mended != text
    grade(root, 2, "--replace")
    _, rows = marks(root)
    for one in CLASS:
        assert float(rows[one.login]["sheet-2"]) == one.points(2, ties_count=True), one

    said = course("marks", folder / "results-1", "--course", root, "--sheet", "sheet-1", "--for",
                  "canvas", "--into", folder / "canvas.csv", "--to", folder / "to-canvas.csv",
                  "--extensions", folder / "extensions.csv")  # fmt: skip
    back = {row["SIS Login ID"]: row for row in read_table(folder / "to-canvas.csv").rows}
    assert all(float(back[one.login]["Sheet 1 (4711)"]) == one.points(1) for one in CLASS)
    course("marks", folder / "results-2", "--course", root, "--sheet", "sheet-2", "--for", "moodle",
           "--into", folder / "moodle.csv", "--to", folder / "to-moodle.csv",
           "--extensions", folder / "extensions.csv")  # fmt: skip
    back = {row["Identifier"]: row for row in read_table(folder / "to-moodle.csv").rows}
    for one in CLASS:
        row = back[f"Participant {700 + one.number}"]
        assert float(row["Grade"]) == one.points(2, ties_count=True)
