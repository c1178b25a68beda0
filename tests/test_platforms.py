"""Whose work lies where, in what platforms and instructors make of a class."""

import os
import re
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dateutil.tz
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.commands.main import main
from autograder.intake import dates, places, several, unpacked
from autograder.intake import files as intake_files
from autograder.intake.dates import time_of, told_time
from autograder.intake.files import collect
from autograder.intake.platforms import blackboard, canvas, gradescope, listing
from autograder.intake.platforms.recognise import CHOICES, PLATFORMS, recognised
from autograder.intake.submissions import find_submissions
from helpers.errors import SubmissionError
from tests.layouts import ADA_BEN, LAYOUTS, NOTEBOOKS, files_of, notebook

IS = re.compile(r"This is (.+?)\.")


@pytest.fixture(autouse=True)
def utc(monkeypatch):
    """Platforms that write times without a zone mean the one of this machine."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def build(folder, tree):
    """A tree of `tests.layouts` on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files_of(tree).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def found_in(folder, **options):
    return {s.student: s for s in find_submissions(folder, notebooks=NOTEBOOKS, **options)}


def read(paths):
    """The notebooks in a submission as `tests.layouts` writes them, and other files after them."""
    try:
        handed = collect(paths, ["letters64.npz"])
    except SubmissionError as error:
        return f"! {error}"
    text = ", ".join(sorted(IS.search(data.decode())[1] for data in handed.notebooks.values()))
    return " + ".join([text, *(name.rpartition("/")[2] for name in handed.files)])


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_comes_out_as_a_fair_instructor_expects(tmp_path, layout):
    folder = build(tmp_path / "in", layout.tree) / layout.given
    lines = []
    options = {"platform": layout.platform, "say": lines.append}
    if layout.refused:
        with pytest.raises(SubmissionError) as error:
            found_in(folder, **options)
        assert layout.refused in str(error.value) and str(error.value).isprintable()
        assert lines == []
        return
    found = found_in(folder, **options)
    graded = {student: read(submission.paths) for student, submission in found.items()}
    assert set(graded) == set(layout.students)
    for student, expected in layout.students.items():
        if expected.startswith("! "):
            assert graded[student].startswith("! ") and expected[2:] in graded[student]
        else:
            assert graded[student] == expected
    for student, when in layout.times.items():
        its = found[student].time
        assert (its.astimezone(UTC).isoformat().removesuffix("+00:00") if its else "") == when
    for student, late in layout.late.items():
        assert found[student].late is late
    for student, attempts in layout.earlier.items():
        assert [read(attempt.paths) for attempt in found[student].earlier] == attempts
    for student, note in layout.notes.items():
        assert note in found[student].note
    for student, ids in layout.ids.items():
        assert found[student].owner.ids == ids
    for words in layout.said:
        assert any(words in line for line in lines), (words, lines)
    assert all(line.isprintable() for line in lines)


def test_there_are_layouts_enough_of_every_platform():
    assert len(LAYOUTS) >= 60 and len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)
    of = {name for name in PLATFORMS for layout in LAYOUTS if layout.name.startswith(name)}
    assert of == set(PLATFORMS)
    assert set(CHOICES) - set(PLATFORMS) == {"folders"}


def test_every_module_says_where_its_names_are_from():
    for name, module in PLATFORMS.items():
        assert name == module.NAME and module.TITLE
        said = " ".join(module.__doc__.split())
        assert re.search(r"source, |public programs|documentation|documents neither", said), name


# --- What students may try -------------------------------------------------------------------


def test_a_group_names_all_its_members(tmp_path):
    told = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '7'\n  - :name: Eve\n"
    tree = {"submission_metadata.yml": told, "submission_1/": {"02.ipynb": "2 both"}}
    (group,) = found_in(build(tmp_path, tree)).values()
    assert [member.name for member in group.owner.members] == ["Ada", "Eve"]
    assert group.owner.members[0].ids == {"number": "7"}


@pytest.mark.parametrize("attack", ["_1234_50001_02.ipynb", "_attempt_2031-01-01-00-00-00_x.ipynb"])
def test_a_name_of_a_file_takes_no_platform_over(tmp_path, attack):
    """The naive rule, one name is enough, would make a download of the whole class."""
    tree = {**ADA_BEN, f"Sheet_ada{attack}": "2 eve"}
    folder = build(tmp_path, tree)
    assert set(found_in(folder)) == {"ada", "ben", f"Sheet_ada{attack}".removesuffix(".ipynb")}
    with pytest.MonkeyPatch.context() as patch:
        for module in (canvas, blackboard):
            patch.setattr(module, "most", lambda some, among: bool(some))
        assert recognised(folder) is not None


