from __future__ import annotations

import dataclasses
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from handplay.engine.errors import OutputError, RecordingError
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.recording import RecordedFrame, RecordingHeader, RecordingWriter, read_recording
from handplay.engine.recording_rows import frame_row, parse_frame
from handplay.gestures.reading import FingerState, HandReading

HEADER = RecordingHeader("camera 0", 1280, 720, 30.0)
FINGERS: tuple[FingerState, FingerState, FingerState, FingerState, FingerState] = (
    "extended",
    "half",
    "curled",
    "unknown",
    "extended",
)


def make_hand(hand_id: int = 1, offset: float = 0.0) -> Hand:
    points = np.arange(63, dtype=np.float32).reshape(21, 3)
    return Hand(hand_id, "Right", 0.98, 0.99, points + offset, points / 1000)


def make_frame(index: int = 0, time_s: float = 0.0, hands: tuple[Hand, ...] = ()) -> HandFrame:
    return HandFrame(index, time_s, 1280, 720, hands=hands)


def make_reading(hand_id: int = 1) -> HandReading:
    return HandReading(hand_id, FINGERS, (0.0, 0.5, 1.0, 0.25, 0.125), 0.75, 0.5, ("open_palm",))


def record(path: Path, *frames: HandFrame) -> list[str]:
    with RecordingWriter(path, HEADER) as writer:
        for frame in frames:
            writer.write(frame, [make_reading(hand.hand_id) for hand in frame])
    return path.read_text().splitlines()


def rewrite(path: Path, line: int, **changes: Any) -> None:
    """Changes fields of one line (0 is the header); a field of a hand is named hand_FIELD."""
    lines = path.read_text().splitlines()
    row = json.loads(lines[line])
    for name, value in changes.items():
        target = row["hands"][0] if name.startswith("hand_") else row
        target[name.removeprefix("hand_")] = value
    lines[line] = json.dumps(row)
    path.write_text("\n".join(lines) + "\n")


scores = st.integers(0, 10000).map(lambda value: value / 10000)
points_px = hnp.arrays(np.float32, (21, 3), elements=st.floats(-5000, 5000, width=32))
points_m = hnp.arrays(np.float32, (21, 3), elements=st.floats(-1, 1, width=32))


@st.composite
def recorded_frames(draw: st.DrawFn) -> RecordedFrame:
    ids = draw(st.lists(st.integers(0, 9), unique=True, max_size=2))
    hands = tuple(
        Hand(i, draw(st.sampled_from(["Left", "Right"])), draw(scores), draw(scores), draw(points_px), draw(points_m))
        for i in ids
    )
    states: st.SearchStrategy[FingerState] = st.sampled_from(["extended", "half", "curled", "unknown"])
    readings = tuple(
        HandReading(
            i,
            draw(st.tuples(states, states, states, states, states)),
            draw(st.tuples(scores, scores, scores, scores, scores)),
            draw(scores),
            draw(scores),
            tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
        )
        for i in ids
        if draw(st.booleans())
    )
    file = draw(st.none() | st.text(max_size=8))
    size = (draw(st.integers(1, 4000)), draw(st.integers(1, 4000))) if file is not None else (1280, 720)
    time_s = draw(st.integers(0, 10**9)) / 1e6
    return RecordedFrame(HandFrame(draw(st.integers(0, 10**6)), time_s, *size, False, hands), readings, file)


@settings(max_examples=60, deadline=None)
@given(recorded_frames())
def test_a_row_there_and_back_is_the_same(frame: RecordedFrame) -> None:
    again = parse_frame(json.loads(json.dumps(frame_row(frame))), HEADER)
    assert again.file == frame.file
    assert again.readings == frame.readings
    for name in ("frame_index", "time_s", "width", "height", "mirrored"):
        assert getattr(again.hands, name) == getattr(frame.hands, name)
    assert len(again.hands) == len(frame.hands)
    for got, wanted in zip(again.hands, frame.hands, strict=True):
        for name in ("hand_id", "handedness", "handedness_score", "presence"):
            assert getattr(got, name) == getattr(wanted, name)
        np.testing.assert_allclose(got.landmarks_px, wanted.landmarks_px, rtol=1e-6, atol=5.1e-4)
        np.testing.assert_allclose(got.world_m, wanted.world_m, rtol=1e-6, atol=5.1e-7)


