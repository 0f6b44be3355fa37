"""Gestures as rows: what is read from what is written is the same gesture, and rows stay short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handplay.gestures.kinds import Gesture, Motion, Pose, Template, TwoHands
from handplay.gestures.library import builtin_library, check_bytes
from handplay.gestures.writing import file_text, json_row

HAND = tuple(round(0.1 * number % 1.7, 2) for number in range(63))
ROWS: list[Gesture] = [
    *builtin_library().gestures,
    Pose(name="a", aliases=("b", "c"), about="A sentence.", hand="left", hold_s=0.25, release_s=0.0, cooldown_s=1.0,
         trigger="repeat", fingers=(frozenset({"curled", "half"}), frozenset({"extended"}), None, None, None),
         touching=((0, 1),), apart=((1, 2),), together=((3, 4),), pointing=((1, "up"),), palm="away", grip="no_pinch"),
    Template(name="t", samples=(HAND, HAND[::-1]), sample_hand="left", radius=0.75),
    Template(name="w", samples=(HAND,), weights=(0.5,) * 62, bias=-1.25),
    Motion(name="m", samples=(((0.0, 0.0), (1.0, 0.5)),), rotation="any", pose="open_palm"),
    Motion(name="p", path="left", hold_s=0.2),
    TwoHands(name="z"),
    TwoHands(name="y", measure="angle", pose="fist"),
]  # fmt: skip


@pytest.mark.parametrize("gesture", ROWS, ids=lambda gesture: gesture.name)
def test_what_is_written_is_read_again(gesture: Gesture) -> None:
    builtin = [check_bytes(file_text(builtin_library().gestures).encode(), "builtin", known=[])[0]]
    own = replace(gesture, name=f"own_{gesture.name}", aliases=())
    file, problems = check_bytes(file_text([own]).encode(), "x.json", known=[one for one in builtin if one])
    assert problems == []
    assert file is not None
    assert replace(file.gestures[0], file="", line=0) == replace(own, file="", line=0)


def test_only_what_differs_is_written() -> None:
    assert json_row(Pose(name="a", fingers=(None, frozenset({"extended"}), None, None, None))) == {
        "name": "a", "kind": "pose", "fingers": {"index": "extended"},
    }  # fmt: skip
    assert json_row(Motion(name="m", path="left")) == {"name": "m", "kind": "motion", "path": "left"}
    assert json_row(TwoHands(name="z")) == {"name": "z", "kind": "two_hands", "measure": "distance"}


def test_numbers_are_short_and_samples_stand_last() -> None:
    row = json_row(Template(name="t", samples=((0.1 + 0.2, 2.0, 1 / 3),), hold_s=0.30000001))
    assert row["samples"] == [[0.3, 2, 0.3333]]
    assert row["hold_s"] == 0.3
    assert list(row)[-1] == "samples"


def test_a_file_has_a_gesture_a_line() -> None:
    text = file_text([Pose(name="a", palm="away"), Template(name="t", samples=(HAND, HAND))], {"pong": {"a": "serve"}})
    lines = text.splitlines()
    assert '    {"name": "a", "kind": "pose", "palm": "away"},' in lines
    assert sum(line.startswith("      [") for line in lines) == 2
    file, problems = check_bytes(text.encode(), "x.json", known=[])
    assert problems == []
    assert file is not None
    assert [(one.scene, one.gesture, one.action) for one in file.bindings] == [("pong", "a", "serve")]


def test_an_empty_file_is_a_file() -> None:
    assert check_bytes(file_text([]).encode(), "x.json", known=[])[1] == []
