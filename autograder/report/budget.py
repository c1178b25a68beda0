"""What one page may spend on what students handed in.

The limits count work (characters, pixels), not seconds: the same submission gives the same
page on a slow machine as on a fast one.
"""

from __future__ import annotations


class PageBudget:
    """An allowance for one page, spent as its parts are written.

    Parameters
    ----------
    prose : int
        Characters of Markdown that are rendered.
    formulas : int
        Characters of LaTeX that are turned into MathML.
    code : int
        Characters of source that are coloured.
    pictures : int
        How many pictures are shown.
    pixels : int
        How many pixels of them are decoded.

    Examples
    --------
    >>> budget = PageBudget(prose=10)
    >>> budget.afford("prose", 8), budget.afford("prose", 8), budget.afford("prose", 2)
    (True, False, True)
    """

    def __init__(
        self,
        *,
        prose: int = 60_000,
        formulas: int = 40_000,
        code: int = 100_000,
        pictures: int = 24,
        pixels: int = 50_000_000,
    ):
        self._left = {"prose": prose, "formulas": formulas, "code": code,
                      "pictures": pictures, "pixels": pixels}  # fmt: skip

    def afford(self, what: str, amount: int) -> bool:
        """Spend an amount if it is still there, and say whether it was."""
        if amount > self._left[what]:
            return False
        self._left[what] -= amount
        return True
