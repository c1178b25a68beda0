"""Google Classroom: a folder in Drive, downloaded: files side by side, named by students.

Where Classroom made a copy for each student, it put the name first: ``Ada Byron - 02_network
.ipynb``. A file that a student uploads keeps its own name, and nothing in a download tells whose it
is; nor are times or attempts told. Google documents neither; this is what teachers' how-tos show.

So names are believed where at least two different ones stand before the same title. All other files
are rows of their own, with a note: nobody's work is put together with anybody's on a guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, is_folder, most

NAME, TITLE = "google", "Google Classroom"
FILE = re.compile(
    r"(?P<who>[^\d\W].*?) - (?P<title>.+?)(?: \(\d+\))?(?P<ending>\.[^.]+)", re.DOTALL
)


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a folder of Classroom's copies holds; None where it is none."""
    there = entries(folder)
    found = [(path, match) for path in there if (match := FILE.fullmatch(path.name))]
    found = [(path, match) for path, match in found if not is_folder(path)]
    if not sure:
        people = defaultdict(set)
        for _, match in found:
            people[match["title"]].add(match["who"])
        found = [(path, match) for path, match in found if len(people[match["title"]]) > 1]
    if not (found if sure else most(found, there)):
        return None
    return [
        Part(Owner(printable(match["who"])), path, name=path.name[match.end("who") + 3 :])
        for path, match in found
    ]
