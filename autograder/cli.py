"""The command ``course``: release, check, grade, init, collect."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: graders run side by side

import click

from helpers.errors import CourseError

PATH = click.Path(path_type=Path)


class OneLineErrors(click.Group):
    """Prints an error of ours as one line, without a traceback."""

    def invoke(self, context: click.Context) -> object:
        """Run the command; catch what it raises on purpose."""
        try:
            return super().invoke(context)
        except CourseError as error:
            click.echo(f"course: {' '.join(str(error).split())}", err=True)
        except OSError as error:
            if error.errno == errno.EPIPE or not error.strerror:
                raise  # a closed pipe is click's to handle; anything else is a fault of ours
            place = f": {error.filename}" if error.filename else ""
            click.echo(
                f"course: {error.strerror}{place}; make room or name another place", err=True
            )
        context.exit(2)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="neural-networks-by-hand")
def main() -> None:
    """Neural networks by hand: make the students' folder, check answers, grade a class."""


@main.command()
@click.argument("directory", type=PATH)
def release(directory: Path) -> None:
    """Make the students' folder at DIRECTORY, which must not exist yet."""
    from autograder.release import release as make_release

    make_release(directory)
    click.echo(f"The students' folder is {directory}. It can be moved, zipped, handed out.")


@main.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK|ID ...]")
def check(notebooks: tuple[str, ...]) -> None:
    """Run the public checks on notebooks (those in this folder by default).

    Exit status 1 where a check fails. This runs the code of the notebooks as it is: it is
    for your own work; `course grade` is for other people's.
    """
    from helpers.checking.terminal import check_notebooks

    sys.exit(check_notebooks(notebooks))


@main.command()
@click.argument("images", nargs=-1, required=True, type=PATH, metavar="IMAGE ...")
@click.option("--characters", is_flag=True, help="Each image shows one character, not a page.")
@click.option("--network", type=PATH, default=None, metavar="cnn|FILE",
              help="The convolutional network, or one saved in notebook 3 or 6 (default: the "
                   "course's own of notebook 3).")  # fmt: skip
def read(images: tuple[Path, ...], characters: bool, network: Path | None) -> None:
    """Print the text of photographed pages of handwriting."""
    from autograder.reading import read_command

    for text in read_command(images, characters, network):
        click.echo(text)


@main.command()
@click.argument("file", type=PATH, metavar="OUT.pdf")
def sheet(file: Path) -> None:
    """Write a sheet to print and fill in by hand, for training on your own handwriting."""
    from helpers.sheets import save_sheet

    if file.exists():
        raise CourseError(f"{file} exists; name a new file, or remove it first")
    save_sheet(file)
    click.echo(f"{file}: print it, fill it in, photograph all of it; read_sheet cuts it up.")


@main.command()
@click.argument("submissions", type=PATH)
@click.option(
    "--out", type=PATH, required=True, metavar="DIR", help="Folder to write grades and pages into."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Submissions graded at a time (default: one per processor).",
)
@click.option(
    "--only",
    "only",
    multiple=True,
    metavar="ID|NOTEBOOK",
    help="Grade this exercise only, such as 2.2.2, or this notebook, such as 02_network or 2; "
    "may be given several times.",
)
@click.option(
    "--seed",
    metavar="HEX",
    default=None,
    help="Draw everything from this seed, to have earlier verdicts again.",
)
@click.option(
    "--retrain",
    is_flag=True,
    help="Train the networks that were handed in anew, with the students' own functions.",
)
@click.option(
    "--update",
    is_flag=True,
    help="Keep what DIR holds of an earlier run and is not graded now.",
)
@click.option("--replace", is_flag=True, help="Throw away what DIR holds of an earlier run.")
@click.option(
    "--no-sandbox",
    is_flag=True,
    help="Run students' code without the sandbox; every report will say so.",
)
def grade(
    submissions: Path,
    out: Path,
    workers: int | None,
    only: tuple[str, ...],
    seed: str | None,
    retrain: bool,
    update: bool,
    replace: bool,
    no_sandbox: bool,
) -> None:
    """Grade all of SUBMISSIONS, a folder that holds a folder or an archive per student.

    The exit status is 0 however bad the submissions are, and 2 where grading itself could
    not be done. Ctrl-C writes what is graded so far; the exit status is 130 then.
    """
    from autograder.classroom import Settings, find_submissions
    from autograder.progress import grade_and_show
    from autograder.results_folder import FRESH, REPLACE, UPDATE

    if update and replace:
        raise CourseError("--update keeps earlier results, --replace throws them away; say one")

    settings = Settings(
        out,
        workers or os.cpu_count() or 1,
        split_ids(only),
        not no_sandbox,
        parse_seed(seed),
        retrain=retrain,
        again=UPDATE if update else REPLACE if replace else FRESH,
    )
    found = find_submissions(submissions, out)
    say_what_is_passed_over(submissions)
    try:
        grade_and_show(found, settings)
    except KeyboardInterrupt as stop:
        click.echo(f"course: {stop or 'stopped'}", err=True)
        sys.exit(130)


@main.command()
@click.argument("directory", type=PATH)
def init(directory: Path) -> None:
    """Make an nbgrader course directory at DIRECTORY, which must not exist yet."""
    from autograder.nbgrader_course import init_course

    init_course(directory)
    click.echo(
        f"The course directory is {directory}. Next: cd there, and "
        "`nbgrader generate_assignment neural-networks`."
    )


