"""What a course adds to the engine: code in its folder ``exercises``, and in ``helpers``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

import helpers
from autograder.course.course import Course
from helpers.errors import CourseError

PACKAGE = "exercises"


def use_course(course: Course) -> None:
    """Let ``exercises``, and further modules of ``helpers``, be those of this course.

    A process serves one course at a time; another one's modules are forgotten.
    """
    folder = str(course.root / PACKAGE)
    loaded = sys.modules.get(PACKAGE)
    if loaded is None or folder not in list(loaded.__path__):
        for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
        spec = PathFinder.find_spec(PACKAGE, [str(course.root)])
        if spec is not None:
            module = sys.modules[PACKAGE] = module_from_spec(spec)
            if spec.loader is not None:
                spec.loader.exec_module(module)
    own = str(course.root / "helpers")
    if own not in helpers.__path__:
        helpers.__path__[1:] = [own]


def load(course: Course, name: str) -> Callable[..., Any]:
    """The function that ``course.toml`` names as ``module:function``.

    Raises
    ------
    CourseError
        There is no such module or function.
    """
    use_course(course)
    module, _, function = name.partition(":")
    try:
        return getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise CourseError(
            f"{course.root / 'course.toml'} names {name!r}, which cannot be loaded ({error}); "
            "write module:function"
        ) from error
