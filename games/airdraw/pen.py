"""The pen that obeys: hands, frame by frame, become strokes. No pygame, no clock.

    sights of a frame -> Contact (touching or not) -> Ink (wet, then dry) -> PenEvents

What a stroke is made of: `down`, `move`... and `up` carry dry ink alone. What is not judged yet is `Pen.wet`, with the
place where the tip is expected at the moment of display; it is drawn on top and replaced with every frame. A touch that
was an accident, or a hand that opens, takes its wet ink back and tells nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from handplay.engine.hands import Handedness
from handplay.engine.tracking.prediction import PredictionSettings, Predictor
from handplay.games.airdraw.pen_contact import POINTING, Contact, ContactSettings
from handplay.games.airdraw.pen_ink import Ink, InkPoint, InkSettings
from handplay.games.airdraw.pen_reach import PenStyle, Sight

PenKind = Literal["press", "down", "move", "up", "cancel", "release"]


@dataclass(frozen=True, slots=True)
class PenSettings:
    """All numbers of a pen.

    Attributes:
        style: how it is put down.
        contact, ink, prediction: the parts.
        rest_palms: a resting tip may tremble within this radius without moving the pen.
        rest_speed: palm lengths a second at which that radius is halved; a moving pen has none.
        bridge_s, bridge_palms: a hand that is back after this time at most, this near to where it was expected, goes
            on with its stroke.
        jump_palms: a tip further away than this from one frame to the next has not moved there: the tracker erred, or
            took another hand.
        known_s: a hand that comes back within this time is the same person's: what was learned counts on, and a pen
            that was down may be down at once.
        shy_s: a hand that comes in closed draws after this time; sooner if it was seen open.
    """

    style: PenStyle = "pinch"
    contact: ContactSettings = field(default_factory=ContactSettings)
    ink: InkSettings = field(default_factory=InkSettings)
    prediction: PredictionSettings = field(default_factory=PredictionSettings)
    rest_palms: float = 0.012
    rest_speed: float = 0.35
    bridge_s: float = 0.11
    bridge_palms: float = 0.35
    jump_palms: float = 1.1
    known_s: float = 1.5
    shy_s: float = 0.35

    @classmethod
    def of(cls, style: PenStyle = "pinch", sensitivity: float = 0.5) -> PenSettings:
        """The settings of a style, with its sensitivity 0..1."""
        contact = ContactSettings() if style == "pinch" else POINTING
        return cls(style, replace(contact, sensitivity=sensitivity))


@dataclass(frozen=True, slots=True)
class PenEvent:
    """Something a pen did.

    | kind | meaning |
    |---|---|
    | press | the fingers touch; x, y is what was aimed at before they closed |
    | down | a stroke begins here: it is more than an accidental touch |
    | move | it goes on to here |
    | up | it ends; x, y is its last place |
    | cancel | it was not meant after all: undo what was shown (only after `Pen.cancel`) |
    | release | the fingers are apart again, whatever came of it |

    Attributes:
        hand_id, handedness: whose pen.
        x, y: canvas heights.
        time_s: of the frame that the place comes from.
        speed: palm lengths a second.
        palm: palm length, canvas heights: larger when the hand is nearer.
        lost: with `up` and `release`: because the hand was lost.
    """

    kind: PenKind
    hand_id: int
    handedness: Handedness
    x: float
    y: float
    time_s: float
    speed: float = 0.0
    palm: float = 0.0
    lost: bool = False


class Pen:
    """The pen of one hand.

    Args:
        hand_id, handedness: whose.
        settings: all numbers.
        like: a pen of the same person that was lost, to go on from.
    """

    def __init__(
        self, hand_id: int, handedness: Handedness, settings: PenSettings | None = None, like: Pen | None = None
    ) -> None:
        self.hand_id = hand_id
        self.handedness: Handedness = handedness
        self.settings = settings or PenSettings()
        known: Contact | None = like.contact if like is not None else None
        self.contact: Contact = Contact(
            self.settings.contact,
            closed_gap=known.closed_gap if known else None,
            open_gap=known.open_gap if known else None,
        )
        self.muted = False
        """Set by who listens: touches that begin now make no ink (the pen is over a button)."""
        self.seen_s = -math.inf
        self.palm = 0.1
        self.x = self.y = 0.0
        self.still_since_s = -math.inf
        """Since when a pen that is down rests."""
        self.lost_touching: bool = False
        """The hand was lost while it touched."""
        self._shy = like is None or not like.lost_touching
        self._first_s: float | None = None
        self._ink: Ink | None = None
        self._inking = False
        self._is_down = False
        self._last: PenEvent | None = None  # newest dry ink: where a stroke ends
        self._aims: list[tuple[float, float, float]] = []
        self._anchor = (0.0, 0.0)
        self._doubted: Sight | None = None
        self._missing = False
        self._predictor = Predictor(self.settings.prediction)

    @property
    def touching(self) -> bool:
        """True while the fingers touch, or may still do."""
        return self._inking

    @property
    def down(self) -> bool:
        """True from `down` to `up`."""
        return self._is_down

    def wet(self, age_s: float = 0.0) -> tuple[tuple[float, float], ...]:
        """Provisional ink: what is not judged yet, and where the tip is by now.

        Args:
            age_s: time since the newest frame was taken.
        """
        ink = self._ink
        if ink is None or not ink.wet:
            return ()
        until_s = self.contact.opening_began_s() if self.contact.rising() else math.inf
        points = [(p.x, p.y) for p in ink.steadied() if p.time_s <= until_s]
        if until_s == math.inf and not self._missing and self._doubted is None:
            points.append(self.tip(age_s))
        return tuple(points)

    def tip(self, age_s: float = 0.0) -> tuple[float, float]:
        """Where the pen points by now, canvas heights; `age_s` as in `wet`."""
        if self._missing or self.seen_s == -math.inf:
            return self.x, self.y
        x, y = self._predictor.at(self.seen_s + age_s, unit=self.palm)[0].tolist()
        return x, y

    def still_s(self) -> float:
        """How long a pen that is down has rested at its place; 0 for a pen that is up."""
        return max(0.0, self.seen_s - self.still_since_s) if self._is_down else 0.0

    def update(self, sight: Sight) -> list[PenEvent]:
        """Takes the hand's newest frame. A time that does not advance changes nothing."""
        if sight.time_s <= self.seen_s:
            return []
        events: list[PenEvent] = []
        if self._missing:
            events += self._back(sight)
        jumped = self._jumped(sight)
        if jumped and self._doubted is None:
            self._doubted = sight
            return events
        if jumped:
            events += self._break(sight)
        self._doubted = None
        if self._first_s is None:
            self._first_s = sight.time_s
        self._move_to(sight)
        if self._shy and self.contact.history:
            self._shy = sight.gap <= self.contact.off and sight.time_s - self._first_s < self.settings.shy_s
        phase = self.contact.update(sight.gap, sight.time_s, may_touch=sight.may_touch and not self._shy)
        if phase == "apart":
            if self._inking:
                events += self._finish(self.contact.opening_began_s())
            return events
        if not self._inking:
            events.append(self._start())
        events += self._draw(sight)
        return events

    def missing(self, time_s: float) -> list[PenEvent]:
        """A frame came in which the hand is not."""
        self._missing = True
        if self._inking and time_s - self.seen_s > self.settings.bridge_s:
            return self._lose()
        return []

    def lose(self) -> list[PenEvent]:
        """The hand is gone for good."""
        self._missing = True
        return self._lose() if self._inking else []

    def cancel(self) -> list[PenEvent]:
        """What is being drawn was not meant: it goes, and this touch makes no more ink."""
        if not self._inking:
            return []
        was_down, self._is_down = self._is_down, False
        self._ink = None
        return [self._event("cancel")] if was_down else []

    # -- within --------------------------------------------------------------------------------------------------

    def _move_to(self, sight: Sight) -> None:
        """Steadies the tip: a resting one stays, a moving one is where it is."""
        s = self.settings
        dt_s = sight.time_s - self.seen_s
        self.palm = sight.palm if self.seen_s == -math.inf else self.palm + 0.2 * (sight.palm - self.palm)
        if self.seen_s == -math.inf:
            self.x, self.y, self._anchor = sight.x, sight.y, (sight.x, sight.y)
        else:
            dx, dy = sight.x - self._anchor[0], sight.y - self._anchor[1]
            self._anchor = (sight.x, sight.y)
            speed = math.hypot(dx, dy) / self.palm / max(1e-3, dt_s)
            slack = s.rest_palms * self.palm / (1 + (speed / s.rest_speed) ** 2)
            apart = math.hypot(sight.x - self.x, sight.y - self.y)
            if apart > slack:
                self.x += (sight.x - self.x) * (apart - slack) / apart
                self.y += (sight.y - self.y) * (apart - slack) / apart
            if speed > 0.9:
                self.still_since_s = sight.time_s
        self.seen_s = sight.time_s
        self._predictor.update(np.array([[self.x, self.y]], np.float32), sight.time_s)
        self._aims.append((sight.time_s, self.x, self.y))
        while sight.time_s - self._aims[0][0] > 0.5:
            del self._aims[0]

    def _start(self) -> PenEvent:
        began_s = self.contact.closing_began_s()
        aimed = [aim for aim in self._aims if aim[0] <= began_s + 1e-6] or self._aims[:1]
        self._inking, self._is_down = True, False
        self._ink = None if self.muted else Ink(self.settings.ink)
        self.still_since_s = self.seen_s
        return self._event("press", aimed[-1][1], aimed[-1][2])

    def _draw(self, sight: Sight) -> list[PenEvent]:
        ink = self._ink
        if ink is None:
            return []
        if self.contact.still_closing() and sight.time_s - (ink.begun_s if ink.wet else sight.time_s) < 0.1:
            ink.restart()
        ink.add(self.x, self.y, sight.time_s, self.palm)
        return self._tell(ink.judge(sight.time_s, self.palm, hold=self.contact.rising()))

    def _tell(self, points: list[InkPoint]) -> list[PenEvent]:
        events = []
        for point in points:
            kind: PenKind = "move" if self._is_down else "down"
            if not self._is_down:
                self._is_down = True
                self.still_since_s = self.seen_s
            self._last = self._event(kind, point.x, point.y, time_s=point.time_s, speed=point.speed)
            events.append(self._last)
        return events

    def _finish(self, until_s: float, *, lost: bool = False) -> list[PenEvent]:
        events: list[PenEvent] = []
        ink, self._ink, self._inking = self._ink, None, False
        if ink is not None:
            events += self._tell(ink.end(until_s, self.palm))
        if self._is_down:
            self._is_down = False
            if self._last is not None:
                events.append(replace(self._last, kind="up", lost=lost))
        events.append(self._event("release", lost=lost))
        return events

    def _lose(self) -> list[PenEvent]:
        events = self._finish(self.seen_s, lost=True)
        self.lost_touching = True
        self.contact.phase = "apart"
        return events

    def _back(self, sight: Sight) -> list[PenEvent]:
        """The hand is back after frames without it."""
        self._missing = False
        away_s = sight.time_s - self.seen_s
        x, y = self._predictor.at(sight.time_s, unit=self.palm)[0].tolist()
        near = math.hypot(sight.x - x, sight.y - y) <= self.settings.bridge_palms * self.palm
        if away_s <= self.settings.bridge_s and near:
            return []
        return self._break(sight)

    def _break(self, sight: Sight) -> list[PenEvent]:
        """Goes on elsewhere: the stroke ends where it was last right, and nothing leads from there to here."""
        events = self._lose() if self._inking else []
        self._predictor.reset()
        self._aims.clear()
        self._doubted = None
        self.x, self.y, self._anchor = sight.x, sight.y, (sight.x, sight.y)
        self._predictor.update(np.array([[sight.x, sight.y]], np.float32), sight.time_s - 1e-3)
        self._aims.append((sight.time_s - 1e-3, sight.x, sight.y))
        self.seen_s = sight.time_s - 1e-3
        return events

    def _jumped(self, sight: Sight) -> bool:
        """True if no hand gets there so quickly. It is believed when the next frame says the same."""
        if self.seen_s == -math.inf:
            return False
        x, y = self._predictor.at(sight.time_s, unit=self.palm)[0].tolist()
        limit = self.settings.jump_palms * self.palm * max(1.0, (sight.time_s - self.seen_s) * 30)
        here = math.hypot(sight.x - self._anchor[0], sight.y - self._anchor[1])
        return min(here, math.hypot(sight.x - x, sight.y - y)) > limit

    def _event(
        self, kind: PenKind, x: float | None = None, y: float | None = None, *, time_s: float | None = None,
        speed: float = 0.0, lost: bool = False,
    ) -> PenEvent:  # fmt: skip
        return PenEvent(
            kind, self.hand_id, self.handedness, self.x if x is None else x, self.y if y is None else y,
            self.seen_s if time_s is None else time_s, speed, self.palm, lost,
        )  # fmt: skip


