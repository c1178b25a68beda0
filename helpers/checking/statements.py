"""Cells as single statements, each with the names that it binds and uses.

A cell is what Jupyter takes: Python with IPython's magics, commands and question marks, and
perhaps with a mistake somewhere. What can be read of it is read.
"""

from __future__ import annotations
import __future__

import ast
import dis
import inspect
import re
import textwrap
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

from helpers.checking.newer import syntax_problem
from helpers.checking.tracebacks import remember_source

# Annotations are left unevaluated, as they say nothing about what a function computes; a
# notebook may wait for something at the top of a cell.
FLAGS = __future__.annotations.compiler_flag | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
# Cell magics after which the cell is Python that runs in the notebook, or would.
PYTHON_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug"})
# Methods by which code changes a list, a dict, a set or an array in place.
MUTATORS = frozenset({
    "add", "append", "clear", "discard", "extend", "fill", "insert", "pop", "popitem", "put",
    "remove", "resize", "reverse", "setdefault", "sort", "update",
})  # fmt: skip
DEFINITION = re.compile(
    r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)
TIMED = re.compile(r"^([ \t]*)%time[ \t]+(?=\S)", re.MULTILINE)
MAGIC = re.compile(r"^([ \t]*)(?:[%!?][\w%!?][^\n]*|%?[\w.]+\?{1,2}[ \t]*$)", re.MULTILINE)
ASSIGNED_MAGIC = re.compile(r"^([ \t]*[\w.]+[ \t]*=[ \t]*)[%!]\w[^\n]*", re.MULTILINE)
CONTINUES = re.compile(r"[)\]}\s#]|(?:else|elif|except|finally)\b|$")
MAX_TRIED = 2**21  # characters that are read again and again
MAX_FOR_IPYTHON = 100_000  # characters times marks: for each mark it reads all of the cell again
MARK = re.compile(r"[%!?]")


@dataclass(frozen=True)
class Cell:
    """One code cell: its text, and the name by which messages speak of it."""

    source: str
    name: str


@dataclass(frozen=True)
class Statement:
    """One top-level statement.

    Attributes
    ----------
    code : CodeType
        Compiled, ready to run.
    cell : str
        The name of its cell.
    place : int
        The number of its cell.
    binds : frozenset of str
        Names that it gives a value.
    changes : frozenset of str
        Names whose values it changes in place.
    sets : frozenset of str
        Names that functions defined in it declare ``global`` and bind, once they are called.
    uses : frozenset of str
        Names that it, or a function defined in it, looks up.
    stub : bool
        Whether it defines a function that the student has not written yet.
    """

    code: CodeType
    cell: str
    place: int
    binds: frozenset[str]
    changes: frozenset[str]
    sets: frozenset[str]
    uses: frozenset[str]
    stub: bool


def read_statements(cells: Sequence[Cell], problems: dict[str, str]) -> list[Statement]:
    """Compile every top-level statement of every cell.

    Parameters
    ----------
    cells : sequence of Cell
        The code cells, in the notebook's order.
    problems : dict
        Takes, by the name of the cell and by each name that it meant to define, what is no
        Python.
    """
    statements: list[Statement] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kind: "\s" is an invalid escape sequence
        parsed = [parse_cell(cell.source) for cell in cells]
        modules = frozenset(name for nodes, _ in parsed for name in _imported(nodes))
        for place, (cell, (nodes, error)) in enumerate(zip(cells, parsed, strict=True)):
            remember_source(f"cell {cell.name}", cell.source)
            for node in nodes:
                try:
                    statements.append(_statement(node, cell.name, place, modules))
                except NOT_PYTHON as broken:
                    error = error or broken
            if error is not None:
                _note(cell, error, problems)
    return statements


def parse_cell(source: str, by_ipython: bool = True) -> tuple[list[ast.stmt], BaseException | None]:
    """The statements of a cell, and what is wrong with those that cannot be read.

    ``by_ipython`` lets IPython itself have a try, which is slow: only where a clock runs.
    """
    source = source.lstrip("\ufeff")
    error: BaseException | None = None
    for transform in (_as_it_is, _without_ipython, *[_by_ipython] * by_ipython):
        try:
            return ast.parse(transform(source)).body, None
        except NOT_PYTHON as broken:
            error = broken
    return list(_readable_parts(_without_ipython(source))), error


