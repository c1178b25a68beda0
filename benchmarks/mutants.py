"""Change the right answers a little, in every way, and count the changes that checks notice.

A *mutant* is a reference solution with one small change: another operator, a number that is
off by one, a statement left out, two arguments swapped, an axis forgotten. Each is given to
the checks of its exercise, public and hidden. One that passes them all has *survived*: either
the change makes no difference that anybody could call wrong, and then
``equivalent_mutants.toml`` says why, or a check is missing.

Mutation testers for Python mutate modules and run a test command for each mutant. Here the
functions live in cells of notebooks and a run of the checks costs a tenth of a second, so the
mutants are made from the syntax trees of those cells, in this process.
"""

from __future__ import annotations

import ast
import copy
import difflib
import os
import signal
import sys
import tomllib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.guards import in_this_process
from autograder.sandbox.backend import Program
from helpers.checking import libraries
from helpers.checking.answers import Cell
from helpers.checking.catalogue import Exercise, catalogue
from helpers.checking.runner import run_checks
from helpers.checking.student import Student

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
NOTEBOOKS = ("01_theory", "02_network")
SECONDS = 20

OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
}
COMPARISONS = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
RELATIVES = {
    "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum", "sum": "mean",
    "mean": "sum", "argmax": "argmin", "argmin": "argmax", "zeros": "ones", "ones": "zeros",
    "log": "log10", "exp": "exp2", "sqrt": "square", "tanh": "sinh", "permutation": "arange",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One changed function; ``change`` says what became what."""

    exercise: Exercise
    function: str
    change: str
    source: str


def mutants_of(exercise: Exercise) -> Iterator[Mutant]:
    """Every mutant of the functions that an exercise asks for."""
    (cell,) = [c for c in source_cells(exercise.notebook) if c.name == exercise.grade_id]
    tree = ast.parse(cell.source)
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        if ast.get_docstring(function):
            del function.body[0]
        right = ast.unparse(function)
        seen = {right}
        for changed in _changes(function):
            wrong = ast.unparse(changed)
            if wrong not in seen and _compiles(wrong):
                seen.add(wrong)
                yield Mutant(exercise, function.name, _difference(right, wrong), wrong)


def _difference(right: str, wrong: str) -> str:
    """The line that was changed, before and after."""
    lines = list(difflib.ndiff(right.splitlines(), wrong.splitlines()))
    before = [line[2:].strip() for line in lines if line.startswith("- ")]
    after = [line[2:].strip() for line in lines if line.startswith("+ ")]
    return f"{' / '.join(before)}  ->  {' / '.join(after)}"


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _changes(function: ast.FunctionDef) -> Iterator[ast.FunctionDef]:
    """The function with one change, for each change that there is."""
    for index, node in enumerate(ast.walk(function)):
        for replacement in _replacements(node):
            changed = copy.deepcopy(function)
            target = list(ast.walk(changed))[index]
            parent, name, place = _parent_of(changed, target)
            if place is None:
                setattr(parent, name, replacement)
            else:
                getattr(parent, name)[place] = replacement
            ast.fix_missing_locations(changed)
            yield changed


def _parent_of(root: ast.AST, target: ast.AST) -> tuple[ast.AST, str, int | None]:
    for parent in ast.walk(root):
        for name, value in ast.iter_fields(parent):
            if value is target:
                return parent, name, None
            if isinstance(value, list):
                for place, item in enumerate(value):
                    if item is target:
                        return parent, name, place
    raise LookupError("the node is not in the tree")


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.expr):
        yield from _other_expressions(node)
    elif isinstance(node, ast.stmt):
        yield from _other_statements(node)


def _other_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    """Leave a statement out, or take one side of a fork always."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)):
        yield ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.Constant(None))
    if isinstance(node, ast.If):
        yield ast.If(ast.Constant(True), node.body, node.orelse)
        yield ast.If(ast.Constant(False), node.body, node.orelse)


