"""Layouts of what instructors download and collect, each with what a fair one expects of it.

A tree is written as a dictionary: a name that ends in ``/`` holds a folder, one that ends in
``.zip`` an archive. A notebook is written as its number and whose it is, such as ``"2 ada"``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from exercises.sample_class.submissions import zip_of

NOTEBOOKS = ("01_theory", "02_network")


@dataclass(frozen=True)
class Layout:
    """A tree, and what is expected of it.

    Attributes
    ----------
    name : str
        What it is, in a few words.
    tree : dict
        What lies in the folder that is given.
    students : dict of str to str
        By name: the notebooks that are graded, or ``"! why"`` for a row with an error.
    times, late, earlier : dict of str
        Times as in ISO 8601, of UTC; earlier ones' notebooks, oldest first.
    notes : dict of str to str
        Words in what the report says of a student.
    said : tuple of str
        Words in the lines that whoever collects is told.
    refused : str
        Words in the refusal of the whole.
    ids : dict of str to dict
        What is known of an owner.
    platform : str
        What is said with ``--platform``.
    given : str
        What is given, inside the tree; by default the whole.
    """

    name: str
    tree: dict[str, Any]
    students: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    late: dict[str, bool] = field(default_factory=dict)
    earlier: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    refused: str = ""
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    platform: str | None = None
    given: str = ""


def notebook(text: str, marks: bool = True) -> bytes:
    """A stub of a notebook of the course, in somebody's hand."""
    number = text.partition(" ")[0]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": f"This is {text}."}]
    for question in range(4):
        its = {"nbgrader": {"grade_id": f"q{number}-{question}"}} if marks else {}
        cells.append({"cell_type": "code", "metadata": its, "source": "", "outputs": []})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def files_of(tree: dict[str, Any], prefix: str = "") -> dict[str, bytes]:
    """The files of a tree by their paths; archives packed."""
    files: dict[str, bytes] = {}
    for name, value in tree.items():
        if isinstance(value, dict) and name.endswith(".zip"):
            files[prefix + name] = zip_of(files_of(value))
        elif isinstance(value, dict):
            files.update(files_of(value, prefix + name))
        elif isinstance(value, bytes):
            files[prefix + name] = value
        elif value[:2] in ("1 ", "2 "):
            files[prefix + name] = notebook(value)
        elif value[:1] == "~":
            files[prefix + name] = notebook(value[1:], marks=False)
        else:
            files[prefix + name] = value.encode()
    return files


def _both(who: str) -> dict[str, str]:
    return {"01_theory.ipynb": f"1 {who}", "02_network.ipynb": f"2 {who}"}


def _blackboard(login: str, name: str, stamp: str, *files: tuple[str, str]) -> dict[str, str]:
    begin = f"Sheet_2_{login}_attempt_{stamp}"
    text = f"Name: {name} ({login})\nAssignment: Sheet_2\nDate Submitted: ...\n"
    return {f"{begin}.txt": text, **{f"{begin}_{file}": value for file, value in files}}


ADA_BEN = {"ada/": _both("ada"), "ben/": _both("ben")}
FAIR = {"ada": "1 ada, 2 ada", "ben": "1 ben, 2 ben"}
METADATA = """\
submission_{}:
  :submitters:
  - :name: {}
    :sid: '{}'
    :email: {}
  :created_at: 2030-02-01 09:00:00.861687000 Z
  :score: 2.0
  :results:
    output: |-
      submission_1:
      :submitters: mallory
"""
FIRST, SECOND = "2030-02-01-09-00-00", "2030-02-03-10-30-00"

