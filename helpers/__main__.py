"""``python -m helpers [NOTEBOOK|ID ...]``: run the public checks in a terminal.

What else ``python -m helpers NAME`` does says the course: see ``[students.commands]`` in its
``course.toml``.
"""

import sys

from helpers.checking.catalogue import catalogue
from helpers.checking.notebook import load_function
from helpers.checking.terminal import main
from helpers.errors import CourseError


def _command() -> int:
    try:
        commands = catalogue().student_commands
    except CourseError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    return load_function(commands[name])(sys.argv[2:]) if name in commands else main()


if __name__ == "__main__":
    sys.exit(_command())
