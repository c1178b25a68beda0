"""The roster: lists of platforms are read as they are, and each submission finds its person."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.course.new import new_course
from autograder.intake.handed import Owner
from autograder.intake.roster import ALSO, read_roster
from autograder.intake.submissions import Submission
from autograder.intake.tables import parse_table
from autograder.intake.times import read_times, with_times
from autograder.intake.whose import alike, by_member, join, owner_of
from helpers.errors import RosterError

NOON = datetime(2030, 2, 1, 12, tzinfo=UTC)
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (4711)
    Points Possible,,,,,47.5
"Byron, Ada",101,1815,ab1,Group A,
"Müller, Jörg 李",102,1901,jm2,Group A,12
"O'Neill, Ruairí",103,1902,ro3,Group B,
"Student, Test",999,,,Group A,
"""
LISTS = {
    "canvas": (CANVAS, ["Ada Byron", "Jörg 李 Müller", "Ruairí O'Neill"], "ab1"),
    "moodle participants": (
        "First name,Last name,Email address,Groups\nAda,Byron,ada@x.edu,A\nJörg,Müller,j@x.edu,\n",
        ["Ada Byron", "Jörg Müller"], "ada@x.edu"),
    "moodle worksheet": (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments\n"
        "Participant 31,Ada Byron,ada@x.edu,Submitted for grading,,47.5,Yes,-,-,\n",
        ["Ada Byron"], "ada@x.edu"),
    "blackboard": (
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\n'
        '"Byron"\t"Ada"\t"ab1"\t"1815"\t""\t"Yes"\n', ["Ada Byron"], "ab1"),
    "brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,Sheet 1 Points Grade <Numeric "
        "MaxPoints:47.5>,End-of-Line Indicator\n#1815,#ab1,Byron,Ada,ada@x.edu,,#\n",
        ["Ada Byron"], "ab1"),
    "gradescope": (
        "Name,SID,Email,Role\nAda Byron,1815,ada@x.edu,Student\nDr Who,1,who@x.edu,Instructor\n",
        ["Ada Byron"], "1815"),
    "github classroom": (
        "identifier,github_username,github_id,name\nab1,adab,77,Ada Byron\n", ["Ada Byron"], "ab1"),
    "nbgrader": (
        "id,first_name,last_name,email\nab1,Ada,Byron,ada@x.edu\n", ["Ada Byron"], "ab1"),
    "one's own": ("name;id\nAda Byron;ab1\n", ["Ada Byron"], "ab1"),
}  # fmt: skip


def roster(tmp_path, *texts, encoding="utf-8"):
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"list{number}.csv")
        paths[-1].write_bytes(text.encode(encoding))
    return read_roster(paths)


def submission(name, time=None, **ids):
    return Submission(name, Path(name), owner=Owner(name, ids), time=time)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", LISTS)
def test_lists_of_platforms_are_read_as_they_are(name, encoding, tmp_path):
    text, names, key = LISTS[name]
    people = roster(tmp_path, text, encoding=encoding)
    assert [person.name for person in people] == names
    assert people[0].key == key


def test_two_lists_tell_of_one_person_together(tmp_path):
    canvas, gradescope = LISTS["canvas"][0], LISTS["gradescope"][0]
    ada, *others = roster(tmp_path, canvas, gradescope)
    assert ada.ids == {"canvas": "101", "number": "1815", "login": "ab1", "email": "ada@x.edu"}
    assert len(others) == 2


def test_people_of_one_name_stay_two(tmp_path):
    people = roster(tmp_path, "name,id\nJo Li,jl1\nJo Li,jl2\n")
    assert [person.key for person in people] == ["jl1", "jl2"]
    joined = join([submission("Jo Li", login="jl2")], people)
    assert [s.student for s in joined.submissions] == ["Jo Li (jl2)"]
    assert [person.name for person in joined.absent] == ["Jo Li (jl1)"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,id\nAda Byron,ab1\nBert Blau,ab1\n", "share an id; are they one person"),
        ("name\nAda Byron\nAda Byron\n", "nothing tells the two apart"),
        ("colour,taste\nred,sweet\n", "names nobody"),
        ("name,name\nAda,Ada\n", "two columns called 'name'"),
        ("1,2,3\n4,5,6\n", "no line of column names"),
        ("", "is empty"),
        ("PK\x03\x04 and so on", "save it there as CSV"),
    ],
)
def test_what_is_no_list_is_refused_with_the_way_out(text, says, tmp_path):
    with pytest.raises(RosterError, match=says):
        roster(tmp_path, text)


@pytest.mark.parametrize(
    "handed",
    [
        submission("byronada", canvas="101"),
        submission("byronada"),
        submission("Ada Byron"),
        submission("byron, ada"),
        submission("ab1"),
        submission("somebody", login="AB1"),
        submission("ada-byron"),
        submission("x", number="1815"),
    ],
    ids=lambda handed: handed.student,
)
def test_a_submission_finds_its_person_by_id_or_name(handed, tmp_path):
    assert owner_of(handed, roster(tmp_path, CANVAS)).key == "ab1"


