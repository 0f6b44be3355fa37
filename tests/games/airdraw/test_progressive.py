"""Many strokes are drawn anew by and by: something is seen at once, and what someone looks at is sharp first."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.painting import Painter
from handplay.games.airdraw.sketch import WORTH_IT
from handplay.games.airdraw.view import View

from painted import SIZE, finish, fresh, off, seen


class Clock:
    """Goes on by a millisecond each time it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def spread(count: int, drawings: ModuleType) -> Document:
    """Strokes all over the window."""
    return Document(
        [drawings.pen((x, y), (x + 0.1, y + 0.05), width=0.02).with_id(k + 1)
         for k in range(count) for x, y in [(0.8 * math.sin(k), 0.45 * math.cos(1.7 * k))]]
    )  # fmt: skip


def apart(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """The mean difference of two pictures."""
    return float(np.abs(a[..., :3].astype(int) - b[..., :3]).mean())


@pytest.mark.parametrize(
    ("way", "view"),
    [("opened", View()), ("zoomed out", View((0, 0), 0.5)), ("pushed", View((0.9, 0), 1.0))],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rough_picture_of_many_strokes_is_there_long_before_the_sharp_one(
    drawings: ModuleType, way: str, view: View
) -> None:
    document = spread(2 * WORTH_IT, drawings)
    clock = Clock()
    painter = Painter(SIZE, View(), Document() if way == "opened" else document, clock=clock)
    if way != "opened":
        finish(painter, document)
        painter.show(view)
        painter.paint(document, 0.0)
    truth = fresh(document, SIZE, view)
    empty = apart(fresh(Document(), SIZE, view), truth)
    begin_s, there_s, done = clock.now, None, False
    while not done:
        done = painter.paint(document, 0.004)
        there_s = clock.now if there_s is None and apart(seen(painter), truth) < empty / 4 else there_s
    assert there_s is not None
    assert there_s - begin_s < (clock.now - begin_s) / 3
    assert off(seen(painter), truth) <= 1


@pytest.mark.parametrize("place", [(10.0, 10.0), (1270.0, 700.0), (640.0, 300.0)])
def test_what_someone_looks_at_is_sharp_first(drawings: ModuleType, place: tuple[float, float]) -> None:
    document = spread(60, drawings)
    painter = Painter((1280, 720), View(), document, clock=Clock())
    painter.paint(document, 0.0)
    painter.attention = place
    painter.paint(document, 0.0)  # what had been begun
    while not (delivered := [rect for rect in painter.dirty if rect.size != (1280, 720)]):
        painter.paint(document, 0.0)
    first = delivered[-1]
    while first.collidepoint(640, 360) and place != (640.0, 300.0):
        painter.paint(document, 0.0)
        first = painter.dirty[-1] if painter.dirty else first
    assert first.collidepoint(place)


def test_a_new_stroke_takes_nothing_away_from_what_is_not_sharp_yet(drawings: ModuleType) -> None:
    drawing = Drawing(Document([drawings.pen((-0.8, y), (0.8, y), width=0.04).with_id(k + 1)
                                for k, y in enumerate(np.linspace(-0.4, 0.4, 30))]))  # fmt: skip
    painter = Painter(SIZE, View(), drawing.document, clock=Clock())
    finish(painter, drawing.document)
    painter.show(View((0, 0), 1.3))
    painter.paint(drawing.document, 0.0)
    painter.paint(drawing.document, 0.0)  # the view rests, nothing is sharp yet
    before = seen(painter)
    drawing.add(drawings.pen((-0.3, -0.3), (0.3, 0.3)))
    painter.paint(drawing.document, 0.0)
    lost = (seen(painter)[..., :3].min(axis=2) > 240) & (before[..., :3].min(axis=2) < 200)
    assert not lost.any()
