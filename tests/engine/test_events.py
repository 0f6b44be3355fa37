"""The thin layer over pygame: what is posted, and that nothing but motion is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.engine import events
from handplay.engine.events import EVENT_NAMES, EVENT_TYPES, EventPump
from handplay.engine.hands import HandFrame

FPS = 30
EDGES = ("HANDADDED", "HANDREMOVED", "POINTERDOWN", "POINTERUP", "GESTUREDOWN", "GESTUREUP", "GESTURECANCEL")


@pytest.fixture
def queue() -> Iterator[None]:
    pygame.display.init()
    pygame.event.clear()
    yield
    pygame.display.quit()


def take() -> list[pygame.event.Event]:
    return [event for event in pygame.event.get() if event.type in EVENT_NAMES]


def test_names_and_numbers() -> None:
    assert len(set(EVENT_TYPES.values())) == 11
    for name, number in EVENT_TYPES.items():
        assert getattr(events, name) == number
        assert EVENT_NAMES[number] == name
        assert number >= pygame.USEREVENT


FIELDS = {
    "HANDADDED": {"hand_id", "handedness", "x", "y", "dx", "dy", "vx", "vy", "hand", "reading", "time_s"},
    "POINTERMOTION": {"hand_id", "handedness", "x", "y", "dx", "dy", "vx", "vy",
                      "down", "pinch", "cancelled", "time_s"},
    "GESTUREDOWN": {"name", "hand_id", "handedness", "x", "y", "held_s", "value", "time_s"},
    "TRACKERSTATUS": {"status", "message"},
}  # fmt: skip


@pytest.mark.usefixtures("queue")
def test_fields_of_the_posted_events(builders: ModuleType) -> None:
    pump = EventPump()
    pump.status("running", "")
    for k in range(5):
        recognition = pump.feed(builders.frame(builders.show("victory"), time_s=k / FPS))
    assert recognition.readings[0].gestures == ("victory",)
    seen = {EVENT_NAMES[event.type]: event for event in take()}
    for name, wanted in FIELDS.items():
        assert set(seen[name].dict) == wanted, name
    assert seen["HANDADDED"].hand.hand_id == seen["HANDADDED"].hand_id == 1
    assert seen["HANDADDED"].dx == 0.0
    assert pump.waiting == 0


@pytest.mark.usefixtures("queue")
def test_posted_deltas_are_new_minus_old(builders: ModuleType) -> None:
    pump = EventPump()
    old = None
    for k in range(10):
        pump.feed(builders.frame(builders.show("fist", at=(100 + k * k, 200)), time_s=k / FPS))
        for event in take():
            if event.type in (EVENT_TYPES["HANDADDED"], EVENT_TYPES["HANDMOTION"]):
                if old is not None:
                    assert event.dx == event.x - old.x
                    assert event.dy == event.y - old.y
                old = event


@pytest.mark.usefixtures("queue")
def test_status_is_posted_on_change_alone() -> None:
    pump = EventPump()
    for status, message in [
        ("starting", ""),
        ("running", ""),
        ("running", ""),
        ("running", "dark"),
        ("running", "dark"),
    ]:
        pump.status(status, message)
    assert [(event.status, event.message) for event in take()] == [
        ("starting", ""),
        ("running", ""),
        ("running", "dark"),
    ]


@pytest.mark.usefixtures("queue")
def test_lost_all_tells_every_hand_as_gone_and_begins_anew(builders: ModuleType) -> None:
    pump = EventPump()
    for k in range(6):
        pump.feed(builders.frame(builders.show("pinch"), builders.show("victory", "Left", hand_id=2), time_s=k / FPS))
    take()
    pump.lost_all()
    assert [(EVENT_NAMES[event.type], event.hand_id) for event in take()] == [
        ("POINTERUP", 1),
        ("GESTURECANCEL", 1),
        ("HANDREMOVED", 1),
        ("GESTURECANCEL", 2),
        ("HANDREMOVED", 2),
    ]
    pump.feed(builders.frame(builders.show("fist"), time_s=0.0))
    assert EVENT_NAMES[take()[0].type] == "HANDADDED"
    pump.lost_all()
    pump.lost_all()
    assert [EVENT_NAMES[event.type] for event in take()] == ["HANDREMOVED"]


class SmallQueue:
    """A queue that takes so many events and no more until it is emptied."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held: list[tuple[str, dict[str, Any]]] = []

    def post(self, event: pygame.event.Event) -> bool:
        if len(self.held) >= self.room:
            return False
        self.held.append((EVENT_NAMES[event.type], dict(event.dict)))
        return True

    def take(self) -> list[tuple[str, dict[str, Any]]]:
        held, self.held = self.held, []
        return held


