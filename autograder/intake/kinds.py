"""What a file is that was handed in as a notebook and is none, in words that a person knows."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LOOKED_AT = 4096  # bytes
BEGINNINGS = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (rar)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0", "a document of Microsoft Office"),
    (b"SQLite format 3", "a data base"),
    (b"[InternetShortcut]", "a link to a page, not what is on it"),
    (b"version https://git-lfs", "a note of Git LFS in place of the file"),
    (b"bplist", "a page saved by Safari, or a link of macOS"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
ENDINGS = {
    ".url": "a link to a page", ".webloc": "a link to a page", ".lnk": "a link of Windows",
    ".gdoc": "a link to Google Docs", ".gnb": "a link to Colab", ".gcolab": "a link to Colab",
    ".gsheet": "a link to Google Sheets",
    ".pdf": "a PDF file", ".html": "a web page", ".htm": "a web page",
    ".docx": "a text document", ".odt": "a text document", ".rtf": "a text document",
    ".py": "Python code", ".rar": "an archive that cannot be opened here",
    ".7z": "an archive that cannot be opened here",
    ".crdownload": "a download that did not end", ".part": "a download that did not end",
    ".icloud": "a file that is still in iCloud alone",
}  # fmt: skip
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
LOG_IN = re.compile(r"type=.?password|log.?in|sign.?in|single sign|anmeld", re.IGNORECASE)
LINK = re.compile(r"https?://(?:drive|docs|colab)\S*google|\"doc_id\"|\"resource_id\"")
PYTHON = re.compile(r"^(?:import \w|from [\w.]+ import |def \w+\(|# ?%%|# In\[)", re.MULTILINE)


def kind_of(data: bytes) -> str:
    """What a file is, told by how it begins; empty where nothing tells.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7"), kind_of(b"<!DOCTYPE html><input type=password>")
    ('a PDF file', 'a web page, as it seems one to log in, not what lies behind it')
    >>> kind_of(b'{"cells": []}'), kind_of(bytes(9))
    ('', 'nothing but zeros: a copy that was never completed')
    """
    start = data[:LOOKED_AT]
    if start and not data.strip(b"\0"):
        return "nothing but zeros: a copy that was never completed"
    if start.startswith(b"PK\x03\x04"):
        return _zip(start)
    for beginning, kind in BEGINNINGS:
        if start.startswith(beginning):
            return kind
    return _text(start.decode("utf-8-sig", "replace").lstrip(), data)


def kind_by_name(path: str) -> str:
    """What a file is, told by the ending of its name; empty where nothing tells.

    Examples
    --------
    >>> kind_by_name("hw/Untitled.gdoc"), kind_by_name("notes.txt")
    ('a link to Google Docs', '')
    """
    return ENDINGS.get(PurePosixPath(path).suffix.lower(), "")


def _zip(start: bytes) -> str:
    if b"word/" in start or b"[Content_Types]" in start:
        return "a document of Microsoft Office"
    return "a zip archive under another name"


def _text(text: str, data: bytes) -> str:
    if PAGE.match(text) or (text.startswith("<") and PAGE.search(text)):
        page = data[: 64 * LOOKED_AT].decode("utf-8", "replace")
        says = ", as it seems one to log in, not what lies behind it" if LOG_IN.search(page) else ""
        return f"a web page{says}"
    if text.startswith("<?xml"):
        return "an XML file"
    if text.startswith("{") and LINK.search(text) and len(data) < LOOKED_AT:
        return "a link to Google Drive, not the file itself"
    if text[:1] not in ("{", "[") and PYTHON.search(text):
        return "Python code"
    return ""


def is_notebook_text(data: bytes) -> bool:
    """Whether a file of any name holds a notebook, told by its first and last characters.

    Examples
    --------
    >>> is_notebook_text(b'{"cells": [], "nbformat": 4}')
    True
    >>> is_notebook_text(b'{"cells": 4}')
    False
    """
    start = data[:LOOKED_AT].replace(b"\0", b"")
    whole = start + data[-LOOKED_AT:].replace(b"\0", b"")
    return (
        start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{")
        and (b'"cells"' in start or b'"worksheets"' in start or b'"cell_type"' in start)
        and (b'"nbformat"' in whole or b'"cell_type"' in start)
    )
