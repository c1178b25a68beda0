"""Small charts as inline SVG: drawn here, coloured by the style sheet, with a label in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from autograder.judging.verdicts import ExerciseVerdict
from autograder.report.rendering import MARKS
from autograder.report.text import clean

BINS = 11  # 0, 10, ..., 100 per cent of the points


def strip(verdicts: Sequence[ExerciseVerdict]) -> Markup:
    """A bar of all points, split by what became of them.

    A partly right exercise adds to "right" what it earned and to "partly right" the rest.
    """
    total = sum(max(0.0, verdict.max_points) for verdict in verdicts)
    if not total:
        return Markup("")
    parts: Counter[str] = Counter()
    for verdict in verdicts:
        earned = min(max(0.0, verdict.points), verdict.max_points)
        parts["pass"] += earned
        status = "fail" if verdict.status == "pass" else verdict.status
        parts[status] += verdict.max_points - earned
    bars, left = [], 0.0
    for status in MARKS:
        width = 1000 * parts[status] / total
        if width > 0:
            bars.append(f'<rect class="{status}" x="{left:.1f}" y="0" '
                        f'width="{max(0.0, width - 3):.1f}" height="14"/>')  # fmt: skip
        left += width
    return Markup(
        '<svg class="strip" viewBox="0 0 1000 14" preserveAspectRatio="none" '
        'aria-hidden="true">' + "".join(bars) + "</svg>"
    )


def histogram(shares: Sequence[float], label: str) -> Markup:
    """How often each share of the points was reached.

    Parameters
    ----------
    shares : sequence of float
        One for each student, from 0 to 1.
    label : str
        What the chart shows, for who cannot see it; the counts are added.

    Examples
    --------
    >>> bin_counts([0.0, 0.5, 1.0, 1.0])
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2]
    """
    counts = bin_counts(shares)
    tallest = max(counts) or 1
    bars = "".join(
        f'<rect x="{10 * i + 1}" y="{30 - height:.1f}" width="8" height="{height:.1f}"/>'
        for i, count in enumerate(counts)
        if (height := 28 * count / tallest)
    )
    words = "; ".join(f"{count} at {10 * i} %" for i, count in enumerate(counts) if count)
    return Markup(
        '<svg class="histogram" viewBox="0 0 110 31" role="img" aria-label="{}">{}'
        '<path d="M0 30.5H110"/></svg>'
    ).format(f"{clean(label)}: {words or 'nobody'}", Markup(bars))


def bin_counts(shares: Sequence[float]) -> list[int]:
    """Counts of shares in tenths; the first bin is exactly none, the last exactly all."""
    counts = [0] * BINS
    for share in shares:
        if share <= 0:
            counts[0] += 1
        elif share >= 1:
            counts[-1] += 1
        else:
            counts[min(BINS - 2, max(1, round(share * (BINS - 1))))] += 1
    return counts
