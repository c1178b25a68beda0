"""The how-to pages: their commands exist, and adding an exercise works as it stands there."""

import csv
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

from autograder.commands.main import main
from book.build import HOWTO

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "book" / "howto").glob("*.md"))
BLOCK = re.compile(
    r"^( *)```\{code-block\} (\w+)\n(?: *:caption: ([^\n]*)\n)?(.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
TEN_MINUTES = "## Add an exercise in ten minutes"


def blocks(text):
    """All code blocks: language, caption, content."""
    found = []
    for indent, language, caption, content in BLOCK.findall(text):
        lines = [line.removeprefix(indent) for line in content.splitlines()]
        found.append((language, caption, "\n".join(lines) + "\n"))
    return found


def test_the_pages_are_there_and_their_blocks_are_read():
    assert sorted(HOWTO) == [page.stem for page in PAGES]
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert len(blocks(text)) == text.count("```{code-block}")
        assert text.count("```") == 2 * len(blocks(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_shell_commands_are_sound(page):
    for language, _, content in blocks(page.read_text(encoding="utf-8")):
        if language == "bash":
            read = subprocess.run(["bash", "-n"], input=content, text=True, capture_output=True)
            assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_options_exist(page):
    text = page.read_text(encoding="utf-8")
    spans = re.findall(r"`(course [^`]*)`", text)
    lines = [
        line for language, _, c in blocks(text) if language == "bash" for line in c.split("\n")
    ]
    spans += [m for line in lines for m in re.findall(r"\bcourse [^'|;]*", line)]
    for words in (span.split() for span in spans):
        command, words = main, words[1:]
        while words and isinstance(command, click.Group):
            found = command.get_command(click.Context(command), words[0])
            assert found, f"course {' '.join(words)}"
            command, words = found, words[1:]
        options = {o for p in command.params for o in p.opts} | {"--help"}
        assert {w for w in words if w.startswith("--")} <= options, words


def test_what_the_commands_write_does_not_come_into_the_repository():
    """Least of all what students hand in."""
    page = (ROOT / "book" / "howto" / "instructors.md").read_text(encoding="utf-8")
    before = "\n".join(content for _, _, content in blocks(page.partition(TEN_MINUTES)[0]))
    written = re.findall(r"(?:release|init|--out) ([\w-]+)", before)
    given = re.findall(r"(?:grade|collect) ([\w-]+)", before)
    assert {"students", "graded", "gradebook", "submissions"} <= {*written, *given}
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    for name in {*written, *given} - {"once", "again", "neural-networks"}:
        assert any(fnmatch(name, pattern) for pattern in ignored), name


# --- Ten minutes --------------------------------------------------------------------------------


def put(root, caption, content):
    """Do with one block of a file what its caption says."""
    name, _, where = caption.partition(", ")
    path = root / name
    if not where:
        assert not path.exists(), f"{name} is there already"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if where == "at the end":
        path.write_text(f"{text.rstrip()}\n\n\n{content}", encoding="utf-8")
        return
    if where == "taken out":
        assert text.count(content) == 1, f"{name} does not hold once: {content}"
        path.write_text(text.replace(content, ""), encoding="utf-8")
        return
    how, marker = re.fullmatch(r"(before|in place of) `(.*)`", where).groups()
    assert text.count(f"\n{marker}") == 1
    if how == "in place of":
        path.write_text(text.replace(f"\n{marker}\n", f"\n{content}"), encoding="utf-8")
        return
    path.write_text(text.replace(f"\n{marker}", f"\n{content}\n{marker}"), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project, and an environment in which `python` and `course` are its own."""
    root = tmp_path_factory.mktemp("howto") / "checkout"
    left_out = shutil.ignore_patterns(
        ".*", "__pycache__", "build", "dist", "demo", "*.egg-info", "book", "mutants"
    )
    shutil.copytree(ROOT, root, ignore=left_out)
    bins = root.parent / "bin"
    bins.mkdir()
    for name, module in (("python", ""), ("course", "-m autograder.commands.main ")):
        script = f'#!/bin/sh\nexec "{sys.executable}" {module}"$@"\n'
        (bins / name).write_text(script, encoding="utf-8")
        (bins / name).chmod(0o755)
    path = f"{bins}{os.pathsep}{os.environ['PATH']}"
    return root, {**os.environ, "PATH": path, "PYTHONPATH": str(root)}


@pytest.mark.slow
def test_an_exercise_is_added_as_the_page_says(copy):
    root, environment = copy
    page = (ROOT / "book" / "howto" / "instructors.md").read_text(encoding="utf-8")
    said = []
    for language, caption, content in blocks(page.partition(TEN_MINUTES)[2]):
        if caption:
            put(root, caption, content)
            continue
        assert language == "bash"
        done = subprocess.run(["bash", "-e"], input=content, cwd=root, env=environment,
                              text=True, capture_output=True)  # fmt: skip
        assert done.returncode == 0, f"{content}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert not (root / "add_cells.py").exists()
    assert "in_place is told" in said[1]
    guards = re.search(r"(\d+) passed", said[2])
    assert int(guards.group(1)) > 10 and "failed" not in said[2]
    # What the page says of the last step: ours has all points, theirs none.
    with (root / "class-graded" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"me", "nobody"}
    assert all(row["exercise"] == "2.6" for row in rows.values())
    assert (rows["me"]["points"], rows["me"]["status"]) == ("2.5", "pass")
    assert (rows["nobody"]["points"], rows["nobody"]["status"]) == ("0", "missing")
    released = (root / "students-new" / "02_network.ipynb").read_text(encoding="utf-8")
    assert "Labels that leave room for doubt" in released and "def smooth_labels" in released
    assert "epsilon / y.shape[1]" not in released
    assert not list((root / "students-new").rglob("*any_number*"))
    # A student's folder checks it as well: nothing is written there yet.
    checked = subprocess.run(["python", "-m", "helpers", "2.6"], cwd=root / "students-new",
                             env={**environment, "PYTHONPATH": ""}, text=True,
                             capture_output=True)  # fmt: skip
    assert checked.returncode == 1 and "2.6 Labels that leave room for doubt: 0 of 2" in (
        checked.stdout
    )
