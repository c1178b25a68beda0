"""Commands that this course adds to ``course``: reading photographs, sheets, data, the book."""
