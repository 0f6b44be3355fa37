"""The page of built-in gestures: each has its row and its picture, and the page is the one the script makes."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import cv2
import pytest

from handplay.gestures.library import builtin_library

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "pictures" / "gestures"
NAMES = [gesture.name for gesture in builtin_library().gestures]
REMAKE = "run python docs/make_gesture_pictures.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("make_gesture_pictures")


def test_the_page_is_the_one_the_script_makes(script: Any) -> None:
    assert (DOCS / "gestures.md").read_text(encoding="utf-8") == script.page(builtin_library().gestures), REMAKE


@pytest.mark.parametrize("name", NAMES)
def test_every_gesture_has_its_picture_and_row(name: str) -> None:
    picture = cv2.imread(str(PICTURES / f"{name}.jpg"))
    assert picture is not None, f"{name} has no picture: {REMAKE}"
    assert picture.shape == (240, 320, 3)
    assert picture.std() > 10
    assert f"| `{name}` |" in (DOCS / "gestures.md").read_text(encoding="utf-8")


def test_every_gesture_tells_what_it_is() -> None:
    assert [gesture.name for gesture in builtin_library().gestures if not gesture.about] == []


def test_no_picture_is_left_over_and_all_are_small(script: Any) -> None:
    assert {path.stem for path in PICTURES.iterdir()} == set(NAMES)
    sheets = [PICTURES.parent / script.sheet_name(head) for head, _ in script.GROUPS]
    assert sum(path.stat().st_size for path in [*PICTURES.iterdir(), *sheets]) < 3_000_000


def test_a_shape_that_is_not_seen_in_its_picture_is_an_error(script: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(script.HELD, "victory", script.Held("fist"))
    with pytest.raises(SystemExit, match="victory: its own picture shows"):
        script.shape_picture("victory")


def test_a_movement_can_be_drawn(script: Any) -> None:
    picture = script.movement_picture("swipe_left")
    assert picture.shape == (480, 640, 3)
    gold = (abs(picture.astype(int) - (0x57, 0xC8, 0xFF)) < 24).all(axis=2)
    assert gold.sum() > 300
