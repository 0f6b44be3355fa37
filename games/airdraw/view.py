"""The window onto the drawing plane: a centre and a zoom, for a window of any size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_ZOOM = 0.05
MAX_ZOOM = 40.0
"""At most: a step of the stored positions (1e-5 of the height) is half a pixel of a 1080-pixel window."""

PLANE_LIMIT = 500.0
"""Nothing lies further from the origin than this, in canvas heights."""

SizePx = tuple[int, int]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the plane."""


@dataclass(frozen=True, slots=True)
class View:
    """What of the plane is seen: `centre` lies in the middle of the window, `1 / zoom` is the height of the window.

    Attributes:
        centre: plane.
        zoom: 1 shows one canvas height; within `MIN_ZOOM` and `MAX_ZOOM`.

    Raises:
        ValueError: zoom or centre are out of bounds.
    """

    centre: tuple[float, float] = (0.0, 0.0)
    zoom: float = 1.0

    def __post_init__(self) -> None:
        if not MIN_ZOOM <= self.zoom <= MAX_ZOOM:
            raise ValueError(f"zoom is {self.zoom}, not within {MIN_ZOOM} and {MAX_ZOOM}")
        if not all(abs(v) <= PLANE_LIMIT for v in self.centre):
            raise ValueError(f"centre is {self.centre}, not within {PLANE_LIMIT} canvas heights of the origin")

    def scale(self, size_px: SizePx) -> float:
        """Pixels per canvas height in a window of this size."""
        return max(1, size_px[1]) * self.zoom

    def to_px(self, x: float, y: float, size_px: SizePx) -> tuple[float, float]:
        """From the plane to pixels of the window; pixel (0, 0) reaches from 0 to 1."""
        s = self.scale(size_px)
        return (x - self.centre[0]) * s + size_px[0] / 2, (y - self.centre[1]) * s + size_px[1] / 2

    def to_plane(self, x_px: float, y_px: float, size_px: SizePx) -> tuple[float, float]:
        """From pixels of the window to the plane."""
        s = self.scale(size_px)
        return (x_px - size_px[0] / 2) / s + self.centre[0], (y_px - size_px[1] / 2) / s + self.centre[1]

    def points_px(self, points: NDArray[np.floating[Any]], size_px: SizePx) -> NDArray[np.float64]:
        """Plane points (N, 2) as pixels, float64 (N, 2)."""
        origin = np.array(self.centre)
        moved: NDArray[np.float64] = (np.asarray(points, np.float64) - origin) * self.scale(size_px)
        moved += (size_px[0] / 2, size_px[1] / 2)
        return moved

    def box(self, size_px: SizePx) -> Box:
        """The part of the plane that the window shows."""
        return (*self.to_plane(0, 0, size_px), *self.to_plane(*size_px, size_px))

    def panned(self, dx_px: float, dy_px: float, size_px: SizePx) -> View:
        """The view after the drawing was pushed by so many pixels."""
        s = self.scale(size_px)
        return replace(self, centre=(_bounded(self.centre[0] - dx_px / s), _bounded(self.centre[1] - dy_px / s)))

    def zoomed(self, factor: float, at_px: tuple[float, float], size_px: SizePx) -> View:
        """The view after zooming; the plane point under `at_px` stays where it is."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, self.zoom * factor))
        x, y = self.to_plane(*at_px, size_px)
        s = size_px[1] * zoom
        cx, cy = x - (at_px[0] - size_px[0] / 2) / s, y - (at_px[1] - size_px[1] / 2) / s
        return View((_bounded(cx), _bounded(cy)), zoom)

    @classmethod
    def showing(cls, box: Box, size_px: SizePx, margin: float = 0.05) -> View:
        """The view that shows a box whole, with a margin in shares of the window."""
        width, height = max(box[2] - box[0], 1e-6), max(box[3] - box[1], 1e-6)
        zoom = (1 - 2 * margin) * min(1 / height, size_px[0] / max(1, size_px[1]) / width)
        centre = (_bounded((box[0] + box[2]) / 2), _bounded((box[1] + box[3]) / 2))
        return cls(centre, min(MAX_ZOOM, max(MIN_ZOOM, zoom)))


def _bounded(value: float) -> float:
    return min(PLANE_LIMIT, max(-PLANE_LIMIT, value))
