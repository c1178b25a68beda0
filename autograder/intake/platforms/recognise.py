"""Which platform a folder is from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from autograder.intake.handed import Part
from autograder.intake.platforms import (
    blackboard,
    brightspace,
    canvas,
    github,
    google,
    gradescope,
    moodle,
    nbgrader,
    sakai,
)
from helpers.errors import SubmissionError

PLATFORMS: dict[str, ModuleType] = {
    module.NAME: module
    for module in (
        gradescope, moodle, blackboard, canvas, brightspace, sakai, nbgrader, github, google,
    )
}  # fmt: skip
FOLDERS = "folders"
"""In place of a platform: each entry is one student's, and nothing is guessed."""
CHOICES = (*PLATFORMS, FOLDERS)


@dataclass(frozen=True)
class Download:
    """What a platform's download holds."""

    name: str
    title: str
    parts: tuple[Part, ...]


def recognised(folder: Path, platform: str | None = None) -> Download | None:
    """The download that a folder is.

    Parameters
    ----------
    folder : Path
        Where the files lie side by side.
    platform : str, optional
        Which it is from; by default the first that knows the names.

    Raises
    ------
    SubmissionError
        There is no such platform, or the folder cannot be read.
    """
    if platform and platform not in PLATFORMS:
        known = ", ".join(CHOICES)
        raise SubmissionError(f"{platform} is no platform that is known here; say one of {known}")
    for name, module in PLATFORMS.items():
        if platform in (None, name) and (parts := module.parts(folder, sure=bool(platform))):
            return Download(name, module.TITLE, tuple(parts))
    return None
