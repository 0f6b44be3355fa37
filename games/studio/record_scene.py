"""Recording a gesture of one's own: countdown, collecting with hints, what was learned, a live trial, keep or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from handplay.engine.stage.choosing import Chooser, ChoosingSettings
from handplay.engine.stage.countdown import draw_countdown
from handplay.engine.stage.motion import CALM_S, Fade
from handplay.engine.stage.theme import mix
from handplay.games.studio.layout import RecordLayout, lay_out_record
from handplay.games.studio.record_panel import RecordPanel
from handplay.games.studio.recording import COUNTDOWN_S
from handplay.games.studio.stage_card import StageCard

if TYPE_CHECKING:
    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.recording import Act, Recording

_ACTS: dict[str, Act] = {"keep": "keep", "again": "again", "discard": "discard"}
_KEYS: dict[int, Act] = {
    pygame.K_r: "again",
    pygame.K_DELETE: "discard",
    pygame.K_BACKSPACE: "discard",
}
_ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)


class RecordScene:
    """The scene (`handplay.engine.stage.scene.Scene`).

    Args:
        stage: the services.
        recording: what goes on; the caller reads from it what was kept.
    """

    def __init__(self, stage: Stage, recording: Recording) -> None:
        self._stage = stage
        self.recording = recording
        self._card = StageCard(stage)
        self._panel = RecordPanel(recording, stage)
        # Staying alone: a gesture on trial may well be a pinch.
        self._chooser = Chooser(ChoosingSettings(press="dwell"))
        self._layout: RecordLayout | None = None
        self._key: object = None
        self._frame: object = None
        self._band = Fade(duration_s=CALM_S)
        self._sentence = ""
        self._told = ""
        self._ring = 0.0
        self._before = recording.state
        self._number = 0
        self._was_lit = False
        stage.inset.wanted = False

    @property
    def finished(self) -> bool:
        """True when it is decided."""
        return self.recording.finished

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        recording = self.recording
        if event.type == pygame.KEYDOWN:
            if event.key in _KEYS and recording.state in ("result", "nothing"):
                recording.act(_KEYS[event.key])
                return
            if event.key in _ENTER and self._chooser.focus is None:
                first: dict[str, Act] = {"ready": "start", "result": "keep", "nothing": "again"}
                if recording.state in first:
                    recording.act(first[recording.state])
                return
        self._chooser.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        recording, stage = self.recording, self._stage
        frame = stage.hands.frame
        if frame is not self._frame:
            self._frame = frame
            if frame is not None:
                recording.feed(frame)
        if frame is None:
            recording.hands_gone(over=stage.feed_state in ("ended", "closed"))
        if self._layout is not None:
            self._chooser.show(self._panel.targets(self._layout.panel))
        for key in self._chooser.update(dt_s):
            recording.act(_ACTS[key])
        recording.update(dt_s)
        self._sound_out()
        self._card.update(dt_s)
        self._panel.update(dt_s)
        self._say(dt_s)
        goal = recording.recorder_state.progress if recording.state in ("collecting", "thinking") else 0.0
        self._ring += (goal - self._ring) * min(1.0, dt_s * 8)

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the newest state."""
        layout = self._fitted(canvas)
        recording, theme = self.recording, canvas.theme
        canvas.backdrop()
        busy = recording.state in ("countdown", "thinking")
        self._card.draw(canvas, layout, light=0.6 if busy else 1.0)
        self._draw_ring(canvas, layout)
        shown = self._band.value * (1.0 - self._card.waiting)
        if shown > 0.01 and self._sentence:
            band = layout.band
            size = 28.0
            wide = canvas.text_area(self._sentence, size=size, font="bold").width
            size *= min(1.0, (band.width - 32) / wide) if wide else 1.0
            colour = mix(theme.text, theme.gold, self._panel.lit)
            canvas.text(
                self._sentence, (band.centre[0], band.centre[1] + 6 * (1 - shown)), size=size, font="bold",
                colour=colour, align="centre", valign="middle", alpha=shown,
            )  # fmt: skip
        self._panel.draw(canvas, layout.panel, self._chooser)
        if recording.state in ("result", "nothing"):
            self._chooser.draw(canvas, within=layout.panel.shrunk(-40))
        else:
            self._chooser.layout = canvas.layout
        keys = "Esc leaves without keeping"
        words = canvas.text_area(keys, size="small")
        y = layout.footer.bottom - words.height / 2
        if words.width < 0.36 * layout.footer.width:
            canvas.text(keys, (layout.panel.right, y), size="small", colour=theme.quiet, align="right", valign="middle")

    def wishes(self) -> tuple[Wish, ...]:
        """None: the demo hand plays its own script."""
        return ()

    def summary(self) -> dict[str, object]:
        """How it ended."""
        recording = self.recording
        return {
            "name": recording.name,
            "state": recording.state,
            "samples": recording.recorder_state.samples,
            "performances": recording.recorder_state.performances,
            "trials": recording.trials,
        }

    def _fitted(self, canvas: Canvas) -> RecordLayout:
        key = (canvas.surface.get_size(), round(self._card.aspect, 2))
        if self._layout is None or key != self._key:
            self._key = key
            line = canvas.text_area("Ag", size="small").height
            self._layout = lay_out_record(canvas.safe, self._card.aspect, line)
        return self._layout

    def _draw_ring(self, canvas: Canvas, layout: RecordLayout) -> None:
        """The countdown, and the ring about the hand that closes while it is learned."""
        recording, theme, picture = self.recording, canvas.theme, layout.picture
        if recording.state == "countdown":
            still = self._stage.settings.reduced_motion
            draw_countdown(canvas, picture.centre, COUNTDOWN_S - recording.age_s, COUNTDOWN_S, still=still)
            return
        if recording.state not in ("collecting", "thinking") or self._ring <= 0.004:
            return
        frame = self._stage.hands.frame
        centre, radius = picture.centre, 0.36 * picture.height
        if frame is not None and len(frame) > 0:
            hand = frame[0]
            x, y = hand.landmarks_px[:, :2].mean(axis=0).tolist()
            share = x / frame.width if frame.mirrored else 1 - x / frame.width
            reach = 1.75 * hand.palm_px / frame.height * picture.height
            radius = min(0.46 * picture.height, max(40.0, reach))
            centre = (picture.x + share * picture.width, picture.y + y / frame.height * picture.height)
            # The whole ring stays in the picture.
            centre = (
                min(picture.right - radius - 8, max(picture.left + radius + 8, centre[0])),
                min(picture.bottom - radius - 8, max(picture.top + radius + 8, centre[1])),
            )
        radius = 4 * round(radius / 4)
        canvas.ring(centre, radius, theme.line, width=6, alpha=0.8)
        canvas.ring(centre, radius, theme.gold, width=6, sweep=max(0.012, self._ring))

    def _say(self, dt_s: float) -> None:
        """The sentence below the picture; it fades out before another one fades in."""
        wanted = self._wanted()
        if wanted != self._told:
            self._told = wanted
        if self._told != self._sentence and self._band.share == 0.0:
            self._sentence = self._told
        self._band.on = bool(self._sentence) and self._told == self._sentence
        self._band.update(dt_s)

    def _wanted(self) -> str:
        recording = self.recording
        if recording.state == "collecting":
            return recording.recorder_state.hint.rstrip(".")
        if recording.state == "result":
            return "There it is" if recording.lit else "Try it: show it again"
        return {
            "ready": "Good, I see your hand",
            "countdown": "Get ready",
            "thinking": "Thinking about it",
            "nothing": "Once more?",
            "kept": "Yours now",
            "discarded": "",
        }[recording.state]

    def _sound_out(self) -> None:
        recording, sound = self.recording, self._stage.sound
        if recording.countdown != self._number:
            self._number = recording.countdown
            if self._number:
                sound.play("count")
        if recording.state != self._before:
            self._before = recording.state
            name = {"collecting": "go", "result": "score", "kept": "win", "discarded": "lost", "nothing": "miss"}
            if recording.state in name:
                sound.play(name[recording.state], volume=0.6)
        if recording.lit and not self._was_lit:
            sound.play("found", volume=0.7)
            frame = self._stage.hands.frame
            if frame is not None and len(frame) > 0:
                hand = frame[0]
                x, y = hand.landmarks_px[:, :2].mean(axis=0).tolist()
                share = x / frame.width if frame.mirrored else 1 - x / frame.width
                self._card.pulse(share, y / frame.height, hand.handedness)
        self._was_lit = recording.lit