def test_accents_and_other_scripts_find_their_person(tmp_path):
    people = roster(tmp_path, CANVAS)
    for name in ("Müller, Jörg 李", "mullerjorg李", "Jorg 李 Muller"):
        assert owner_of(submission(name), people).key == "jm2"
    assert owner_of(submission("oneillruairi"), people).key == "ro3"


def test_an_id_that_says_otherwise_outweighs_a_name(tmp_path):
    assert owner_of(submission("Ada Byron", canvas="555"), roster(tmp_path, CANVAS)) is None


def test_a_stranger_is_graded_and_named(tmp_path):
    joined = join([submission("jm2"), submission("Ada Biron")], roster(tmp_path, CANVAS))
    (remark,) = joined.remarks
    assert "nobody on the roster is called Ada Biron; Ada Byron?" in remark and ALSO in remark
    _, handed = joined.submissions
    assert handed.student == "Ada Biron" and handed.note and len(joined.absent) == 2


def test_a_list_of_another_class_is_refused(tmp_path):
    with pytest.raises(RosterError, match="none of the 1 submissions is anybody's on the roster"):
        join([submission("Zoe")], roster(tmp_path, CANVAS))


def test_two_accounts_on_a_platform_are_two_people(tmp_path):
    people = roster(tmp_path, "name,id\nJo Li,jl1\n")
    handed = [submission("Jo Li", moodle="802"), submission("Jo Li", moodle="803")]
    with pytest.raises(RosterError, match="two people by their moodle, and the roster has one"):
        join(handed, people)


@pytest.mark.parametrize(
    "second",
    ["name,email\nJo Li,jo@x.edu\nJo Li,li@x.edu\n",  # nothing says which is which
     "name,number\nJo Li,12\n"],
    ids=["two of a name", "ids that contradict"],
)  # fmt: skip
def test_nobody_is_doubled_by_a_second_list(second, tmp_path):
    first = "name,sid\nJo Li,7\nAda Byron,8\n"
    with pytest.raises(RosterError, match="no id says whether this Jo Li is the one"):
        roster(tmp_path, first, second.replace("number", "sid"))


def test_zeros_that_a_spreadsheet_took_away_make_nobody_another(tmp_path):
    people = roster(tmp_path, "name,sid\nAda Byron,0012301\n", "name,sid\nAda Byron,12301\n")
    assert len(people) == 1 and people[0].key == "0012301"


def test_the_roster_says_what_else_somebodys_work_is_called(tmp_path):
    people = roster(tmp_path, f"name,id,{ALSO}\nAda Byron,ab1,countess; ada's laptop\n")
    assert owner_of(submission("Countess"), people).key == "ab1"
    assert owner_of(submission("ada's laptop"), people).key == "ab1"


def test_whose_it_is_is_asked_where_names_do_not_tell(tmp_path):
    people = roster(tmp_path, "name,id\nJo Li,jl1\nJo Li,jl2\n")
    with pytest.raises(RosterError, match=r"Jo Li \(jl1\) and of Jo Li \(jl2\); whose is it"):
        join([submission("Jo Li")], people)


def test_ids_of_two_people_are_refused(tmp_path):
    with pytest.raises(RosterError, match="bears ids of"):
        join([submission("Ada Byron", canvas="101", login="jm2")], roster(tmp_path, CANVAS))


def test_of_two_submissions_of_one_person_the_newest_counts(tmp_path):
    people = roster(tmp_path, CANVAS)
    handed = [submission("ab1", NOON + timedelta(hours=1)), submission("Ada Byron", NOON)]
    joined = join(handed, people)
    (one,) = joined.submissions
    assert one.path == Path("ab1") and [a.time for a in one.earlier] == [NOON]
    assert "the newest and counts" in joined.remarks[0] and "newest" in one.note


def test_where_nothing_tells_which_is_newer_they_are_one_and_it_is_said(tmp_path):
    joined = join([submission("ab1"), submission("Ada Byron")], roster(tmp_path, CANVAS))
    (one,) = joined.submissions
    assert one.paths == (Path("ab1"), Path("Ada Byron")) and one.person == "ab1"
    assert "graded as one submission" in joined.remarks[0]


def test_what_a_group_hands_in_is_each_members(tmp_path):
    ada, ruairi = Owner("Ada Byron", {"number": "1815"}), Owner("Ruairí O'Neill", {})
    group = replace(submission("Ada Byron, Ruairí O'Neill"), owner=Owner("both", {}, (ada, ruairi)))
    joined = join(by_member([group, submission("jm2")]), roster(tmp_path, CANVAS))
    rows = {s.person: s for s in joined.submissions}
    assert set(rows) == {"ab1", "ro3", "jm2"} and joined.absent == ()
    assert rows["ab1"].paths == rows["ro3"].paths
    assert "handed in by Ada Byron, Ruairí O'Neill together" in rows["ro3"].note
    twice = by_member([group, submission("Ada Byron")])
    assert len({s.student for s in twice}) == 3


