"""Let Sphinx make a site of the text that has been written."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from warnings import catch_warnings, simplefilter

from autograder.report.rendering import stylesheet
from book.edition import Edition
from book.pictures import write_changed
from helpers.errors import CourseError

HERE = Path(__file__).resolve().parent
MARK = ".buildinfo"
"""A file of Sphinx's that tells a site from any other folder."""


def refuse_foreign(out: Path) -> None:
    """Refuse a folder that holds anything but a site made before.

    Raises
    ------
    CourseError
        It does.
    """
    if out.exists() and not out.is_dir():
        raise CourseError(f"{out} is no folder; name another one with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise CourseError(f"{out} holds something that is no book; name another folder with --out")


def run_sphinx(edition: Edition, out: Path, equations: Iterable[str] = ()) -> None:
    """Let Sphinx make the site; a warning is a fault.

    Parameters
    ----------
    edition : Edition
        Its text has been written.
    out : Path
        The folder of the site.
    equations : iterable of str
        The numbers of the equations that are verified.

    Raises
    ------
    CourseError
        Sphinx finds fault with the text.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.console import strip_escape_sequences
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    write_changed(edition.work / edition.name / "look" / "course.css", look().encode())
    doctrees = edition.work / edition.name / "doctrees"
    told, known = io.StringIO(), (out / MARK).is_file()
    overrides = {
        "book_equations": dict.fromkeys(sorted(equations), True),
        "html_static_path": _static(edition),
    }
    failed = ""
    with patch_docutils(str(HERE)), docutils_namespace(), catch_warnings():
        for kind in (DeprecationWarning, PendingDeprecationWarning):
            simplefilter("ignore", kind)  # what extensions owe to a later Sphinx
        try:
            app = Sphinx(
                str(edition.source), str(HERE), str(out), str(doctrees), "html",
                confoverrides=overrides, status=None, warning=told, freshenv=False,
            )  # fmt: skip
            app.build(force_all=True)  # reads what is new, writes all: menus are on every page
        except SphinxError as error:
            failed = str(error)
    found = strip_escape_sequences(told.getvalue()).strip()
    if found or failed:
        print(found, file=sys.stderr)
        shutil.rmtree(doctrees, ignore_errors=True)  # so that the next build reads it all again
        if not known:
            shutil.rmtree(out, ignore_errors=True)  # half a site would be taken for something else
        raise CourseError(f"the book's text has a fault: {failed or found.splitlines()[0]}")


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
