"""``course book``: what is needed is looked for before anything takes long."""

import pytest

from autograder.commands.main import main
from book import command
from helpers.errors import CourseError


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(command, "PACKAGES", ("click", "no_such_package.inner", "nor_this_one"))
    with pytest.raises(CourseError, match="with no_such_package.inner, nor_this_one, which is not"):
        command.make_book(main)


def test_a_browser_is_looked_for_before_the_notebooks_run(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("book.build.build_site", lambda *a, **k: pytest.fail("it began"))
    with pytest.raises(CourseError, match="apt-get install chromium"):
        command.make_book(main, tmp_path / "out", pdf=True)