def test_nobody_is_two_people_for_the_name_of_a_stranger(tmp_path):
    people = roster(tmp_path, "name,id\nAda Byron,ab1\n")
    joined = join([submission("ab1"), submission("Ada Byron", login="zz9")], people)
    assert sorted(s.student for s in joined.submissions) == [
        "Ada Byron", "Ada Byron (not on the roster)"]  # fmt: skip
    assert len({s.student for s in joined.submissions}) == 2


def test_without_a_roster_likely_twins_are_named():
    found = [submission("Ada Byron"), submission("Byron, Ada"), submission("Bert Blau"),
             submission("a1", email="X@y.z"), submission("a2", email="x@y.z")]  # fmt: skip
    said = alike(found)
    assert len(said) == 2 and said[0].startswith("Ada Byron and Byron, Ada may be one person")
    assert alike([submission("ada"), submission("bert")]) == []


def test_a_table_goes_back_in_the_form_in_which_it_came():
    for text in ("a;b\r\n1;ü\r\n", "a\tb\r\n1\tü\r\n"):
        for encoding in ("utf-8-sig", "utf-16"):
            data = text.encode(encoding)
            assert parse_table(data).data() == data
    assert replace(parse_table("a,b\nü,1\n".encode("cp1252")), rows=[{"a": "李", "b": ""}]).data()


# --- Times that the download does not tell ----------------------------------------------------

WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 31,Ada Byron,,Submitted,,47.5,Yes,"Friday, 1 February 2030, 12:05 PM",-,\n'
    "Participant 32,Ruairí O'Neill,,No submission,,47.5,Yes,-,-,\n"
)


def test_moodles_worksheet_tells_when_people_handed_in(tmp_path):
    people = roster(tmp_path, CANVAS)
    table = tmp_path / "worksheet.csv"
    table.write_text(WORKSHEET, encoding="utf-8")
    times = read_times(table, people, UTC)
    assert times == {"ab1": NOON + timedelta(minutes=5)}
    forged = replace(submission("x", NOON - timedelta(days=1)), person="ab1")
    other = replace(submission("y", NOON), person="ro3")
    ada, other = with_times([forged, other], times)
    assert ada.time == NOON + timedelta(minutes=5) and other.time == NOON


@pytest.mark.parametrize(
    ("text", "says"),
    [("name,colour\nAda Byron,red\n", "times are in one called"),
     ("name,handed in\nAda Byron,soon\n", "Ada Byron: 'soon' is no time"),
     ("name,handed in\nAda Byron,10/11/2026 23:00\n", "begins with the day or the month"),
     ("name,handed in\nNobody,2030-02-01\n", "no time of anybody on the roster")],
)  # fmt: skip
def test_times_that_are_none_are_refused(text, says, tmp_path):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RosterError, match=says):
        read_times(tmp_path / "t.csv", roster(tmp_path, CANVAS))


# --- The command ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_course(tmp_path_factory):
    return new_course(tmp_path_factory.mktemp("own") / "words")


@pytest.mark.parametrize(
    ("lists", "options", "says"),
    [
        ("id,name\na1,Ada\na1,Bert\n", [], "share an id; are they one person"),
        ("id,name\na1,Jo Li\na2,Jo Li\n", [], "whose is it"),
        ("id,name\na1,Jo Li\n", ["--times", "class.csv"], "times are in one called"),
        ("id,name\na1,Jo Li\n", ["--extensions", "class.csv"], "student, sheet, and due or days"),
        ("", [], "class.csv is empty"),
        (None, ["--times", "class.csv"], "say --roster, too"),
        (None, ["--sheet", "sheet-9"], "no sheet 'sheet-9'"),
        (None, ["--sheet", "words", "--only", "1.1,9.9"], "9.9 is not in words"),
    ],
)
def test_what_is_not_clear_is_asked_before_anybody_is_graded(
    lists, options, says, own_course, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class.csv").write_text(lists or "", encoding="utf-8")
    (tmp_path / "in" / "Jo Li").mkdir(parents=True)
    shutil.copy(own_course / "notebooks" / "01_words.ipynb", tmp_path / "in" / "Jo Li")
    roster_option = ["--roster", "class.csv"] if lists is not None else []
    done = CliRunner().invoke(
        main, ["grade", "in", "--out", "out", "--course", str(own_course), *roster_option, *options]
    )
    assert done.exit_code == 2 and says in done.output, done.output
    assert not (tmp_path / "out").exists()


def test_with_dots_the_day_comes_first(tmp_path):
    table = "login,handed in\nab1,10.11.2026 23:00\nro3,13.11.2026\nab1,9.11.2026 10:00\n"
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    times = read_times(tmp_path / "t.csv", roster(tmp_path, CANVAS), UTC)
    assert {key: time.isoformat()[:16] for key, time in times.items()} == {
        "ab1": "2026-11-10T23:00", "ro3": "2026-11-13T00:00"}  # fmt: skip
