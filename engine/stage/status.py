"""The states that are nobody's fault: no camera, camera gone, too dark, looking for a hand. Icon, sentence, action."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pygame

from handplay.engine.coordinates import Float32
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, breathe
from handplay.engine.stage.theme import Colour, mix

if TYPE_CHECKING:
    from handplay.engine.hands import Condition
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.stage import Stage

Icon = Literal["hand", "camera", "camera_off", "dark", "far", "wait"]


@dataclass(frozen=True, slots=True)
class StatusText:
    """What a card says.

    Attributes:
        icon: its picture.
        sentence: what is the matter.
        action: the one thing to do about it.
    """

    icon: Icon
    sentence: str
    action: str


STATUS: dict[str, StatusText] = {
    "looking": StatusText("hand", "Show your hand to start", "Hold it up, about an arm's length from the camera"),
    "starting": StatusText("wait", "Getting ready", "The camera opens in a moment"),
    "no_camera": StatusText("camera_off", "There is no camera", "Plug one in, or play on with keys and mouse"),
    "camera_gone": StatusText("camera_off", "The camera is gone", "Plug it in again: the game goes on by itself"),
    "over": StatusText("camera_off", "The pictures are over", "Keys and mouse play on. Esc leaves"),
    "too_dark": StatusText("dark", "It is too dark to see your hand", "Turn on a light"),
    "too_bright": StatusText("dark", "It is too bright to see your hand", "Turn the camera away from the light"),
    "too_far": StatusText("far", "Your hand is too far away", "Come a little closer"),
    "frozen": StatusText("camera_off", "The camera's picture stands still", "Unplug it and plug it in again"),
    "hand_lost": StatusText("hand", "Where is your hand?", "Hold it up again"),
}
"""The states every game has."""


_CONDITIONS: dict[Condition, str] = {
    "dark": "too_dark", "bright": "too_bright", "far": "too_far", "frozen": "frozen",
}  # fmt: skip


def trouble(stage: Stage) -> StatusText | None:
    """What keeps hands from being seen, other than that nobody holds one up; None if nothing does."""
    state, message = stage.feed_state, stage.feed_message
    if state == "starting":
        text = STATUS["starting"]
    elif state == "no_source":
        text = STATUS["no_camera"]
    elif state in ("ended", "closed"):
        text = STATUS["over"]
    else:
        frame = stage.hands.frame
        if frame is None or len(frame) > 0 or frame.condition not in _CONDITIONS:
            return None
        return STATUS[_CONDITIONS[frame.condition]]
    return replace(text, action=message) if message else text


class StatusCard:
    """Shows one state at a time and fades between them."""

    def __init__(self) -> None:
        self._text: StatusText | None = None
        self._wanted: StatusText | None = None
        self._fade = Fade(duration_s=CALM_S)
        self._time_s = 0.0

    def show(self, state: str | StatusText | None, sentence: str = "") -> None:
        """Wants a state of `STATUS`, a text of one's own, or None for none; `sentence` takes the place of its own."""
        text = STATUS[state] if isinstance(state, str) else state
        if text is not None and sentence:
            text = StatusText(text.icon, sentence, text.action)
        self._wanted = text

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._time_s += dt_s
        if self._wanted != self._text and self._fade.share == 0.0:
            self._text = self._wanted
        self._fade.on = self._text is not None and self._text == self._wanted
        self._fade.update(dt_s)

    @property
    def shown(self) -> float:
        """0..1: how much of it is seen."""
        return self._fade.value

    def draw(self, canvas: Canvas, centre: Point | None = None) -> None:
        """Draws the card about a centre, by default the frame's."""
        shown, text = self._fade.value, self._text
        if shown <= 0.0 or text is None:
            return
        x, y = centre or canvas.frame.centre
        width = min(560.0, canvas.safe.width)
        inner = width - 64
        words = canvas.paragraph(text.sentence, (x, 0), inner, size="title", font="bold", align="centre", draw=False)
        action = canvas.paragraph(text.action, (x, 0), inner, size="body", align="centre", draw=False)
        height = 32 + 136 + 16 + words.height + 8 + action.height + 32
        card = Area.around((x, y + 16 * (1 - shown)), width, height)
        theme = canvas.theme
        canvas.panel(card, colour=theme.raised, border=theme.line, radius=24, alpha=0.94 * shown, shadow=True)
        draw_icon(canvas, text.icon, (x, card.top + 32 + 68), self._time_s, alpha=shown)
        top = card.top + 32 + 136 + 16
        canvas.paragraph(text.sentence, (x, top), inner, size="title", font="bold", align="centre", alpha=shown)
        top += words.height + 8
        canvas.paragraph(text.action, (x, top), inner, colour=theme.quiet, align="centre", alpha=shown)