def _other_expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp():
            for operator in OPERATORS.get(type(node.op), ()):
                yield ast.BinOp(node.left, operator(), node.right)
            yield node.left
            yield node.right
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.Compare():
            for operator in COMPARISONS.get(type(node.ops[0]), ()):
                yield ast.Compare(node.left, [operator(), *node.ops[1:]], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.Constant():
            yield from _other_constants(node.value)
        case ast.Call():
            yield from _other_calls(node)
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Attribute(attr=attr) if attr in RELATIVES:
            yield ast.Attribute(node.value, RELATIVES[attr], node.ctx)
        case ast.Tuple(elts=[first, second, *rest]) | ast.List(elts=[first, second, *rest]):
            yield type(node)([second, first, *rest], node.ctx)
        case ast.IfExp():
            yield node.body
            yield node.orelse


def _other_constants(value: object) -> Iterator[ast.expr]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, float):
        yield ast.Constant(2 * value)
        yield ast.Constant(value / 2)
    elif isinstance(value, str) and value:
        yield ast.Constant("x" + value)


def _other_calls(node: ast.Call) -> Iterator[ast.expr]:
    if len(node.args) >= 2:
        first, second, *rest = node.args
        yield ast.Call(node.func, [second, first, *rest], node.keywords)
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    for place in range(len(node.keywords)):
        keywords = node.keywords[:place] + node.keywords[place + 1 :]
        yield ast.Call(node.func, node.args, keywords)


def survives(mutant: Mutant) -> bool:
    """Whether a mutant passes every check of its exercise. One that hangs does not."""
    exercise = mutant.exercise
    cells: list[Cell] = []
    for cell in source_cells(exercise.notebook):
        cells.append(cell)
        if cell.name == exercise.grade_id:
            cells.append(Cell(_with_mutant(cell.source, mutant), f"{cell.name} (mutant)"))
    backend = in_this_process(Program(tuple(cells), exercise.functions))
    files = find_course().check_files(exercise)
    signal.alarm(SECONDS)
    try:
        results = run_checks(files, lambda _: Student(backend), seed=1)
    except TimeoutError:
        return False
    finally:
        signal.alarm(0)
    return all(result.status == "pass" for result in results)


def _with_mutant(source: str, mutant: Mutant) -> str:
    """The cell with one function changed, so that what is bound to it later is changed too."""
    tree = ast.parse(source)
    (changed,) = ast.parse(mutant.source).body
    tree.body = [
        changed if getattr(node, "name", None) == mutant.function else node for node in tree.body
    ]
    return ast.unparse(tree)


def equivalents() -> dict[tuple[str, str], str]:
    """Why a mutant makes no difference: ``{(function, change): reason}``."""
    table = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {(e["function"], e["change"]): e["reason"] for e in table["mutant"]}


def _too_long(*_: object) -> None:
    raise TimeoutError("a mutant hangs")


def main(notebooks: Sequence[str] = NOTEBOOKS) -> int:
    """Print the score, every survivor that nobody has explained, and stale explanations."""
    console = Console(highlight=False)
    signal.signal(signal.SIGALRM, _too_long)
    libraries.use(library.module for library in catalogue().libraries.values())
    known, used = equivalents(), set()
    total = killed = unexplained = 0
    for exercise in catalogue().checked:
        if exercise.notebook not in notebooks:
            continue
        made = dead = 0
        for mutant in mutants_of(exercise):
            made += 1
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                alive = survives(mutant)
            dead += not alive
            if alive and (mutant.function, mutant.change) in known:
                used.add((mutant.function, mutant.change))
            elif alive:
                unexplained += 1
                console.print(
                    f"  survives: {mutant.function}: {mutant.change}", markup=False, soft_wrap=True
                )
        total, killed = total + made, killed + dead
        console.print(f"{exercise.id:6} {dead:4} of {made:4} mutants noticed", markup=False)
    functions = {
        name for e in catalogue().checked if e.notebook in notebooks for name in e.functions
    }
    for function, change in sorted(k for k in set(known) - used if k[0] in functions):
        console.print(
            f"  explained, but no survivor: {function}: {change}", markup=False, soft_wrap=True
        )
    different = total - len(used)
    console.print(
        f"{total} mutants, {len(used)} of them equivalent (reasons in {EQUIVALENT.name}); "
        f"{killed} of the other {different} noticed: {killed / max(different, 1):.1%}; "
        f"{unexplained} survive unexplained"
    )
    return 1 if unexplained else 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:] or NOTEBOOKS))
