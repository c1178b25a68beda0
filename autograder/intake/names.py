"""What the names of files say: whose they are, and what they may be called here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from autograder.intake.archives import ARCHIVES, is_archive, printable

MOODLE = re.compile(  # the first is Moodle's own: a student names the file
    r"(?P<who>.+?)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<rest>.*)|(?P<typed>\..+))?", re.DOTALL
)
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")  # some browsers add an ending of their own
RESERVED = re.compile(  # on Windows
    r"(con|prn|aux|nul|(com|lpt)[\d\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE
)
MAX_BYTES = 120  # of a name
CYRILLIC = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
)
GREEK = "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
LOOKS_LIKE = str.maketrans(
    f"{CYRILLIC}{GREEK}\u0131i10", "abekmhopctyxijs" + "abezhikmnoptyx" + "lllo"
)
"""Small letters that look, themselves or as capitals, like others. Unicode lists thousands; these
are on keyboards, and a name that mixes scripts counts as like any other."""


def not_taken(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name itself, or the first of ``name (2)``, ``name (3)``, ... that is free.

    Examples
    --------
    >>> not_taken("ada", ["ada", "ada (2)"].__contains__)
    'ada (3)'
    """
    numbered = (f"{name} ({number})" for number in count(2))
    return name if not is_taken(name) else next(n for n in numbered if not is_taken(n))


def is_submission_file(path: Path) -> bool:
    """Whether a file's name says that it can be a submission: an archive or a notebook."""
    return is_archive(path.name) or path.name.lower().endswith(NOTEBOOKS)


def moodle_parts(name: str) -> tuple[str, str, str]:
    """What Moodle's name for a part of a submission says: whose, what kind, which file.

    Examples
    --------
    >>> moodle_parts("Ada Byron_123_assignsubmission_file_02_network.ipynb")
    ('Ada Byron_123', 'file', '02_network.ipynb')
    >>> moodle_parts("ada.zip")
    ('', '', '')
    """
    match = MOODLE.fullmatch(name)
    return (match["who"], match["kind"], match["rest"] or "") if match else ("", "", "")


def moodle_owner(who: str) -> tuple[str, str]:
    """The name and the number in what Moodle puts before ``_assignsubmission_``.

    Whoever is in no group has no number where groups hand in.

    Examples
    --------
    >>> moodle_owner("Ada Byron_123"), moodle_owner("Default group")
    (('Ada Byron', '123'), ('Default group', ''))
    """
    name, _, number = who.rpartition("_")
    return (printable(name), number) if name and number.isdecimal() else (printable(who), "")


def student_name(path: Path) -> str:
    """The student's name: that of the folder or file, without the ending of an archive.

    Examples
    --------
    >>> student_name(Path("ada.tar.gz")), student_name(Path("Ada B_123_assignsubmission_file_"))
    ('ada', 'Ada B')
    """
    name = path.name
    who, _, _ = moodle_parts(name)
    if who:
        return moodle_owner(who)[0]
    for ending in sorted((*ARCHIVES, *NOTEBOOKS), key=len, reverse=True):
        if not path.is_dir() and name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return printable(name) or "student"


def file_names(students: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Students' names as names of files: none is a path, and none can be taken for another's.

    A name that needs no change and is like no other is the student's own. All others end in a tilde
    and a number that is made of the student's name alone, in whatever order they come. Nobody can
    be called what somebody else is given: no student's own has a tilde.

    Parameters
    ----------
    students : iterable of str
        No two are equal.
    taken : iterable of str
        Names of files that others have already.

    Examples
    --------
    >>> file_names(["ada", "Bert Blau", "a:b", "a_b"])
    ['ada', 'Bert Blau', 'a_b ~6783a31e', 'a_b ~648fa9b3']
    >>> file_names(["ada"], taken=["Ada"])
    ['ada ~fdee430d']
    """
    students = list(students)
    like = Counter(look(name) for name in (*students, *taken))
    alone = {s for s in students if like[look(s)] == 1 and _is_plain(_composed(s))}
    short = Counter(_with_number(student, 8) for student in students)
    return [
        _composed(s) if s in alone else _with_number(s, 8 if short[_with_number(s, 8)] == 1 else 64)
        for s in students
    ]


def numbered(names: Iterable[str]) -> list[str]:
    """Names of files of one and the same student, in which like ones are numbered.

    Examples
    --------
    >>> numbered(["a", "A", "a/b"])
    ['a', 'A (2)', 'a_b']
    """
    found: list[str] = []
    folded: set[str] = set()  # some file systems take Ada and ada for one
    for name in map(harmless, names):
        free = not_taken(name, lambda name: name.casefold() in folded)
        folded.add(free.casefold())
        found.append(free)
    return found


def harmless(text: str) -> str:
    """A text as a name that any file system takes, and that is no path.

    Examples
    --------
    >>> [harmless(text) for text in ("ada", "../../etc/passwd", "a:b", "con", "...")]
    ['ada', '_.._etc_passwd', 'a_b', '_con', 'student']
    """
    kept = "".join(c if c.isalnum() or c in "-_. @+()" else "_" for c in _composed(text))
    kept = kept.strip(". ").encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
    kept = kept.strip(". ")
    return f"_{kept}" if RESERVED.fullmatch(kept) else kept or "student"


def look(name: str) -> str:
    """What a name looks like: the same for names that a person or a file system may mix up.

    Accents, case, width and what stands between words make no difference; letters of other
    scripts count as the Latin ones that they look like.

    Examples
    --------
    >>> look("Ada B.") == look("ada_b") == look("\u0410d\u0430 \uff22")
    True
    >>> look("ada") == look("eda")
    False
    """
    parts = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in parts if unicodedata.category(c)[0] != "M")
    alike = plain.casefold().translate(LOOKS_LIKE).translate(LOOKS_LIKE)
    alike = alike.replace("rn", "m").replace("vv", "w")
    return re.sub(r"[\W_]+", "_", alike).strip("_")


def _is_plain(student: str) -> bool:
    """Whether a name needs no change, and its letters are of one script."""
    letters = (c for c in student if c.isalpha())
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in letters}
    return harmless(student) == student and len(scripts) <= 1


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _with_number(student: str, digits: int) -> str:
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{harmless(student)} ~{digest[:digits]}"