def draw_icon(canvas: Canvas, icon: Icon, centre: Point, time_s: float, *, alpha: float = 1.0) -> None:
    """Draws a state's picture, about 120 design units high."""
    theme = canvas.theme
    breath = breathe(time_s)
    if icon in ("hand", "far"):
        size = 46 if icon == "far" else 56 + 6 * breath
        canvas.glow(centre, 130, theme.aqua, (0.14 + 0.14 * breath) * alpha)
        draw_outlined_hand(canvas, centre, size, mix(theme.raised, theme.aqua, (0.7 + 0.3 * breath) * alpha))
        if icon == "far":
            for side in (-1, 1):
                canvas.ring(centre, 66, theme.gold, width=4, start=0.25 * side - 0.06, sweep=0.12, alpha=alpha)
        return
    ink = mix(theme.raised, theme.quiet, alpha)
    x, y = centre
    if icon == "wait":
        canvas.ring(centre, 36, theme.line, width=6, alpha=alpha)
        canvas.ring(centre, 36, theme.aqua, width=6, start=time_s * 0.8 % 1.0, sweep=0.3, alpha=alpha)
    elif icon == "dark":
        for turn in range(8):
            angle = turn * math.pi / 4
            c, s = math.cos(angle), math.sin(angle)
            reach = 52 + 4 * breath
            canvas.line((x + c * 40, y + s * 40), (x + c * reach, y + s * reach), ink, width=6)
        canvas.ring(centre, 24, theme.gold, width=6, alpha=alpha)
    else:
        body = Area(x - 56, y - 28, 112, 76)
        canvas.panel(Area(x - 20, y - 44, 40, 24), colour=ink, radius=8)
        canvas.panel(body, colour=ink, radius=16)
        canvas.panel(body.shrunk(6), colour=theme.raised, radius=11)
        canvas.ring((x, y + 10), 20, ink, width=6)
        if icon == "camera_off":
            canvas.line((x - 58, y + 62), (x + 58, y - 54), theme.raised, width=18)
            canvas.line((x - 58, y + 62), (x + 58, y - 54), mix(theme.raised, theme.danger, alpha), width=7)


def draw_outlined_hand(canvas: Canvas, centre: Point, palm: float, colour: Colour) -> None:
    """An open hand as an outline: where a hand should be, and how large."""
    size = round(palm * canvas.scale)
    if size < 4:
        return
    picture = canvas.kept(("outlined hand", size, colour), lambda: _outline(size, colour))
    canvas.image(picture, (centre[0], centre[1] - palm * 0.25))


def _outline(palm_px: int, colour: Colour) -> pygame.Surface:
    """The outline as a picture: the filled hand minus the same hand drawn thinner, at three times the size."""
    factor = 3
    points = _open_hand() * np.float32(palm_px * factor)
    side = palm_px * factor * 3
    at = points[:, :2] + np.array([side / 2, side / 2 + palm_px * factor * 0.25], np.float32)
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    for thickness, tone in ((0.15, (*colour, 255)), (0.115, (*colour, 34))):
        _solid(surface, at, thickness * palm_px * factor, tone)
    return pygame.transform.smoothscale(surface, (side // factor, side // factor)).convert_alpha()


def _solid(surface: pygame.Surface, at: Float32, radius: float, colour: tuple[int, int, int, int]) -> None:
    from handplay.engine.hands import BONES

    for a, b in BONES:
        (ax, ay), (bx, by) = at[a].tolist(), at[b].tolist()
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = (ay - by) / length * radius, (bx - ax) / length * radius
        pygame.draw.polygon(
            surface, colour, [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]
        )
        pygame.draw.circle(surface, colour, (ax, ay), radius)
        pygame.draw.circle(surface, colour, (bx, by), radius)
    pygame.draw.polygon(surface, colour, [at[i].tolist() for i in (0, 1, 2, 5, 9, 13, 17)])


@lru_cache(maxsize=1)
def _open_hand() -> Float32:
    from handplay.engine.sources.demo.skeleton import pose_points

    points = pose_points("open_palm").copy()
    points[:, 0] *= -1
    centred: Float32 = points - points[[0, 5, 9, 13, 17]].mean(axis=0)
    return centred
