"""The folder of results: what may be written there, and what earlier runs left in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.judging.verdicts import SubmissionResult, from_json
from autograder.report.files import COLUMNS
from helpers.checking.catalogue import graded_exercises
from helpers.errors import CourseDirectoryError

FRESH, UPDATE, REPLACE = "", "update", "replace"
SUMMARIES = ("grades.csv", "totals.csv", "report.html")  # over the whole class
FOLDERS = ("students", "feedback")
LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})  # what systems leave behind
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # on Windows


@dataclass(frozen=True)
class Pages:
    """Where the result of one student goes, and whether it joins what is there."""

    results: Path
    feedback: Path
    update: bool = False


def prepare(out: Path, students: Sequence[str], again: str = FRESH) -> list[Pages]:
    """Make the folders; clear away what an earlier run wrote and this one replaces.

    Parameters
    ----------
    out : Path
        The folder of results.
    students : sequence of str
        Who is graded now.
    again : str
        What becomes of earlier results there: ``UPDATE`` keeps those that are not graded now,
        ``REPLACE`` keeps none, ``FRESH`` refuses.

    Raises
    ------
    CourseDirectoryError
        The folder cannot be written to, holds something else, or holds results and nothing
        says what becomes of them.
    """
    try:
        _refuse_foreign(out)
        earlier = dict(stored_pages(out))
        if again == FRESH and (earlier or any((out / name).exists() for name in SUMMARIES)):
            raise CourseDirectoryError(
                f"{out} holds results of an earlier run; say --update to keep those that are not "
                "graded now, --replace to begin anew, or name another folder with --out"
            )
        for folder in FOLDERS:
            (out / folder).mkdir(parents=True, exist_ok=True)
        for name in SUMMARIES:  # of an earlier run, never half of each
            (out / name).unlink(missing_ok=True)
            (out / name).touch()
            (out / name).unlink()
        if again != UPDATE:
            for page in earlier.values():
                page.results.unlink()
                page.feedback.unlink()
            earlier = {}
    except OSError as error:
        raise CourseDirectoryError(
            f"cannot write to {error.filename or out} ({error.strerror}); name another folder "
            "with --out"
        ) from None
    return _pages(out, students, earlier, again == UPDATE)


def stored_pages(out: Path) -> Iterator[tuple[str, Pages]]:
    """The students of earlier runs and their pages: pairs of files as only grading writes them."""
    for path in sorted((out / "students").glob("*.json")):
        page = Pages(path, out / "feedback" / f"{path.stem}.html")
        result = stored(page) if page.feedback.is_file() else None
        if result:
            yield result.student, page


def stored(page: Pages) -> SubmissionResult | None:
    """The result of an earlier run, or ``None`` where there is none that can be read."""
    try:
        return from_json(json.loads(page.results.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def joined(before: SubmissionResult | None, now: SubmissionResult) -> SubmissionResult:
    """A new result, and of an earlier one the exercises that were not graded now.

    The seed then says which exercises were graded with which.

    Examples
    --------
    >>> from autograder.judging.verdicts import ExerciseVerdict
    >>> old = [ExerciseVerdict(i, "", "", 0.0, 1.0, "fail", "no") for i in ("2.2.2", "2.4")]
    >>> new = ExerciseVerdict("2.2.2", "", "", 1.0, 1.0, "pass", "yes")
    >>> both = joined(SubmissionResult("ada", tuple(old), seed="a"),
    ...               SubmissionResult("ada", (new,), seed="b"))
    >>> [(v.exercise, v.status) for v in both.verdicts], both.seed
    ([('2.2.2', 'pass'), ('2.4', 'fail')], 'b for 2.2.2; a')
    """
    if before is None:
        return now
    graded = [verdict.exercise for verdict in now.verdicts]
    kept = [verdict for verdict in before.verdicts if verdict.exercise not in graded]
    answered = {answer.exercise for answer in now.written}
    if not kept and all(answer.exercise in answered for answer in before.written):
        return now
    order = [exercise.id for exercise in graded_exercises()]
    verdicts = sorted(
        [*now.verdicts, *kept],
        key=lambda v: order.index(v.exercise) if v.exercise in order else len(order),
    )
    written = [a for a in before.written if a.exercise not in {*answered, *graded}]
    here = f" for {', '.join(graded)}"
    seeds = [seed for seed in before.seed.split("; ") if not seed.endswith(here)]
    return replace(
        now,
        verdicts=tuple(verdicts),
        written=(*written, *now.written),
        seed="; ".join([f"{now.seed}{here}", *seeds]),
        sandboxed=now.sandboxed and before.sandboxed,
    )


def file_names(students: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Students' names as names of files: none is a path, no two are the same.

    Examples
    --------
    >>> file_names(["ada", "Ada", "../../etc/passwd", "a:b", "a;b", "con", "..."])
    ['ada', 'Ada (2)', '_.._etc_passwd', 'a_b', 'a_b (2)', '_con', 'student']
    """
    names: list[str] = []
    folded = {name.casefold() for name in taken}  # some file systems take Ada and ada for one
    for student in students:
        text = unicodedata.normalize("NFC", student)
        kept = "".join(c if c.isalnum() or c in "-_. @+()" else "_" for c in text).strip(". ")
        kept = kept.encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip(". ")
        kept = f"_{kept}" if RESERVED.fullmatch(kept) else kept or "student"
        count, name = 1, kept
        while name.casefold() in folded:
            count += 1
            name = f"{kept} ({count})"
        folded.add(name.casefold())
        names.append(name)
    return names


def _pages(
    out: Path, students: Sequence[str], earlier: Mapping[str, Pages], update: bool
) -> list[Pages]:
    """A student of an earlier run keeps the name of the files."""
    known = {student: page.results.stem for student, page in earlier.items()}
    new = [student for student in students if student not in known]
    stems = {**known, **dict(zip(new, file_names(new, known.values()), strict=True))}
    return [
        Pages(out / "students" / f"{stem}.json", out / "feedback" / f"{stem}.html", update)
        for stem in map(stems.__getitem__, students)
    ]


def _refuse_foreign(out: Path) -> None:
    """Somebody's folder, in which grading never wrote, is not one to begin with it."""
    if not out.is_dir():
        return
    there = sorted(path.name for path in out.iterdir())
    foreign = [name for name in there if not name.startswith(".") and name.lower() not in LITTER]
    if all((out / folder).is_dir() for folder in FOLDERS):
        foreign = []  # what a person put beside earlier results stays there
    if "grades.csv" in there and not _is_ours(out / "grades.csv"):
        foreign = ["grades.csv"]
    if foreign:
        raise CourseDirectoryError(
            f"{out} holds {foreign[0]}, which is no result of grading; name a new folder with --out"
        )


def _is_ours(grades: Path) -> bool:
    if not grades.is_file():
        return False
    with grades.open(encoding="utf-8", errors="replace") as file:
        return file.readline(200).strip() == ",".join(COLUMNS)
