"""The picture on the front page, and what the code reads there."""

import io

from PIL import Image

from book.front import WIDTH, Front, read_front, read_text


def test_the_front_page_is_read_now():
    front = read_front()
    assert front.letters > 30 and 0 <= front.wrong < 0.2
    assert Image.open(io.BytesIO(front.photograph)).size == front.size
    assert front.size[0] == WIDTH


def test_what_was_read_wrongly_is_struck_out(monkeypatch):
    class Page:
        text = "AB<\nCD\nEFG"

    monkeypatch.setattr("book.front.load_page", lambda name: Page)
    front = Front(b"", (1, 1), "AX<\nCD\nEF", 8, 0.1)
    assert read_text(front) == "A<del>X</del>&lt;\nCD\nEF"
