"""The lists ``fails`` of the chaffs, written anew after checks were added or changed.

Nothing else in the files is touched, so that a person can read in the difference what a new
check notices, and whether it should.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence, Set

from autograder.course.course import Course
from autograder.judging.chaffs import Chaff, chaff_files, prefix_of, read_chaffs
from autograder.judging.guards import failed_checks, judge_chaff, seed_of
from helpers.checking.packages import missing
from helpers.errors import CheckDefinitionError

WIDTH = 100


def update_lists(course: Course, only: Sequence[str], say: Callable[[str], object]) -> bool:
    """Judge chaffs, and write into their files which checks each of them fails.

    Parameters
    ----------
    course : Course
    only : sequence of str
        The exercises whose chaffs are judged; all where it is empty.
    say : callable
        What is told line by line: what has changed, and what a person must look at.

    Returns
    -------
    bool
        Whether every chaff is noticed by some check, and by none of another exercise.

    Raises
    ------
    ExerciseError
        The course has no such exercise.
    CheckDefinitionError
        A chaff is written wrongly.
    """
    wanted = {course.find(name).id for name in only}
    judged, in_order = 0, True
    for path in chaff_files(course):
        chaffs = read_chaffs(path)
        exercise = course.find(chaffs[0].exercise)
        if wanted and exercise.id not in wanted:
            continue
        if lacking := missing(exercise.packages):
            say(f"{exercise.id} is left out: {' and '.join(lacking)} is not installed")
            continue
        lists = {}
        for chaff in chaffs:
            failed = failed_checks(judge_chaff(chaff, seed_of(chaff.name), course=course))
            own = {check for check in failed if check.startswith(f"{exercise.id}/")}
            _report(chaff, own, failed - own, say)
            in_order &= failed == own != set()
            if own and own != chaff.fails:
                name = chaff.name.removeprefix(prefix_of(exercise.id))
                lists[name] = {check.partition("/")[2] for check in own}
        if lists:
            path.write_text(with_lists(path.read_text(encoding="utf-8"), lists), encoding="utf-8")
        judged += len(chaffs)
    say(f"{judged} chaffs were judged")
    return in_order


def _report(chaff: Chaff, own: Set[str], elsewhere: Set[str], say: Callable[[str], object]) -> None:
    """Say what has changed for one chaff, and what must not be."""
    new = [f"+ {check}" for check in sorted(own - chaff.fails)]
    old = [f"- {check}" for check in sorted(chaff.fails - own)]
    if elsewhere:
        say(f"{chaff.name} fails checks of another exercise: {', '.join(sorted(elsewhere))}")
    if not own | elsewhere:
        say(f"{chaff.name} passes every check: a check is missing, or this is no mistake")
    elif new or old:
        say(f"{chaff.name}: {', '.join(new + old)}")


def with_lists(source: str, lists: Mapping[str, Collection[str]]) -> str:
    """The source of a module of chaffs with other lists ``fails``.

    What stays in a list keeps its place; what is new comes after it, in order of the alphabet.

    Parameters
    ----------
    source : str
        The module.
    lists : mapping of str to collection of str
        The checks by chaff, both without the exercise's id.

    Raises
    ------
    CheckDefinitionError
        A chaff is not there, or its checks are not written out as a list.

    Examples
    --------
    >>> print(with_lists('CHAFFS = [Chaff("sign", "It is wrong.", fails=["a", "b"])]',
    ...                  {"sign": ["c", "b"]}))
    CHAFFS = [Chaff("sign", "It is wrong.", fails=["b", "c"])]
    """
    nodes = {name: _list_of(name, ast.parse(source)) for name in lists}
    encoded = [line.encode() for line in source.splitlines(keepends=True)]  # as ast counts columns
    for name, node in sorted(nodes.items(), key=lambda item: -item[1].lineno):
        first, last = node.lineno - 1, node.end_lineno - 1
        before, after = encoded[first][: node.col_offset], encoded[last][node.end_col_offset :]
        kept = [c for c in ast.literal_eval(node) if c.rpartition("/")[2] in lists[name]]
        new = sorted(set(lists[name]) - {c.rpartition("/")[2] for c in kept})
        text = _wrapped([*kept, *new], len(before.decode()), len(after.decode().rstrip()))
        encoded[first : last + 1] = [before + text.encode() + after]
    return b"".join(encoded).decode()


def _list_of(name: str, tree: ast.Module) -> ast.List:
    """The list ``fails`` of one chaff in the syntax tree of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Chaff":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            called = node.args[0] if node.args else given.get("name")
            if isinstance(called, ast.Constant) and called.value == name:
                if isinstance(given.get("fails"), ast.List):
                    return given["fails"]
                break
    raise CheckDefinitionError(
        f'the chaff {name} must stand in its module as Chaff("{name}", ...), with its checks '
        "written out: fails=[...]"
    )


def _wrapped(checks: Sequence[str], column: int, rest: int) -> str:
    """A list that begins in a column and has as many characters behind it, in lines of 100."""
    indent = " " * (column + 1)
    lines = [""]
    for number, check in enumerate(checks, 1):
        part = f'"{check}"' + ("," if number < len(checks) else "")
        room = WIDTH - len(indent) - (1 + rest if number == len(checks) else 0)
        longer = f"{lines[-1]} {part}".strip()
        if lines[-1] and len(longer) > room:
            lines.append(part)
        else:
            lines[-1] = longer
    return "[" + f"\n{indent}".join(lines) + "]"
