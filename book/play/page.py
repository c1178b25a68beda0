"""The playable figures as pages: ``python -m book.play.page FOLDER`` writes one to try them on."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static" / "play"
FIGURES = ("depth", "draw", "rates", "code")
DEFAULT = "_static/play"
"""Where the fragments look for their files: right for pages at the root of a Sphinx site."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures to play with</title>
<link rel="icon" href="data:,">
<style>
:root {{ color-scheme: light dark; --paper: #fcfbf8; --text: #1f1e1b; }}
@media screen and (prefers-color-scheme: dark) {{
  :root {{ --paper: #17181a; --text: #e9e6df; }}
}}
body {{
  margin: 0 auto; padding: 1rem; max-width: 46rem; background: var(--paper); color: var(--text);
  font-family: Georgia, "Liberation Serif", serif;
}}
</style>
</head>
<body>
<main>
<h1>Figures to play with</h1>
{figures}
</main>
</body>
</html>
"""


def fragment(name: str, static: str = DEFAULT) -> str:
    """The HTML of one figure.

    Parameters
    ----------
    name : str
        One of `FIGURES`.
    static : str
        The address of the folder with scripts, styles and pictures, seen from the page.

    Raises
    ------
    ValueError
        There is no figure of that name.

    Examples
    --------
    >>> 'src="../play/draw.svg"' in fragment("draw", "../play")
    True
    """
    if name not in FIGURES:
        raise ValueError(f"there is no figure '{name}' to play with, only {', '.join(FIGURES)}")
    text = (HERE / f"{name}.html").read_text(encoding="utf-8")
    return text.replace(f'"{DEFAULT}/', f'"{static}/')


def write_page(folder: Path, figures: tuple[str, ...] = FIGURES) -> Path:
    """Write a page that holds some of the figures, with all that they need beside it.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    figures : tuple of str

    Returns
    -------
    Path
        The page.
    """
    shutil.copytree(STATIC, folder / "play", dirs_exist_ok=True)
    page = folder / "index.html"
    text = PAGE.format(figures="\n".join(fragment(name, "play") for name in figures))
    page.write_text(text, encoding="utf-8")
    return page


def main(arguments: list[str] | None = None) -> int:
    """Write the page and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("figures", nargs="*", help=f"some of {', '.join(FIGURES)}; all by default")
    options = parser.parse_args(arguments)
    unknown = set(options.figures) - set(FIGURES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    print(write_page(options.folder, tuple(options.figures) or FIGURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
