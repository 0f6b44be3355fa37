"""`handplay gestures explain` on the demo hand, on a recording, and where there is nothing to explain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handplay.engine.recording import RecordingHeader, RecordingWriter
from handplay.engine.sources.spec import open_source

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def fist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of the demo hand's fist, tracked."""
    from handplay.engine.tracking.tracker import HandTracker

    path = tmp_path_factory.mktemp("explain") / "fist.hands.jsonl"
    source = open_source("demo:pose=fist")
    info = source.info
    with (
        HandTracker(1) as tracker,
        RecordingWriter(path, RecordingHeader(info.name, info.width, info.height, info.fps)) as writer,
    ):
        for _ in range(30):
            frame = source.read()
            assert frame is not None
            writer.write(tracker.track(frame.image, frame.time_s))
    source.close()
    return path


def test_one_frame(handplay: Run, fist: Path) -> None:
    told = handplay("gestures", "explain", "palm", "--source", fist, "--frame", 20)
    assert (told.code, told.err) == (0, "")
    assert "frame 20, right hand 1: " in told.out
    assert "conditions fail: " in told.out
    assert "index extended" in told.out
    assert "too much" in told.out


def test_at_a_time_as_json(handplay: Run, fist: Path) -> None:
    told = handplay("gestures", "explain", "open_palm", "--source", fist, "--at", 0.5, "--json")
    (one,) = json.loads(told.out)
    assert (one["gesture"], one["on"], one["hand_id"]) == ("open_palm", False, 1)
    assert one["time_s"] == pytest.approx(0.5, abs=0.04)
    assert "index extended" in one["failing"]
    row = next(row for row in one["conditions"] if row["condition"] == "index extended")
    assert row["measured"] > row["high"] > 0
    assert row["off"] == pytest.approx(row["measured"] - row["high"], abs=1e-3)


def test_a_whole_recording_ends_with_a_tally(handplay: Run, fist: Path) -> None:
    told = handplay("gestures", "explain", "fist", "--source", fist)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert any(line.endswith("s.") and "It is on for" in line for line in lines)
    assert any(line.startswith("fist began 1 time in ") for line in lines)
    told = handplay("gestures", "explain", "open_palm", "--source", fist)
    assert "  index extended failed in " in told.out


def test_every_frame_as_json_lines(handplay: Run, fist: Path) -> None:
    told = handplay("gestures", "explain", "fist", "--source", fist, "--json")
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert len(rows) == 30
    assert rows[-1][0]["phase"] == "on"


def test_a_gesture_of_ones_own_on_the_demo_hand(handplay: Run, tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text('{"version": 1, "gestures": [{"name": "up", "fingers": {"index": "extended"}}]}', encoding="utf-8")
    told = handplay("gestures", "explain", "up", "--source", "demo:pose=fist", "--gestures", path, "--duration", 0.4)
    assert (told.code, told.err) == (0, "")
    assert "index extended" in told.out
    assert "up began 0 times in " in told.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["fsit"], 1, "no gesture has the name 'fsit'; did you mean 'fist'?"),
        (["fist", "--frame", "1", "--at", "2"], 2, "--frame and --at exclude each other"),
        (["fist", "--frame", "99"], 1, "has no such frame: it ends after 30"),
        (["fist", "--source", "none.hands.jsonl"], 1, "There is no recording none.hands.jsonl"),
        (["fist", "--source", "none.mp4"], 1, "none.mp4"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_explained(handplay: Run, fist: Path, arguments: list[str], code: int, message: str) -> None:
    source = [] if "--source" in arguments else ["--source", str(fist)]
    told = handplay("gestures", "explain", *arguments, *source)
    assert told.code == code
    assert message in told.err


def test_no_hand(handplay: Run, tmp_path: Path) -> None:
    from handplay.engine.hands import HandFrame

    path = tmp_path / "empty.hands.jsonl"
    with RecordingWriter(path, RecordingHeader("nothing", 640, 480, 30.0)) as writer:
        for index in range(20):
            writer.write(HandFrame(index, index / 30, 640, 480))
    told = handplay("gestures", "explain", "fist", "--source", path)
    assert "0.00 s: no hand is seen" in told.out
    assert told.out.endswith("fist began 0 times: no hand was seen.\n")


def test_what_began_instead_is_counted_at_the_end(handplay: Run, tmp_path: Path) -> None:
    row = {"name": "brush", "kind": "motion", "path": "left", "pose": "open_palm"}
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"version": 1, "gestures": [row]}), encoding="utf-8")
    source = ("--source", "demo:swipe_left", "--duration", 2)
    told = handplay("gestures", "explain", "swipe_left", "--gestures", own, *source)
    assert told.code == 0
    assert "swipe_left began 0 times" in told.out
    assert told.out.rstrip().endswith("  brush began 1 time in its place")
