"""Make the typeface of formulas: ``python -m book.math_font STIXTwoMath-Regular.otf``.

STIX Two Math (SIL Open Font License 1.1) is as heavy as the book's text. Kept are the letters,
signs and sizes that a course may need. Two measures are changed: an index stands as low at a y
or a bracket as at an x, as in TeX, and the line of a fraction is a little thinner.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

FONT = Path(__file__).parent / "static" / "fonts" / "book-math.woff"
FAMILY = "Book Math"
LETTERS = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3C9), (0x3D1, 0x3D6), (0x3F0, 0x3F5),  # upright
    (0x1D400, 0x1D467), (0x1D6FC, 0x1D71B), (0x1D7CE, 0x1D7D7),  # bold, italic, bold digits
    (0x1D49C, 0x1D4B5), (0x1D736, 0x1D755),  # script, bold italic Greek
    (0x2102, 0x2134),  # the letters that Unicode keeps elsewhere
)  # fmt: skip
SIGNS = (
    (0x2C6, 0x2DC), (0x302, 0x305), (0x20D7, 0x20D7), (0x2015, 0x2016), (0x2026, 0x203E),
    (0x2190, 0x21D4), (0x2200, 0x22F1), (0x2308, 0x230B), (0x23DE, 0x23DF), (0x27E8, 0x27E9),
)  # fmt: skip


def characters() -> Iterator[int]:
    """The code points that are kept."""
    for first, last in (*LETTERS, *SIGNS):
        yield from range(first, last + 1)


def make_font(source: Path, target: Path = FONT) -> None:
    """Write the typeface of the book.

    Parameters
    ----------
    source : Path
        STIX Two Math as OpenType, version 2.12.
    target : Path
        The file to write, in the format WOFF.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    options = subset.Options(flavor="woff", hinting=False, name_IDs=["*"], glyph_names=False,
                             layout_features=["ssty", "dtls", "flac"])  # fmt: skip
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    measures = font["MATH"].table.MathConstants
    measures.SubscriptBaselineDropMin.Value = -45
    measures.FractionRuleThickness.Value = 54
    for record in (1, 4, 6):
        font["name"].setName(FAMILY.replace(" ", "" if record == 6 else " "), record, 3, 1, 0x409)
    subset.save_font(font, target, options)


if __name__ == "__main__":
    make_font(Path(sys.argv[1]))
