"""Figures of a labelled table: classes, mappings, who competes, what is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from handplay.gestures.learn.evaluation import (
    LabelClass,
    LabelProblem,
    classes_of,
    evaluate,
    read_mapping,
    score,
)
from handplay.gestures.learn.tables import LandmarkTable
from handplay.gestures.library import builtin_library, load_library

LIBRARY = builtin_library()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", {}),
        ("a=fist", {"a": ("fist",)}),
        ("a=fist, b = three|ok ,", {"a": ("fist",), "b": ("three", "ok")}),
        ("a=none", {"a": ("none",)}),
    ],
)
def test_mappings(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    assert read_mapping(text) == wanted


@pytest.mark.parametrize("text", ["a", "=b", "a=", "a=b|", "a=|b", "a=b,a=c"])
def test_what_is_no_mapping(text: str) -> None:
    with pytest.raises(LabelProblem, match=r"no mapping|mapped twice"):
        read_mapping(text)


def test_labels_are_names_aliases_or_none() -> None:
    classes = classes_of(["fist", "like", "none"], LIBRARY)
    assert classes["fist"] == LabelClass("fist", frozenset({"fist"}))
    assert classes["like"] == LabelClass("like", frozenset({"thumbs_up"}))
    assert classes["none"] == LabelClass("none", frozenset({"none"}))


def test_a_mapped_label_takes_the_new_name_and_a_set_keeps_its_own() -> None:
    classes = classes_of(["a", "b", "c"], LIBRARY, {"a": ("thumbs_up",), "b": ("three", "ok"), "c": ("none",)})
    assert classes["a"].name == "thumbs_up"
    assert classes["b"] == LabelClass("b", frozenset({"three", "ok"}))
    assert classes["c"].name == "none"


def test_labels_that_mean_the_same_are_one_class() -> None:
    classes = classes_of(["like", "thumbs_up", "x"], LIBRARY, {"x": ("like",)})
    assert {one.name for one in classes.values()} == {"thumbs_up"}


@pytest.mark.parametrize(
    ("label", "mapping", "wanted"),
    [
        ("fits", {}, r"the label 'fits' \(1 rows\) names no gesture; did you mean 'fist'\? Say with --map fits=NAME"),
        ("zzz_4", {}, r"names no gesture\. Say with --map zzz_4=NAME"),
        ("a", {"a": ("fits",)}, "'a' is mapped to 'fits', which names no gesture; did you mean 'fist'"),
    ],
)
def test_labels_that_name_nothing(label: str, mapping: dict[str, tuple[str, ...]], wanted: str) -> None:
    with pytest.raises(LabelProblem, match=wanted):
        classes_of([label], LIBRARY, mapping)


def test_all_labels_that_name_nothing_are_told_at_once() -> None:
    labels = ["zzz_2", "fist", "zzz_1", "zzz_1", "a", "b"]
    with pytest.raises(LabelProblem) as error:
        classes_of(labels, LIBRARY, {"a": ("fits",), "b": ("nowhere", "fist")})
    assert str(error.value).splitlines() == [
        "'a' is mapped to 'fits', which names no gesture; did you mean 'fist'?",
        "'b' is mapped to 'nowhere', which names no gesture.",
        "2 labels name no gesture: 'zzz_1' (2 rows), 'zzz_2' (1 rows). Say which gestures are meant, or none, with "
        "--map zzz_1=NAME,zzz_2=NAME",
    ]


def test_a_movement_is_not_in_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text('{"version": 1, "gestures": [{"name": "go", "kind": "motion", "path": "left"}]}')
    with pytest.raises(LabelProblem, match="'go' is of kind 'motion'"):
        classes_of(["go"], load_library(file))


A, B, AB, NONE = (
    LabelClass("a", frozenset({"a"})),
    LabelClass("b", frozenset({"b"})),
    LabelClass("ab", frozenset({"a", "b"})),
    LabelClass("none", frozenset({"none"})),
)


def test_figures_by_hand() -> None:
    result = score([A, A, A, B, B, NONE], ["a", "a", "b", "b", "none", "a"])
    assert result.accuracy == pytest.approx(3 / 6)
    a = result.per_class["a"]
    assert (a.precision, a.recall, a.f1, a.support) == pytest.approx((2 / 3, 2 / 3, 2 / 3, 3))
    b = result.per_class["b"]
    assert (b.precision, b.recall, b.f1, b.support) == pytest.approx((1 / 2, 1 / 2, 1 / 2, 2))
    assert result.per_class["none"].f1 == 0
    assert result.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert result.confusion == {"a": {"a": 2, "b": 1}, "b": {"b": 1, "none": 1}, "none": {"a": 1}}
    assert list(result.per_class) == ["a", "b", "none"]
    assert result.mistakes() == [("a", "b", 1), ("b", "none", 1), ("none", "a", 1)]


def test_any_member_of_a_set_is_right() -> None:
    result = score([AB, AB, AB], ["a", "b", "none"])
    assert result.accuracy == pytest.approx(2 / 3)
    assert result.confusion == {"ab": {"ab": 2, "none": 1}}


def test_a_member_counts_for_the_class_that_it_was_right_for() -> None:
    result = score([AB, A, B], ["a", "a", "a"])
    assert result.confusion == {"ab": {"ab": 1}, "a": {"a": 1}, "b": {"a": 1}}


def test_what_no_label_names_is_told_by_its_own_name() -> None:
    assert score([A], ["other"]).confusion == {"a": {"other": 1}}


def test_nothing_at_all() -> None:
    assert score([], []).to_json() == {"macro_f1": 0.0, "accuracy": 0.0, "per_class": {}, "confusion": {}}


def test_json_is_plain_and_whole() -> None:
    told = score([A, B], ["a", "none"]).to_json()
    assert json.loads(json.dumps(told)) == told
    assert told["per_class"]["a"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}
    assert told["confusion"]["b"] == {"none": 1}


def test_built_hands_are_told_apart(make_table: Callable[..., LandmarkTable]) -> None:
    result = evaluate(make_table("fist", "point", "rock", "thumbs_up", "thumbs_down"), LIBRARY)
    assert result.accuracy == 1.0
    assert set(result.per_class) == {"fist", "point", "rock", "thumbs_up", "thumbs_down"}


def test_only_named_gestures_compete(make_table: Callable[..., LandmarkTable]) -> None:
    table = make_table("rock")
    table = replace(table, labels=("point",) * len(table))
    assert evaluate(table, LIBRARY).confusion == {"point": {"none": len(table)}}
    assert evaluate(table, LIBRARY, every_gesture=True).confusion == {"point": {"rock": len(table)}}


def test_hands_that_show_nothing(make_table: Callable[..., LandmarkTable]) -> None:
    table = make_table("fist", "rock")
    table = replace(table, labels=tuple("none" if label == "rock" else label for label in table.labels))
    assert evaluate(table, LIBRARY).accuracy == 1.0


def test_the_users_own_gesture_wins_a_tie(
    tmp_path: Path, builders: ModuleType, make_table: Callable[..., LandmarkTable]
) -> None:
    fist = next(one for one in LIBRARY.gestures if one.name == "fist")
    own = replace(fist, name="mine", aliases=())
    library = replace(LIBRARY, gestures=(*LIBRARY.gestures, own))
    table = make_table("fist")
    both = replace(table, labels=("fist", *("mine",) * (len(table) - 1)))
    assert evaluate(both, library).confusion == {"fist": {"mine": 1}, "mine": {"mine": len(table) - 1}}
