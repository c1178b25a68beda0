"""An ordinary nbgrader course directory, in which the stock commands work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Template

from autograder.course.course import Course, find_course
from autograder.course.release import release
from autograder.course.writing import new_directory, write_whole
from helpers.checking.catalogue import BESIDE

CONFIG = '''\
"""nbgrader's settings for this course; https://nbgrader.readthedocs.io explains them all."""

from pathlib import Path

try:
    from autograder.nbgrader.plugin import configure
except ImportError as error:
    raise SystemExit(
        f"{Path(__file__).name}: the course's grader is not installed in this environment "
        f"({error}); activate the environment in which you ran `course init`"
    ) from None

c = get_config()
configure(c$which)  # our reading of submissions, and the judge in place of a kernel

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "$course_id"

# Nothing runs in autograded/: there is no need for a copy of the data in every student's folder.
source = Path(c.CourseDirectory.root, "source", "$assignment")
c.Autograde.exclude_overwriting = {
    source.name: [str(path.relative_to(source)) for path in source.glob("data/**/*")]
}

# The gradebook is a SQLite file in this folder. Any database that SQLAlchemy knows will do:
# c.CourseDirectory.db_url = "postgresql://user:password@host/gradebook"

# Late work counts in full; "zero" gives it none. The due date is set by
#   nbgrader db assignment add $assignment --duedate "2030-01-31 18:00 UTC"
# and a submission's time is read from a file timestamp.txt in it.
c.LateSubmissionPlugin.penalty_method = "none"

# Where the kernel allows no sandbox, grading refuses. This runs students' code without one:
# c.SubmissionExporter.sandbox = False
'''

README = """\
# $title in nbgrader

Run everything in this folder, in the environment in which you ran `course init`.

1. `nbgrader generate_assignment $assignment` writes the students' version to
   `release/$assignment/`: hand out that folder.
2. `course collect SUBMISSIONS` puts what comes back, a folder or an archive per student, into
   `submitted/<student>/$assignment/`. So does `nbgrader zip_collect` for downloads of a
   learning platform, or your own hand; then a folder without any notebook has no row.
3. `nbgrader autograde $assignment` grades what a machine can. Students' code runs in the
   sandbox, never in a kernel. Grade one again with `--student=NAME --force`.
4. `jupyter lab`, then *nbgrader*, *Formgrader*: grade the written answers by hand. The rubric
   is below each answer.
5. `nbgrader generate_feedback $assignment` writes a page a notebook to `feedback/`.
6. `nbgrader export` writes all grades to `grades.csv`.

`nbgrader_config.py` holds the settings: database, late work, sandbox.
"""


def init_course(directory: Path, course: Course | None = None) -> Path:
    """Make an nbgrader course directory.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Returns
    -------
    Path
        The directory.

    Raises
    ------
    CourseDirectoryError
        The directory holds something already, or it cannot be made.
    CourseError
        The checkout is not complete.
    """
    course = course or find_course()
    with new_directory(directory) as folder:
        source = folder / "source" / course.name
        release(source, course)  # all that goes to students beside the notebooks
        for name, path in course.notebook_paths().items():
            shutil.copyfile(path, source / f"{name}.ipynb")
        (folder / "submitted").mkdir()
        for name, text in (("nbgrader_config.py", CONFIG), ("README.md", README)):
            write_whole(folder / name, _filled_in(text, course))
    return Path(directory)


def _filled_in(text: str, course: Course) -> str:
    which = "" if course.root == BESIDE else f", course={str(course.root)!r}"
    course_id = re.sub(r"\W+", "-", course.title.lower()).strip("-")
    return Template(text).substitute(
        assignment=course.name, title=course.title, course_id=course_id, which=which
    )
