"""From hands to pygame events: order, places, and that nothing but motion is ever lost."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pygame
import pytest

from handplay.engine import events
from handplay.engine.event_plan import (
    EventSettings,
    EventState,
    GestureEvent,
    HandEvent,
    PlannedEvent,
    PointerEvent,
    plan_events,
)
from handplay.engine.events import EVENT_NAMES, EVENT_TYPES, EventPump
from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.recognizer import Recognizer

FPS = 30
EDGES = ("HANDADDED", "HANDREMOVED", "POINTERDOWN", "POINTERUP", "GESTUREDOWN", "GESTUREUP", "GESTURECANCEL")


@pytest.fixture(scope="module")
def builders() -> ModuleType:
    """The hands of the gesture tests."""
    path = Path(__file__).parents[1] / "gestures" / "builders.py"
    spec = importlib.util.spec_from_file_location("handplay_tests_builders", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def queue() -> Iterator[None]:
    pygame.display.init()
    pygame.event.clear()
    yield
    pygame.display.quit()


def take() -> list[pygame.event.Event]:
    return [event for event in pygame.event.get() if event.type in EVENT_NAMES]


class Plan:
    """The pure core, fed frame by frame."""

    def __init__(self, builders: ModuleType) -> None:
        self.builders = builders
        self.recognizer = Recognizer()
        self.state: EventState = {}
        self.index = 0

    def feed(self, *hands: Hand, mirrored: bool = False) -> tuple[PlannedEvent, ...]:
        frame: HandFrame = self.builders.frame(*hands, time_s=self.index / FPS, mirrored=mirrored)
        self.index += 1
        recognition = self.recognizer.update(frame)
        self.state, planned = plan_events(self.state, frame, recognition, EventSettings())
        return planned


def kinds(planned: tuple[PlannedEvent, ...]) -> list[str]:
    return [event.kind for event in planned]


def test_order_of_a_whole_life(builders: ModuleType) -> None:
    plan = Plan(builders)
    open_hand, pinch = builders.show("open_palm"), builders.show("pinch")
    told: list[tuple[int, str]] = []
    for k, hand in enumerate([open_hand] * 6 + [pinch] * 6 + [None] * 5):
        told += [(k, kind) for kind in kinds(plan.feed(*([hand] if hand is not None else [])))]
    assert [row for row in told if not row[1].endswith("MOTION")] == [
        (0, "HANDADDED"),
        (3, "GESTUREDOWN"),  # open_palm
        (7, "POINTERDOWN"),  # not while the whole hand is changing
        (8, "GESTUREDOWN"),  # pinch
        (9, "GESTUREUP"),  # open_palm
        (15, "POINTERUP"),
        (15, "GESTURECANCEL"),
        (15, "HANDREMOVED"),
    ]
    assert [kind for k, kind in told if k == 0] == ["HANDADDED", "POINTERMOTION"]
    assert [kind for k, kind in told if k == 7] == ["HANDMOTION", "POINTERMOTION", "POINTERDOWN"]
    assert not [kind for k, kind in told if 12 <= k < 15 or k > 15]


def test_a_hand_that_is_gone_comes_before_one_that_is_new(builders: ModuleType) -> None:
    plan = Plan(builders)
    plan.feed(builders.show("fist", hand_id=1))
    for _ in range(3):
        plan.feed()
    assert kinds(plan.feed(builders.show("fist", hand_id=2)))[:2] == ["HANDREMOVED", "HANDADDED"]


def test_deltas_add_up_exactly(builders: ModuleType) -> None:
    plan = Plan(builders)
    rng = np.random.default_rng(1)
    last: dict[str, tuple[float, float]] = {}
    for _ in range(30):
        at = (rng.uniform(50, 600), rng.uniform(50, 400))
        for event in plan.feed(builders.show("point", at=at)):
            if isinstance(event, (HandEvent, PointerEvent)):
                group = event.kind[:4]
                if group in last:
                    assert (event.from_x, event.from_y) == last[group]
                last[group] = (event.x, event.y)


@pytest.mark.parametrize(("mirrored", "x"), [(False, 0.75), (True, 0.25)])
def test_places_are_those_of_the_view(builders: ModuleType, mirrored: bool, x: float) -> None:
    (added, *_) = Plan(builders).feed(builders.build_hand(at=(160, 120)), mirrored=mirrored)
    assert isinstance(added, HandEvent)
    assert (added.x, added.y) == pytest.approx((x, 0.25), abs=1e-5)
    assert (added.vx, added.vy, added.from_x, added.from_y) == (0, 0, added.x, added.y)


def test_velocity_is_per_second_and_shrugs_off_one_bad_frame(builders: ModuleType) -> None:
    plan = Plan(builders)
    speeds = []
    for k in range(12):
        x = 100 + k * 6.4  # 0.01 of the view a frame, to the player's left
        if k == 8:
            x += 60
        for event in plan.feed(builders.show("fist", at=(x, 240))):
            if event.kind == "HANDMOTION":
                assert isinstance(event, HandEvent)
                speeds.append((k, event.vx))
    assert dict(speeds)[7] == pytest.approx(-0.3, abs=0.01)
    assert abs(dict(speeds)[9] + 0.3) < 1.5
    assert dict(speeds)[11] == pytest.approx(-0.3, abs=0.01)


def test_velocity_begins_anew_after_a_pause(builders: ModuleType) -> None:
    plan = Plan(builders)
    plan.feed(builders.show("fist", at=(100, 240)))
    plan.index += 2  # within what is forgiven
    plan.feed(builders.show("fist", at=(100, 240)))
    plan.index += 12
    (motion, *_) = plan.feed(builders.show("fist", at=(500, 240)))
    assert isinstance(motion, HandEvent)
    assert abs(motion.vx) < 2


def test_closing_a_pinch_does_not_move_the_pointer_in_a_jump(builders: ModuleType) -> None:
    plan = Plan(builders)
    wide = builders.build_hand(index="half", middle="half", ring="half", pinky="half")
    closed = builders.show("pinch")
    places, down = [], []
    for k in range(31):
        part = np.float32(k / 30)
        points = (1 - part) * wide.landmarks_px + part * closed.landmarks_px
        for event in plan.feed(replace(closed, landmarks_px=points)):
            if event.kind == "POINTERMOTION":
                assert isinstance(event, PointerEvent)
                places.append((event.x * 640, event.y * 480))
            if event.kind == "POINTERDOWN":
                down.append(k)
    steps = np.hypot(*np.diff(np.array(places), axis=0).T)
    assert len(down) == 1
    assert steps.max() < 3.5  # pixels a frame, of fingers that close 60 pixels in one second
    assert steps[down[0] :].max() < 1.5  # and hardly at all once it is down


def test_pointer_up_when_the_fingers_part(builders: ModuleType) -> None:
    plan = Plan(builders)
    plan.feed(builders.show("pinch"))
    events_up = [event for event in plan.feed(builders.show("open_palm")) if event.kind == "POINTERUP"]
    assert len(events_up) == 1
    assert isinstance(events_up[0], PointerEvent)
    assert not events_up[0].cancelled


def test_a_lost_hand_lets_go_with_cancelled(builders: ModuleType) -> None:
    plan = Plan(builders)
    plan.feed(builders.show("pinch"))
    planned = [event for _ in range(5) for event in plan.feed()]
    assert [event.kind for event in planned] == ["POINTERUP", "HANDREMOVED"]
    assert isinstance(planned[0], PointerEvent)
    assert planned[0].cancelled
    assert not planned[0].down


def test_a_gesture_event_says_whose_where_and_how_long(builders: ModuleType) -> None:
    plan = Plan(builders)
    hand = builders.show("fist", "Left", at=(320, 240), hand_id=4)
    told = [e for _ in range(10) for e in plan.feed(hand)] + [
        e for _ in range(8) for e in plan.feed(builders.build_hand("half", "half", "half", "half", "half", hand_id=4))
    ]
    down, up = (event for event in told if isinstance(event, GestureEvent))
    assert (down.kind, down.name, down.hand_id, down.handedness, down.held_s) == ("GESTUREDOWN", "fist", 4, "Left", 0.0)
    assert (down.x, down.y) == pytest.approx((0.5, 0.5), abs=1e-5)
    assert up.kind == "GESTUREUP"
    assert up.held_s == pytest.approx(10 / FPS, abs=1e-6)


# The thin layer over pygame.


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
        recognition = pump.feed(builders.frame(builders.show("fist"), time_s=k / FPS))
    assert recognition.readings[0].gestures == ("fist",)
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
        pump.feed(builders.frame(builders.show("pinch"), builders.show("fist", "Left", hand_id=2), time_s=k / FPS))
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


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"velocity_window_s": 0}, "velocity_window_s: got 0, wanted more than 0 to 1"),
        ({"pinch_blend": (0.5, 0.5)}, "wanted two rising values in 0..1"),
    ],
)
def test_settings_are_checked(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EventSettings(**wrong)
