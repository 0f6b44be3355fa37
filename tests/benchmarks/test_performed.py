"""What counts as a false event."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.demo.poses import POSES
from handplay.engine.sources.demo.script import Keyframe, Script, Track
from handplay.gestures.library import builtin_library

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
Load = Callable[[str], Any]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Imports a benchmark as Python does when it is run."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def test_every_pose_of_the_demo_hand_is_judged_by_gestures_that_exist(load: Load) -> None:
    shows = load("performed").SHOWS
    assert shows.keys() == POSES.keys()
    assert frozenset().union(*shows.values()) <= {gesture.name for gesture in builtin_library().gestures}
    for at_ease in ("relaxed", "half", "claw", "flat_c", "pinch_open"):
        assert shows[at_ease] == frozenset()


@pytest.mark.parametrize(
    ("time_s", "poses"),
    [
        pytest.param(0.5, ("relaxed",), id="at rest"),
        pytest.param(1.2, ("relaxed", "fist"), id="on the way"),
        pytest.param(1.7, ("relaxed", "fist"), id="just arrived"),
        pytest.param(1.9, ("fist",), id="held"),
        pytest.param(5.0, ("fist",), id="after the end"),
    ],
)
def test_poses_about_a_moment(load: Load, time_s: float, poses: tuple[str, ...]) -> None:
    keys = (Keyframe(0.0, "relaxed"), Keyframe(1.0, "relaxed"), Keyframe(1.5, "fist"), Keyframe(3.0, "fist"))
    assert load("performed").poses_about(Track(keys), time_s) == poses


def test_a_pose_is_true_if_its_own_hand_shows_it_and_a_movement_never(load: Load) -> None:
    performed = load("performed")
    left, right = (Track((Keyframe(0.0, pose, x, 0.5),), life=0.0) for pose, x in (("fist", 0.2), ("relaxed", 0.8)))
    script = Script("two", "", (left, right), 1.0)
    flat = np.zeros((21, 3), np.float32)
    points = flat + np.array([130, 240, 0], np.float32)
    frame = HandFrame(0, 0.1, 640, 480, hands=(Hand(1, "Right", 0.9, 0.9, points, flat),))
    assert performed.nearest(script, frame.hands[0], frame) is left
    library = builtin_library()
    fist, drag = library.find("fist"), library.find("drag")
    assert performed.shows(fist, ("relaxed", "fist"))
    assert not performed.shows(fist, ("relaxed",))
    assert not performed.shows(drag, ("fist",))


def test_what_the_tracker_saw_is_kept(load: Load, tmp_path: Path) -> None:
    runs = []

    def track() -> Iterator[HandFrame]:
        runs.append(1)
        for number in range(3):
            yield HandFrame(number, number / 30, 640, 480)

    kept = load("kept").kept
    first = [frame.time_s for frame in kept(tmp_path / "here", "one", track)]
    assert [frame.time_s for frame in kept(tmp_path / "here", "one", track)] == pytest.approx(first, abs=1e-5)
    assert len(runs) == 1
    assert len(list(kept(None, "one", track))) == 3
    assert len(runs) == 2
