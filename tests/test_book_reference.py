"""The pages made from docstrings and from the commands' own help."""

import click

from autograder.course.course import find_course
from book import reference

COURSE = find_course()


@click.group()
def commands():
    """All that there is."""


@commands.command()
@click.option("--fast", is_flag=True, help="Do not wait.")
def run(fast):
    """Run it."""


def test_commands_are_those_that_are_handed_in():
    page = reference.pages(COURSE, commands, True)["commands"]
    assert "## `course run`" in page and "Do not wait." in page and "All that there is." in page


def test_students_get_no_pages_for_instructors():
    assert set(reference.pages(COURSE, commands, False)) == {"helpers"}


def test_every_module_of_helpers_is_named_once():
    page = reference.pages(COURSE, commands, False)["helpers"]
    modules = [line for line in page.splitlines() if line.startswith(".. automodule::")]
    assert len(modules) == len(set(modules)) > 20
    assert ".. automodule:: helpers.checking.notebook" in modules
    assert not [line for line in modules if ".checks" in line]


def test_what_is_grouped_is_there():
    found = set(reference._modules(COURSE.root / "helpers"))
    assert {module for group in reference.GROUPS.values() for module in group} <= found
