"""What a single name from a platform says: whose it is, and what its owner called the file."""

from __future__ import annotations

from autograder.intake.names import moodle_parts
from autograder.intake.platforms import blackboard, brightspace, canvas, sakai


def handed_name(name: str) -> str:
    """What a file was called before a platform renamed it; empty where none did.

    Examples
    --------
    >>> handed_name("byronada_LATE_1234_567890_02_network-1.ipynb")
    '02_network-1.ipynb'
    >>> handed_name("02_network.ipynb")
    ''
    """
    if moodle := moodle_parts(name)[2]:
        return moodle
    for pattern in (blackboard.FILE, canvas.FILE, brightspace.ENTRY, sakai.FLAT):
        match = pattern.fullmatch(name)
        if match and match["name"] and (pattern is not canvas.FILE or canvas.is_telling(match)):
            return match["name"]
    return ""


def owner_in(name: str) -> str:
    """Who is named in a name that only a platform gives; empty where nobody is.

    Examples
    --------
    >>> owner_in("Ada Byron_1234_assignsubmission_file_"), owner_in("exercise_2_1_softmax.ipynb")
    ('Ada Byron_1234', '')
    """
    if moodle := moodle_parts(name)[0]:
        return moodle
    if (match := canvas.FILE.fullmatch(name)) and canvas.is_telling(match):
        return canvas.owner(match).ids[canvas.NAME]
    if match := blackboard.FILE.fullmatch(name):
        return match["who"]
    if match := brightspace.ENTRY.fullmatch(name):
        return f"{match['user']} {match['who']}"
    if match := sakai.FLAT.fullmatch(name):
        return match["person"]
    return ""
