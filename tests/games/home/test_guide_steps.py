"""The pure course of the guide: checks of the picture and the reach box."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.hands import Condition, Hand, HandFrame
from handplay.engine.preferences import Reach
from handplay.games.home.guide_steps import CIRCLES_S, SKIP, STEPS, Checks, ReachMeter, check, lights


def frame_with(palm_px: float | None, x: float = 320, y: float = 240, condition: Condition = "ok") -> HandFrame:
    hands = []
    if palm_px is not None:
        angle = np.linspace(0, 2 * math.pi, 21)
        points = np.zeros((21, 3), np.float32)
        points[:, 0], points[:, 1] = x + 0.9 * palm_px * np.cos(angle), y + 0.9 * palm_px * np.sin(angle)
        points[0, :2], points[9, :2] = (x, y + palm_px / 2), (x, y - palm_px / 2)
        hands.append(Hand(1, "Right", 1.0, 1.0, points, points * np.float32(0.001)))
    return HandFrame(0, 0.0, 640, 480, hands=tuple(hands), condition=condition)


@pytest.mark.parametrize(
    ("frame", "wanted", "advice"),
    [
        (None, (None, None, None), ""),
        (frame_with(None), (True, None, None), ""),
        (frame_with(90), (True, True, True), ""),
        (frame_with(20), (True, False, True), "closer"),
        (frame_with(230), (True, False, True), "back"),
        (frame_with(90, x=40), (True, True, False), "whole hand"),
        (frame_with(90, condition="dark"), (False, None, None), "light"),
        (frame_with(90, condition="bright"), (False, None, None), "away from the light"),
    ],
    ids=["nothing", "no hand", "good", "far", "near", "edge", "dark", "bright"],
)
def test_what_the_camera_sees(
    frame: HandFrame | None, wanted: tuple[bool | None, bool | None, bool | None], advice: str
) -> None:
    checks = check(frame)
    assert (checks.light, checks.distance, checks.framing) == wanted
    assert advice in checks.advice
    assert checks.good == (wanted == (True, True, True))
    assert (checks.advice == "") == (advice == "")


def circle(meter: ReachMeter, radius: float, seconds: float, *, centre: tuple[float, float] = (0.6, 0.7)) -> None:
    for k in range(round(seconds * 30)):
        angle = 2 * math.pi * k / 30
        meter.add(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle), k / 30)


def test_circles_give_the_box_around_them() -> None:
    meter = ReachMeter()
    circle(meter, 0.2, CIRCLES_S + 0.2)
    assert meter.share == 1.0
    box = meter.box()
    assert [box.left, box.top, box.right, box.bottom] == pytest.approx([0.4, 0.5, 0.8, 0.9], abs=0.02)


def test_a_resting_hand_measures_nothing() -> None:
    meter = ReachMeter()
    for k in range(300):
        meter.add(0.5 + 0.001 * (k % 2), 0.5, k / 30)
    assert meter.share == 0.0
    assert meter.box() == Reach()


def test_a_pause_or_a_jump_of_the_clock_is_no_movement() -> None:
    meter = ReachMeter()
    meter.add(0.1, 0.1, 0.0)
    meter.add(0.9, 0.9, 3.0)
    meter.add(0.1, 0.1, 2.0)
    assert meter.moved_s == 0.0


@given(st.floats(0.03, 0.5), st.floats(0, 1), st.floats(0, 1))
def test_the_box_lies_in_the_view_and_is_never_tiny(radius: float, x: float, y: float) -> None:
    meter = ReachMeter()
    circle(meter, radius, 5, centre=(x, y))
    box = meter.box()
    assert box.right - box.left >= 0.27
    assert box.bottom - box.top >= 0.27


def test_lights_are_apart_and_reachable() -> None:
    for step in STEPS:
        places = lights(step.name)
        for i, (x, y) in enumerate(places):
            assert 100 < x < 1180
            assert 200 < y < 620
            assert not SKIP.shrunk(-70).holds(x, y)
            assert all(math.dist((x, y), other) > 148 for other in places[i + 1 :])


def test_no_checks_are_not_good() -> None:
    assert not Checks().good
