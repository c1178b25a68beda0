"""The book as one PDF, printed by a browser without a screen.

The pages of the site are put together into one, with links that lead within it. It is printed
twice: after the first time it is known on which page everything is, so that the contents can
say so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from helpers.errors import CourseError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FILE = "neural-networks-by-hand.pdf"
COVER = "A photographed page with a frame around each letter"
SECONDS = 900
_ARTICLE = re.compile(r'<article role="main"[^>]*>(.*)</article>', re.DOTALL)
_ID = re.compile(r'(<[^<>]*?\s(?:id|for|aria-labelledby|aria-describedby)=")([^"]*)"')
_HREF = re.compile(r'(<a\b[^<>]*?\shref=")([^"]*)"')
_SOURCE = re.compile(r'(<img\b[^<>]*?\ssrc=")([^"]*)"')
_HEADING = re.compile(
    r'<section\b[^>]*?\bid="([^"]*)"[^>]*>\s*(?:<span id="[^"]*"></span>\s*)*<h([12])>(.*?)</h\2>',
    re.DOTALL,
)
_OUTSIDE = re.compile(r"^(?:[a-z]+:|//)")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, how deep it is, what it says."""

    target: str
    level: int
    title: str


def find_chromium() -> str:
    """The browser that prints.

    Raises
    ------
    CourseError
        There is none.
    """
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise CourseError(
        f"the PDF is printed by Chromium or Chrome, and none of {', '.join(BROWSERS)} is on the "
        "path; install one (on Debian and Ubuntu: apt-get install chromium), or leave out --pdf"
    )


def print_book(site: Path, pages: Sequence[str], subtitle: str, say: Callable[[str], None]) -> Path:
    """Print a site that has been made.

    Parameters
    ----------
    site : Path
        Its folder; the PDF is written into it.
    pages : sequence of str
        The names of its pages in the order of the book, such as ``"01_theory"``.
    subtitle : str
        What stands on the cover below the title.
    say : callable
        Is told what goes on.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    CourseError
        There is no browser, or it does not print.
    """
    browser = find_chromium()
    inside = {name: _inside(site, name) for name in pages}
    entries = [entry for name, text in inside.items() for entry in _entries(name, text)]
    body = "\n".join(
        f'<div class="leaf" id="{_name(name, "")}">{_within(name, text, set(pages))}</div>'
        for name, text in inside.items()
    )
    sheet, pdf = site / "print.html", site / FILE
    say("Printing")
    try:
        found: Mapping[str, int] = {}
        for _ in range(2):
            sheet.write_text(_document(body, entries, found, subtitle), encoding="utf-8")
            _print(browser, sheet, pdf)
            found = _pages(pdf)
    finally:
        sheet.unlink(missing_ok=True)
    return pdf


def _inside(site: Path, name: str) -> str:
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    article = _ARTICLE.search(text)
    if article is None:
        raise CourseError(f"the page {name} of the book has no text; build the book again")
    text = _PERMALINK.sub("", _SCRIPT.sub("", article.group(1)))
    return text.replace(' loading="lazy"', "").replace(
        '<details class="box', '<details open class="box'
    )


def _entries(name: str, text: str) -> Iterator[Entry]:
    for target, level, title in _HEADING.findall(text):
        words = " ".join(unescape(re.sub(r"<[^>]+>", "", title)).split())
        yield Entry(_name(name, target), int(level), words)


def _name(page: str, anchor: str) -> str:
    """What a place is called in the one document."""
    slug = re.sub(r"[^a-z0-9]+", "-", page.lower())
    return f"{slug}--{anchor}" if anchor else slug


def _within(page: str, text: str, pages: set[str]) -> str:
    """A page's text, with names of its own, and links that stay in the document."""
    folder = os.path.dirname(page)

    def names(found: re.Match[str]) -> str:
        renamed = " ".join(_name(page, part) for part in found.group(2).split())
        return f'{found.group(1)}{renamed}"'

    def links(found: re.Match[str]) -> str:
        address = found.group(2)
        if _OUTSIDE.match(address):
            return found.group(0)
        path, _, anchor = address.partition("#")
        target = os.path.normpath(os.path.join(folder, unquote(path))) if path else f"{page}.html"
        target = target.removesuffix(".html")
        inner = f"#{_name(target, anchor)}" if target in pages else "#"
        return f'{found.group(1)}{inner}"'

    def sources(found: re.Match[str]) -> str:
        address = found.group(2)
        if _OUTSIDE.match(address):
            return found.group(0)
        return f'{found.group(1)}{os.path.normpath(os.path.join(folder, address))}"'

    text = _SOURCE.sub(sources, _HREF.sub(links, text))
    return _ID.sub(names, text)


def _document(body: str, entries: Sequence[Entry], found: Mapping[str, int], subtitle: str) -> str:
    lines = "\n".join(
        f'<li class="level-{entry.level}"><a href="#{entry.target}"><span>{escape(entry.title)}'
        f'</span><span class="page">{found.get(entry.target, "")}</span></a></li>'
        for entry in entries
    )
    sheets = "\n".join(
        f'<link rel="stylesheet" href="_static/{name}">'
        for name in (
            "styles/furo.css",
            "course.css",
            "book.css",
            "print.css",
        )
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Neural networks by hand</title>
{sheets}</head>
<body data-theme="light" class="printed">
<header class="cover"><h1>Neural networks by hand</h1><p>{escape(subtitle)}</p>
<img src="_static/front/page.jpg" alt="{COVER}"></header>
<nav class="book-contents"><h1>Contents</h1><ol>{lines}</ol></nav>
<main><article>{body}</article></main>
</body></html>
"""


def _print(browser: str, sheet: Path, pdf: Path) -> None:
    pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="book-browser-") as profile:
        command = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            f"--user-data-dir={profile}", "--no-pdf-header-footer",
            "--generate-pdf-document-outline", f"--print-to-pdf={pdf}", sheet.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise CourseError(
                f"{browser} did not print the book in {SECONDS} s; try again on a machine that "
                "has less to do"
            ) from error
    if done.returncode or not pdf.is_file():
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CourseError(f"{browser} could not print the book ({last[:200]})")


def _pages(pdf: Path) -> dict[str, int]:
    """On which page each named place is, counted from 1."""
    from pypdf import PdfReader

    reader = PdfReader(pdf)
    places = reader.named_destinations
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in places.items()
    }
