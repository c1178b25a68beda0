"""Where the data lie: beside the helpers, wherever the folder has been moved, or in a cache."""

from __future__ import annotations

import os
from pathlib import Path

CACHE = "neural-networks-by-hand"
"""What the folder of fetched data is called among the user's other caches."""


def data_folder() -> Path:
    """Return the folder that holds the data sets.

    It is the folder named by the environment variable ``COURSE_DATA`` if that is set, else the
    folder ``data`` beside the package ``helpers``.  It need not exist: the loaders say so.
    """
    chosen = os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    return Path(__file__).resolve().parents[2] / "data"


def cache_folder() -> Path:
    """Return the folder for what was fetched, one for all copies of the course of a user.

    It is the folder named by the environment variable ``COURSE_CACHE`` if that is set, else the
    system's place for such things (``~/.cache/neural-networks-by-hand`` on Linux).  Without
    pooch nothing can be fetched; then it is the data folder.  It need not exist.
    """
    chosen = os.environ.get("COURSE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    try:
        from pooch import os_cache
    except ImportError:
        return data_folder()
    return Path(os_cache(CACHE))
