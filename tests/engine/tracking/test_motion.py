"""The motion model of a hand's square: where it looks next."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.coordinates import Roi
from handplay.engine.tracking.motion import HandMotion
from handplay.engine.tracking.settings import MotionSettings

SIDE = 280.0
PALM = SIDE / 2.8


def followed(
    path: Callable[[float], tuple[float, float]], *, fps: float = 30.0, frames: int = 12, steady: bool = False
) -> tuple[HandMotion, float]:
    """A motion that has seen `frames` squares along a path, and the time of the next."""
    motion = HandMotion(Roi(*path(0.0), SIDE, 0.0), 0.0, MotionSettings(), steady=steady)
    for step in range(1, frames):
        motion.update(Roi(*path(step / fps), SIDE, 0.0), step / fps)
    return motion, frames / fps


def miss(path: Callable[[float], tuple[float, float]], fps: float = 30.0) -> float:
    """Distance of the prediction from the path, in palm lengths."""
    motion, time_s = followed(path, fps=fps)
    aim, (x, y) = motion.predict(time_s), path(time_s)
    return math.hypot(aim.cx - x, aim.cy - y) / PALM


@pytest.mark.parametrize("palms_a_frame", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("fps", [30.0, 15.0, 10.0])
def test_even_motion_is_met(palms_a_frame: float, fps: float) -> None:
    speed = palms_a_frame * PALM * fps
    assert miss(lambda t: (speed * t, 0.3 * speed * t), fps) < 0.25 * palms_a_frame + 0.05


def test_circles_are_met() -> None:
    radius, turn = 3 * PALM, 0.5  # one and a half palm lengths a frame: a straight lead misses by 0.75
    missed = miss(lambda t: (radius * math.cos(turn * 30 * t), radius * math.sin(turn * 30 * t)))
    assert missed < 0.4


def test_acceleration_is_met() -> None:
    assert miss(lambda t: (0.5 * 40 * PALM * t * t, 0.0)) < 0.35


def test_resting_hand_is_not_led() -> None:
    motion, time_s = followed(lambda t: (2.0 * math.sin(99 * t), 0.0))
    aim = motion.predict(time_s)
    assert (aim.cx, aim.cy) == (motion.last.cx, motion.last.cy)
    assert aim.size_px == pytest.approx(SIDE)


def test_square_grows_with_speed_and_with_time_unseen() -> None:
    slow, time_s = followed(lambda t: (300 * t, 0.0))
    fast, _ = followed(lambda t: (6000 * t, 0.0))
    assert fast.predict(time_s).size_px > slow.predict(time_s).size_px
    assert slow.predict(time_s + 0.5).size_px > 1.2 * slow.predict(time_s).size_px


def test_unseen_hand_slows_down() -> None:
    motion, time_s = followed(lambda t: (3000 * t, 0.0))
    soon, late = motion.predict(time_s), motion.predict(time_s + 1.0)
    assert late.cx - soon.cx < 0.3 * 3000


def test_steady_square_holds_against_jitter_and_follows_motion() -> None:
    def shaking(t: float) -> tuple[float, float]:
        return 3.0 * (-1) ** round(t * 30), 0.0

    held, _ = followed(shaking, steady=True)
    free, _ = followed(shaking)
    assert abs(held.last.cx) < 0.5 * abs(free.last.cx)
    moving, _ = followed(lambda t: (1500 * t, 0.0), steady=True)
    assert moving.last.cx == pytest.approx(1500 * 11 / 30, abs=1)


def test_time_that_stands_still_changes_nothing() -> None:
    motion, _ = followed(lambda t: (100 * t, 0.0))
    before = motion.last
    motion.update(Roi(999, 999, 10, 1), motion.last_time_s)
    assert motion.last == before


@given(
    st.lists(
        st.tuples(st.floats(-4000, 4000), st.floats(-4000, 4000), st.floats(1, 2000), st.floats(-3.1, 3.1)),
        min_size=1,
        max_size=8,
    ),
    st.floats(0.001, 5),
)
def test_predictions_stay_finite_and_near(squares: list[tuple[float, float, float, float]], dt: float) -> None:
    motion = HandMotion(Roi(*squares[0]), 0.0, MotionSettings())
    for step, square in enumerate(squares[1:], start=1):
        motion.update(Roi(*square), step * dt)
    aim = motion.predict(len(squares) * dt)
    assert math.isfinite(aim.cx + aim.cy + aim.size_px + aim.angle_rad)
    lead = math.hypot(aim.cx - motion.last.cx, aim.cy - motion.last.cy)
    assert lead <= MotionSettings().max_lead * motion.last.size_px * 1.001


def test_settings_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match=r"MotionSettings\.velocity_gain: got 0.*wanted a number above 0"):
        MotionSettings(velocity_gain=0)
    with pytest.raises(ValueError, match=r"MotionSettings\.full_lead.*more than rest_lead"):
        MotionSettings(rest_lead=0.5)
