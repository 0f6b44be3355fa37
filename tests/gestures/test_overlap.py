"""Which gestures compete for one hand, and the key that parts them: adding it must part them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from gesture_rows import library_of, pose

from handplay.gestures.library import builtin_library
from handplay.gestures.overlap import overlaps, warnings
from handplay.gestures.overlap_relation import relate

UP, DOWN, BENT = "extended", "curled", ["half", "curled"]
PEACE = {"index": UP, "middle": UP, "ring": DOWN, "pinky": DOWN, "thumb": DOWN}


A = pose("a", {"index": UP, "middle": UP})

RELATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "the same": (A, pose("b", {"index": UP, "middle": UP}), "same"),
    "other fingers": (A, pose("b", {"index": UP, "middle": DOWN}), "apart"),
    "states that meet in half": (
        pose("a", {"index": ["extended", "half"]}), pose("b", {"index": ["half", "curled"]}), "apart"),
    "one finger more": (A, pose("b", {"index": UP, "middle": UP, "ring": DOWN}), "second"),
    "one state less": (pose("a", {"index": DOWN}), pose("b", {"index": BENT}), "first"),
    "each asks for another finger": (pose("a", {"index": UP}), pose("b", {"middle": UP}), "crossing"),
    "together and apart": (
        pose("a", PEACE, together=[["index", "middle"]]), pose("b", PEACE, apart=[["middle", "index"]]), "apart"),
    "touching and apart": (
        pose("a", touching=[["thumb", "index"]]), pose("b", apart=[["thumb", "index"]]), "apart"),
    "touching is more": (pose("a", PEACE, touching=[["thumb", "ring"]]), pose("b", PEACE), "first"),
    "two directions": (
        pose("a", pointing={"index": "up"}), pose("b", pointing={"index": "left"}), "apart"),
    "one direction": (pose("a", {"index": UP}, pointing={"index": "up"}), pose("b", {"index": UP}), "first"),
    "two palms": (pose("a", palm="toward"), pose("b", palm="away"), "apart"),
    "one palm": (pose("a", PEACE, palm="toward"), pose("b", PEACE), "first"),
    "a palm against a finger": (pose("a", palm="toward"), pose("b", {"ring": DOWN}), "crossing"),
    "two hands": (pose("a", PEACE, hand="left"), pose("b", PEACE, hand="right"), "apart"),
    "a grip beside a pose": (pose("a", grip="pinch"), pose("b", {"index": "half"}), "apart"),
    "pinch and grab": (pose("a", grip="pinch"), pose("b", grip="grab"), "apart"),
    "no pinch is more": (pose("a", PEACE, grip="no_pinch"), pose("b", PEACE), "first"),
    "two motions": (
        {"name": "a", "kind": "motion", "path": "left"}, {"name": "b", "kind": "motion", "path": "left"}, "same"),
    "two paths": (
        {"name": "a", "kind": "motion", "path": "left"}, {"name": "b", "kind": "motion", "path": "right"}, "apart"),
    "two measures": (
        {"name": "a", "kind": "two_hands", "measure": "clap"}, {"name": "b", "kind": "two_hands", "measure": "frame"},
        "apart"),
    "one measure": (
        {"name": "a", "kind": "two_hands", "measure": "clap"}, {"name": "b", "kind": "two_hands", "measure": "clap"},
        "same"),
    "a motion and a pose": (A, {"name": "b", "kind": "motion", "path": "left"}, "apart"),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "relation"), RELATIONS.values(), ids=RELATIONS)
def test_relations(first: dict[str, Any], second: dict[str, Any], relation: str) -> None:
    library = library_of(first, second)
    a, b = library.gestures
    assert relate(a, b, library) == relation
    back = {"first": "second", "second": "first"}.get(relation, relation)
    assert relate(b, a, library) == back


def test_the_pose_of_a_motion_may_be_told_by_an_alias() -> None:
    fist = pose("fist_0", {"index": DOWN}, aliases=["rock_0"])
    rows = [
        {"name": name, "kind": "motion", "path": "left", "pose": p} for name, p in (("a", "fist_0"), ("b", "rock_0"))
    ]
    library = library_of(fist, *rows)
    assert [str(overlap) for overlap in overlaps(library)] == [
        "'b' and 'a' overlap: they ask for the same; keep one, or give them different poses (\"pose\")"
    ]


def test_the_example_that_everybody_meets() -> None:
    """Two fingers up, and the built-in victory, which has them apart."""
    library = library_of(pose("two_up", {**PEACE, "ring": BENT, "pinky": BENT, "thumb": BENT}), builtin=True)
    (problem,) = [one for one in warnings(library, "my.json") if "'victory'" in one.reason]
    wanted = (
        r"my\.json, line 1: 'two_up' and 'victory' \(peace.*\) overlap, and 2 more overlap with 'two_up': "
        r"where a hand shows both, 'victory', .* win, for they ask for more; "
        r"add \"together\": \[\[\"index\", \"middle\"\]\], \"palm\": \"toward\" to 'two_up'"
    )
    assert re.match(wanted, str(problem)), str(problem)


PARTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "by together": (pose("a", PEACE), pose("b", PEACE, apart=[["index", "middle"]])),
    "by apart": (pose("a", PEACE), pose("b", PEACE, together=[["index", "middle"]])),
    "by a finger": (pose("a", {"index": UP}), pose("b", {"middle": UP})),
    "by fewer states": (pose("a", {"index": BENT, "middle": UP}), pose("b", {"index": DOWN})),
    "by the palm": (pose("a", {"index": UP}, hand="left"), pose("b", {"index": UP}, palm="toward")),
}


@pytest.mark.parametrize(("wide", "other"), PARTED.values(), ids=PARTED)
def test_what_is_advised_parts_them(wide: dict[str, Any], other: dict[str, Any]) -> None:
    library = library_of(other, wide)
    (overlap,) = overlaps(library)
    assert overlap.ways
    for way in overlap.ways:
        changed = [with_keys(row, way.keys) if row["name"] == way.name else row for row in (other, wide)]
        parted = library_of(*changed)
        assert list(overlaps(parted)) == []
        wanted = {"leave": "apart", "win": "second" if way.name == wide["name"] else "first"}
        first, second = parted.gestures
        assert relate(first, second, parted) == wanted[way.aim]


TWINS: dict[str, dict[str, Any]] = {
    "straight fingers": pose("a", PEACE),
    "no straight fingers": pose("a", {"index": BENT, "middle": BENT}),
    "one palm": pose("a", {"index": BENT, "middle": BENT}, palm="away"),
}


@pytest.mark.parametrize("row", TWINS.values(), ids=TWINS)
def test_twins_of_ones_own_are_parted_by_a_key_for_each(row: dict[str, Any]) -> None:
    twin = {**row, "name": "b"}
    (overlap,) = overlaps(library_of(row, twin))
    keys = {way.name: way.keys for way in overlap.ways}
    assert keys.keys() == {"a", "b"}
    for name, added in keys.items():
        for key, value in added.items():
            assert f'"{key}": {json.dumps(value)}' in overlap.remedy, name
    parted = library_of(with_keys(row, keys["a"]), with_keys(twin, keys["b"]))
    assert list(overlaps(parted)) == []


def with_keys(row: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """A row after somebody has followed an advice."""
    changed = dict(row)
    for key, value in keys.items():
        was = changed.get(key)
        if isinstance(value, dict):
            changed[key] = {**(was or {}), **value}
        else:
            changed[key] = [*was, *value] if isinstance(was, list) else value
    return changed


BLASTERS: dict[str, dict[str, Any]] = {
    "as the tutorial writes it": {"ring": BENT, "pinky": BENT},
    "a ring finger that was always rolled in": {"ring": DOWN},
    "a little finger that wavered": {"ring": DOWN, "pinky": "any"},
    "a thumb that wavered": {"thumb": [UP, "half"], "ring": DOWN, "pinky": DOWN},
}


@pytest.mark.parametrize("fingers", BLASTERS.values(), ids=BLASTERS)
def test_the_advice_lets_a_blaster_be_as_it_was_recorded(fingers: dict[str, Any]) -> None:
    """Thumb out, index and middle finger straight: three2 asks for no more, so the shape itself is not what parts
    them."""
    row = pose("blaster", {"thumb": UP, "index": UP, "middle": UP, **fingers})
    (overlap,) = [one for one in overlaps(library_of(row, builtin=True)) if one.first.name == "three2"]
    way = overlap.ways[0]
    assert way.aim == "win"
    shown = {"thumb": UP, "index": UP, "middle": UP, "ring": DOWN, "pinky": DOWN}
    for finger, states in way.keys.get("fingers", {}).items():
        assert shown[finger] in states
    assert way.keys.keys() <= {"fingers", "together"}


def test_a_more_specific_gesture_of_ones_own_is_no_news() -> None:
    horns = pose("horns", {"thumb": DOWN, "index": UP, "middle": DOWN, "ring": DOWN, "pinky": UP})
    assert [one.reason for one in warnings(library_of(horns, builtin=True), "my.json") if "'rock'" in one.reason] == []


def test_all_that_a_vague_gesture_overlaps_with_is_told_at_once() -> None:
    (told,) = warnings(library_of(pose("vague", {"index": UP}), builtin=True), "my.json")
    assert re.match(r"'vague' and 'open_palm' \(.*\) overlap, and 14 more overlap with 'vague': ", told.reason)
    for rival in ("point", "victory", "three2", "ily"):
        assert f"'{rival}'" in told.reason
    assert "which parts it from all of them but 'point' (name it 'point' to replace the built-in one)" in told.reason
    assert (told.line, told.file) == (1, "my.json")


def test_what_ones_own_gestures_do_to_each_other_comes_first() -> None:
    library = library_of(pose("a", {"index": UP}), pose("b", {"middle": UP}), builtin=True)
    told = [problem.reason for problem in warnings(library, "my.json")]
    assert told[0].startswith("'b' and 'a' overlap: one hand can show both")


JUSTIFIED = {
    ("open_palm", "stop"): "a flat hand with the thumb out is a stop: two contacts outrank one and a half thumb",
    ("open_palm", "stop_inverted"): "as above",
}
"""Built-in gestures that one hand can show at once, neither more specific, and why that is meant."""


def test_the_builtin_gestures_do_not_overlap_but_where_it_is_meant() -> None:
    found = {(one.first.name, one.second.name) for one in overlaps(builtin_library())}
    assert found <= JUSTIFIED.keys()


def test_that_check_can_fail() -> None:
    rows = [pose("a", {"index": UP}), pose("b", {"middle": UP})]
    assert [(one.first.name, one.second.name) for one in overlaps(library_of(*rows))] == [("a", "b")]
