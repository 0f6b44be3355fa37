"""What a painter shows, for tests that look at pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.painting import Painter
from handplay.games.airdraw.view import View

SIZE = (320, 180)
LONG_S = 1000.0


def finish(painter: Painter, document: Document) -> int:
    """Paints until all is sharp; gives the number of calls."""
    for calls in range(1, 5000):
        if painter.paint(document, LONG_S):
            return calls
    raise AssertionError("it never ends")


def seen(painter: Painter) -> NDArray[np.uint8]:
    """What is seen, BGRA."""
    width, height = painter.size_px
    return np.frombuffer(painter.surface.get_buffer().raw, np.uint8).reshape(height, width, 4).copy()


def fresh(document: Document, size: tuple[int, int] = SIZE, view: View | None = None) -> NDArray[np.uint8]:
    painter = Painter(size, view or View(), document)
    finish(painter, document)
    return seen(painter)


def off(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> int:
    return int(np.abs(a.astype(int) - b.astype(int)).max())
