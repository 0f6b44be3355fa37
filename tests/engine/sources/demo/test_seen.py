"""The real models see the demo hand: a small sample of what `benchmarks/demo_hand.py` measures in full."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import get_args

import numpy as np
import pytest

from handplay.engine import HandTracker
from handplay.engine.hands import Handedness
from handplay.engine.sources.demo import DemoSource, render_still
from handplay.engine.sources.demo.stills import PARITY_POSES, parity_stills


@pytest.fixture(scope="module")
def tracker() -> Iterator[HandTracker]:
    with HandTracker(2, mode="still", plain=True) as still:
        yield still


@pytest.mark.parametrize("turn_deg", [-60, 0, 60])
@pytest.mark.parametrize("pose", PARITY_POSES)
def test_every_pose_is_seen_where_it_is(pose: str, turn_deg: int, tracker: HandTracker) -> None:
    for number, handedness in enumerate(get_args(Handedness)):
        image, (truth,) = render_still(
            pose, handedness=handedness, roll_rad=math.radians(turn_deg), skin=1 + number * 2, centre=(320, 250)
        )
        (hand,) = tracker.track(image, 0.0)
        gaps = np.hypot(*(hand.landmarks_px[:, :2] - truth.landmarks_px[:, :2]).T) / 110
        assert np.median(gaps) < 0.12
        if turn_deg == 0:
            assert hand.handedness == handedness


@pytest.mark.parametrize("skin", range(6))
def test_every_skin_tone_is_seen(skin: int, tracker: HandTracker) -> None:
    image, _ = render_still("open_palm", skin=skin, background=("room", "wall", "shelf")[skin % 3])
    assert len(tracker.track(image, 0.0)) == 1


def test_an_empty_room_holds_no_hand(tracker: HandTracker) -> None:
    for room in ("room", "wall", "window", "shelf", "evening", "dark"):
        source = DemoSource("nobody", background=room, realtime=False)
        frame = source.read()
        assert frame is not None
        assert len(tracker.track(frame.image, 0.0)) == 0, room


def test_parity_stills_are_twelve_poses_in_eight_turns_with_two_hands() -> None:
    stills = parity_stills((64, 48))
    labels = [label for label, _ in stills]
    assert len(labels) == len(set(labels)) == 12 * 8 * 2
