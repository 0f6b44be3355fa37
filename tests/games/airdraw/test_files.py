"""Files: exact both ways, strict about what comes in, never over another file."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.errors import OutputError
from handplay.games.airdraw.codec import DrawingError
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.files import (
    document_from_json,
    drawing_text,
    open_any,
    open_drawing,
    save_drawing,
    save_new,
)
from handplay.games.airdraw.saving import save_all


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_drawing_comes_back_to_the_bit(drawings: ModuleType, data: st.DataObject) -> None:
    document = data.draw(drawings.documents())
    again = document_from_json(json.loads(drawing_text(document)))
    assert again.strokes == document.strokes
    assert again.sheet == document.sheet
    assert drawing_text(again) == drawing_text(document)


STROKE = '{"id":1,"tool":"pen","colour":"#102030","width":800,"layer":1,"points":[0,0,5,5]}'
HEAD = '{"format": "handplay-drawing", "version": 1, "canvas": "white"'
LAYERS = '"layers": [{"id": 1, "name": "a", "visible": true, "opacity": 1}]'


def text(strokes: str = STROKE, *, layers: str = LAYERS, head: str = HEAD, more: str = "") -> str:
    return f'{head}, {layers}, "background": null{more}, "strokes": [{strokes}]}}'


CORRUPT = {
    "empty": ("", "is not a drawing of handplay: no JSON at line 1"),
    "binary": (b"\x00\x01\xff\xfe\x80", "nor a PNG or JPEG picture"),
    "cut": (text()[:-30], "cut off: it ends in the middle"),
    "prose": ("Dear diary", "no JSON at line 1"),
    "list": ("[1, 2]", "it names no format"),
    "number": ("3", "it names no format"),
    "foreign": ('{"format": "excalidraw"}', "its format is 'excalidraw'"),
    "gestures": ('{"version": 1, "gestures": []}', "it names no format"),
    "newer": (text(head=HEAD.replace("1,", "2,")), "a newer handplay made it .drawing version 2, known is 1.; update"),
    "version": (text(head=HEAD.replace("1,", '"1",')), "version is .1., not the number 1"),
    "no_strokes": (HEAD + ", " + LAYERS + "}", "strokes is not a list"),
    "unknown_key": (text(more=', "wind": 3'), "nothing is called 'wind' here"),
    "canvas": (text(head=HEAD.replace("white", "green")), "canvas is 'green', not one of camera, white, black"),
    "layer_twice": (text(layers=LAYERS[:-1] + "," + LAYERS[11:]), "two layers have the same id"),
    "no_layer": (text(layers='"layers": []'), "1 to 8 layers, got 0"),
    "layer_opacity": (text(layers=LAYERS.replace('"opacity": 1', '"opacity": 7')), "layer 1: opacity"),
    "layer_of_stroke": (text(STROKE.replace('"layer":1', '"layer":4')), "a layer that is not there"),
    "tool": (text(STROKE.replace("pen", "axe")), "stroke 1: tool is 'axe'"),
    "colour": (text(STROKE.replace("#102030", "red")), "stroke 1: colour is 'red', not a colour like #1a2b3c"),
    "odd": (text(STROKE.replace("[0,0,5,5]", "[0,0,5]")), "stroke 1: points has 3 numbers, an odd count"),
    "far": (text(STROKE.replace("[0,0,5,5]", "[0,90000000]")), "stroke 1: points holds something"),
    "float": (text(STROKE.replace("[0,0,5,5]", "[0,0.5]")), "stroke 1: points holds something"),
    "nan": (text(STROKE.replace("[0,0,5,5]", "[0,NaN]")), "stroke 1: points holds something"),
    "bool": (text(STROKE.replace("[0,0,5,5]", "[0,true]")), "stroke 1: points holds something"),
    "no_points": (text(STROKE.replace("[0,0,5,5]", "[]")), "stroke 1: points have the shape"),
    "twice": (text(f"{STROKE},{STROKE}"), "two strokes have the same id"),
    "missing": (text(STROKE.replace('"width":800,', "")), "stroke 1: width is missing"),
    "not_object": (text("7"), "stroke 1 is 7, not an object"),
    "deep": ("[" * 100_000, "is not a drawing of handplay"),
    "background": (text().replace("null", '{"format": "png", "size_px": [1, 1], "data": "%%"}'), "not base64"),
}


@pytest.mark.parametrize(("content", "message"), CORRUPT.values(), ids=CORRUPT.keys())
def test_what_is_not_a_whole_drawing_is_refused_in_a_sentence(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DrawingError, match=message) as told:
        open_any(path)
    assert "some.json" in str(told.value)
    assert len(str(told.value)) < 400 + len(str(path))
    assert "\n" not in str(told.value)


def test_the_text_that_the_table_spoils_is_a_drawing(tmp_path: Path) -> None:
    path = tmp_path / "good.json"
    path.write_text(text(), encoding="utf-8")
    assert len(open_drawing(path).strokes) == 1


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("format", "version", "strokes", "layers", "canvas", "background", "points")), inner),
    max_leaves=12,
))  # fmt: skip
@settings(deadline=None)
def test_hostile_json_is_refused_and_nothing_else(value: object) -> None:
    for given_value in (value, {"format": "handplay-drawing", "version": 1, "canvas": "white", "strokes": [value],
                                "layers": [{"id": 1, "name": "", "visible": True, "opacity": 1}]}):  # fmt: skip
        with pytest.raises(DrawingError):
            document_from_json(given_value)


def test_places_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match="There is no file"):
        open_any(tmp_path / "none.json")
    with pytest.raises(DrawingError, match="is a folder"):
        open_any(tmp_path)


def picture(path: Path, width: int = 40, height: int = 20) -> Path:
    cv2.imwrite(str(path), np.full((height, width, 3), (10, 20, 200), np.uint8))
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_opens_as_background(tmp_path: Path, name: str) -> None:
    opened = open_any(picture(tmp_path / name))
    background = opened.document.sheet.background
    assert background is not None
    assert (background.size_px, opened.note) == ((40, 20), "")
    assert background.box == (-1.0, -0.5, 1.0, 0.5)
    again = document_from_json(json.loads(drawing_text(opened.document)))
    assert again.sheet == opened.document.sheet


def test_a_large_picture_is_made_smaller_and_says_so(tmp_path: Path) -> None:
    opened = open_any(picture(tmp_path / "wide.png", 8192, 16))
    assert opened.document.sheet.background is not None
    assert opened.document.sheet.background.size_px == (4096, 8)
    assert opened.note == "The picture was made smaller, from 8192x16 to 4096x8 pixels."


def png_of(width: int, height: int) -> bytes:
    """The first bytes of a PNG that claims a size."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (png_of(100_000, 100_000), "100000x100000 pixels, too many"),
        (png_of(0, 5), "0x5 pixels"),
        (png_of(10, 10), "damaged: it cannot be decoded"),
        (b"\x89PNG", "not a PNG or JPEG picture, or it is damaged"),
        (b"\xff\xd8\xff\xe0", "not a PNG or JPEG picture, or it is damaged"),
        (b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff", "65535x65535 pixels, too many"),
    ],
    ids=["bomb", "no_width", "no_pixels", "png_cut", "jpeg_cut", "jpeg_bomb"],
)
def test_a_bad_picture_is_refused_before_it_is_decoded(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(data)
    with pytest.raises(DrawingError, match=message):
        open_any(path)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    cv2.imwrite(str(path), np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8))
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(DrawingError, match="damaged"):
        open_any(path)


