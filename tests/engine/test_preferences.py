"""Preferences survive a round trip, damage, and folders that cannot be written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handplay.engine import folders
from handplay.engine.errors import OutputError
from handplay.engine.preferences import (
    Preferences,
    Reach,
    load_preferences,
    preferences_path,
    save_preferences,
)

OWN = Preferences(
    camera="camera:Logi", hands=1, main_hand="left", press="dwell", sensitivity=0.25, volume=0.0, mute=True,
    high_contrast=True, reduced_motion=True, show_inset=False, reach=Reach(0.2, 0.3, 0.8, 0.9), guided=True,
)  # fmt: skip


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "very" / "deep" / "preferences.json"
    save_preferences(OWN, path)
    assert load_preferences(path).preferences == OWN
    assert load_preferences(path).note == ""
    assert [one.name for one in path.parent.iterdir()] == ["preferences.json"]


def test_a_missing_file_is_no_problem(tmp_path: Path) -> None:
    loaded = load_preferences(tmp_path / "preferences.json")
    assert loaded.preferences == Preferences()
    assert loaded.note == ""


def test_what_a_file_does_not_tell_is_as_usual_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"format": "handplay-preferences", "version": 1, "hands": 3}')
    loaded = load_preferences(path)
    assert loaded.preferences == Preferences(hands=3)
    assert loaded.note == ""


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"format": "other"}', b"\xff\xfe", b"[" * 5000, b'{"a": "' + b"x" * 200_000],
    ids=["empty", "cut", "list", "foreign", "binary", "deep", "huge"],
)  # fmt: skip
def test_a_damaged_file_is_kept_and_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(data)
    loaded = load_preferences(path)
    assert loaded.preferences == Preferences()
    assert "damaged" in loaded.note
    assert (tmp_path / "preferences.json.unreadable").read_bytes() == data
    save_preferences(OWN, path)
    assert load_preferences(path).preferences == OWN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hands", 9), ("hands", True), ("hands", "2"), ("volume", 2), ("volume", float("inf")), ("press", "kick"),
        ("camera", 3), ("camera", "x" * 501), ("mute", 1), ("reach", {"left": 0.5}), ("reach", [1, 2]),
        ("reach", {"left": 0.5, "right": 0.51, "top": 0, "bottom": 1}), ("main_hand", None),
    ],
)  # fmt: skip
def test_one_bad_value_costs_only_itself(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "preferences.json"
    save_preferences(OWN, path)
    rows = json.loads(path.read_text())
    rows[name] = value
    path.write_text(json.dumps(rows))
    loaded = load_preferences(path)
    assert name in loaded.note
    assert getattr(loaded.preferences, name) == getattr(Preferences(), name)
    others = [one for one in rows if one not in (name, "format", "version")]
    assert all(getattr(loaded.preferences, one) == getattr(OWN, one) for one in others)


def test_whole_numbers_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"format": "handplay-preferences", "version": 1, "volume": 1}')
    assert load_preferences(path).preferences.volume == 1.0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="settings cannot be kept in"):
        save_preferences(OWN, tmp_path / "file" / "preferences.json")


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folders.CONFIG_VARIABLE, str(tmp_path))
    monkeypatch.setenv(folders.DATA_VARIABLE, str(tmp_path / "data"))
    assert preferences_path() == tmp_path / "preferences.json"
    assert folders.data_folder() == tmp_path / "data"


@given(st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))
def test_a_reach_box_fills_the_window(x: float, y: float) -> None:
    box = Reach(0.2, 0.4, 0.7, 0.9)
    u, v = box.spread(x, y)
    assert 0 <= u <= 1
    assert 0 <= v <= 1
    if 0.2 <= x <= 0.7:
        assert u == pytest.approx((x - 0.2) / 0.5)
    assert list(box.spread(0.45, 0.65)) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    "edges", [(0, 0, 0.05, 1), (0.6, 0, 0.4, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.2), (0, 0, float("nan"), 1)]
)
def test_a_box_that_is_none_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="Reach: got"):
        Reach(*edges)