CANVAS = [
    Layout(
        "canvas: one file each",
        {"byronada_1234_50001_02_network.ipynb": "2 ada",
         "blauben_1235_50002_02_network.ipynb": "2 ben"},
        {"byronada": "2 ada", "blauben": "2 ben"},
        late={"byronada": False}, ids={"byronada": {"canvas": "1234"}},
        said=("download from Canvas: 2 entries, 2 students",),
    ),
    Layout(
        "canvas: two notebooks, one late, a screenshot",
        {"byronada_LATE_1234_50001_01_theory.ipynb": "1 ada",
         "byronada_LATE_1234_50003_02_network.ipynb": "2 ada",
         "byronada_LATE_1234_50004_Screenshot 2030-02-01.png": "png",
         "blauben_1235_50002_02_network.ipynb": "2 ben"},
        {"byronada": "1 ada, 2 ada", "blauben": "2 ben"},
        late={"byronada": True, "blauben": False},
    ),
    Layout(
        "canvas: downloads of two days put together",
        {"byronada_1234_50001_02_network.ipynb": "2 ada old",
         "byronada_LATE_1234_50009_02_network-1.ipynb": "2 ada",
         "byronada_LATE_1234_50019_02_network-10.ipynb": "2 ada newest",
         "blauben_1235_50002_02_network.ipynb": "2 ben"},
        {"byronada": "2 ada newest", "blauben": "2 ben"},
        earlier={"byronada": ["2 ada old", "2 ada"]}, late={"byronada": True},
        said=("1 of 2 handed in more than once",),
    ),
    Layout(
        "canvas: one notebook of two was mended; both count",
        {"byronada_1234_50008_01_theory-1.ipynb": "1 ada",
         "byronada_1234_50009_02_network.ipynb": "2 ada",
         "blauben_1235_50002_02_network.ipynb": "2 ben"},
        {"byronada": "1 ada, 2 ada", "blauben": "2 ben"}, earlier={"byronada": []},
    ),
    Layout(
        "canvas: odd names",
        {"late_1234_50001_02_network.ipynb": "2 late",
         "müllerjörg李_LATE_1235_50002_02_network.ipynb": "2 joerg",
         "obriensiobhán_1236_50003_x_9999_88888_02.ipynb": "2 siobhan",
         "\u05d0\u05d1\u05d2_1237_50004_02_network.ipynb": "2 alef",
         "byronada_1238_50005_02_network.ipynb": "2 ada one",
         "byronada_LATE_1239_50006_02_network.ipynb": "2 ada two"},
        {"late": "2 late", "müllerjörg李": "2 joerg", "obriensiobhán": "2 siobhan",
         "\u05d0\u05d1\u05d2": "2 alef", "byronada (1238)": "2 ada one",
         "byronada (1239)": "2 ada two"},
        late={"late": False, "müllerjörg李": True},
        ids={"obriensiobhán": {"canvas": "1236"}},
    ),
    Layout(
        "canvas: without names, and texts typed there",
        {"anon_Ab3dE_50001_02_network.ipynb": "2 one",
         "LATE_anon_Xy9zW_50002_02_network.ipynb": "2 two",
         "byronada_1234_text.html": "<p>hello</p>"},
        {"anon Ab3dE": "2 one", "anon Xy9zW": "2 two", "byronada": "! byronada_1234_text.html"},
        late={"anon Xy9zW": True}, said=("typed into the platform: byronada_1234_text.html",),
    ),
    Layout(
        "canvas: archives, and a stranger's put beside",
        {"byronada_1234_50001_hw.zip": _both("ada"), "zoe.zip": _both("zoe"),
         "blauben_1235_50002_hw.zip": {"hw/": _both("ben")}, "cole.ipynb_1236.txt": "odd",
         "blauben_1235_50003_notes.txt": "see there"},
        {"byronada": "1 ada, 2 ada", "blauben": "1 ben, 2 ben", "zoe": "1 zoe, 2 zoe"},
        notes={"zoe": "not named as Canvas names files"},
        said=("nobody's work: cole.ipynb_1236.txt",),
    ),
    Layout(
        "canvas: the archive beside what was unpacked from it, and another",
        {"byronada_1234_50001_02_network.ipynb": "2 ada",
         "blauben_1235_50002_02_network.ipynb": "2 ben",
         "eve_1236_50003_02_network.ipynb": "2 eve",
         "hw.zip": {"byronada_1234_50001_02_network.ipynb": "2 ada",
                    "blauben_1235_50002_02_network.ipynb": "2 ben"},
         "more.zip": {"byronada_1234_50001_02_network.ipynb": "2 ada",
                      "zoe_1239_50009_02_network.ipynb": "2 zoe"}},
        {"byronada": "2 ada", "blauben": "2 ben", "eve": "2 eve",
         "more": "! after different people"},
        said=("nobody's work: hw.zip",),
    ),
    Layout(
        "canvas: a file that the course asks for keeps its name",
        {"byronada_1234_50001_02_network.ipynb": "2 ada",
         "byronada_1234_50002_letters64.npz": "weights",
         "blauben_1235_50003_02_network.ipynb": "2 ben"},
        {"byronada": "2 ada + letters64.npz", "blauben": "2 ben"},
    ),
    Layout(
        "canvas: one odd file in a class of folders is no canvas",
        {**ADA_BEN, "byronada_1234_50001_02_network.ipynb": "2 eve"},
        {**FAIR, "byronada_1234_50001_02_network": "2 eve"},
    ),
    Layout(
        "canvas: small numbers, named by the instructor",
        {"byronada_3_41_02_network.ipynb": "2 ada", "blauben_4_42_02_network.ipynb": "2 ben"},
        {"byronada": "2 ada", "blauben": "2 ben"}, platform="canvas",
        ids={"byronada": {"canvas": "3"}},
    ),
]  # fmt: skip

