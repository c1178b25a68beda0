"""What an honest answer does not do: found by reading the code, and said to the instructor alone.

Some of it can be innocent, and a name that is put together while the code runs is not found;
so nothing of this costs points. What was used while the code ran is noted in the box
(:mod:`autograder.student_process.watch`), and what does an answer's work is not there at all.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache

from autograder.course.course import ByHand
from helpers.checking.statements import parse_cell

JUDGES = re.compile(
    r"(helpers\.(checking(?!\.(earlier|packages)\b)|for_checks)|autograder|exercises)\b"
)
SETTINGS = re.compile(r"\.(backends|options|rcParams)\b")  # set at the top of many a notebook
FRAMES = frozenset({"_getframe", "currentframe", "f_back", "f_locals", "get_objects",
                    "get_referrers", "get_referents"})  # fmt: skip
LONGEST = 200_000  # characters
MOST_PARTS = 40  # of a name with dots; nobody writes one that is longer


@lru_cache(maxsize=1024)
def suspicions(source: str, by_hand: ByHand | None = None) -> tuple[str, ...]:
    """Sentences about one cell; most cells have none.

    Parameters
    ----------
    source : str
        Of the cell; it is not run.
    by_hand : ByHand, optional
        What the answer should not use, where the cell is one that is to be written by hand.

    Examples
    --------
    >>> suspicions("import numpy as np\\nnp.exp = None")
    ('sets an attribute of the module np',)
    >>> by_hand = ByHand(functions=("softmax",))
    >>> suspicions("def softmax(x):\\n    return scipy.special.softmax(x)", by_hand)
    ('calls the ready-made scipy.special.softmax',)
    """
    if len(source) > LONGEST:
        return ("is too long to be looked through",)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        statements, _ = parse_cell(source, by_ipython=False)
    nodes = [node for statement in statements for node in ast.walk(statement)]
    imported = {name: home for node in nodes for name, home in _imports(node)}
    found = [said for node in nodes for said in _about(node, imported)]
    if by_hand is not None:
        found += [said for node in nodes for said in _ready_made(node, imported, by_hand)]
    return tuple(dict.fromkeys(found))


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that an import binds, and what they stand for."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            yield alias.asname or whole, whole
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module or ''}.{alias.name}"


def _about(node: ast.AST, imported: dict[str, str]) -> Iterator[str]:
    for module in _modules_named(node):
        if JUDGES.match(module):
            yield f"makes use of {module}, with which answers are checked"
    if isinstance(node, ast.Attribute):
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            yield from _changed_module(node.value, imported)
        if node.attr in FRAMES:
            yield f"looks at what called it ({node.attr})"
    if isinstance(node, ast.Call) and _dotted(node.func) in ("setattr", "delattr") and node.args:
        yield from _changed_module(node.args[0], imported)


def _modules_named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Attribute):
        yield _dotted(node)
    elif isinstance(node, ast.Constant) and re.fullmatch(r"[\w.]+", str(node.value)):
        yield str(node.value)  # import_module("..."), sys.modules["..."]


def _changed_module(node: ast.AST, imported: dict[str, str]) -> Iterator[str]:
    name = _dotted(node)
    root, _, rest = name.partition(".")
    whole = ".".join(filter(None, (imported.get(root, ""), rest)))
    if root in imported and not SETTINGS.search(whole):
        yield f"sets an attribute of the module {name}"


def _ready_made(node: ast.AST, imported: dict[str, str], by_hand: ByHand) -> Iterator[str]:
    named = {module.partition(".")[0] for module in _modules_named(node)}
    for package in sorted(named.intersection(by_hand.packages)):
        yield f"makes use of {package}, where everything is to be written by hand"
    if isinstance(node, ast.Call):
        name = _dotted(node.func)
        home = imported.get(name, name)
        if "." in home and home.rpartition(".")[2] in by_hand.functions:
            yield f"calls the ready-made {home}"


def _dotted(node: ast.AST) -> str:
    """``np.random`` as a text; empty for what is no such chain of names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < MOST_PARTS:
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
