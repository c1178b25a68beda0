"""Run checks with pytest, inside this process, and say what became of each.

pytest is used as a library: it collects the files, injects the fixtures and calls the
functions; what it prints is switched off. The same few lines serve the notebook, the
terminal and the grader, which differ only in the ``student`` that they bring.
"""

from __future__ import annotations

import os
import sys
import traceback
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from helpers.checking import own_words
from helpers.checking.catalogue import PUBLIC
from helpers.checking.failures import CheckFailure, StudentRaised, Waits
from helpers.checking.show import show, show_call
from helpers.checking.student import Student
from helpers.errors import CheckDefinitionError

PYTEST_OPTIONS = (
    "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:logging", "-p", "no:doctest",
    "-p", "no:unittest", "-p", "no:warnings", "-p", "no:faulthandler", "-p", "no:junitxml",
    "-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:tmpdir",
    "--noconftest", "--assert=plain", "--import-mode=importlib", "--capture=no",
    "--strict-markers",
)  # fmt: skip
DEFAULT_LIMIT = 10.0
MARKS = ("exercise(id)", "points(value)", "hint(text)", "limit(seconds)", "after(*checks)",
         "demand(*letters)")  # fmt: skip


@dataclass(frozen=True)
class CheckResult:
    """What became of one check.

    ``status`` is ``pass``; ``fail`` (the answer is wrong); ``missing`` (there is none);
    ``waits`` (no check that comes first passes); or ``error`` (the check itself broke:
    nobody's answer is at fault). ``functions`` are those that it called, or handed to others;
    ``stood_in`` those of the same exercise for which the reference stood in, as they are wrong.
    ``told`` is what a student may read of a hidden check in place of the problem: see
    :mod:`helpers.checking.own_words`.
    """

    check: str
    exercise: str
    points: float
    status: str
    public: bool = True
    problem: str = ""
    diagnosis: str = ""
    called: str = ""
    got: str = ""
    expected: str = ""
    traceback: str = ""
    hint: str = ""
    demands: str = ""
    functions: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True)
class CheckMarks:
    """What a check says of itself, before it is run.

    Attributes
    ----------
    check : str
        Its name, such as ``2.2.2/rows_sum_to_one``.
    exercise : str
    points : float
    hint : str
    file : Path
        Where it is written.
    demands : tuple of str
        The letters of the demands that it sees to.
    """

    check: str
    exercise: str
    points: float
    hint: str
    file: Path
    demands: tuple[str, ...] = ()


StudentFor = Callable[[str], Student]


def run_checks(
    files: Sequence[Path],
    student_for: StudentFor,
    *,
    seed: int | None = None,
    on_result: Callable[[CheckResult], None] | None = None,
) -> list[CheckResult]:
    """Run every check in the files.

    Parameters
    ----------
    files : sequence of Path
        Files of checks; an empty sequence gives an empty list.
    student_for : callable
        Takes the id of an exercise, gives the :class:`Student` to hand to its checks.
    seed : int, optional
        Inputs are drawn from it and the check's name; without one they are new every time.
    on_result : callable, optional
        Called with each result as it comes.

    Raises
    ------
    CheckDefinitionError
        A file cannot be imported, a check lacks a mark, or checks were left out.
    KeyboardInterrupt
        Somebody pressed Ctrl-C.
    """
    if not files:
        return []
    plugin = _Checks(files, student_for, seed, on_result)
    with _pytest_alone(), _no_modules_left(files):
        options = [*PYTEST_OPTIONS, "-c", os.devnull, "--rootdir", str(files[0].parent)]
        code = pytest.main(options, plugins=[plugin])
    if plugin.broken:
        raise CheckDefinitionError(plugin.broken[0])
    if plugin.interrupted or code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if not plugin.results or len(plugin.results) != plugin.found:
        raise CheckDefinitionError(
            f"of {plugin.found} checks in {files[0].name} {len(plugin.results)} were run "
            f"(pytest ended with status {int(code)}); checks that did not run prove nothing"
        )
    return plugin.results


def list_checks(files: Sequence[Path]) -> list[CheckMarks]:
    """The checks in the files, none of which is run.

    Raises
    ------
    CheckDefinitionError
        A file cannot be imported, or a check lacks a mark.
    """
    if not files:
        return []
    plugin = _Checks(files, Student, None, None)
    with _pytest_alone(), _no_modules_left(files):
        options = [*PYTEST_OPTIONS, "-c", os.devnull, "--rootdir", str(files[0].parent)]
        pytest.main([*options, "--collect-only"], plugins=[plugin])
    if plugin.broken:
        raise CheckDefinitionError("; ".join(plugin.broken))
    return plugin.marks


