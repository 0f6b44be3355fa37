"""From hands to events as plain data: their order, their places and their speeds."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from handplay.engine.event_plan import (
    EventSettings,
    EventState,
    GestureEvent,
    HandEvent,
    PlannedEvent,
    PointerEvent,
    plan_events,
)
from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.recognizer import Recognizer

FPS = 30


class Plan:
    """The pure core, fed frame by frame."""

    def __init__(self, builders: ModuleType, settings: EventSettings | None = None) -> None:
        self.builders = builders
        self.settings = settings or EventSettings()
        self.recognizer = Recognizer()
        self.state: EventState = {}
        self.index = 0

    def feed(self, *hands: Hand, mirrored: bool = False) -> tuple[PlannedEvent, ...]:
        frame: HandFrame = self.builders.frame(*hands, time_s=self.index / FPS, mirrored=mirrored)
        self.index += 1
        recognition = self.recognizer.update(frame)
        self.state, planned = plan_events(self.state, frame, recognition, self.settings)
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
        (9, "GESTUREUP"),  # open_palm
        (9, "GESTUREDOWN"),  # pinch
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


def pointer_xs(plan: Plan, builders: ModuleType) -> list[float]:
    """Where the pointer of a hand is told to be that moves evenly to the left of the picture, then rests."""
    xs = []
    for k in range(30):
        hand = builders.show("open_palm", at=(500 - 12.0 * min(k, 15), 240))
        xs += [event.x for event in plan.feed(hand) if isinstance(event, PointerEvent)]
    return xs


def test_led_pointer_is_ahead_in_motion_and_home_at_rest(builders: ModuleType) -> None:
    plain = pointer_xs(Plan(builders), builders)
    led = pointer_xs(Plan(builders, EventSettings(lead_s=1 / FPS)), builders)
    step = plain[10] - plain[9]
    assert step > 0  # the view is mirrored
    assert 0.6 * step < led[10] - plain[10] < 1.2 * step
    assert led[-1] == pytest.approx(plain[-1], abs=0.02 * step)


def test_led_pointer_has_deltas_that_add_up(builders: ModuleType) -> None:
    plan, before = Plan(builders, EventSettings(lead_s=0.03)), None
    for k in range(12):
        hand = builders.show("open_palm", at=(500 - 9.0 * k, 240))
        (motion,) = [event for event in plan.feed(hand) if event.kind == "POINTERMOTION"]
        assert isinstance(motion, PointerEvent)
        if before is not None:
            assert motion.from_x == before
        before = motion.x


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
    hand = builders.show("victory", "Left", at=(320, 240), hand_id=4)
    told = [e for _ in range(10) for e in plan.feed(hand)] + [
        e for _ in range(8) for e in plan.feed(builders.build_hand("half", "half", "half", "half", "half", hand_id=4))
    ]
    down, up = (event for event in told if isinstance(event, GestureEvent))
    assert (down.kind, down.name, down.held_s) == ("GESTUREDOWN", "victory", 0.0)
    assert (down.hand_id, down.handedness) == (4, "Left")
    assert (down.x, down.y) == pytest.approx((0.5, 0.5), abs=1e-5)
    assert up.kind == "GESTUREUP"
    assert up.held_s == pytest.approx(10 / FPS, abs=1e-6)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"velocity_window_s": 0}, "velocity_window_s: got 0, wanted more than 0 to 1"),
        ({"pinch_blend": (0.5, 0.5)}, "wanted two rising values in 0..1"),
        ({"lead_s": 0.5}, r"lead_s: got 0.5, wanted 0 to 0\.1 seconds"),
    ],
)
def test_settings_are_checked(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EventSettings(**wrong)
