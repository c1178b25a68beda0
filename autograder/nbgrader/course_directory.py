"""An ordinary nbgrader course directory, in which the stock commands work."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.course.course import Course, find_course
from autograder.course.directories import new_directory
from autograder.course.release import release

ASSIGNMENT = "neural-networks"

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
configure(c)  # our reading of submissions, and the judge in place of a kernel

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "neural-networks-by-hand"

# Nothing runs in autograded/: there is no need for a copy of the data in every student's folder.
source = Path(c.CourseDirectory.root, "source", "neural-networks")
c.Autograde.exclude_overwriting = {
    source.name: [str(path.relative_to(source)) for path in source.glob("data/**/*")]
}

# The gradebook is a SQLite file in this folder. Any database that SQLAlchemy knows will do:
# c.CourseDirectory.db_url = "postgresql://user:password@host/gradebook"

# Late work counts in full; "zero" gives it none. The due date is set by
#   nbgrader db assignment add neural-networks --duedate "2030-01-31 18:00 UTC"
# and a submission's time is read from a file timestamp.txt in it.
c.LateSubmissionPlugin.penalty_method = "none"

# Where the kernel allows no sandbox, grading refuses. This runs students' code without one:
# c.SubmissionExporter.sandbox = False
'''

README = f"""\
# The course in nbgrader

Run everything in this folder, in the environment in which you ran `course init`.

1. `nbgrader generate_assignment {ASSIGNMENT}` writes the students' version to
   `release/{ASSIGNMENT}/`: hand out that folder.
2. `course collect SUBMISSIONS` puts what comes back, a folder or an archive per student, into
   `submitted/<student>/{ASSIGNMENT}/`. So does `nbgrader zip_collect` for downloads of a
   learning platform, or your own hand; then a folder without any notebook has no row.
3. `nbgrader autograde {ASSIGNMENT}` grades what a machine can. Students' code runs in the
   sandbox, never in a kernel. Grade one again with `--student=NAME --force`.
4. `jupyter lab`, then *nbgrader*, *Formgrader*: grade the written answers by hand. The rubric
   is below each answer.
5. `nbgrader generate_feedback {ASSIGNMENT}` writes a page a notebook to `feedback/`.
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
        The checkout; by default the one that this package is part of.

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
        source = folder / "source" / ASSIGNMENT
        release(source, course)  # all that goes to students beside the notebooks
        for name, path in course.notebook_paths().items():
            shutil.copyfile(path, source / f"{name}.ipynb")
        (folder / "submitted").mkdir()
        (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8", newline="\n")
        (folder / "README.md").write_text(README, encoding="utf-8", newline="\n")
    return Path(directory)
