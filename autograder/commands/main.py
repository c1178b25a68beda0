"""The command ``course``, put together from the other modules of this room."""

from __future__ import annotations

import errno
import os
from importlib import import_module

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: graders run side by side

import click

from autograder.commands.options import folder_named
from autograder.course.course import find_course
from autograder.course.extensions import use_course
from helpers.errors import CourseError

COMMANDS = {
    "new": "begin", "doctor": "begin", "selftest": "begin", "chaffs": "begin",
    "release": "course", "check": "course", "grade": "grade", "marks": "marks",
    "init": "nbgrader", "collect": "nbgrader", "gradescope": "gradescope",
}  # fmt: skip
"""The module in this room of every command: each is imported when it is wanted."""


class CourseCommands(click.Group):
    """The engine's commands, and those that the course adds (``[engine] commands``).

    A `CourseError` is printed as one line, without a traceback.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        """Name all of them."""
        return [*COMMANDS, *self._added(context)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import the one of this name."""
        if name in COMMANDS:
            module = import_module(f"autograder.commands.{COMMANDS[name]}")
            return getattr(module, name)
        return self._added(context).get(name)

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Look for ``--course`` first: which commands there are depends on it."""
        context.meta["folder"] = folder_named(arguments)
        return super().parse_args(context, arguments)

    def _added(self, context: click.Context) -> dict[str, click.Command]:
        try:
            course = find_course(context.meta.get("folder"))
        except CourseError:
            return {}  # the command itself says what is wrong
        if not course.commands:
            return {}
        use_course(course)
        return {command.name: command for command in import_module(course.commands).COMMANDS}

    def invoke(self, context: click.Context) -> object:
        """Run the command; catch what it raises on purpose."""
        try:
            return super().invoke(context)
        except CourseError as error:
            click.echo(f"course: {' '.join(str(error).split())}", err=True)
        except OSError as error:
            if error.errno == errno.EPIPE or not error.strerror:
                raise  # click handles a closed pipe; anything else is a fault of this program
            place = f": {error.filename}" if error.filename else ""
            click.echo(
                f"course: {error.strerror}{place}; make room or name another place", err=True
            )
        context.exit(2)


@click.group(cls=CourseCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="neural-networks-by-hand")
def main() -> None:
    """Make a course's students' folder, check answers, grade a class."""


if __name__ == "__main__":
    main()