def test_nobody_takes_anothers_row_by_the_name_of_a_file(tmp_path):
    """A rule that looks for the last ``_attempt_`` would give Eve's file to Ada, as the newest."""
    name = "HW_eve_attempt_2030-02-01-09-00-00_HW_ada_attempt_2031-01-01-00-00-00_x.ipynb"
    tree = {"HW_ada_attempt_2030-02-01-09-00-00_x.ipynb": "2 ada", name: "2 eve"}
    found = found_in(build(tmp_path, tree))
    assert {student: read(s.paths) for student, s in found.items()} == {
        "ada": "2 ada",
        "eve": "2 eve",
    }
    greedy = re.compile(blackboard.FILE.pattern.replace(".+?)_attempt_", ".+)_attempt_"), re.DOTALL)
    assert greedy.fullmatch(name)["who"].endswith("HW_ada")


def test_folders_of_several_people_are_mixed_where_nobody_looks(tmp_path, monkeypatch):
    """What the look for several people prevents: one's answers fill another's gaps."""
    folder = build(tmp_path, {"monday/": ADA_BEN})
    with pytest.raises(SubmissionError, match="may hold the work of several people"):
        collect(folder / "monday")
    monkeypatch.setattr(intake_files, "several_people", lambda notebooks: "")
    assert read([folder / "monday"]) == "1 ada, 1 ben, 2 ada, 2 ben"


def test_a_flood_of_notebooks_is_compared_within_bounds(monkeypatch):
    calls = []
    real = several.same_notebook
    monkeypatch.setattr(several, "same_notebook", lambda *two: calls.append(1) or real(*two))
    many = {f"x{n}/{n}.ipynb": notebook(f"2 {n}").replace(b"q2", b"q%d" % n) for n in range(200)}
    assert several.several_people(many) == ""
    assert len(calls) <= several.MAX_COMPARED**2


@pytest.mark.parametrize(
    "text",
    ["submission_1: &a [*a]\n", "submission_1: !!python/object/apply:os.system [ls]\n", "[" * 1100,
     "submission_1:\n  :submitters: " + "[" * 1100, "\0", "submission_1: 1\nsubmission_1: {}\n"],
)  # fmt: skip
def test_a_list_that_is_meant_to_hurt_is_none(tmp_path, text):
    tree = {"submission_metadata.yml": text, "submission_1/": {"02.ipynb": "2 ada"}}
    (only,) = found_in(build(tmp_path, tree)).values()
    assert only.student == "submission_1" and read(only.paths) == "2 ada"


def test_results_of_tests_are_skipped_before_yaml_is_read(tmp_path, monkeypatch):
    path = tmp_path / gradescope.LIST
    results = "  :results:\n    output: |-\n" + "      x: y\n" * 2000
    path.write_text("submission_1:\n  :submitters:\n  - :name: Ada\n" + results)
    with path.open("rb") as stream:
        assert b"".join(gradescope._wanted(stream)) == (
            b"submission_1:\n  :submitters:\n  - :name: Ada\n"
        )
    monkeypatch.setattr(gradescope, "MAX_LIST", 1000)
    assert gradescope._list(path) == {}


def test_what_lies_in_a_list_is_no_path(tmp_path):
    secret = build(tmp_path / "secret", {"02.ipynb": "2 secret"})
    told = "submission_1:\n  :submitters:\n  - :name: Ada\n"
    told = f"../secret:\n  :submitters:\n  - :name: Eve\n{secret}: {{}}\n{told}"
    tree = {"submission_metadata.yml": told, "submission_1/": {"2.ipynb": "2 ada"}}
    found = found_in(build(tmp_path / "in", tree))
    assert {name: read(s.paths) for name, s in found.items()} == {"Ada": "2 ada"}


def test_a_link_is_no_folder_of_a_class(tmp_path):
    secret = build(tmp_path / "secret", ADA_BEN)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "submissions").symlink_to(secret, target_is_directory=True)
    (only,) = found_in(tmp_path / "in").values()
    assert "is a link" in read(only.paths)


# --- Names of all kinds ----------------------------------------------------------------------

PIECES = [
    "ada", "Byron", "LATE", "late", "_", "1", "2034", " ", ", ", "-", "'", "Müller", "李",
    "\u05d0\u05d1", "attempt", "assignsubmission_file", ".", "(x)", "Ö", "anon", "file",
]  # fmt: skip
names = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
numbers = st.integers(1000, 99999)


def canvas_file(name, number, file, late):
    """As `lib/content_zipper.rb` of Canvas makes it."""
    who = re.sub(r"_(\d+)_", r"\1", name).lower()
    begin = "_".join(filter(None, [who, "LATE" if late else "", str(number)]))
    begin = re.sub(r"[^\w]", "", begin)
    return f"{begin}_{50000 + number}_{file}"


