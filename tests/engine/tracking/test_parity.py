"""The reference mode against MediaPipe 0.10.21 on the same stills, and the outside anchors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from handplay.engine import HandTracker
from handplay.engine.parity import Parity
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.base import Image

MEDIAN, P95 = 0.002, 0.01
"""Largest errors allowed, palm lengths."""

pytest.importorskip("mediapipe", reason="the reference needs mediapipe 0.10.21, which this Python has no wheel for")
# MediaPipe's own code makes Python and protobuf warn.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


@pytest.fixture(scope="module")
def ours() -> Iterator[HandTracker]:
    with HandTracker(2, mode="still", plain=True) as tracker:
        yield tracker


@pytest.fixture(scope="module")
def theirs() -> Iterator[MediaPipeHands]:
    with MediaPipeHands(2, still=True) as tracker:
        yield tracker


def agree(parity: Parity, at_least: int) -> None:
    report = parity.report()
    assert len(parity.errors["xy"]) >= at_least, report
    assert parity.only_ours == []
    assert parity.only_theirs == []
    assert parity.other_side == []
    for name in ("xy", "z", "world", "score"):
        spread = parity.spread(name)
        assert spread["median"] <= MEDIAN, (name, report)
        assert spread["p95"] <= P95, (name, report)


def test_demo_hand_in_all_poses_and_turns(ours: HandTracker, theirs: MediaPipeHands) -> None:
    from handplay.engine.sources.demo.stills import parity_stills

    parity = Parity()
    for label, image in parity_stills():
        parity.add(label, ours.track(image), theirs.track(image))
    assert parity.pictures >= 12 * 8 * 2
    agree(parity, at_least=160)


def photographs(folder: Path) -> list[Image]:
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
    return [read(path) for path in files]


def read(path: Path) -> Image:
    image = cv2.imread(str(path))
    assert image is not None, path
    return np.asarray(image, np.uint8)


@pytest.mark.parametrize("folder", ["ti1k", "counting", "far", "gestures"])
def test_photographs(folder: str, real_data: Path, ours: HandTracker, theirs: MediaPipeHands) -> None:
    parity = Parity()
    for image in photographs(real_data / "photos" / folder):
        parity.add(folder, ours.track(image), theirs.track(image))
    agree(parity, at_least=50)


def test_handedness_is_the_persons_own(real_data: Path, ours: HandTracker) -> None:
    image = read(real_data / "clips" / "asl" / "hands.jpg")
    assert [hand.handedness for hand in ours.track(image)] == ["Left", "Left"]
    with HandTracker(2, mode="still", plain=True, mirrored=True) as mirrored:
        flipped = np.ascontiguousarray(image[:, ::-1])
        assert [hand.handedness for hand in mirrored.track(flipped)] == ["Left", "Left"]


def test_raw_tracking_follows_the_published_landmarks(real_data: Path) -> None:
    folder = real_data / "clips" / "asl"
    published = np.array(json.loads((folder / "asl_hand.full.json").read_text(encoding="utf-8")))
    clip = cv2.VideoCapture(str(folder / "asl_hand.25fps.mp4"))
    errors = []
    with HandTracker(1, smooth=False) as tracker:
        for number, wanted in enumerate(published):
            (hand,) = tracker.track(np.asarray(clip.read()[1], np.uint8), number / 25)
            moved = hand.landmarks_px[:, :2] - wanted[:, :2]
            errors.append(np.hypot(*moved.T) / np.hypot(*(wanted[9, :2] - wanted[0, :2])))
    assert len(errors) == 325
    assert np.median(errors) <= MEDIAN
    assert np.percentile(errors, 95) <= P95
