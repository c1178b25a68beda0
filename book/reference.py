"""The pages of the reference: modules of `helpers`, the format of checks, the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from autograder.course.course import Course

# What a reader looks for, in this order; a module that is named nowhere comes under the last.
GROUPS = {
    "In a notebook": ("checking.notebook", "checking.earlier", "checking.packages", "progress"),
    "Networks": ("activations", "batches", "gradients", "networks", "convolution"),
    "Data": (
        "datasets", "datasets.model", "datasets.letters", "datasets.pages", "datasets.clouds",
        "datasets.nist36", "datasets.emnist", "datasets.cifar10", "datasets.sources",
    ),
    "Photographs, boxes, text": ("images", "cleaning", "boxes", "crops", "spelling"),
    "Exercises and errors": ("checking.catalogue", "intervals", "errors"),
    "Figures": ("figures", "figures.style"),
}  # fmt: skip
LAST = "More"

CHECKS = """
## How a check is marked

A check is a pytest function that takes ``student``, through which it calls the functions of an
answer, and, if it wants, ``rng``, a fresh random generator. Marks say the rest.
"""
CHAFFS = r'''
## The format of a chaff

A *chaff* is a known mistake, an entry in `chaffs.py` of its exercise's folder, beside the checks:

```python
CHAFFS = [
    Chaff("one_maximum", "One maximum is subtracted from the whole matrix.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x - np.max(x))
        """, fails=["rows_of_different_size"],
             says="one maximum is subtracted from all rows; each row has its own"),
]
```

Every other check of the exercise must pass. `course chaffs 2.2.2` writes `fails` and `says` anew. A
check is named by its function without `test_`. Points are given in steps of 0.25.
'''


def pages(course: Course, commands: click.Group, instructors: bool) -> dict[str, str]:
    """The pages by name, as MyST Markdown.

    Parameters
    ----------
    course : Course
    commands : click.Group
        The command ``course``.
    instructors : bool
        With what those need who grade.
    """
    found = {"helpers": _helpers(course)}
    if instructors:
        found |= {"checks": _checks(), "commands": _commands(commands)}
    return found


def _helpers(course: Course) -> str:
    modules = set(_modules(course.root / "helpers"))
    named = {module for group in GROUPS.values() for module in group}
    groups = {**GROUPS, LAST: tuple(sorted(modules - named))}
    lines = [
        "# What the notebooks import",
        "The package `helpers` is what students get: data, figures, activations, and `check`.",
    ]
    for title, members in groups.items():
        there = [module for module in members if module in modules]
        lines += [f"## {title}", *map(_module, there)] if there else []
    return "\n\n".join(lines) + "\n"


def _modules(folder: Path) -> Iterator[str]:
    yield from ("checking.notebook", "checking.earlier", "checking.packages", "checking.catalogue")
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        if path.name == "__main__.py" or len(parts) > 2 or parts[0] in ("checking", "for_checks"):
            continue
        if path.name == "__init__.py" and len(parts) == 1:
            continue
        yield ".".join(parts).removesuffix(".__init__")


def _module(name: str) -> str:
    full = f"helpers.{name}"
    return f"### `{full}`\n\n```{{eval-rst}}\n.. automodule:: {full}\n   :members:\n```"


def _checks() -> str:
    return "\n\n".join([
        "# Checks and chaffs",
        "For those who add an exercise, a check or a known mistake. How to go about it stands in "
        "the how-to for instructors.",
        CHECKS.strip(),
        "```{eval-rst}\n.. automodule:: helpers.checking.marks\n   :members:\n```",
        "## Comparisons",
        "A check compares with `expect`, never with a bare `assert`: each comparison says what "
        "came back, what should have, and where they part.",
        "```{eval-rst}\n.. automodule:: helpers.checking.expect\n   :members:\n```",
        "## The student's functions",
        "```{eval-rst}\n.. autoclass:: helpers.checking.student.Student\n   :members:\n```",
        CHAFFS.strip(),
        "```{eval-rst}\n.. autoclass:: autograder.judging.chaffs.Chaff\n```",
    ]) + "\n"  # fmt: skip


def _commands(main: click.Group) -> str:
    context = click.Context(main, info_name="course")
    lines = [
        "# Commands",
        "One command, `course`, does everything that an instructor needs; its own help says the "
        "same as this page.",
        _help(main, context),
    ]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        own = click.Context(command, parent=context, info_name=name)
        lines += [f"## `course {name}`", _help(command, own)]
    return "\n\n".join(lines) + "\n"


def _help(command: click.Command, context: click.Context) -> str:
    context.max_content_width = 78
    context.terminal_width = 78
    return f"```{{code-block}} text\n{command.get_help(context)}\n```"
