"""One frame of the demo: hands over a room, with blur and noise, and the exact truth beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from handplay.engine.sources.demo import body
from handplay.engine.sources.demo.anatomy import PALM_M
from handplay.engine.sources.demo.backdrop import backdrop, painted
from handplay.engine.sources.demo.details import add_details
from handplay.engine.sources.demo.imaging import opencv
from handplay.engine.sources.demo.light import Lighting
from handplay.engine.sources.demo.optics import HandView, PlacedHand, place
from handplay.engine.sources.demo.raster import DepthMap
from handplay.engine.sources.demo.sensor import Bytes, Sensor, smeared
from handplay.engine.sources.demo.shading import shade
from handplay.engine.sources.demo.truth import HandTruth, truth_of

# A palm is drawn at about this size and then scaled: small ones come out smooth, large ones stay affordable.
_WORK_PALM_PX = 84.0
_ZOOM = (0.4, 6.0)
_NEAREST_M = 0.05

Placed = tuple[Bytes, tuple[int, int]]


class Renderer:
    """Draws frames of one size in one room."""

    def __init__(self, size: tuple[int, int], background: str = "room", *, seed: int = 0, noise: float = 1.0) -> None:
        """
        Args:
            size: (width, height), pixels.
            background: name of the room.
            seed: of room and noise.
            noise: 1 for an ordinary webcam, 0 for none.

        Raises:
            ValueError: no such background.
        """
        self.size = size
        self._seed = seed
        self._lighting = backdrop(background).lighting
        self._sensor = Sensor(painted(background, size, seed), seed, noise=noise)

    def frame(self, hands: Sequence[HandView], index: int = 0) -> tuple[Bytes, tuple[HandTruth, ...]]:
        """One picture, the same for the same arguments.

        Args:
            hands: what to show; nearer hands hide farther ones.
            index: number of the frame, which picks the noise.

        Returns:
            uint8 (h, w, 3) BGR, and the truth of each hand in the order given.
        """
        rng = np.random.default_rng((self._seed, index))
        image = self._sensor.background(rng)
        placed = [place(view, self.size) for view in hands]
        covered = [np.zeros(21, bool) for _ in placed]
        drawn: list[int] = []
        for number in sorted(range(len(placed)), key=lambda i: -placed[i].z_m):
            layer = draw_hand(placed[number], self._lighting)
            if layer is None:
                continue
            picture, at = smeared(*layer, placed[number].view.move_px)
            self._sensor.put(image, picture, at, rng)
            for other in drawn:
                covered[other] |= _under(placed[other], picture, at)
            drawn.append(number)
        return image, tuple(truth_of(hand, i, covered[i]) for i, hand in enumerate(placed))


def draw_hand(hand: PlacedHand, lighting: Lighting) -> Placed | None:
    """Draws one hand.

    Returns:
        uint8 (h, w, 4), BGR multiplied by alpha and alpha, and its place (x, y) in the image; None if out of sight.
    """
    cv2 = opencv()

    width, height = hand.size
    nodes = body.nodes_of(hand.joints)
    scale = hand.focal_px / np.maximum(nodes[:, 2], _NEAREST_M)
    mean_scale = hand.focal_px / max(_NEAREST_M, hand.z_m)
    spheres = np.empty((len(nodes), 4), np.float32)
    spheres[:, 0] = nodes[:, 0] * scale + width / 2
    spheres[:, 1] = nodes[:, 1] * scale + height / 2
    spheres[:, 2] = (nodes[:, 2] - hand.z_m) * mean_scale
    spheres[:, 3] = body.RADII_M * scale
    used = nodes[:, 2] > _NEAREST_M
    if not used.any():
        return None
    low = (spheres[used, :2] - spheres[used, 3:]).min(axis=0)
    high = (spheres[used, :2] + spheres[used, 3:]).max(axis=0)
    x0, y0 = max(0, math.floor(low[0]) - 2), max(0, math.floor(low[1]) - 2)
    x1, y1 = min(width, math.ceil(high[0]) + 3), min(height, math.ceil(high[1]) + 3)
    if x0 >= x1 or y0 >= y1:
        return None
    zoom = min(_ZOOM[1], max(_ZOOM[0], _WORK_PALM_PX / (mean_scale * PALM_M)))
    w, h = max(4, round((x1 - x0) * zoom)), max(4, round((y1 - y0) * zoom))
    sx, sy = w / (x1 - x0), h / (y1 - y0)
    spheres[:, 0] = (spheres[:, 0] - x0) * sx
    spheres[:, 1] = (spheres[:, 1] - y0) * sy
    spheres[:, 2:] *= (sx + sy) / 2
    unit = mean_scale * PALM_M * (sx + sy) / 2
    surface = DepthMap(w, h)
    balls = [tuple(row) if ok else None for row, ok in zip(spheres.tolist(), used.tolist(), strict=True)]
    for number, shape in enumerate(body.SHAPES):
        a, b, *rest = (balls[node] for node in shape.nodes)
        if a is None or b is None:
            continue
        if not rest:
            surface.capsule(a, b, number)
        elif rest[0] is not None:
            surface.wedge(a, b, rest[0], number)
    colour, mask = shade(surface, body.palm_sides(hand.joints), lighting, hand.view.skin, hand.view.sleeve, unit)
    add_details(colour, surface, hand, (x0, y0, sx, sy), unit)
    layer = _soft_edged(colour, mask)
    if (w, h) != (x1 - x0, y1 - y0):
        layer = cv2.resize(layer, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA if zoom > 1 else cv2.INTER_CUBIC)
    return np.asarray(layer, np.uint8), (x0, y0)


def _soft_edged(colour: Bytes, mask: Bytes) -> Bytes:
    """Colour and alpha with a smooth outline: uint8 (h, w, 4), colour multiplied by alpha."""
    cv2 = opencv()

    inner = cv2.bitwise_and(colour, colour, mask=mask)
    wider = cv2.blur(inner, (5, 5))
    weight = cv2.blur(mask, (5, 5))
    # Outside the outline the colour goes on for two pixels.
    wider = cv2.divide(wider, cv2.merge((weight, weight, weight)), scale=255)
    filled = cv2.copyTo(inner, mask, wider)
    # Blurred and steepened, the staircase of the mask becomes a line.
    alpha = cv2.GaussianBlur(mask, (5, 5), 1.1)
    alpha = cv2.convertScaleAbs(cv2.subtract(alpha, 51), alpha=255 / 153)
    filled = cv2.GaussianBlur(filled, (3, 3), 0.6)
    return np.asarray(
        cv2.merge((*cv2.split(cv2.multiply(filled, cv2.merge((alpha,) * 3), scale=1 / 255)), alpha)), np.uint8
    )


def _under(hand: PlacedHand, picture: Bytes, at: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """bool (21,): which joints lie under this layer."""
    xy = np.floor(hand.points_px).astype(np.int64) - np.array(at)
    inside = (xy >= 0).all(axis=1) & (xy[:, 0] < picture.shape[1]) & (xy[:, 1] < picture.shape[0])
    result = np.zeros(21, bool)
    result[inside] = picture[xy[inside, 1], xy[inside, 0], 3] > 127
    return result
