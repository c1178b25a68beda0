"""A page without letters raises an error."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.4/empty_page_has_no_text",
]


def read_page(image, params):
    boxes, bw = find_letters(image)
    crops = crop_letters(bw, np.concatenate(group_into_lines(boxes)))
    labels, text = classify(crops, params), []
    for line in group_into_lines(boxes):
        text.append(spell_line(line, labels[: len(line)]))
        labels = labels[len(line) :]
    return "\n".join(text)
