"""What a run of the tests left out, why, and the command that brings it: the last thing printed.

A reason to skip a test reads "what is missing: the command that brings it", and is one of those
below; the examples in modules that cannot be imported here are listed as well.
"""

import platform
import shutil
import sys
from collections import Counter
from pathlib import PurePosixPath

import pytest

from helpers.checking.packages import missing

PYTORCH = "PyTorch is not installed: make torch"
BROWSER = "no chromium and chromedriver here: apt-get install chromium chromium-driver"
FONTS = "the fonts of the embedded data are not here, nor could be fetched: apt-get install npm"
ICONS = "the icons of the embedded data are not here, nor could be fetched: apt-get install npm"
HEADERS = "no headers of the kernel here: apt-get install linux-libc-dev"
GIT = "this is no git checkout: git clone"
ATTRIBUTES = "files have no attributes here: run it on another file system"
LINUX = "this is not Linux: run it on Linux"
SYSTEMS = "this Python is the system's own, which does not move: install another Python"
EXCHANGE = "nbgrader's exchange is in use on this machine: run it on another one"
X86 = "this is no x86_64 processor: run it on one"

NEED_PYTORCH = ["helpers/torch_models.py", "data/networks/convolutional.py"]
"""Modules with examples that import PyTorch."""

with_pytorch = pytest.mark.skipif(bool(missing(["torch"])), reason=PYTORCH)
with_browser = pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser"))
    or not shutil.which("chromedriver"),
    reason=BROWSER,
)
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason=LINUX)
on_x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason=X86)


def pytest_ignore_collect(collection_path, config):
    """Look for no examples in a module that cannot be imported here."""
    if collection_path in [config.rootpath / module for module in not_collected()]:
        return True
    return None


def not_collected() -> list[str]:
    """Modules whose examples cannot be looked for, since what they import is not there."""
    return NEED_PYTORCH if missing(["torch"]) else []


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    tests = Counter((reason(report), file_of(report)) for report in skipped)
    lines = listed(tests, not_collected())
    if lines:
        terminalreporter.section(f"left out: {tests.total()} tests")
        for line in lines:
            terminalreporter.line(line)


def reason(report) -> str:
    """Why a test was skipped, in the words of whoever skipped it."""
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return why.removeprefix("Skipped: ")


def file_of(report) -> str:
    """The name of a test's file."""
    return PurePosixPath(report.nodeid.partition("::")[0]).name


def listed(tests: Counter[tuple[str, str]], modules: list[str]) -> list[str]:
    """One line a reason, the most tests first.

    Examples
    --------
    >>> listed(Counter({("no cat: buy one", "test_a.py"): 3, ("no cat: buy one", "b.py"): 1}), [])
    ['4 tests (test_a.py, b.py): no cat: buy one']
    """
    counts: Counter[str] = Counter()
    files: dict[str, list[str]] = {}
    for (why, file), count in tests.most_common():
        counts[why] += count
        files.setdefault(why, []).append(file)
    lines = [
        f"{count} test{'s' * (count > 1)} ({', '.join(files[why])}): {why}"
        for why, count in counts.most_common()
    ]
    return lines + [f"the examples in {module}: {PYTORCH}" for module in modules]
