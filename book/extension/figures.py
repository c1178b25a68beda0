"""Pictures: each must say what it shows, and is loaded when it comes into view."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class DescribedPictures(SphinxPostTransform):
    """Every picture must say what it shows."""

    default_priority = 900

    def run(self, **options: Any) -> None:
        """Complain about pictures without words."""
        from sphinx.util import logging

        for node in self.document.findall(nodes.image):
            if not node.get("alt"):
                logging.getLogger(__name__).warning(
                    "the picture %s has no alternative text", node["uri"], location=node
                )
            node["loading"] = "lazy"


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(DescribedPictures)