def test_the_lines_are_as_the_format_says(tmp_path: Path) -> None:
    lines = record(tmp_path / "a.hands.jsonl", make_frame(3, 100.5, (make_hand(),)), make_frame(4, 100.54))
    header, row, empty = (json.loads(line) for line in lines)
    assert header == {
        "format": "handplay-hands",
        "version": 1,
        "source": "camera 0",
        "width": 1280,
        "height": 720,
        "fps": 30.0,
        "mirrored": False,
    }
    assert (row["frame"], row["time_s"]) == (3, 0.0)
    assert empty == {"frame": 4, "time_s": 0.04, "hands": []}
    hand = row["hands"][0]
    assert list(hand) == [
        "id", "handedness", "handedness_score", "presence", "landmarks_px", "world_m",
        "fingers", "curl", "pinch", "grab", "gestures",
    ]  # fmt: skip
    assert hand["fingers"] == dict(zip(["thumb", "index", "middle", "ring", "pinky"], FINGERS, strict=True))
    assert hand["landmarks_px"][1] == [3.0, 4.0, 5.0]
    assert hand["world_m"][1] == [0.003, 0.004, 0.005]


def test_numbers_are_short(tmp_path: Path) -> None:
    lines = record(tmp_path / "a.hands.jsonl", make_frame(hands=(make_hand(offset=1 / 3),)))
    assert "[0.333,1.333,2.333]" in lines[1]


def test_reading_back_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    record(path, make_frame(0, 7.0, (make_hand(),)), make_frame(1, 7.1), make_frame(2, 7.2, (make_hand(),)))
    header, frames = read_recording(path)
    rows = list(frames)
    assert header == HEADER
    assert [row.hands.time_s for row in rows] == [0.0, 0.1, 0.2]
    assert [len(row.hands) for row in rows] == [1, 0, 1]
    assert rows[2].readings == (make_reading(),)


