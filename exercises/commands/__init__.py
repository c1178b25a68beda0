"""Commands that this course adds to ``course``: reading photographs, sheets, data, the book."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands.options import PATH, with_course
from autograder.course.course import Course
from helpers.errors import CourseError


@click.command()
@click.argument("images", nargs=-1, required=True, type=PATH, metavar="IMAGE ...")
@click.option("--characters", is_flag=True, help="Each image shows one character, not a page.")
@click.option("--network", type=PATH, default=None, metavar="cnn|FILE",
              help="The convolutional network, or one saved in notebook 3 or 6 (default: the "
                   "course's own of notebook 3).")  # fmt: skip
def read(images: tuple[Path, ...], characters: bool, network: Path | None) -> None:
    """Print the text of photographed pages of handwriting."""
    from exercises.commands.read import read_command

    for text in read_command(images, characters, network):
        click.echo(text)


@click.command()
@click.argument("file", type=PATH, metavar="OUT.pdf")
def sheet(file: Path) -> None:
    """Write a sheet to print and fill in by hand, for training on your own handwriting."""
    from helpers.sheets import save_sheet

    if file.exists():
        raise CourseError(f"{file} exists; name a new file, or remove it first")
    save_sheet(file)
    click.echo(f"{file}: print it, fill it in, photograph all of it; read_sheet cuts it up.")


@click.group(invoke_without_command=True)
@click.pass_context
def data(context: click.Context) -> None:
    """List the data sets: those of the course, and others that can be got."""
    if context.invoked_subcommand is None:
        from helpers.datasets.terminal import listing

        click.echo(listing())


@data.command()
@click.argument("name")
@click.option("--from", "url", metavar="URL", default=None,
              help="Another address of the same file; its checksum must be the same.")  # fmt: skip
def fetch(name: str, url: str | None) -> None:
    """Fetch the data set NAME into the cache, with its checksum verified.

    The cache is one folder for each user; the environment variable COURSE_CACHE names another.
    """
    from helpers.datasets.terminal import fetched

    click.echo(fetched(name, url))


@click.command()
@click.option("--without-solutions", is_flag=True, help="The edition for students.")
@click.option("--out", type=PATH, default=None,
              help="Folder for the site (default: dist/book, or "
                   "dist/book-without-solutions).")  # fmt: skip
@with_course
@click.option("--pdf", is_flag=True, help="Make the same book as one PDF, too.")
def book(without_solutions: bool, out: Path | None, pdf: bool, course: Course) -> None:
    """Make the book: run the notebooks, and make a site of them that works without a network.

    The outputs of a notebook are kept, so that it is run again only where its code has changed.
    """
    from book.command import make_book

    commands = click.get_current_context().find_root().command

    click.echo(f"Open {make_book(commands, out, not without_solutions, pdf, course)}")


COMMANDS = [read, sheet, data, book]
