"""The lines are joined without a line end."""

# ruff: noqa: F821

FAILS = [
    "4.4/lines_and_spaces_are_kept",
]


def read_page(image, params):
    boxes, bw = find_letters(image)
    lines = group_into_lines(boxes)
    return "".join(spell_line(line, classify(crop_letters(bw, line), params)) for line in lines)