MOODLE = [
    Layout(
        "moodle: folders, and texts typed there",
        {"Ada Byron_101_assignsubmission_file_/": _both("ada"),
         "Ada Byron_101_assignsubmission_onlinetext_/": {"onlinetext.html": "hello"},
         "Ben Blau_102_assignsubmission_file_/": {"hw.zip": _both("ben")}},
        {"Ada Byron": "1 ada, 2 ada", "Ben Blau": "1 ben, 2 ben"},
        ids={"Ada Byron": {"moodle": "101"}}, said=("download from Moodle", "typed into"),
    ),
    Layout(
        "moodle: flat files",
        {"Ada Byron_101_assignsubmission_file_01_theory.ipynb": "1 ada",
         "Ada Byron_101_assignsubmission_file_02_network.ipynb": "2 ada",
         "Ada Byron_101_assignsubmission_onlinetext_onlinetext.html": "hello",
         "Ben Blau_102_assignsubmission_file_02_network.ipynb": "2 ben"},
        {"Ada Byron": "1 ada, 2 ada", "Ben Blau": "2 ben"},
    ),
    Layout(
        "moodle: odd names, and a file named like somebody else's",
        {"Jörg Müller-Lüdenscheidt_101_assignsubmission_file_/": _both("joerg"),
         "O'Brien, Siobhán_102_assignsubmission_file_/": _both("siobhan"),
         "LATE_103_assignsubmission_file_/": _both("late"),
         "\u05d0\u05d1\u05d2 \u05d3_104_assignsubmission_file_/": _both("alef"),
         "Ben_105_assignsubmission_file_/": _both("ben one"),
         "Ben_106_assignsubmission_file_/": _both("ben two"),
         "Eve_107_assignsubmission_file_Ada_101_assignsubmission_file_x.ipynb": "2 eve"},
        {"Jörg Müller-Lüdenscheidt": "1 joerg, 2 joerg", "O'Brien, Siobhán": "1 siobhan, 2 siobhan",
         "LATE": "1 late, 2 late", "\u05d0\u05d1\u05d2 \u05d3": "1 alef, 2 alef",
         "Ben (105)": "1 ben one, 2 ben one", "Ben (106)": "1 ben two, 2 ben two", "Eve": "2 eve"},
        ids={"Eve": {"moodle": "107"}},
    ),
    Layout(
        "moodle: blind, and groups",
        {"Participant_101_assignsubmission_file_/": _both("one"),
         "Participant_102_assignsubmission_file_/": _both("two"),
         "Default group_assignsubmission_file_/": _both("group")},
        {"Participant (101)": "1 one, 2 one", "Participant (102)": "1 two, 2 two",
         "Default group": "1 group, 2 group"},
    ),
]  # fmt: skip

BLACKBOARD = [
    Layout(
        "blackboard: files, their texts, and times",
        {**_blackboard("ab123", "Ada Byron", FIRST, ("02_network.ipynb", "2 ada")),
         **_blackboard("bb124", "Ben Blau", SECOND, ("01_theory.ipynb", "1 ben"),
                       ("02_network.ipynb", "2 ben"))},
        {"Ada Byron": "2 ada", "Ben Blau": "1 ben, 2 ben"},
        times={"Ada Byron": "2030-02-01T09:00:00", "Ben Blau": "2030-02-03T10:30:00"},
        ids={"Ada Byron": {"login": "ab123"}},
        said=("download from Blackboard", "typed into the platform: Sheet_2_ab123_attempt_2030"),
    ),
    Layout(
        "blackboard: two attempts, the newest counts",
        {**_blackboard("ab123", "Ada Byron", FIRST, ("01_theory.ipynb", "1 ada old"),
                       ("02_network.ipynb", "2 ada old")),
         **_blackboard("ab123", "Ada Byron", SECOND, ("02_network.ipynb", "2 ada")),
         **_blackboard("bb124", "Ben Blau", FIRST, ("hw.zip", "2 ben"))},
        {"Ada Byron": "2 ada", "Ben Blau": "! hw.zip"},
        earlier={"Ada Byron": ["1 ada old, 2 ada old"]},
        times={"Ada Byron": "2030-02-03T10:30:00"},
        notes={"Ada Byron": "the newest attempt lacks 01_theory.ipynb"},
    ),
    Layout(
        "blackboard: a last attempt that is words alone",
        {**_blackboard("ab123", "Ada Byron", FIRST, ("02_network.ipynb", "2 ada")),
         **_blackboard("ab123", "Ada Byron", SECOND),
         **_blackboard("bb124", "Ben Blau", FIRST, ("02_network.ipynb", "2 ben"))},
        {"Ada Byron": "2 ada", "Ben Blau": "2 ben"},
        times={"Ada Byron": "2030-02-01T09:00:00"},
        notes={"Ada Byron": "the newest attempt holds no file"},
    ),
    Layout(
        "blackboard: no texts, logins with underscores, a date that is none",
        {"Sheet_2_a_byron_attempt_2030-02-01-09-00-00_02_network.ipynb": "2 ada",
         "Sheet_2_b_blau_attempt_2030-13-45-99-00-00_02_network.ipynb": "2 ben"},
        {"a_byron": "2 ada", "b_blau": "2 ben"},
        times={"a_byron": "2030-02-01T09:00:00", "b_blau": ""},
    ),
    Layout(
        "blackboard: odd names, and a file that claims somebody else's attempt",
        {**_blackboard("late", "LATE, Jörg-李 O'Brien", FIRST, ("02_network.ipynb", "2 late")),
         **_blackboard("x_1_2", "Ada Byron", FIRST, ("02_network.ipynb", "2 ada one")),
         **_blackboard("\u05d0\u05d1", "Ada Byron", FIRST, ("02_network.ipynb", "2 ada two")),
         **_blackboard("eve", "Eve", FIRST,
                       ("Sheet_2_late_attempt_2031-01-01-00-00-00_02.ipynb", "2 eve"))},
        {"LATE, Jörg-李 O'Brien": "2 late", "Ada Byron (x_1_2)": "2 ada one",
         "Ada Byron (\u05d0\u05d1)": "2 ada two", "Eve": "2 eve"},
        times={"LATE, Jörg-李 O'Brien": "2030-02-01T09:00:00"},
    ),
    Layout(
        "blackboard: a text with another's login is not believed",
        {"Sheet_2_ab123_attempt_2030-02-01-09-00-00.txt": "Name: Ben Blau (bb124)\n",
         "Sheet_2_ab123_attempt_2030-02-01-09-00-00_02_network.ipynb": "2 ada",
         **_blackboard("bb124", "Ben Blau", FIRST, ("02_network.ipynb", "2 ben"))},
        {"ab123": "2 ada", "Ben Blau": "2 ben"},
    ),
]  # fmt: skip

