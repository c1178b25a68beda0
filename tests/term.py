"""A term to be played: a small course of three sheets, and what a class of forty hands in.

What everybody is to get follows from a few rules that are stated here, and from nothing of the
grader's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.course.new import new_course
from helpers.checking.cells import grade_id_of

ZONE = ZoneInfo("Europe/Berlin")
DUE = {
    1: datetime(2025, 2, 1, 23, 59, tzinfo=ZONE),
    2: datetime(2025, 3, 1, 23, 59, tzinfo=ZONE),
    3: datetime(2025, 4, 1, 23, 59, tzinfo=ZONE),
}
SHEETS = """
[calendar]
timezone = "Europe/Berlin"

[late]
per_day = 0.1
grace = 15

[[sheet]]
name = "sheet-1"
title = "Sheet 1"
notebooks = ["01_words"]
due = 2025-02-01T23:59:00

[[sheet]]
name = "sheet-2"
title = "Sheet 2"
notebooks = ["02_words"]
due = 2025-03-01T23:59:00

[[sheet]]
name = "sheet-3"
title = "Sheet 3"
notebooks = ["03_words"]
due = 2025-04-01T23:59:00
weight = 2
late = "zero"
"""
WORDS = """
def {words}(text):
    pieces = [piece.strip(",.;:!?-").lower() for piece in text.split()]
    return [piece for piece in pieces if piece]
