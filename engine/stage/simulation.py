"""The fixed-step simulation: hands that are due, events, one step of the scene; no clock and no window inside.

Each step of 1/120 s first takes what the feed has due at the step's own time, turns it into events, hands out the event
queue, and then updates the scene. A recording therefore meets the same steps whatever the rate of drawing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from handplay.engine.errors import HandplayError
from handplay.engine.live.feed import FeedState, HandFeed, HandUpdate
from handplay.engine.sources.base import Steerable, Wish
from handplay.engine.stage.advice import ADVICE, REPEAT_S
from handplay.engine.stage.scene import is_finished, wishes_of
from handplay.engine.stage.stage import HandsNow, Stage

if TYPE_CHECKING:
    import pygame

    from handplay.engine.hands import Condition, HandFrame
    from handplay.engine.stage.metrics import LoopMetrics
    from handplay.engine.stage.scene import Scene
    from handplay.gestures.reading import HandReading
    from handplay.gestures.recognizer import Recognition

STEPS_PER_S = 120
STEP_S = 1 / STEPS_PER_S

MAX_CATCH_UP_S = 0.25
"""After a longer stall (a window being dragged, a suspended laptop) the game goes on from where it was."""


class Pump(Protocol):
    """Turns hands into pygame events; `handplay.engine.events.EventPump` is the one."""

    def feed(self, frame: HandFrame) -> Recognition:
        """Posts the events of a frame; gives the readings of its hands."""
        ...

    def lost_all(self) -> object:
        """Tells every hand as gone."""
        ...

    def status(self, status: str, message: str = "") -> None:
        """Posts TRACKERSTATUS if it has changed."""
        ...


class Simulation:
    """Advances a scene in fixed steps.

    Args:
        scene: what is played.
        stage: the services, whose time and hands are kept up to date here.
        feed: where hands come from; must be started.
        pump: turns hands into events.
        get_events: the event queue, emptied (`pygame.event.get`).
        metrics: where events and latencies are counted.
        names: event type to its public name, for counting.
        watch: sees every event first; True keeps it from the scene (the loop's own keys).
        record: called with each frame and its readings.
        monotonic: the clock of `HandUpdate.posted_s`, for latencies alone.
    """

    def __init__(
        self,
        scene: Scene,
        stage: Stage,
        feed: HandFeed,
        pump: Pump,
        get_events: Callable[[], list[pygame.event.Event]],
        metrics: LoopMetrics,
        *,
        names: dict[int, str] | None = None,
        watch: Callable[[pygame.event.Event], bool] | None = None,
        record: Callable[[HandFrame, tuple[HandReading, ...]], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.scene = scene
        self.stage = stage
        self.steps = 0
        self._feed = feed
        self._pump = pump
        self._get_events = get_events
        self._metrics = metrics
        self._names = names or {}
        self._watch = watch
        self._record = record
        self._monotonic = monotonic
        self._behind_s = 0.0
        self._has_run = False
        self._told_state: FeedState = "starting"
        self._advised_s: dict[Condition, float] = {}
        self._wishes: tuple[Wish, ...] | None = None
        self._steerable = feed if isinstance(feed, Steerable) else None

    @property
    def time_s(self) -> float:
        """Seconds of simulation."""
        return self.steps * STEP_S

    def advance(self, elapsed_s: float, until_s: float | None = None) -> float:
        """Makes the steps that are due.

        Args:
            elapsed_s: time since the last call; more than `MAX_CATCH_UP_S` is forgotten.
            until_s: no step is made beyond this time.

        Returns:
            Where between the last two steps the moment lies, 0..1.
        """
        self._behind_s += min(max(elapsed_s, 0.0), MAX_CATCH_UP_S)
        while self._behind_s >= STEP_S and not is_finished(self.scene):
            if until_s is not None and self.time_s >= until_s:
                break
            self._behind_s -= STEP_S
            self.step()
        return min(1.0, self._behind_s / STEP_S)

    def step(self) -> None:
        """One step.

        Raises:
            HandplayError: the feed broke before it ever ran.
        """
        self.stage.sim_time_s = self.time_s
        updates = self._take()
        for update in updates:
            self._take_in(update)
        self._tell_state()
        events = self._get_events()
        if updates:
            self._count_latency(updates, events)
        for event in events:
            self._count(event)
            if self._watch is None or not self._watch(event):
                self.scene.handle(event)
        self.scene.update(STEP_S)
        self.steps += 1
        self._metrics.steps = self.steps
        if self._steerable is not None:
            wishes = wishes_of(self.scene)
            if wishes is not None and wishes != self._wishes:
                self._wishes = wishes
                self._steerable.steer(wishes)

    def _take(self) -> list[HandUpdate]:
        stage = self.stage
        try:
            updates = self._feed.take(self.time_s)
        except HandplayError as error:
            if not self._has_run:
                raise
            stage.feed_state, stage.feed_message = "ended", str(error)
            return []
        state = self._feed.state
        if updates or state == "running":
            self._has_run = True
        message = self._feed.message
        if message or state == "running" or not stage.feed_message:
            stage.feed_message = message
        stage.feed_state = state
        return updates

    def _take_in(self, update: HandUpdate) -> None:
        frame = update.hands
        readings = self._pump.feed(frame).readings
        self.stage.hands = HandsNow(frame, readings, self.time_s)
        self._metrics.tracked.stamp(self.time_s)
        if self._record is not None:
            self._record(frame, readings)

    def _tell_state(self) -> None:
        state = self.stage.feed_state
        if state != self._told_state and self._told_state == "running":
            self._pump.lost_all()
            self.stage.hands = HandsNow(since_s=self.time_s)
        self._told_state = state
        frame = self.stage.hands.frame
        if state == "running" and frame is not None and frame.condition != "ok":
            self._advise(frame.condition)
        else:
            self._pump.status(state, self.stage.feed_message)

    def _advise(self, condition: Condition) -> None:
        """Says what is wrong with the picture, and shows it, but not over and over."""
        advice = ADVICE[condition]
        self._pump.status(condition, advice)
        if self.time_s - self._advised_s.get(condition, -REPEAT_S) >= REPEAT_S:
            self._advised_s[condition] = self.time_s
            self.stage.toasts.show(advice)

    def _count(self, event: pygame.event.Event) -> None:
        name = self._names.get(event.type)
        if name is not None:
            self._metrics.events[name] += 1
            if name == "GESTUREDOWN":
                self._metrics.gestures[event.name] += 1

    def _count_latency(self, updates: list[HandUpdate], events: list[pygame.event.Event]) -> None:
        if not any(event.type in self._names for event in events):
            return
        now_s = self._monotonic()
        track_ms = self._feed.stats().track_ms
        for update in updates:
            if update.posted_s is not None and track_ms:
                self._metrics.event.add((now_s - update.posted_s) * 1e3 + track_ms[-1])
