"""Results of checks, as a student reads them: in a notebook, or in a terminal."""

from __future__ import annotations

import html
import re
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.checking.catalogue import Exercise
from helpers.checking.runner import CheckResult
from helpers.checking.statuses import STATUSES

WIDTH = 96
MOST_LINES = 5
"""Of a value, or of a traceback: enough to tell it from others."""
LINES = "your lines "
CODE = ("called    ", "came back ", "expected  ", LINES)
# What came back has the wrong form: what the hint says of its values is beside the point.
WRONG_KIND = re.compile(r" (?:is|are) (None: is a `return` missing|an? [\w.]+, not an? )")


def for_reading(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Results as they are shown: where no value of the right kind came back, that alone is said.

    The error of a cell that could not be run becomes part of the sentence, a hint about values
    is left out, and what fails in the very same way again is said once.

    Examples
    --------
    >>> broken = CheckResult("2.2.2/a", "2.2.2", 1.0, "fail", hint="Which axis?",
    ...                      problem="`f` could not be defined", traceback="NameError: name 'g'")
    >>> [(r.problem, r.hint) for r in for_reading([broken, broken])]
    [("`f` could not be defined: NameError: name 'g'", ''), ('the same as above', '')]
    """
    told: set[tuple[str, str]] = set()
    shown = []
    for result in results:
        if result.status == "fail" and (result.traceback or WRONG_KIND.search(result.problem)):
            failure = (result.problem, result.traceback)
            result = _said_before(result) if failure in told else _about_form(result)
            told.add(failure)
        shown.append(result)
    return shown


def _about_form(result: CheckResult) -> CheckResult:
    if not result.traceback:
        return replace(result, hint="")
    if result.problem.endswith("could not be defined"):
        error = result.traceback.strip().splitlines()[-1].strip()
        return replace(result, problem=f"{result.problem}: {error}", hint="")
    return result


def _said_before(result: CheckResult) -> CheckResult:
    return replace(result, problem="the same as above", diagnosis="", called="", got="",
                   expected="", traceback="", hint="")  # fmt: skip


def first_to_mend(results: Sequence[CheckResult]) -> CheckResult | None:
    """The result that is explained in full, since the others may have the same cause.

    It is the first that does not pass, of the public checks if one of them does not. But where
    that one has values of the right kind and no name for the mistake, it is the first that has one.

    Examples
    --------
    >>> unnamed = CheckResult("2.2.2/a", "2.2.2", 1.0, "fail", problem="a sum is 2, not 1")
    >>> named = CheckResult("2.2.2/b", "2.2.2", 1.0, "fail", diagnosis="it is not divided")
    >>> first_to_mend([unnamed, named]).check
    '2.2.2/b'
    """
    wrong = [r for r in results if r.status in ("fail", "error")]
    wrong = [r for r in wrong if r.public] or wrong
    if not wrong:
        return next((r for r in results if r.status != "pass"), None)
    of_form = wrong[0].traceback or WRONG_KIND.search(wrong[0].problem)
    return wrong[0] if of_form else next((r for r in wrong if r.diagnosis), wrong[0])


def first_said(results: Sequence[CheckResult]) -> str:
    """The sentence that a student is to go by: the name of the mistake or, without one, a hint.

    Where a value of the wrong kind came back, or none, it is what the check says of that.
    """
    result = first_to_mend(for_reading(results))
    return (result.diagnosis or result.hint or result.problem) if result else ""


def print_results(
    exercise: Exercise, results: Sequence[CheckResult], earlier: Sequence[Exercise] = ()
) -> None:
    """Show results where the student is looking: as HTML in a notebook, else as text."""
    if _in_notebook():
        from IPython.display import HTML, display

        page = HTML(as_html(exercise, results, earlier))
        display(
            {"text/html": page.data, "text/plain": as_text(exercise, results, earlier)}, raw=True
        )
    else:
        print_text(as_text(exercise, results, earlier, colour=sys.stdout.isatty()))


def print_text(text: str) -> None:
    """Print, with plainer signs where the terminal has no better ones."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for status in STATUSES.values():
            text = text.replace(status.symbol, status.plain)
        text = text.encode(encoding, "replace").decode(encoding)
    print(text)


def _in_notebook() -> bool:
    """Whether this process is the kernel of a notebook, and no plain IPython or script."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


@dataclass(frozen=True)
class Row:
    """Checks that are shown together: one, or several of which only the names are given."""

    status: str
    title: str
    details: tuple[tuple[str, str], ...] = ()


def rows_of(results: Sequence[CheckResult], in_full: bool = False) -> list[Row]:
    """What is shown of results: where something fails, one check in full and the others by name.

    Every check has a row of its own if ``in_full``, which is for who cannot run the checks again;
    and where all pass.
    """
    results = for_reading(results)
    first = first_to_mend(results)
    if in_full or first is None:
        return [Row(r.status, _title(r), tuple(details(r))) for r in results]
    folded = tuple((label, _folded(text)) for label, text in details(first))
    rows = [Row(first.status, _title(first), folded)]
    for status in ("fail", "error", "missing", "waits"):
        names = [_title(r) for r in results if r.status == status and r is not first]
        if names:
            rows.append(Row(status, f"{', '.join(names)}{_aside(status, len(names))}"))
    return rows


def _aside(status: str, number: int) -> str:
    if status == "fail":
        return " (perhaps of the same cause)"
    return f" (wait{'s' * (number == 1)})" if status == "waits" else ""


def as_text(
    exercise: Exercise,
    results: Sequence[CheckResult],
    earlier: Sequence[Exercise] = (),
    colour: bool = False,
    in_full: bool = False,
) -> str:
    """Results as lines of text; see :func:`rows_of`."""
    lines = [_head(exercise, results)]
    lines += [f"  {_earlier(earlier)}"] * bool(earlier)
    for row in rows_of(results, in_full):
        status = STATUSES[row.status]
        symbol = f"\x1b[{status.ansi}m{status.symbol}\x1b[0m" if colour else status.symbol
        title = textwrap.wrap(row.title, WIDTH, break_long_words=False)
        lines.append(f"  {symbol} " + "\n    ".join(title))
        for label, text in row.details:
            lines.append(f"      {label}{text}".replace("\n", "\n" + " " * (6 + len(label))))
    return "\n".join(lines)


def as_html(
    exercise: Exercise,
    results: Sequence[CheckResult],
    earlier: Sequence[Exercise] = (),
    in_full: bool = False,
) -> str:
    """The same as a fragment of HTML without scripts, readable on light and dark themes."""
    whole = "pass" if all(result.status == "pass" for result in results) else "fail"
    head = (
        f'<div style="font-weight:600">{_mark(whole)} {html.escape(_head(exercise, results))}</div>'
    )
    begin = f"<div>{_words(_earlier(earlier))}</div>" if earlier else ""
    rows = "".join(map(_html_row, rows_of(results, in_full)))
    return (
        f'<div style="border-left:4px solid {STATUSES[whole].colour};padding:.2em .8em;'
        f'line-height:1.45">{head}{begin}{rows}</div>'
    )


def _head(exercise: Exercise, results: Sequence[CheckResult]) -> str:
    passed = sum(result.status == "pass" for result in results)
    return f"{exercise.id} {exercise.title}: {passed} of {len(results)} checks pass"


def details(result: CheckResult) -> list[tuple[str, str]]:
    """What to say below a check that does not pass: label and text, in reading order."""
    if result.status == "pass":
        return []
    rows = [("", result.problem)]
    if result.status in ("missing", "waits"):
        return rows
    rows += [
        ("called    ", result.called),
        ("came back ", result.got),
        ("expected  ", result.expected),
        ("looks like ", result.diagnosis),
        (LINES, result.traceback),
        ("hint: ", result.hint),
    ]
    return [(label, text) for label, text in rows if text]


def readable(check: str) -> str:
    """``2.2.2/rows_sum_to_one`` as words: ``rows sum to one``."""
    return check.partition("/")[2].replace("_", " ")


def _html_row(row: Row) -> str:
    inner = ""
    for label, text in row.details:
        if label in CODE:
            body = f'<code style="white-space:pre-wrap;background:none">{html.escape(text)}</code>'
        else:
            body = _words(text)
        inner += f'<div><span style="opacity:.7">{html.escape(label)}</span>{body}</div>'
    head = f"<div>{_mark(row.status)} {html.escape(row.title)}</div>"
    return head + (f'<div style="margin:0 0 .4em 1.6em">{inner}</div>' if inner else "")


def _title(result: CheckResult) -> str:
    return f"{readable(result.check)} {result.demands}".rstrip()


def _mark(status: str) -> str:
    shown = STATUSES[status]
    return f'<span style="color:{shown.colour};font-weight:700">{shown.symbol}</span>'


def _earlier(others: Sequence[Exercise]) -> str:
    """Where to begin: with the exercises on which this one builds."""
    named = ", then ".join(f"{other.id} ({', '.join(other.functions)})" for other in others)
    they = "it, and it is" if len(others) == 1 else "them, and they are"
    return f"Start with {named}: this builds on {they} not right yet."


def _folded(text: str) -> str:
    """A long text, such as an array, without its middle."""
    lines = text.split("\n")
    if len(lines) <= MOST_LINES:
        return text
    return "\n".join([*lines[: MOST_LINES - 2], "...", lines[-1]])


def _words(text: str) -> str:
    """A sentence as HTML; what stands between backticks is code."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
