"""The published schema and the reader agree: what the reader takes the schema takes, and what it refuses it names."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handplay.engine.hands import FINGERS
from handplay.gestures.json_schema import json_schema
from handplay.gestures.kinds import GRIPS, HANDS, KINDS, MEASURES, PALMS, PATHS, ROTATIONS, STATES, TRIGGERS
from handplay.gestures.library import check_bytes
from handplay.gestures.schema import KEYS

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
HAND = [float(number % 7) for number in range(63)]


def reader_takes(file: object) -> bool:
    known, problems = check_bytes(json.dumps(POSES).encode(), "poses.json", known=[])
    assert known is not None, problems
    return check_bytes(json.dumps(file).encode(), "file.json", known=[known])[0] is not None


POSES = {"version": 1, "gestures": [{"name": "fist_0", "fingers": {"index": "curled"}}]}


def row(**keys: object) -> dict[str, object]:
    return {"version": 1, "gestures": [{"name": "horns", **keys}]}


INDEX = {"fingers": {"index": "extended"}}

GOOD: dict[str, object] = {
    "nothing but the version": {"version": 1},
    "a schema": {"$schema": "gestures.schema.json", "version": 1},
    "a pose without its kind": row(**INDEX),
    "a list of states": row(fingers={"thumb": ["curled", "half"], "pinky": ["any"], "index": "half"}),
    "touching alone": row(touching=[["thumb", "index"]]),
    "apart alone": row(apart=[["thumb", "index"]]),
    "pointing alone": row(pointing={"index": "up"}),
    "palm alone": row(palm="away"),
    "grip alone": row(kind="pose", grip="grab"),
    "every time": row(**INDEX, hold_s=0, release_s=10, cooldown_s=0.25, trigger="repeat", hand="left"),
    "aliases and a sentence": row(**INDEX, aliases=["rock_on", "Hörner", "角"], about="Index up: „los!“"),
    "a template": row(kind="template", samples=[HAND, HAND], sample_hand="left", radius=0.5),
    "a motion": row(kind="motion", path="circle_cw", pose="fist_0"),
    "a recorded motion": row(kind="motion", samples=[[[0, 0], [1, 0.5]]], rotation="any", hold_s=0.1),
    "two hands": row(kind="two_hands", measure="angle", pose="fist_0", trigger="continuous"),
    "bindings": {"version": 1, "bindings": {"pong": {"fist_0": "serve"}, "mine": {}}},
    "a binding taken away": {"version": 1, "bindings": {"pong": {"fist_0": "none"}}},
}

BAD: dict[str, object] = {
    "no object": [],
    "no version": {"gestures": []},
    "version 2": {"version": 2},
    "version true": {"version": True},
    "unknown key of a file": {"version": 1, "gesture": []},
    "a schema that is no text": {"$schema": 3, "version": 1},
    "gestures as an object": {"version": 1, "gestures": {}},
    "too many gestures": {"version": 1, "gestures": [1] * 501},
    "a gesture as a text": {"version": 1, "gestures": ["horns"]},
    "no name": {"version": 1, "gestures": [INDEX]},
    "no condition": row(),
    "any is no condition": row(fingers={"index": "any", "thumb": ["any", "half"]}, palm="any", grip="any"),
    "all three states are no condition": row(fingers={"index": ["half", "curled", "extended"]}),
    "empty lists are no condition": row(touching=[], apart=[], together=[], pointing={}),
    "unknown kind": row(kind="posse", **INDEX),
    "unknown key": row(**INDEX, triger="enter"),
    "unknown finger": row(fingers={"indx": "extended"}),
    "unknown state": row(fingers={"index": "extendet"}),
    "an empty pattern": row(fingers={"index": [], "thumb": "half"}),
    "a pattern of five": row(fingers={"index": ["half"] * 5}),
    "a finger that touches itself": row(touching=[["thumb", "thumb"]]),
    "a pair of three": row(touching=[["thumb", "index", "ring"]]),
    "eleven pairs": row(touching=[["thumb", "index"]] * 11),
    "unknown direction": row(pointing={"index": "north"}),
    "unknown hand": row(**INDEX, hand="Left"),
    "unknown trigger": row(**INDEX, trigger="enter_leav"),
    "a negative time": row(**INDEX, hold_s=-1),
    "a long time": row(**INDEX, hold_s=10.5),
    "a time as a text": row(**INDEX, hold_s="0.1"),
    "a time as a truth": row(**INDEX, hold_s=True),
    "a name with a space": {"version": 1, "gestures": [{**INDEX, "name": "a b"}]},
    "a name that begins with a digit": {"version": 1, "gestures": [{**INDEX, "name": "1a"}]},
    "a long name": {"version": 1, "gestures": [{**INDEX, "name": "a" * 41}]},
    "a reserved name": {"version": 1, "gestures": [{**INDEX, "name": "none"}]},
    "a bad alias": row(**INDEX, aliases=["ok!"]),
    "many aliases": row(**INDEX, aliases=[f"a{number}" for number in range(21)]),
    "a long text": row(**INDEX, about="x" * 201),
    "a text of two lines": row(**INDEX, about="a\nb"),
    "a key of another kind": row(kind="motion", path="left", fingers={"index": "half"}),
    "a template without samples": row(kind="template"),
    "a template with an empty list": row(kind="template", samples=[]),
    "a short sample": row(kind="template", samples=[HAND[:62]]),
    "a sample of texts": row(kind="template", samples=[["1"] * 63]),
    "a far sample": row(kind="template", samples=[[1e6, *HAND[1:]]]),
    "many samples": row(kind="template", samples=[HAND] * 201),
    "a large radius": row(kind="template", samples=[HAND], radius=101),
    "a motion without a path": row(kind="motion"),
    "a motion with both": row(kind="motion", path="left", samples=[[[0, 0], [1, 0]]]),
    "an unknown path": row(kind="motion", path="lefft"),
    "a path of one point": row(kind="motion", samples=[[[0, 0]]]),
    "a path of 65 points": row(kind="motion", samples=[[[n, 0] for n in range(65)]]),
    "a point of three": row(kind="motion", samples=[[[0, 0, 0], [1, 1, 1]]]),
    "two hands without a measure": row(kind="two_hands"),
    "bindings as a list": {"version": 1, "bindings": []},
    "an action as a number": {"version": 1, "bindings": {"pong": {"fist_0": 3}}},
    "an action with a space": {"version": 1, "bindings": {"pong": {"fist_0": "let go"}}},
    "the action any": {"version": 1, "bindings": {"pong": {"fist_0": "any"}}},
}

READER_ALONE: dict[str, object] = {
    "a double name": {"version": 1, "gestures": [{**INDEX, "name": "a"}, {**INDEX, "name": "a"}]},
    "no such gesture": {"version": 1, "bindings": {"pong": {"fsit_0": "serve"}}},
    "no such pose": row(kind="motion", path="left", pose="fsit_0"),
    "apart and together": row(apart=[["thumb", "index"]], together=[["index", "thumb"]]),
    "a hand that is a point": row(kind="template", samples=[[1] * 63]),
    "a path that is a point": row(kind="motion", samples=[[[1, 1], [1, 1]]]),
    "too many samples in all": {
        "version": 1,
        "gestures": [{"name": f"t{n}", "kind": "template", "samples": [HAND] * 200} for n in range(11)],
    },
}


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("file", GOOD.values(), ids=GOOD)
def test_both_take(file: object) -> None:
    assert reader_takes(file)
    assert [error.message for error in VALIDATOR.iter_errors(file)] == []


@pytest.mark.parametrize("file", BAD.values(), ids=BAD)
def test_both_refuse(file: object) -> None:
    assert not reader_takes(file)
    assert not VALIDATOR.is_valid(file)


@pytest.mark.parametrize("file", READER_ALONE.values(), ids=READER_ALONE)
def test_what_only_the_reader_can_see(file: object) -> None:
    assert not reader_takes(file)
    assert VALIDATOR.is_valid(file)


def test_the_builtin_file_is_valid() -> None:
    data = resources.files("handplay.gestures").joinpath("builtin.json").read_text(encoding="utf-8")
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(data))] == []


def test_every_key_has_a_sentence_for_editors() -> None:
    for kind in KINDS:
        properties = SCHEMA["$defs"][kind]["properties"]
        assert properties.keys() == {"kind", *KEYS[kind][1]}
        assert all(properties[key]["description"].endswith(".") for key in KEYS[kind][1])


WORDS = st.sampled_from(
    ["horns", "fist_0", "none", "any", "a b", "x", "1", *STATES, *FINGERS, *HANDS, *PALMS, *GRIPS, *TRIGGERS, *PATHS,
     *ROTATIONS, *MEASURES, *KINDS]
)  # fmt: skip
SCALAR = st.none() | st.booleans() | st.sampled_from([-1, 0, 0.1, 1, 10, 11, 1e6]) | WORDS


def sometimes_wrong(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 19).flatmap(lambda chance: SCALAR | st.lists(SCALAR, max_size=3) if chance == 0 else right)


def word(words: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return sometimes_wrong(st.sampled_from(words))


PAIRS = st.lists(st.lists(word(FINGERS), min_size=2, max_size=2), max_size=2)
PATTERN = word(STATES) | st.lists(word(STATES), max_size=3)
NUMBERS = sometimes_wrong(st.sampled_from([0, 0.5, 10, 10.5, -1]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": sometimes_wrong(st.sampled_from(["horns", "n2", "été"])),
    "aliases": st.lists(word(("horn", "h2")), max_size=2, unique_by=str),
    "about": sometimes_wrong(st.just("A sentence.")),
    "hand": word(HANDS),
    "hold_s": NUMBERS,
    "release_s": NUMBERS,
    "cooldown_s": NUMBERS,
    "trigger": word(TRIGGERS),
    "fingers": sometimes_wrong(st.dictionaries(word(FINGERS).map(str), PATTERN, max_size=3)),
    "touching": PAIRS,
    "apart": PAIRS,
    "together": PAIRS,
    "pointing": sometimes_wrong(st.dictionaries(st.sampled_from(FINGERS), word(("up", "down", "toward")), max_size=2)),
    "palm": word(PALMS),
    "grip": word(GRIPS),
    "sample_hand": word(("left", "right")),
    "radius": NUMBERS,
    "weights": sometimes_wrong(st.sampled_from([[0.5] * 62, [0.5] * 61, [0.5] * 61 + [1e5]])),
    "bias": NUMBERS,
    "path": word(PATHS),
    "pose": word(("fist_0",)),
    "rotation": word(ROTATIONS),
    "measure": word(MEASURES),
}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    kind = draw(st.sampled_from(KINDS))
    samples = {"template": [HAND], "motion": [[[0, 0], [1, 1]]]}.get(kind)
    keys = draw(st.lists(st.sampled_from([key for key in KEYS[kind][1] if key != "name"]), max_size=5, unique=True))
    made: dict[str, object] = {"name": draw(VALUES["name"]), "kind": kind}
    for key in keys:
        made[key] = draw(sometimes_wrong(st.just(samples)) if key == "samples" else VALUES[key])
    return made


@settings(max_examples=400, deadline=None)
@given(row=rows())
def test_they_agree_on_any_gesture(row: dict[str, object]) -> None:
    file = {"version": 1, "gestures": [row]}
    known, _ = check_bytes(json.dumps(POSES).encode(), "poses.json", known=[])
    assert known is not None
    found, problems = check_bytes(json.dumps(file).encode(), "file.json", known=[known])
    unseen = ("cannot be apart", "two directions", "stands here twice", "no pose has the name", "asks for a pose",
              "is the name of a gesture")  # fmt: skip
    if found is not None:
        assert [error.message for error in VALIDATOR.iter_errors(file)] == []
    elif not any(mark in problem.reason for problem in problems for mark in unseen):
        assert not VALIDATOR.is_valid(file), [str(problem) for problem in problems]