BRIGHTSPACE = [
    Layout(
        "brightspace: folders and the list of them",
        {"12345-777 - Ada Byron - Feb 1, 2030 900 AM/": _both("ada"),
         "12346-777 - Ben Blau - Feb 3, 2030 1230 PM/": _both("ben"),
         "index.html": "<html>"},
        {"Ada Byron": "1 ada, 2 ada", "Ben Blau": "1 ben, 2 ben"},
        times={"Ada Byron": "2030-02-01T09:00:00", "Ben Blau": "2030-02-03T12:30:00"},
        ids={"Ada Byron": {"brightspace": "12345"}},
        said=("download from Brightspace", "nobody's work: index.html"),
    ),
    Layout(
        "brightspace: attempts, of which the alphabet would take the wrong one",
        {"12345-777 - Ada Byron - Mar 2, 2030 900 AM/": {"02_network.ipynb": "2 ada old"},
         "12345-777 - Ada Byron - Apr 1, 2030 1105 PM/": {"02_network.ipynb": "2 ada"},
         "index.html": "<html>"},
        {"Ada Byron": "2 ada"}, earlier={"Ada Byron": ["2 ada old"]},
        times={"Ada Byron": "2030-04-01T23:05:00"},
    ),
    Layout(
        "brightspace: the day first, student numbers, odd names",
        {"12345-777 - 2330430 O'Brien, Jörg-李 - 05 March 2030 612 PM/": _both("joerg"),
         "12346-777 - LATE - 1 Feb 2030 0900/": _both("late"),
         "12347-777 - \u05d0\u05d1\u05d2 \u05d3 - Feb 1, 2030 900 AM/": _both("alef"),
         "12348-777 - Ada_B 2 - Feb 1, 2030 900 AM/": _both("ada one"),
         "12349-777 - Ada_B 2 - Feb 1, 2030 900 AM/": _both("ada two")},
        {"O'Brien, Jörg-李": "1 joerg, 2 joerg", "LATE": "1 late, 2 late",
         "\u05d0\u05d1\u05d2 \u05d3": "1 alef, 2 alef",
         "Ada_B 2 (12348)": "1 ada one, 2 ada one", "Ada_B 2 (12349)": "1 ada two, 2 ada two"},
        times={"O'Brien, Jörg-李": "2030-03-05T18:12:00", "LATE": "2030-02-01T09:00:00"},
        ids={"O'Brien, Jörg-李": {"brightspace": "12345", "login": "2330430"}},
    ),
    Layout(
        "brightspace: flat files, groups, and dates in another language",
        {"12345-777 - Group 3 - Ada Byron - Feb 1, 2030 900 AM - 02_network.ipynb": "2 three",
         "12346-777 - Ben Blau - févr. 1, 2030 900 AM - 02_network.ipynb": "2 ben"},
        {"Group 3": "2 three", "Ben Blau": "2 ben"},
        times={"Group 3": "2030-02-01T09:00:00", "Ben Blau": ""},
    ),
]  # fmt: skip

SAKAI = [
    Layout(
        "sakai: the whole, with the folder of the assignment",
        {"Sheet 2/": {
            "grades.csv": '"Sheet 2","Points"\n',
            "Byron, Ada(ab123)/": {"Submission attachment(s)/": _both("ada"),
                                   "Feedback Attachment(s)/": {"old.ipynb": "2 feedback"},
                                   "timestamp.txt": "20300201090000000",
                                   "comments.txt": "", "feedbackText.html": "",
                                   "Byron, Ada(ab123)_submissionText.html": ""},
            "Blau, Ben(bb124)/": {"Submission attachment(s)/": _both("ben"),
                                  "timestamp.txt": "2030-02-03T10:30:00Z"}}},
        {"Byron, Ada": "1 ada, 2 ada", "Blau, Ben": "1 ben, 2 ben"},
        times={"Byron, Ada": "2030-02-01T09:00:00", "Blau, Ben": "2030-02-03T10:30:00"},
        ids={"Byron, Ada": {"login": "ab123"}},
        said=("the class lies in Sheet 2", "download from Sakai", "nobody's work: grades.csv"),
    ),
    Layout(
        "sakai: odd names, nothing attached, a time that is none",
        {"O'Brien (Müller), Jörg-李(late)/": {"Submission attachment(s)/": _both("joerg"),
                                             "timestamp.txt": "20309901090000000"},
         "Byron, Ada(ab_1_2)/": {"Submission attachment(s)/": _both("ada one")},
         "Byron, Ada(ab124)/": {"Submission attachment(s)/": _both("ada two")},
         "\u05d0\u05d1, \u05d2(x)/": {"timestamp.txt": "soon", "comments.txt": ""},
         "grades.csv": ""},
        {"O'Brien (Müller), Jörg-李": "1 joerg, 2 joerg",
         "Byron, Ada (ab_1_2)": "1 ada one, 2 ada one",
         "Byron, Ada (ab124)": "1 ada two, 2 ada two", "\u05d0\u05d1, \u05d2": ""},
        times={"O'Brien (Müller), Jörg-李": "", "\u05d0\u05d1, \u05d2": ""},
        ids={"O'Brien (Müller), Jörg-李": {"login": "late"}},
    ),
    Layout(
        "sakai: without folders",
        {"Byron, Ada(ab123)_Submission attachment(s)_02_network.ipynb": "2 ada",
         "Byron, Ada(ab123)_submissionText.html": "hello",
         "Blau, Ben(bb124)_Submission attachment(s)_02_network.ipynb": "2 ben"},
        {"Byron, Ada": "2 ada", "Blau, Ben": "2 ben"},
    ),
]  # fmt: skip

