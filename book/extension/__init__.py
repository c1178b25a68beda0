"""What the book adds to Sphinx: boxes, formulas set in advance, links, an index of terms."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from book.extension import boxes, figures, formulas, links, terms


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("book_equations", {}, "")
    app.add_config_value("book_titles", {}, "")
    for part in (boxes, formulas, figures, links, terms):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
