"""The small camera picture in a corner: mirrored, rounded, ringed by how well the hand is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pygame

from handplay.engine.hands import BONES, HandFrame
from handplay.engine.sources.base import Image
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, breathe
from handplay.engine.stage.theme import Colour, Theme

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
Sight = Literal["looking", "good", "weak", "lost"]

WIDTH, HEIGHT = 240.0, 135.0
RING = 3.0
_WEAK_PRESENCE = 0.75
_LOST_S = 1.5
_SIGNS = ("Pictures stay on this computer", "Stays on this computer")


class Inset:
    """What the camera sees, and how well. The loop updates and draws it.

    Attributes:
        corner: where it is; a scene moves it away from the action.
        wanted: False hides it while the scene has no use for it.
    """

    def __init__(self) -> None:
        self.corner: Corner = "bottom_right"
        self.wanted = True
        self.sight: Sight = "looking"
        self._fade = Fade(duration_s=CALM_S)
        self._time_s = 0.0
        self._seen_s = -10.0
        self._shown: object = None
        self._picture: pygame.Surface | None = None
        self._aspect = WIDTH / HEIGHT

    def update(self, dt_s: float, stage: Stage, has_picture: bool) -> None:
        """Moves on: how well the hand is seen, and whether the inset shows."""
        self._time_s += dt_s
        frame = stage.hands.frame
        if frame is not None and len(frame) > 0:
            self._seen_s = self._time_s
            self.sight = "good" if min(hand.presence for hand in frame) >= _WEAK_PRESENCE else "weak"
        else:
            self.sight = "lost" if self._time_s - self._seen_s < _LOST_S else "looking"
        self._fade.on = self.wanted and stage.settings.show_inset and has_picture
        self._fade.update(dt_s)

    def area(self, canvas: Canvas) -> Area:
        """Where it is drawn."""
        safe, width = canvas.safe, min(WIDTH, HEIGHT * self._aspect)
        height = width / self._aspect
        x = safe.left if self.corner.endswith("left") else safe.right - width
        y = safe.top if self.corner.startswith("top") else safe.bottom - height
        return Area(x, y, width, height)

    def draw(self, canvas: Canvas, picture: Image | None, hands: HandFrame | None, mirrored: bool) -> None:
        """Draws it.

        Args:
            canvas: where to.
            picture: uint8 (height, width, 3) BGR, as it came; None keeps the last one.
            hands: the hands of that picture.
            mirrored: True if the source is a selfie view already.
        """
        shown = self._fade.value
        if shown <= 0.0:
            return
        if picture is not None:
            self._aspect = min(2.4, max(0.5, picture.shape[1] / picture.shape[0]))
        area = self.area(canvas)
        size = (max(2, round(area.width * canvas.scale)), max(2, round(area.height * canvas.scale)))
        if picture is not None and (self._shown is not picture or self._sized() != size):
            self._shown = picture
            self._picture = _make(picture, hands, mirrored, size, 12 * canvas.scale, canvas.theme)
        if self._picture is None:
            return
        slide = 12 * (1 - shown) * (1 if self.corner.endswith("right") else -1)
        area = area.moved(slide, 0)
        ring = ring_colour(self.sight, canvas.theme)
        pulse = 0.45 + 0.55 * breathe(self._time_s, 1.8) if self.sight in ("looking", "lost") else 1.0
        canvas.panel(area.shrunk(-RING), colour=canvas.theme.raised, radius=12 + RING, alpha=shown)
        canvas.panel(area.shrunk(-RING), colour=ring, radius=12 + RING, alpha=shown * pulse)
        canvas.image(self._picture, area.centre, alpha=shown)
        self._draw_sign(canvas, area, shown)

    def _draw_sign(self, canvas: Canvas, area: Area, shown: float) -> None:
        sign = _SIGNS[0]
        if canvas.text_area(sign, size="small").width > area.width * 1.15:
            sign = _SIGNS[1]
        below = self.corner.startswith("top")
        right = self.corner.endswith("right")
        y = area.bottom + RING + 4 if below else area.top - RING - 4
        canvas.text(
            sign,
            (area.right if right else area.left, y),
            size="small",
            colour=canvas.theme.quiet,
            align="right" if right else "left",
            valign="top" if below else "bottom",
            alpha=shown,
        )

    def _sized(self) -> tuple[int, int] | None:
        return None if self._picture is None else self._picture.get_size()


def ring_colour(sight: Sight, theme: Theme) -> Colour:
    """The ring's colour; the states differ in how they pulse as well."""
    return {"looking": theme.quiet, "good": theme.good, "weak": theme.gold, "lost": theme.danger}[sight]


def _make(
    picture: Image, hands: HandFrame | None, mirrored: bool, size: tuple[int, int], radius_px: float, theme: Theme
) -> pygame.Surface:
    import cv2  # here, because a picture that was tracked has loaded it already

    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if not mirrored:
        small = cv2.flip(small, 1)
    surface = pygame.image.frombuffer(np.ascontiguousarray(small).tobytes(), size, "BGR").convert_alpha()
    if hands is not None:
        factor = np.array([size[0] / hands.width, size[1] / hands.height], np.float32)
        for hand in hands:
            points = hand.landmarks_px[:, :2] * factor
            if not mirrored:
                points[:, 0] = size[0] - points[:, 0]
            colour = theme.hand(hand.handedness)
            for a, b in BONES:
                pygame.draw.aaline(surface, colour, points[a].tolist(), points[b].tolist())
            if size[1] >= 100:
                for x, y in points.tolist():
                    pygame.draw.circle(surface, theme.text, (x, y), size[1] / 110)
    mask = pygame.Surface(size, pygame.SRCALPHA)
    from handplay.engine.stage.sprites import rounded

    mask.blit(rounded(*size, radius_px, (255, 255, 255)), (0, 0))
    surface.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return surface
