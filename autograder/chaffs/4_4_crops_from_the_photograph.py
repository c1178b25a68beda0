"""The letters are cut out of the photograph with its grey paper, not of the black-and-white page."""

# ruff: noqa: E501, F821

import numpy as np

FAILS = [
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def read_page(image, params):
    boxes, bw = find_letters(image)
    texts = []
    for line in group_into_lines(boxes):
        cut = [image[y1:y2, x1:x2] for y1, x1, y2, x2 in line]
        crops = [
            c[np.linspace(0, c.shape[0] - 1, 32).astype(int)][
                :, np.linspace(0, c.shape[1] - 1, 32).astype(int)
            ].ravel()
            for c in cut
        ]
        texts.append(spell_line(line, classify(np.array(crops), params)))
    return "\n".join(texts)
