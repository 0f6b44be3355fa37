"""What the tracker says of a poor picture."""

from __future__ import annotations

import numpy as np
import pytest

from handplay.engine.hands import Condition, Hand
from handplay.engine.sources.base import Image
from handplay.engine.tracking.condition import ConditionWatch
from handplay.engine.tracking.settings import ConditionSettings

RNG = np.random.default_rng(3)


def noisy(level: float) -> Image:
    return np.clip(RNG.normal(level, 3, (120, 160, 3)), 0, 255).astype(np.uint8)


def hand(palm_px: float) -> Hand:
    points = np.zeros((21, 3), np.float32)
    points[9, 1] = -palm_px
    return Hand(1, "Right", 1.0, 1.0, points, points)


def after(seconds: float, level: float, *, fps: float = 30.0, hands: tuple[Hand, ...] = ()) -> Condition:
    watch = ConditionWatch(ConditionSettings())
    for step in range(round(seconds * fps) + 1):
        said = watch.look(noisy(level), step / fps, hands)
    return said


@pytest.mark.parametrize(
    ("level", "said"), [(10, "dark"), (110, "ok"), (245, "bright")], ids=["dark", "ordinary", "bright"]
)
def test_light(level: float, said: Condition) -> None:
    assert after(2.0, level) == said


def test_a_moment_of_darkness_is_not_told() -> None:
    assert after(0.5, 10) == "ok"


def test_a_hand_in_sight_needs_no_advice_about_light() -> None:
    assert after(2.0, 10, hands=(hand(80),)) == "ok"


def test_far_and_near_hands() -> None:
    assert after(2.0, 110, hands=(hand(12),)) == "far"
    assert after(2.0, 110, hands=(hand(12), hand(60))) == "ok"


def test_low_rate() -> None:
    assert after(4.0, 110, fps=6.0) == "slow"
    assert after(4.0, 110, fps=12.0) == "ok"


def test_frozen_picture_and_its_end() -> None:
    watch = ConditionWatch(ConditionSettings())
    still = noisy(110)
    said = [watch.look(still, step / 30, ()) for step in range(120)]
    assert said[30] == "ok"
    assert said[-1] == "frozen"
    said = [watch.look(noisy(110), 4 + step / 30, ()) for step in range(40)]
    assert said[-1] == "ok"


def test_reset_equals_a_fresh_watch() -> None:
    watch = ConditionWatch(ConditionSettings())
    for step in range(60):
        watch.look(noisy(5), step / 30, ())
    watch.reset()
    assert watch.look(noisy(5), 0.0, ()) == "ok"
