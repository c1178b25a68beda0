"""Bring the table in ``README.md`` up to date: ``python -m data.glyphs.provenance``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from data.glyphs.icons import read_list

PAGE = Path(__file__).resolve().parent / "README.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def table() -> str:
    """The icon sets with their authors, licences and versions, split by split."""
    rows = ["| split | set | by | licence | npm package |", "|---|---|---|---|---|"]
    for split in ("train", "validation", "test"):
        for one in read_list():
            if one.split == split:
                title = f"[{one.name}]({one.source})" if one.source else one.name
                package = f"`{one.package}@{one.version}`"
                rows.append(f"| {split} | {title} | {one.author} | {one.licence} | {package} |")
    return "\n".join(rows)


def updated(text: str) -> str:
    """The page's text with the table that belongs there."""
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return between.sub(lambda _: f"{BEGIN}\n{table()}\n{END}", text)


def main() -> int:
    """Write the page."""
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
