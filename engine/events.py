"""Hands and gestures as ordinary pygame events.

| event | fields |
|---|---|
| HANDADDED HANDMOTION HANDREMOVED | hand_id, handedness, x, y, dx, dy, vx, vy, hand, reading, time_s |
| POINTERDOWN POINTERMOTION POINTERUP | hand_id, handedness, x, y, dx, dy, vx, vy, down, pinch, cancelled, time_s |
| GESTUREDOWN GESTUREHOLD GESTUREUP GESTURECANCEL | name, hand_id, handedness, x, y, held_s, value, time_s |
| TRACKERSTATUS | status, message |

x and y lie in the mirrored view, 0..1; of a hand they are the palm's centre, of a pointer the index tip, which slides
to the point between thumb and index tip as they close. dx, dy are this event's place minus that of the hand's event
of this kind before; vx, vy are per second. POINTERUP with `cancelled=True`: the hand was lost while pinching.
The order of events is in `handplay.engine.event_plan`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pygame

from handplay.engine.event_plan import (
    EventSettings,
    EventState,
    GestureEvent,
    HandEvent,
    PlannedEvent,
    PointerEvent,
    plan_events,
)
from handplay.engine.hands import HandFrame
from handplay.gestures.recognizer import Recognition, Recognizer

HANDADDED = pygame.event.custom_type()
HANDMOTION = pygame.event.custom_type()
HANDREMOVED = pygame.event.custom_type()
GESTUREDOWN = pygame.event.custom_type()
GESTUREHOLD = pygame.event.custom_type()
GESTUREUP = pygame.event.custom_type()
GESTURECANCEL = pygame.event.custom_type()
POINTERDOWN = pygame.event.custom_type()
POINTERMOTION = pygame.event.custom_type()
POINTERUP = pygame.event.custom_type()
TRACKERSTATUS = pygame.event.custom_type()

EVENT_TYPES = {
    "HANDADDED": HANDADDED,
    "HANDMOTION": HANDMOTION,
    "HANDREMOVED": HANDREMOVED,
    "GESTUREDOWN": GESTUREDOWN,
    "GESTUREHOLD": GESTUREHOLD,
    "GESTUREUP": GESTUREUP,
    "GESTURECANCEL": GESTURECANCEL,
    "POINTERDOWN": POINTERDOWN,
    "POINTERMOTION": POINTERMOTION,
    "POINTERUP": POINTERUP,
    "TRACKERSTATUS": TRACKERSTATUS,
}
"""Event name to pygame's number of it."""

EVENT_NAMES = {number: name for name, number in EVENT_TYPES.items()}
"""The other way round, for summaries and logs."""

_COALESCED = ("HANDMOTION", "POINTERMOTION")
Post = Callable[["pygame.event.Event"], bool]


class EventPump:
    """Posts what hands do into pygame's queue.

    Nothing but motion is ever lost: while the queue is full, events wait here in order, and of waiting motions of one
    hand only the newest is kept. To be used from the thread that owns pygame.

    Args:
        recognizer: turns hands into gestures; one with the built-in gestures if not given.
        settings: pointer and velocities.
        post: puts an event into a queue and says whether it was taken; `pygame.event.post` if not given.
    """

    def __init__(
        self,
        recognizer: Recognizer | None = None,
        *,
        settings: EventSettings | None = None,
        post: Post | None = None,
    ) -> None:
        self.recognizer = recognizer or Recognizer()
        self.settings = settings or EventSettings()
        self._post = post or _post_to_pygame
        self._state: EventState = {}
        self._waiting: deque[tuple[str, PlannedEvent | dict[str, Any]]] = deque()
        self._status: tuple[str, str] | None = None

    @property
    def waiting(self) -> int:
        """Events that the queue has not taken yet."""
        return len(self._waiting)

    def feed(self, frame: HandFrame) -> Recognition:
        """Recognizes the hands of one frame and posts their events.

        Returns:
            readings and gesture steps of this frame, for what is drawn.
        """
        recognition = self.recognizer.update(frame)
        self._state, events = plan_events(self._state, frame, recognition, self.settings)
        self._add(events)
        return recognition

    def lost_all(self, time_s: float | None = None) -> Recognition:
        """The source ended or changed: every hand is told as gone, and the next frame starts anew.

        Args:
            time_s: when; the time of the last frame if not given.
        """
        recognition = self.recognizer.reset(time_s)
        self._state, events = plan_events(self._state, None, recognition, self.settings)
        self._add(events)
        return recognition

    def status(self, status: str, message: str = "") -> None:
        """Posts TRACKERSTATUS if the status or its message has changed."""
        if (status, message) != self._status:
            self._status = (status, message)
            self._waiting.append(("TRACKERSTATUS", {"status": status, "message": message}))
        self.flush()

    def flush(self) -> int:
        """Posts what waits, as far as the queue takes it. `feed` and `status` do this themselves.

        Returns:
            events that still wait.
        """
        while self._waiting:
            name, event = self._waiting[0]
            if not self._post(pygame.event.Event(EVENT_TYPES[name], _fields(event))):
                break
            self._waiting.popleft()
        return len(self._waiting)

    def _add(self, events: tuple[PlannedEvent, ...]) -> None:
        self.flush()
        for event in events:
            if event.kind in _COALESCED:
                event = self._merged(event)
            self._waiting.append((event.kind, event))
        self.flush()

    def _merged(self, event: PlannedEvent) -> PlannedEvent:
        """Takes out the waiting motion that this one follows directly, and begins where that one began."""
        for place in range(len(self._waiting) - 1, -1, -1):
            name, other = self._waiting[place]
            if isinstance(other, dict) or other.hand_id != event.hand_id:
                continue
            if name == event.kind and isinstance(event, (HandEvent, PointerEvent)):
                assert isinstance(other, (HandEvent, PointerEvent))  # the same kind
                del self._waiting[place]
                return replace(event, from_x=other.from_x, from_y=other.from_y)
            if name not in _COALESCED:
                break  # never past an edge: it has the place where it happened
        return event


def _post_to_pygame(event: pygame.event.Event) -> bool:
    """False while the queue is full. An event type that the game has blocked counts as taken."""
    try:
        return bool(pygame.event.post(event)) or bool(pygame.event.get_blocked(event.type))
    except pygame.error:
        if not pygame.display.get_init():
            raise
        return False


def _fields(event: PlannedEvent | dict[str, Any]) -> dict[str, Any]:
    if isinstance(event, dict):
        return event
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    del values["kind"]
    if not isinstance(event, GestureEvent):
        values["dx"] = event.x - values.pop("from_x")
        values["dy"] = event.y - values.pop("from_y")
    return values
