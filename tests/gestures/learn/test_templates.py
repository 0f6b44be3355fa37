"""Templates: what matches, how sure, both hands, depth or none, rivals, weights."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.gestures.kinds import Template
from handplay.gestures.learn.features import FEATURES, features, flattened
from handplay.gestures.learn.recorded import template_of
from handplay.gestures.learn.templates import TemplateSettings, TemplateTable
from handplay.gestures.schema import FEATURE_NUMBERS


def shown(builders: ModuleType, pose: str, side: Handedness = "Right", **more: object) -> Float32:
    return np.asarray(builders.show(pose, side=side, **more).landmarks_px)


def template(builders: ModuleType, pose: str, side: Handedness = "Right", **more: object) -> Template:
    points = np.stack([shown(builders, pose, side, yaw=yaw) for yaw in (-10, 0, 10)])
    return replace(template_of(pose, points, [side] * 3), **more)  # type: ignore[arg-type]  # fields of the row


@pytest.fixture
def table(builders: ModuleType) -> TemplateTable:
    return TemplateTable([template(builders, pose) for pose in ("fist", "point", "rock", "thumbs_up", "thumbs_down")])


@pytest.mark.parametrize("side", ["Right", "Left"])
@pytest.mark.parametrize("turn", [{}, {"yaw": 20}, {"pitch": -15}], ids=str)
@pytest.mark.parametrize(
    ("pose", "place"), [("fist", 0), ("point", 1), ("rock", 2), ("thumbs_up", 3), ("thumbs_down", 4)]
)
def test_a_shown_template_matches_alone(
    table: TemplateTable, builders: ModuleType, pose: str, place: int, turn: dict[str, float], side: Handedness
) -> None:
    matches, scores = table.judge(shown(builders, pose, side, **turn), side)
    assert np.flatnonzero(matches).tolist() == [place]
    assert scores[place] > 0.8
    assert scores.argmax() == place


@pytest.mark.parametrize("side", ["Right", "Left", None])
def test_another_shape_matches_nothing(table: TemplateTable, builders: ModuleType, side: Handedness | None) -> None:
    matches, scores = table.judge(shown(builders, "open_palm", side or "Right"), side)
    assert not matches.any()
    assert scores.max() < 0.5


def test_the_wrong_side_is_another_hand(builders: ModuleType) -> None:
    table = TemplateTable([template(builders, "point")])
    left = shown(builders, "point", "Left", yaw=25)
    assert table.distances(left, "Left")[0] < table.distances(left, "Right")[0]


def test_an_unknown_side_tries_both(builders: ModuleType) -> None:
    table = TemplateTable([template(builders, "rock")])
    for side in ("Right", "Left"):
        points = shown(builders, "rock", side)
        assert table.judge(points, None)[1] == pytest.approx(table.judge(points, side)[1])


@pytest.mark.parametrize(("hand", "wanted"), [("any", [True, True]), ("left", [False, True]), ("right", [True, False])])
def test_a_template_of_one_hand(builders: ModuleType, hand: str, wanted: list[bool]) -> None:
    table = TemplateTable([template(builders, "fist", hand=hand)])
    got = [bool(table.judge(shown(builders, "fist", side), side)[0][0]) for side in ("Right", "Left")]
    assert got == wanted


def test_samples_of_a_left_hand(builders: ModuleType) -> None:
    left = template(builders, "rock", "Left")
    assert left.sample_hand == "left"
    assert TemplateTable([left]).judge(shown(builders, "rock", "Right"), "Right")[0][0]


def test_the_radius_is_the_border(builders: ModuleType) -> None:
    points = shown(builders, "fist", index="half")
    near = float(TemplateTable([template(builders, "fist")]).distances(points, "Right")[0])
    for radius, wanted in ((near * 0.98, False), (near * 1.02, True)):
        matches, scores = TemplateTable([template(builders, "fist", radius=radius)]).judge(points, "Right")
        assert bool(matches[0]) is wanted
        assert scores[0] == pytest.approx(0.5, abs=0.05)


def test_two_alike_share_the_score(builders: ModuleType) -> None:
    one = template(builders, "fist")
    matches, scores = TemplateTable([one, replace(one, name="again")]).judge(shown(builders, "fist"), "Right")
    assert matches.all()
    assert scores == pytest.approx([0.5, 0.5])


def test_a_template_without_depth_sees_a_hand_without_depth(builders: ModuleType) -> None:
    points = np.stack([flattened(shown(builders, "rock", yaw=yaw)) for yaw in (-10, 0, 10)])
    flat = template_of("flat", points, ["Right"] * 3)
    table = TemplateTable([flat, template(builders, "fist")])
    assert table.distances(shown(builders, "rock"), "Right")[0] == pytest.approx(0, abs=0.02)
    assert table.judge(shown(builders, "rock"), "Right")[0].tolist() == [True, False]
    assert table.judge(shown(builders, "fist"), "Right")[0].tolist() == [False, True]
    assert table.judge(flattened(shown(builders, "fist")), "Right")[0].tolist() == [False, True]


@pytest.mark.parametrize("points", [np.zeros((21, 3)), np.full((21, 3), np.nan)], ids=["one place", "nan"])
@pytest.mark.parametrize("side", ["Right", None])
def test_what_is_no_hand_matches_nothing(table: TemplateTable, points: Float32, side: Handedness | None) -> None:
    matches, scores = table.judge(points.astype(np.float32), side)
    assert not matches.any()
    assert np.isfinite(scores).all()


def test_a_sample_that_is_no_hand_does_no_harm(builders: ModuleType) -> None:
    broken = (0.0, 0.0, 0.0) * 4 + (0.1, 0.1, 0.0) + (0.0, 0.0, 0.0) * 16
    good = template(builders, "fist")
    table = TemplateTable([replace(good, samples=(broken, *good.samples)), replace(good, name="b", samples=(broken,))])
    assert table.judge(shown(builders, "fist"), "Right")[0].tolist() == [True, False]


def test_no_templates() -> None:
    matches, scores = TemplateTable([]).judge(np.zeros((21, 3), np.float32), None)
    assert matches.shape == scores.shape == (0,)


def test_weights_decide_between_neighbours(builders: ModuleType) -> None:
    one = template(builders, "fist")
    row = features(shown(builders, "fist"))
    toward = tuple(float(number) for number in 20 * row / np.linalg.norm(row))
    for_it = replace(one, name="for", weights=toward, bias=0.0)
    against = replace(one, name="against", weights=tuple(-number for number in toward), bias=0.0)
    matches, scores = TemplateTable([against, for_it]).judge(shown(builders, "fist"), "Right")
    assert matches.tolist() == [False, True]
    assert scores[1] > 0.9


def test_weights_do_not_reach_beyond_the_radius(builders: ModuleType) -> None:
    sure = replace(template(builders, "fist"), weights=(0.0,) * FEATURES, bias=1000.0)
    table = TemplateTable([sure])
    assert table.judge(shown(builders, "fist"), "Right")[0][0]
    assert not table.judge(shown(builders, "open_palm"), "Right")[0][0]


def test_the_file_format_counts_the_features() -> None:
    assert FEATURE_NUMBERS == FEATURES


@pytest.mark.parametrize("field", ["radius", "pull", "trained_pull", "runner_up"])
def test_settings_are_checked(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        TemplateSettings(**{field: 0.0})
