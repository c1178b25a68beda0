"""Make the data and the still pictures of the playable figures: ``python -m book.play.build``.

Everything comes from the embedded data and from the code of the notebooks, and is the same
whenever it is made.
"""

from __future__ import annotations

import argparse
import sys

from book.play.code import GOAL, START, choose, code_data, decode, encode, train
from book.play.draw import draw_data
from book.play.packing import as_script
from book.play.page import STATIC
from book.play.pictures import as_svg, code_picture, depth_picture, draw_picture, rates_picture
from book.play.rates import rates_data, record
from helpers.datasets import load
from helpers.datasets.model import CLASSES
from helpers.networks import load_network


def build_draw() -> dict[str, str]:
    """The files of the figure ``draw``: names and contents."""
    data = draw_data()
    picture = draw_picture(data["samples"][0], load_network())
    return {"draw-data.js": as_script("draw", data), "draw.svg": as_svg(picture)}


def build_rates() -> dict[str, str]:
    """The files of the figure ``rates``; trains for a minute or two."""
    runs = record()
    return {
        "rates-data.js": as_script("rates", rates_data(runs)),
        "rates.svg": as_svg(rates_picture(runs, (0, len(runs) // 2, len(runs) - 2))),
    }


def build_code() -> dict[str, str]:
    """The files of the figure ``code``; trains for half a minute."""
    letters = load("letters")
    params = train(letters)
    validation = letters.validation
    rows = choose(letters, decode(encode(1 - validation.x, params), params))
    start, goal = (
        next(validation.x[row] for row in rows if CLASSES[validation.labels[row]] == character)
        for character in (START, GOAL)
    )
    return {
        "code-data.js": as_script("code", code_data(letters, params)),
        "code.svg": as_svg(code_picture(start, goal, params)),
    }


def build_depth() -> dict[str, str]:
    """The files of the figure ``depth``, which computes everything itself."""
    return {"depth.svg": as_svg(depth_picture())}


BUILDERS = {"depth": build_depth, "draw": build_draw, "rates": build_rates, "code": build_code}


def main(arguments: list[str] | None = None) -> int:
    """Write the files of all figures, or of some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", help=f"{', '.join(BUILDERS)}; all by default")
    options = parser.parse_args(arguments)
    unknown = set(options.figures) - set(BUILDERS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BUILDERS)}")
    for figure in options.figures or BUILDERS:
        for name, text in BUILDERS[figure]().items():
            (STATIC / name).write_text(text, encoding="utf-8")
            print(f"{name:14} {len(text.encode()):>8,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
