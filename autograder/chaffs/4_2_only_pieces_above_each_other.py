"""Only pieces above each other are joined, never those beside each other."""

# ruff: noqa: F821

import numpy as np

FAILS = [
    "4.2/pieces_beside_each_other_are_joined",
]


def merge_pieces(boxes):
    boxes = [list(box) for box in np.array(boxes).tolist()]
    size = usual_height(np.array(boxes)) if boxes else 0
    merged = True
    while merged:
        merged = False
        for a in boxes:
            for b in boxes:
                overlap = min(a[3], b[3]) - max(a[1], b[1])
                gap = max(a[0], b[0]) - min(a[2], b[2])
                low = min(a[2] - a[0], b[2] - b[0]) < 0.7 * size
                narrow = min(a[3] - a[1], b[3] - b[1])
                high = max(a[2], b[2]) - min(a[0], b[0])
                if (
                    a is not b
                    and not merged
                    and low
                    and overlap >= narrow / 2
                    and high < 1.4 * size
                ):
                    if gap < 0.35 * size:
                        boxes.remove(a)
                        boxes.remove(b)
                        boxes.append(
                            [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]
                        )
                        merged = True
    return np.array(boxes, dtype=int).reshape(-1, 4)
