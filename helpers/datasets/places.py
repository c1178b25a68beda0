"""Where the data lie: beside the helpers, wherever the folder has been moved."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder that holds the data sets.

    It is the folder named by the environment variable ``COURSE_DATA`` if that is set, else the
    folder ``data`` beside the package ``helpers``.  It need not exist: the loaders say so.
    """
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    return Path(__file__).resolve().parents[2] / "data"
