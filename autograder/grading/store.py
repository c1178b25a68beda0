"""The folder of results: what grading keeps there, and what earlier runs left in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder.course.writing import LITTER, write_whole
from autograder.intake.names import file_names
from autograder.judging.verdicts import SubmissionResult, from_json, in_order, to_json
from helpers.errors import CourseDirectoryError

COLUMNS = ("student", "exercise", "points", "max_points", "status", "message")
"""Of ``grades.csv``."""
FRESH, UPDATE, REPLACE = "", "update", "replace"
SUMMARIES = ("grades.csv", "totals.csv", "report.html")  # over the whole class
FOLDERS = ("students", "feedback")
MAX_RESULT = 32 * 2**20  # characters of one file
KEPT = "older work was graded later on; what was graded of the newer work stays"
TOO_LARGE = "all that was handed in is too large to be kept; your texts and pictures were left out"


@dataclass(frozen=True)
class Place:
    """Where the result of one student goes, and whether it joins what is there.

    Attributes
    ----------
    results : Path
        The file of all that is known, as JSON.
    page : Path
        The page that the student gets.
    update : bool
        Whether exercises that are not graded now stay as they were.
    """

    results: Path
    page: Path
    update: bool = False


def prepare(out: Path, students: Sequence[str], again: str = FRESH) -> list[Place]:
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
        earlier = dict(stored_places(out))
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
            for place in earlier.values():
                place.results.unlink()
                place.page.unlink()
            earlier = {}
    except OSError as error:
        raise CourseDirectoryError(
            f"cannot write to {error.filename or out} ({error.strerror}); name another folder "
            "with --out"
        ) from None
    return _places(out, students, earlier, again == UPDATE)


def stored_places(out: Path) -> Iterator[tuple[str, Place]]:
    """The students of earlier runs and their pages: pairs of files as only grading writes them."""
    for path in sorted((out / "students").glob("*.json")):
        place = Place(path, out / "feedback" / f"{path.stem}.html")
        result = stored(place) if place.page.is_file() else None
        if result:
            yield result.student, place


def stored(place: Place) -> SubmissionResult | None:
    """The result of an earlier run, or ``None`` where there is none that can be read."""
    try:
        return from_json(json.loads(place.results.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(result: SubmissionResult, place: Place) -> SubmissionResult:
    """Write a result, joined to what is there where the place says so; give what was written."""
    before = stored(place) if place.update else None
    if before is not None and is_older(result, before):
        result = replace(before, remarks=(KEPT, *(r for r in before.remarks if r != KEPT)))
    else:
        result = joined(before, result)
    text = json.dumps(to_json(result), indent=1)
    if len(text) > MAX_RESULT:
        result = result.without_texts(TOO_LARGE)
        text = json.dumps(to_json(result), indent=1)
    write_whole(place.results, text + "\n")
    return result


def is_older(now: SubmissionResult, before: SubmissionResult) -> bool:
    """Whether what was graded now had been handed in before what is kept."""
    if not (now.handed_in and before.handed_in):
        return False
    return datetime.fromisoformat(now.handed_in) < datetime.fromisoformat(before.handed_in)


def with_kept(out: Path, graded: Mapping[Place, SubmissionResult]) -> dict[Place, SubmissionResult]:
    """All results that the folder holds now, as rows: those just graded, and earlier ones."""
    now = {place.results for place in graded}
    kept = (place for _, place in stored_places(out) if place.results not in now)
    return {**graded, **{place: stored(place).row() for place in kept}}


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
    verdicts = sorted([*now.verdicts, *kept], key=lambda v: in_order(v.exercise))
    written = [a for a in before.written if a.exercise not in {*answered, *graded}]
    here = f" for {', '.join(graded)}"
    seeds = [seed for seed in before.seed.split("; ") if not seed.endswith(here)]
    return replace(
        now,
        verdicts=tuple(verdicts),
        written=(*written, *now.written),
        seed="; ".join([f"{now.seed}{here}", *seeds]),
        sandboxed=now.sandboxed and before.sandboxed,
        handed_in=now.handed_in or before.handed_in,  # a run without times takes none away
        person=now.person or before.person,
    )


def _places(
    out: Path, students: Sequence[str], earlier: Mapping[str, Place], update: bool
) -> list[Place]:
    """A student of an earlier run keeps the name of the files."""
    known = {student: place.results.stem for student, place in earlier.items()}
    new = [student for student in students if student not in known]
    stems = {**known, **dict(zip(new, file_names(new, known.values()), strict=True))}
    return [
        Place(out / "students" / f"{stem}.json", out / "feedback" / f"{stem}.html", update)
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
        return file.readline(200).strip().removesuffix(",id") == ",".join(COLUMNS)