GRADESCOPE = [
    Layout(
        "gradescope: an export",
        {"submission_metadata.yml": METADATA.format(1001, "Ada Byron", "0123", "ada@uni.org")
         + METADATA.format(1002, "Ben Blau", "0124", "ben@uni.org"),
         "submission_1001/": _both("ada"), "submission_1002/": _both("ben")},
        {"Ada Byron": "1 ada, 2 ada", "Ben Blau": "1 ben, 2 ben"},
        times={"Ada Byron": "2030-02-01T09:00:00.861687"},
        ids={"Ada Byron": {"number": "0123", "email": "ada@uni.org", "gradescope": "1001"}},
        said=("download from Gradescope", "nobody's work: submission_metadata.yml"),
    ),
    Layout(
        "gradescope: odd names, groups, nobody, dates that are none",
        {"submission_metadata.yml": METADATA.format(1001, '"O\'Brien, J\\u00f6rg-李"', "1", "late")
         + METADATA.format(1002, "\u05d0\u05d1\u05d2", "2", "x@y").replace("-02-01", "-99-01")
         + "submission_1003:\n  :submitters:\n  - :name: LATE_1_2\n  - :name: Eve\n    :sid: 7\n"
         + "submission_1004:\n  :submitters: []\n  :created_at: [1, 2]\n"
         + METADATA.format(1005, "Ada", "5", "a@b") + METADATA.format(1006, "Ada", "6", "b@b"),
         **{f"submission_{n}/": _both(str(n)) for n in range(1001, 1007)}},
        {"O'Brien, Jörg-李": "1 1001, 2 1001", "\u05d0\u05d1\u05d2": "1 1002, 2 1002",
         "LATE_1_2, Eve": "1 1003, 2 1003", "submission_1004": "1 1004, 2 1004",
         "Ada (1005)": "1 1005, 2 1005", "Ada (1006)": "1 1006, 2 1006"},
        times={"\u05d0\u05d1\u05d2": "", "submission_1004": ""},
    ),
    Layout(
        "gradescope: a list that is none, and folders without names",
        {"submission_metadata.yml": "- [" * 5000, "submission_1001/": _both("ada"),
         "submission_1002/": _both("ben")},
        {"submission_1001": "1 ada, 2 ada", "submission_1002": "1 ben, 2 ben"},
    ),
    Layout(
        "gradescope: a list that a student put into their folder is not read",
        {**ADA_BEN, "eve/": {**_both("eve"),
                             "submission_metadata.yml": METADATA.format(1, "Ada", "1", "a@b")}},
        {**FAIR, "eve": "1 eve, 2 eve"},
    ),
]  # fmt: skip

GITHUB = [
    Layout(
        "github: cloned, in the folder that gh makes",
        {"sheet-2-submissions/": {
            "sheet-2-ada-byron/": {".git/": {"config": ""}, **_both("ada")},
            "sheet-2-ben/": {".git/": {"config": ""}, **_both("ben")}}},
        {"ada-byron": "1 ada, 2 ada", "ben": "1 ben, 2 ben"}, ids={"ben": {"github": "ben"}},
        said=("download from GitHub Classroom",),
    ),
    Layout(
        "github: odd logins",
        {"sheet-2-LATE/": {".git/": {"config": ""}, **_both("late")},
         "sheet-2-x-1-2/": {".git/": {"config": ""}, **_both("x")},
         "sheet-2-y_3/": {".git/": {"config": ""}, **_both("y")}},
        {"LATE": "1 late, 2 late", "x-1-2": "1 x, 2 x", "y_3": "1 y, 2 y"},
    ),
    Layout(
        "github: folders that begin alike are students where nothing was cloned",
        {"group-ada/": _both("ada"), "group-ben/": _both("ben")},
        {"group-ada": "1 ada, 2 ada", "group-ben": "1 ben, 2 ben"},
    ),
    Layout(
        "github: the same, with the platform named",
        {"hw-ada/": _both("ada"), "hw-ben/": _both("ben")},
        {"ada": "1 ada, 2 ada", "ben": "1 ben, 2 ben"}, platform="github",
    ),
]  # fmt: skip

GOOGLE = [
    Layout(
        "google: copies that Classroom made, and a file that names nobody",
        {"Ada Byron - 02_network.ipynb": "2 ada", "Ben Blau - 02_network.ipynb": "2 ben",
         "O'Brien, Jörg-李 - 02_network.ipynb": "2 joerg", "Untitled7.ipynb": "2 who"},
        {"Ada Byron": "2 ada", "Ben Blau": "2 ben", "O'Brien, Jörg-李": "2 joerg",
         "Untitled7": "2 who"},
        notes={"Untitled7": "nothing tells whose it is"},
    ),
    Layout(
        "google: two notebooks of everybody",
        {"LATE - 01_theory.ipynb": "1 late", "LATE - 02_network.ipynb": "2 late",
         "\u05d0\u05d1\u05d2 - 01_theory.ipynb": "1 alef",
         "\u05d0\u05d1\u05d2 - 02_network (1).ipynb": "2 alef"},
        {"LATE": "1 late, 2 late", "\u05d0\u05d1\u05d2": "1 alef, 2 alef"},
    ),
]  # fmt: skip

