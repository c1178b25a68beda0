"""What the book adds to Sphinx: boxes, formulas, links, an index of terms."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from book.extension import boxes, figures, formulas, links, terms


def plain_list(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """A list must have items: the entries of the bibliography have a role of their own."""
    if "body" in context:
        context["body"] = context["body"].replace(
            ' role="list" class="citation', ' class="citation'
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("book_equations", {}, "")
    for part in (boxes, formulas, figures, links, terms):
        part.setup(app)
    app.connect("html-page-context", plain_list)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
