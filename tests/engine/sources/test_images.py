from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.images import ImageSource, is_whole, natural_key
from handplay.engine.sources.opencv import load_cv2


def encoded(suffix: str = ".jpg", width: int = 64, height: int = 48) -> bytes:
    """A picture, dark on the left and bright on the right."""
    cv2 = load_cv2()
    image = np.zeros((height, width, 3), np.uint8)
    image[:, width // 2 :] = 255
    data: bytes = cv2.imencode(suffix, image)[1].tobytes()
    return data


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with an EXIF head that holds the orientation alone."""
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def test_one_picture(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded())
    source = ImageSource(tmp_path / "a.jpg")
    info = source.info
    assert (info.name, info.kind, info.width, info.height, info.frame_count) == ("a.jpg", "stills", 64, 48, 1)
    frame = source.read()
    assert frame is not None
    assert (frame.index, frame.time_s, frame.file, frame.image.shape) == (0, 0.0, "a.jpg", (48, 64, 3))
    assert source.read() is None


def test_a_folder_in_the_natural_order_of_names(tmp_path: Path) -> None:
    for name in ("10.png", "2.PNG", "b.jpg", "A.jpg", "ü 1.webp"):
        (tmp_path / name).write_bytes(encoded("." + name.rpartition(".")[2].lower()))
    for name in ("notes.txt", ".hidden.png", "._10.png"):
        (tmp_path / name).write_bytes(b"no picture")
    (tmp_path / "folder.png").mkdir()
    source = ImageSource(tmp_path)
    frames = [source.read() for _ in range(5)]
    assert [frame.file for frame in frames if frame] == ["2.PNG", "10.png", "A.jpg", "b.jpg", "ü 1.webp"]
    assert [frame.time_s for frame in frames if frame] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert source.read() is None
    assert (source.info.width, source.info.frame_count) == (0, 5)


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["a10", "a9", "a1"], ["a1", "a9", "a10"]),
        (["B", "a", "C"], ["a", "B", "C"]),
        (["x", "1", "01"], ["01", "1", "x"]),
        (["²", "2", "a"], ["2", "a", "²"]),
    ],
)
def test_natural_order(names: list[str], ordered: list[str]) -> None:
    assert sorted(names, key=natural_key) == ordered


@pytest.mark.parametrize(("orientation", "shape"), [(1, (48, 64)), (6, (64, 48)), (8, (64, 48)), (3, (48, 64))])
def test_exif_turns_the_picture(tmp_path: Path, orientation: int, shape: tuple[int, int]) -> None:
    (tmp_path / "a.jpg").write_bytes(with_orientation(encoded(), orientation))
    frame = ImageSource(tmp_path / "a.jpg").read()
    assert frame is not None
    assert frame.image.shape[:2] == shape
    if orientation == 6:  # turned clockwise: what was left is above
        assert frame.image[:20].mean() < 20
        assert frame.image[-20:].mean() > 235
    if orientation == 3:
        assert frame.image[:, :20].mean() > 235


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp"])
def test_a_cut_picture_is_named(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = encoded(suffix)
    (tmp_path / f"cut{suffix}").write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceUnreadable, match=rf"cut\{suffix} is cut off"):
        ImageSource(tmp_path / f"cut{suffix}")
    assert capfd.readouterr().err == ""


def test_whole_is_judged_by_the_last_end_mark() -> None:
    thumbnail = encoded(width=16, height=16)
    exif = b"Exif\0\0" + thumbnail
    jpeg = encoded()
    whole = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
    assert is_whole(whole)
    assert is_whole(whole + b"\0" * 100)
    assert not is_whole(whole[:-20])
    assert not is_whole(whole[: len(exif)])


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.jpg", b"", r"a\.jpg is empty"),
        ("a.jpg", b"no picture", r"a\.jpg is not a picture that can be read"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"IEND" * 9, r"a\.png is not a picture that can be read"),
    ],
    ids=["zero bytes", "junk", "damaged"],
)
def test_an_unreadable_picture(
    tmp_path: Path, name: str, data: bytes, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceUnreadable, match=sentence):
        ImageSource(tmp_path / name)
    assert "libpng" not in capfd.readouterr().err


def test_a_damaged_picture_of_a_folder_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name in ("1.jpg", "3.jpg"):
        (tmp_path / name).write_bytes(encoded())
    (tmp_path / "2.jpg").write_bytes(encoded()[:-30])
    source = ImageSource(tmp_path)
    first = source.read()
    with pytest.raises(SourceUnreadable, match=r"2\.jpg is cut off"):
        source.read()
    third = source.read()
    assert first is not None
    assert third is not None
    assert (first.file, third.file, third.index) == ("1.jpg", "3.jpg", 2)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="There is no file or folder"):
        ImageSource(tmp_path / "no")
    with pytest.raises(SourceUnreadable, match="holds no pictures"):
        ImageSource(tmp_path)


def test_scaled(tmp_path: Path) -> None:
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(encoded(width=100, height=80))
    source = ImageSource(tmp_path, width=50, height=50, mirrored=True)
    assert (source.info.width, source.info.height, source.info.mirrored) == (50, 50, True)
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (50, 50, 3)


def test_close(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded())
    source = ImageSource(tmp_path)
    source.close()
    source.close()
    assert source.read() is None
