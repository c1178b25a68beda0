"""The one look of everything that the course shows: colours, marks, and the shell of a page.

``templates/course.css`` holds all of the style; the templates hold all of the HTML. Every
value that a template prints passes through :func:`autograder.report.text.clean` and is then
escaped, so that no template can forget either.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from autograder.report.text import clean, one_line, show_name
from helpers.checking.statuses import STATUSES, Status

TEMPLATES = Path(__file__).with_name("templates")


MARKS = {name: status for name, status in STATUSES.items() if name != "waits"}
"""The statuses that a verdict on an exercise can have."""


def mark_of(status: str) -> Status:
    """The mark of a status; one that is unknown needs a person."""
    return MARKS.get(status, MARKS["error"])


def number(value: float) -> str:
    """Points as people write them.

    Examples
    --------
    >>> number(3.0), number(2.5), number(1 / 3)
    ('3', '2.5', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def share(part: float, whole: float) -> str:
    """A share in per cent, or a dash where there is nothing to share.

    Examples
    --------
    >>> share(1, 3), share(0, 0)
    ('33 %', '–')
    """
    return f"{100 * part / whole:.0f} %" if whole else "–"


def anchor(exercise_id: str) -> str:
    """Where an exercise stands in a feedback page.

    Examples
    --------
    >>> anchor("2.2.2")
    'e2-2-2'
    """
    return "e" + re.sub(r"[^a-z0-9]+", "-", exercise_id.lower())[:40]


def message(text: str) -> Markup:
    """A message in one line, with what stands between backticks set as code.

    Examples
    --------
    >>> print(message("`f(x) < 1` fails & <b>"))
    <code>f(x) &lt; 1</code> fails &amp; &lt;b&gt;
    """
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(one_line(text, 600)))))


def render(template: str, /, **values: Any) -> str:
    """Fill in a template of this package."""
    return _environment().get_template(template).render(**values)


def stylesheet() -> str:
    """The course's style sheet, for pages built elsewhere."""
    fills = " ".join(f"--{name}: {status.fill};" for name, status in MARKS.items())
    style = (TEMPLATES / "course.css").read_text(encoding="utf-8").strip()
    return f":root {{ {fills} }}\n{style}\n"


def content_policy() -> str:
    """What a browser may do with a page: show it. No script, no address but ``data:`` pictures.

    The style sheet is named by its hash, so that a page takes no style but ours.
    """
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        style=Markup(stylesheet()), policy=content_policy(), marks=MARKS, mark_of=mark_of
    )
    environment.filters.update(
        number=number, anchor=anchor, person=show_name, one_line=one_line, message=message
    )
    return environment


def _finalize(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
