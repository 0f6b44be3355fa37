from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.video import VideoSource

COUNT, FPS = 12, 20.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 pictures of 64x48 at 20 fps, each a little brighter."""
    cv2 = load_cv2()
    path = tmp_path_factory.mktemp("clips") / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), FPS, (64, 48))
    for index in range(COUNT):
        writer.write(np.full((48, 64, 3), 20 * index, np.uint8))
    writer.release()
    return path


class FakeDevice:
    """A capture whose container times are given."""

    def __init__(self, times_ms: list[float]) -> None:
        self.times_ms, self.at, self.released = times_ms, -1, 0

    def read(self) -> tuple[bool, np.ndarray | None]:  # type: ignore[type-arg]  # as OpenCV's
        self.at += 1
        return (True, np.zeros((4, 4, 3), np.uint8)) if self.at < len(self.times_ms) else (False, None)

    def get(self, prop: int) -> float:
        cv2 = load_cv2()
        return {cv2.CAP_PROP_POS_MSEC: self.times_ms[min(self.at, len(self.times_ms) - 1)], cv2.CAP_PROP_FPS: 25.0}.get(
            prop, float("nan")
        )

    def release(self) -> None:
        self.released += 1


def read_all(source: VideoSource) -> list[float]:
    times: list[float] = []
    while frame := source.read():
        assert frame.index == len(times)
        times.append(frame.time_s)
    return times


def test_all_pictures_on_the_clips_own_clock(clip: Path) -> None:
    source = VideoSource(clip)
    info = source.info
    assert (info.name, info.kind, info.width, info.height) == ("clip.avi", "video", 64, 48)
    assert (info.fps, info.frame_count, info.mirrored) == (FPS, COUNT, False)
    assert read_all(source) == pytest.approx([index / FPS for index in range(COUNT)])
    assert source.read() is None
    assert source.notice == ""


def test_pictures_are_contiguous_bgr(clip: Path) -> None:
    source = VideoSource(clip)
    source.read()
    frame = source.read()
    assert frame is not None
    assert frame.image.dtype == np.uint8
    assert frame.image.shape == (48, 64, 3)
    assert frame.image.flags.c_contiguous
    assert abs(float(frame.image.mean()) - 20) < 3


@pytest.mark.parametrize(
    ("asked", "size"),
    [({}, (64, 48)), ({"width": 32}, (32, 24)), ({"height": 96}, (128, 96)), ({"width": 30, "height": 30}, (30, 30))],
    ids=["as it is", "width alone keeps the aspect", "height alone keeps the aspect", "both are taken exactly"],
)
def test_sizes(clip: Path, asked: dict[str, int], size: tuple[int, int]) -> None:
    source = VideoSource(clip, **asked)  # type: ignore[arg-type]  # sizes alone
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (size[1], size[0], 3)
    assert (source.info.width, source.info.height) == size


@pytest.mark.parametrize(
    ("container_ms", "times_s"),
    [
        ([-33.0, 33.0, 67.0], [0.0, 0.066, 0.100]),
        ([0.0, 100.0, 250.0], [0.0, 0.1, 0.25]),
        ([0.0, 0.0, 0.0], [0.0, 0.04, 0.08]),
        ([0.0, 40.0, 20.0, 80.0], [0.0, 0.04, 0.08, 0.12]),
        ([float("nan"), 40.0], [0.0, 0.04]),
    ],
    ids=["negative first", "variable rate", "no times", "times go back", "no number"],
)
def test_times(monkeypatch: pytest.MonkeyPatch, container_ms: list[float], times_s: list[float]) -> None:
    monkeypatch.setattr("handplay.engine.sources.video._open_file", lambda path: FakeDevice(container_ms))
    assert read_all(VideoSource("any.mp4")) == pytest.approx(times_s)


def test_realtime_comes_at_its_own_pace_as_a_live_source(clip: Path) -> None:
    now = [1000.0]
    source = VideoSource(clip, realtime=True, clock=lambda: now[0])
    waits: list[float] = []

    def wait(timeout: float) -> bool:
        waits.append(timeout)
        now[0] += timeout
        return False

    source._closed.wait = wait  # type: ignore[method-assign, assignment]  # time passes as it is told to
    assert source.info.kind == "live"
    assert read_all(source) == pytest.approx([1000.0 + index / FPS for index in range(COUNT)])
    assert len(waits) == COUNT - 1


def test_realtime_does_not_wait_when_it_is_late(clip: Path) -> None:
    now = [0.0]
    source = VideoSource(clip, realtime=True, clock=lambda: now[0])
    source.read()
    now[0] = 10.0
    assert [frame.time_s for frame in (source.read(), source.read()) if frame] == [10.0, 10.0]


def test_close_ends_the_wait_and_may_come_twice(clip: Path) -> None:
    source = VideoSource(clip, realtime=True)
    source.read()
    source.close()
    source.close()
    assert source.read() is None


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"There is no file .*no\.mp4.*demo"):
        VideoSource(tmp_path / "no.mp4")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "is empty"), (b"no video" * 500, "is not a video that can be read")],
    ids=["zero bytes", "junk"],
)
def test_an_unreadable_file(tmp_path: Path, data: bytes, sentence: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceUnreadable, match=sentence):
        VideoSource(write(tmp_path / "a.mp4", data))
    assert capfd.readouterr().err == ""


def test_a_folder_is_not_a_video(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="is a folder"):
        VideoSource(tmp_path)


def test_a_video_of_zero_frames(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    header_of_a_gif = b"GIF89a\x10\x00\x10\x00\x80\x00\x00" + b"\x00" * 6
    with pytest.raises(SourceUnreadable, match=r"a\.gif"):
        VideoSource(write(tmp_path / "a.gif", header_of_a_gif))
    assert capfd.readouterr().err == ""


def test_a_container_that_opens_and_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    device = FakeDevice([])
    monkeypatch.setattr("handplay.engine.sources.video._open_file", lambda path: device)
    device.get = lambda prop: 0.0  # type: ignore[method-assign]  # an empty container has no times
    with pytest.raises(SourceUnreadable, match="opens but holds no picture"):
        VideoSource("any.mp4")
    assert device.released == 1


def test_a_cut_file_gives_what_it_has_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    cv2 = load_cv2()
    noise = np.random.default_rng(1).integers(0, 255, (COUNT, 96, 128, 3), dtype=np.uint8)
    writer = cv2.VideoWriter(str(tmp_path / "whole.avi"), cv2.VideoWriter_fourcc(*"MJPG"), FPS, (128, 96))
    for image in noise:
        writer.write(image)
    writer.release()
    whole = (tmp_path / "whole.avi").read_bytes()
    source = VideoSource(write(tmp_path / "cut.avi", whole[: len(whole) // 2]))
    got = len(read_all(source))
    assert 0 < got < COUNT - 2
    assert f"cut.avi ends after {got} of {COUNT} pictures" in source.notice
    assert capfd.readouterr().err == ""
