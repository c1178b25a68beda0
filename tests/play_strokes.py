"""Letters as a hand draws them with a mouse: strokes of points from 0 to 1 on a square sheet."""

import numpy as np

TOP, FOOT, LEFT, RIGHT = 0.18, 0.82, 0.28, 0.72


def arc(x, y, wide, high, begin, end, count=24):
    """A piece of an ellipse; angles in degrees, clockwise from the right."""
    angles = np.radians(np.linspace(begin, end, count))
    return [(x + wide * np.cos(a), y + high * np.sin(a)) for a in angles]


def line(*corners, count=10):
    """Straight from corner to corner."""
    steps = np.linspace(0, 1, count)
    return [
        (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
        for (x0, y0), (x1, y1) in zip(corners, corners[1:], strict=False)
        for t in steps
    ]


STROKES = {
    "A": [line((LEFT, FOOT), (0.5, TOP), (RIGHT, FOOT)), line((0.36, 0.6), (0.64, 0.6))],
    "B": [
        line((0.32, TOP), (0.32, FOOT)),
        arc(0.32, 0.34, 0.3, 0.16, -90, 90) + arc(0.32, 0.66, 0.36, 0.16, -90, 90),
    ],
    "C": [arc(0.55, 0.5, 0.27, 0.32, -50, -310)],
    "D": [line((0.3, TOP), (0.3, FOOT)), arc(0.3, 0.5, 0.42, 0.32, -90, 90)],
    "E": [
        line((0.32, TOP), (0.32, FOOT)),
        line((0.32, TOP), (0.7, TOP)),
        line((0.32, 0.5), (0.64, 0.5)),
        line((0.32, FOOT), (0.7, FOOT)),
    ],
    "F": [
        line((0.32, TOP), (0.32, FOOT)),
        line((0.32, TOP), (0.7, TOP)),
        line((0.32, 0.48), (0.62, 0.48)),
    ],
    "G": [arc(0.52, 0.5, 0.27, 0.32, -50, -350) + line((0.79, 0.54), (0.55, 0.54))],
    "H": [
        line((LEFT, TOP), (LEFT, FOOT)),
        line((RIGHT, TOP), (RIGHT, FOOT)),
        line((LEFT, 0.5), (RIGHT, 0.5)),
    ],
    "I": [
        line((0.5, TOP), (0.5, FOOT)),
        line((0.36, TOP), (0.64, TOP)),
        line((0.36, FOOT), (0.64, FOOT)),
    ],
    "J": [line((0.62, TOP), (0.62, 0.62)) + arc(0.45, 0.64, 0.17, 0.18, 0, 170)],
    "K": [
        line((0.32, TOP), (0.32, FOOT)),
        line((0.68, TOP), (0.34, 0.52)),
        line((0.4, 0.47), (0.7, FOOT)),
    ],
    "L": [line((0.34, TOP), (0.34, FOOT), (0.7, FOOT))],
    "M": [line((0.24, FOOT), (0.28, TOP), (0.5, 0.58), (0.72, TOP), (0.76, FOOT))],
    "N": [line((LEFT, FOOT), (LEFT, TOP), (RIGHT, FOOT), (RIGHT, TOP))],
    "O": [arc(0.5, 0.5, 0.29, 0.32, -90, -450, 40)],
    "P": [line((0.34, FOOT), (0.34, TOP)), arc(0.34, 0.35, 0.32, 0.17, -90, 90)],
    "Q": [arc(0.5, 0.48, 0.29, 0.3, -90, -450, 40), line((0.58, 0.64), (0.8, 0.86))],
    "R": [
        line((0.33, FOOT), (0.33, TOP)),
        arc(0.33, 0.34, 0.3, 0.16, -90, 90),
        line((0.36, 0.5), (0.7, FOOT)),
    ],
    "S": [arc(0.5, 0.34, 0.2, 0.16, -30, -270, 20) + arc(0.5, 0.66, 0.22, 0.16, -90, 150, 20)],
    "T": [line((0.24, TOP), (0.76, TOP)), line((0.5, TOP), (0.5, FOOT))],
    "U": [
        line((LEFT, TOP), (LEFT, 0.58))
        + arc(0.5, 0.58, 0.22, 0.24, 180, 0)
        + line((RIGHT, 0.58), (RIGHT, TOP))
    ],
    "V": [line((LEFT, TOP), (0.5, FOOT), (RIGHT, TOP))],
    "W": [line((0.2, TOP), (0.35, FOOT), (0.5, 0.35), (0.65, FOOT), (0.8, TOP))],
    "X": [line((LEFT, TOP), (RIGHT, FOOT)), line((RIGHT, TOP), (LEFT, FOOT))],
    "Y": [line((LEFT, TOP), (0.5, 0.5)), line((RIGHT, TOP), (0.5, 0.5), (0.5, FOOT))],
    "Z": [line((LEFT, TOP), (RIGHT, TOP), (LEFT, FOOT), (RIGHT, FOOT))],
    "0": [arc(0.5, 0.5, 0.2, 0.32, -90, -450, 40)],
    "1": [line((0.38, 0.32), (0.52, TOP), (0.52, FOOT))],
    "2": [arc(0.5, 0.36, 0.2, 0.18, 200, 380, 20) + line((0.66, 0.47), (0.3, FOOT), (0.72, FOOT))],
    "3": [arc(0.46, 0.34, 0.2, 0.16, -150, 90, 20) + arc(0.46, 0.66, 0.24, 0.16, -90, 150, 20)],
    "4": [line((0.6, FOOT), (0.6, TOP), (0.28, 0.62), (0.76, 0.62))],
    "5": [
        line((0.68, TOP), (0.38, TOP), (0.36, 0.45)) + arc(0.48, 0.62, 0.2, 0.2, -120, 140, 24)
    ],
    "6": [line((0.62, TOP), (0.42, 0.42)) + arc(0.5, 0.64, 0.2, 0.18, 200, -160, 36)],
    "7": [line((LEFT, TOP), (RIGHT, TOP), (0.44, FOOT))],
    "8": [
        arc(0.5, 0.34, 0.17, 0.16, -60, -270, 20)
        + arc(0.5, 0.66, 0.21, 0.16, -90, 270, 36)
        + arc(0.5, 0.34, 0.17, 0.16, 90, -60, 20)
    ],
    "9": [
        arc(0.5, 0.36, 0.2, 0.18, 0, -360, 36) + line((0.7, 0.36), (0.66, 0.6), (0.56, FOOT))
    ],
}  # fmt: skip


def another_hand(strokes, rng):
    """The same letter slanted, stretched, moved, made smaller, and with a tremor."""
    slant, stretch = rng.normal(0, 0.12), 1 + rng.normal(0, 0.1)
    size, place = rng.uniform(0.6, 1.05), rng.normal(0, 0.05, 2)
    written = []
    for stroke in strokes:
        points = (np.array(stroke) - 0.5) * [stretch, 1]
        points[:, 0] -= slant * points[:, 1]
        points = points * size + rng.normal(0, 0.015, 2)
        tremor = np.cumsum(rng.normal(0, 0.004, points.shape), axis=0)
        tremor -= np.linspace(0, 1, len(points))[:, np.newaxis] * tremor[-1]
        written.append(np.clip(points + tremor + 0.5 + place, 0.03, 0.97).tolist())
    return written