def test_rows_of_a_folder_carry_file_and_size(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    with RecordingWriter(path, dataclasses.replace(HEADER, width=0, height=0)) as writer:
        writer.write(HandFrame(0, 0.0, 640, 480), file="a.jpg")
    assert json.loads(path.read_text().splitlines()[1]) == {
        "frame": 0, "time_s": 0.0, "file": "a.jpg", "width": 640, "height": 480, "hands": [],
    }  # fmt: skip
    _, frames = read_recording(path)
    (row,) = frames
    assert (row.file, row.hands.width, row.hands.height) == ("a.jpg", 640, 480)


@pytest.mark.parametrize("keep", [1, 20, -2, -40], ids=["a byte", "begin", "all but the brace", "middle"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n"], ids=["bare", "newline", "two newlines"])
def test_a_cut_last_line_is_left_out(tmp_path: Path, keep: int, end: str) -> None:
    path = tmp_path / "a.hands.jsonl"
    lines = record(path, make_frame(0), make_frame(1, 0.1), make_frame(2, 0.2, (make_hand(),)))
    path.write_text("\n".join([*lines[:-1], lines[-1][:keep]]) + end)
    _, frames = read_recording(path)
    assert [row.hands.frame_index for row in frames] == [0, 1]


def test_a_last_line_without_newline_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    path.write_text("\n".join(record(path, make_frame(0), make_frame(1, 0.1))))
    assert len(list(read_recording(path)[1])) == 2


BAD_HEADERS = {
    "empty": ("", "is empty"),
    "not json": ("hello\n", "line 1: not a whole line of JSON"),
    "other json": ('{"version": 1}\n', "it is no recording of hands"),
    "a list": ("[1]\n", "it is no recording of hands"),
    "other version": ('{"format": "handplay-hands", "version": 2}\n', "version: got 2, this program reads version 1"),
    "no width": ('{"format": "handplay-hands", "version": 1, "source": "a"}\n', "width: got nothing, wanted a whole"),
    "nested": ("[" * 100000 + "\n", "line 1: not a whole line of JSON"),
    "binary": ("\x00\x01\n", "line 1: not a whole line of JSON"),
}


@pytest.mark.parametrize(("text", "sentence"), BAD_HEADERS.values(), ids=BAD_HEADERS)
def test_a_foreign_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "a.hands.jsonl"
    path.write_text(text)
    with pytest.raises(RecordingError, match=sentence):
        read_recording(path)


BAD_ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "no hands": ({"hands": None}, "hands: got nothing, wanted a list"),
    "NaN": ({"hand_presence": float("nan")}, "NaN is not a number"),
    "infinite": ({"hand_pinch": float("inf")}, "Infinity is not a number"),
    "NaN point": ({"hand_world_m": [[float("nan")] * 3] * 21}, "NaN is not a number"),
    "shape": ({"hand_landmarks_px": [[0.0, 0.0, 0.0]] * 20}, r"hands\[0\].landmarks_px: wanted 21 points of 3 numbers"),
    "ragged": ({"hand_landmarks_px": [[0.0]] + [[0.0, 0.0, 0.0]] * 20}, "landmarks_px: wanted 21 points"),
    "words": ({"hand_world_m": [["a", "b", "c"]] * 21}, "world_m: wanted 21 points"),
    "huge": ({"hand_world_m": [[1e200] * 3] * 21}, "absurdly large"),
    "handedness": ({"hand_handedness": "both"}, 'handedness: got \'both\', wanted "Left" or "Right"'),
    "presence": ({"hand_presence": 1.5}, "presence: got 1.5, wanted a number from 0 to 1"),
    "id": ({"hand_id": -1}, "id: got -1, wanted a whole number"),
    "true is no number": ({"frame": True}, "frame: got True"),
    "finger word": ({"hand_fingers": {"thumb": "bent"}}, "fingers.thumb: got 'bent', wanted one of extended"),
    "curl": ({"hand_curl": [0.0]}, "curl: got .* wanted 5 numbers"),
    "gestures": ({"hand_gestures": "fist"}, "gestures: got 'fist', wanted a list"),
    "time goes back": ({"time_s": -1.0}, "time_s: goes back from 0.0 to -1.0"),
}


@pytest.mark.parametrize(("changes", "sentence"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_wrong_row_is_refused_by_file_and_line(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    path = tmp_path / "a.hands.jsonl"
    record(path, make_frame(0), make_frame(1, 0.1, (make_hand(),)))
    rewrite(path, 2, **changes)
    _, frames = read_recording(path)
    assert next(frames).hands.frame_index == 0
    with pytest.raises(RecordingError, match=rf"a\.hands\.jsonl, line 3: .*{sentence}"):
        next(frames)


def test_the_same_hand_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    record(path, make_frame(0, 0.0, (make_hand(1), make_hand(1))))
    with pytest.raises(RecordingError, match=r"hands\[1\].id: 1 is there twice"):
        list(read_recording(path)[1])


def test_a_broken_line_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    lines = record(path, make_frame(0), make_frame(1, 0.1))
    path.write_text("\n".join([lines[0], lines[1][:10], lines[2]]) + "\n")
    with pytest.raises(RecordingError, match="line 2: not a whole line of JSON"):
        list(read_recording(path)[1])


@pytest.mark.parametrize(("name", "sentence"), [("no.hands.jsonl", "There is no recording"), ("", "it is a folder")])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(RecordingError, match=sentence):
        read_recording(tmp_path / name)


def test_nothing_stands_at_the_name_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.hands.jsonl"
    writer = RecordingWriter(path, HEADER)
    writer.write(make_frame())
    assert not path.exists()
    writer.commit()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.hands.jsonl"]
    with pytest.raises(ValueError, match="this recording is closed"):
        writer.write(make_frame())


def test_an_exception_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with RecordingWriter(tmp_path / "a.hands.jsonl", HEADER) as writer:
            writer.write(make_frame())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_is_not_finite_is_not_written(tmp_path: Path) -> None:
    bad = dataclasses.replace(make_hand(), presence=float("nan"))
    writer = RecordingWriter(tmp_path / "a.hands.jsonl", HEADER)
    with pytest.raises(ValueError, match="not JSON compliant"):
        writer.write(make_frame(hands=(bad,)))
    writer.discard()


def test_a_stream_gets_each_line_at_once() -> None:
    stream = io.StringIO()
    writer = RecordingWriter(stream, HEADER)
    writer.write(make_frame())
    assert len(stream.getvalue().splitlines()) == 2
    writer.discard()
    assert not stream.closed


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are POSIX")
def test_a_pipe_gets_each_line_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.hands.jsonl"
    os.mkfifo(pipe)
    got: list[str] = []
    arrived = threading.Event()

    def read() -> None:
        with open(pipe) as stream:
            got.append(stream.readline())
            got.append(stream.readline())
        arrived.set()

    reader = threading.Thread(target=read)
    reader.start()
    writer = RecordingWriter(pipe, HEADER)
    writer.write(make_frame())
    assert arrived.wait(5)
    reader.join(5)
    assert '"hands":[]' in got[1]
    with pytest.raises(OutputError, match="the program that reads it has ended"):
        writer.write(make_frame())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("width", -1, "wanted pixels from 0 up"), ("fps", float("nan"), "wanted a number from 0 up")],
)
def test_a_header_is_checked(field: str, value: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        dataclasses.replace(HEADER, **{field: value})  # type: ignore[arg-type]  # the wrong value is the point