def script(builders: ModuleType) -> list[HandFrame]:
    """Two hands that open, pinch, leave and come back, moving all the time."""
    frames = []
    poses = ["open_palm", "pinch", "fist", "pinch"]
    for k in range(240):
        hands = []
        for hand_id in (1, 2):
            away = 100 + 20 * hand_id < k < 125 + 20 * hand_id
            if not away:
                number = hand_id if k <= 100 + 20 * hand_id else hand_id + 10
                at = (200 + 100 * hand_id + 40 * np.sin(k / 9), 240 + 30 * np.cos(k / 7))
                side = "Left" if hand_id == 2 else "Right"
                hands.append(builders.show(poses[(k // 20 + hand_id) % 4], side, at=at, hand_id=number))
        frames.append(builders.frame(*hands, time_s=k / FPS))
    return frames


@pytest.mark.parametrize("room", [1, 3, 7])
def test_a_full_queue_loses_motion_alone(builders: ModuleType, room: int) -> None:
    frames = script(builders)
    free, small = SmallQueue(10**6), SmallQueue(room)
    easy, hard = EventPump(post=free.post), EventPump(post=small.post)
    got: list[tuple[str, dict[str, Any]]] = []
    most = 0
    for k, frame in enumerate(frames):
        easy.feed(frame)
        hard.feed(frame)
        most = max(most, hard.waiting)
        if k % 25 == 24:
            got += small.take()
    for _ in range(1000):
        hard.flush()
        got += small.take()
        if not hard.waiting:
            break
    wanted = free.take()

    def edges(rows: list[tuple[str, dict[str, Any]]]) -> list[tuple[Any, ...]]:
        return [(name, row["hand_id"], row.get("name"), row["x"], row["time_s"]) for name, row in rows if name in EDGES]

    assert edges(got) == edges(wanted)
    assert len(edges(wanted)) > 20
    assert len(got) < len(wanted)
    assert most < len(edges(wanted)) * 4 + 10
    # Deltas of what is left still lead from place to place.
    places: dict[tuple[str, int], tuple[float, float]] = {}
    for name, row in got:
        if "dx" in row:
            key = (name[:4], row["hand_id"])
            if key in places:
                assert row["dx"] == row["x"] - places[key][0], name
                assert row["dy"] == row["y"] - places[key][1], name
            places[key] = (row["x"], row["y"])


@pytest.mark.usefixtures("queue")
def test_pygames_own_full_queue(builders: ModuleType) -> None:
    pump = EventPump()
    filler = pygame.event.Event(pygame.USEREVENT)
    posted = 0
    try:
        while posted < 200_000 and pygame.event.post(filler):
            posted += 1
    except pygame.error:
        pass
    for k in range(4):
        pump.feed(builders.frame(builders.show("fist"), time_s=k / FPS))
    pump.status("running")
    assert pump.waiting > 0
    pygame.event.clear()
    assert pump.flush() == 0
    names = [EVENT_NAMES[event.type] for event in take()]
    assert names[0] == "HANDADDED"
    assert "GESTUREDOWN" in names
    assert names[-1] == "TRACKERSTATUS"


@pytest.mark.usefixtures("queue")
def test_a_blocked_event_type_does_not_hold_up_the_others(builders: ModuleType) -> None:
    pygame.event.set_blocked(events.HANDMOTION)
    try:
        pump = EventPump()
        for k in range(3):
            pump.feed(builders.frame(builders.show("fist"), time_s=k / FPS))
        assert pump.waiting == 0
        assert "HANDMOTION" not in {EVENT_NAMES[event.type] for event in take()}
    finally:
        pygame.event.set_allowed(events.HANDMOTION)


def test_without_a_display_the_error_is_pygames_own(builders: ModuleType) -> None:
    pygame.display.quit()
    with pytest.raises(pygame.error, match="not initialized"):
        EventPump().feed(builders.frame(builders.show("fist")))
