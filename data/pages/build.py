"""Rebuild the sample pages, byte for byte: ``python -m data.pages.build [--check]``."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from data.letters import fonts, glyphs
from data.pages import paper, writing
from data.pages.plan import Plan, read_plans
from data.pages.view import choose_view
from helpers.errors import DataError

FOLDER = Path(__file__).resolve().parent
SEED = 24


def build_page(plan: Plan, number: int, font: fonts.Font) -> tuple[bytes, str]:
    """Make one page.

    Returns
    -------
    photograph : bytes
        A JPEG file.
    truth : str
        JSON: each line's text, and a box ``[y1, x1, y2, x2]`` for each of its letters.
    """
    rng = np.random.default_rng([SEED, number])
    face = glyphs.load_font(font.path)
    shapes = writing.read_shapes(face, "".join(plan.text.split()))
    view = choose_view(plan.width, plan.height, plan.tilt, plan.perspective, rng)
    ink, letters = writing.write(plan, shapes, view, rng)
    lines = [
        {"text": text, "boxes": [list(letter.box) for letter in letters if letter.line == k]}
        for k, text in enumerate(plan.lines)
    ]
    truth = {
        "name": plan.name,
        "font": plan.font,
        "width": plan.width,
        "height": plan.height,
        "lines": lines,
    }
    return paper.photograph(ink, plan, view, rng), _as_json(truth)


def _as_json(truth: dict) -> str:
    """JSON with one line of text a row, so that changes can be read."""
    rows = ",\n  ".join(json.dumps(line) for line in truth["lines"])
    head = json.dumps({key: value for key, value in truth.items() if key != "lines"})
    return f'{head[:-1]}, "lines": [\n  {rows}\n]}}\n'


def build() -> dict[str, bytes]:
    """Fetch the fonts and make every file: name to content."""
    by_family = {font.family: font for font in fonts.read_list() if font.split == "pages"}
    plans = read_plans()
    fonts.fetch(list(by_family.values()))
    files: dict[str, bytes] = {}
    for number, plan in enumerate(plans):
        if plan.font not in by_family:
            raise DataError(
                f"page {plan.name} asks for the font '{plan.font}'; "
                f"those kept for pages are: {', '.join(by_family)}"
            )
        photograph, truth = build_page(plan, number, by_family[plan.font])
        files[f"{plan.name}.jpg"] = photograph
        files[f"{plan.name}.json"] = truth.encode()
    return files


def main(arguments: list[str] | None = None) -> int:
    """Rebuild the files, or compare them with rebuilt ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        files = build()
    except DataError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
    size = sum(len(content) for content in files.values())
    if options.check:
        there = {name: FOLDER / name for name in files}
        different = [
            name
            for name, path in there.items()
            if not path.is_file() or path.read_bytes() != files[name]
        ]
        print(f"pages: {'DIFFERENT: ' + ', '.join(different) if different else 'the same'}")
        return 1 if different else 0
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    print(f"pages: {len(files)} files, {size:,} bytes, SHA-256 over all {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
