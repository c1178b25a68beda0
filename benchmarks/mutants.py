"""Change the right answers a little, in every way, and count the changes that checks notice.

A *mutant* is a reference solution with one small change: another operator, a number that is
off by one, a statement left out, two arguments swapped, an axis forgotten. Each is given to
the checks of its exercise, public and hidden. One that passes them all has *survived*: either
the change makes no difference that anybody could call wrong, and then
``equivalent_mutants.toml`` says why, or a check is missing.

``python -m benchmarks.mutants`` takes all notebooks of ``NOTEBOOKS``; ``python -m
benchmarks.mutants 4.3 5.3.2`` takes two exercises, and ``02_network`` one notebook.

Mutation testers for Python mutate modules and run a test command for each mutant. Here the
functions live in cells of notebooks and a run of the checks costs a tenth of a second, so the
mutants are made from the syntax trees of those cells. Each is checked in a copy of this process,
which is ended when it takes too long: a mutant may loop for ever, or ask for all memory.
"""

from __future__ import annotations

import ast
import copy
import difflib
import multiprocessing
import os
import resource
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rich.console import Console

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.guards import in_this_process
from autograder.sandbox.backend import Program
from helpers.checking import libraries
from helpers.checking.answers import Cell
from helpers.checking.catalogue import Exercise, catalogue
from helpers.checking.runner import CheckResult, run_checks
from helpers.checking.student import Student

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
NOTEBOOKS = ("01_theory", "02_network", "03_training", "04_ocr", "05_autoencoder")
SECONDS = 30
MEMORY = 4 * 2**30  # bytes
NOTICED = 3  # how the copy of this process ends

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
    """Whether a mutant passes every check of its exercise. One that hangs does not.

    Raises
    ------
    RuntimeError
        The checks could not be run.
    """
    process = multiprocessing.get_context("fork").Process(target=_check, args=(mutant,))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
    if process.exitcode == 1:
        raise RuntimeError(f"{mutant.exercise.id}: the checks of a mutant could not be run")
    return process.exitcode == 0


def _check(mutant: Mutant) -> None:
    """Check a mutant, public checks first; the first one that fails ends this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    exercise = mutant.exercise
    cells = list(_earlier_cells(exercise.notebook))
    for cell in source_cells(exercise.notebook):
        cells.append(cell)
        if cell.name == exercise.grade_id:
            cells.append(Cell(_with_mutant(cell.source, mutant), f"{cell.name} (mutant)"))
    backend = in_this_process(Program(tuple(cells), exercise.functions))
    files = find_course().check_files(exercise)
    run_checks(files, lambda _: Student(backend), seed=1, on_result=_end_at_a_failure)


def _end_at_a_failure(result: CheckResult) -> None:
    if result.status != "pass":
        os._exit(NOTICED)


@cache
def _earlier_cells(notebook: str) -> tuple[Cell, ...]:
    """What the notebooks before this one define, since its answers may call it."""
    names = list(find_course().notebook_paths())
    return tuple(c for name in names[: names.index(notebook)] for c in source_cells(name))


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


def exercises(names: Sequence[str] = NOTEBOOKS) -> list[Exercise]:
    """The exercises that ask for functions, of notebooks or by their ids."""
    known = catalogue()
    wanted = {name if name in known.notebooks else known.find(name).id for name in names}
    return [e for e in known.checked if {e.id, e.notebook} & wanted]


def measure(exercise: Exercise, console: Console) -> dict[str, int]:
    """Check the mutants of one exercise, and print those that survive and nobody has explained.

    So are explanations of mutants that do not survive.
    """
    known = {key for key in equivalents() if key[0] in exercise.functions}
    counts = dict.fromkeys(("mutants", "killed", "equivalent", "survived"), 0)
    used = set()
    for mutant in mutants_of(exercise):
        key = mutant.function, mutant.change
        became = "killed"
        if survives(mutant):
            became = "equivalent" if key in known else "survived"
            used.add(key)
        counts["mutants"] += 1
        counts[became] += 1
        if became == "survived":
            console.print(f"  survives: {key[0]}: {key[1]}", markup=False, soft_wrap=True)
    for function, change in sorted(known - used):
        console.print(
            f"  explained, but no survivor: {function}: {change}", markup=False, soft_wrap=True
        )
    return counts


def main(names: Sequence[str] = NOTEBOOKS) -> int:
    """Print the score of each exercise, and what is left to be explained."""
    console = Console(highlight=False)
    libraries.use(library.module for library in catalogue().libraries.values())
    total: Counter[str] = Counter()
    for exercise in exercises(names):
        counts = measure(exercise, console)
        total.update(counts)
        console.print(f"{exercise.id:6} {_said(counts)}", markup=False)
    console.print(f"all    {_said(total)} (reasons in {EQUIVALENT.name})", markup=False)
    return 1 if total["survived"] else 0


def _said(counts: Mapping[str, int]) -> str:
    """The score: the share that is noticed of the mutants that are not equivalent."""
    different = counts["mutants"] - counts["equivalent"]
    numbers = ", ".join(f"{number:4} {what}" for what, number in counts.items())
    return f"{numbers}: {counts['killed'] / max(different, 1):.1%}"


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:] or NOTEBOOKS))
