"""Write the table of fonts into PROVENANCE.md: ``python -m data.letters.provenance``."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from data.letters.fonts import SPLITS, Font, read_list

HERE = Path(__file__).resolve().parent
PAGE = HERE / "PROVENANCE.md"
BEGIN, END = "<!-- fonts: begin -->", "<!-- fonts: end -->"


def table(fonts: list[Font]) -> str:
    """The fonts as a Markdown table, split by split."""
    rows = ["| split | family | package | licence | copyright |", "|---|---|---|---|---|"]
    for font in sorted(fonts, key=lambda f: (SPLITS.index(f.split), f.family.lower())):
        credit = font.copyright.replace("|", "/").replace("<", "&lt;")
        rows.append(
            f"| {font.split} | {font.family} | `{font.package}` {font.version} "
            f"| {font.licence} | {credit} |"
        )
    return "\n".join(rows)


def digest() -> str:
    """SHA-256 of the data file."""
    return hashlib.sha256((HERE / "letters.npz").read_bytes()).hexdigest()


def main() -> None:
    """Bring the page's table and digest up to date."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    tail = rest.split(END)[1]
    page = f"{head}{BEGIN}\n{table(read_list())}\n{END}{tail}"
    page = re.sub(r"SHA-256 `[0-9a-f]*`", f"SHA-256 `{digest()}`", page)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
