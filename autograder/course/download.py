"""A cell in released notebooks that brings the course's folder to where it is missing.

A student who opens one notebook in Colab has nothing else: no ``helpers``, no checks, no data.
Where ``course.toml`` has the address of a ZIP file of the students' folder (``download``, under
``[students]``), each notebook fetches it from there. Without an address, no cell is added.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

from autograder.course.course import Course, read_course
from autograder.course.kit import copy_kit
from helpers.errors import CourseError

CELL_ID = "bring-the-course"
BROUGHT = ("course.toml", "exercises", "data", "helpers")
"""What of the folder is fetched. Notebooks are not: they hold the student's work."""
ADDRESS = re.compile(r"https?://[^\s\"'\\]+")

CELL = """\
#@title Run this first: it brings the course's folder where there is none, as in Colab
try:
    from helpers import check
except ImportError:
    def bring_the_course(address, digest):
        \"\"\"Fetch the course's folder, see that it is whole, and overwrite nothing.\"\"\"
        import hashlib, importlib, io, sys, urllib.request, zipfile
        from pathlib import Path, PurePosixPath

        try:
            data = urllib.request.urlopen(address, timeout=60).read()
        except (OSError, ValueError) as error:
            raise SystemExit(f"{address} cannot be reached ({error}). Try again later. Or "
                             "fetch the file in your browser, unpack it, and put helpers, data, "
                             "exercises and course.toml beside this notebook.") from None
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            names = [n for n in archive.namelist() if n[-1] != "/" and "/." not in n]
            top = min((n for n in names if PurePosixPath(n).name == "course.toml"), key=len)[:-11]
            inside = sorted(n.removeprefix(top) for n in names if n.startswith(top))
            files = {n: archive.read(top + n) for n in inside if n.split("/")[0] in $brought}
        except (zipfile.BadZipFile, ValueError) as error:
            raise SystemExit(f"What {address} gives is no ZIP file of the course, or it is damaged "
                             f"({error}). Nothing was written. Run this cell again.") from None
        found = hashlib.sha256()
        for name, content in files.items():
            found.update(name.encode() + b"\\0" + hashlib.sha256(content).digest())
        if found.hexdigest() != digest:
            raise SystemExit(f"What {address} gives is not the folder that this notebook was "
                             "released with. Nothing was written. Tell your instructor.")
        for name in sorted(files, key="helpers/__init__.py".__eq__):  # that one last
            path = Path(name)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_name(path.name + ".part")
                part.write_bytes(files[name])
                part.rename(path)
        for name in [name for name in sys.modules if name.split(".")[0] == "helpers"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        print(f"The course's folder is here: {Path.cwd()}")

    bring_the_course("$address", "$digest")"""


def bring_the_course(notebook: NotebookNode, course: Course) -> None:
    """Put the cell above the first code cell of a released notebook, where there is an address."""
    if not course.students.download:
        return
    cell = nbformat.v4.new_code_cell(cell_source(course.root), id=CELL_ID)
    cell.metadata["cellView"] = "form"  # Colab shows the title alone
    first = next((i for i, c in enumerate(notebook.cells) if c.cell_type == "code"), 0)
    notebook.cells.insert(first, cell)
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)  # cells with ids


@cache
def cell_source(root: Path) -> str:
    """The cell of a course.

    Raises
    ------
    CourseError
        The address is none.
    """
    course = read_course(root)
    address = course.students.download
    if not ADDRESS.fullmatch(address):
        raise CourseError(
            f"course.toml says download = {address!r}; write the address of a ZIP file, such as "
            "'https://example.org/course.zip'"
        )
    return Template(CELL).substitute(
        address=address, brought=repr(BROUGHT), digest=kit_digest(course)
    )


def kit_digest(course: Course) -> str:
    """A number for all that is fetched: names and contents, whatever packs them."""
    found = hashlib.sha256()
    with TemporaryDirectory() as place:
        folder = Path(place)
        copy_kit(course, folder)
        files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
        for name in sorted(files):
            found.update(name.encode() + b"\0" + hashlib.sha256(files[name].read_bytes()).digest())
    return found.hexdigest()