NBGRADER = [
    Layout(
        "nbgrader: submitted, with times",
        {"ada/": {"nn/": {**_both("ada"), "timestamp.txt": "2030-02-01 09:00:00 UTC"}},
         "Müller, Jörg 李/": {"nn/": {**_both("joerg"), "timestamp.txt": "soon"}},
         "late_1_2/": {"nn/": _both("late")}},
        {"ada": "1 ada, 2 ada", "Müller, Jörg 李": "1 joerg, 2 joerg",
         "late_1_2": "1 late, 2 late"},
        times={"ada": "2030-02-01T09:00:00", "Müller, Jörg 李": "", "late_1_2": ""},
        ids={"ada": {"login": "ada"}}, said=("download from nbgrader",),
    ),
    Layout(
        "nbgrader: the course directory itself",
        {"nbgrader_config.py": "", "gradebook.db": "", "source/": {"nn/": _both("source")},
         "submitted/": {"ada/": {"nn/": _both("ada")}, "ben/": {"nn/": _both("ben")}}},
        FAIR, said=("the class lies in submitted",),
    ),
    Layout(
        "nbgrader: the exchange's inbound, with attempts",
        {"ada+s1+2030-01-01 09:00:00 UTC+x/": {"01_theory.ipynb": "1 ada"},
         "ada+s2+2030-02-01 09:00:00 UTC+x/": {"02_network.ipynb": "2 ada old"},
         "ada+s2+2030-02-02 09:00:00 UTC+y/": {"02_network.ipynb": "2 ada"},
         "ben+s2+2030-02-01 09:00:00 UTC+z/": {"02_network.ipynb": "2 ben"}},
        {"ada": "1 ada, 2 ada", "ben": "2 ben"}, earlier={"ada": ["2 ada old"], "ben": []},
        times={"ada": "2030-02-02T09:00:00"},
    ),
    Layout(
        "nbgrader: two assignments of one person are one person's",
        {"ada/": {"s1/": {"01_theory.ipynb": "1 ada", "timestamp.txt": "2030-01-01 09:00:00 UTC"},
                  "s2/": {"02_network.ipynb": "2 ada", "timestamp.txt": "2030-02-01 09:00:00 UTC"}},
         "ben/": {"s1/": {"01_theory.ipynb": "1 ben"}}},
        {"ada": "1 ada, 2 ada", "ben": "1 ben"}, times={"ada": "2030-02-01T09:00:00"},
    ),
]  # fmt: skip

