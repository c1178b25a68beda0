"""``make demo``: the whole course in one go, for its three kinds of users.

Makes the students' folder, checks one student's notebook as that student would, makes up a
class, grades it in the sandbox, and says where to look.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from autograder.commands.progress import grade_and_show
from autograder.course.course import find_course
from autograder.course.release import release
from autograder.course.sheets import LatePolicy, Sheet
from autograder.grading.class_run import Settings
from autograder.intake.roster import read_roster
from autograder.intake.submissions import find_submissions
from autograder.intake.whose import join
from exercises.sample_class.submissions import half_done, mistaken, write_class, write_submission
from helpers.errors import CourseDirectoryError, CourseError

MARK = ".made-by-demo"
HOMEWORK = ("01_theory", "02_network")
ROSTER = Path(__file__).parent / "roster.csv"
SHEET = Sheet(
    "sheet-1", HOMEWORK, "Sheet 1", datetime(2030, 2, 1, 23, 59, tzinfo=UTC),
    late=LatePolicy(per_day=0.1, grace=15),
)  # fmt: skip
ONE_MISTAKE = mistaken(n02=("2_2_2_columns",))


def main() -> int:
    """Run the demonstration in the folder named on the command line (``demo`` by default)."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    console = Console()
    try:
        _fresh(folder)
        _student(folder / "student", console)
        _class(folder, console)
    except CourseError as error:
        console.print(f"demo: {error}", style="red", soft_wrap=True)
        return 2
    return 0


def _fresh(folder: Path) -> None:
    """Empty the folder if an earlier demonstration made it; touch no other."""
    if folder.exists():
        if not (folder / MARK).is_file():
            raise CourseDirectoryError(
                f"{folder} exists and no demonstration made it; name another folder"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()


def _student(folder: Path, console: Console) -> None:
    console.rule("A student")
    release(folder)
    console.print(f"The students' folder: {folder} (open the notebooks there in JupyterLab).")
    console.print("One student has filled in notebook 2, and asks about softmax:\n")
    notebook = "02_network.ipynb"
    (folder / notebook).write_bytes(ONE_MISTAKE()[notebook])
    subprocess.run([sys.executable, "-m", "helpers", "2.2.2"], cwd=folder, check=False)


def _class(folder: Path, console: Console) -> None:
    console.rule("An instructor")
    handed_in = folder / "submissions"
    write_class(handed_in, notebooks=HOMEWORK)
    _as_time_went_by(handed_in)
    people = read_roster([ROSTER])
    joined = join(find_submissions(handed_in), people)
    console.print(
        f"Of a class of {len(people)}, {len(joined.submissions)} have handed in sheet 1, which is "
        f"notebooks 1 and 2: {handed_in}"
    )
    for remark in joined.remarks:
        console.print(remark, soft_wrap=True)
    course = replace(find_course(), sheets=(SHEET,))
    asked = tuple(e.id for e in course.exercises if e.notebook in HOMEWORK)
    settings = Settings(folder / "graded", os.cpu_count() or 1, asked, course=course)
    grade_and_show(joined.submissions, settings, people, console=console)
    console.print("\nOpen report.html in a browser; each student's page is linked from there.")


def _as_time_went_by(handed_in: Path) -> None:
    """One hands in twice, another late; a file says when, as in nbgrader's folders."""
    first = {name: data for name, data in half_done().items() if Path(name).stem in HOMEWORK}
    write_submission(handed_in, "Chloé Diallo", first)
    for student, late_by in {"ben": 26, "Chloé Diallo": -30, "dmitri": -2, "chloe": -1}.items():
        time = SHEET.due + timedelta(hours=late_by)
        _folder_of(handed_in, student).joinpath("timestamp.txt").write_text(f"{time}\n", "utf-8")


def _folder_of(handed_in: Path, student: str) -> Path:
    """A student's folder; a zip file is unpacked."""
    packed = handed_in / f"{student}.zip"
    if packed.is_file():
        shutil.unpack_archive(packed, handed_in / student)
        packed.unlink()
    return handed_in / student


if __name__ == "__main__":
    sys.exit(main())