@main.command()
@click.argument("submissions", type=PATH)
@click.argument("directory", type=PATH, default=Path("."))
def collect(submissions: Path, directory: Path) -> None:
    """Put all of SUBMISSIONS into an nbgrader course directory, the current one by default."""
    from autograder.nbgrader_collect import collect_class

    students = collect_class(submissions, directory)
    say_what_is_passed_over(submissions)
    for student, fault in students.items():
        if fault:
            click.echo(f"{student}: {fault}")
    click.echo(
        f"{len(students)} submissions are in {directory / 'submitted'}. Next: "
        "`nbgrader autograde neural-networks` (with `--force` where it ran before)."
    )


@main.group(invoke_without_command=True)
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


@main.command()
@click.option("--without-solutions", is_flag=True, help="The edition for students.")
@click.option("--out", type=PATH, default=None,
              help="Folder for the site (default: dist/book, or "
                   "dist/book-without-solutions).")  # fmt: skip
@click.option("--pdf", is_flag=True, help="Make the same book as one PDF, too.")
def book(without_solutions: bool, out: Path | None, pdf: bool) -> None:
    """Make the book: run the notebooks, and make a site of them that works without a network.

    The outputs of a notebook are kept, so that it is run again only where its code has changed.
    """
    from book.command import make_book

    click.echo(f"Open {make_book(main, out, not without_solutions, pdf)}")


@main.group()
def gradescope() -> None:
    """Grade behind Gradescope: make the archive to upload; grade inside its container."""


ONLY = click.option("--only", multiple=True, metavar="ID|NOTEBOOK",
                    help="Grade this exercise only, such as 2.2.2, or this notebook, such as "
                         "02_network or 2.")  # fmt: skip
NO_SANDBOX = click.option("--no-sandbox", is_flag=True,
                          help="Run students' code beside the grader: see the how-to.")  # fmt: skip


@gradescope.command()
@click.argument("archive", type=PATH)
@ONLY
@NO_SANDBOX
@click.option("--torch", is_flag=True, help="Install PyTorch there, which notebook 6 needs.")
def pack(archive: Path, only: tuple[str, ...], no_sandbox: bool, torch: bool) -> None:
    """Write ARCHIVE, a new .zip file to upload as Gradescope's autograder."""
    from autograder.gradescope_pack import pack as make_archive

    size = make_archive(archive, only=split_ids(only), sandbox=not no_sandbox, torch=torch)
    click.echo(f"{archive} is written ({size / 1e6:.1f} MB). Upload it as the autograder.")


@gradescope.command("grade")
@click.argument("submission", type=PATH, default=Path("/autograder/submission"))
@click.argument("results", type=PATH, default=Path("/autograder/results/results.json"))
@ONLY
@NO_SANDBOX
def gradescope_grade(
    submission: Path, results: Path, only: tuple[str, ...], no_sandbox: bool
) -> None:
    """Grade the folder SUBMISSION and write RESULTS, in Gradescope's format.

    What is printed is for instructors: Gradescope shows it to nobody else.
    """
    from autograder.gradescope import for_the_instructor, grade_for_gradescope

    result = grade_for_gradescope(submission, results, only=split_ids(only), sandbox=not no_sandbox)
    click.echo(f"{result.points:g} of {result.max_points:g} points; written to {results}")
    for line in for_the_instructor(result):
        click.echo(line)


def say_what_is_passed_over(submissions: Path) -> None:
    """Name what could be somebody's work and is not looked at, for its name alone."""
    from autograder.classroom import passed_over

    for name in passed_over(submissions):
        click.echo(
            f"course: {name} is left out, as its name begins with a dot; rename it if it is "
            "somebody's work",
            err=True,
        )


def split_ids(given: tuple[str, ...]) -> tuple[str, ...]:
    """``("2.1.2,2.2.2", "1.3")`` as single ids; a notebook stands for all its exercises."""
    parts = [part for text in given for part in text.replace(",", " ").split()]
    return tuple(dict.fromkeys(i for part in parts for i in _in_notebook(part) or [part]))


def _in_notebook(name: str) -> list[str]:
    """The exercises of ``02_network``, ``02_network.ipynb`` or ``2``."""
    from helpers.exercises import all_exercises

    name = name.removesuffix(".ipynb")
    number = int(name) if name.isdecimal() else None
    return [
        exercise.id
        for exercise in all_exercises()
        if exercise.notebook == name or int(exercise.notebook[:2]) == number
    ]


SEED_IS_IN = "copy one from a report, or leave out --seed"


def parse_seed(text: str | None) -> int | None:
    """A seed as reports print it: hexadecimal."""
    if text is None:
        return None
    try:
        seed = int(text, 16)
    except ValueError:
        seed = -1
    if seed < 0:
        raise CourseError(f"the seed {text!r} is no hexadecimal number; {SEED_IS_IN}")
    if seed < 2**63:  # students know one of the numbers that come of it, and could try them all
        raise CourseError(f"the seed {text!r} is so short that it can be guessed; {SEED_IS_IN}")
    return seed


if __name__ == "__main__":
    main()
