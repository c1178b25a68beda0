"""Tables as platforms export them: read whatever their form, and written in the same form."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import RosterError

MAX_TABLE = 20 * 2**20  # bytes
MAX_CELL = 2**17  # characters; feedback can be long
DELIMITERS = ",;\t"
# What makes a spreadsheet take a cell for a formula, full-width forms included.
FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\u2212|%")
# Where a spreadsheet is told, or guesses, that cells end at semicolons or tabs, one begins there.
INNER_FORMULA = re.compile(rf"(?<=;)(?=[\s\"']*[{re.escape(''.join(FORMULA_STARTS))}])")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True)
class Table:
    """A table with one line of column names.

    Attributes
    ----------
    columns : tuple of str
        As they stand there.
    rows : tuple of dict
        By column. A row that is too short has empty cells.
    name : str
        Of the file, for messages.
    encoding, delimiter : str
        Its form.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...] = ()
    name: str = "the table"
    encoding: str = "utf-8-sig"
    delimiter: str = ","

    def column(self, *names: str) -> str:
        """The first column with one of these names, case and signs aside; empty where none is.

        Examples
        --------
        >>> Table(("E-Mail", "Name")).column("email"), Table(("Name",)).column("email")
        ('E-Mail', '')
        """
        plain = {squeezed(column): column for column in reversed(self.columns)}
        return next((plain[name] for name in map(squeezed, names) if name in plain), "")

    def text(self) -> str:
        """The table as it is written."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([row.get(column, "") for column in self.columns] for row in self.rows)
        return out.getvalue()

    def data(self) -> bytes:
        """The table as bytes, with the mark by which Excel tells the encoding."""
        return self.text().encode("utf-16" if self.encoding == "utf-16" else "utf-8-sig")


def no_formula(line: str) -> str:
    """A line that no spreadsheet takes for a formula: an apostrophe goes before what would be one.

    Examples
    --------
    >>> no_formula("=1+1"), no_formula("rows sum to 36")
    ("'=1+1", 'rows sum to 36')
    """
    line = INNER_FORMULA.sub("'", line)
    return f"'{line}" if line.lstrip("\"' ").startswith(FORMULA_STARTS) else line


def squeezed(text: str) -> str:
    """A text without case, accents and all that is neither letter nor digit.

    Examples
    --------
    >>> squeezed("Müller, Jörg"), squeezed("First name")
    ('mullerjorg', 'firstname')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def read_table(path: Path) -> Table:
    """Read a table: comma, semicolon or tab between cells, UTF-8, UTF-16 or Windows' own letters.

    Raises
    ------
    RosterError
        It cannot be read, or is no such table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TABLE + 1)
    except OSError as error:
        raise RosterError(f"{path} cannot be read ({error.strerror}); name another file") from None
    if len(data) > MAX_TABLE:
        raise RosterError(f"{path} is larger than {MAX_TABLE // 2**20} MB; no list of a class is")
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise RosterError(
            f"{path} is a workbook of a spreadsheet; save it there as CSV, and name that file"
        )
    return parse_table(data, path.name)


def parse_table(data: bytes, name: str = "the table") -> Table:
    """A table from bytes; see :func:`read_table`.

    Examples
    --------
    >>> table = parse_table("Vorname;Nachname\\nJörg;Müller\\n".encode("cp1252"))
    >>> table.rows[0]["Vorname"], table.delimiter, table.encoding
    ('Jörg', ';', 'cp1252')
    """
    text, encoding = _decoded(data)
    if "\0" in text:
        raise RosterError(f"{name} is no table: it holds bytes that no text has; save it as CSV")
    first = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise RosterError(f"{name} is no table ({error}); save it as CSV") from None
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise RosterError(f"{name} is empty; export it again")
    columns = [column.strip() for column in lines[0]]
    if all(re.fullmatch(r"[\d.]*", column) for column in columns):
        raise RosterError(f"{name} has no line of column names; add one, such as name,id,email")
    twice = next((c for c in columns if c and columns.count(c) > 1), "")
    if twice:
        raise RosterError(f"{name} has two columns called {twice!r}; call one something else")
    padded = [[*line, *[""] * (len(columns) - len(line))] for line in lines[1:]]
    rows = tuple(dict(zip(columns, line, strict=False)) for line in padded)
    return Table(tuple(columns), rows, name, encoding, delimiter)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "cp1252"
