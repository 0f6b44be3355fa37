"""Draws what the page of gestures shows: hands of light over a frame, the ways of palms, sheets of pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import cv2
import numpy as np
import pygame

from handplay.engine.coordinates import Float32
from handplay.engine.hands import INDEX_TIP
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import HandTruth
from handplay.engine.stage.camera_view import CameraView
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.hand_shape import HandLook, HandPainter
from handplay.engine.stage.theme import NIGHT

PALM = [0, 5, 9, 13, 17]
SHEET_COLUMNS = 6
Shown = tuple[list[HandTruth], float]
"""The hands of a moment, and how brightly they are drawn."""


def drawn(
    image: Image,
    moments: Sequence[Shown],
    ways: Sequence[list[HandTruth]] = (),
    *,
    taps: int = 0,
    arrows: Sequence[int] = (-1,),
) -> Image:
    """A frame, mirrored and a little darkened, with hands of light and the way of their palms.

    Args:
        image: uint8 (h, w, 3) BGR.
        moments: the hands, the last ones being those of the frame.
        ways: the hands again and again from the first moment to the last.
        taps: rings about the index tip, in place of a way.
        arrows: places of the way with an arrow's head, none for no way.
    """
    surface = pygame.display.set_mode((image.shape[1], image.shape[0]))
    canvas = Canvas(surface, NIGHT)
    CameraView(light=0.6, grey=0.3).draw(canvas, canvas.bounds, image, mirrored=False)
    painter = HandPainter()
    for hands, strength in moments:
        for hand in hands:
            points = design_points(hand, canvas)
            painter.draw(canvas, points, HandLook(NIGHT.hand(hand.handedness), alpha=strength, ring=False))
    for track in sorted({hand.track for hands in ways for hand in hands}):
        own = [design_points(hand, canvas) for hands in ways for hand in hands if hand.track == track]
        way = np.array([points[PALM, :2].mean(axis=0) for points in own])
        if arrows and not taps:
            draw_way(canvas, way, 6.5 / canvas.scale, arrows)
            draw_depth(canvas, own[0], own[-1], 6.5 / canvas.scale)
    for number in range(taps):
        x, y = design_points(moments[-1][0][0], canvas)[INDEX_TIP, :2].tolist()
        canvas.ring((x, y), (46 + 34 * number) / canvas.scale, NIGHT.gold, width=6.5 / canvas.scale)
    return _as_image(surface)


def design_points(hand: HandTruth, canvas: Canvas) -> Float32:
    """(21, 3) where the hand is drawn: mirrored, design units."""
    bounds = canvas.bounds
    points = hand.landmarks_px / np.float32(canvas.scale)
    points[:, 0] = bounds.right - points[:, 0]
    points[:, 1] += bounds.top
    return points


def draw_way(canvas: Canvas, way: Float32, width: float, arrows: Sequence[int]) -> None:
    """The way of a palm as a golden line that grows toward its end, with arrows."""
    length = float(np.hypot(*np.diff(way, axis=0).T).sum())
    if length < 60:
        return
    for number, (a, b) in enumerate(pairwise(way.tolist())):
        thick = width * (0.35 + 0.65 * number / len(way))
        canvas.line(tuple(a), tuple(b), NIGHT.gold, width=thick, end_width=thick)
    for place in arrows:
        draw_head(canvas, way[place], way[place] - way[place - 3], 2.6 * width)


def draw_depth(canvas: Canvas, first: Float32, last: Float32, width: float) -> None:
    """Four arrows about a hand that has come much nearer, outward, or gone away, inward."""
    sizes = [float(np.hypot(*(points[9, :2] - points[0, :2]))) for points in (first, last)]
    if max(sizes) < 1.3 * min(sizes):
        return
    middle = (first[PALM, :2].mean(axis=0) + last[PALM, :2].mean(axis=0)) / 2
    near, far = 1.5 * min(sizes), 0.8 * max(sizes) + 1.1 * min(sizes)
    for x, y in ((-0.95, -0.6), (0.95, -0.6), (-0.95, 0.6), (0.95, 0.6)):
        way = np.array([x, y])
        a, b = (middle + way * reach for reach in ((near, far) if sizes[1] > sizes[0] else (far, near)))
        canvas.line((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), NIGHT.gold, width=width)
        draw_head(canvas, b, b - a, 2.4 * width)


def draw_head(canvas: Canvas, tip: Float32, ahead: Float32, head: float) -> None:
    """The point of an arrow."""
    ahead = ahead / max(1e-6, float(np.hypot(*ahead)))
    across = np.array([-ahead[1], ahead[0]])
    corners = [
        tip + ahead * head,
        tip + across * head * 0.8 - ahead * 0.4 * head,
        tip - across * head * 0.8 - ahead * 0.4 * head,
    ]
    canvas.polygon([(float(x), float(y)) for x, y in corners], NIGHT.gold)


def sheet(pictures: Mapping[str, Image]) -> Image:
    """All pictures of a part, each with its name below."""
    names = list(pictures)
    columns = min(SHEET_COLUMNS, len(names))
    rows = -(-len(names) // columns)
    tile, label, gap = (240, 180), 40, 12
    size = (gap + columns * (tile[0] + gap), gap + rows * (tile[1] + label + gap))
    surface = pygame.display.set_mode(size)
    canvas = Canvas(surface, NIGHT)
    canvas.fill(NIGHT.background)
    for number, name in enumerate(names):
        x = gap + number % columns * (tile[0] + gap)
        y = gap + number // columns * (tile[1] + label + gap)
        small = cv2.cvtColor(cv2.resize(pictures[name], tile, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
        surface.blit(pygame.image.frombuffer(small.tobytes(), tile, "RGB"), (x, y))
        place = canvas.from_px((x + tile[0] / 2, y + tile[1] + label / 2))
        canvas.text(name, place, size=17 / canvas.scale, font="bold", align="centre", valign="middle")
    return _as_image(surface)


def _as_image(surface: pygame.Surface) -> Image:
    return cv2.cvtColor(np.ascontiguousarray(pygame.surfarray.array3d(surface).swapaxes(0, 1)), cv2.COLOR_RGB2BGR)
