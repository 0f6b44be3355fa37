"""One advice for all that a pose overlaps with: done to the letter it parts them, and the hand can still show it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from gesture_rows import library_of, pose
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.hands import FINGERS
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.overlap import overlapping, overlaps, warnings
from handplay.gestures.overlap_hands import can_be_shown
from handplay.gestures.writing import json_row

UP, DOWN, BENT = "extended", "curled", ["half", "curled"]


_DECODER = json.JSONDecoder()


def members(text: str) -> dict[str, Any]:
    """The `"key": value` pairs that a text begins with."""
    found: dict[str, Any] = {}
    while begun := re.match(r'"(\w+)": ', text):
        found[begun[1]], end = _DECODER.raw_decode(text, begun.end())
        text = text[end:].removeprefix(", ")
    return found


def says_nothing(value: object) -> bool:
    """A key that is written out and means what its absence means; nobody would write it twice."""
    return value in (None, "any", []) or (isinstance(value, dict) and set(value.values()) <= {"any"})


def obeyed(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A row after somebody has done what a text says, to the letter: a key that is added must not stand there yet."""
    changed: dict[str, Any] = json.loads(json.dumps(row))
    text = re.split(r" to win there, or |, or name it |, which parts it| \(", text)[0]
    steps = re.findall(
        r'(?:^|; |and )(add|in "(\w+)" put|in "(\w+)" change "(\w+)" to) (.*?)(?=, and (?:add|in) |$)', text
    )
    assert steps, text
    for what, put, change, member, rest in steps:
        if what == "add":
            assert f"to '{row['name']}'" in rest
            added = members(rest)
            assert all(says_nothing(changed.get(key)) for key in added), text
            changed |= added
        elif put and isinstance(changed[put], dict):
            added = members(rest)
            assert all(says_nothing(changed[put].get(one)) for one in added), text
            changed[put] |= added
        elif put:
            while rest.startswith("["):
                value, end = _DECODER.raw_decode(rest)
                changed[put].append(value)
                rest = rest[end:].removeprefix(", ")
        else:
            assert member in changed[change], text
            changed[change][member] = _DECODER.raw_decode(rest)[0]
    return changed


def check_the_advice(row: dict[str, Any]) -> int:
    """Does what is advised on a gesture of one's own, to the letter; gives how many pieces of advice there were."""
    library = library_of(row, builtin=True)
    count = 0
    for overlap in overlaps(library, {row["name"]}):
        assert overlap.second.name == row["name"]
        for way in overlap.ways:
            assert way.text in overlap.remedy
            count += 1
            after = library_of(obeyed(row, way.text), builtin=True)
            assert json_row(after.gestures[-1]) == json_row(way.pose), way.text
            still = [one.name for one, *_ in overlapping(after, {row["name"]})]
            assert overlap.first.name not in still, f"{overlap}: {way.text} does not part them"
            before = [one.name for one, *_ in overlapping(library, {row["name"]})]
            assert set(still) <= set(before), f"{overlap}: {way.text} runs it into another one"
        if not overlap.ways:
            assert f"name it '{overlap.first.name}'" in overlap.remedy
            renamed = library_of({**row, "name": overlap.first.name}, builtin=True)
            assert renamed.find(overlap.first.name) is renamed.gestures[-1]
    return count + check_the_one_advice(row, library)


def check_the_one_advice(row: dict[str, Any], library: Library) -> int:
    """Does all that `check` says of one gesture, once: what it overlaps with afterwards is what was said to remain."""
    told = [problem.reason for problem in warnings(library, "my.json")]
    assert len(told) <= 1
    if not told or "no key parts" in told[0]:
        return 0
    rivals = [one.name for one, *_ in overlapping(library, {row["name"]})]
    said = re.search(r"from all of them but ('.*?')(?: \(|;|$)", told[0])
    remaining = re.findall(r"'(\w+)'", said[1]) if said else []
    after = library_of(obeyed(row, last_clause(told[0])), builtin=True)
    assert {one.name for one, *_ in overlapping(after, {row["name"]})} == set(remaining), told[0]
    assert len(remaining) < len(rivals)
    return 1


def last_clause(reason: str) -> str:
    """Of the reason and the advice, the advice."""
    return next(part for part in reason.split("; ") if re.match(r'add "|in "', part))


BUILTIN_ROWS = [json_row(gesture) for gesture in builtin_library().poses]


def test_the_advice_on_a_copy_of_every_builtin_pose() -> None:
    followed = 0
    for row in BUILTIN_ROWS:
        copy = {key: value for key, value in row.items() if key != "aliases"}
        followed += check_the_advice({**copy, "name": "mine"})
    assert followed >= len(BUILTIN_ROWS)


