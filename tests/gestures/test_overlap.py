"""Which gestures compete for one hand, and the key that parts them: adding it must part them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest

from handplay.gestures.library import Library, builtin_file, builtin_library, check_bytes, merge
from handplay.gestures.overlap import Overlap, overlaps, relate, warnings

UP, DOWN, BENT = "extended", "curled", ["half", "curled"]
PEACE = {"index": UP, "middle": UP, "ring": DOWN, "pinky": DOWN, "thumb": DOWN}


def library_of(*rows: dict[str, Any], builtin: bool = False) -> Library:
    known = [builtin_file()] if builtin else []
    data = json.dumps({"version": 1, "gestures": rows}).encode()
    file, problems = check_bytes(data, "my.json", known=known)
    assert file is not None, [str(problem) for problem in problems]
    return merge([*known, file])


def pose(name: str, fingers: Mapping[str, object] | None = None, **more: object) -> dict[str, Any]:
    return {"name": name, "fingers": dict(fingers or {}), **more}


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
        r"my\.json, line 1: 'two_up' and 'victory' \(peace.*\) overlap: where a hand shows both, 'victory' wins, "
        r"for it asks for more; add \"together\": \[\[\"index\", \"middle\"\]\] to 'two_up'"
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
    first, second = library.gestures
    relation = relate(first, second, library)
    (overlap,) = overlaps(library) if relation == "crossing" else (_told(library),)
    found = re.search(r"add (\".*) to '(\w)'", overlap.remedy)
    assert found is not None, overlap.remedy
    key = json.loads("{" + found.group(1) + "}")
    rows = {"a": dict(wide), "b": dict(other)}
    for name, value in key.items():
        row = rows[found.group(2)]
        row[name] = {**row.get(name, {}), **value} if isinstance(value, dict) else value
    parted = library_of(*rows.values())
    changed_first, changed_second = parted.gestures
    assert relate(changed_first, changed_second, parted) == "apart"


def _told(library: Library) -> Overlap:
    (overlap,) = overlaps(library)
    return overlap


def test_a_more_specific_gesture_of_ones_own_is_no_news() -> None:
    horns = pose("horns", {"thumb": DOWN, "index": UP, "middle": DOWN, "ring": DOWN, "pinky": UP})
    assert [one.reason for one in warnings(library_of(horns, builtin=True), "my.json") if "'rock'" in one.reason] == []


def test_a_vague_gesture_is_told_a_few_times_and_the_rest_counted() -> None:
    told = warnings(library_of(pose("vague", {"index": UP}), builtin=True), "my.json")
    assert len(told) == 3
    assert re.search(r"'vague' overlaps with .*, .* as well", told[-1].reason)
    assert all(problem.line == 1 and problem.file == "my.json" for problem in told)


def test_a_template_that_shows_a_pose_is_told(builders: ModuleType) -> None:
    def template(*poses: str, side: str = "Right") -> dict[str, Any]:
        samples = [builders.show(name, side).landmarks_px.ravel().tolist() for name in poses]
        return {"name": "mine", "kind": "template", "samples": samples, "sample_hand": side.lower()}

    for side in ("Right", "Left"):
        library = library_of(template("fist", "fist", "open_palm", side=side), builtin=True)
        told = [problem.reason for problem in warnings(library, "my.json")]
        assert told == [
            "'mine' and 'fist' (count_0) overlap: 67% of the samples show both; the better fit wins, or name it 'fist' "
            "to replace that one"
        ]


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
