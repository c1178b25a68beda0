"""What SECURITY.md promises: each has a test of that name, and the box keeps its part here."""

import re
from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.sandbox.promises import kept_promises

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/\w+\.py)::(\w+)`", TEXT)))


@pytest.fixture(scope="module")
def in_the_box():
    return dict(kept_promises(find_course()))


def test_every_promise_names_its_test():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    promised = [row for row in rows if not re.match(r"\| (Promise|---)", row)]
    assert len(promised) >= 25
    assert [row for row in promised if not re.search(r"`tests/\w+\.py::\w+`", row)] == []


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_the_test_of_a_promise_is_there(file, test):
    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


def test_the_box_keeps_what_is_promised(in_the_box):
    assert len(in_the_box) >= 10
    assert [text for text, kept in in_the_box.items() if not kept] == []


def test_each_is_a_line_of_the_document(in_the_box):
    assert [text for text in in_the_box if f"Code in the sandbox {text}" not in TEXT] == []


def test_without_the_box_they_are_seen_to_be_broken():
    broken = {text for text, kept in kept_promises(find_course(), confined=False) if not kept}
    assert len(broken) >= 4  # the filter of system calls stays, and with it no network
    assert {"sees no other process", "sees no hidden check and no solution"} <= broken