def test_the_advice_on_every_builtin_pose_with_one_finger_told_otherwise() -> None:
    followed = 0
    for row, finger in itertools.product(BUILTIN_ROWS, FINGERS):
        for states in (UP, BENT, DOWN, "any"):
            fingers = {**row.get("fingers", {}), finger: states}
            copy = {key: value for key, value in row.items() if key != "aliases"}
            followed += check_the_advice({**copy, "name": "mine", "fingers": fingers})
    assert followed >= 500


_PATTERN = st.sampled_from([UP, "half", DOWN, [UP, "half"], BENT, [UP, DOWN]])
_PAIR = st.lists(st.sampled_from(FINGERS), min_size=2, max_size=2, unique=True)
ROWS = st.fixed_dictionaries(
    {"name": st.just("mine"), "fingers": st.dictionaries(st.sampled_from(FINGERS), _PATTERN, min_size=1)},
    optional={
        "together": st.lists(_PAIR, max_size=2),
        "palm": st.sampled_from(["toward", "away"]),
        "hand": st.sampled_from(["left", "right"]),
        "grip": st.just("no_pinch"),
    },
)


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_the_advice_on_any_pose(row: dict[str, Any]) -> None:
    check_the_advice(row)


TWO_UP = {"index": UP, "middle": UP, "ring": DOWN, "pinky": DOWN}
GROUPED: dict[str, tuple[dict[str, Any], str]] = {
    "all five straight, held long": (
        pose("slowpalm", dict.fromkeys(FINGERS, UP), hold_s=2),
        "add \"apart\": [[\"thumb\", \"index\"], [\"index\", \"middle\"]] to 'slowpalm', "
        "which parts it from all of them; it wins there over 'open_palm'"),
    "two fingers up": (
        pose("duo", TWO_UP),
        'add "together": [["index", "middle"]], "palm": "toward" to \'duo\', '
        'and in "fingers" put "thumb": ["half", "curled"] ("apart" in place of "together" if they are spread), '
        "which parts it from all of them"),
    "the name of a built-in one": (
        pose("victory", {"thumb": DOWN, "index": UP, "middle": UP, "ring": DOWN, "pinky": DOWN}),
        'add "together": [["index", "middle"]], "palm": "toward" to \'victory\' ("apart" in place of "together" if '
        "they are spread), which parts it from all of them"),
    "a contact of its own": (
        pose("wide", dict.fromkeys(FINGERS, UP), apart=[["thumb", "index"]]),
        'in "apart" put ["index", "middle"], which parts it from all of them'),
    "a finger that may do several things": (
        pose("ell", {"thumb": [UP, "half"], "index": UP, "middle": DOWN, "ring": DOWN, "pinky": DOWN}),
        'in "fingers" change "thumb" to "extended"'),
}  # fmt: skip


@pytest.mark.parametrize(("row", "advice"), GROUPED.values(), ids=GROUPED)
def test_one_advice_for_all(row: dict[str, Any], advice: str) -> None:
    (told,) = warnings(library_of(row, builtin=True), "my.json")
    assert advice in told.reason


def test_fingers_that_stand_already_are_not_added_again() -> None:
    (told,) = warnings(library_of(pose("six", {**TWO_UP, "ring": UP}), builtin=True), "my.json")
    assert 'in "fingers" put "thumb": "extended" to leave it to \'three\'' in told.reason
    assert 'add "fingers"' not in told.reason


def hands_of(builders: ModuleType, fingers: Mapping[str, Any]) -> list[Any]:
    """Hands of another make than those that the advice was tried on, which show these fingers."""
    words = [fingers.get(finger, ["extended", "half", "curled"]) for finger in FINGERS]
    states = [[word] if isinstance(word, str) else word for word in words]
    return [
        builders.build_hand(*one, splay=splay, side=side)
        for one in itertools.product(*states)
        for splay in (0.0, 1.0, 1.8)
        for side in ("Right", "Left")
    ]


SHOWN: dict[str, dict[str, Any]] = {
    "all five straight": dict.fromkeys(FINGERS, UP),
    "two fingers up": TWO_UP,
    "four fingers up": {finger: UP for finger in FINGERS if finger != "thumb"},
    "four fingers up, the thumb in": {**dict.fromkeys(FINGERS, UP), "thumb": DOWN},
    "horns": {"index": UP, "middle": DOWN, "ring": DOWN, "pinky": UP},
    "an L": {"thumb": UP, "index": UP, "middle": DOWN, "ring": DOWN, "pinky": DOWN},
    "thumb and little finger": {"thumb": UP, "index": DOWN, "middle": DOWN, "ring": DOWN, "pinky": UP},
}