def test_saving_never_overwrites(tmp_path: Path, drawings: ModuleType) -> None:
    document = Document([drawings.scribble(1).with_id(1)])
    at = 1_795_000_000.0
    names = [save_new(tmp_path / "new", ".json", lambda p: save_drawing(document, p), now_s=at).name for _ in range(3)]
    stem = names[0].removesuffix(".json")
    assert names == [f"{stem}.json", f"{stem}-2.json", f"{stem}-3.json"]
    assert stem.startswith("handplay-2026-11-1")


def test_a_save_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken(path: Path) -> None:
        raise OutputError("no room")

    with pytest.raises(OutputError, match="no room"):
        save_new(tmp_path, ".png", broken)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        save_new(tmp_path / "taken", ".png", lambda path: None)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(OutputError, match="no permission"):
            save_new(tmp_path, ".png", lambda path: None)
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_save_all_writes_every_kind(tmp_path: Path, drawings: ModuleType) -> None:
    document = drawings.every_tool()
    paths = save_all(document, ("png", "svg", "json", "gif", "mp4"), folder=tmp_path, size_px=(320, 180))
    assert [path.suffix for path in paths] == [".png", ".svg", ".json", ".gif", ".mp4"]
    assert all(path.stat().st_size > 200 for path in paths)
    assert open_any(paths[2]).document.strokes == document.strokes
    assert sorted(tmp_path.iterdir()) == sorted(paths)
