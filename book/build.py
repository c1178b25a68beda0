"""Make the book: run the notebooks, check the equations, write the text, make the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

import click
from nbformat import NotebookNode

from autograder.course.course import Course, notebook_title
from autograder.course.release import student_notebook
from book.chapters import Place, write_chapter
from book.checked import checked_page
from book.edition import Edition
from book.execution import Outputs, execute_all
from book.front import read_front, read_text
from book.pictures import write_changed
from book.reference import pages as reference_pages
from book.site import refuse_foreign, run_sphinx
from equations.checked import Checked, checked_equations
from equations.printed import TAG

HERE = Path(__file__).resolve().parent
# A figure to play with, after the exercise that it belongs to; see book/play.
PLAY = {"1.6": "depth", "3.1": "draw", "3.2": "rates", "5.3.1": "code"}
HOWTO = {
    "students": True,
    "instructors": False,
    "term": False,
    "own_course": False,
    "change_a_course": False,
    "cluster_and_gradescope": False,
    "colab_and_hubs": False,
    "where_is_what": False,
}
"""The how-to pages, and whether the edition for students has them."""


def build_site(
    course: Course,
    commands: click.Group,
    out: Path,
    solutions: bool = True,
    work: Path | None = None,
    say: Callable[[str], None] = print,
) -> Edition:
    """Make the site.

    Parameters
    ----------
    course : Course
    commands : click.Group
        The command ``course``, whose help is a page of the book.
    out : Path
        The folder of the site. Not there, empty, or a site made before.
    solutions : bool
        Whether it has the answers.
    work : Path, optional
        Where outputs and intermediate files are kept; ``build/book`` in the checkout by default.
    say : callable
        Is told what goes on, a line at a time.

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
    outputs = execute_all(course, list(course.notebook_paths()), work / "outputs", say=say)
    say("Checking the equations")
    equations = {name: list(checked_equations(course, name)) for name in outputs}
    say("Writing the pages")
    shown = write_source(course, commands, edition, outputs, equations)
    run_sphinx(edition, out, shown)
    return edition


def write_source(
    course: Course,
    commands: click.Group,
    edition: Edition,
    outputs: Mapping[str, Outputs],
    equations: Mapping[str, Sequence[Checked]],
) -> set[str]:
    """Write the text of an edition; gives the numbers of its equations.

    Files that have not changed are left alone, so that Sphinx does not read them anew.
    """
    source = edition.source
    written: set[Path] = set()
    notebooks = {name: course.read_notebook(name) for name in outputs}
    titles = {name: notebook_title(notebook) for name, notebook in notebooks.items()}
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
    reference = reference_pages(course, commands, edition.solutions)
    texts |= {f"api/{name}": text for name, text in reference.items()}
    howtos = _howtos(edition.solutions)
    texts |= {f"howto/{name}": text for name, text in howtos.items()}
    texts["index"] = _index(source, list(notebooks), list(howtos), list(reference), len(shown))
    for name, text in texts.items():
        written.add(write_changed(source / f"{name}.md", text.encode()))
    for old in set(source.rglob("*.md")) - written:
        old.unlink()
    return shown


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
