"""nbgrader's exchange, the folder that a JupyterHub shares: what is missing in it is said.

Students write into the exchange. What they leave there stops nobody's collecting, and no link of
theirs is followed. That a folder there bears somebody's name is a hint, not a proof: on a hub
where all servers run as one user, anybody can hand in under any name.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.exchange import default as stock
from nbgrader.exchange.default import Exchange

from autograder.intake.dates import TIMESTAMP
from autograder.nbgrader.shared_files import leave_out_shared

SECRET = "submission_secret.txt"


def use_exchange(config: Any) -> None:
    """Put our steps in place of nbgrader's, in a config."""
    config.ExchangeFactory.release_assignment = ReleaseAssignment
    config.ExchangeFactory.collect = Collect
    config.ExchangeFactory.release_feedback = ReleaseFeedback


class _Exchange(Exchange):
    """An exchange that says what to do where there is none."""

    instead = ""

    def ensure_root(self) -> None:
        """Fail where nobody has named an exchange, or it cannot be used."""
        if self.root == Exchange.root.default_value and not Path(self.root).is_dir():
            self.fail(
                f"This course directory has no exchange. {self._instead()} On a JupyterHub that "
                "has an exchange, name it in nbgrader_config.py: c.Exchange.root = '/its/folder'"
            )
        super().ensure_root()

    def _instead(self) -> str:
        return self.instead.format(self.coursedir.assignment_id)


class ReleaseAssignment(_Exchange, stock.ExchangeReleaseAssignment):
    """``nbgrader release_assignment``."""

    instead = "What students get lies in release/{0}: zip that folder and hand it out."


class Collect(_Exchange, stock.ExchangeCollect):
    """``nbgrader collect``."""

    instead = "What a platform gave you comes in with `course collect DOWNLOAD . --sheet {0}`."

    def _path_to_record(self, path: str) -> dict:
        """As nbgrader's, but that a folder whose name holds no time is the oldest of all."""
        try:
            return super()._path_to_record(path)
        except Exception:  # dateutil raises whatever comes to it
            name = Path(path).name
            self.log.warning("%s in the exchange bears no time; anything else is newer", name)
            return {"username": name.split("+")[0], "filename": name, "timestamp": datetime.min}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy what a student handed in, without links, and without what everybody has."""
        most = 1000 * self.coursedir.max_dir_size
        too_large = self.get_size(src) > most
        if too_large:
            self.log.warning("%s is larger than %s bytes; only notebooks are taken", src, most)
        shutil.copytree(
            src, dest, symlinks=True, ignore=partial(_left_out, self.coursedir.ignore, too_large),
            copy_function=partial(shutil.copy2, follow_symlinks=False),
        )  # fmt: skip
        copied = Path(dest)
        for path in sorted(copied.rglob("*")):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                path.unlink()
        source = self.coursedir.format_path(
            self.coursedir.source_directory, ".", self.coursedir.assignment_id
        )
        leave_out_shared(copied, Path(source))


def _left_out(patterns: list[str], too_large: bool, folder: str, names: list[str]) -> set[str]:
    found = set(shutil.ignore_patterns(*patterns)(folder, names))
    for name in names:
        path = Path(folder, name)
        odd = path.is_symlink() or not (path.is_file() or path.is_dir())
        extra = too_large and path.is_file() and not _is_needed(path)
        if odd or extra:
            found.add(name)
    return found


def _is_needed(path: Path) -> bool:
    return path.name in (SECRET, TIMESTAMP) or path.suffix == ".ipynb"


class ReleaseFeedback(_Exchange, stock.ExchangeReleaseFeedback):
    """``nbgrader release_feedback``."""

    instead = (
        "The pages lie in feedback/STUDENT/{0}/, one for each notebook: hand these out on your "
        "platform."
    )

    def copy_files(self) -> None:
        """Copy the pages of all who handed in through the exchange; name the others."""
        excluded = self.coursedir.student_id_exclude
        without = [
            folder.parent.name
            for folder in sorted(Path(self.coursedir.root).glob(self._pages()))
            if not all((folder / name).is_file() for name in (SECRET, TIMESTAMP))
        ]
        if without:
            self.log.warning(
                "Not through the exchange, because their work did not come through it: %s. Their "
                "pages lie in %s", ", ".join(without), self._pages(),
            )  # fmt: skip
        self.coursedir.student_id_exclude = ",".join(filter(None, [excluded, *without]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded

    def _pages(self) -> str:
        return str(Path(self.src_path).relative_to(self.coursedir.root))
