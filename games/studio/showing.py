"""What the gestures are doing right now: which are on, the word to show for each hand, and the log. No pygame.

Gesture events go in by `tell`, time by `update`. A word stays for a moment after its gesture: a swipe is over before
anyone could read its name.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from handplay.engine.hands import Handedness
from handplay.engine.stage.motion import QUICK_S, Fade, Spring

if TYPE_CHECKING:
    from handplay.gestures.reading import Coming

Happened = Literal["down", "hold", "up", "cancel"]
Side = Literal["Left", "Right", "Both"]

STAY_S = 0.9
"""A word is shown at least this long."""

LEAST_HOLD_S = 0.06
"""Two pictures of a camera: what must be held for less than this begins before it could be seen to fill."""

FILL_S = 1.2
"""A gesture that is held this long has filled its word."""

LOG_STAY_S = 9.0
"""A line of the log begins to fade at this age."""

_LOG_FADE_S = 3.0
_LOG_LINES = 40
_RANK: dict[str, int] = {"two_hands": 3, "motion": 2, "pose": 1, "template": 1, "grip": 0}
"""Of gestures that are on together the one of the higher layer is the word; a pinch is a detail of the hand."""


@dataclass(slots=True)
class Word:
    """The big word of one hand, or of both.

    Attributes:
        name: the gesture's name; empty before the first.
        layer: of the gesture.
        held_s: how long it has been held.
        value: as its newest event told.
        ended: it is only shown for a moment more.
        cancelled: the hand was lost meanwhile.
        fade: how visible it is.
        jump: springs from 1 to 0 as it comes.
    """

    name: str = ""
    layer: str = "pose"
    held_s: float = 0.0
    value: float = 0.0
    ended: bool = True
    cancelled: bool = False
    fade: Fade = field(default_factory=lambda: Fade(duration_s=QUICK_S))
    jump: Spring = field(default_factory=lambda: Spring(frequency_hz=3.2, damping=0.75))
    since_s: float = -math.inf

    @property
    def fill(self) -> float:
        """0..1: how far the word is filled."""
        return min(1.0, self.held_s / FILL_S)


@dataclass(slots=True)
class Holding:
    """A gesture that is shown and has not begun: what fills until it does.

    Attributes:
        name: of the gesture; empty before the first.
        layer: of the gesture.
        hold_s: how long it must be held.
        since_s, seen_s: when it was first and last shown.
        done: it has begun.
        share: 0..1: how much of that time is over.
        fade: how visible it is.
    """

    name: str = ""
    layer: str = "pose"
    hold_s: float = 0.0
    since_s: float = 0.0
    seen_s: float = 0.0
    done: bool = False
    share: float = 0.0
    fade: Fade = field(default_factory=lambda: Fade(duration_s=QUICK_S))

    @property
    def left_s(self) -> float:
        """How long it must still be held."""
        return max(0.0, self.hold_s * (1.0 - self.share))


@dataclass(slots=True)
class LogLine:
    """One line of the log.

    Attributes:
        happened: what.
        name: of the gesture.
        time_s: when, seconds since the start.
        held_s: how long it was held until then.
        place: where the line stands, in lines from the top; glides to its number.
    """

    happened: Happened
    name: str
    time_s: float
    held_s: float
    place: float = -1.0


@dataclass(slots=True)
class _On:
    layer: str
    begun_s: float
    value: float


@dataclass(slots=True)
class Showing:
    """Follows the gestures of both hands.

    Args:
        layers: gesture name to its layer.
        silent: names of gestures whose end is not told (trigger "enter"); see `still_on`.
    """

    layers: Mapping[str, str]
    silent: frozenset[str] = frozenset()
    now_s: float = 0.0
    words: dict[Side, Word] = field(default_factory=lambda: {"Left": Word(), "Right": Word(), "Both": Word()})
    logs: dict[Handedness, deque[LogLine]] = field(
        default_factory=lambda: {"Left": deque(maxlen=_LOG_LINES), "Right": deque(maxlen=_LOG_LINES)}
    )
    lit: dict[str, Fade] = field(default_factory=dict)
    """Gesture name to how brightly it is lit in the list; those that are dark are not here."""

    holding: dict[Side, Holding] = field(
        default_factory=lambda: {"Left": Holding(), "Right": Holding(), "Both": Holding()}
    )
    """Of each side what is held and has not begun."""

    lit_by: dict[str, Side] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    _on: dict[Side, dict[str, _On]] = field(default_factory=lambda: {"Left": {}, "Right": {}, "Both": {}})

    def tell(
        self, happened: Happened, name: str, handedness: Handedness, held_s: float = 0.0, value: float = 0.0
    ) -> None:
        """One gesture event."""
        layer = self.layers.get(name, "pose")
        side: Side = "Both" if layer == "two_hands" else handedness
        on = self._on[side]
        if happened == "down":
            on[name] = _On(layer, self.now_s, value)
            self.counts[name] = self.counts.get(name, 0) + 1
            self.lit_by[name] = "Both" if self._held_by_other(name, side) else side
            self.lit.setdefault(name, Fade(duration_s=QUICK_S))
            held = self.holding[side]
            if held.name == name and held.fade.on:
                held.done, held.share, held.fade.on = True, 1.0, False
            # At once: a quick one may end before the next step.
            self._choose(side, self.words[side])
        elif happened == "hold":
            if name in on:
                on[name].value = value
        else:
            on.pop(name, None)
            word = self.words[side]
            if word.name == name:
                word.ended, word.cancelled = True, happened == "cancel"
        self._log(self.logs[handedness], happened, name, held_s)

    def replace(self, layers: Mapping[str, str], silent: frozenset[str]) -> None:
        """Other gestures from now on; those that are on and still there stay on, and so does the log."""
        self.layers, self.silent = layers, silent
        for on in self._on.values():
            for name in [name for name in on if name not in layers]:
                del on[name]

    def still_on(self, names: Collection[str]) -> None:
        """Tells which gestures the hands show now: those that do not tell their end have ended if they are not here."""
        for side, on in self._on.items():
            for name in [name for name in on if name in self.silent and name not in names]:
                del on[name]
                if self.words[side].name == name:
                    self.words[side].ended = True

    def hold(self, coming: Mapping[Handedness, Iterable[Coming]]) -> None:
        """Tells what each hand shows that must still be held; told again with every step, without it it is over."""
        best: dict[Side, Coming] = {}
        for handedness, rows in coming.items():
            for one in rows:
                layer = self.layers.get(one.name, "pose")
                side: Side = "Both" if layer == "two_hands" else handedness
                rank = _RANK.get(layer, 1)
                if one.hold_s >= LEAST_HOLD_S and (
                    side not in best or rank > _RANK.get(self.layers.get(best[side].name, "pose"), 1)
                ):
                    best[side] = one
        for side, held in self.holding.items():
            now = best.get(side)
            held.fade.on = now is not None
            if now is not None and (held.name != now.name or held.done or self.now_s - held.seen_s > 0.2):
                held.name, held.layer, held.done = now.name, self.layers.get(now.name, "pose"), False
                held.hold_s, held.since_s = now.hold_s, self.now_s - now.held_s
            if now is not None:
                held.seen_s = self.now_s

    def update(self, dt_s: float) -> None:
        """Moves on."""
        self.now_s += dt_s
        for held in self.holding.values():
            if held.fade.on and not held.done:
                # Between two pictures of the camera it goes on filling; it is full when the gesture begins.
                held.share = min(0.97, (self.now_s - held.since_s) / held.hold_s)
            held.fade.update(dt_s)
        for side, word in self.words.items():
            self._choose(side, word)
            if not word.ended and word.name in self._on[side]:
                now = self._on[side][word.name]
                word.held_s, word.value = self.now_s - now.begun_s, now.value
            word.fade.on = not word.ended or (self.now_s - word.since_s < STAY_S and not word.cancelled)
            word.fade.update(dt_s)
            word.jump.update(dt_s)
        live = {name for on in self._on.values() for name in on}
        for name, fade in list(self.lit.items()):
            # Short ones glow for as long as their word stands.
            fade.on = name in live or any(word.name == name and word.fade.on for word in self.words.values())
            fade.update(dt_s)
            if not fade.on and fade.share == 0.0:
                del self.lit[name]
        share = min(1.0, dt_s * 14)
        for log in self.logs.values():
            for number, line in enumerate(log):
                line.place += (number - line.place) * share

    def is_on(self, name: str) -> bool:
        """True while some hand shows it."""
        return any(name in on for on in self._on.values())

    def age(self, line: LogLine) -> float:
        """How visible a line of the log still is, 0..1."""
        left = 1.0 - (self.now_s - line.time_s - LOG_STAY_S) / _LOG_FADE_S
        return min(1.0, max(0.0, left))

    def _held_by_other(self, name: str, side: Side) -> bool:
        return any(name in on for other, on in self._on.items() if other != side)

    def _choose(self, side: Side, word: Word) -> None:
        """The word of a side: the highest layer that is on, then the newest."""
        on = self._on[side]
        if not word.ended and word.name not in on:
            word.ended = True
        best = _best(on.items())
        stays = word.ended and self.now_s - word.since_s < STAY_S and word.fade.on
        if best is None or (best == word.name and not word.ended):
            return
        if stays and _RANK.get(word.layer, 1) > _RANK.get(on[best].layer, 1) and not word.cancelled:
            return  # what was quick is shown before what goes on behind it
        word.name, word.layer = best, on[best].layer
        word.ended = word.cancelled = False
        word.since_s = self.now_s
        word.held_s, word.value = self.now_s - on[best].begun_s, on[best].value
        word.fade.share = min(word.fade.share, 0.35)
        word.jump.value, word.jump.velocity = 1.0, 0.0

    def _log(self, log: deque[LogLine], happened: Happened, name: str, held_s: float) -> None:
        if happened == "hold":
            # One line for a whole hold: it counts on.
            for line in log:
                if line.name == name:
                    if line.happened == "hold":
                        line.time_s, line.held_s = self.now_s, held_s
                        return
                    break
        log.appendleft(LogLine(happened, name, self.now_s, held_s))


def _best(on: Iterable[tuple[str, _On]]) -> str | None:
    ranked = [((_RANK.get(state.layer, 1), state.begun_s), name) for name, state in on]
    return max(ranked)[1] if ranked else None
