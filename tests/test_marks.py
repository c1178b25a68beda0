"""Marks: points of the machine and by hand, less what lateness takes; and what platforms import."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.course.course import find_course, read_course
from autograder.course.sheets import LatePolicy, Sheet
from autograder.grading.store import Place, keep, stored
from autograder.intake.roster import Person
from autograder.intake.tables import parse_table, read_table
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer
from autograder.marks.by_hand import (
    CHANGED,
    COLUMNS,
    all_rows,
    read_given,
    unclaimed,
    write_by_hand,
)
from autograder.marks.extensions import read_extensions
from autograder.marks.form import fill
from autograder.marks.people import keep_extensions, keep_people, with_person
from autograder.marks.points import class_marks, sheet_maximum
from autograder.marks.table import marks_table
from helpers.checking.catalogue import _rooms, read_catalogue
from helpers.errors import RosterError
from tests.term import term_course

DUE = datetime(2030, 2, 1, 12, tzinfo=UTC)
LATER = DUE + timedelta(days=30)
SHEETS = (
    Sheet("one", ("01_theory",), "Sheet 1", DUE, 1.0, LatePolicy(per_day=0.1, grace=15)),
    Sheet("two", ("02_network",), "Sheet 2", DUE + timedelta(days=7), 2.0, LatePolicy(1.0)),
)
ONE = find_course().find("1.1")  # a course of one exercise, on either sheet
COURSE = replace(find_course(), sheets=SHEETS, exercises=(ONE, replace(ONE, notebook="02_network")))
ADA = Person("ab1", "Ada Byron", "Ada", "Byron",
             {"login": "ab1", "email": "ada@x.edu", "canvas": "101", "number": "1815",
              "moodle": "31"})  # fmt: skip
BERT = Person("bb2", "Bert Blau", "Bert", "Blau", {"login": "bb2", "email": "bert@x.edu"})
MOST = sheet_maximum(COURSE, SHEETS[0])


def result(person=ADA, at=DUE, code=6.0, prose="because", status="answered", notebook="01_theory",
           verdict="partial", **more):  # fmt: skip
    return SubmissionResult(
        person.name,
        (ExerciseVerdict("1.1", "t", notebook, code, 8.0, verdict, "said"),),
        (WrittenAnswer("q1-1-text", "1.1", "t", notebook, 4.0, status, prose),),
        person=person.key, handed_in=at.isoformat() if at else "", **more,
    )  # fmt: skip


def marks_of(*results, given=None, people=(ADA,), sheet="one", now=LATER, **more):
    marks = class_marks(COURSE, results, people, given or {}, now=now, **more)
    return next(mark for mark in marks[0].sheets if mark.sheet == sheet)


def given_in(tmp_path, results, **points):
    """What was given, after somebody filled in the table that waits."""
    path = tmp_path / "by_hand.csv"
    write_by_hand(path, results)
    table = read_table(path)
    rows = [{**row, "points": points.get(row["student"], row["points"])} for row in table.rows]
    path.write_bytes(replace(table, rows=rows).data())
    return read_given(path)


# --- What somebody has ------------------------------------------------------------------------


def test_what_nobody_read_is_no_zero_and_waits():
    mark = marks_of(result())
    assert (mark.machine, mark.waiting, mark.points) == (6.0, 1, None)


def test_points_by_hand_are_added(tmp_path):
    one = result()
    mark = marks_of(one, given=given_in(tmp_path, [one], ab1="2,5"))
    assert (mark.machine, mark.people, mark.waiting, mark.points) == (6.0, 2.5, 0, 8.5)


def test_a_blank_answer_is_zero_and_waits_for_nobody():
    mark = marks_of(result(prose="", status="missing"))
    assert (mark.waiting, mark.points) == (0, 6.0)


@pytest.mark.parametrize(("status", "verdict"), [("unreadable", "pass"), ("missing", "error")])
def test_what_could_not_be_judged_waits(status, verdict):
    mark = marks_of(result(prose="", status=status, verdict=verdict, code=0.0))
    assert (mark.waiting, mark.points) == (1, None)


def test_something_else_than_a_notebook_waits_for_a_person():
    mark = marks_of(result(prose="", status="missing", verdict="missing", code=0.0,
                           instead="there is no notebook in it, but notes.txt"))  # fmt: skip
    assert (mark.waiting, mark.points) == (2, None)


def test_a_person_outranks_the_machine(tmp_path):
    """A row that an instructor adds, after an appeal."""
    path = tmp_path / "by_hand.csv"
    row = dict.fromkeys(COLUMNS, "") | {
        "student": "ab1", "answer": "q1-1-check", "max_points": "8", "points": "8"}  # fmt: skip
    path.write_bytes(replace(parse_table(",".join(COLUMNS).encode()), rows=[row]).data())
    mark = marks_of(result(prose="", status="missing"), given=read_given(path))
    assert (mark.machine, mark.people) == (0.0, 8.0)
    write_by_hand(path, [result()])
    write_by_hand(path, [result()])
    assert read_given(path)["ab1", "q1-1-check"][0].points == 8.0
    write_by_hand(path, [result(at=DUE + timedelta(hours=1))])  # handed in again
    assert ("ab1", "q1-1-check") not in read_given(path)
    assert f"{CHANGED} (8 points then)" in path.read_text(encoding="utf-8-sig")


def test_no_more_is_given_than_can_be_had(tmp_path):
    path = tmp_path / "by_hand.csv"
    row = dict.fromkeys(COLUMNS, "") | {
        "student": "AB1", "answer": "1.1", "max_points": "30", "points": "30"}  # fmt: skip
    path.write_bytes(replace(parse_table(",".join(COLUMNS).encode()), rows=[row]).data())
    with pytest.raises(RosterError, match="30 points by hand for q1-1-check, which has 8"):
        marks_of(result(), given=read_given(path))


def test_tables_that_contradict_each_other_are_refused_and_nothing_hangs_on_their_order(tmp_path):
    one = result()
    (tmp_path / "b").mkdir()
    three, four = (given_in(folder, [one], ab1=points)
                   for folder, points in ((tmp_path, "3"), (tmp_path / "b", "4")))  # fmt: skip
    key = ("ab1", "q1-1-text")
    for both in ([*three[key], *four[key]], [*four[key], *three[key]]):
        with pytest.raises(RosterError, match="has 3 and 4 points by hand"):
            marks_of(one, given={key: both})
    old = given_in(tmp_path / "b", [result(prose="an earlier one")], ab1="2")
    assert marks_of(one, given={key: [*old[key], *three[key]]}).people == 3.0


def test_points_that_are_nobodys_are_named():
    given = {("zz9", "q1-1-text"): [], ("ab1", "q1-9"): [], ("ab1", "q1-1-text"): []}
    assert unclaimed(given, all_rows([result()])) == [("zz9", "q1-1-text"), ("ab1", "q1-9")]


def test_what_a_spreadsheet_does_to_ids_and_hashes_costs_nobody_points(tmp_path):
    one = result(Person("0012301", "Ada", ids={"number": "0012301"}))
    path = tmp_path / "by_hand.csv"
    write_by_hand(path, [one])
    table = read_table(path)
    (row,) = table.rows
    assert not row["of"].isdigit() and row["of"].startswith("x")
    path.write_bytes(replace(table, rows=[{**row, "student": "12301", "points": "3"}]).data())
    assert write_by_hand(path, [one]) == []
    assert marks_of(one, given=read_given(path), people=(Person("0012301", "Ada"),)).people == 3.0


@pytest.mark.parametrize(
    ("late", "kept"), [(0, 1.0), (0.2, 1.0), (0.3, 0.9), (24.1, 0.8), (24 * 20, 0.0)]
)
def test_lateness_takes_its_share_of_all_points(late, kept, tmp_path):
    one = result(at=DUE + timedelta(hours=late))
    mark = marks_of(one, given=given_in(tmp_path, [one], ab1="4"))
    assert mark.points == pytest.approx(10 * kept)
    assert mark.lost == pytest.approx(10 * (1 - kept))


def test_zero_is_zero_though_prose_is_graded_later(tmp_path):
    one = result(at=DUE + timedelta(days=8), notebook="02_network")
    assert marks_of(one, sheet="two").points == 0.0
    assert marks_of(one, sheet="two", given=given_in(tmp_path, [one], ab1="4")).points == 0.0


def test_an_extension_moves_the_due_time(tmp_path):
    table = tmp_path / "extensions.csv"
    table.write_text("student;sheet;days\nByron, Ada;one;2\n", encoding="utf-8")
    more = read_extensions(table, COURSE, (ADA, BERT))
    assert more == {("ab1", "one"): DUE + timedelta(days=2)}
    one = result(at=DUE + timedelta(days=2), prose="", status="missing")
    assert marks_of(one).points == pytest.approx(4.8)
    assert marks_of(one, extensions=more).points == 6.0
    table.write_text("student,due\nada@x.edu,2030-02-03 18:00\n", encoding="utf-8")
    assert read_extensions(table, COURSE, (ADA,))["ab1", "two"] == datetime(
        2030, 2, 3, 18, tzinfo=UTC
    )


def test_an_extension_never_takes_time_away_and_a_day_lasts_until_midnight(tmp_path):
    table = tmp_path / "extensions.csv"
    rows = "ab1,one,2030-02-04\nab1,,2030-02-03 12:00\n"
    table.write_text(f"student,sheet,due\n{rows}", encoding="utf-8")
    more = read_extensions(table, COURSE, (ADA, BERT))
    assert more["ab1", "one"] == datetime(2030, 2, 4, 23, 59, 59, tzinfo=UTC)
    one = result(at=DUE + timedelta(days=7), notebook="02_network", prose="", status="missing")
    assert marks_of(one, extensions=more, sheet="two").points == 6.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("student,days\nab1,-5\n", "would take time away"),
        ("student,sheets,days\nab1,one,2\n", "student, sheet, and due or days"),
        ("student,days\nnobody,2\n", "is nobody on the roster"),
        ("student,days\nab1,soon\n", "'soon' is no time"),
        ("student,sheet,days\nab1,nine,2\n", "no sheet 'nine'"),
        ("student,colour\nab1,red\n", "student, sheet, and due or days"),
    ],
)
def test_an_extension_that_means_nothing_is_refused(text, says, tmp_path):
    (tmp_path / "e.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match=says):
        read_extensions(tmp_path / "e.csv", COURSE, (ADA, BERT))


def test_late_without_a_time_is_for_a_person_to_look_at():
    mark = marks_of(result(at=None, late=True, prose="", status="missing"))
    assert mark.points == 6.0 and "calls it late and tells no time" in mark.note


def test_who_hands_in_nothing_waits_until_it_is_due_and_has_zero_then():
    before = marks_of(result(), people=(BERT, ADA), now=DUE - timedelta(days=1))
    after = marks_of(result(), people=(BERT, ADA), now=DUE + timedelta(days=1))
    assert (before.points, before.note) == (None, "not due yet")
    assert (after.points, after.note, after.there) == (0.0, "nothing was handed in", False)


def test_a_sheet_without_any_result_is_nobodys_zero():
    """The wrong folder was named, or one was forgotten."""
    mark = marks_of(result(), people=(BERT, ADA), sheet="two")
    assert (mark.points, mark.note) == (None, "no result for this sheet is in these folders")


def test_nobody_has_a_zero_while_work_is_nobodys():
    stranger = result(Person("", "mystery"))
    mark = marks_of(stranger, result(), people=(BERT, ADA))
    assert mark.points is None and "nobody knows yet whose the work of mystery is" in mark.note


def test_what_was_not_graded_is_no_zero():
    """As after ``course grade --only``."""
    mark = marks_of(replace(result(), written=()))
    assert (mark.points, mark.note) == (None, "not graded: q1-1-text")
    assert marks_of(replace(result(prose="", status="missing"), verdicts=())).points is None


def test_work_that_was_graded_without_the_roster_finds_its_person():
    one = with_person(replace(result(), person="", student="byron, ada"), (ADA, BERT))
    assert one.person == "ab1"
    assert with_person(replace(one, person="", student="Zoe"), (ADA, BERT)).person == ""


def test_of_two_results_for_a_sheet_the_newest_counts():
    old = result(code=1.0, prose="", status="missing")
    new = result(code=7.0, prose="", status="missing", at=DUE + timedelta(minutes=5))
    assert marks_of(old, new).points == marks_of(new, old).points == 7.0
    with pytest.raises(RosterError, match="2 results for one"):
        marks_of(old, replace(new, handed_in=""))


def test_sheets_add_up_with_their_weights(tmp_path):
    both = [result(prose="", status="missing"),
            result(prose="", status="missing", notebook="02_network")]  # fmt: skip
    (marks,) = class_marks(COURSE, both, [ADA], {}, now=LATER)
    assert marks.total == 6.0 + 2 * 6.0 and marks.waiting == 0
    (open_,) = class_marks(COURSE, [both[0], result(notebook="02_network")], [ADA], {}, now=LATER)
    assert open_.total is None and open_.waiting == 1


# --- The table that waits for people -----------------------------------------------------------


def test_an_answer_that_changes_waits_again(tmp_path):
    given_in(tmp_path, [result()], ab1="3")
    path = tmp_path / "by_hand.csv"
    (waits,) = write_by_hand(path, [result(prose="another one")])
    (row,) = read_table(path).rows
    assert waits.answer == "q1-1-text" and row["points"] == ""
    assert row["comment"].startswith(f"{CHANGED} (3 points then)")
    assert write_by_hand(path, [result(prose="another one")])
    (row,) = read_table(path).rows  # and what was said stays said
    assert row["comment"].startswith(f"{CHANGED} (3 points then)")


def test_points_stay_when_the_table_is_written_anew(tmp_path):
    given_in(tmp_path, [result()], ab1="3")
    assert write_by_hand(tmp_path / "by_hand.csv", [result(), result(BERT)]) != []
    assert read_given(tmp_path / "by_hand.csv")["ab1", "q1-1-text"][0].points == 3.0


@pytest.mark.parametrize("points", ["5", "-1", "nan", "inf", "three"])
def test_what_are_no_points_is_refused_with_its_row(points, tmp_path):
    with pytest.raises(RosterError, match="row 2"):
        given_in(tmp_path, [result()], ab1=points)


def test_no_name_is_a_formula_and_every_row_finds_its_person_again(tmp_path):
    eve = Person("=1+1", "=cmd|' /C calc'!A0", ids={"login": "=1+1"})
    one = result(eve)
    given = given_in(tmp_path, [one], **{"'=1+1": "4"})
    assert "\n=" not in (tmp_path / "by_hand.csv").read_text(encoding="utf-8-sig")
    assert marks_of(one, given=given, people=(eve,)).people == 4.0


# --- Tables -----------------------------------------------------------------------------------


def class_of_two(tmp_path):
    one = result()
    given = given_in(tmp_path, [one], ab1="3.25")
    return class_marks(COURSE, [one, result(BERT)], [ADA, BERT], given, now=LATER)


def test_the_table_of_marks_leaves_open_what_waits(tmp_path):
    ada, bert = marks_table(class_of_two(tmp_path)).rows
    assert (ada["one"], ada["one machine"], ada["one by hand"]) == ("9.25", "6", "3.25")
    assert (bert["one"], bert["one waiting"], bert["total"]) == ("", "1", "")
    assert ada["two"] == "" and ada["two note"].startswith("no result for this sheet")


EXPORTS = {
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (4711),Quiz (12)\r\n"
        f"    Points Possible,,,,,{MOST:g},5\r\n"
        '"Byron, Ada",101,1815,ab1,A,,3\r\n"Blau, Bert",102,,bb2,A,,4\r\n',
        "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (4711)\r\n"
        f"    Points Possible,,,,,{MOST:g}\r\n"
        '"Byron, Ada",101,1815,ab1,A,9.25\r\n'),
    "moodle": (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments\r\n"
        f"Participant 31,Ada Byron,ada@x.edu,Submitted,,{MOST:.2f},Yes,-,-,\r\n"
        f"Participant 32,Bert Blau,bert@x.edu,Submitted,,{MOST:.2f},Yes,-,-,\r\n",
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments\r\n"
        f"Participant 31,Ada Byron,ada@x.edu,Submitted,9.25,{MOST:.2f},Yes,-,-,\r\n"),
    "blackboard": (
        f"Last Name\tFirst Name\tUsername\tStudent ID\tLast Access\tSheet 1 [Total Pts: {MOST:g} "
        "Score] |77\r\nByron\tAda\tab1\t1815\t\t\r\nBlau\tBert\tbb2\t\t\t\r\n",
        f"Last Name\tFirst Name\tUsername\tStudent ID\tSheet 1 [Total Pts: {MOST:g} Score] |77\r\n"
        "Byron\tAda\tab1\t1815\t9.25\r\n"),
    "brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,Sheet 1 Points Grade <Numeric "
        f"MaxPoints:{MOST:g}>,End-of-Line Indicator\r\n"
        "#1815,#ab1,Byron,Ada,ada@x.edu,,#\r\n,#bb2,Blau,Bert,bert@x.edu,,#\r\n",
        f"OrgDefinedId,Username,Sheet 1 Points Grade <Numeric MaxPoints:{MOST:g}>,"
        "End-of-Line Indicator\r\n#1815,#ab1,9.25,#\r\n"),
}  # fmt: skip


def form(platform):
    return import_module(f"autograder.marks.platforms.{platform}").FORM


@pytest.mark.parametrize("platform", EXPORTS)
def test_a_platforms_own_export_comes_back_with_the_marks_and_nothing_else(platform, tmp_path):
    export, wanted = EXPORTS[platform]
    encoding = "utf-16" if platform == "blackboard" else "utf-8"
    table = parse_table(export.encode(encoding))
    done = fill(form(platform), class_of_two(tmp_path), "one", "Sheet 1", table)
    assert done.table.text() == wanted
    assert done.waiting == ("Bert Blau",) and done.unknown == ()
    assert done.table.data()[:2] in (b"\xff\xfe", b"\xef\xbb")


@pytest.mark.parametrize("platform", EXPORTS)
def test_without_an_export_the_ids_of_the_roster_do(platform, tmp_path):
    done = fill(form(platform), class_of_two(tmp_path), "one", "Sheet 1")
    again = parse_table(done.table.data())
    column = form(platform).column(again, "Sheet 1")
    assert [row[column] for row in again.rows][-1] == "9.25"
    assert form(platform).maximum(again, column) in (None, MOST)


@pytest.mark.parametrize("platform", EXPORTS)
def test_another_maximum_is_refused_or_scaled(platform, tmp_path):
    export = EXPORTS[platform][0].replace(f"{MOST:g}", "100").replace(f"{MOST:.2f}", "100")
    table, marks = parse_table(export.encode()), class_of_two(tmp_path)
    with pytest.raises(RosterError, match=r"gives 100 points .* or say --scale"):
        fill(form(platform), marks, "one", "Sheet 1", table)
    done = fill(form(platform), marks, "one", "Sheet 1", table, scale=True)
    column = form(platform).column(done.table, "Sheet 1")
    assert done.table.rows[-1][column] == f"{925 / MOST:.2f}".rstrip("0").rstrip(".")


def test_who_is_not_in_the_platforms_table_is_named(tmp_path):
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (1)\n"
    table = parse_table(f"{head}X Y,9,,xy,A,\nBert Blau,7,,bb2,A,\n".encode())
    done = fill(form("canvas"), class_of_two(tmp_path), "one", "Sheet 1", table)
    assert done.unknown == ("Ada Byron",) and done.table.rows == ()
    with pytest.raises(RosterError, match="no row of anybody here"):
        nobody = parse_table(f"{head}X Y,9,,xy,A,\n".encode())
        fill(form("canvas"), class_of_two(tmp_path), "one", "Sheet 1", nobody)


@pytest.mark.parametrize("platform", EXPORTS)
def test_one_persons_mark_goes_into_one_row(platform, tmp_path):
    """Where the platform has two people of a name, and the roster one."""
    export, _ = EXPORTS[platform]
    lines = export.split("\r\n")
    table = parse_table("\r\n".join([*lines[:-1], lines[-3], ""]).encode())
    with pytest.raises(RosterError, match="several rows that may be Ada Byron"):
        fill(form(platform), class_of_two(tmp_path), "one", "Sheet 1", table)


def test_of_two_columns_of_one_title_you_are_asked(tmp_path):
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (1),Sheet 1 (2)\n"
    table = parse_table(f'{head}"Byron, Ada",101,,ab1,A,,\n'.encode())
    with pytest.raises(RosterError, match=r"Sheet 1 \(1\) and Sheet 1 \(2\); say which"):
        fill(form("canvas"), class_of_two(tmp_path), "one", "Sheet 1", table)
    done = fill(form("canvas"), class_of_two(tmp_path), "one", "Sheet 1 (2)", table)
    assert done.table.rows[0]["Sheet 1 (2)"] == "9.25"


def test_a_sheet_that_the_platform_does_not_know_is_named(tmp_path):
    table = parse_table(b"Student,ID,SIS User ID,SIS Login ID,Section,Quiz (1)\nX Y,9,,xy,A,\n")
    with pytest.raises(RosterError, match="no column for 'Sheet 1'; it has .*--column"):
        fill(form("canvas"), class_of_two(tmp_path), "one", "Sheet 1", table)


# --- The command ------------------------------------------------------------------------------


@pytest.fixture
def term(tmp_path):
    """A course of three sheets, and results of the first as grading keeps them."""
    for kept in (read_course, read_catalogue, _rooms):
        kept.cache_clear()
    root = term_course(tmp_path / "words")
    out = tmp_path / "results"
    early = datetime(2025, 1, 1, tzinfo=UTC)
    ada = result(at=early, notebook="01_words")
    for one in (ada, result(BERT, early, notebook="01_words", status="missing")):
        (verdict,), (answer,) = one.verdicts, one.written
        second = replace(verdict, exercise="1.2")
        written = replace(answer, grade_id="q1-3", exercise="1.3")
        one = replace(one, verdicts=(verdict, second), written=(written,))
        name = one.person
        place = Place(out / f"students/{name}.json", out / f"feedback/{name}.html")
        place.page.parent.mkdir(parents=True, exist_ok=True)
        place.page.write_text("", encoding="utf-8")
        keep(one, place)
    keep_people(out, [ADA, BERT, Person("cc3", "Chloé Diallo", ids={"login": "cc3"})])
    return root, out


def run(term, *more):
    root, out = term
    return CliRunner().invoke(main, ["marks", str(out), "--course", str(root), *map(str, more)])


def test_the_command_says_what_waits_and_where_it_wrote(term):
    done = run(term)
    assert done.exit_code == 0, done.output
    assert "1 answer waits for a person: fill in the points in" in done.output
    assert "3 people, 3 of them with something that waits" in done.output
    rows = {row["student"]: row for row in read_table(term[1] / "marks.csv").rows}
    assert rows["bb2"]["sheet-1"] != "" and rows["cc3"]["sheet-1 note"] == "nothing was handed in"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--for", "canvas"], "say which with --sheet: sheet-1, sheet-2, sheet-3"),
        (["--scale"], "go with --for"),
        (["--sheet", "sheet-9"], "no sheet 'sheet-9'"),
        (["--roster", "nowhere.csv"], "cannot be read"),
        (["--gradebook", "."], "no nbgrader course directory"),
        (["--sheet", "sheet-2", "--for", "canvas"], "no result of sheet-2 is in"),
        (["--sheet", "sheet-1", "--for", "canvas", "--into", "a", "--to", "./a"], "write over a"),
    ],
)
def test_what_the_command_cannot_do_it_says_in_a_line(options, says, term):
    done = run(term, *options)
    assert done.exit_code == 2 and says in done.output and "Traceback" not in done.output


def test_extensions_are_remembered_until_others_are_said(term, tmp_path):
    keep_extensions(term[1], {("bb2", "sheet-1"): datetime(2025, 3, 1, tzinfo=UTC)})
    late = replace(stored(Place(term[1] / "students/bb2.json", term[1])),
                   handed_in=datetime(2025, 2, 20, tzinfo=UTC).isoformat())  # fmt: skip
    keep(late, Place(term[1] / "students/bb2.json", term[1]))
    nobody = tmp_path / "extensions.csv"
    nobody.write_text("student,sheet,days\n", encoding="utf-8")
    for options, is_late in (([], False), (["--extensions", nobody], True)):
        assert run(term, *options).exit_code == 0
        rows = {row["student"]: row for row in read_table(term[1] / "marks.csv").rows}
        assert bool(rows["bb2"]["sheet-1 late"]) == is_late


def test_a_folder_without_results_is_named(term, tmp_path):
    done = run((term[0], tmp_path / "nothing"))
    assert done.exit_code == 2 and "holds no results of grading" in done.output


def test_who_waits_is_left_out_for_the_platform_and_named(term, tmp_path):
    target = tmp_path / "canvas.csv"
    done = run(term, "--sheet", "sheet-1", "--for", "canvas", "--to", target)
    assert "left out, since something waits: Ada Byron" in done.output
    assert [row["SIS Login ID"] for row in read_table(target).rows] == ["", "bb2", "cc3"]


def test_damaged_people_are_a_line(term):
    (term[1] / "people.json").write_text("[{}]", encoding="utf-8")
    assert "is damaged; take it away" in run(term).output
