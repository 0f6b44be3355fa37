"""Which events a frame gives, as plain data: no queue, no pygame, no clock.

Order, for every hand from its first event to its last:

    | when                          | events, in this order                                                        |
    |-------------------------------|------------------------------------------------------------------------------|
    | a hand that is gone for good  | POINTERUP (cancelled, if it was down), GESTURECANCEL..., HANDREMOVED         |
    | a hand seen for the first time| HANDADDED, then as every frame                                               |
    | every frame                   | HANDMOTION (not with HANDADDED), POINTERMOTION, POINTERDOWN or POINTERUP,    |
    |                               | GESTURECANCEL..., GESTUREUP..., GESTUREDOWN..., GESTUREHOLD...               |

Gestures of two hands come with the hand of the lower id, also in frames that hide it for a moment.
HANDADDED is a hand's first event and HANDREMOVED its last; every DOWN is followed by one UP or CANCEL before that
(only gestures of the trigger "enter" have a DOWN alone). Hands that are gone come before those that are there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

import numpy as np

from handplay.engine.coordinates import view_from_image
from handplay.engine.hands import INDEX_TIP, THUMB_TIP, Hand, Handedness, HandFrame
from handplay.engine.tracking.prediction import Predictor
from handplay.gestures.reading import HandReading
from handplay.gestures.recognizer import GestureStep, Recognition

HandKind = Literal["HANDADDED", "HANDMOTION", "HANDREMOVED"]
PointerKind = Literal["POINTERDOWN", "POINTERMOTION", "POINTERUP"]
GestureKind = Literal["GESTUREDOWN", "GESTUREHOLD", "GESTUREUP", "GESTURECANCEL"]

_PALM = (0, 5, 9, 13, 17)
_GESTURE_KIND: dict[str, GestureKind] = {
    "cancel": "GESTURECANCEL",
    "end": "GESTUREUP",
    "begin": "GESTUREDOWN",
    "hold": "GESTUREHOLD",
}
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class EventSettings:
    """How hands become pointers.

    Attributes:
        velocity_window_s: velocities are the median slope over the positions of this long: two to three frames at
            30 fps, so that one bad frame does not throw a ball.
        pinch_blend: pinch strengths between which the pointer slides from the index tip to the point between thumb
            and index tip; full before the pinch closes, so that closing it does not move the pointer.
        lead_s: the pointer is told where it will be so much later, at the moment of display; 0 tells it where it was
            when the picture was taken. At most what `PredictionSettings` allows.
    """

    velocity_window_s: float = 0.08
    pinch_blend: tuple[float, float] = (0.2, 0.7)
    lead_s: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.velocity_window_s <= 1:
            raise ValueError(f"EventSettings.velocity_window_s: got {self.velocity_window_s}, wanted more than 0 to 1")
        if not 0 <= self.lead_s <= 0.1:
            raise ValueError(f"EventSettings.lead_s: got {self.lead_s}, wanted 0 to 0.1 seconds")
        low, high = self.pinch_blend
        if not 0 <= low < high <= 1:
            raise ValueError(f"EventSettings.pinch_blend: got {self.pinch_blend}, wanted two rising values in 0..1")


@dataclass(frozen=True, slots=True, eq=False)
class HandEvent:
    """A hand came, moved or went. x, y: palm centre in the view; from_x, from_y: where the event before left it."""

    kind: HandKind
    hand_id: int
    handedness: Handedness
    x: float
    y: float
    from_x: float
    from_y: float
    vx: float
    vy: float
    hand: Hand
    reading: HandReading
    time_s: float


@dataclass(frozen=True, slots=True, eq=False)
class PointerEvent:
    """The hand as a pointer. x, y: index tip or pinch point; cancelled: let go because the hand was lost."""

    kind: PointerKind
    hand_id: int
    handedness: Handedness
    x: float
    y: float
    from_x: float
    from_y: float
    vx: float
    vy: float
    down: bool
    pinch: float
    cancelled: bool
    time_s: float


@dataclass(frozen=True, slots=True, eq=False)
class GestureEvent:
    """A gesture began, lasts, ended or was cancelled. x, y: palm centre in the view; value: see `GestureStep`."""

    kind: GestureKind
    name: str
    hand_id: int
    handedness: Handedness
    x: float
    y: float
    held_s: float
    value: float
    time_s: float


PlannedEvent = HandEvent | PointerEvent | GestureEvent

_Trail = tuple[tuple[float, float, float], ...]
"""(time_s, x, y), oldest first."""


@dataclass(frozen=True, slots=True, eq=False)
class HandTrail:
    """What is remembered of one hand between frames. The predictor, if there is one, goes on from frame to frame."""

    hand: Hand
    reading: HandReading
    palm: _Trail
    pointer: _Trail
    down: bool = False
    predictor: Predictor | None = None


EventState = dict[int, HandTrail]
"""Hand id to its trail. Treated as a value: `plan_events` gives back a new one."""


def plan_events(
    state: EventState, frame: HandFrame | None, recognition: Recognition, settings: EventSettings
) -> tuple[EventState, tuple[PlannedEvent, ...]]:
    """The events of one frame.

    Args:
        frame: the hands; None when the source ended (`Recognizer.reset`), then all that are lost are told as gone.
        recognition: the recognizer's result for this frame.

    Returns:
        the new state and the events, in the order of this module's table.
    """
    state = dict(state)
    events: list[PlannedEvent] = []
    for hand_id in recognition.lost:
        trail = state.pop(hand_id, None)
        if trail is not None:
            events += _farewell(trail, recognition)
    if frame is None:
        return state, tuple(events)
    for hand, reading in zip(frame, recognition.readings, strict=True):
        before = state.get(hand.hand_id)
        state[hand.hand_id] = trail = _follow(before, hand, reading, frame, settings)
        events += _presence(before, trail, frame.time_s)
        events += _gestures(trail, recognition.steps, frame.time_s)
    # A hand that is hidden for a moment: two hands that meet hide each other.
    present = {hand.hand_id for hand in frame}
    for hand_id, trail in state.items():
        if hand_id not in present:
            events += _gestures(trail, recognition.steps, frame.time_s)
    return state, tuple(events)


def _follow(
    before: HandTrail | None, hand: Hand, reading: HandReading, frame: HandFrame, settings: EventSettings
) -> HandTrail:
    points = view_from_image(hand.landmarks_px, frame.width, frame.height, mirrored=frame.mirrored)
    palm = points[_PALM, :].mean(axis=0)
    low, high = settings.pinch_blend
    part = min(1.0, max(0.0, (reading.pinch - low) / (high - low)))
    part = part * part * (3 - 2 * part)
    # All the way to the pinch point is half the way from the index tip to the thumb tip.
    pointer = points[INDEX_TIP] + np.float32(0.5 * part) * (points[THUMB_TIP] - points[INDEX_TIP])
    window, now = settings.velocity_window_s, frame.time_s
    predictor = before.predictor if before else Predictor() if settings.lead_s > 0 else None
    if predictor is not None:
        predictor.update(pointer[None], now)
        pointer = predictor.at(now + settings.lead_s, unit=max(hand.palm_px, 1.0) / frame.width)[0]
    return HandTrail(
        hand,
        reading,
        _extend(before.palm if before else (), (now, float(palm[0]), float(palm[1])), window),
        _extend(before.pointer if before else (), (now, float(pointer[0]), float(pointer[1])), window),
        reading.pinching,
        predictor,
    )


def _extend(trail: _Trail, point: tuple[float, float, float], window_s: float) -> _Trail:
    """The last place is kept whatever its age (deltas need it); after a pause or a jump of the clock no older one."""
    if trail and not 0 < point[0] - trail[-1][0] <= 2 * window_s:
        trail = trail[-1:]
    elif len(trail) > 1:
        trail = tuple(p for p in trail[:-1] if point[0] - p[0] <= window_s) + trail[-1:]
    return (*trail, point)


def _velocity(trail: _Trail) -> tuple[float, float]:
    """Median slope between all pairs of places in view units a second (Theil-Sen): one outlier does not count."""
    slopes = [
        ((bx - ax) / (b - a), (by - ay) / (b - a))
        for i, (a, ax, ay) in enumerate(trail)
        for b, bx, by in trail[i + 1 :]
        if b - a > 1e-4
    ]
    if not slopes:
        return 0.0, 0.0
    return median(vx for vx, _ in slopes), median(vy for _, vy in slopes)


def _presence(before: HandTrail | None, trail: HandTrail, time_s: float) -> Iterable[PlannedEvent]:
    hand, reading = trail.hand, trail.reading
    _, x, y = trail.palm[-1]
    _, from_x, from_y = trail.palm[-2] if len(trail.palm) > 1 else trail.palm[-1]
    vx, vy = _velocity(trail.palm)
    kind: HandKind = "HANDADDED" if before is None else "HANDMOTION"
    yield HandEvent(kind, hand.hand_id, hand.handedness, x, y, from_x, from_y, vx, vy, hand, reading, time_s)
    motion = _pointer(trail, "POINTERMOTION", time_s)
    yield motion
    was_down = before is not None and before.down
    if trail.down != was_down:
        edge: PointerKind = "POINTERDOWN" if trail.down else "POINTERUP"
        # The motion has brought the pointer here already.
        yield replace(motion, kind=edge, from_x=motion.x, from_y=motion.y)


def _pointer(trail: HandTrail, kind: PointerKind, time_s: float) -> PointerEvent:
    _, x, y = trail.pointer[-1]
    _, from_x, from_y = trail.pointer[-2] if len(trail.pointer) > 1 else trail.pointer[-1]
    vx, vy = _velocity(trail.pointer)
    hand = trail.hand
    return PointerEvent(
        kind,
        hand.hand_id,
        hand.handedness,
        x,
        y,
        from_x,
        from_y,
        vx,
        vy,
        trail.down,
        trail.reading.pinch,
        False,
        time_s,
    )


def _gestures(trail: HandTrail, steps: Iterable[GestureStep], time_s: float) -> Iterable[GestureEvent]:
    _, x, y = trail.palm[-1]
    own = [step for step in steps if step.hand_id == trail.hand.hand_id]
    for step_kind, kind in _GESTURE_KIND.items():
        for step in own:
            if step.kind == step_kind:
                yield GestureEvent(
                    kind, step.name, step.hand_id, step.handedness, x, y, step.held_s, step.value, time_s
                )


def _farewell(trail: HandTrail, recognition: Recognition) -> Iterable[PlannedEvent]:
    time_s = recognition.time_s
    _, x, y = trail.pointer[-1]
    if trail.down:
        yield replace(
            _pointer(trail, "POINTERUP", time_s),
            from_x=x, from_y=y, vx=0.0, vy=0.0, down=False, cancelled=True,
        )  # fmt: skip
    yield from _gestures(trail, recognition.steps, time_s)
    _, x, y = trail.palm[-1]
    hand = trail.hand
    yield HandEvent("HANDREMOVED", hand.hand_id, hand.handedness, x, y, x, y, 0.0, 0.0, hand, trail.reading, time_s)
