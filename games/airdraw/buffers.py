"""The pixels of one layer: a fine sheet that strokes are laid on, and the sheet of the window that is seen.

The fine sheet has twice the window's pixels along each side as long as that is affordable: OpenCV's antialiasing alone
leaves a rough edge on thin lines, averaged over four pixels it does not.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from handplay.games.airdraw.raster import Frame, Pixels, RectPx
from handplay.games.airdraw.view import SizePx

FINE_UP_TO_PX = 1920 * 1200
"""Windows with more pixels are drawn at their own resolution: theirs are small enough to the eye."""


def fineness(size_px: SizePx) -> int:
    """How many pixels of the fine sheet there are for one of the window, along each side."""
    return 2 if size_px[0] * size_px[1] <= FINE_UP_TO_PX else 1


class LayerSheets:
    """The two sheets of a layer, premultiplied BGRA.

    Args:
        size_px: of the window.

    Attributes:
        fine: uint8 (H * times, W * times, 4).
        seen: uint8 (H, W, 4).
    """

    def __init__(self, size_px: SizePx) -> None:
        self.times = fineness(size_px)
        width, height = size_px
        self.seen: Pixels = np.zeros((height, width, 4), np.uint8)
        self.fine: Pixels = (
            self.seen if self.times == 1 else np.zeros((height * self.times, width * self.times, 4), np.uint8)
        )

    def settle(self, rect: RectPx) -> None:
        """Makes what is seen true to the fine sheet within a rectangle of the window."""
        if self.times > 1:
            shrink(fine_part(self.fine, rect, self.times), window_part(self.seen, rect))

    def shift(self, dx: int, dy: int) -> None:
        """Moves what the fine sheet holds by whole pixels of the window; what comes in is empty."""
        moved = np.zeros_like(self.fine)
        dx, dy = dx * self.times, dy * self.times
        height, width = moved.shape[:2]
        if abs(dx) < width and abs(dy) < height:
            to = slice(max(0, dy), height + min(0, dy)), slice(max(0, dx), width + min(0, dx))
            of = slice(max(0, -dy), height + min(0, -dy)), slice(max(0, -dx), width + min(0, -dx))
            moved[to] = self.fine[of]
        self.fine[:] = moved


def shrink(fine: Pixels, into: Pixels) -> None:
    """Averages a part of a fine sheet into a part of the window's size, in place."""
    if into.size and fine.shape != into.shape:
        # Written into a sheet of its own first: OpenCV cannot be trusted to write into every strided view.
        into[:] = cv2.resize(fine, (into.shape[1], into.shape[0]), interpolation=cv2.INTER_AREA)
    elif into.size and fine is not into:
        into[:] = fine


def warped(sheet: Pixels, before: Frame, now: Frame, size_px: SizePx, border: tuple[int, ...] = (0,) * 4) -> Pixels:
    """What a sheet of one frame looks like in another: at once, not sharp."""
    share = now.scale / before.scale
    matrix = np.array(
        [
            [share, 0, (before.left + 0.5) * share - now.left - 0.5],
            [0, share, (before.top + 0.5) * share - now.top - 0.5],
        ]
    )
    same = abs(share - 1) < 1e-9
    moved: NDArray[np.uint8] = cv2.warpAffine(  # type: ignore[assignment] # uint8 in, uint8 out
        sheet, matrix, size_px, flags=cv2.INTER_NEAREST if same else cv2.INTER_LINEAR, borderValue=border
    )
    return moved


def window_part(sheet: Pixels, rect: RectPx) -> Pixels:
    """A rectangle of a sheet of the window's size, as a view."""
    x, y, w, h = rect
    return sheet[y : y + h, x : x + w]


def fine_part(sheet: Pixels, rect: RectPx, times: int) -> Pixels:
    """A rectangle of the window on a fine sheet, as a view."""
    x, y, w, h = (v * times for v in rect)
    return sheet[y : y + h, x : x + w]


def joined(rects: list[RectPx]) -> RectPx:
    """The smallest rectangle around all; empty ones do not count."""
    full = [r for r in rects if r[2] > 0 and r[3] > 0]
    if not full:
        return 0, 0, 0, 0
    x0, y0 = min(r[0] for r in full), min(r[1] for r in full)
    return x0, y0, max(r[0] + r[2] for r in full) - x0, max(r[1] + r[3] for r in full) - y0


def meets(a: RectPx, b: RectPx) -> bool:
    """True if two rectangles have pixels in common."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def merged(rects: list[RectPx]) -> list[RectPx]:
    """The same pixels in fewer rectangles: two become one where that hardly adds pixels."""
    todo = [r for r in rects if r[2] > 0 and r[3] > 0]
    done: list[RectPx] = []
    for rect in todo:
        here = rect
        again = True
        while again:
            again = False
            for other in done:
                both = joined([here, other])
                if both[2] * both[3] <= 1.2 * (here[2] * here[3] + other[2] * other[3]):
                    done.remove(other)
                    here, again = both, True
                    break
        done.append(here)
    return done
