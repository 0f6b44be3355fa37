"""`handplay track`: what is written, when, and what is left when it ends early."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from handplay.cli.track_run import RunResult, Sinks, run_tracking
from handplay.engine.errors import SourceUnreadable, StageError
from handplay.engine.hands import HandFrame
from handplay.engine.sources.base import Frame, Image, SourceInfo

Handplay = Callable[..., Any]


def picture(path: Path, width: int = 64, height: int = 48, value: int = 200) -> Path:
    path.parent.mkdir(exist_ok=True)
    cv2.imwrite(str(path), np.full((height, width, 3), value, np.uint8))
    return path


def clip(path: Path, frames: int = 10) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (64, 48))
    for _ in range(frames):
        writer.write(np.full((48, 64, 3), 200, np.uint8))
    writer.release()
    return path


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def read(path: Path) -> list[dict[str, Any]]:
    return rows(path.read_text(encoding="utf-8"))


pytestmark = pytest.mark.usefixtures("stand_in")


def test_a_clip_gives_a_row_for_every_frame(handplay: Handplay, tmp_path: Path) -> None:
    source, out = clip(tmp_path / "clip.avi"), tmp_path / "out.hands.jsonl"
    told = handplay("track", source, "-o", out)
    assert told.code == 0, told.err
    header, *frames = read(out)
    assert header["format"] == "handplay-hands"
    assert (header["source"], header["width"], header["height"], header["fps"]) == ("clip.avi", 64, 48, 25.0)
    assert [row["frame"] for row in frames] == list(range(10))
    assert [row["time_s"] for row in frames] == pytest.approx([n / 25 for n in range(10)], abs=1e-3)
    assert set(frames[0]["hands"][0]["fingers"]) == {"thumb", "index", "middle", "ring", "pinky"}
    assert told.out.startswith("clip.avi: 10 frames, a hand in 10 (100%)")
    assert str(out) in told.out
    assert sorted(os.listdir(tmp_path)) == ["clip.avi", "out.hands.jsonl"]


def test_any_name_will_do_but_only_one_can_be_played_back(handplay: Handplay, tmp_path: Path) -> None:
    told = handplay("track", clip(tmp_path / "clip.avi"), "-o", tmp_path / "out.jsonl")
    assert told.code == 0
    assert len(read(tmp_path / "out.jsonl")) == 11
    assert "out.jsonl does not end in .hands.jsonl: rename it to play it back with --source." in told.err
    told = handplay("track", tmp_path / "clip.avi", "-o", tmp_path / "out.hands.jsonl")
    assert "rename" not in told.err


def test_stdout_is_the_recording_and_nothing_else(handplay: Handplay, tmp_path: Path) -> None:
    told = handplay("track", clip(tmp_path / "clip.avi"), "-o", "-", "--max-frames", 3)
    assert told.code == 0
    assert len(rows(told.out)) == 4
    assert "3 frames" in told.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        sinks = Sinks(SourceInfo("x", "video", 64, 48, 25.0), output=pipe, overlay=None, display=False)
        with sinks:
            sinks.put(Frame(0, 0.0, np.zeros((48, 64, 3), np.uint8)), HandFrame(0, 0.0, 64, 48), ())
            sinks.commit()
        out, _ = reader.communicate(timeout=20)
    assert len(rows(out)) == 2
    assert pipe.is_fifo()


def test_a_folder_names_its_files_and_skips_what_cannot_be_read(handplay: Handplay, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    picture(folder / "a2.png", 64, 48)
    picture(folder / "a10.png", 80, 120, value=0)
    (folder / "a3.jpg").write_bytes(b"not a picture")
    out, video = tmp_path / "out.hands.jsonl", tmp_path / "out.mp4"
    told = handplay("track", folder, "-o", out, "--overlay", video)
    assert told.code == 1
    assert "a3.jpg" in told.err
    frames = read(out)[1:]
    assert [(row["file"], row["width"], row["height"]) for row in frames] == [("a2.png", 64, 48), ("a10.png", 80, 120)]
    assert [len(row["hands"]) for row in frames] == [1, 0]
    assert "2 frames, a hand in 1 (50%)" in told.out
    capture = cv2.VideoCapture(str(video))
    assert capture.get(cv2.CAP_PROP_FRAME_WIDTH) == 64
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == 2


def test_a_folder_without_one_good_picture_writes_nothing(handplay: Handplay, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(b"not a picture")
    told = handplay("track", folder, "-o", tmp_path / "out.hands.jsonl")
    assert told.code == 1
    assert "a.jpg" in told.err
    assert os.listdir(tmp_path) == ["photos"]


def test_an_output_in_the_place_of_the_source_is_refused(handplay: Handplay, tmp_path: Path) -> None:
    source = clip(tmp_path / "clip.avi")
    before = source.read_bytes()
    for option in ("-o", "--overlay"):
        told = handplay("track", source, option, source)
        assert told.code == 2
        assert "names the source itself" in told.err
    assert source.read_bytes() == before


def test_an_error_in_the_tracker_leaves_the_old_file(
    handplay: Handplay, tmp_path: Path, stand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.hands.jsonl"
    out.write_text("the old one", encoding="utf-8")

    def fail(*_: object) -> HandFrame:
        raise RuntimeError("boom")

    monkeypatch.setattr(stand_in, "track", fail)
    told = handplay("track", clip(tmp_path / "clip.avi"), "-o", out)
    assert told.code == 1
    assert "RuntimeError: boom" in told.err
    assert out.read_text(encoding="utf-8") == "the old one"
    assert sorted(os.listdir(tmp_path)) == ["clip.avi", "out.hands.jsonl"]


class Breaks:
    """A live source that breaks after some frames."""

    def __init__(self, frames: int, kind: Any = "live") -> None:
        self.info = SourceInfo("camera 0", kind, 64, 48, 30.0)
        self._frames, self._index = frames, 0

    def read(self) -> Frame | None:
        if self._index == self._frames:
            raise SourceUnreadable("The camera is gone.")
        self._index += 1
        return Frame(self._index - 1, self._index / 30, np.zeros((48, 64, 3), np.uint8))

    def close(self) -> None:
        pass


def no_sinks(info: SourceInfo) -> Sinks:
    return Sinks(info, output=None, overlay=None, display=False)


def test_a_source_that_breaks_midway_keeps_what_was_there(stand_in: Any) -> None:
    source = Breaks(4)
    result = run_tracking(source, stand_in, no_sinks(source.info), still=False)
    assert (result.frames, result.ending, result.warnings) == (4, "broken", ["The camera is gone."])
    assert result.exit_code == 1


def test_a_source_that_never_gives_a_picture_raises(stand_in: Any) -> None:
    source = Breaks(0)
    with pytest.raises(SourceUnreadable, match="gone"):
        run_tracking(source, stand_in, no_sinks(source.info), still=False)


@pytest.mark.parametrize(("kind", "code"), [("live", 0), ("video", 130)])
def test_ctrl_c_ends_after_the_frame_at_hand(stand_in: Any, kind: str, code: int) -> None:
    class Interrupted(Breaks):
        def read(self) -> Frame | None:
            if self._index == 2:
                os.kill(os.getpid(), signal.SIGINT)
            return super().read()

    before = signal.getsignal(signal.SIGINT)
    source = Interrupted(100, kind)
    result = run_tracking(source, stand_in, no_sinks(source.info), still=False)
    assert (result.frames, result.ending, result.exit_code) == (3, "interrupt", code)
    assert signal.getsignal(signal.SIGINT) is before


def test_the_second_ctrl_c_interrupts_at_once(stand_in: Any) -> None:
    class Interrupted(Breaks):
        def read(self) -> Frame | None:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            return super().read()

    source = Interrupted(100)
    with pytest.raises(KeyboardInterrupt):
        run_tracking(source, stand_in, no_sinks(source.info), still=False)


def test_max_frames_ends_a_live_source(stand_in: Any) -> None:
    source = Breaks(100)
    result = run_tracking(source, stand_in, no_sinks(source.info), still=False, max_frames=5)
    assert (result.frames, result.ending, result.exit_code) == (5, "max", 0)


def test_a_still_is_held_until_its_gesture_is_on(monkeypatch: pytest.MonkeyPatch, stand_in: Any) -> None:
    seen: list[tuple[object, ...]] = []
    source = Breaks(1, "stills")
    sinks = no_sinks(source.info)

    def put(_: Sinks, frame: Frame, hands: HandFrame, readings: tuple[object, ...]) -> bool:
        seen.append(readings)
        return True

    monkeypatch.setattr(Sinks, "put", put)
    monkeypatch.setattr(stand_in, "track", lambda image, time_s: open_palm_frame())
    run_tracking(source, stand_in, sinks, still=True, max_frames=1)
    (readings,) = seen
    assert "open_palm" in getattr(readings[0], "gestures")  # noqa: B009  # typed as object here


def open_palm_frame() -> HandFrame:
    from handplay.engine.hands import Hand

    points = [(0.0, 0.0, 0.0)]
    for finger, angle in enumerate((-150, -112, -95, -80, -62)):
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        reaches = (0.35, 0.62, 0.88, 1.1) if finger == 0 else (1.0, 1.45, 1.75, 2.0)
        points.extend((c * reach, s * reach, 0.0) for reach in reaches)
    xyz = np.array(points, np.float32)
    hand = Hand(1, "Right", 0.9, 0.9, xyz * 100 + np.array([320, 400, 0], np.float32), xyz * 0.09)
    return HandFrame(0, 0.0, 640, 480, hands=(hand,))


def test_the_window_is_refused_without_a_screen(handplay: Handplay, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_screen(title: str) -> None:
        raise StageError("There is no display to open a window on.")

    monkeypatch.setattr("handplay.engine.stage.preview.PreviewWindow", no_screen)
    told = handplay("track", "demo", "--display", "--max-frames", 2)
    assert told.code == 1
    assert "no display" in told.err


def test_closing_the_window_ends_the_run(handplay: Handplay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown: list[Image] = []

    class Window:
        def __init__(self, title: str) -> None: ...

        def show(self, image: Image) -> bool:
            shown.append(image)
            return len(shown) < 3

        def close(self) -> None: ...

    monkeypatch.setattr("handplay.engine.stage.preview.PreviewWindow", Window)
    out = tmp_path / "out.hands.jsonl"
    assert handplay("track", clip(tmp_path / "clip.avi"), "--display", "-o", out).code == 0
    assert len(read(out)) == 1 + 3


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (RunResult(2, 1, 0.5), "x: 2 frames, a hand in 1 (50%), 4 frames a second -> out"),
        (RunResult(1, 1, 0.5), "x: 1 frame, a hand in 1 (100%) -> out"),
        (RunResult(0, 0, 0.0), "x: 0 frames, a hand in 0 -> out"),
        (RunResult(2, 0, 1.0, "interrupt"), "x: stopped, 2 frames, a hand in 0 (0%), 2 frames a second -> out"),
    ],
)
def test_the_last_line(result: RunResult, sentence: str) -> None:
    assert result.sentence("x", ["out"]) == sentence


@pytest.mark.skipif(os.name == "nt", reason="SIGINT of POSIX")
def test_ctrl_c_from_outside_leaves_a_whole_file(tmp_path: Path) -> None:
    out = tmp_path / "out.hands.jsonl"
    code = (
        "import sys\nfrom handplay.cli import track, main\nsys.path.insert(0, sys.argv[1])\n"
        "from conftest import StandInTracker\nimport handplay.cli.track as t\n"
        "t._tracker = lambda *_, **__: StandInTracker()\nmain(['track', 'demo', '-o', sys.argv[2]])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(out)], stdout=subprocess.PIPE, text=True
    )
    for _ in range(400):
        if any(path.stat().st_size > 2000 for path in tmp_path.iterdir()):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "stopped" in told
    assert os.listdir(tmp_path) == ["out.hands.jsonl"]
    assert len(read(out)) > 2
