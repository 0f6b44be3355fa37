"""A reading tells what is shown and must still be held: how far it is, and that it is over when the gesture begins."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognizer


def held(name: str, hold_s: float) -> Library:
    library = builtin_library()
    rows = tuple(replace(one, hold_s=hold_s) if one.name == name else one for one in library.gestures)
    return replace(library, gestures=rows)


def test_it_counts_up_to_the_hold_time_and_is_gone_when_the_gesture_begins(builders: ModuleType) -> None:
    recognizer = Recognizer(held("victory", 1.0))
    counted = []
    for index in range(40):
        seen = recognizer.update(builders.frame(builders.show("victory"), time_s=index / 30))
        (reading,) = seen.readings
        for one in reading.coming:
            assert (one.name, one.hold_s) == ("victory", 1.0)
            assert reading.gestures == ()
            counted.append(one.held_s)
        if any(step.kind == "begin" for step in seen.steps):
            assert reading.coming == ()
            assert index == 30
    assert counted == pytest.approx([index / 30 for index in range(30)])


def test_a_pose_that_is_given_up_begins_again_from_nothing(builders: ModuleType) -> None:
    recognizer = Recognizer(held("victory", 1.0))
    shown = ["victory"] * 15 + ["fist"] * 15 + ["victory"] * 3
    held_s = []
    for index, pose in enumerate(shown):
        (reading,) = recognizer.update(builders.frame(builders.show(pose), time_s=index / 30)).readings
        held_s.append({one.name: one.held_s for one in reading.coming}.get("victory"))
    assert held_s[14] == pytest.approx(14 / 30)
    assert held_s[15:30] == [None] * 15
    assert held_s[30] == pytest.approx(0.0)
