"""From an icon's SVG to a black-and-white picture: filled and stroked shapes, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

import numpy as np
from fontTools.misc.bezierTools import calcCubicParameters
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path.parser import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from PIL import Image, ImageDraw

SIDE = 192
"""How large an icon is drawn before it is warped and made smaller, in pixels."""
PIECES = 12
"""How many straight pieces stand for a curve."""
INHERITED = ("fill", "stroke", "stroke-width", "fill-rule")

Contour = np.ndarray


class Flattener(BasePen):
    """Collects contours as polygons: a list of arrays of shape (n, 2), and which are closed."""

    def __init__(self):
        super().__init__(None)
        self.contours: list[list[tuple[float, float]]] = []
        self.closed: list[bool] = []

    def _moveTo(self, pt):
        self.contours.append([pt])
        self.closed.append(False)

    def _lineTo(self, pt):
        self.contours[-1].append(pt)

    def _curveToOne(self, pt1, pt2, pt3):
        start = self.contours[-1][-1]
        a, b, c, d = np.array(calcCubicParameters(start, pt1, pt2, pt3))
        at = np.linspace(0.0, 1.0, PIECES + 1)[1:, None]
        self.contours[-1] += [tuple(p) for p in (((a * at + b) * at + c) * at + d).tolist()]

    def _closePath(self):
        self.closed[-1] = True
        self.contours[-1].append(self.contours[-1][0])

    def _endPath(self):
        pass


def draw(body: str, left: float, top: float, width: float, height: float) -> np.ndarray:
    """Draw an icon.

    Parameters
    ----------
    body : str
        What stands between ``<svg>`` and ``</svg>``: paths and simple shapes; a group may set how
        its members are filled or stroked.
    left, top, width, height : float
        The view box.

    Returns
    -------
    ndarray, shape (SIDE, SIDE), bool
        True where the icon is.

    Raises
    ------
    ValueError
        If the icon uses something else: transforms, gradients, text, masks.
    """
    root = ElementTree.fromstring(f"<svg>{body}</svg>")
    scale = SIDE / max(width, height)
    offset = np.array([left - (SIDE / scale - width) / 2, top - (SIDE / scale - height) / 2])
    picture = np.zeros((SIDE, SIDE), dtype=bool)
    _draw_into(picture, root, {"fill": "black", "stroke-width": "1"}, scale, offset)
    return picture


def _draw_into(
    picture: np.ndarray,
    element: ElementTree.Element,
    style: Mapping[str, str],
    scale: float,
    offset: np.ndarray,
) -> None:
    for child in element:
        own = {**style, **{k: child.attrib[k] for k in INHERITED if k in child.attrib}}
        if "transform" in child.attrib or "style" in child.attrib or "opacity" in child.attrib:
            raise ValueError("an icon with transforms, opacity or a style of its own")
        if child.tag == "g":
            _draw_into(picture, child, own, scale, offset)
            continue
        pen = _flattened(child)
        contours = [(np.array(c) - offset) * scale for c in pen.contours if len(c) > 1]
        if own["fill"] != "none":
            picture |= _fill(contours, own.get("fill-rule") == "evenodd")
        if own.get("stroke", "none") != "none":
            width = float(re.match(r"[\d.]+", own["stroke-width"])[0]) * scale
            picture |= _stroke(contours, width)


def _flattened(element: ElementTree.Element) -> Flattener:
    if element.tag not in ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"):
        raise ValueError(f"an icon with <{element.tag}>")
    builder = PathBuilder()
    builder.add_path_from_element(element)
    pen = Flattener()
    for path in builder.paths:
        parse_path(path, pen)
    return pen


def _fill(contours: list[Contour], by_parity: bool) -> np.ndarray:
    """Inside is where contours wind about a point, or do so an odd number of times."""
    winding = np.zeros((SIDE, SIDE), dtype=int)
    for contour in contours:
        if len(contour) < 3:
            continue
        (x, y), (to_x, to_y) = contour.T, np.roll(contour, -1, axis=0).T
        turns = 1 if by_parity or float((x * to_y - to_x * y).sum()) > 0 else -1
        canvas = Image.new("1", (SIDE, SIDE), 0)
        ImageDraw.Draw(canvas).polygon([tuple(p) for p in contour.tolist()], fill=1)
        winding += turns * np.asarray(canvas)
    return winding % 2 == 1 if by_parity else winding != 0


def _stroke(contours: list[Contour], width: float) -> np.ndarray:
    """Lines of one width with round ends and joints."""
    canvas = Image.new("1", (SIDE, SIDE), 0)
    brush, radius = ImageDraw.Draw(canvas), width / 2
    for contour in contours:
        points = [tuple(p) for p in contour.tolist()]
        brush.line(points, fill=1, width=max(1, round(width)))
        for x, y in points:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=1)
    return np.asarray(canvas)
