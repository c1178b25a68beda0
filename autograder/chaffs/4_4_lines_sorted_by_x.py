"""The lines are in the order of where they begin, not of how far down they are."""

import numpy as np

FAILS = [
    "4.4/lines_askew",
    "4.4/lines_from_top_to_bottom",
    "4.4/text_in_poor_light",
    "4.4/text_of_a_page",
]


def group_into_lines(boxes):
    lines = []
    for box in sorted(np.array(boxes).tolist(), key=lambda box: box[1]):
        away = [abs(np.mean([b[0] + b[2] for b in line[-4:]]) - box[0] - box[2]) for line in lines]
        if away and min(away) < 1.2 * (box[2] - box[0]):
            lines[int(np.argmin(away))].append(box)
        else:
            lines.append([box])
    return [np.array(line) for line in lines]