@contextmanager
def _pytest_alone() -> Iterator[None]:
    """Keep plug-ins and options of the surrounding environment out of the run."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    clean["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with mock.patch.dict(os.environ, clean, clear=True):
        yield


@contextmanager
def _no_modules_left(files: Sequence[Path]) -> Iterator[None]:
    """Forget the files of checks afterwards: another folder may hold others of the same name."""
    try:
        yield
    finally:
        ours = {str(path) for path in files}
        for name, module in list(sys.modules.items()):
            if getattr(module, "__file__", None) in ours:
                del sys.modules[name]


class _Checks:
    """The pytest plug-in that brings the fixtures and takes the results."""

    def __init__(self, files: Sequence[Path], student_for: StudentFor, seed: int | None, on_result):
        self._files = files
        self._student_for = student_for
        self._seed = seed
        self._on_result = on_result
        self._students: dict[str, Student] = {}
        self.results: list[CheckResult] = []
        self.marks: list[CheckMarks] = []
        self.found = 0
        self.broken: list[str] = []
        self.interrupted = False

    def pytest_configure(self, config: pytest.Config) -> None:
        for mark in MARKS:
            config.addinivalue_line("markers", mark)

    def pytest_collection(self, session: pytest.Session) -> bool:
        """Collect the files themselves: on a command line, ``[`` or ``::`` in a path means more."""
        session.items = [
            item
            for path in self._files
            for item in session.genitems(pytest.Module.from_parent(session, path=path))
        ]
        self._look_at(session.items)
        self.marks = [_marks(item) for item in session.items]
        self.found = session.testscollected = len(session.items)
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"checks in {report.nodeid} cannot be read: {report.longrepr}")

    def _look_at(self, items: list[pytest.Item]) -> None:
        names: set[str] = set()
        for item in items:
            for mark in ("exercise", "points", "hint"):
                if item.get_closest_marker(mark) is None:
                    self.broken.append(f"the check {item.nodeid} has no mark `{mark}`")
            for earlier in _comes_after(item):
                if earlier not in names:
                    self.broken.append(f"{item.nodeid} comes after {earlier}, which is not there")
            names.add(check_name(item))
        if self.broken:
            items.clear()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        statuses = {r.check: r.status for r in self.results}
        earlier = {name: statuses.get(name) for name in _comes_after(item)}
        if earlier and "pass" not in earlier.values():
            missing = set(earlier.values()) == {"missing"}
            raise Waits([name.partition("/")[2] for name in earlier], missing)

    def pytest_keyboard_interrupt(self) -> None:
        self.interrupted = True

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        """The student whose functions are called."""
        student = self._of(request.node)
        student.forget()
        student.time_limit = _mark(request.node, "limit", DEFAULT_LIMIT)
        return student

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A random generator, new for every run of every check."""
        if self._seed is None:
            return np.random.default_rng()
        return np.random.default_rng([self._seed, zlib.crc32(check_name(request.node).encode())])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo):
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or (call.when == "setup" and error is not None):
            self._note(item, error)
        return (yield)

    def _of(self, item: pytest.Item) -> Student:
        exercise_id = _mark(item, "exercise")
        if exercise_id not in self._students:
            self._students[exercise_id] = self._student_for(exercise_id)
        return self._students[exercise_id]

    def _note(self, item: pytest.Item, error: BaseException | None) -> None:
        waits = isinstance(error, Waits)  # nothing was called
        student = None if waits else self._students.get(_mark(item, "exercise"))
        public = Path(item.path).name == PUBLIC
        result = CheckResult(
            check=check_name(item),
            exercise=_mark(item, "exercise"),
            points=float(_mark(item, "points")),
            public=public,
            hint=_hint(item, error, public),
            demands=", ".join(f"({letter})" for letter in _demands(item)),
            functions=tuple(sorted(student.used)) if student else (),
            **_verdict(error, student),
        )
        if not public and isinstance(error, CheckFailure):
            result = replace(result, **_of_hidden(item, error, student))
        self.results.append(result)
        if self._on_result:
            self._on_result(result)


def _marks(item: pytest.Item) -> CheckMarks:
    return CheckMarks(
        check_name(item), _mark(item, "exercise"), float(_mark(item, "points")),
        _mark(item, "hint"), Path(item.path), _demands(item),
    )  # fmt: skip


def _demands(item: pytest.Item) -> tuple[str, ...]:
    mark = item.get_closest_marker("demand")
    return mark.args if mark else ()


def _comes_after(item: pytest.Item) -> list[str]:
    mark = item.get_closest_marker("after")
    return [f"{_mark(item, 'exercise')}/{name}" for name in mark.args] if mark else []


def check_name(item: pytest.Item) -> str:
    """``2.2.2/rows_sum_to_one``: the exercise, and the function without its ``test_``."""
    return f"{_mark(item, 'exercise')}/{item.name.removeprefix('test_')}"


def _mark(item: pytest.Item, name: str, default=None):
    mark = item.get_closest_marker(name)
    return mark.args[0] if mark else default


def _of_hidden(item: pytest.Item, error: CheckFailure, student: Student | None) -> dict[str, str]:
    """Of a hidden check that failed: what the student is told, in words that are the check's."""
    call = student.last_call if student else None
    files = own_words.sources_of(item.module, error)
    return {
        "told": own_words.told_of(error, call.about if call else "", files),
        "diagnosis": own_words.several_words(error.diagnosis, files),
    }


def _hint(item: pytest.Item, error: BaseException | None, public: bool) -> str:
    """What may help; where a function raised an exception, what that means is more to the point.

    Of a hidden check not even that: it was found out where the student's code runs.
    """
    if isinstance(error, StudentRaised):
        return error.explanation if public else ""
    return _mark(item, "hint") if error is not None else ""


def _verdict(error: BaseException | None, student: Student | None) -> dict[str, str]:
    if error is None:
        return {"status": "pass"}
    call = student.last_call if student else None
    called = show_call(call) if call else ""
    if isinstance(error, Waits):
        return {"status": error.status, "problem": error.problem}
    if isinstance(error, CheckFailure):
        got = error.got or (show(call.value) if call and call.answered else "")
        return {
            "status": error.status,
            "problem": error.problem,
            "diagnosis": error.diagnosis,
            "called": called,
            "got": got,
            "expected": error.expected,
            "traceback": error.traceback,
        }
    text = "".join(traceback.format_exception(error))[-4000:]
    said = f"{type(error).__name__}: {error}"
    return {
        "status": "error",
        "problem": f"this check broke: {said}"[:400],
        "called": called,
        "traceback": text,
    }
