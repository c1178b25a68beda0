"""``make demo``: the whole course in one go, for its three kinds of users.

Makes the students' folder, checks one student's notebook as that student would, makes up a
class, grades it in the sandbox, and says where to look.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from autograder.commands.progress import grade_and_show
from autograder.course.release import release
from autograder.grading.class_run import Settings
from autograder.intake.submissions import find_submissions
from exercises.sample_class.submissions import mistaken, write_class
from helpers.checking.catalogue import catalogue
from helpers.errors import CourseDirectoryError, CourseError

MARK = ".made-by-demo"
HOMEWORK = ("01_theory", "02_network")
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
    write_class(folder / "submissions", notebooks=HOMEWORK)
    submissions = find_submissions(folder / "submissions")
    console.print(
        f"A class of {len(submissions)} has handed in notebooks 1 and 2: {folder / 'submissions'}\n"
    )
    asked = tuple(e.id for e in catalogue().checked if e.notebook in HOMEWORK)
    settings = Settings(folder / "graded", workers=os.cpu_count() or 1, only=asked)
    grade_and_show(submissions, settings, console=console)
    console.print("\nOpen report.html in a browser; each student's page is linked from there.")


if __name__ == "__main__":
    sys.exit(main())
