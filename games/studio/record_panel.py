"""The panel beside the camera while a gesture is recorded: what to do, what was learned, and the three answers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import pygame

from handplay.engine.coordinates import Float32
from handplay.engine.stage.hand_shape import HandLook, HandPainter
from handplay.engine.stage.hint import HintHand
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import Fade, breathe
from handplay.engine.stage.theme import mix
from handplay.engine.stage.transitions import Screens
from handplay.games.studio.hand_card import spoken
from handplay.games.studio.marks import draw_cross, draw_tick
from handplay.games.studio.readable import learned_words

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.choosing import Chooser, Target
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.recording import Recording

Page = Literal["work", "result", "nothing", "end"]

_PAD = 24.0
_BUTTONS: dict[Page, tuple[tuple[str, str, str], ...]] = {
    "result": (("keep", "Keep", "Enter"), ("again", "Again", "R"), ("discard", "Discard", "Delete")),
    "nothing": (("again", "Again", "R"), ("discard", "Leave", "Delete")),
}
_KINDS = {
    "auto": "Hold a shape still, or make a movement three times with a rest between",
    "pose": "Hold the shape still, and turn the hand a little",
    "template": "Hold the shape still, and turn the hand a little",
    "motion": "Make the movement three times, and rest between",
}


_DOING = {"auto": "Hold, or move", "pose": "Hold still", "template": "Hold still", "motion": "Move, three times"}


class RecordPanel:
    """Draws the panel.

    Args:
        recording: what goes on.
        stage: settings.
    """

    def __init__(self, recording: Recording, stage: Stage) -> None:
        self._recording = recording
        self._stage = stage
        self._screens: Screens[Page] = Screens("work")
        self._lit = Fade(duration_s=0.2)
        self._progress = 0.0
        self._time_s = 0.0
        self._painter = HandPainter()
        self._still = HintHand("open_palm", "rock")
        self._moving = HintHand("open_palm", "open_palm", sway=0.5)

    @property
    def page(self) -> Page:
        """The page that is wanted."""
        state = self._recording.state
        if state == "result":
            return "result"
        if state == "nothing":
            return "nothing"
        return "end" if state in ("kept", "discarded") else "work"

    @property
    def lit(self) -> float:
        """0..1: how brightly the new gesture is lit."""
        return self._lit.value

    def update(self, dt_s: float) -> None:
        """Moves on."""
        recording = self._recording
        self._time_s += dt_s
        self._screens.show(self.page)
        self._screens.update(dt_s)
        self._lit.on = recording.lit
        self._lit.update(dt_s)
        self._progress += (recording.recorder_state.progress - self._progress) * min(1.0, dt_s * 10)
        if not self._stage.settings.reduced_motion:
            self._still.update(dt_s)
            self._moving.update(dt_s)

    def targets(self, panel: Area) -> list[Target]:
        """The buttons of this page."""
        from handplay.engine.stage.choosing import Target

        rows = _BUTTONS.get(self.page, ())
        boxes = _button_boxes(panel, len(rows))
        return [Target(key, box) for (key, _, _), box in zip(rows, boxes, strict=True)]

    def draw(self, canvas: Canvas, panel: Area, chooser: Chooser) -> None:
        """Draws it."""
        theme = canvas.theme
        canvas.panel(panel, colour=theme.raised, border=theme.line, radius=20)
        shown = self._screens.alpha
        if shown <= 0.01:
            return
        before = canvas.surface.get_clip()
        (x, y), size = canvas.to_px((panel.x, panel.y)), (panel.width * canvas.scale, panel.height * canvas.scale)
        canvas.surface.set_clip(pygame.Rect(round(x), round(y), round(size[0]), round(size[1])).clip(before))
        self._page(canvas, panel, chooser, shown)
        canvas.surface.set_clip(before)

    def _page(self, canvas: Canvas, panel: Area, chooser: Chooser, shown: float) -> None:
        left, width = panel.left + _PAD, panel.width - 2 * _PAD
        y = panel.top + _PAD + self._screens.rise
        y = self._head(canvas, left, y, width, shown)
        inner = Area(left, y, width, panel.bottom - _PAD - y)
        page = self._screens.current
        if page == "work":
            self._work(canvas, inner, shown)
        elif page == "result":
            self._result(canvas, panel, inner, shown)
        elif page == "nothing":
            self._nothing(canvas, inner, shown)
        else:
            self._end(canvas, inner, shown)
        if page == self.page:
            self._buttons(canvas, panel, chooser, shown)

    # -- pages ---------------------------------------------------------------------------------------------------

    def _head(self, canvas: Canvas, left: float, y: float, width: float, shown: float) -> float:
        theme = canvas.theme
        head = {
            "work": "Your own gesture",
            "result": "Learned",
            "nothing": "Your own gesture",
            "end": "Your own gesture",
        }
        line = canvas.text(
            head[self._screens.current], (left, y), size="small", font="bold", colour=theme.quiet, alpha=shown
        )
        name = spoken(self._recording.name)
        size = 40.0
        wide = canvas.text_area(name, size=size, font="title").width
        size *= min(1.0, width / wide) if wide else 1.0
        colour = mix(theme.text, theme.gold, self.lit)
        if self.lit > 0:
            canvas.glow((left + 0.5 * min(wide, width), line.bottom + 24), 72, theme.gold, 0.4 * self.lit * shown)
        title = canvas.text(name, (left, line.bottom + 2), size=size, font="title", colour=colour, alpha=shown)
        return title.bottom + 12

    def _work(self, canvas: Canvas, area: Area, shown: float) -> None:
        theme, recording = canvas.theme, self._recording
        told = canvas.paragraph(
            _KINDS[recording.kind], (area.left, area.top), area.width, colour=theme.quiet, alpha=shown
        )
        y = told.bottom + 24
        steps = (
            ("ready", "Show your hand"),
            ("countdown", "Get into position"),
            ("collecting", _DOING[recording.kind]),
            ("thinking", "A moment of thought"),
        )
        order = [name for name, _ in steps]
        here = order.index(recording.state) if recording.state in order else len(order)
        line = canvas.text_area("Ag", size="body").height
        for number, (_, words) in enumerate(steps):
            middle = y + line / 2
            place = (area.left + 12, middle)
            done, now = number < here, number == here
            if done:
                canvas.disc(place, 9, theme.good, alpha=shown)
                draw_tick(canvas, place, mix(theme.raised, theme.background, shown), 5)
            else:
                beat = 0.5 + 0.5 * breathe(self._time_s, 1.6) if now else 1.0
                canvas.ring(place, 8, theme.gold if now else theme.line, width=2.5, alpha=shown * beat)
            canvas.text(
                words, (area.left + 36, middle), size="body", font="bold" if now else "ui",
                colour=theme.text if now or done else theme.quiet, valign="middle", alpha=shown,
            )  # fmt: skip
            y += line + 14
        y += 10
        y = self._counters(canvas, Area(area.left, y, area.width, 0), shown)
        room = area.bottom - y
        if room > 150 and recording.state in ("ready", "countdown"):
            hand = self._moving if recording.kind == "motion" else self._still
            palm = min(56.0, 0.27 * room)
            hand.draw(canvas, (area.centre[0], y + 0.5 * room), palm, colour=theme.gold, alpha=shown)
            words = "Any movement you like" if recording.kind == "motion" else "Any shape you like"
            canvas.text(
                words, (area.centre[0], area.bottom), size="small", colour=theme.quiet, align="centre",
                valign="bottom", alpha=shown,
            )  # fmt: skip

    def _counters(self, canvas: Canvas, area: Area, shown: float) -> float:
        """A bar that fills, and what has been taken so far. Gives the lower edge."""
        recording, theme = self._recording, canvas.theme
        if recording.state not in ("collecting", "thinking"):
            return area.top
        state = recording.recorder_state
        bar = Area(area.left, area.top, area.width, 10)
        canvas.panel(bar, colour=theme.surface, radius=5, alpha=shown)
        step = 1 / canvas.scale
        filled = max(10.0, round(bar.width * self._progress / step) * step)
        canvas.panel(Area(bar.x, bar.y, filled, 10), colour=theme.gold, radius=5, alpha=shown)
        words = f"{state.samples} good pictures of your hand"
        if state.performances or recording.kind == "motion":
            words = f"Seen {state.performances} of 3 times"
        told = canvas.text(words, (bar.left, bar.bottom + 10), size="small", colour=theme.quiet, alpha=shown)
        return told.bottom + 8

    def _result(self, canvas: Canvas, panel: Area, area: Area, shown: float) -> None:
        recorded, theme = self._recording.recorded, canvas.theme
        if recorded is None:
            return
        boxes = _button_boxes(panel, 3)
        bottom = boxes[0].top - 20
        trial = "It lights up: well done" if self._recording.lit else "Show it again: it lights up"
        if self._recording.trials and not self._recording.lit:
            trial = f"Shown {self._recording.trials} times" if self._recording.trials > 1 else "Shown once"
        line = canvas.text_area(trial, size="body", font="bold")
        middle = bottom - line.height / 2
        mark = (area.left + 12, middle)
        canvas.ring(mark, 8, mix(theme.quiet, theme.gold, self.lit), width=2.5, alpha=shown)
        canvas.disc(mark, 9 * self.lit, theme.gold, alpha=shown)
        canvas.text(trial, (area.left + 36, middle), size="body", font="bold", valign="middle", alpha=shown)
        lowest = bottom - line.height - 16
        y = area.top
        picture = min(180.0, 0.42 * (lowest - y))
        text_width = area.width
        if picture > 70 and self._draw_learned(canvas, Area(area.right - picture, y, picture, picture), shown):
            text_width -= picture + 16
        size: Literal["body", "small"] = "body"
        learned, more = learned_words(recorded.gesture, recorded.report)
        for words in learned:
            width = text_width if y < area.top + picture else area.width
            block = canvas.paragraph(words, (area.left, y), width, size=size, draw=False)
            if y + block.height > lowest:
                return
            canvas.paragraph(words, (area.left, y), width, size=size, alpha=shown)
            y = block.bottom + 4
        y = max(y + 8, area.top + picture + 8 if text_width < area.width else y + 8)
        for words in more:
            block = canvas.paragraph(words, (area.left, y), area.width, size="small", draw=False)
            if y + block.height > lowest:
                return
            canvas.paragraph(words, (area.left, y), area.width, size="small", colour=theme.quiet, alpha=shown)
            y = block.bottom + 6

    def _draw_learned(self, canvas: Canvas, area: Area, shown: float) -> bool:
        """The hand as it was held, or the path as it was drawn."""
        recorder, theme = self._recording.samples, canvas.theme
        recorded = self._recording.recorded
        if recorded is not None and recorded.gesture.kind == "motion":
            paths = [np.asarray(path, np.float32) for path in getattr(recorded.gesture, "samples", ())]
            if not paths:
                return False
            for number, path in enumerate(paths):
                _draw_path(canvas, area, path, 1.0 if number == 0 else 0.35, shown, self._time_s)
            return True
        if not recorder.samples:
            return False
        sample = recorder.samples[len(recorder.samples) // 2]
        points: Float32 = sample.image_points * np.array([-1, 1, 1], np.float32)  # as the player sees it
        low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
        scale = np.float32(0.86 * area.height / max(1e-6, float((high - low).max())))
        points = points * scale
        middle = (low + high) / 2 * scale
        points[:, 0] += np.float32(area.centre[0]) - middle[0]
        points[:, 1] += np.float32(area.centre[1]) - middle[1]
        colour = mix(theme.hand(sample.handedness), theme.gold, self.lit)
        self._painter.draw(canvas, points, HandLook(colour, alpha=shown, ring=False, tips=0.7))
        return True

    def _nothing(self, canvas: Canvas, area: Area, shown: float) -> None:
        head = canvas.paragraph(
            "That was not enough to learn from",
            (area.left, area.top),
            area.width,
            size="lead",
            font="bold",
            alpha=shown,
        )
        canvas.paragraph(
            self._recording.message, (area.left, head.bottom + 12), area.width, colour=canvas.theme.quiet, alpha=shown
        )

    def _end(self, canvas: Canvas, area: Area, shown: float) -> None:
        kept = self._recording.state == "kept"
        centre = (area.centre[0], area.top + 0.42 * area.height)
        colour = canvas.theme.good if kept else canvas.theme.quiet
        canvas.glow(centre, 150, colour, 0.5 * shown)
        canvas.ring(centre, 44, colour, width=6, alpha=shown)
        if kept:
            draw_tick(canvas, centre, mix(canvas.theme.raised, colour, shown), 20)
        canvas.text(
            "Kept" if kept else "Not kept", (centre[0], centre[1] + 76), size="title", font="bold", align="centre",
            valign="middle", alpha=shown,
        )  # fmt: skip

    def _buttons(self, canvas: Canvas, panel: Area, chooser: Chooser, shown: float) -> None:
        theme = canvas.theme
        rows = _BUTTONS.get(self.page, ())
        for (key, words, by_key), box in zip(rows, _button_boxes(panel, len(rows)), strict=True):
            near, filled = chooser.hover(key), chooser.filled(key)
            main = key in ("keep", "again") and key == rows[0][0]
            border = mix(theme.line, theme.gold if main else theme.text, max(near, 0.55 if main else 0.0))
            canvas.panel(
                box.shrunk(-3 * near), colour=mix(theme.surface, theme.line, 0.5 * near), border=border, alpha=shown
            )
            x = box.centre[0]
            icon = (x, box.top + 0.34 * box.height)
            colour = theme.gold if main else theme.text
            if filled > 0:
                canvas.ring(icon, 28, theme.gold, width=4, sweep=filled, alpha=shown)
            _icon(canvas, key, icon, mix(theme.surface, colour, shown))
            canvas.text(words, (x, box.top + 0.66 * box.height), size="body", font="bold", align="centre",
                        valign="middle", alpha=shown)  # fmt: skip
            if canvas.text_area(by_key, size="small").height < 0.22 * box.height:
                canvas.text(by_key, (x, box.top + 0.86 * box.height), size="small", colour=theme.quiet,
                            align="centre", valign="middle", alpha=shown)  # fmt: skip


def _button_boxes(panel: Area, count: int) -> list[Area]:
    if count == 0:
        return []
    gap = 24.0
    width = min(170.0, (panel.width - 2 * _PAD - (count - 1) * gap) / count)
    height = min(124.0, 0.34 * panel.height)
    top = panel.bottom - _PAD - height
    return [Area(panel.left + _PAD + number * (width + gap), top, width, height) for number in range(count)]


def _icon(canvas: Canvas, key: str, centre: Point, colour: tuple[int, int, int]) -> None:
    x, y = centre
    if key == "keep":
        draw_tick(canvas, centre, colour, 15)
    elif key == "again":
        canvas.ring(centre, 14, colour, width=4.5, start=0.12, sweep=0.76)
        canvas.polygon([(x + 5, y - 20), (x + 5, y - 4), (x + 19, y - 12)], colour)
    else:
        draw_cross(canvas, centre, colour, 12, 5)


def _draw_path(canvas: Canvas, area: Area, path: Float32, light: float, shown: float, time_s: float) -> None:
    """A recorded path that runs from thin to thick, with a light that goes along it."""
    theme = canvas.theme
    low, high = path.min(axis=0), path.max(axis=0)
    scale = 0.8 * area.height / max(1e-3, float((high - low).max()))
    middle = (low + high) / 2
    places = [
        (area.centre[0] + float(x - middle[0]) * scale, area.centre[1] + float(y - middle[1]) * scale) for x, y in path
    ]
    colour = mix(theme.raised, theme.gold, light * shown)
    for number, (a, b) in enumerate(pairwise(places)):
        width = 2 + 5 * number / len(places)
        canvas.line(a, b, colour, width=width, end_width=width)
    if light >= 1.0:
        at = places[int(time_s / 1.6 % 1.0 * len(places))]
        canvas.glow(at, 26, theme.gold, shown)
        canvas.disc(at, 5, theme.text, alpha=shown)
