"""From the cells of a notebook to the functions that a student wrote.

Running a whole notebook to get at one function is slow and fragile: a plot, a training run
or a broken experiment elsewhere would decide the fate of every exercise. Here only what a
function needs is run. Every top-level statement of the notebook is looked at for the names
that it binds and the names that it uses; starting from the wanted functions the statements
that bind the names needed are collected, and executed in the notebook's order in an empty
namespace.
"""

from __future__ import annotations

import ast
import builtins
import dis
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from helpers.checking.student import describe
from helpers.checking.tracebacks import own_lines, remember_source

BUILTINS = frozenset(dir(builtins))
STUB_MARK = "raise NotImplementedError"


@dataclass(frozen=True)
class Cell:
    """One code cell: its text, and the name by which messages speak of it."""

    source: str
    name: str


@dataclass(frozen=True)
class Statement:
    """One top-level statement: compiled, with the names that it binds and uses."""

    code: CodeType
    cell: str
    binds: frozenset[str]
    uses: frozenset[str]


@dataclass
class Answers:
    """The namespace in which the wanted functions live, and what went wrong on the way.

    ``problems`` maps the name of a cell, and each name that could not be bound because of
    it, to a text that says why.
    """

    namespace: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def load_answers(
    cells: Sequence[Cell],
    wanted: Iterable[str],
    replacements: Sequence[Cell] = (),
    replaced: Iterable[str] = (),
) -> Answers:
    r"""Execute what the wanted functions need, and only that.

    Parameters
    ----------
    cells : sequence of Cell
        The code cells, in the notebook's order.
    wanted : iterable of str
        Names of functions.
    replacements : sequence of Cell
        Code that goes first, such as reference solutions of earlier exercises.
    replaced : iterable of str
        Names that come from ``replacements``: statements in ``cells`` that bind nothing
        else are dropped.

    Returns
    -------
    Answers
        Never raises for what is in the cells: a syntax error or an exception is a problem
        of the names concerned.

    Examples
    --------
    >>> cells = [Cell("import math", "a"), Cell("1 / 0", "b"),
    ...          Cell("def area(r):\n    return math.pi * r**2", "c")]
    >>> round(load_answers(cells, ["area"]).namespace["area"](1.0), 3)
    3.142
    """
    problems: dict[str, str] = {}
    replaced = frozenset(replaced)
    statements = read_statements(replacements, problems)
    statements += [
        s for s in read_statements(cells, problems) if not (s.binds and s.binds <= replaced)
    ]
    chosen = needed(statements, wanted)
    namespace = {"__name__": "__main__", "__builtins__": builtins, "get_ipython": _no_ipython}
    for statement in chosen:
        _execute(statement, namespace, problems)
    return Answers(namespace, problems)


def read_statements(cells: Sequence[Cell], problems: dict[str, str]) -> list[Statement]:
    """Compile every top-level statement of every cell; note the cells that are no Python."""
    statements: list[Statement] = []
    for cell in cells:
        filename = f"cell {cell.name}"
        remember_source(filename, cell.source)
        try:
            tree = ast.parse(_as_python(cell.source), filename)
            statements += [_statement(node, cell.name, filename) for node in tree.body]
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            text = _syntax_problem(cell.name, error)
            problems[cell.name] = text
            for name in _names_in_broken(cell.source):
                problems.setdefault(name, text)
    return statements


def needed(statements: Sequence[Statement], wanted: Iterable[str]) -> list[Statement]:
    """The statements that the wanted names depend on, in their order."""
    names = set(wanted)
    chosen: set[int] = set()
    grown = True
    while grown:
        grown = False
        for index, statement in enumerate(statements):
            if index in chosen or not (statement.binds & names or "*" in statement.binds):
                continue
            chosen.add(index)
            names |= statement.uses
            grown = True
    return [statements[index] for index in sorted(chosen)]


def is_stub(source: str) -> bool:
    """Whether a cell still holds the stub that the course ships."""
    return STUB_MARK in source


def _statement(node: ast.stmt, cell: str, filename: str) -> Statement:
    # This module's own `from __future__` must not leak into a student's code.
    module = ast.Module([node], type_ignores=[])
    code = compile(module, filename, "exec", dont_inherit=True)
    binds, uses = _names(code)
    return Statement(code, cell, frozenset(binds | _changed_in_place(node)), frozenset(uses))


def _names(code: CodeType, top: bool = True) -> tuple[set[str], set[str]]:
    """Global names that a code object, and all code inside it, binds and uses."""
    binds: set[str] = set()
    uses: set[str] = set()
    for instruction in dis.get_instructions(code):
        name = instruction.opname
        if name in ("STORE_GLOBAL", "DELETE_GLOBAL") or (top and name == "STORE_NAME"):
            binds.add(instruction.argval)
        elif name == "LOAD_GLOBAL" or name == "LOAD_NAME" or name == "LOAD_FROM_DICT_OR_GLOBALS":
            uses.add(instruction.argval)
        elif _is_star_import(instruction):
            binds.add("*")
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner_binds, inner_uses = _names(constant, top=False)
            binds |= inner_binds if top else set()
            uses |= inner_uses
    return binds, uses - BUILTINS


def _is_star_import(instruction: dis.Instruction) -> bool:
    return instruction.opname == "IMPORT_STAR" or (
        instruction.opname == "CALL_INTRINSIC_1" and "IMPORT_STAR" in instruction.argrepr
    )


def _changed_in_place(node: ast.stmt) -> set[str]:
    """Roots of targets such as ``table["x"] = 1`` or ``Net.forward = forward``."""
    roots = set()
    for inner in ast.walk(node):
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(inner, (ast.Attribute, ast.Subscript)) and isinstance(inner.ctx, ast.Store):
            root: ast.expr = inner
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if isinstance(root, ast.Name):
                roots.add(root.id)
    return roots if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) else set()


def _execute(statement: Statement, namespace: dict[str, Any], problems: dict[str, str]) -> None:
    try:
        exec(statement.code, namespace)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        text = f"the cell {statement.cell} raised {describe(error)}\n{own_lines(error)}".strip()
        problems.setdefault(statement.cell, text)
        for name in statement.binds:
            problems.setdefault(name, text)


def _as_python(source: str) -> str:
    """Turn IPython's ``%magic``, ``!command`` and ``name?``, if any, into plain calls."""
    try:
        ast.parse(source)
    except SyntaxError:
        if not any(
            line.lstrip()[:1] in "%!?" or "?" in line or "!" in line or "%" in line
            for line in source.splitlines()
            if line.strip()
        ):
            raise
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source


def _syntax_problem(cell: str, error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        line = f", line {error.lineno}" if error.lineno else ""
        quoted = f": {error.text.strip()[:120]}" if error.text else ""
        return f"the cell {cell} is not valid Python{line}{quoted} ({error.msg})"
    return f"the cell {cell} cannot be read as Python ({type(error).__name__})"


def _names_in_broken(source: str) -> list[str]:
    """Function names that a cell with a syntax error means to define."""
    names = []
    for line in source.splitlines():
        if line.startswith("def ") and "(" in line:
            names.append(line[4 : line.index("(")].strip())
    return names


class _NoIPython:
    """Stands in for the shell where there is none: magics and commands do nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


def _no_ipython() -> _NoIPython:
    return _NoIPython()