"""
RANKED = """
def {most_frequent}(text, n):
    counts = {{}}
    for word in {words}(text):
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda pair: {key})[:n]
"""
IN_ORDER, AS_THEY_COME = "(-pair[1], pair[0])", "-pair[1]"
KINDS = ("right", "ties", "first", "second", "nothing")
MACHINE = {"right": 6.0, "ties": 5.0, "first": 3.0, "second": 3.0}
GIVEN = ("Ada", "Bert", "Chloé", "Dirk", "Émile", "Fatma", "Gül", "Håkon")
FAMILY = ("Byron", "de la Cruz", "Müller", "O'Neill", "Smith-Jones")


@dataclass(frozen=True)
class Member:
    """One of the class."""

    number: int

    @property
    def given(self) -> str:
        return GIVEN[self.number % len(GIVEN)]

    @property
    def family(self) -> str:
        return FAMILY[self.number // len(GIVEN)]

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def login(self) -> str:
        return f"u{self.number:03}"

    def kind(self, sheet: int) -> str:
        """What they hand in: a fifth of the class nothing, each time another."""
        return KINDS[(self.number + 2 * sheet) % len(KINDS)]

    def twice(self, sheet: int) -> bool:
        """Whether they hand in again what they have got wrong at first."""
        return sheet == 3 and self.kind(sheet) == "right" and self.number % 2 == 0

    def late(self, sheet: int) -> timedelta:
        """How long after the due time; less than nothing is before."""
        if self.number % 6 == 0:
            return timedelta(hours=30)
        return timedelta(minutes=10) if self.number % 6 == 1 else timedelta(hours=-self.number)

    def handed_in(self, sheet: int) -> datetime:
        return DUE[sheet] + self.late(sheet)

    def extension(self, sheet: int) -> int:
        """Days more than the others."""
        return 2 if self.number in (6, 24) and sheet < 3 else 0

    def wrote(self, sheet: int) -> bool:
        return self.kind(sheet) in ("right", "ties")

    def by_hand(self, sheet: int) -> float:
        """What a person gives for the prose."""
        return (self.number % 5) * 0.5 if self.wrote(sheet) else 0.0

    def waits(self, sheet: int) -> bool:
        """Whether a person must read something of it: late work that has no points waits not."""
        return self.wrote(sheet) and not (sheet == 3 and self.is_late(sheet))

    def is_late(self, sheet: int) -> bool:
        """Whether it came after all that is forgiven."""
        grace = 0 if sheet == 3 else 15  # a policy of its own forgives nothing that it does not say
        return self.late(sheet) > timedelta(days=self.extension(sheet), minutes=grace)

    def points(self, sheet: int, ties_count: bool = False) -> float:
        """What they get for the sheet, in the end."""
        kind = self.kind(sheet)
        if kind == "nothing":
            return 0.0
        machine = 6.0 if kind == "ties" and ties_count else MACHINE[kind]
        days = 2  # thirty hours are two days begun
        kept = 1.0 if not self.is_late(sheet) else 0.0 if sheet == 3 else 1 - 0.1 * days
        return round((machine + self.by_hand(sheet)) * kept, 2)


CLASS = tuple(Member(number) for number in range(40))


def term_course(folder: Path, sheets: str = SHEETS) -> Path:
    """The course: its first notebook three times, under numbers and names of their own."""
    root = new_course(folder)
    toml = (root / "course.toml").read_text(encoding="utf-8")
    head, *entries = toml.split("[[exercise]]\n")
    for number in (2, 3):
        _again(root, number)
        entries += [_numbered(entry, number) for entry in entries[:3]]
    names = 'notebooks = ["01_words", "02_words", "03_words"]'
    head = head.replace('notebooks = ["01_words"]', names)
    text = head + "".join(f"[[exercise]]\n{entry}\n" for entry in entries) + sheets
    (root / "course.toml").write_text(text, encoding="utf-8")
    return root


def _again(root: Path, number: int) -> None:
    for place in (*root.glob("exercises/1_*/*.py"), *root.glob("exercises/wheats/*/01_words.py"),
                  root / "notebooks/01_words.ipynb"):  # fmt: skip
        target = root / _numbered(str(place.relative_to(root)), number)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_numbered(place.read_text(encoding="utf-8"), number), encoding="utf-8")


def _numbered(text: str, number: int) -> str:
    """A text of the first notebook as one of a later notebook."""
    text = re.sub(r"(?<![\w.])1([._-])(?=[123])", rf"{number}\1", text)
    text = re.sub(r"\bq1-", f"q{number}-", text).replace("01_words", f"{number:02}_words")
    return re.sub(r"\b(words|most_frequent)(?=\(|\"\]|'\])|(?<=student\.)(words|most_frequent)\b",
                  lambda match: f"{match[0]}{number}", text)  # fmt: skip


def names_in(sheet: int) -> dict[str, str]:
    """What the functions of a sheet are called."""
    more = "" if sheet == 1 else str(sheet)
    return {"words": f"words{more}", "most_frequent": f"most_frequent{more}"}


def notebook(root: Path, member: Member, sheet: int, kind: str = "") -> bytes:
    """What a member hands in."""
    kind = kind or member.kind(sheet)
    tree = json.loads((root / f"notebooks/{sheet:02}_words.ipynb").read_text(encoding="utf-8"))
    names = names_in(sheet)
    key = AS_THEY_COME if kind == "ties" else IN_ORDER
    answers = {
        f"q{sheet}-1": WORDS.format(**names) if kind != "second" else "",
        f"q{sheet}-2": RANKED.format(**names, key=key) if kind != "first" else "",
        f"q{sheet}-3": f"Dog bites man, says {member.name}." if kind in ("right", "ties") else "",
    }
    tree["cells"] = [cell for cell in tree["cells"] if not cell["id"].endswith("-rubric")]
    for cell in tree["cells"]:
        if grade_id_of(cell) in answers:
            cell["source"] = answers[grade_id_of(cell)]
    return json.dumps(tree).encode()


def canvas_name(member: Member, sheet: int, attempt: int = 0) -> str:
    """What Canvas calls a file in its download."""
    who = re.sub(r"[^a-z]", "", f"{member.family}{member.given}".casefold())
    late = "_LATE" if member.late(sheet) > timedelta() else ""
    again = f"-{attempt}" if attempt else ""
    return (
        f"{who}{late}_{1000 + member.number}_{5000 + member.number}_{sheet:02}_words{again}.ipynb"
    )


def moodle_name(member: Member, sheet: int) -> str:
    """What Moodle calls it."""
    return f"{member.name}_{700 + member.number}_assignsubmission_file_{sheet:02}_words.ipynb"


def canvas_gradebook(sheet: int = 1, points: int = 8) -> str:
    """Canvas's own export, which is the roster, too."""
    rows = [f'"{m.family}, {m.given}",{1000 + m.number},s{m.number},{m.login},A,' for m in CLASS]
    head = f"Student,ID,SIS User ID,SIS Login ID,Section,Sheet {sheet} (4711)"
    return "\n".join([head, f"    Points Possible,,,,,{points}", *rows]) + "\n"


def moodle_worksheet(sheet: int, points: int = 8) -> str:
    """Moodle's offline grading worksheet, with times."""
    head = ("Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
            "Last modified (submission),Last modified (grade),Feedback comments")  # fmt: skip
    rows = [
        f"Participant {700 + m.number},{m.name},{m.login}@x.edu,Submitted,,{points}.00,Yes,"
        f'"{_moodle_time(m, sheet)}",-,'
        for m in CLASS
    ]
    return "\n".join([head, *rows]) + "\n"


def _moodle_time(member: Member, sheet: int) -> str:
    if member.kind(sheet) == "nothing":
        return "-"
    return member.handed_in(sheet).strftime("%A, %d %B %Y, %I:%M %p")


def times(sheet: int) -> str:
    """A table of one's own: Canvas's download tells no times."""
    rows = [f"{m.login},{m.handed_in(sheet):%Y-%m-%d %H:%M}" for m in CLASS]
    return "\n".join(["login,handed in", *rows]) + "\n"


def extensions() -> str:
    """Who has more time."""
    rows = [f"{m.login},sheet-{s},{m.extension(s)}" for m in CLASS for s in DUE if m.extension(s)]
    return "\n".join(["student,sheet,days", *rows]) + "\n"