def moodle_file(name, number, file, late):
    """As `mod/assign/classes/downloader.php` of Moodle makes it."""
    return f"{name.replace('_', ' ')}_{number}_assignsubmission_file_{file}"


def blackboard_file(name, number, file, late):
    return f"Sheet_2_u{number}_attempt_2030-02-01-09-00-00_{file}"


def brightspace_file(name, number, file, late):
    return f"{number}-777 - {name} - Feb 1, 2030 900 AM - {file}"


def sakai_file(name, number, file, late):
    return f"{name}(u{number})_Submission attachment(s)_{file}"


@pytest.mark.parametrize(
    "named", [canvas_file, moodle_file, blackboard_file, brightspace_file, sakai_file]
)
@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    people=st.dictionaries(numbers, st.tuples(names, names, st.booleans()), min_size=2, max_size=6)
)
def test_everybody_gets_their_own_whatever_they_are_called(named, people):
    """And whatever they call their files."""
    people = {
        number: (name, file, late)
        for number, (name, file, late) in people.items()
        if not re.search(r"_\d+$", re.sub(r"[^\w]", "", name)) and re.search(r"[^\W\d_]", name)
    }
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, file, late) in people.items():
            for sheet in (1, 2):
                called = named(name, number, f"{sheet}{file}.ipynb", late).lstrip(".")
                (Path(folder) / called).write_bytes(notebook(f"{sheet} {number}"))
        if not people:
            return
        found = find_submissions(Path(folder))
        graded = sorted(read(submission.paths) for submission in found)
        assert graded == sorted(f"1 {number}, 2 {number}" for number in people)
        if named is canvas_file:
            of = {read(submission.paths)[2:].partition(",")[0]: submission for submission in found}
            assert {number: of[str(number)].late for number in people} == {
                number: late for number, (_, _, late) in people.items()
            }


# --- Archives of a class ---------------------------------------------------------------------


def odd_zip(path, names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, notebook("2 eve"))
    return path


def test_nothing_is_unpacked_outside_its_folder(tmp_path):
    names = ["../out.ipynb", "/abs.ipynb", "C:\\x.ipynb", "..\\..\\y.ipynb", "ada/02.ipynb",
             "ben/./02.ipynb", "BEN/x", "__MACOSX/x.ipynb", "a" * 300, "b/" * 60 + "x"]  # fmt: skip
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = odd_zip(tmp_path / "in.zip", [*names, "ada/02.ipynb"])
    folder = unpacked.unpacked(path)
    there = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert there == ["BEN/x", "ada/02.ipynb", "ada/02.ipynb (2)", "ben/02.ipynb"]
    assert os.listdir(tmp_path) == ["in.zip"]
    assert folder.stat().st_mode & 0o077 == 0, "others on this machine read nothing"


def test_without_a_look_at_names_an_archive_writes_where_it_likes(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "made"))
    (tmp_path / "made").mkdir()
    path = odd_zip(tmp_path / "in.zip", ["../../out.ipynb"])
    unpacked.unpacked(path)
    assert not (tmp_path / "out.ipynb").exists()
    monkeypatch.setattr(unpacked, "_parts", lambda name: name.split("/"))
    unpacked.unpacked(path)
    assert (tmp_path / "out.ipynb").exists()


def test_what_was_unpacked_goes_with_the_program_and_not_with_one_of_its_processes(
    tmp_path, monkeypatch
):
    ends = []
    monkeypatch.setattr(unpacked.atexit, "register", ends.append)
    folder = unpacked.unpacked(odd_zip(tmp_path / "in.zip", ["ada/02.ipynb"]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacked.os, "getpid", lambda: -1)
        ends[0]()
    assert folder.exists()
    ends[0]()
    assert not folder.exists()


@pytest.mark.parametrize(("limit", "value"), [("MAX_UNPACKED", 500), ("MAX_FILES", 1)])
def test_a_class_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(unpacked, limit, value)
    path = odd_zip(tmp_path / "in.zip", ["ada/1.ipynb", "ben/1.ipynb"])
    with pytest.raises(SubmissionError, match="more than any class hands in"):
        find_submissions(path)


def test_a_damaged_archive_that_is_alone_is_a_row(tmp_path):
    (tmp_path / "ada.zip").write_bytes(b"PK\x03\x04 nothing more")
    (only,) = found_in(tmp_path).values()
    assert only.student == "ada" and read(only.paths).startswith("! ada.zip cannot be read")


def test_wrappers_end(tmp_path):
    tree = ADA_BEN
    for _ in range(2 * places.MAX_WRAPPERS):
        tree = {"deeper/": tree}
    (only,) = found_in(build(tmp_path, tree)).values()
    assert read(only.paths).startswith("! ")


def test_a_folder_of_more_than_any_class_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(listing, "MAX_LISTED", 1)
    with pytest.raises(SubmissionError, match="more than 1 files"):
        find_submissions(build(tmp_path, ADA_BEN))


# --- Times -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (b"2030-02-01 09:00:00 UTC", "2030-02-01T09:00:00+00:00"),
        (b"2030-02-01 09:00:00.123456 UTC\n", "2030-02-01T09:00:00.123456+00:00"),
        ("2030-02-01 09:00:00 Europe/Berlin", "2030-02-01T08:00:00+00:00"),
        ("2030-02-01 10:00:00 +0100", "2030-02-01T09:00:00+00:00"),
        ("2030-02-01T09:00:00Z", "2030-02-01T09:00:00+00:00"),
        ("\ufeff2030-02-01".encode(), "2030-02-01T00:00:00+00:00"),
    ],
)
def test_times_are_read(text, when):
    assert time_of(text).isoformat() == when


