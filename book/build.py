"""Make the book: run the notebooks, write the text, and let Sphinx make pages of it."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from warnings import catch_warnings, simplefilter

from nbformat import NotebookNode

from autograder.course.course import Course
from autograder.course.release import student_notebook
from autograder.report.rendering import stylesheet
from book.chapters import Place, write_chapter
from book.checked import checked_page
from book.equations import Checked, checked_equations
from book.execution import Outputs, execute_all
from book.extension.formulas import TAG
from book.front import read_front, read_text
from book.pictures import write_changed
from book.reference import pages as reference_pages
from helpers.errors import CourseError

HERE = Path(__file__).resolve().parent
# A figure to play with, after the exercise that it belongs to; see book/play.
PLAY = {"1.6": "depth", "3.1": "draw", "3.2": "rates", "5.3.1": "code"}
HOWTO = {
    "students": True,
    "instructors": False,
    "own_course": False,
    "change_a_course": False,
    "cluster_and_gradescope": False,
    "where_is_what": False,
}
"""The how-to pages, and whether the edition for students has them."""


@dataclass(frozen=True)
class Edition:
    """One edition of the book.

    Attributes
    ----------
    solutions : bool
        With answers and rubrics, and with what instructors need; else the students' edition.
    work : Path
        A folder to work in, kept so that the next build is quick.
    """

    solutions: bool
    work: Path

    @property
    def name(self) -> str:
        """What its folders are called."""
        return "with-solutions" if self.solutions else "without-solutions"

    @property
    def subtitle(self) -> str:
        """What tells it from the other one."""
        return "With all solutions" if self.solutions else "The students' edition"

    @property
    def pages(self) -> list[str]:
        """The names of its pages in the order of the book, without the front page."""
        text = (self.source / "index.md").read_text(encoding="utf-8")
        listed = re.findall(r"^```\{toctree\}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        lines = [line for block in listed for line in block.splitlines()]
        return [line for line in lines if line and not line.startswith(":")]

    @property
    def source(self) -> Path:
        """Where the text that Sphinx reads is written."""
        return self.work / self.name / "source"


def build_site(
    course: Course,
    out: Path,
    solutions: bool = True,
    work: Path | None = None,
    say: Callable[[str], None] = print,
    only_kept: Sequence[str] = (),
) -> Edition:
    """Make the site.

    Parameters
    ----------
    course : Course
    out : Path
        The folder of the site. Not there, empty, or a site made before.
    solutions : bool
        Whether it has the answers.
    work : Path, optional
        Where outputs and intermediate files are kept; ``build/book`` in the checkout by default.
    say : callable
        Is told what goes on, a line at a time.
    only_kept : sequence of str
        Notebooks that are not to be run: shown without outputs where none are kept.

    Returns
    -------
    Edition

    Raises
    ------
    CourseError
        A notebook does not run, an equation does not hold, the text has a fault, or ``out``
        holds something else.
    """
    refuse_foreign(out)
    work = work or course.root / "build" / "book"
    edition = Edition(solutions, work)
    outputs = execute_all(course, list(course.notebook_paths()), work / "outputs", say=say,
                          only_kept=only_kept)  # fmt: skip
    say("Checking the equations")
    equations = {name: list(checked_equations(course, name)) for name in outputs}
    say("Writing the pages")
    marks = write_source(course, edition, outputs, equations)
    run_sphinx(edition, "html", out, {"book_equations": marks})
    return edition


def refuse_foreign(out: Path) -> None:
    """Refuse a folder that holds anything but a site made before.

    Raises
    ------
    CourseError
        It does.
    """
    if out.exists() and not out.is_dir():
        raise CourseError(f"{out} is no folder; name another one with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / ".buildinfo").is_file():
        raise CourseError(f"{out} holds something that is no book; name another folder with --out")


def write_source(
    course: Course,
    edition: Edition,
    outputs: Mapping[str, Outputs],
    equations: Mapping[str, Sequence[Checked]],
) -> dict[str, bool]:
    """Write the text of an edition; gives the numbers of its equations.

    Files that have not changed are left alone, so that Sphinx does not read them anew.
    """
    source = edition.source
    written: set[Path] = set()
    notebooks = {name: course.read_notebook(name) for name in outputs}
    titles = {name: notebook.cells[0].source.splitlines()[0].lstrip("# ")
              for name, notebook in notebooks.items()}  # fmt: skip
    for name, notebook in notebooks.items():
        end = HERE / "notes" / f"{name[:2]}.md"
        written.add(
            write_chapter(
                notebook, outputs[name], Place(source, name), edition.solutions, play,
                end.read_text(encoding="utf-8") if end.is_file() else "",
            )
        )  # fmt: skip
    shown = shown_equations(notebooks.values(), edition.solutions)
    texts = {"checked": checked_page(equations, titles, shown)}
    for page in ("notation", "bibliography", "about"):
        texts[page] = (HERE / "pages" / f"{page}.md").read_text(encoding="utf-8")
    reference = reference_pages(course, edition.solutions)
    texts |= {f"api/{name}": text for name, text in reference.items()}
    howtos = _howtos(edition.solutions)
    texts |= {f"howto/{name}": text for name, text in howtos.items()}
    texts["index"] = _index(source, list(notebooks), list(howtos), list(reference), len(shown))
    for name, text in texts.items():
        written.add(write_changed(source / f"{name}.md", text.encode()))
    for old in set(source.rglob("*.md")) - written:
        old.unlink()
    return dict.fromkeys(sorted(shown), True)


def play(exercise: str) -> str:
    """The figure to play with that follows an exercise, as MyST Markdown; mostly none."""
    from book.play.page import FIGURES, fragment

    name = PLAY.get(exercise, "")
    if name not in FIGURES:
        return ""
    return f"```{{raw}} html\n{fragment(name)}\n```"


def shown_equations(notebooks: Iterable[NotebookNode], solutions: bool) -> set[str]:
    """The numbers of the equations that an edition shows."""
    found: set[str] = set()
    for notebook in notebooks:
        for cell in (notebook if solutions else student_notebook(notebook)).cells:
            if cell.cell_type == "markdown":
                found.update(TAG.findall(cell.source))
    return found


def _howtos(solutions: bool) -> dict[str, str]:
    return {
        name: path.read_text(encoding="utf-8")
        for name, students in HOWTO.items()
        if (solutions or students) and (path := HERE / "howto" / f"{name}.md").is_file()
    }


def _index(
    source: Path, chapters: list[str], howtos: list[str], reference: list[str], equations: int
) -> str:
    front = read_front()
    # Kept beside the text, so that the picture is part of the page's own folder.
    write_changed(source / "front" / "_static" / "front" / "page.jpg", front.photograph)
    guide = "howto/students" if "students" in howtos else "01_theory"
    values = {
        "text": read_text(front),
        "letters": front.letters,
        "width": front.size[0],
        "height": front.size[1],
        "wrong": f": {front.wrong:.0%} of the characters are wrong, and struck out here",
        "equations": equations,
        "chapters": "\n".join(chapters),
        "howtos": "\n".join(f"howto/{name}" for name in howtos),
        "reference": "\n".join(f"api/{name}" for name in reference),
        "start": "open the first notebook, or read it here first; "
                 "both say the same, but only the notebook answers you.",
        "howto": f"{guide}.html",
        "howto_words": "How to work with the notebooks",
    }  # fmt: skip
    return Template((HERE / "pages" / "index.md").read_text(encoding="utf-8")).substitute(values)


def run_sphinx(edition: Edition, builder: str, out: Path, settings: Mapping[str, object]) -> None:
    """Let Sphinx make pages; a warning is a fault.

    Raises
    ------
    CourseError
        Sphinx finds fault with the text.
    """
    from sphinx.application import Sphinx
    from sphinx.util.console import strip_escape_sequences
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    shutil.rmtree(edition.source / "look", ignore_errors=True)
    write_changed(edition.work / edition.name / "look" / "course.css", look().encode())
    told = io.StringIO()
    doctrees = edition.work / edition.name / f"doctrees-{builder}"
    overrides = {
        **settings,
        "html_static_path": _static(edition),
    }
    with patch_docutils(str(HERE)), docutils_namespace(), catch_warnings():
        for kind in (DeprecationWarning, PendingDeprecationWarning):
            simplefilter("ignore", kind)  # what extensions owe to a later Sphinx
        app = Sphinx(
            str(edition.source), str(HERE), str(out),
            str(doctrees), builder,
            confoverrides=overrides, status=None, warning=told, freshenv=False,
        )  # fmt: skip
        app.build(force_all=True)  # reads what has changed, writes all: menus are on every page
    found = strip_escape_sequences(told.getvalue()).strip()
    if found or app.statuscode:
        print(found, file=sys.stderr)
        shutil.rmtree(doctrees, ignore_errors=True)  # so that the next build reads it all again
        first = found.splitlines()[0] if found else "Sphinx failed"
        raise CourseError(f"the book's text has a fault: {first}")


def _static(edition: Edition) -> list[str]:
    folders = [
        HERE / "static",
        HERE / "play" / "static",
        edition.work / edition.name / "look",
        edition.source / "front" / "_static",
    ]
    return [str(folder) for folder in folders if folder.is_dir()]


def look() -> str:
    """The colours of feedback pages and class report, for the book.

    Only the variables are taken: the rest of that style sheet is about other pages.
    """
    sheet = stylesheet()
    light = sheet[sheet.index(":root {") : sheet.index("@media screen")]
    dark_at = sheet.index(":root {", sheet.index("@media screen"))
    dark = sheet[sheet.index("{", dark_at) + 1 : sheet.index("}", dark_at)]
    light_values = light[light.index("{") + 1 : light.rindex("}")]
    return (
        f":root, body {{{light_values}}}\n"
        f'body[data-theme="dark"] {{{dark}}}\n'
        '@media (prefers-color-scheme: dark) { body:not([data-theme="light"]) {'
        f"{dark}}} }}\n"
    )
