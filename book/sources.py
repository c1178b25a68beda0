"""What the outputs of a notebook depend on, as one fingerprint.

Outputs are kept as long as nothing that they rest on has changed: the notebook's own code (its
prose does not count), the earlier notebooks whose functions it takes, the modules of `helpers`
that it imports, their checks, and the data.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder.course.course import Course
from helpers.checking.catalogue import PUBLIC, Exercise

DATA = frozenset({".jpg", ".json", ".npz", ".png", ".toml"})
LIBRARIES = ("ipykernel", "matplotlib", "numpy", "scipy")
_NAME = re.compile(r"\b\d\d_[a-z_]+\b")


def code_of(course: Course, name: str) -> list[str]:
    """The code cells of a source notebook."""
    return [c.source for c in course.read_notebook(name).cells if c.cell_type == "code"]


def notebooks_used(course: Course, name: str) -> list[str]:
    """A notebook and the earlier ones that its code names, whose functions it takes."""
    known = [other for other in course.notebook_paths() if other < name]
    named = set(_NAME.findall("\n".join(code_of(course, name))))
    found = {name}
    for other in known:
        if other in named:
            found.update(notebooks_used(course, other))
    return sorted(found)


def fingerprint(course: Course, name: str, setting: str = "") -> str:
    """A hash of all that the outputs of a notebook depend on.

    Parameters
    ----------
    course : Course
    name : str
        Of the notebook, such as ``"02_network"``.
    setting : str
        Anything else that shapes the outputs.
    """
    digest = hashlib.sha256(setting.encode())
    used = notebooks_used(course, name)
    exercises = [exercise for exercise in course.exercises if exercise.notebook in used]
    code = [cell for notebook in used for cell in code_of(course, notebook)]
    parts = [
        *code,
        *map(repr, exercises),
        *(f"{library} {version(library)}" for library in LIBRARIES),
    ]
    digest.update(json.dumps(parts).encode())
    checks = list(_checks(course, exercises))
    for path in [*_modules(course, "\n".join(code), checks), *checks]:
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(_data(course.root / "data"))
    return digest.hexdigest()[:20]


def _checks(course: Course, exercises: list[Exercise]) -> Iterator[Path]:
    for exercise in exercises:
        yield from course.checks(exercise, PUBLIC)


def _modules(course: Course, code: str, checks: list[Path]) -> list[Path]:
    """The files of `helpers` that the code imports, at any depth."""
    texts = [code, *(path.read_text(encoding="utf-8") for path in checks)]
    waiting = [module for text in texts for module in _imported(text)]
    found: set[Path] = set()
    while waiting:
        for path in _files(course.root, waiting.pop()):
            if path not in found:
                found.add(path)
                waiting += _imported(path.read_text(encoding="utf-8"))
    return sorted(found)


def _imported(source: str) -> list[str]:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    names = []
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.partition(".")[0] == "helpers"]


def _files(root: Path, module: str) -> Iterator[Path]:
    place = root.joinpath(*module.split("."))
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            yield path


@cache
def _data(folder: Path) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in DATA and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.digest()