def is_stub(source: str) -> bool:
    """Whether a cell holds a function that is still the stub that the course ships.

    Examples
    --------
    >>> is_stub("def f(x):\\n    '''Double it.'''\\n    # YOUR CODE HERE\\n"
    ...         "    raise NotImplementedError()")
    True
    >>> is_stub("def f(x):\\n    if x < 0:\\n        raise NotImplementedError\\n    return 2 * x")
    False
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return any(map(_is_stub, ast.parse(source).body))
        except NOT_PYTHON:
            return False


def is_written(source: str, names: Collection[str]) -> bool:
    """Whether a cell may give one of the names a meaning, but for a stub's.

    Examples
    --------
    >>> stub = "def f(x):\\n    raise NotImplementedError()\\n"
    >>> is_written(stub, ["f"]), is_written(stub + "f = len", ["f"]), is_written("%run f.py", ["f"])
    (False, True, True)
    """
    bound = _bound_in(source)
    if bound is None:
        return any(name in source for name in names)
    return not bound.isdisjoint({*names, "*"})


@lru_cache(maxsize=1024)
def _bound_in(source: str) -> frozenset[str] | None:
    """All names that a cell binds anywhere but in stubs; ``None`` where it is no Python."""
    try:
        body = ast.parse(source).body
    except NOT_PYTHON:
        return None
    others = (node for statement in body if not _is_stub(statement) for node in ast.walk(statement))
    return frozenset().union(*map(_bound, others))


def _bound(node: ast.AST) -> set[str]:
    if isinstance(node, ast.alias):
        return {node.asname or node.name}
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Store) else set()
    return {getattr(node, "name", "") or ""}


def defined_names(source: str) -> frozenset[str]:
    """Names that a cell defines, or means to where it is no Python, at a glance.

    Examples
    --------
    >>> sorted(defined_names("def f(x):\\n    y = 1\\nclass A: (\\ng = f"))
    ['A', 'f', 'g']
    """
    return frozenset(name for pair in DEFINITION.findall(source) for name in pair if name)


def written_names(source: str) -> frozenset[str]:
    """Names that a cell defines in earnest: no stub's, and none that it only imports.

    Of a cell that is no Python those count that it means to define.

    Examples
    --------
    >>> stub = "def f(x):\\n    raise NotImplementedError()\\n"
    >>> sorted(written_names(stub + "from m import g\\nif h := 1:\\n    k, l = h, 2"))
    ['h', 'k', 'l']
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nodes, error = parse_cell(source, by_ipython=False)
    names: set[str] = set()
    for node in nodes:
        if not _is_stub(node):
            names |= _bound_by(node)
    stubs = {node.name for node in nodes if _is_stub(node)}
    return frozenset(names | (defined_names(source) - stubs if error else set()))


