"""The card of one hand: how far each finger is stretched, pinch and grab, where the palm looks, and the log below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handplay.engine.hands import Handedness
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade
from handplay.engine.stage.theme import Colour, FontName, SizeName, mix
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
        canvas.panel(area, colour=theme.raised, border=theme.line, alpha=alpha)
        line = canvas.text_area("Ag", size="small").height
        left, right = area.left + _PAD + 4, area.right - _PAD - 4
        head = self._head(canvas, area, mix(theme.line, colour, seen), alpha)
        y = head + 10
        room = area.bottom - _PAD - y
        key = (canvas.surface.get_size(), round(right - left), round(room))
        if self._plan is None or self._plan_key != key:
            self._plan_key, self._plan = key, _Plan.of(canvas, right - left, room, line)
        plan = self._plan
        reading = self._reading
        for number in range(5):
            word = reading.fingers[number] if reading is not None else ""
            tint = colour if word == "extended" else mix(theme.quiet, colour, 0.35)
            row = Area(left, y, right - left, plan.row)
            ticks = (self._marks.curled, self._marks.extended)
            self._row(canvas, row, plan, _NAMES[number], word, self._stretch[number], ticks, tint, alpha, seen)
            y += plan.row
        y += plan.gap
        for name, value, ticks, on in (
            ("Pinch", self._pinch, self._marks.pinch, self._pinching.value),
            ("Grab", self._grab, self._marks.grab, self._grabbing.value),
        ):
            tint = mix(mix(theme.quiet, colour, 0.35), theme.gold, on)
            row = Area(left, y, right - left, plan.row)
            self._row(canvas, row, plan, name, "on" if on > 0.5 else "off", value, ticks, tint, alpha, seen)
            y += plan.row
        palm = _PALM_WORDS[reading.palm] if reading is not None else ""
        middle = y + plan.row / 2
        canvas.text("Palm", (left, middle), size="small", colour=theme.quiet, valign="middle", alpha=alpha)
        canvas.text(palm, (right, middle), size="small", align="right", valign="middle", alpha=alpha * seen)
        y += plan.row + plan.gap
        self._draw_log(canvas, Area(left, y, right - left, area.bottom - _PAD - y), showing, line, alpha)

    def _head(self, canvas: Canvas, area: Area, colour: Colour, alpha: float) -> float:
        """Whose hand, with a bar at the card's outer side: it can be told without its colour. Gives the lower edge."""
        title = canvas.text_area(f"{self.handedness} hand", size="body", font="bold")
        is_left = self.handedness == "Left"
        y = area.top + _PAD + title.height / 2
        edge = area.left + _PAD + 4 if is_left else area.right - _PAD - 4
        bar = Area(edge if is_left else edge - 4, y - title.height / 2 + 2, 4, title.height - 4)
        canvas.panel(bar, colour=colour, radius=2, alpha=alpha)
        canvas.text(
            f"{self.handedness} hand", (edge + (14 if is_left else -14), y), size="body", font="bold",
            align="left" if is_left else "right", valign="middle", alpha=alpha,
        )  # fmt: skip
        far = area.right - _PAD - 4 if is_left else area.left + _PAD + 4
        room = abs(far - edge) - 26 - title.width
        away = "not in view" if canvas.text_area("not in view", size="small").width < room else "away"
        canvas.text(
            away, (far, y), size="small", colour=canvas.theme.quiet, align="right" if is_left else "left",
            valign="middle", alpha=alpha * (1 - self.seen.value),
        )  # fmt: skip
        return area.top + _PAD + title.height

    def _row(
        self,
        canvas: Canvas,
        row: Area,
        plan: _Plan,
        name: str,
        word: str,
        value: float,
        ticks: tuple[float, float],
        tint: Colour,
        alpha: float,
        seen: float,
    ) -> None:
        theme = canvas.theme
        middle = row.top + plan.text_middle
        canvas.text(name, (row.left, middle), size="small", colour=theme.quiet, valign="middle", alpha=alpha)
        canvas.text(word, (row.right, middle), size="small", align="right", valign="middle", alpha=alpha * seen)
        bar = Area(row.left + plan.bar_left, row.top + plan.bar_top, plan.bar_width, 8)
        canvas.panel(bar, colour=theme.surface, radius=4, alpha=alpha)
        # Whole steps of a pixel, so that a bar that trembles does not fill the cache.
        step = 1 / canvas.scale
        filled = max(8.0, round(bar.width * min(1.0, max(0.0, value)) / step) * step)
        if seen > 0.01:
            canvas.panel(Area(bar.x, bar.y, filled, bar.height), colour=tint, radius=4, alpha=alpha * seen)
        for tick in ticks:
            x = bar.x + bar.width * tick
            canvas.panel(Area(x - 1, bar.y - 2, 2, bar.height + 4), colour=theme.quiet, radius=0, alpha=0.8 * alpha)

    def _draw_log(self, canvas: Canvas, area: Area, showing: Showing, line: float, alpha: float) -> None:
        theme = canvas.theme
        step = line + 6
        lines = int(area.height / step)
        if lines < 1:
            return
        canvas.panel(Area(area.left, area.top, area.width, 1), colour=theme.line, radius=0, alpha=alpha)
        top = area.top + 10
        for entry in showing.logs[self.handedness]:
            if entry.place > lines - 0.4:
                break
            shown = alpha * showing.age(entry) * min(1.0, entry.place + 1.0) * min(1.0, (lines - entry.place))
            if shown > 0.01:
                y = top + (entry.place + 0.5) * step
                self._draw_entry(canvas, area, y, entry, shown)

    def _draw_entry(self, canvas: Canvas, area: Area, y: float, entry: LogLine, shown: float) -> None:
        quiet = canvas.theme.quiet
        draw_step_mark(canvas, (area.left + 6, y), entry.happened, shown)
        x = area.left + 18
        word = _LOG_WORDS[entry.happened]
        canvas.text(word, (x, y), size="small", colour=quiet, valign="middle", alpha=shown)
        x += max(canvas.text_area(word, size="small").width for word in _LOG_WORDS.values()) + 10
        clock = canvas.text(
            f"{entry.time_s:.1f} s", (area.right, y), size="small", colour=quiet, align="right", valign="middle",
            tabular=True, alpha=shown,
        )  # fmt: skip
        name = fitting(canvas, spoken(entry.name), clock.left - 10 - x)
        canvas.text(name, (x, y), size="small", valign="middle", alpha=shown)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows of a card are set: on one line, or, where letters are large for it, with the bar below."""

    row: float
    gap: float
    text_middle: float
    bar_left: float
    bar_width: float
    bar_top: float

    @staticmethod
    def of(canvas: Canvas, width: float, room: float, line: float) -> _Plan:
        names = max(canvas.text_area(name, size="small").width for name in (*_NAMES, "Pinch"))
        words = canvas.text_area("extended", size="small").width
        between = width - names - words - 2 * 12
        if between >= 56:
            row = min(line + 12, max(line, room / 9.5))
            return _Plan(row, 6, row / 2, names + 12, between, row / 2 - 4)
        row = min(line + 24, max(line + 15, room / 13))
        return _Plan(row, 2, line / 2, 0, width, line + 2)


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
