"""Why the chosen gesture is on or not: its conditions with what is measured, in place of the card of a hand.

The card takes the column across from the hand that is judged, so that the bars of that hand stay in sight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.hands import Handedness
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import CALM_S, QUICK_S, Fade
from handplay.engine.stage.theme import mix
from handplay.games.studio.hand_card import fitting, spoken
from handplay.games.studio.marks import draw_cross, draw_tick
from handplay.games.studio.readable import in_words

if TYPE_CHECKING:
    from handplay.engine.hands import HandFrame
    from handplay.engine.stage.canvas import Canvas
    from handplay.gestures.explain import Explainer, Explanation
    from handplay.gestures.explain_rows import Row
    from handplay.gestures.kinds import Gesture
    from handplay.gestures.library import Library

_PAD = 16.0
_EVERY_S = 0.12
"""Numbers change this often at most: they are to be read."""


class ConditionsCard:
    """Explains one gesture at a time.

    Args:
        library: all gestures.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._gesture: Gesture | None = None
        self._explainer: Explainer | None = None
        self._seen: Explanation | None = None
        self._told: Explanation | None = None
        self._told_s = 0.0
        self._frame: object = None
        self._marks: dict[str, Fade] = {}
        self._shortened: tuple[object, str] = (None, "")
        self._on = Fade(duration_s=QUICK_S)
        self.fades: dict[Handedness, Fade] = {"Left": Fade(duration_s=CALM_S), "Right": Fade(duration_s=CALM_S)}
        """How much the card covers each column."""

    @property
    def side(self) -> Handedness:
        """The column that the card takes."""
        return "Left" if self._seen is not None and self._seen.handedness == "Right" else "Right"

    def update(self, dt_s: float, chosen: str, frame: HandFrame | None) -> None:
        """Moves on; `chosen` is the gesture to explain, or nothing."""
        gesture = self._library.find(chosen) if chosen else None
        if gesture is not None and gesture is not self._gesture:
            from handplay.gestures.explain import Explainer

            self._gesture, self._explainer = gesture, Explainer(self._library, gesture)
            self._seen = self._told = self._frame = None
            self._marks.clear()
        if gesture is not None and self._explainer is not None and frame is not None and frame is not self._frame:
            self._frame = frame
            self._seen = self._pick(self._explainer.look(frame))
        self._told_s += dt_s
        if self._told is None or self._told_s >= _EVERY_S:
            self._told, self._told_s = self._seen, 0.0
        for row in self._seen.rows if self._seen is not None else ():
            mark = self._marks.setdefault(row.text, Fade(on=row.ok, duration_s=QUICK_S, share=float(row.ok)))
            mark.on = row.ok
        for mark in self._marks.values():
            mark.update(dt_s)
        self._on.on = self._seen is not None and self._seen.is_on
        self._on.update(dt_s)
        for side, fade in self.fades.items():
            fade.on = gesture is not None and side == self.side
            fade.update(dt_s)

    def draw(self, canvas: Canvas, area: Area, side: Handedness) -> None:
        """Draws it in the column of a side, as far as it is there."""
        alpha = self.fades[side].value
        gesture = self._gesture
        if alpha <= 0.01 or gesture is None:
            return
        theme = canvas.theme
        on = self._on.value
        canvas.panel(area, colour=theme.raised, border=mix(theme.line, theme.gold, on), alpha=alpha)
        left, width = area.left + _PAD + 4, area.width - 2 * _PAD - 8
        name = fitting(canvas, spoken(gesture.name), width, size="body", font="bold")
        title = canvas.text(
            name, (left, area.top + _PAD), size="body", font="bold", colour=mix(theme.text, theme.gold, on), alpha=alpha
        )
        y = title.bottom + 6
        told = self._told
        lowest = area.bottom - _PAD
        if told is None:
            words = gesture.about or "; ".join(in_words(gesture))
            canvas.paragraph(words, (left, y), width, size="small", colour=theme.quiet, alpha=alpha)
            return
        verdict = canvas.paragraph(told.verdict, (left, 0), width, size="small", draw=False)
        room = min(verdict.height, 0.4 * (lowest - y))
        lowest = self._draw_verdict(canvas, told.verdict, Area(left, lowest - room, width, room), alpha)
        line = canvas.text_area("Ag", size="small").height
        rows, room, second = told.rows, lowest - y, line + 2
        if len(rows) * (line + 9) + len(told.failing) * second > room:
            # Those that fail are what one looks for.
            rows = (*told.failing, *(row for row in rows if row.ok))
        # With room for it every row tells its numbers, else those that fail, else none.
        tall = {row.text for row in rows if row.wanted or row.note}
        for keep in (tall, {row.text for row in rows if not row.ok} & tall, set[str]()):
            tall = keep
            if len(rows) * (line + 9) + len(tall) * second <= room:
                break
        for number, row in enumerate(rows):
            height = line + 9 + (second if row.text in tall else 0)
            after = line if number < len(rows) - 1 else 0
            if y + height + after > lowest + 4:
                words = f"and {len(rows) - number} more"
                canvas.text(words, (left + 26, y), size="small", colour=theme.quiet, alpha=alpha)
                return
            self._draw_row(canvas, row, Area(left, y, width, height), line, row.text in tall, alpha)
            y += height

    def _draw_row(self, canvas: Canvas, row: Row, area: Area, line: float, tall: bool, alpha: float) -> None:
        theme = canvas.theme
        mark = self._marks.get(row.text)
        good = mark.value if mark is not None else float(row.ok)
        middle = area.top + line / 2 + 2
        place = (area.left + 8, middle)
        canvas.disc(place, 8, theme.good, alpha=alpha * good)
        canvas.ring(place, 7, theme.danger, width=1.5, alpha=alpha * (1 - good))
        if good > 0.5:
            draw_tick(canvas, place, mix(theme.good, theme.background, alpha), 4.5)
        else:
            draw_cross(canvas, place, mix(theme.raised, theme.danger, alpha), 3.2, 1.6)
        x = area.left + 26
        width = area.right - x
        canvas.text(fitting(canvas, spoken(row.text), width), (x, middle), size="small", valign="middle", alpha=alpha)
        if not tall:
            return
        ways = _numbers(row)
        words = next((way for way in ways if canvas.text_area(way, size="small").width <= width), ways[-1])
        canvas.text(
            fitting(canvas, words, width), (x, middle + line + 1), size="small", colour=theme.quiet, valign="middle",
            alpha=alpha,
        )  # fmt: skip

    def _draw_verdict(self, canvas: Canvas, words: str, area: Area, alpha: float) -> float:
        """The sentence at the bottom of the card, as much of it as fits. Gives the upper edge."""
        line = canvas.text_area("Ag", size="small").height
        lines = max(1, int(area.height / line + 0.01))
        key = (words, lines, round(area.width), canvas.surface.get_size())
        if self._shortened[0] != key:
            self._shortened = (key, _shortened(canvas, words, area.width, lines * line + 1))
        kept = self._shortened[1]
        block = canvas.paragraph(kept, (area.left, 0), area.width, size="small", draw=False)
        top = area.bottom - block.height
        canvas.panel(Area(area.left, top - 10, area.width, 1), colour=canvas.theme.line, radius=0, alpha=alpha)
        canvas.paragraph(kept, (area.left, top), area.width, size="small", alpha=alpha)
        return top - 14

    def _pick(self, seen: tuple[Explanation, ...]) -> Explanation | None:
        """The hand that was judged before, else the one that comes nearest."""
        if not seen:
            return None
        before = self._seen.hand_id if self._seen is not None else None
        return max(seen, key=lambda one: (one.is_on, one.hand_id == before, -len(one.failing)))


def _shortened(canvas: Canvas, words: str, width: float, height: float) -> str:
    """As many of the words as fit."""
    kept = words
    while kept and canvas.paragraph(kept, (0, 0), width, size="small", draw=False).height > height:
        kept = kept.rsplit(" ", 1)[0] if " " in kept else ""
    return words if kept == words else kept.rstrip(" ,.:") + "..."


def _numbers(row: Row) -> tuple[str, ...]:
    """What is measured and what is wanted, from the longest way of saying it to the shortest."""
    if not row.wanted:
        return (row.note,)
    low, high = _short(row.low), _short(row.high)
    if row.low is not None and row.high is not None:
        brief = f"{low} to {high}"
    else:
        brief = f"at least {low}" if row.low is not None else f"at most {high}"
    if row.measured is None:
        return (f"wanted {brief} {row.unit}".rstrip(), f"wanted {brief}", brief)
    got = _short(row.measured)
    return (f"{got}, wanted {brief} {row.unit}".rstrip(), f"{got}, wanted {brief}", f"{got}, {brief}", got)


def _short(value: float | None) -> str:
    from handplay.gestures.explain_rows import number

    words = number(value) if value is not None else ""
    return "0" if words in ("0.00", "-0.00") else words
