"""Cells of notebooks read for the book: questions, hints, captions in plain words."""

from book.markdown import parts, plain_words


def test_a_caption_is_told_in_words():
    words = plain_words(r"**Figure 2.5.** The *loss* $-\ln p$ of `x_1`. What to see: it falls.")
    assert words == "Figure 2.5. The loss -ln p of x_1. What to see: it falls."
    assert len(plain_words("**Figure 1.1.** " + "A sentence. " * 90)) <= 320


def test_a_question_is_told_from_what_leads_to_it():
    source = "### Exercise 3.1: a\n\nWrite it.\n\n> **Hint.** So.\n> And so."
    assert [(part.kind, part.text) for part in parts(source)] == [
        ("prose", "### Exercise 3.1: a"),
        ("question", "Write it."),
        ("hint", "So.\nAnd so."),
    ]