WHOSE = [
    Layout("a folder per student", ADA_BEN, FAIR),
    Layout(
        "a folder per student with a time, and one that is none",
        {"ada/": {**_both("ada"), "timestamp.txt": "2030-02-01 10:00:00 +0100"},
         "ben/": {**_both("ben"), "timestamp.txt": "10"}},
        FAIR, times={"ada": "2030-02-01T09:00:00", "ben": ""},
    ),
    Layout("one folder too deep", {"submissions/": ADA_BEN}, FAIR,
           said=("the class lies in submissions",)),
    Layout("two folders too deep", {"term/": {"submissions/": ADA_BEN}}, FAIR),
    Layout("one folder too deep, of archives",
           {"submissions/": {"ada.zip": _both("ada"), "ben.zip": {"b/": _both("ben")}}}, FAIR),
    Layout("one folder too deep, of single notebooks",
           {"submissions/": {"ada.ipynb": "2 ada", "ben.ipynb": "2 ben"}},
           {"ada": "2 ada", "ben": "2 ben"}),
    Layout("the whole class as one archive in the folder", {"download.zip": ADA_BEN}, FAIR,
           said=("the class lies in download.zip",)),
    Layout("the whole class as an archive, given itself", {"download.zip": ADA_BEN}, FAIR,
           given="download.zip"),
    Layout(
        "a platform's archive, given itself",
        {"download.zip": {"byronada_1234_50001_02_network.ipynb": "2 ada",
                          "blauben_1235_50002_02_network.ipynb": "2 ben"}},
        {"byronada": "2 ada", "blauben": "2 ben"}, given="download.zip",
    ),
    Layout(
        "a platform's archive, unopened in the folder",
        {"hw.zip": {"Ada Byron_101_assignsubmission_file_/": _both("ada"),
                    "Ben Blau_102_assignsubmission_file_/": _both("ben")}},
        {"Ada Byron": "1 ada, 2 ada", "Ben Blau": "1 ben, 2 ben"},
    ),
    Layout("one folder too deep, beside the sheet of exercises",
           {"submissions/": ADA_BEN, "sheet2.pdf": "%PDF", "README.md": ""}, FAIR,
           said=("nobody's work: README.md, sheet2.pdf",)),
    Layout("one folder of several is called submissions",
           {"submissions/": ADA_BEN, "solutions/": _both("teacher"), "data/": {"x.csv": ""}}, FAIR,
           said=("the class lies in submissions", "nobody's work: data, solutions")),
    Layout("an archive in a folder in the folder",
           {"w/": {"hw.zip": {"Ada_101_assignsubmission_file_/": _both("ada"),
                              "Ben_102_assignsubmission_file_/": _both("ben")}}},
           {"Ada": "1 ada, 2 ada", "Ben": "1 ben, 2 ben"}),
    Layout("a class of two, of whom one handed in no notebook; or a student's folders",
           {"submissions/": {"ada/": _both("ada"), "ben/": {"notes.pdf": "%PDF"}}},
           refused="nothing tells whether these are students"),
    Layout("results of an earlier run are nobody's",
           {**ADA_BEN, "graded/": {"grades.csv": "", "report.html": "", "totals.csv": "",
                                   "students/": {"ada.json": "{}"}}}, FAIR,
           said=("nobody's work: graded",)),
    Layout("one folder too deep, of single notebooks, one of which names nobody",
           {"x/": {"ada.ipynb": "2 ada", "ben.ipynb": "2 ben", "02_network.ipynb": "2 who"}},
           {"ada": "2 ada", "ben": "2 ben", "02_network": "2 who"},
           notes={"02_network": "nothing tells whose it is"}),
    Layout("an archive beside the folder that was unpacked from it",
           {"hw/": ADA_BEN, "hw.zip": ADA_BEN}, FAIR),
    Layout("a class of one", {"ada/": _both("ada")}, {"ada": "1 ada, 2 ada"}),
    Layout("a class of one, deeply nested", {"ada/": {"hw/": {"final/": _both("ada")}}},
           {"ada": "1 ada, 2 ada"}),
    Layout("a class of one, with copies of hers",
           {"ada/": {"old/": {"02_network.ipynb": "2 ada old"},
                     "new/": {"02_network.ipynb": "2 ada"}}}, {"ada": "2 ada, 2 ada old"}),
    Layout("a class of one, a folder a sheet",
           {"ada/": {"sheet1/": {"01_theory.ipynb": "1 ada"},
                     "sheet2/": {"02_network.ipynb": "2 ada"}}}, {"ada": "1 ada, 2 ada"}),
    Layout("a class of one, as an archive", {"ada.zip": _both("ada")}, {"ada": "1 ada, 2 ada"}),
    Layout("a class of one, a folder a notebook",
           {"ada/": {"theory/": {"a.ipynb": "1 ada"}, "network/": {"b.ipynb": "2 ada"}}},
           {"ada": "1 ada, 2 ada"}),
    Layout("students or one student's topics: nobody can tell",
           {"x/": {"sums/": {"a.ipynb": "1 ada"}, "curves/": {"b.ipynb": "2 ada"}}},
           refused="nothing tells whether these are students or the work of one"),
    Layout("the same, said to be one entry a student",
           {"x/": {"sums/": {"a.ipynb": "1 ada"}, "curves/": {"b.ipynb": "2 ada"}}},
           {"x": "1 ada, 2 ada"}, platform="folders"),
    Layout("one student's folder as the class", {**_both("ada"), "data/": {"x.csv": ""}},
           refused="looks like one student's folder, not a class: it holds 01_theory.ipynb, "),
    Layout("one student's folder, with one notebook", {"02_network (1).ipynb": "~2 ada"},
           refused="named like the course's notebooks and like nobody"),
    Layout("notebooks that Colab copied name nobody",
           {"Copy of 02_network.ipynb": "~2 ada", "Copy of 02_network (1).ipynb": "~2 ben"},
           refused="named like the course's notebooks and like nobody"),
    Layout("a notebook that names nobody among many that do is a row of its own",
           {"ada_02_network.ipynb": "2 ada", "ben_02_network.ipynb": "2 ben",
            "cole_02_network.ipynb": "2 cole", "02_network.ipynb": "2 who"},
           {"ada": "2 ada", "ben": "2 ben", "cole": "2 cole", "02_network": "2 who"},
           notes={"02_network": "nothing tells whose it is"}),
    Layout("one student's folder, with names of her own",
           {"my sums.ipynb": "1 ada", "my curves.ipynb": "2 ada"}, refused="each a notebook of"),
    Layout("one student's folder, with one notebook and helpers",
           {"my net.ipynb": "2 ada", "helpers/": {"x.py": ""}}, refused="folders without a noteb"),
    Layout("one student's folder, a folder a sheet",
           {"sheet 1/": {"01_theory.ipynb": "1 ada"}, "sheet 2/": {"02_network.ipynb": "2 ada"}},
           refused="whose names tell no people apart"),
    Layout("a folder a sheet, said to be one entry a student",
           {"sheet 1/": {"01_theory.ipynb": "1 ada"}, "sheet 2/": {"02_network.ipynb": "2 ada"}},
           {"sheet 1": "1 ada", "sheet 2": "2 ada"}, platform="folders"),
    Layout("one student's archive, given itself", {"ada.zip": _both("ada")},
           refused="looks like one student's folder", given="ada.zip"),
    Layout("the students' own folder", {"course.toml": "", **_both("ada")},
           refused="is one student's folder, not a class"),
    Layout("single notebooks, named after students", {"ada.ipynb": "2 ada", "ben.ipynb": "2 ben"},
           {"ada": "2 ada", "ben": "2 ben"}),
    Layout(
        "single notebooks, named after students and the course's notebooks",
        {"ada_01_theory.ipynb": "1 ada", "ada_02_network.ipynb": "2 ada",
         "Ben B-01_theory.ipynb": "1 ben", "02_network - Ben B (1).ipynb": "2 ben",
         "cole_02_network.zip": {"x.ipynb": "2 cole"}},
        {"ada": "1 ada, 2 ada", "Ben B": "1 ben, 2 ben", "cole": "2 cole"},
    ),
    Layout(
        "single notebooks, named after students and sheets",
        {"Ada B_hw1.ipynb": "1 ada", "Ada B_hw2.ipynb": "2 ada", "ben_hw1.ipynb": "1 ben",
         "hw2-ben.ipynb": "2 ben", "cole_hw2.ipynb": "2 cole"},
        {"Ada B": "1 ada, 2 ada", "ben": "1 ben, 2 ben", "cole": "2 cole"},
    ),
    Layout("single notebooks whose names do not tell stay apart",
           {"ada_x.ipynb": "1 ada", "ada_y.ipynb": "1 other", "ada_z.ipynb": "2 ada"},
           {"ada_x": "1 ada", "ada_y": "1 other", "ada_z": "2 ada"}),
    Layout("sections: a row of several people is an error, and nobody's answers are mixed",
           {"monday/": ADA_BEN, "cole/": _both("cole")},
           {"monday": "! ada and ben each hold 01_theory.ipynb", "cole": "1 cole, 2 cole"}),
    Layout("a class's archive beside a student",
           {"all.zip": {"hw/": {"ada.zip": _both("ada"), "ben.zip": _both("ben")}},
            "cole/": _both("cole")},
           {"all": "! ada.zip and ben.zip each hold", "cole": "1 cole, 2 cole"}),
    Layout("a platform's archive beside a student",
           {"all.zip": {"byronada_1234_50001_x.ipynb": "2 ada",
                        "blauben_1235_50002_y.ipynb": "2 ben"}, "cole/": _both("cole")},
           {"all": "! after different people", "cole": "1 cole, 2 cole"}),
    Layout("single notebooks of a class in an archive beside a student",
           {"all.zip": {"ada.ipynb": "2 ada", "ben.ipynb": "2 ben", "eve.ipynb": "2 eve"},
            "cole/": _both("cole")},
           {"all": "! are the same notebook, filled in differently", "cole": "1 cole, 2 cole"}),
    Layout("numbered folders of a whole class are no copies",
           {"monday/": {f"submission {n}/": {"2.ipynb": f"2 {n}"} for n in range(1, 15)},
            "cole/": _both("cole")},
           {"monday": "! 14 folders hold 2.ipynb", "cole": "1 cole, 2 cole"}),
    Layout("copies of one student are no several people",
           {"ada/": {"old/": _both("ada old"), "hw (2)/": _both("ada"),
                     "2030-02-01/": {"02_network.ipynb": "2 ada dated"}},
            "ben/": {"02_network.ipynb": "2 ben", "02_network-Copy1.ipynb": "2 ben copy",
                     "Untitled.ipynb": "2 ben trial"}},
           {"ada": "1 ada, 1 ada old, 2 ada, 2 ada dated, 2 ada old",
            "ben": "2 ben, 2 ben copy, 2 ben trial"}),
    Layout(
        "strays",
        {**ADA_BEN, "README.md": "", "Screenshot.png": "", "gradebook.db": "", "Icon\r": "",
         "Thumbs.db": "", "grades.csv": "", ".DS_Store": "", "__MACOSX/": {"._ada": ""}},
        FAIR,
        said=("nobody's work: Icon, README.md, Screenshot.png, Thumbs.db, gradebook.db and 1",),
    ),
    Layout("what somebody handed in in the wrong form keeps its row",
           {"ada/": _both("ada"), "ben.pdf": "%PDF", "cole.rar": "Rar!"},
           {"ada": "1 ada, 2 ada", "ben.pdf": "! ben.pdf is neither", "cole.rar": "! cole.rar is"}),
    Layout("a sheet a folder, and in each the class",
           {"sheet1/": {"ada/": {"01_theory.ipynb": "1 ada"}, "ben/": {"01.ipynb": "1 ben"}},
            "sheet2/": {"ada/": {"02_network.ipynb": "2 ada"}, "ben/": {"02.ipynb": "2 ben"}}},
           refused="holds sheet1, sheet2, which hold several people's work each; grade each"),
    Layout("one notebook among files in the wrong form",
           {"ada.ipynb": "2 ada", "ben.pdf": "%PDF", "cole.docx": "PK"},
           {"ada": "2 ada", "ben.pdf": "! ben.pdf is", "cole.docx": "! cole.docx cannot be read"}),
    Layout("names of signs", {" /": _both("space"), "ben/": _both("ben"), "!/": _both("bang")},
           {" ": "1 space, 2 space", "ben": "1 ben, 2 ben", "!": "1 bang, 2 bang"}),
    Layout("nothing but strays", {"grades.csv": "", "README": ""}, refused="holds no submission"),
    Layout("a platform that it is not", ADA_BEN, refused="is no download from canvas: it holds ada",
           platform="canvas"),
]  # fmt: skip

LAYOUTS = [
    *CANVAS, *MOODLE, *BLACKBOARD, *BRIGHTSPACE, *SAKAI, *GRADESCOPE, *GITHUB, *GOOGLE, *NBGRADER,
    *WHOSE,
]  # fmt: skip
