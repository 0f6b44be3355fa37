"""What the benchmarks count: half points, lost runs, swapped ids, filters."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.sources.demo import HandTruth, render_still

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
Script = Callable[[str], Any]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Imports a benchmark as Python does when it is run."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ([(1, 0.0), (2, 1.0)], 1.5),
        ([(1, 0.0), (2, 0.4), (3, 0.9)], 2.2),
        ([(1, 0.0), (2, 0.2)], None),
        ([(1, 0.7), (2, 1.0)], 1),
        ([(1, 0.0), (2, 0.6), (3, 0.2), (4, 1.0)], 2.5 + 1.5 * 0.1 / 0.6),
    ],
    ids=["straight", "between", "never", "from the start", "one lucky run is pooled"],
)
def test_half_point(script: Script, points: list[tuple[float, float]], wanted: float | None) -> None:
    got = script("judging").half_point(points)
    assert got == (wanted if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize(
    ("seen", "lost"),
    [
        ("111111111111", False),
        ("000111111111", False),
        ("000000000000", True),
        ("111000000000111111111111111111111111111111111111111", True),
        ("110110110110", True),
        ("111110111110", False),
    ],
    ids=["kept", "found late", "never found", "gap of 0.3 s", "two thirds", "five sixths"],
)
def test_when_a_hand_is_lost(script: Script, seen: str, lost: bool) -> None:
    assert script("judging").loss([letter == "1" for letter in seen], 30.0).lost is lost


def truths() -> tuple[HandTruth, HandTruth]:
    _, (left,) = render_still("open_palm", centre=(160, 260), palm_px=80, noise=0)
    _, (right,) = render_still("open_palm", centre=(480, 260), palm_px=80, noise=0)
    return left, replace(right, track=1)


def hand(hand_id: int, truth: HandTruth, side: Handedness | None = None) -> Hand:
    return Hand(hand_id, side or truth.handedness, 0.9, 0.9, truth.landmarks_px, truth.world_m)


def frame(number: int, *hands: Hand) -> HandFrame:
    return HandFrame(number, number / 30, 640, 480, hands=hands)


def judged(script: Script, *frames: HandFrame) -> dict[str, int]:
    judge = script("crossing").Judge((80.0, 80.0))
    for one in frames:
        judge.look(one, truths(), ids=True)
    return dict(judge.counts)


def test_ids_that_stay_are_no_swap(script: Script) -> None:
    a, b = truths()
    counts = judged(script, *(frame(i, hand(1, a), hand(2, b)) for i in range(3)))
    assert {key: counts.get(key, 0) for key in ("swaps", "new_ids", "flips", "id_flips", "doubles")} == dict.fromkeys(
        ("swaps", "new_ids", "flips", "id_flips", "doubles"), 0
    )
    assert counts["seen"] == counts["wanted"] == 6


def test_swapped_ids_are_counted_on_both_hands(script: Script) -> None:
    a, b = truths()
    assert judged(script, frame(0, hand(1, a), hand(2, b)), frame(1, hand(2, a), hand(1, b)))["swaps"] == 2


def test_a_swap_that_is_mended_counts_once(script: Script) -> None:
    a, b = truths()
    right, wrong = (hand(1, a), hand(2, b)), (hand(2, a), hand(1, b))
    counts = judged(script, frame(0, *right), frame(1, *wrong), frame(2, *wrong), frame(3, *right))
    assert (counts["swaps"], counts["wrong_id_frames"], counts.get("new_ids", 0)) == (2, 4, 0)


def test_a_new_id_and_a_flip_are_counted(script: Script) -> None:
    a, b = truths()
    counts = judged(script, frame(0, hand(1, a), hand(2, b)), frame(1, hand(3, a, "Left"), hand(2, b)))
    assert (counts["new_ids"], counts["flips"], counts.get("swaps", 0)) == (1, 1, 0)


def test_two_hands_on_one_are_a_double(script: Script) -> None:
    a, b = truths()
    assert judged(script, frame(0, hand(1, a), hand(2, a), hand(3, b)))["doubles"] == 1


def test_there_are_enough_meetings_and_they_differ(script: Script) -> None:
    cases = script("crossing_scripts").meetings(1)
    assert len(cases) >= 40
    assert len({case.name for case in cases}) == len(cases)
    assert {track.skin for case in cases for track in case.script.tracks} == {0, 2, 3, 5}
    assert [case.name for case in cases] == [case.name for case in script("crossing_scripts").meetings(1)]


@pytest.mark.parametrize("name", ["exponential", "moving_average", "kalman", "mediapipe_pose", "one_euro"])
def test_every_filter_rests_and_arrives(script: Script, name: str) -> None:
    filters = script("filters")
    run = {"one_euro": lambda: filters.one_euro(1.0, 1.0, 1.0), "mediapipe_pose": filters.mediapipe_pose}.get(
        name, lambda: getattr(filters, name)(3)
    )()
    times = np.arange(90) / 30
    points = np.where(times[:, None, None] < 1, 0.0, 1.0) * np.ones((1, 21, 2))
    out = run(times, points, np.full(90, 2.8))
    np.testing.assert_allclose(out[:30], 0, atol=1e-6)
    np.testing.assert_allclose(out[-1], 1, atol=0.08)


def test_lag_of_a_known_delay(script: Script) -> None:
    jitter, clips = script("jitter_lag"), script("jitter_clips")
    times = np.arange(90) / 30
    path = np.sin(2 * np.pi * times)[:, None, None] * np.ones((1, 21, 2))
    late = np.sin(2 * np.pi * (times - 0.04))[:, None, None] * np.ones((1, 21, 2))
    clip = clips.Clip("motion", times, path, path, np.full(90, 2.8))
    assert jitter.Motion([clip]).lag_ms(lambda t, points, roi: late) == pytest.approx(40, abs=2)
