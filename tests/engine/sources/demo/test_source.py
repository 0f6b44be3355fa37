"""The demo as a camera: names, options, pacing, endings, steering."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest

from handplay.engine import DemoSource
from handplay.engine.errors import SourceMissing
from handplay.engine.hands import FINGER_LANDMARKS
from handplay.engine.sources.base import Steerable, Wish

SMALL = {"width": 160, "height": 120}


class Clock:
    """Time that passes only in sleep, and while a frame is drawn."""

    def __init__(self, drawing_s: float = 0.0) -> None:
        self.now_s = 100.0
        self.slept: list[float] = []
        self.drawing_s = drawing_s

    def time(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds + 0.0004  # a sleep is always a little long


def test_is_a_camera_that_a_game_can_lead() -> None:
    source = DemoSource("pong")
    assert isinstance(source, Steerable)
    info = source.info
    assert (info.name, info.kind, info.width, info.height, info.fps) == ("demo:pong", "live", 640, 480, 30.0)
    assert (info.frame_count, info.mirrored) == (None, False)
    assert DemoSource("", realtime=False).info.kind == "video"
    assert DemoSource("demo:demo").info.name == "demo"


@pytest.mark.parametrize(
    "name",
    ["demo:poses?size=320x240&fps=15&seed=3&skin=5&frames=2&background=wall", "poses?size=320X240&fps=15&frames=2"],
)
def test_options_behind_the_name(name: str) -> None:
    source = DemoSource(name, realtime=False)
    frames = list(iter(source.read, None))
    assert len(frames) == 2
    frame = frames[1]
    assert frame is not None
    assert frame.image.shape == (240, 320, 3)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    assert frame.time_s == pytest.approx(1 / 15)
    assert source.info.frame_count == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("demo:pnog", r"no demo called 'pnog'; there are demo, poses, pong.*Did you mean 'demo:pong'"),
        ("demo:zzzzz", r"no demo called 'zzzzz'"),
        ("demo?sise=3x4", r"'sise' is none of size, fps"),
        ("demo?fps=fast", r"fps: 'fast' cannot be read"),
        ("demo?size=64", r"size: '' cannot be read"),
        ("demo?size=5x5", r"width: got 5, wanted 16 to 4096"),
        ("demo?fps=0", r"fps: got 0.0, wanted more than 0"),
        ("demo?background=cave", r"background: got 'cave', wanted one of room"),
        ("demo?mirrored=maybe", r"mirrored: 'maybe' cannot be read"),
    ],
    ids=str,
)
def test_wrong_names_and_options_are_told(name: str, message: str) -> None:
    with pytest.raises(SourceMissing, match=message):
        DemoSource(name)


def test_frames_repeat_bit_for_bit() -> None:
    def play(seed: int) -> list[bytes]:
        source = DemoSource("demo", seed=seed, fps=4, realtime=False, frames=8, **SMALL)  # type: ignore[arg-type]  # sizes
        return [frame.image.tobytes() for frame in iter(source.read, None) if frame]

    assert play(1) == play(1)
    assert play(1) != play(2)


def test_the_pacing_neither_drifts_nor_bunches() -> None:
    clock = Clock()
    source = DemoSource("nobody", fps=30, clock=clock.time, sleep=clock.sleep, frames=300, **SMALL)  # type: ignore[arg-type]  # sizes
    frames = [frame for frame in iter(source.read, None) if frame]
    assert [frame.index for frame in frames] == list(range(300))
    late = np.array([frame.time_s - (100.0 + frame.index / 30) for frame in frames])
    assert late.min() >= 0
    assert late.max() < 0.001


def test_frames_that_nobody_waited_for_are_gone() -> None:
    clock = Clock()
    source = DemoSource("nobody", fps=30, clock=clock.time, sleep=clock.sleep, **SMALL)  # type: ignore[arg-type]  # sizes
    assert [source.read().index for _ in range(2)] == [0, 1]  # type: ignore[union-attr]  # endless
    clock.now_s += 1.0
    frame = source.read()
    assert frame is not None
    assert frame.index == 31
    assert frame.time_s >= 100 + 31 / 30


def test_truth_belongs_to_the_last_frame_and_bones_never_stretch() -> None:
    source = DemoSource("demo", fps=3, realtime=False, frames=60, **SMALL)  # type: ignore[arg-type]  # sizes
    assert source.truth() == ()
    edges = [pair for chain in FINGER_LANDMARKS.values() for pair in itertools.pairwise(chain)]
    rows, seen = [], set()
    while source.read() is not None:
        truths = source.truth()
        assert [t.handedness for t in truths] == ["Right", "Left"]
        for truth in truths:
            rows.append([np.linalg.norm(truth.world_m[a] - truth.world_m[b]) for a, b in edges])
            seen |= {truth.pose} if truth.visible else set()
    assert np.ptp(np.array(rows), axis=0).max() < 1e-5  # metres
    assert {"open_palm", "victory", "point", "ok", "thumbs_up"} <= seen


def test_a_selfie_view_is_the_mirror_image_of_the_same_hand() -> None:
    plain = DemoSource("poses", realtime=False)
    selfie = DemoSource("poses?mirrored=1", realtime=False)
    a, b = plain.read(), selfie.read()
    assert a is not None
    assert b is not None
    assert selfie.info.mirrored
    np.testing.assert_array_equal(a.image[:, ::-1], b.image)
    (right,), (same,) = plain.truth(), selfie.truth()
    assert same.handedness == right.handedness == "Right"
    np.testing.assert_allclose(640 - same.landmarks_px[:, 0], right.landmarks_px[:, 0], atol=1e-3)


def test_close_ends_a_read_that_waits() -> None:
    source = DemoSource("still?fps=0.05", **SMALL)  # type: ignore[arg-type]  # sizes
    assert source.read() is not None
    results: list[object] = []
    reader = threading.Thread(target=lambda: results.append(source.read()), daemon=True)
    reader.start()
    source.close()
    source.close()
    reader.join(5)
    assert results == [None]
    assert source.read() is None


def test_a_steered_hand_goes_where_it_is_wished() -> None:
    source = DemoSource("pong", fps=60, realtime=False)
    for _ in range(120):
        source.views(_ / 60)
    places = []
    for i in range(120, 300):
        source.steer((Wish(0.8, 0.3, "point", "Right"),))
        places.append(source.views(i / 60)[0].centre_px)
    assert places[-1] == pytest.approx((0.2 * 640, 0.3 * 480), abs=8)
    assert source.views(299.5 / 60)[0].pose == "point"
    assert np.abs(np.diff(np.array(places), axis=0)).max() < 3.5 * 480 / 60 * 1.3
    for i in range(300, 400):
        source.steer((Wish(0.8, 0.3, "away", "Right"),))
        y = source.views(i / 60)[0].centre_px[1]
    assert y > 640


def test_wishes_for_hands_and_poses_that_are_not_there_change_nothing() -> None:
    for script in ("pong", "poses"):
        led, free = DemoSource(script, realtime=False), DemoSource(script, realtime=False)
        led.steer((Wish(0.1, 0.1, "no_such_pose", "Right"), Wish(0.1, 0.1, "fist", "Left")))
        if script == "poses":
            led.steer((Wish(0.1, 0.1, "fist", "Right"),))
        assert led.views(1.0)[0].centre_px == free.views(1.0)[0].centre_px


def test_a_pose_can_be_named_in_place_of_a_script() -> None:
    demo = DemoSource("demo:pose=gun?frames=1&size=160x120", realtime=False)
    assert demo.info.name == "demo:pose=gun"
    assert demo.read() is not None
    assert demo.truth()[0].pose == "gun"
    with pytest.raises(SourceMissing, match="did you mean 'gun'"):
        DemoSource("demo:pose=gunn", realtime=False)
