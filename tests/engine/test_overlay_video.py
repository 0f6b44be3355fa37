"""Overlay videos: whole or not there, every picture fits."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from handplay.engine.errors import OutputError
from handplay.engine.overlay_video import VideoWriter, letterbox
from handplay.engine.sources.base import Image


def picture(width: int, height: int, value: int = 200) -> Image:
    return np.full((height, width, 3), value, np.uint8)


def read_back(path: Path) -> tuple[list[Image], float]:
    capture = cv2.VideoCapture(str(path))
    pictures: list[Image] = []
    while True:
        ok, image = capture.read()
        if not ok:
            return pictures, capture.get(cv2.CAP_PROP_FPS)
        pictures.append(np.asarray(image, np.uint8))


@pytest.mark.parametrize("name", ["out.mp4", "OUT.MP4", "out.m4v", "out.mov", "out.avi"])
def test_pictures_come_back(tmp_path: Path, name: str) -> None:
    with VideoWriter(tmp_path / name, 25.0) as video:
        for value in (60, 120, 180):
            video.write(picture(64, 48, value))
    pictures, fps = read_back(tmp_path / name)
    assert [p.shape for p in pictures] == [(48, 64, 3)] * 3
    assert [abs(int(p.mean()) - v) < 8 for p, v in zip(pictures, (60, 120, 180), strict=True)] == [True] * 3
    assert fps == pytest.approx(25.0)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("fps", [0.0, 1.0, 29.97, 14.985014985, 120.0])
def test_rates(tmp_path: Path, fps: float) -> None:
    with VideoWriter(tmp_path / "out.mp4", fps) as video:
        video.write(picture(64, 48))
        video.write(picture(64, 48))
    assert read_back(tmp_path / "out.mp4")[1] == pytest.approx(fps or 30.0, abs=0.01)


def test_pictures_of_other_sizes_get_bars(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "out.mp4", 10.0) as video:
        video.write(picture(65, 49))
        video.write(picture(100, 300))
        video.write(picture(8, 4))
    assert [p.shape for p in read_back(tmp_path / "out.mp4")[0]] == [(50, 66, 3)] * 3


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    target.write_bytes(b"the old one")

    def stop_midway() -> None:
        with VideoWriter(target, 10.0) as video:
            video.write(picture(64, 48))
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        stop_midway()
    assert target.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["out.mp4"]


def test_without_a_picture_there_is_no_video(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "out.mp4", 10.0):
        pass
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.hands.jsonl", r"not a name for a video. Let it end in \.mp4"),
        ("out", "not a name for a video"),
        ("no/such/out.mp4", "no folder"),
    ],
)
def test_a_bad_place_is_told_before_the_work(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(OutputError, match=message):
        VideoWriter(tmp_path / name, 10.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(OutputError, match="needs a regular file"):
        VideoWriter(tmp_path / "pipe.mp4", 10.0)


def test_a_torn_file_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = VideoWriter(tmp_path / "out.mp4", 10.0)
    video.write(picture(64, 48))
    monkeypatch.setattr("handplay.engine.overlay_video._has_pictures", lambda path: path.write_bytes(b"torn") < 0)
    with pytest.raises(OutputError, match="disk full"):
        video.commit()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("size", "inside"),
    [((40, 20), (0, 10, 40, 30)), ((20, 40), (10, 0, 30, 40)), ((80, 80), (0, 0, 40, 40)), ((39, 39), (0, 0, 39, 39))],
    ids=["wide", "tall", "larger", "one pixel less"],
)
def test_letterbox(size: tuple[int, int], inside: tuple[int, int, int, int]) -> None:
    boxed = letterbox(picture(*size), 40, 40)
    x0, y0, x1, y1 = inside
    assert boxed.shape == (40, 40, 3)
    assert (boxed[y0:y1, x0:x1] == 200).all()
    assert (boxed == 200).all(axis=2).sum() == (x1 - x0) * (y1 - y0)


def test_letterbox_of_the_right_size_is_the_picture_itself() -> None:
    image = picture(40, 40)
    assert letterbox(image, 40, 40) is image
