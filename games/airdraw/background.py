"""A picture that lies under the drawing, kept as the bytes of its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from handplay.games.airdraw.view import Box

Format = Literal["png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Background:
    """A picture, one canvas height high, centred on the origin.

    Attributes:
        data: a whole PNG or JPEG file.
        format: which of them.
        size_px: width and height.
    """

    data: bytes = field(repr=False)
    format: Format
    size_px: tuple[int, int]

    @property
    def box(self) -> Box:
        """Where it lies in the plane."""
        half = self.size_px[0] / max(1, self.size_px[1]) / 2
        return -half, -0.5, half, 0.5
