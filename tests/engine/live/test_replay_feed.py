from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handplay.engine.errors import RecordingError
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.live.feed import HandFeed
from handplay.engine.live.replay_feed import ReplayFeed
from handplay.engine.recording import RecordingHeader, RecordingWriter


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Ten frames at 10 a second that begin at 5 s, a hand in each."""
    path = tmp_path / "run.hands.jsonl"
    points = np.zeros((21, 3), np.float32)
    with RecordingWriter(path, RecordingHeader("demo", 640, 480, 10.0)) as writer:
        for index in range(10):
            hand = Hand(1, "Left", 1.0, 1.0, points + index, points)
            writer.write(HandFrame(index, 5.0 + index / 10, 640, 480, hands=(hand,)))
    return path


def play(feed: HandFeed, step_s: float, steps: int) -> list[list[int]]:
    return [[update.hands.frame_index for update in feed.take(step * step_s)] for step in range(steps)]


def test_frames_come_when_they_are_due(recording: Path) -> None:
    feed = ReplayFeed(recording)
    states = [feed.state]
    assert feed.take(1.0) == []
    feed.start()
    states.append(feed.state)
    assert play(feed, 0.05, 5) == [[0], [], [1], [], [2]]
    assert feed.stats().tracked == 3
    assert feed.picture() is None
    assert feed.message == ""
    feed.close()
    states.append(feed.state)
    assert states == ["starting", "running", "closed"]
    assert feed.take(10.0) == []


def test_a_long_step_loses_none_and_the_end_is_the_end(recording: Path) -> None:
    feed = ReplayFeed(recording)
    feed.start()
    updates = feed.take(100.0)
    assert [update.hands.frame_index for update in updates] == list(range(10))
    assert updates[0].posted_s is None
    assert feed.state == "ended"
    assert feed.take(200.0) == []
    feed.close()
    feed.close()


def test_it_replays_identically_whatever_the_steps(recording: Path) -> None:
    seen = []
    for step_s in (1 / 120, 1 / 60, 0.3):
        feed = ReplayFeed(recording)
        feed.start()
        got = [update for step in range(round(1.2 / step_s) + 1) for update in feed.take(step * step_s)]
        seen.append([(update.hands.time_s, update.hands[0].landmarks_px.tobytes()) for update in got])
        feed.close()
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 10


def test_the_header_is_read_before_the_start(recording: Path, tmp_path: Path) -> None:
    feed = ReplayFeed(recording)
    assert (feed.header.source, feed.header.fps) == ("demo", 10.0)
    feed.close()
    with pytest.raises(RecordingError, match="There is no recording"):
        ReplayFeed(tmp_path / "no.hands.jsonl")


def test_a_wrong_line_is_raised_once_after_the_good_ones(recording: Path) -> None:
    lines = recording.read_text().splitlines()
    lines[3] = "{}"
    recording.write_text("\n".join(lines) + "\n")
    feed = ReplayFeed(recording)
    feed.start()
    assert len(feed.take(10.0)) == 2
    assert feed.state == "ended"
    with pytest.raises(RecordingError, match=r"line 4: hands: got nothing"):
        feed.take(10.0)
    assert feed.take(10.0) == []


def test_a_recording_without_frames_ends_at_once(tmp_path: Path) -> None:
    path = tmp_path / "empty.hands.jsonl"
    with RecordingWriter(path, RecordingHeader("demo", 640, 480, 10.0)):
        pass
    feed = ReplayFeed(path)
    feed.start()
    assert feed.state == "ended"
    assert feed.take(1.0) == []
