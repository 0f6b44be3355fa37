from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.images import ImageSource
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.spec import SourceSpec, open_source, parse_spec
from handplay.engine.sources.video import VideoSource

SPECS = {
    "0": ("camera", "0"),
    "12": ("camera", "12"),
    " 1 ": ("camera", "1"),
    "camera": ("camera", ""),
    "camera:Integrated Cam": ("camera", "Integrated Cam"),
    "camera:2": ("camera", "2"),
    "Camera: Logi": ("camera", "Logi"),
    "clip.mp4": ("video", "clip.mp4"),
    "anim.gif": ("video", "anim.gif"),
    "CLIP.MOV": ("video", "CLIP.MOV"),
    "no_suffix": ("video", "no_suffix"),
    "./0": ("video", "./0"),
    "demo.mp4": ("video", "demo.mp4"),
    r"C:\clips\a.mp4": ("video", r"C:\clips\a.mp4"),
    "photo.jpg": ("image", "photo.jpg"),
    "PHOTO.JPEG": ("image", "PHOTO.JPEG"),
    "a b/ü.png": ("image", "a b/ü.png"),
    "folder/": ("folder", "folder/"),
    "folder\\": ("folder", "folder\\"),
    "http://10.0.0.2:8080/video": ("network", "http://10.0.0.2:8080/video"),
    "HTTPS://cam.local/mjpeg": ("network", "HTTPS://cam.local/mjpeg"),
    "rtsp://u:p@cam/1": ("network", "rtsp://u:p@cam/1"),
    "file:///tmp/a.mp4": ("video", "/tmp/a.mp4"),
    "demo": ("demo", ""),
    "demo:pong": ("demo", "pong"),
    "run.hands.jsonl": ("recording", "run.hands.jsonl"),
    "http://host/run.hands.jsonl": ("network", "http://host/run.hands.jsonl"),
    "points.jsonl": ("video", "points.jsonl"),
}


@pytest.mark.parametrize(("text", "wanted"), SPECS.items(), ids=SPECS)
def test_a_text_is_sorted_into_its_kind(text: str, wanted: tuple[str, str]) -> None:
    spec = parse_spec(text)
    assert (spec.kind, spec.target) == wanted
    assert spec.is_recording == (spec.kind == "recording")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "source is empty"), ("  ", "source is empty"), ("ftp://host/a", "ftp:// is not an address")],
)
def test_a_text_that_names_nothing(text: str, sentence: str) -> None:
    with pytest.raises(SourceMissing, match=sentence):
        parse_spec(text)


def save_picture(path: Path, width: int = 64, height: int = 48) -> Path:
    cv2 = load_cv2()
    path.write_bytes(cv2.imencode(path.suffix, np.full((height, width, 3), 90, np.uint8))[1].tobytes())
    return path


def test_a_folder_needs_no_slash(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png")
    source = open_source(str(tmp_path))
    assert isinstance(source, ImageSource)
    assert source.info.frame_count == 1


def test_options_reach_the_source(tmp_path: Path) -> None:
    info = open_source(str(save_picture(tmp_path / "a.png")), mirrored=True, width=32).info
    assert (info.width, info.height, info.mirrored, info.kind) == (32, 24, True, "stills")


def test_a_recording_has_no_pictures() -> None:
    with pytest.raises(SourceUnreadable, match="is a recording of landmarks and holds no pictures"):
        open_source("a.hands.jsonl")


@pytest.mark.parametrize("name", ["no.mp4", "no.jpg", "no/"])
def test_what_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceMissing, match=r"There is no file .*no"):
        open_source(f"{tmp_path}/{name}")


@pytest.mark.parametrize("option", ["width", "height", "fps"])
def test_a_size_is_checked(option: str) -> None:
    with pytest.raises(ValueError, match=f"{option}: got 0, wanted a number above 0"):
        open_source("demo", **{option: 0})  # type: ignore[arg-type]  # one option of several types


def test_a_parsed_spec_opens_too(tmp_path: Path) -> None:
    picture = save_picture(tmp_path / "a.jpg")
    assert open_source(SourceSpec("x", "image", str(picture))).info.name == "a.jpg"


def test_a_gif_is_a_clip(tmp_path: Path) -> None:
    gif = Path(__file__).parents[3].parent / "shared/data/clips/dynamic/tap.gif"
    if not gif.exists():
        pytest.skip("the shared clips are not here")
    source = open_source(str(gif))
    assert isinstance(source, VideoSource)
    source.close()
