"""Moodle: "Download all submissions", as folders or as one flat folder of files.

``Ada Byron_1234_assignsubmission_file_`` is a folder, or the beginning of a file's name:
``Ada Byron_1234_assignsubmission_file_02_network.ipynb``. ``onlinetext`` in place of ``file`` is
what was typed into Moodle. The number is the participant's in this assignment. Where a group hands
in, its name and number stand there; whoever is in no group has no number.

From Moodle's source, ``mod/assign/classes/downloader.php`` of moodle/moodle:
`get_student_prefix`, `load_submissionplugin_filelist`. It makes spaces of underscores in people's
names, so that the first ``_1234_assignsubmission_`` is Moodle's own. A download holds each newest
attempt alone, and tells no times.
"""

from __future__ import annotations

from pathlib import Path

from autograder.intake.handed import Owner, Part
from autograder.intake.names import moodle_owner, moodle_parts
from autograder.intake.platforms.listing import entries, most

NAME, TITLE = "moodle", "Moodle"


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a download from Moodle holds; None where it is none."""
    there = entries(folder)
    found = [path for path in there if moodle_parts(path.name)[0]]
    if not (found if sure else most(found, there)):
        return None
    return [_part(path) for path in found]


def _part(path: Path) -> Part:
    who, kind, name = moodle_parts(path.name)
    return Part(owner(who), path, name=name or path.name, counts=kind == "file")


def owner(who: str) -> Owner:
    """Whose ``Ada Byron_1234`` is.

    Examples
    --------
    >>> owner("Ada Byron_1234").ids
    {'moodle': '1234'}
    """
    name, number = moodle_owner(who)
    return Owner(name, {NAME: number} if number else {})