@pytest.mark.parametrize("fingers", SHOWN.values(), ids=SHOWN)
def test_a_hand_that_shows_it_can_still_show_it_with_the_advice_followed(
    builders: ModuleType, fingers: dict[str, Any]
) -> None:
    row = pose("mine", fingers)
    told = warnings(library_of(row, builtin=True), "my.json")
    for problem in told:
        after = obeyed(row, last_clause(problem.reason))
        before, now = library_of(row).gestures[0], library_of(after).gestures[0]
        judge = ShapeJudge([before, now], to_begin=True)
        shown = [judge.judge(hand.landmarks_px, hand.handedness)[0] for hand in hands_of(builders, fingers)]
        assert any(was for was, _ in shown)
        assert any(was and is_still for was, is_still in shown), problem.reason


def left_after_one_round(rows: list[dict[str, Any]], *, builtin: bool) -> set[tuple[str, str]]:
    """What overlaps once all that is advised on a file has been done, beyond what was said to remain."""
    rows, remaining = list(rows), set()
    for problem in warnings(library_of(*rows, builtin=builtin), "my.json"):
        if problem.reason.endswith(" parts them"):
            continue
        (place,) = [at for at, row in enumerate(rows) if problem.reason.startswith(f"'{row['name']}'")]
        rows[place] = obeyed(rows[place], last_clause(problem.reason))
        said = re.search(r"from all of them but ('.*?')(?: \(|;|$)", problem.reason)
        remaining |= {(rows[place]["name"], rival) for rival in re.findall(r"'(\w+)'", said[1] if said else "")}
    library = library_of(*rows, builtin=builtin)
    own = {row["name"] for row in rows}
    return {(second.name, first.name) for first, second, _ in overlapping(library, own)} - remaining


@pytest.mark.parametrize("name", ["digits", "finger_states13"])
def test_a_whole_file_is_mended_in_one_round(name: str) -> None:
    path = Path(__file__).resolve().parents[2] / "examples" / f"{name}.json"
    rows = [
        row for row in json.loads(path.read_text(encoding="utf-8"))["gestures"] if row.get("kind", "pose") == "pose"
    ]
    assert left_after_one_round(rows, builtin=True) == set()


THREE: dict[str, tuple[dict[str, Any], ...]] = {
    "the one before is changed too": ({"thumb": BENT, "ring": UP}, {"middle": DOWN}, {"middle": DOWN}),
    "one rival, as it is and as it would be": (
        {"pinky": UP, "index": UP}, {"ring": DOWN}, {"middle": BENT, "pinky": DOWN, "thumb": UP}),
    "an advice for one that runs into the other": (
        {"index": UP, "pinky": UP}, {"middle": UP}, {"index": UP}),
}  # fmt: skip


@pytest.mark.parametrize("fingers", THREE.values(), ids=THREE)
def test_gestures_of_one_file_are_parted_in_one_round(fingers: tuple[dict[str, Any], ...]) -> None:
    rows = [pose(name, one) for name, one in zip("abc", fingers, strict=True)]
    assert list(overlapping(library_of(*rows), {"a", "b", "c"}))
    assert left_after_one_round(rows, builtin=False) == set()


def test_an_advice_runs_into_no_other_gesture() -> None:
    """Whether its middle or its ring finger is bent parts it from "b"; the one would make it overlap with "a"."""
    library = library_of(
        pose("a", {"index": UP, "ring": UP}), pose("b", {"middle": UP, "ring": UP}), pose("mine", {"index": UP})
    )
    (overlap,) = overlaps(library, {"mine"})
    assert overlap.ways[-1].keys == {"fingers": {"ring": BENT}}


def test_of_two_gestures_one_is_changed_once() -> None:
    """What "b" is told because of "a" parts it from "c" as well, and "c" need not be changed."""
    rows = pose("a", {"index": UP, "pinky": UP}), pose("b", {"middle": UP}), pose("c", {"index": UP})
    told = [problem.reason for problem in warnings(library_of(*rows), "my.json")]
    assert [reason.split("; ", 1)[1] for reason in told] == [
        'in "fingers" put "index": ["half", "curled"]',
        "what is advised for 'b' parts them",
    ]


def test_that_an_advice_no_hand_can_follow_is_seen() -> None:
    (before,) = library_of(pose("slowpalm", dict.fromkeys(FINGERS, UP))).poses
    (near,) = library_of(pose("slowpalm", dict.fromkeys(FINGERS, UP), together=[["thumb", "index"]])).poses
    (wide,) = library_of(pose("slowpalm", dict.fromkeys(FINGERS, UP), apart=[["thumb", "index"]])).poses
    assert not can_be_shown(before, near)
    assert can_be_shown(before, wide)


@pytest.mark.parametrize("name", [gesture.name for gesture in builtin_library().poses if gesture.name != "mute"])
def test_the_model_hand_shows_every_builtin_pose(name: str) -> None:
    """But the hush, whose thumb is bent by its touch: of that nothing is advised."""
    (found,) = [gesture for gesture in builtin_library().poses if gesture.name == name]
    assert can_be_shown(found, found)
