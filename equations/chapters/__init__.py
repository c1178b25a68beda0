"""Values at which the equations of each notebook must hold: a module a notebook."""

from __future__ import annotations

from importlib import import_module

from equations.chapter import Chapter
from helpers.errors import CourseError


def chapter_of(notebook: str) -> Chapter:
    """The chapter of a notebook.

    Parameters
    ----------
    notebook : str
        Such as ``"02_network"``, whose module is ``network``.

    Raises
    ------
    CourseError
        There is no such module.

    Examples
    --------
    >>> chapter_of("03_training").notebook
    '03_training'
    """
    name = f"{__name__}.{notebook.partition('_')[2]}"
    try:
        return import_module(name).CHAPTER
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CourseError(
            f"{notebook} has numbered equations, but no module {name} with values at which they "
            "hold; add one beside those of the other notebooks"
        ) from error
