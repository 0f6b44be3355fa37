"""Where something moved: a coarse grid of picture change, cheap enough for every frame."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.sources.base import Image

GRID = (16, 9)
"""Columns and rows; a cell of a 1280x720 picture is 80 pixels wide, about a near palm or two far ones."""
_STEP = 8
_FADE_S = 1.0
_UNUSUAL, _USUAL_S = 1.25, 0.7
"""A cell is hot when it changes by so many times the most that it changed lately; half of that is forgotten in this
time."""


class InterestMap:
    """Remembers where the picture changed.

    Args:
        change: mean change of a cell, in grey levels above the picture's own noise, that counts as movement.
    """

    def __init__(self, change: float) -> None:
        self._change = change
        self.reset()

    def reset(self) -> None:
        """Forgets the last picture: the next one is news everywhere."""
        self._before: Float32 | None = None
        self._heat: Float32 = np.zeros((GRID[1], GRID[0]), np.float32)
        self._usual: Float32 = np.zeros((GRID[1], GRID[0]), np.float32)
        self._time_s = 0.0
        self.moved_s: float | None = None

    def look(self, image: Image, time_s: float, known: list[Roi]) -> bool:
        """Takes a picture.

        Args:
            image: uint8 (height, width, 3), BGR.
            known: squares of the hands that are followed: their movement is no news.

        Returns:
            True if something moved elsewhere.
        """
        sparse = np.ascontiguousarray(image[_STEP // 2 :: _STEP, _STEP // 2 :: _STEP, 1])
        cells = cv2.resize(sparse, GRID, interpolation=cv2.INTER_AREA).astype(np.float32)
        if self._before is None or self._before.shape != cells.shape:
            self._before, self._time_s, self.moved_s = cells, time_s, time_s
            self._heat.fill(1.0)
            return True
        moved = np.abs(cells - self._before)
        # The whole picture growing lighter or darker together is the camera's doing.
        moved -= np.median(moved)
        _blank(moved, known, image.shape[1], image.shape[0])
        passed_s = time_s - self._time_s
        self._heat *= np.float32(0.5 ** (passed_s / _FADE_S))
        # Codecs and lamps flicker: a cell has to change by more than it always does.
        hot = moved > np.maximum(self._change, _UNUSUAL * self._usual)
        self._usual *= np.float32(0.5 ** (passed_s / _USUAL_S))
        np.maximum(self._usual, moved, out=self._usual)
        self._heat[hot] = 1.0
        self._before, self._time_s = cells, time_s
        if hot.any():
            self.moved_s = time_s
            return True
        return False

    def heat(self, region: Roi, width: int, height: int) -> float:
        """How lately something moved in a region, 0..1."""
        x0, y0, x1, y1 = _cells(region, width, height)
        part: NDArray[np.float32] = self._heat[y0:y1, x0:x1]
        return float(part.max()) if part.size else 0.0


def _blank(moved: Float32, known: list[Roi], width: int, height: int) -> None:
    for roi in known:
        x0, y0, x1, y1 = _cells(roi, width, height)
        moved[y0:y1, x0:x1] = 0.0


def _cells(roi: Roi, width: int, height: int) -> tuple[int, int, int, int]:
    half = roi.size_px / 2
    columns, rows = GRID
    x0 = int(max(0.0, (roi.cx - half) / width * columns))
    y0 = int(max(0.0, (roi.cy - half) / height * rows))
    x1 = int(min(float(columns), (roi.cx + half) / width * columns + 1))
    y1 = int(min(float(rows), (roi.cy + half) / height * rows + 1))
    return x0, y0, x1, y1
