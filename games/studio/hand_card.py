"""The card of one hand: how far each finger is stretched, pinch and grab, where the palm looks, and the log below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handplay.engine.hands import Handedness
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade
from handplay.engine.stage.theme import Colour, FontName, SizeName, mix
from handplay.games.studio.layers import blit_layer, layer
from handplay.games.studio.marks import draw_cross

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas, Point
    from handplay.engine.stage.stage import HandsNow
    from handplay.games.studio.showing import Happened, LogLine, Showing
    from handplay.gestures.reading import HandReading

_NAMES = ("Thumb", "Index", "Middle", "Ring", "Pinky")
_PALM_WORDS = {"toward": "to the camera", "away": "turned away", "unknown": "edge on"}
_GLIDE_S = 0.05
_PAD = 16.0
_BAR = 8.0
"""Height of a bar."""

_LOG_WORDS: dict[Happened, str] = {"down": "down", "hold": "hold", "up": "up", "cancel": "lost"}


@dataclass(frozen=True, slots=True)
class Marks:
    """Where on the bars the borders lie, shares of their length.

    Attributes:
        extended, curled: from which stretch a finger counts as extended, and below which as curled.
        pinch, grab: (off, on) of the two grips.
    """

    extended: float = 0.75
    curled: float = 0.34
    pinch: tuple[float, float] = (0.67, 0.77)
    grab: tuple[float, float] = (0.6, 0.8)


def marks_from_settings() -> Marks:
    """The borders that the recognizer uses."""
    from handplay.gestures.settings import GestureSettings

    s = GestureSettings()
    width = s.pinch_open_gap - s.pinch_closed_gap
    return Marks(
        extended=1 - s.extended_curl,
        curled=1 - s.curled_curl,
        pinch=((s.pinch_open_gap - s.pinch_off_gap) / width, (s.pinch_open_gap - s.pinch_on_gap) / width),
        grab=(s.grab_off, s.grab_on),
    )


class HandCard:
    """Shows one hand's reading.

    Args:
        handedness: whose.
        marks: the borders on the bars.
    """

    def __init__(self, handedness: Handedness, marks: Marks) -> None:
        self.handedness: Handedness = handedness
        self.seen = Fade(duration_s=CALM_S)
        """How much the hand is there."""

        self._marks = marks
        self._stretch = [0.0] * 5
        self._pinch = 0.0
        self._grab = 0.0
        self._pinching = Fade(duration_s=QUICK_S)
        self._grabbing = Fade(duration_s=QUICK_S)
        self._reading: HandReading | None = None
        self._plan: _Plan | None = None
        self._plan_key: object = None

    def update(self, dt_s: float, hands: HandsNow) -> None:
        """Moves on toward the newest reading."""
        found = None
        for hand in hands.frame or ():
            if hand.handedness == self.handedness:
                found = hands.reading(hand) or found
        if found is not None:
            self._reading = found
        self.seen.on = found is not None
        self.seen.update(dt_s)
        share = 1 - math.exp(-dt_s / _GLIDE_S)
        goal = [1 - value for value in found.curl] if found is not None else [0.0] * 5
        for number, value in enumerate(goal):
            self._stretch[number] += (value - self._stretch[number]) * share
        self._pinch += ((found.pinch if found else 0.0) - self._pinch) * share
        self._grab += ((found.grab if found else 0.0) - self._grab) * share
        self._pinching.on = found is not None and found.pinching
        self._grabbing.on = found is not None and found.grabbing
        self._pinching.update(dt_s)
        self._grabbing.update(dt_s)

    def draw(self, canvas: Canvas, area: Area, showing: Showing, *, alpha: float = 1.0) -> None:
        """Draws it, log and all, as far as `alpha` says."""
        if alpha <= 0.01:
            return
        theme = canvas.theme
        colour = theme.hand(self.handedness)
        seen = self.seen.value
        plan = self._planned(canvas, area)
        key = (self.handedness, plan, theme)
        ground = layer(canvas, ("hand card", *key), area, lambda: self._paint_ground(canvas, area, plan))
        blit_layer(canvas, ground, area, alpha)
        self._draw_head(canvas, area, mix(theme.line, colour, seen), alpha)
        reading = self._reading
        left, right = area.left + _PAD + 4, area.right - _PAD - 4
        soft = mix(theme.quiet, colour, 0.35)
        words = [*reading.fingers] if reading is not None else [""] * 5
        rows: list[tuple[str, float, Colour]] = [
            (word, value, colour if word == "extended" else soft)
            for word, value in zip(words, self._stretch, strict=True)
        ]
        for value, on in ((self._pinch, self._pinching.value), (self._grab, self._grabbing.value)):
            rows.append(("on" if on > 0.5 else "off", value, mix(soft, theme.gold, on)))
        for number, (word, value, tint) in enumerate(rows):
            top = area.top + plan.tops[number]
            middle = top + plan.text_middle
            canvas.text(word, (right, middle), size="small", align="right", valign="middle", alpha=alpha * seen)
            # Whole steps of a pixel, so that a bar that trembles does not fill the cache.
            step = 1 / canvas.scale
            filled = max(_BAR, round(plan.bar_width * min(1.0, max(0.0, value)) / step) * step)
            bar = Area(left + plan.bar_left, top + plan.bar_top, filled, _BAR)
            canvas.panel(bar, colour=tint, radius=_BAR / 2, alpha=alpha * seen)
        ticks = layer(canvas, ("hand ticks", *key), area, lambda: self._paint_ticks(canvas, area, plan))
        blit_layer(canvas, ticks, area, alpha)
        palm = _PALM_WORDS[reading.palm] if reading is not None else ""
        middle = area.top + plan.tops[7] + plan.row / 2
        canvas.text(palm, (right, middle), size="small", align="right", valign="middle", alpha=alpha * seen)
        top = area.top + plan.log
        self._draw_log(canvas, Area(left, top, right - left, area.bottom - _PAD - top), showing, plan, alpha)

    def _planned(self, canvas: Canvas, area: Area) -> _Plan:
        key = (canvas.surface.get_size(), round(area.width), round(area.height))
        if self._plan is None or self._plan_key != key:
            self._plan_key, self._plan = key, _Plan.of(canvas, area)
        return self._plan

    def _paint_ground(self, canvas: Canvas, area: Area, plan: _Plan) -> None:
        """What never changes: the card, whose hand, the names of the rows, the empty bars."""
        theme = canvas.theme
        canvas.panel(area, colour=theme.raised, border=theme.line)
        is_left = self.handedness == "Left"
        x = area.left + _PAD + 18 if is_left else area.right - _PAD - 18
        canvas.text(
            f"{self.handedness} hand", (x, area.top + plan.title), size="body", font="bold",
            align="left" if is_left else "right", valign="middle",
        )  # fmt: skip
        left = area.left + _PAD + 4
        for number, name in enumerate((*_NAMES, "Pinch", "Grab")):
            top = area.top + plan.tops[number]
            canvas.text(name, (left, top + plan.text_middle), size="small", colour=theme.quiet, valign="middle")
            bar = Area(left + plan.bar_left, top + plan.bar_top, plan.bar_width, _BAR)
            canvas.panel(bar, colour=theme.surface, radius=_BAR / 2)
        middle = area.top + plan.tops[7] + plan.row / 2
        canvas.text("Palm", (left, middle), size="small", colour=theme.quiet, valign="middle")
        line = Area(left, area.top + plan.log, area.width - 2 * _PAD - 8, 1)
        if area.bottom - line.y > plan.step:
            canvas.panel(line, colour=theme.line, radius=0)

    def _paint_ticks(self, canvas: Canvas, area: Area, plan: _Plan) -> None:
        """The borders on the bars, over what fills them."""
        marks = self._marks
        left = area.left + _PAD + 4 + plan.bar_left
        for number, ticks in enumerate((*((marks.curled, marks.extended),) * 5, marks.pinch, marks.grab)):
            top = area.top + plan.tops[number] + plan.bar_top - 2
            for tick in ticks:
                box = Area(left + plan.bar_width * tick - 1, top, 2, _BAR + 4)
                canvas.panel(box, colour=canvas.theme.quiet, radius=0, alpha=0.8)

    def _draw_head(self, canvas: Canvas, area: Area, colour: Colour, alpha: float) -> None:
        """A bar of the hand's colour at the card's outer side, and a word if the hand is not there."""
        is_left = self.handedness == "Left"
        y = area.top + (self._plan.title if self._plan is not None else 0.0)
        edge = area.left + _PAD + 4 if is_left else area.right - _PAD - 4
        canvas.panel(Area(edge if is_left else edge - 4, y - 10, 4, 20), colour=colour, radius=2, alpha=alpha)
        shown = alpha * (1 - self.seen.value)
        if shown <= 0.01:
            return
        far = area.right - _PAD - 4 if is_left else area.left + _PAD + 4
        title = canvas.text_area(f"{self.handedness} hand", size="body", font="bold").width
        room = abs(far - edge) - 26 - title
        away = "not in view" if canvas.text_area("not in view", size="small").width < room else "away"
        canvas.text(
            away, (far, y), size="small", colour=canvas.theme.quiet, align="right" if is_left else "left",
            valign="middle", alpha=shown,
        )  # fmt: skip

    def _draw_log(self, canvas: Canvas, area: Area, showing: Showing, plan: _Plan, alpha: float) -> None:
        lines = int(area.height / plan.step)
        for entry in showing.logs[self.handedness]:
            if entry.place > lines - 0.4:
                break
            shown = alpha * showing.age(entry) * min(1.0, entry.place + 1.0) * min(1.0, (lines - entry.place))
            if shown > 0.01:
                y = area.top + 10 + (entry.place + 0.5) * plan.step
                self._draw_entry(canvas, area, y, entry, plan, shown)

    def _draw_entry(self, canvas: Canvas, area: Area, y: float, entry: LogLine, plan: _Plan, shown: float) -> None:
        quiet = canvas.theme.quiet
        draw_step_mark(canvas, (area.left + 6, y), entry.happened, shown)
        x = area.left + 18
        word = _LOG_WORDS[entry.happened]
        canvas.text(word, (x, y), size="small", colour=quiet, valign="middle", alpha=shown)
        x += plan.log_words + 10
        clock = canvas.text(
            f"{entry.time_s:.1f} s", (area.right, y), size="small", colour=quiet, align="right", valign="middle",
            tabular=True, alpha=shown,
        )  # fmt: skip
        name = fitting(canvas, spoken(entry.name), clock.left - 10 - x)
        canvas.text(name, (x, y), size="small", valign="middle", alpha=shown)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the parts of a card are, from its top; with the bars below their words where letters are large for it.

    Attributes:
        title: middle of the head line.
        tops: of the rows: five fingers, pinch, grab, palm.
        row: height of a row.
        text_middle, bar_left, bar_width, bar_top: within a row.
        log: where the log begins.
        step: height of its lines.
        log_words: width of the widest word for what happened.
    """

    title: float
    tops: tuple[float, ...]
    row: float
    text_middle: float
    bar_left: float
    bar_width: float
    bar_top: float
    log: float
    step: float
    log_words: float

    @staticmethod
    def of(canvas: Canvas, area: Area) -> _Plan:
        def wide(word: str) -> float:
            return canvas.text_area(word, size="small").width

        line = canvas.text_area("Ag", size="small").height
        title = canvas.text_area("Ag", size="body", font="bold").height
        head = _PAD + title + 10
        room = area.height - _PAD - head
        width = area.width - 2 * _PAD - 8
        names = max(wide(name) for name in (*_NAMES, "Pinch"))
        between = width - names - wide("extended") - 2 * 12
        if between >= 56:
            row, gap = min(line + 12, max(line, room / 9.5)), 6.0
            text_middle, bar_left, bar_width, bar_top = row / 2, names + 12, between, row / 2 - _BAR / 2
        else:
            row, gap = min(line + 24, max(line + 15, room / 13)), 2.0
            text_middle, bar_left, bar_width, bar_top = line / 2, 0.0, max(1.0, width), line + 2
        tops = tuple(head + number * row + (gap if number > 4 else 0.0) for number in range(8))
        log = tops[7] + row + gap
        words = max(wide(word) for word in _LOG_WORDS.values())
        return _Plan(_PAD + title / 2, tops, row, text_middle, bar_left, bar_width, bar_top, log, line + 6, words)


def spoken(name: str) -> str:
    """A gesture's name as words."""
    return name.replace("_", " ")


def fitting(canvas: Canvas, text: str, width: float, *, size: SizeName = "small", font: FontName = "ui") -> str:
    """The text, cut short where it would be wider than `width`."""
    if canvas.text_area(text, size=size, font=font).width <= width:
        return text
    while len(text) > 1 and canvas.text_area(text + "...", size=size, font=font).width > width:
        text = text[:-1]
    return text.rstrip() + "..."


def draw_step_mark(canvas: Canvas, centre: Point, happened: Happened, alpha: float) -> None:
    """What happened as a small sign: filled, ringed, open, crossed."""
    theme = canvas.theme
    if happened == "down":
        canvas.disc(centre, 4.5, theme.gold, alpha=alpha)
    elif happened == "hold":
        canvas.disc(centre, 2.5, theme.gold, alpha=alpha)
        canvas.ring(centre, 4.5, theme.gold, width=1.5, alpha=alpha)
    elif happened == "up":
        canvas.ring(centre, 4.5, theme.quiet, width=1.5, alpha=alpha)
    else:
        draw_cross(canvas, centre, mix(theme.raised, theme.danger, alpha), 4, 2)
