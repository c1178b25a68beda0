"""What SECURITY.md promises: each has a test of that name, and the box keeps its part here."""

import re
import socket
from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.sandbox import promises
from autograder.sandbox.promises import ATTEMPTS, kept_promises
from helpers.errors import SandboxError

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


def test_each_attempt_works_where_nothing_is_forbidden(tmp_path, monkeypatch):
    """Else a promise would seem to be kept because the attempt is a poor one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A_NAME", "x")
    (tmp_path / "hidden.py").write_text("", encoding="utf-8")
    attempts = {}
    exec(ATTEMPTS, attempts)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asked = {
            "reaches": listening.getsockname()[1], "reads": tmp_path / "hidden.py",
            "finds": tmp_path, "writes": tmp_path / "new", "sees": 1, "knows": "A_NAME",
            "takes": 10, "fills": 10, "starts": 2, "opens": 2,
        }  # fmt: skip
        for name, argument in asked.items():
            assert attempts[name](argument) is True, name
    assert set(asked) == set(re.findall(r"^def (\w+)", ATTEMPTS, re.MULTILINE))


def test_a_box_that_does_not_answer_keeps_no_promise(monkeypatch):
    monkeypatch.setattr(promises, "_succeeds", lambda *asked: False)
    with pytest.raises(SandboxError, match="does not answer"):
        next(kept_promises(find_course()))
