"""The card in the middle: the darkened camera picture with the hands of light, and what to do when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from handplay.engine.stage.camera_view import CameraView
from handplay.engine.stage.hand_view import HandView
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, Fade, ease_out
from handplay.engine.stage.status import Icon, draw_icon

if TYPE_CHECKING:
    from handplay.engine.hands import Handedness
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.layout import Places

_PULSE_S = 0.55


class StageCard:
    """The picture and its hands.

    Args:
        stage: whose hands and pictures.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hands = HandView(stage)
        self._camera = CameraView()
        self._state: tuple[Icon, str, str] | None = None
        self._fade = Fade(duration_s=CALM_S)
        self._patience_s = 0.0
        self._time_s = 0.0
        self._pulses: list[tuple[float, float, float, Handedness]] = []

    @property
    def waiting(self) -> float:
        """0..1: how much a sentence stands in place of the big word."""
        return self._fade.value

    @property
    def aspect(self) -> float:
        """Width over height of the camera's picture."""
        frame = self._stage.hands.frame
        if frame is not None:
            self._aspect = frame.width / frame.height
        return self._aspect

    _aspect = 4 / 3

    def pulse(self, x: float, y: float, handedness: Handedness) -> None:
        """A ring of light goes out from a place of the view: something has begun."""
        if not self._stage.settings.reduced_motion:
            self._pulses = [*self._pulses[-5:], (self._time_s, x, y, handedness)]

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self._time_s += dt_s
        self._hands.update(dt_s)
        self._pulses = [pulse for pulse in self._pulses if self._time_s - pulse[0] < _PULSE_S]
        state = _state(self._stage)
        # A hand that is gone for a blink is no reason to speak.
        self._patience_s = self._patience_s + dt_s if state is not None else 0.0
        due = state is not None and (self._patience_s > 0.5 or self._fade.share > 0)
        if due and (self._fade.share == 0.0 or self._state is None or self._fade.on):
            self._state = state
        self._fade.on = due
        self._fade.update(dt_s)

    def draw(self, canvas: Canvas, places: Places, *, light: float = 1.0) -> None:
        """Draws card, picture, hands and state; `light` 0..1 dims picture and hands."""
        theme, stage = canvas.theme, self._stage
        canvas.panel(places.card, colour=theme.raised, border=theme.line, radius=20)
        picture = places.picture
        frame = stage.hands.frame
        shown = (1.0 - 0.45 * self._fade.value) * light
        image = stage.picture if frame is not None else None
        mirrored = frame.mirrored if frame is not None else False
        self._camera.draw(canvas, picture, image, mirrored=mirrored, alpha=shown)
        before = canvas.surface.get_clip()
        x, y = canvas.to_px((picture.x, picture.y))
        size = (round(picture.width * canvas.scale), round(picture.height * canvas.scale))
        canvas.surface.set_clip(pygame.Rect((round(x), round(y)), size).clip(before))
        self._draw_pulses(canvas, picture)
        bounds = canvas.bounds
        natural = min(bounds.width / self.aspect, bounds.height)
        self._hands.draw(
            canvas,
            size=picture.height / natural,
            alpha=light,
            place=lambda vx, vy: (picture.x + vx * picture.width, picture.y + vy * picture.height),
        )
        self._draw_sides(canvas, picture, light)
        canvas.surface.set_clip(before)
        if self._fade.value > 0.01 and self._state is not None:
            self._draw_state(canvas, places, self._state, self._fade.value)

    def _draw_pulses(self, canvas: Canvas, picture: Area) -> None:
        for since_s, vx, vy, handedness in self._pulses:
            share = ease_out((self._time_s - since_s) / _PULSE_S)
            place = (picture.x + vx * picture.width, picture.y + vy * picture.height)
            colour = canvas.theme.hand(handedness)
            canvas.glow(place, picture.height * 0.55, colour, 0.5 * (1 - share))
            canvas.ring(place, 30 + 4 * round(26 * share), colour, width=3, alpha=0.8 * (1 - share))

    def _draw_sides(self, canvas: Canvas, picture: Area, light: float) -> None:
        """L and R beside the wrists: colour is not all that tells the hands apart."""
        frame = self._stage.hands.frame
        for hand in frame or ():
            assert frame is not None  # it has a hand
            x, y = hand.landmarks_px[0, :2].tolist()
            share = x / frame.width if frame.mirrored else 1 - x / frame.width
            half = max(11.0, canvas.text_area("R", size="small", font="bold").height * 0.6)
            low = picture.bottom - half - 4
            place = (picture.x + share * picture.width, min(low, picture.y + y / frame.height * picture.height + 24))
            canvas.disc(place, half, canvas.theme.background, alpha=0.8 * light)
            canvas.ring(place, half, canvas.theme.hand(hand.handedness), width=1.5, alpha=light)
            canvas.text(
                hand.handedness[0], place, size="small", font="bold", align="centre", valign="middle", alpha=light
            )

    def _draw_state(self, canvas: Canvas, places: Places, state: tuple[Icon, str, str], shown: float) -> None:
        icon, sentence, action = state
        draw_icon(canvas, icon, _above(places.picture), self._time_s, alpha=shown)
        band = places.band
        width = band.width - 40
        head = canvas.paragraph(sentence, (0, 0), width, size="lead", font="bold", align="centre", draw=False)
        more = canvas.paragraph(action, (0, 0), width, size="small", align="centre", draw=False)
        top = band.centre[1] - (head.height + 4 + more.height) / 2 + 8 * (1 - shown)
        x = band.centre[0]
        canvas.paragraph(sentence, (x, top), width, size="lead", font="bold", align="centre", alpha=shown)
        top += head.height + 4
        canvas.paragraph(action, (x, top), width, size="small", colour=canvas.theme.quiet, align="centre", alpha=shown)


def _above(picture: Area) -> Point:
    return (picture.centre[0], picture.centre[1] + 6)


def _state(stage: Stage) -> tuple[Icon, str, str] | None:
    """Icon, sentence and action of what keeps hands from being seen, or None."""
    message = stage.feed_message
    if stage.feed_state == "starting":
        return ("wait", "Waking the camera", message or "It opens in a moment")
    if stage.feed_state == "no_source":
        return ("camera_off", "There is no camera", "Plug one in, or start with the rendered hand: --\u200csource demo")
    if stage.feed_state in ("ended", "closed"):
        return ("camera_off", "The pictures have ended", message or "Esc leaves")
    frame = stage.hands.frame
    if frame is None or len(frame) > 0:
        return None
    condition = frame.condition
    if condition == "dark":
        return ("dark", "It is too dark to see your hand", "Turn on a light")
    if condition == "bright":
        return ("dark", "It is too bright to see your hand", "Turn the camera away from the light")
    if condition == "far":
        return ("far", "Your hand is far away", "Come a little closer")
    if condition == "frozen":
        return ("camera_off", "The camera's picture stands still", "Unplug it and plug it in again")
    return ("hand", "Show your hand", "An arm's length away, palm to the camera")
