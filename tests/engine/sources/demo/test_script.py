"""Scripts: keyframes, known speeds, and the table."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine.sources.demo.script import Keyframe, Script, Track, eased, living
from handplay.engine.sources.demo.source import SCRIPTS, DemoSource
from handplay.engine.sources.demo.trials import crossing, placement, sweep


@given(st.floats(-1, 2))
def test_least_jerk_is_symmetric_and_stays_within(t: float) -> None:
    assert 0 <= eased(t) <= 1
    assert eased(t) + eased(1 - t) == pytest.approx(1)


def test_a_hand_is_at_its_keyframes() -> None:
    keys = (Keyframe(0, "fist", 0.2), Keyframe(1, "point", 0.8, palm=0.3), Keyframe(2, "open_palm", 0.5))
    track = Track(keys)
    for key in keys:
        moment = track.at(key.time_s)
        assert moment.pose == key.pose
        assert (moment.x, moment.palm) == pytest.approx((key.x, key.palm))
    assert track.at(-5).x == 0.2
    assert track.at(99).x == 0.5
    assert track.at(0.5).x == pytest.approx(0.5)


def test_hold_stays_then_jumps() -> None:
    track = Track((Keyframe(0, x=0.2, ease="hold"), Keyframe(1, x=0.8)))
    assert track.at(0.999).x == 0.2
    assert track.at(1.0).x == 0.8


@pytest.mark.parametrize("times", [(0.0, 0.0), (1.0, 0.5)])
def test_keyframes_must_follow_each_other(times: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"Track.keys.*each later"):
        Track(tuple(Keyframe(t) for t in times))
    with pytest.raises(ValueError, match=r"Track.keys"):
        Track(())


def test_a_script_lasts() -> None:
    with pytest.raises(ValueError, match=r"duration_s: got 0"):
        Script("x", "", (), 0)


def test_sway_is_small_and_can_be_switched_off() -> None:
    still = Track((Keyframe(0.0),)).at(0)
    assert living(still, 1.0, 0, 0) is still
    moved = [living(still, t, 0, 1.0) for t in np.linspace(0, 9, 200)]
    reach = max(np.hypot(m.x - still.x, m.y - still.y) for m in moved) / still.palm
    assert 0.005 < reach < 0.08


@pytest.mark.parametrize("speed", [2.0, 10.0])
def test_a_sweep_has_the_speed_it_says(speed: float) -> None:
    palm, size = 0.16, (1280, 720)
    script = sweep(speed, palm=palm)
    source = DemoSource(script=script, width=size[0], height=size[1], realtime=False)
    rest = 1.0
    views = [source.views(rest + 0.02 + i / 1000)[0] for i in range(20)]
    steps = [
        np.hypot(b.centre_px[0] - a.centre_px[0], b.centre_px[1] - a.centre_px[1]) for a, b in itertools.pairwise(views)
    ]
    np.testing.assert_allclose(np.array(steps) * 1000 / (palm * size[1]), speed, rtol=0.01)
    with pytest.raises(ValueError, match=r"speed_palms_s: got 0"):
        sweep(0)


def test_a_placement_is_where_and_as_large_as_it_says() -> None:
    script = placement(300, 200, 30, (1280, 720), pose="stop")
    source = DemoSource(script=script, width=1280, height=720, realtime=False)
    frame = source.read()
    assert frame is not None
    (truth,) = source.truth()
    assert truth.palm_px == pytest.approx(30, rel=0.06)
    centre = (truth.landmarks_px[0, :2] + truth.landmarks_px[9, :2]) / 2
    np.testing.assert_allclose(centre, (300, 200), atol=3)


def test_crossing_hands_cover_each_other_and_keep_their_numbers() -> None:
    script = crossing(duration_s=2.0)
    source = DemoSource(script=script, fps=10, realtime=False, frames=int(script.duration_s * 10))
    covered, sides = 0, set()
    while source.read() is not None:
        truths = source.truth()
        sides |= {(t.track, t.handedness) for t in truths}
        covered = max(covered, *(int(t.covered.sum()) for t in truths))
    assert sides == {(0, "Right"), (1, "Left")}
    assert covered >= 8


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_plays(name: str) -> None:
    source = DemoSource(name, width=160, height=120, fps=2, realtime=False, frames=6)
    frames = list(iter(source.read, None))
    assert [frame.index for frame in frames if frame] == [0, 1, 2, 3, 4, 5]
    assert source.script.name == name


def test_the_tour_moves_smoothly() -> None:
    source = DemoSource("demo", realtime=False)
    places = np.array([[v.centre_px for v in source.views(i / 60)] for i in range(1200)])
    assert np.abs(np.diff(places, axis=0)).max() < 60  # pixels in a 60th of a second