@pytest.mark.parametrize(
    "text",
    [b"", b"10", b"Monday", b"09:00", b"\xff\xfe", b"2030-99-99", b"0001-01-01 00:00:00 +2359",
     b"9999-12-31 23:59:59 -2359", b"1" * 5000, b"2030-02-01 09:00:00 ../../etc/passwd",
     "\u0661" * 8, "2030" + "9" * 40],
)  # fmt: skip
def test_what_is_no_whole_date_is_none(text):
    assert told_time(text) is None
    with pytest.raises(ValueError, match="is no date"):
        time_of(text)


def test_no_name_of_a_zone_is_tried_as_a_path(monkeypatch):
    """dateutil opens files that a zone's name leads to."""
    asked = []
    monkeypatch.setattr(dateutil.tz, "gettz", lambda name: asked.append(name))
    texts = [f"2030-02-01 09:00:00 {zone}" for zone in ("../../x", "/etc/passwd", "a/../../x")]
    assert [told_time(text) for text in texts] == [None] * 3 and asked == []
    monkeypatch.setattr(dates, "ZONE", re.compile(".*"))
    assert [told_time(text) for text in texts] != [] and "../../x" in asked


@pytest.mark.parametrize(("stamp", "when"), [("2030-02-01", "08:00"), ("2030-07-01", "07:00")])
@pytest.mark.parametrize("zone", [None, ZoneInfo("Europe/Berlin")])
def test_a_platforms_time_is_of_the_course_or_of_this_machine(
    tmp_path, monkeypatch, stamp, when, zone
):
    if zone is None:
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()
    tree = {f"HW_ada_attempt_{stamp}-09-00-00_02.ipynb": "2 ada"}
    (ada,) = found_in(build(tmp_path, tree), zone=zone).values()
    assert ada.time.astimezone(UTC).isoformat() == f"{stamp}T{when}:00+00:00"


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_year_of_no_work_is_none(tmp_path, year):
    tree = {f"HW_ada_attempt_{year}-12-31-23-59-59_02.ipynb": "2 ada",
            "HW_ben_attempt_2030-02-01-09-00-00_02.ipynb": "2 ben"}  # fmt: skip
    found = found_in(build(tmp_path, tree))
    assert found["ada"].time is None and found["ben"].time


def test_a_time_has_a_zone_of_its_own_or_the_one_that_is_given():
    assert time_of("2030-02-01 09:00", None).tzinfo is None
    assert time_of("2030-02-01 09:00") == datetime(2030, 2, 1, 9, tzinfo=UTC)


# --- End to end ------------------------------------------------------------------------------


@pytest.mark.slow
def test_course_grade_says_what_is_passed_over_and_grades_each_newest_attempt(tmp_path):
    tree = {"byronada_1234_50001_01_theory.ipynb": "1 old", "README.md": "",
            "byronada_1234_50002_01_theory-1.ipynb": "1 ada"}  # fmt: skip
    folder, out = build(tmp_path / "in", tree), tmp_path / "out"
    result = CliRunner().invoke(
        main, ["grade", str(folder), "--out", str(out), "--only", "1.4", "--workers", "1"]
    )
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines() == [
        "course: this is a download from Canvas: 2 entries, 1 student; where it is not, say "
        "--platform folders",
        "course: 1 of 1 handed in more than once: graded is each newest attempt, earlier ones are "
        "kept",
        "course: passed over, as nobody's work: README.md",
    ]
    assert "byronada,1.4," in (out / "grades.csv").read_text("utf-8")


def test_course_grade_refuses_one_students_folder(tmp_path):
    folder = build(tmp_path / "in", {"01_theory.ipynb": "1 ada", "02_network.ipynb": "2 ada"})
    result = CliRunner().invoke(main, ["grade", str(folder), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2 and not (tmp_path / "out").exists()
    assert "looks like one student's folder" in result.stderr
