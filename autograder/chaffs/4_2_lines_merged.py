"""Boxes above each other are joined however far apart they are."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.2/finds_letters_in_a_shadow",
    "4.2/finds_the_letters",
    "4.2/lines_stay_apart",
]


def merge_pieces(boxes):
    boxes = np.array(boxes).tolist()
    size = usual_height(np.array(boxes)) if boxes else 0
    merged = True
    while merged:
        merged = False
        for a in boxes:
            for b in boxes:
                overlap = min(a[3], b[3]) - max(a[1], b[1])
                level = min(a[2], b[2]) - max(a[0], b[0]) > 0
                low = min(a[2] - a[0], b[2] - b[0], 0.7 * size) < 0.7 * size
                near = level and low and overlap > -0.1 * size
                if (
                    a is not b
                    and not merged
                    and (near or overlap > 0.5 * min(a[3] - a[1], b[3] - b[1]))
                ):
                    boxes.remove(a)
                    boxes.remove(b)
                    boxes.append(
                        [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                    )
                    merged = True
    return np.array(boxes, dtype=int).reshape(-1, 4)
