"""What files are called that belong to a student: nobody's can be taken for somebody else's."""

import hashlib
import itertools

import pytest

from autograder.grading.store import UPDATE, keep, prepare
from autograder.intake.names import file_names, harmless, look, numbered
from autograder.judging.verdicts import SubmissionResult
from autograder.nbgrader.collect import collect_class

CLASSES = [
    ["ada", "Ada", "ADA"],
    ["a:b", "a;b", "a_b", "a_b (2)"],
    ["../../etc/passwd", "..", "...", ".", " ", "", "/", "\\", "student"],
    ["con", "NUL", "com1", "lpt9.txt", "con_", "COM\u00b9", "aux .x"],
    ["x" * 300, "x" * 301, "\u00e9" * 200, "\U0001f600" * 99],
    ["caf\u00e9", "cafe\u0301", "\u202eevil", "line\nbreak", "nul\x00byte", "\ud800"],
    ["=cmd|' /C calc'!A0", "<script>", "%s%n", "$(reboot)", "a\tb", "~", "a ~6783a31e"],
]


@pytest.mark.parametrize("students", CLASSES)
def test_names_are_harmless_and_no_two_are_alike(students):
    names = file_names(students)
    assert len({name.casefold() for name in names}) == len(students)
    for name in names:
        assert name == name.strip(". ") and "/" not in name and "\\" not in name
        assert all(c.isprintable() for c in name)
        assert len(f"{name}.html".encode()) < 200
        first = name.split(".")[0].strip().casefold()
        assert first not in ("con", "nul", "com1", "lpt9", "com\u00b9", "aux")


LOOK_ALIKE = [
    ("ada", "Ada"), ("ada", "\u0430d\u0430"), ("\u0421\u043e\u0440\u0430", "Copa"),
    ("Muller", "M\u00fcller"), ("caf\u00e9", "cafe\u0301"), ("ada b", "ada_b"), ("ada b", "ada.b"),
    ("user1", "userl"), ("Ian", "lan"), ("Barnes", "Bames"), ("fi", "\ufb01"), ("ada", "\uff41da"),
    ("ada", "ada."), ("ada", "ada "), ("\u0391nna", "Anna"), ("stra\u00dfe", "strasse"),
]  # fmt: skip


@pytest.mark.parametrize(("honest", "mallory"), LOOK_ALIKE)
def test_who_looks_like_another_gets_a_number_and_so_does_the_other(honest, mallory):
    """Numbers in the order of coming would give one the plain name, and that by chance."""
    names = file_names([honest, mallory])
    assert all(" ~" in name for name in names) and len(set(names)) == 2
    assert file_names([mallory, honest]) == names[::-1]


def test_nobody_is_called_what_another_is_given():
    """Where likes are numbered, who hands in as "Ada (2)" has the page that is taken for Ada's."""
    students = ["ada", "Ada", "Ada (2)"]
    assert numbered(students)[1] == "Ada (2)"
    names = dict(zip(students, file_names(students), strict=True))
    assert names["Ada (2)"] == "Ada (2)"
    assert names["Ada"] not in students and names["ada"] not in students
    forged = file_names(["ada", "Ada", names["ada"]])
    assert len(set(forged)) == 3 and forged[0] == names["ada"] != forged[2]


def test_names_do_not_depend_on_the_order():
    students = ["ada", "Ada", "bert", "a:b", "a;b", "a_b"]
    usual = dict(zip(students, file_names(students), strict=True))
    for order in itertools.islice(itertools.permutations(students), 0, 720, 31):
        assert dict(zip(order, file_names(order), strict=True)) == usual


def test_ordinary_names_are_left_as_they_are():
    students = [
        "Ada Byron",
        "Zo\u00eb M\u00fcller-Ros",
        "O_Brien",
        "\u0410\u043d\u043d\u0430",
        "12345",
        "ab+c@d",
    ]
    assert file_names(students) == students


def test_a_number_that_was_found_twice_is_lengthened(monkeypatch):
    """A few billion names can be tried; that two share a file must not come of it."""

    class Short:
        def __init__(self, data):
            self.rest = hashlib.new("sha512", data).hexdigest()

        def hexdigest(self):
            return "0" * 8 + self.rest[:56]

    monkeypatch.setattr("autograder.intake.names.hashlib.sha256", Short)
    names = file_names(["a:b", "a;b"])
    assert len(set(names)) == 2 and all(name.startswith("a_b ~00000000") for name in names)


def test_a_student_of_an_earlier_run_keeps_the_page(tmp_path):
    (place,) = prepare(tmp_path / "out", ["ada"])
    keep(SubmissionResult("ada", ()), place)
    place.page.touch()
    again = prepare(tmp_path / "out", ["Ada", "ada"], UPDATE)
    assert again[1].page == place.page and again[0].page != place.page
    assert again[0].page.name.casefold() != place.page.name.casefold()


def test_a_student_who_was_collected_before_keeps_the_name(tmp_path):
    course, sent = tmp_path / "course", tmp_path / "sent"
    course.mkdir()
    (course / "nbgrader_config.py").touch()
    for student in ("ada", "a_b"):
        (sent / student).mkdir(parents=True)
    assert [*collect_class(sent, course)] == ["a_b", "ada"]
    for student in ("Ada", "a;b"):
        (sent / student).mkdir()
    names = [*collect_class(sent, course)]
    assert {"ada", "a_b"} < set(names) and len(names) == 4
    assert {name.partition(" ~")[0] for name in names} == {"ada", "a_b", "Ada"}


def test_what_a_name_looks_like():
    assert look("\u041d\u0438\u043d\u0430") == look("\u043d\u0438\u043d\u0430")
    assert look("ada") != look("bert") and look("12") != look("34")
    assert harmless("a" * 500) == "a" * 120
