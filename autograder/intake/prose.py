"""Finding an answer in prose that stands beside the cell that waits for it.

Students type into a new cell above or below, into the cell of the question, or into comments.
"""

from __future__ import annotations

import ast
import difflib
import io
import re
import tokenize
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.intake.checked import squeeze
from autograder.intake.joining import WRITTEN_STUB, join_text
from autograder.intake.parts import START, NotebookParts
from helpers.checking.cells import is_answer, text_of
from helpers.checking.statements import defined_names

NEAR = 4  # cells of the course between code and a question on it
MAX_COMPARED = 400  # characters of a line
SHORT = 20  # characters: such lines are alike by chance
ALIKE = 0.9  # of two lines, from 0 to 1
MIN_WORDS = 6  # of comments above or below code, to be more than a note on it
WORD = re.compile(r"[^\W\d_]{2,}")
SECTION = re.compile(r"^\s*#+\s*(?:your )?(?:answer|solution|antwort)\s*:?\s*$", re.IGNORECASE)


def find_prose(laid: NotebookParts, keys: Mapping[str, dict[str, Any]]) -> None:
    """Look for answers in prose that are not in their cells: beside them, or in the question."""
    lines = given_lines(list(keys.values()))
    for key, given in keys.items():
        if not is_answer(given) or given["cell_type"] == "code":
            continue
        if is_blank(laid.answers.get(key, ""), text_of(given)):
            groups = groups_around(keys, key, START)
            if not _take_prose(laid, key, groups, lines):
                _take_comments(laid, key, keys)
    laid.unplaced = [
        group or "the top" for group, cells in laid.extra.items() for cell in cells
        if cell["cell_type"] != "code"
        and len(WORD.findall(added_text(cell["source"], lines))) >= MIN_WORDS
    ]  # fmt: skip


def is_blank(answer: str, stub: str) -> bool:
    """Whether nothing was written into the cell of an answer in prose."""
    return squeeze(answer) in ("", WRITTEN_STUB, squeeze(stub))


def _take_prose(
    laid: NotebookParts, key: str, groups: Sequence[str], given: frozenset[str]
) -> bool:
    texts: dict[int, str] = {}
    at = groups.index(key)
    near = groups[at - 1 : at + 1]
    own = [(group, cell) for group in groups for cell in laid.extra.get(group, [])]
    for group, cell in own:
        if group not in near and not holds_given(cell["source"], given):
            text = ""  # it is beside something else
        elif cell["cell_type"] == "code":
            text = prose_in_code(cell["source"])
        else:
            text = added_text(cell["source"], given)
        if text:
            texts[id(cell)] = text
    if not texts:
        return False
    taken = [cell for _, cell in own if id(cell) in texts]
    for group in groups:
        kept = [c for c in laid.extra.get(group, []) if c["cell_type"] == "code" or c not in taken]
        if group in laid.extra:
            laid.extra[group] = kept
    lost = "lost its mark" if key not in laid.answers else "is empty"
    laid.answers[key] = join_text([texts[id(cell)] for cell in taken], "")
    attached = laid.attachments.setdefault(key, {})
    for cell in taken:
        attached |= cell["attachments"]
    where = "in its place" if lost == "lost its mark" else "beside it"
    laid.remarks.append(f"the cell {key} {lost}; the text {where} was taken")
    return True


def _take_comments(laid: NotebookParts, key: str, keys: Mapping[str, dict[str, Any]]) -> None:
    """Take what comments at the margin of the code above say."""
    order = list(keys)
    above = (k for k in reversed(order[: order.index(key)]) if keys[k]["cell_type"] == "code")
    answer = next((k for k in above if k in laid.answers and is_answer(keys[k])), "")
    if not answer or order.index(key) - order.index(answer) > NEAR:
        return
    text = loose_comments(laid.answers[answer], text_of(keys[answer]))
    if text:
        laid.answers[key] = text
        laid.remarks.append(f"the cell {key} is empty; comments in the cell {answer} were taken")


def groups_around(keys: Mapping[str, Mapping[str, Any]], key: str, start: str) -> list[str]:
    """The cells of the course after which a text may stand that answers ``key``.

    Those are the answer itself, the question, what stands before the question, and, if it is a text
    of the course's that was written into, what follows the answer.
    """
    order = [start, *keys]
    at = order.index(key)
    groups = [key]
    for before in reversed(order[:at]):
        groups.insert(0, before)
        if before == start or keys[before]["cell_type"] == "code" or is_answer(keys[before]):
            break
    following = ((other, keys[other]) for other in order[at + 1 : at + 2])
    return groups + [k for k, c in following if c["cell_type"] != "code" and not is_answer(c)]


def given_lines(cells: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The lines of all texts that the course gives."""
    return frozenset(
        squeeze(line) for cell in cells if cell["cell_type"] == "markdown"
        for line in text_of(cell).splitlines()
    )  # fmt: skip


def added_text(source: str, given: frozenset[str]) -> str:
    """What a student added to a text of the course's.

    Examples
    --------
    >>> added_text("Why is that?\\n\\nBecause.", frozenset({"", "Why is that?"}))
    'Because.'
    """
    lines = source.splitlines()
    mine = [line for line in lines if not SECTION.match(line) and not _is_given(line, given)]
    text = "\n".join(mine).strip()
    return text if WORD.search(text) else ""


def _is_given(line: str, given: frozenset[str]) -> bool:
    """Whether a line is one of the course's, or nearly so, as where a word was made bold."""
    line = squeeze(line)
    if not line or line in given:
        return bool(line)
    return len(line) < MAX_COMPARED and bool(
        difflib.get_close_matches(line, [g for g in given if len(g) > SHORT], n=1, cutoff=ALIKE)
    )


def holds_given(source: str, given: frozenset[str]) -> bool:
    """Whether a line of the course's stands in a text."""
    lines = (squeeze(line) for line in source.splitlines())
    return any(len(line) > 20 and line in given for line in lines)


def prose_in_code(source: str) -> str:
    r"""The text that stands in place of code: comments, strings, or sentences that are no Python.

    Examples
    --------
    >>> prose_in_code("# Because all units\n# are alike.")
    'Because all units\nare alike.'
    >>> prose_in_code("print('Because all units are alike.')")
    'Because all units are alike.'
    >>> prose_in_code("Because all units are alike, and stay so.")
    'Because all units are alike, and stay so.'
    >>> prose_in_code("x = 1  # one")
    ''
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        sentences = len(WORD.findall(source)) >= MIN_WORDS and not defined_names(source)
        return source.strip() if sentences and "=" not in source and "(" not in source[:20] else ""
    texts = [_text_of_statement(node) for node in body]
    if not all(texts):
        return ""
    return "\n".join([*texts, *_comments(source)]).strip()


def loose_comments(source: str, given: str) -> str:
    """Comments at the margin, above or below the code of an answer, that say more than a few words.

    Those inside a function speak of its lines. What the course's own cell says is left out.
    """
    lines = [line for line in _comments(source, margin_only=True) if line not in given]
    text = "\n".join(lines).strip()
    return text if len(WORD.findall(text)) >= MIN_WORDS + 2 else ""


def _text_of_statement(node: ast.stmt) -> str:
    if not isinstance(node, ast.Expr):
        return ""
    value = node.value
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "print" and value.args:
        value = value.args[0]
    text = value.value if isinstance(value, ast.Constant) else ""
    return text.strip() if isinstance(text, str) else ""


def _comments(source: str, margin_only: bool = False) -> list[str]:
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT and not (margin_only and token.start[1]):
                found.append(token.string.lstrip("#").strip())
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass
    return found
