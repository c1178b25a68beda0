"""Rebuild the sample pages, byte for byte: ``python -m data.pages.build [--check]``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.letters import fonts, glyphs
from data.pages import paper, writing
from data.pages.plan import Plan, read_plans
from data.pages.view import choose_view
from data.rebuilding import rebuild
from helpers.errors import DataError

HERE = Path(__file__).resolve().parent
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild the pages, or compare them with rebuilt ones."""
    return rebuild(HERE, lambda _: build(), arguments)


if __name__ == "__main__":
    sys.exit(main())
