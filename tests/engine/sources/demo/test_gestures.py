"""The demo hand's movements: each one is in the picture, goes the way it says and is the same for the same seed."""

from __future__ import annotations

import itertools
from importlib import resources

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine.sources.demo.gestures import GESTURES, PERFORMED, SPEEDS, TWO_HANDED, perform, performer
from handplay.engine.sources.demo.idle import idle
from handplay.engine.sources.demo.poses import POSES
from handplay.engine.sources.demo.source import SCRIPTS, DemoSource
from handplay.engine.sources.demo.wander import wander


def places(name: str, speed: str = "normal", seed: int = 0) -> NDArray[np.float64]:
    """Palm centres (frames, hands, 2), 0..1 of the image, of the movement alone."""
    shown = perform(name, performer(seed, speed, name=name), seed=seed)
    source = DemoSource(script=shown.script, realtime=False)
    times = np.arange(shown.begin_s, shown.end_s, 1 / 60)
    return np.array([[np.array(view.centre_px) / (640, 480) for view in source.views(t)] for t in times])


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("name", PERFORMED)
def test_a_movement_stays_in_the_picture(name: str, speed: str) -> None:
    for seed in range(4):
        xy = places(name, speed, seed)
        assert xy.shape[1] == (2 if name in TWO_HANDED else 1)
        assert xy.min() > 0.05
        assert xy.max() < 0.95


@pytest.mark.parametrize(
    ("name", "axis", "sign"),
    # The picture is not mirrored: the player's left is its right.
    [("swipe_left", 0, 1), ("swipe_right", 0, -1), ("swipe_up", 1, -1), ("swipe_down", 1, 1)],
)
def test_swipes_go_the_players_way(name: str, axis: int, sign: int) -> None:
    xy = places(name)[:, 0] * (4 / 3, 1)
    way = (xy - xy[0])[np.abs(xy - xy[0]).sum(axis=1).argmax()]
    assert sign * way[axis] > 0.2
    assert abs(way[1 - axis]) < 0.2 * abs(way[axis])


@pytest.mark.parametrize(("name", "clockwise"), [("circle_cw", True), ("circle_ccw", False)])
def test_circles_go_the_players_way_round(name: str, clockwise: bool) -> None:
    xy = places(name)[:, 0] * (4 / 3, 1)
    x, y = (xy - xy.mean(axis=0)).T
    turned = np.unwrap(np.arctan2(y, -x))  # as in a mirror
    assert (turned[-1] - turned[0] > 2 * np.pi) == clockwise
    assert abs(turned[-1] - turned[0]) > 2 * np.pi


def test_speeds_differ() -> None:
    lengths = [perform("wave", performer(3, speed, name="wave")).end_s for speed in SPEEDS]
    assert all(a > b for a, b in itertools.pairwise(lengths))


def test_the_same_seed_is_the_same_movement() -> None:
    assert perform("drag", seed=5) == perform("drag", seed=5)
    assert perform("drag", seed=5) != perform("drag", seed=6)
    assert performer(1, "slow", name="tap") == performer(1, "slow", name="tap")


def test_every_movement_has_a_gesture_and_a_script() -> None:
    text = resources.files("handplay.gestures").joinpath("builtin.json").read_text(encoding="utf-8")
    for name in PERFORMED:
        assert f'"name": "{name}"' in text
        assert name in SCRIPTS
    assert {script.name for script in GESTURES} <= SCRIPTS.keys()


def test_an_unknown_gesture_is_refused() -> None:
    with pytest.raises(ValueError, match="name: got 'jump', wanted one of swipe_left, "):
        perform("jump")


def test_idle_hands_differ_from_seed_to_seed_and_not_else() -> None:
    assert idle(3) == idle(3)
    assert idle(3) != idle(4)
    assert len(idle(0, hands=1).tracks) == 1
    assert len(idle(0, hands=2).tracks) == 2


def test_wandering_hands_hop_or_drift_in_any_shape_or_at_ease() -> None:
    assert wander(3) == wander(3)
    assert wander(3) != wander(7)
    hops, drifts, hops_at_ease, drifts_at_ease = (wander(seed, hands=2).tracks[1].keys for seed in range(4))
    for keys, shapes in ((hops, POSES.keys()), (drifts, POSES.keys())):
        assert len({key.pose for key in keys} & shapes) > 5
    for keys in (hops_at_ease, drifts_at_ease):
        assert {key.pose for key in keys} == {"relaxed"}
    assert any((a.x, a.y) == (b.x, b.y) for a, b in itertools.pairwise(hops))  # rests
    assert all((a.x, a.y) != (b.x, b.y) for a, b in itertools.pairwise(drifts))
