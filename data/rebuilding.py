"""What every ``python -m data.NAME.build`` does: write the files, or compare them."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from helpers.errors import DataError

Build = Callable[[int], dict[str, bytes]]
"""Makes files with so many processes: name to content."""


def rebuild(folder: Path, build: Build, arguments: Sequence[str] | None = None) -> int:
    """Write the files that `build` makes into a folder; with ``--check``, only compare them.

    Nothing is written unless all of them could be made.

    Parameters
    ----------
    folder : Path
    build : callable
    arguments : sequence of str, optional
        ``--check`` and ``--workers N``; by default those of the command line.

    Returns
    -------
    int
        The exit status: 0, or 1 where a file is different or could not be made.
    """
    parser = argparse.ArgumentParser(description=f"Make the files of {folder.name} anew.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    options = parser.parse_args(arguments)
    try:
        files = build(max(1, options.workers))
        told = [_settle(folder / name, content, options.check) for name, content in files.items()]
    except (DataError, OSError) as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    for line, _ in told:
        print(line)
    return 0 if all(same for _, same in told) else 1


def _settle(path: Path, content: bytes, check: bool) -> tuple[str, bool]:
    """Write or compare one file: what to say of it, and whether it is now as it should be."""
    said = f"{len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"
    if not check:
        path.write_bytes(content)
        return f"{path.name}: {said}", True
    same = path.is_file() and path.read_bytes() == content
    return f"{path.name}: {'the same, byte for byte' if same else 'DIFFERENT'} ({said})", same