class Pens:
    """The pens of all hands in view.

    Args:
        settings: of every pen; may be replaced at any time, for pens to come and those that are up.
    """

    def __init__(self, settings: PenSettings | None = None) -> None:
        self.settings = settings or PenSettings()
        self._pens: dict[int, Pen] = {}
        self._gone: dict[Handedness, Pen] = {}

    def __iter__(self) -> Iterator[Pen]:
        return iter(tuple(self._pens.values()))

    def get(self, hand_id: int) -> Pen | None:
        """The pen of a hand."""
        return self._pens.get(hand_id)

    def update(self, sights: Iterable[Sight], time_s: float) -> list[PenEvent]:
        """Takes all hands of a frame."""
        events: list[PenEvent] = []
        seen = set()
        for sight in sights:
            seen.add(sight.hand_id)
            pen = self._pens.get(sight.hand_id)
            if pen is None:
                pen = self._pens[sight.hand_id] = self._new(sight)
            events += pen.update(sight)
        for hand_id, pen in tuple(self._pens.items()):
            if hand_id not in seen:
                was_touching = pen.touching
                events += pen.missing(time_s)
                if was_touching and not pen.touching:
                    self._gone[pen.handedness] = pen
                if time_s - pen.seen_s > self.settings.known_s:
                    del self._pens[hand_id]
        return events

    def lose_all(self) -> list[PenEvent]:
        """The source ended."""
        events = [event for pen in self._pens.values() for event in pen.lose()]
        self._pens.clear()
        self._gone.clear()
        return events

    def _new(self, sight: Sight) -> Pen:
        gone = self._gone.pop(sight.handedness, None)
        if gone is not None and sight.time_s - gone.seen_s > self.settings.known_s:
            gone = None
        return Pen(sight.hand_id, sight.handedness, self.settings, like=gone)
