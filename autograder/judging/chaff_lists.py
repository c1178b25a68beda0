"""What the chaffs say of checks, ``fails`` and ``says``, written anew after checks were changed.

Nothing else in the files is touched, so that a person can read in the difference what a new
check notices, what a student is told, and whether both are right.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Collection, Mapping, Sequence, Set

from autograder.course.course import Course
from autograder.judging.chaffs import Chaff, chaff_files, prefix_of, read_chaffs
from autograder.judging.guards import failed_checks, judge_chaff, said_first, seed_of
from helpers.checking.packages import missing
from helpers.errors import CheckDefinitionError

WIDTH = 100


def update_lists(course: Course, only: Sequence[str], say: Callable[[str], object]) -> bool:
    """Judge chaffs, and write into their files which checks each fails and what is said first.

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
        lists, said = {}, {}
        for chaff in chaffs:
            name = chaff.name.removeprefix(prefix_of(exercise.id))
            verdicts = judge_chaff(chaff, seed_of(chaff.name), course=course)
            failed = failed_checks(verdicts)
            own = {check for check in failed if check.startswith(f"{exercise.id}/")}
            sentence = said_first(verdicts, exercise.id)
            if own and sentence != chaff.says:
                said[name] = sentence
            _report(chaff, own, failed - own, sentence, say)
            in_order &= failed == own != set()
            if own and own != chaff.fails:
                lists[name] = {check.partition("/")[2] for check in own}
        if lists or said:
            source = with_lists(path.read_text(encoding="utf-8"), lists, said)
            path.write_text(source, encoding="utf-8")
        judged += len(chaffs)
    say(f"{judged} chaffs were judged")
    return in_order


def _report(
    chaff: Chaff, own: Set[str], elsewhere: Set[str], sentence: str, say: Callable[[str], object]
) -> None:
    """Say what has changed for one chaff, and what must not be."""
    new = [f"+ {check}" for check in sorted(own - chaff.fails)]
    old = [f"- {check}" for check in sorted(chaff.fails - own)]
    if elsewhere:
        say(f"{chaff.name} fails checks of another exercise: {', '.join(sorted(elsewhere))}")
    if not own | elsewhere:
        say(f"{chaff.name} passes every check: a check is missing, or this is no mistake")
    elif new or old:
        say(f"{chaff.name}: {', '.join(new + old)}")
    if own and sentence != chaff.says:
        say(f"{chaff.name} is told: {sentence}")


def with_lists(
    source: str, lists: Mapping[str, Collection[str]], said: Mapping[str, str] | None = None
) -> str:
    """The source of a module of chaffs with other lists ``fails``, and other sentences ``says``.

    What stays in a list keeps its place; what is new comes after it, in order of the alphabet.

    Parameters
    ----------
    source : str
        The module.
    lists : mapping of str to collection of str
        The checks by chaff, both without the exercise's id.
    said : mapping of str to str, optional
        What a student is told to go by, by chaff.

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
    said = said or {}
    lines = [line.encode() for line in source.splitlines(keepends=True)]  # as ast counts columns
    found = {name: _given(name, ast.parse(source)) for name in {*lists, *said}}
    for name, given in sorted(found.items(), key=lambda item: -item[1]["fails"].lineno):
        fails, says = given["fails"], given.get("says")
        if name in said:
            text = json.dumps(said[name], ensure_ascii=False)
            if says is not None:
                _replace(lines, says, text)
            else:
                indent = " " * (fails.col_offset - len("fails="))
                _insert(lines, fails, f",\n{indent}says={text}")
        if name in lists:
            before = lines[fails.lineno - 1][: fails.col_offset]
            after = lines[fails.end_lineno - 1][fails.end_col_offset :]
            kept = [c for c in ast.literal_eval(fails) if c.rpartition("/")[2] in lists[name]]
            new = sorted(set(lists[name]) - {c.rpartition("/")[2] for c in kept})
            room = len(after.decode().partition("\n")[0].rstrip())
            _replace(lines, fails, _wrapped([*kept, *new], len(before.decode()), room))
    return b"".join(lines).decode()


def _replace(lines: list[bytes], node: ast.expr, text: str) -> None:
    """Put a text where a node stands; what comes before it keeps its place."""
    first, last = node.lineno - 1, node.end_lineno - 1
    before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    lines[first : last + 1] = [before + text.encode() + after]


def _insert(lines: list[bytes], node: ast.expr, text: str) -> None:
    """Put a text behind a node."""
    last = node.end_lineno - 1
    line = lines[last]
    lines[last] = line[: node.end_col_offset] + text.encode() + line[node.end_col_offset :]


def _given(name: str, tree: ast.Module) -> dict[str, ast.expr]:
    """What is given by name to one chaff in the syntax tree of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Chaff":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            called = node.args[0] if node.args else given.get("name")
            if isinstance(called, ast.Constant) and called.value == name:
                if isinstance(given.get("fails"), ast.List):
                    return given
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