def _bound_by(node: ast.stmt) -> set[str]:
    """What a statement binds by itself: nothing that is in a function or a class, no import."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    found = set()
    for inner in _run_at_once(node):
        if not isinstance(inner, ast.alias):
            found |= _bound(inner)
    return found - {""}


def _statement(node: ast.stmt, cell: str, place: int, modules: frozenset[str]) -> Statement:
    module = ast.Module([node], type_ignores=[])
    code = compile(module, f"cell {cell}", "exec", flags=FLAGS, dont_inherit=True)
    binds, sets, uses = _names(code)
    return Statement(
        code, cell, place, frozenset(binds), frozenset(_changed_in_place(node, modules)),
        frozenset(sets), frozenset(uses), _is_stub(node),
    )  # fmt: skip


def _imported(nodes: Iterable[ast.stmt]) -> Iterator[str]:
    for node in nodes:
        for inner in _run_at_once(node):
            if isinstance(inner, (ast.Import, ast.ImportFrom)):
                yield from (a.asname or a.name.partition(".")[0] for a in inner.names)


def _names(code: CodeType, deferred: bool = False) -> tuple[set[str], set[str], set[str]]:
    """Global names that code binds at once, binds when its functions are called, and uses."""
    binds: set[str] = set()
    sets: set[str] = set()
    uses: set[str] = set()
    top = code.co_name == "<module>"
    for instruction in dis.get_instructions(code):
        operation = instruction.opname
        if operation == "STORE_GLOBAL" or (top and operation == "STORE_NAME"):
            (sets if deferred else binds).add(instruction.argval)
        elif operation in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
            uses.add(instruction.argval)
        elif _is_star_import(instruction):
            binds.add("*")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            parts = _names(inner, deferred or _runs_later(inner))
            binds |= parts[0]
            sets |= parts[1]
            uses |= parts[2]
    return binds, sets, uses


def _runs_later(code: CodeType) -> bool:
    """Whether this is the body of a function, and not that of a class or a comprehension."""
    comprehension = code.co_name in ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
    return bool(code.co_flags & inspect.CO_OPTIMIZED) and not comprehension


def _is_star_import(instruction: dis.Instruction) -> bool:
    return instruction.opname == "IMPORT_STAR" or (
        instruction.opname == "CALL_INTRINSIC_1" and "IMPORT_STAR" in instruction.argrepr
    )


def _changed_in_place(node: ast.stmt, modules: frozenset[str]) -> Iterator[str]:
    """Roots of ``table["x"] = 1``, ``Thing.method = function``, ``table.append(1)``.

    ``np.append(...)`` changes nothing, though it looks alike: ``np`` is a module.
    """
    for inner in _run_at_once(node):
        if isinstance(inner, (ast.Attribute, ast.Subscript)) and isinstance(inner.ctx, ast.Store):
            yield from _root(inner)
        elif isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") in MUTATORS:
            yield from set(_root(inner.func)) - modules


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement, functions with their insides left out."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)


def _root(node: ast.expr) -> Iterable[str]:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return [node.id] if isinstance(node, ast.Name) else []


def _is_stub(node: ast.stmt) -> bool:
    """Whether a statement is a function that does nothing but raise NotImplementedError."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    body = [s for s in node.body if not _says_nothing(s)]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    error = body[0].exc.func if isinstance(body[0].exc, ast.Call) else body[0].exc
    return isinstance(error, ast.Name) and error.id == "NotImplementedError"


def _says_nothing(node: ast.stmt) -> bool:
    """A docstring, ``...`` or ``pass``."""
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return constant or isinstance(node, ast.Pass)


def _as_it_is(source: str) -> str:
    return source


def _without_ipython(source: str) -> str:
    """Leave out IPython's magics, commands and question marks, which do nothing here.

    Lines keep their numbers. What this takes for a magic and is none, is no Python then.
    """
    first = re.match(r"\s*%%(\w+)[^\n]*", source)
    if first and first[1] not in PYTHON_MAGICS:
        return ""  # the text of a file, a page, another language
    if first:
        source = "\n" * first[0].count("\n") + source[first.end() :]
    source = TIMED.sub(r"\1", source)
    source = MAGIC.sub(r"\1pass", source)
    return textwrap.dedent(ASSIGNED_MAGIC.sub(r"\1None", source))


def _by_ipython(source: str) -> str:
    """Let IPython itself find what is Python: slower, as it has to be imported.

    Its time grows with the square of the cell, so it is not asked where there is much to find.
    """
    source = _without_ipython(source)
    if len(source) * len(MARK.findall(source)) > MAX_FOR_IPYTHON:
        return source
    try:
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    except Exception:  # it is not installed, or gives up: with a RuntimeError, say
        return source


def _readable_parts(source: str) -> Iterator[ast.stmt]:
    """The statements that can be read of a cell in which something cannot.

    Every line that begins at the margin may begin a statement; it ends where it parses.
    """
    lines = source.splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if not CONTINUES.match(line)] + [len(lines)]
    tried = 0
    at = 0
    while at < len(starts) - 1:
        for end in range(at + 1, min(at + 40, len(starts))):
            tried += starts[end] + sum(map(len, lines[starts[at] : starts[end]]))
            if tried > MAX_TRIED:
                return
            text = "\n" * starts[at] + "".join(lines[starts[at] : starts[end]])
            try:
                yield from ast.parse(text).body
            except NOT_PYTHON:
                continue
            at = end
            break
        else:
            at += 1


def _note(cell: Cell, error: BaseException, problems: dict[str, str]) -> None:
    text = syntax_problem(cell.name, _without_ipython(cell.source), error)
    problems.setdefault(cell.name, text)
    for name in defined_names(cell.source):
        problems.setdefault(name, text)
