"""Measures and judging are written for speed; here they stand once more as one would say them, and must agree."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine.hands import Handedness
from handplay.gestures.conditions import PoseTable, facts_of
from handplay.gestures.fingers import DIRECTIONS, WordReader, switch
from handplay.gestures.learn.features import features
from handplay.gestures.learn.metric import MetricSettings, model_hands, whitening
from handplay.gestures.learn.recorded import template_of
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.library import builtin_library
from handplay.gestures.measures import HandMeasures, measure
from handplay.gestures.settings import PAIRS, GestureSettings

Points = NDArray[np.float64]
SETTINGS = GestureSettings()
READER = WordReader(SETTINGS)
TIPS, BASES = (4, 8, 12, 16, 20), (2, 5, 9, 13, 17)
HANDS = 40


def some_hands(seed: int, count: int = HANDS) -> tuple[Points, Points]:
    """Image and world points of hands in any pose, tilted and leaning."""
    rng = np.random.default_rng(seed)
    hands = model_hands(rng.integers(0, 3, (count, 5)), MetricSettings(tilt_deg=30, lean_deg=90), rng)
    image = hands * (90.0, 90.0, 45.0) + (400.0, 300.0, 0.0)
    metres = (hands + rng.normal(0, 0.03, hands.shape)) * 0.09
    return image.astype(np.float32).astype(np.float64), metres.astype(np.float32).astype(np.float64)


def degrees_between(a: Points, b: Points) -> float:
    return math.degrees(math.acos(np.clip(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1)))


def unit_of(p: Points) -> float:
    return float(np.mean([np.linalg.norm(p[arm] - p[0]) for arm in (5, 9, 17)]))


def bends_of(p: Points) -> Points:
    """MCP, PIP and DIP of each long finger, weighted, degrees; the MCP counts for more beyond its knee."""
    (a, b, c), (knee, beyond) = SETTINGS.bend_weights, SETTINGS.mcp_beyond
    bends = []
    for base in (5, 9, 13, 17):
        ways = [end - start for start, end in itertools.pairwise([p[0], *p[base : base + 4]])]
        mcp, pip, dip = (degrees_between(first, then) for first, then in itertools.pairwise(ways))
        bends.append(a * mcp + b * pip + c * dip + beyond * max(0.0, mcp - knee))
    return np.array(bends)


def openness_of(p: Points) -> float:
    knuckles, thumb = p[5] - p[17], p[4] - p[2]
    knuckles = knuckles / np.linalg.norm(knuckles)
    across, overhang, mcp, ip, constant = SETTINGS.thumb_weights
    return float(
        across * (thumb @ knuckles) / np.linalg.norm(thumb)
        + overhang * ((p[4] - p[5]) @ knuckles) / unit_of(p)
        + mcp * degrees_between(p[2] - p[1], p[3] - p[2])
        + ip * degrees_between(p[3] - p[2], p[4] - p[3])
        + constant
    )


def facing_of(p: Points, side: Handedness, mirrored: bool) -> float:
    normal = np.cross(p[5] - p[0], p[17] - p[0])
    return float(normal[2] / np.linalg.norm(normal)) * (1 if (side == "Left") != mirrored else -1)


def from_bone(p: Points, end: int) -> float:
    """Distance of the thumb tip from the bone that ends in this landmark."""
    a, b = p[end - 1], p[end]
    part = np.clip((p[4] - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return float(np.linalg.norm(p[4] - a - part * (b - a)))


def near_of(p: Points) -> Points:
    """Palm units: of thumb tip and last, middle and first bones (12), of pairs of tips (10), of thumb tip and index
    DIP."""
    bones = [from_bone(p, last + 4 * finger) for last in (8, 7, 6) for finger in range(4)]
    tips = [float(np.linalg.norm(p[TIPS[a]] - p[TIPS[b]])) for a, b in PAIRS]
    return np.array([*bones, *tips, float(np.linalg.norm(p[4] - p[7]))])


def direction_of(p: Points, mirrored: bool) -> Points:
    ways = [p[tip] - p[base] for tip, base in zip(TIPS, BASES, strict=True)]
    ways = [way / np.linalg.norm(way) for way in ways]
    ways[0] = ways[0] + (p[5] - p[17]) / np.linalg.norm(p[5] - p[17])
    ways[0] = ways[0] / np.linalg.norm(ways[0])
    return np.array(ways) * (1.0 if mirrored else -1.0, 1.0, 1.0)


def plain(image: Points, world: Points | None, side: Handedness, mirrored: bool) -> dict[str, Points | float]:
    """What `measure` gives, said plainly."""
    facing = facing_of(image if world is None else world, side, mirrored)
    flat = image * (1, 1, SETTINGS.contact_depth)
    near = near_of(flat) / unit_of(image)
    bend, openness = bends_of(image), openness_of(image)
    if world is not None:
        added, flattened = SETTINGS.world_added, np.array(SETTINGS.world_flattened)
        share = SETTINGS.world_share * (1 - min(1.0, max(0.0, -2 * facing)))
        bend = (1 - share) * bend + share * flattened * np.maximum(0, bends_of(world) - added)
        openness = (1 - share) * openness + share * openness_of(world)
        part = SETTINGS.contact_world
        near = (1 - part) * near + part * near_of(world) / unit_of(world)
    curl = np.clip((bend - SETTINGS.bend_straight_deg) / (SETTINGS.bend_full_deg - SETTINGS.bend_straight_deg), 0, 1)
    last, middle, first, tips, dip = near[0:4], near[4:8], near[8:12], near[12:22], float(near[22])
    touch = np.array([*np.where(curl > SETTINGS.curled_curl, np.minimum(last, middle), last), *tips[4:]])
    spread = np.array(
        [np.linalg.norm(image[TIPS[a]] - image[TIPS[b]]) / np.linalg.norm(image[BASES[a]] - image[BASES[b]])
         for a, b in PAIRS]
    )  # fmt: skip
    spread[:4] = first
    fingers = [image[tip] - image[base] for tip, base in zip(TIPS, BASES, strict=True)]
    grab = 0.5 * (curl.mean() + curl.min()) / SETTINGS.grab_full_curl
    rolled_in, closed = (bend[0] - SETTINGS.pinch_max_bend_deg) / 50.0, (grab - SETTINGS.pinch_max_grab) / 0.2
    palm = (image[5] + image[17] - 2 * image[0]) * (1 if mirrored else -1, 1, 1)
    return {
        "curl": curl,
        "bend_deg": bend,
        "thumb_openness": openness,
        "touch_gap": touch,
        "spread": spread,
        "spread_rad": np.radians([degrees_between(a, b) for a, b in itertools.pairwise(fingers)]),
        "direction": direction_of(image, mirrored),
        "palm_axis": palm / np.linalg.norm(palm),
        "tip_gap": tips[0] + SETTINGS.pinch_slip * max(0.0, tips[0] - dip),
        "pinch_gap": tips[0] + SETTINGS.pinch_slip * max(0.0, tips[0] - dip) + max(0.0, rolled_in, closed),
        "grab": min(1.0, grab),
        "facing": facing,
    }


@pytest.mark.parametrize("deep", [True, False], ids=["image+world", "image"])
@pytest.mark.parametrize("mirrored", [False, True], ids=["camera", "selfie"])
@pytest.mark.parametrize("side", ["Right", "Left"])
def test_measures_are_what_they_say(side: Handedness, mirrored: bool, deep: bool) -> None:
    for image, world in zip(*some_hands(3), strict=True):
        got = measure(
            image.astype(np.float32), SETTINGS, world=world.astype(np.float32) if deep else None,
            handedness=side, mirrored=mirrored,
        )  # fmt: skip
        for name, wanted in plain(image, world if deep else None, side, mirrored).items():
            given = getattr(got, name) if name != "curl" else got.curl[1:]
            # Angles near 0 are the least exact thing in single precision.
            off = 0.06 if name == "bend_deg" else 1e-3
            np.testing.assert_allclose(given, wanted, atol=off, rtol=1e-4, err_msg=name)


def test_world_points_that_are_all_0_are_none() -> None:
    image = some_hands(3, 1)[0][0].astype(np.float32)
    with_zeros = measure(image, SETTINGS, world=np.zeros((21, 3), np.float32), handedness="Right")
    without = measure(image, SETTINGS, handedness="Right")
    for name in HandMeasures.__slots__:
        np.testing.assert_array_equal(getattr(with_zeros, name), getattr(without, name))


def test_directions_are_angles() -> None:
    away = {"up": (0, -1, 0), "down": (0, 1, 0), "left": (-1, 0, 0), "right": (1, 0, 0)}
    depths = {"toward": (0, 0, -1), "away": (0, 0, 1)}
    for image, _ in zip(*some_hands(4), strict=True):
        measures = measure(image.astype(np.float32), SETTINGS, handedness="Right")
        values = READER.levels(measures)[0]
        for finger, way in enumerate(direction_of(image, mirrored=False)):
            for place, word in enumerate(DIRECTIONS):
                value = float(values[switch("pointing", 6 * finger + place)])
                planar = way * (1, 1, 0)
                if word in depths:
                    assert value == pytest.approx(degrees_between(way, np.array(depths[word])), abs=0.1)
                elif np.linalg.norm(planar) > 0.36:
                    assert value == pytest.approx(degrees_between(planar, np.array(away[word])), abs=0.1)
                elif np.linalg.norm(planar) < 0.34:
                    assert value == 180.0


def test_poses_are_judged_by_their_conditions_one_by_one() -> None:
    poses = builtin_library().poses
    table = PoseTable(poses, SETTINGS)
    seen = 0
    for image, world in zip(*some_hands(5, 120), strict=True):
        words = READER.read(
            measure(image.astype(np.float32), SETTINGS, world=world.astype(np.float32), handedness="Right")
        )
        true, fit = facts_of(words, "Right")
        matches, scores = table.judge(words, "Right")
        for pose, conditions, match, score in zip(poses, table.conditions, matches, scores, strict=True):
            fits = [float(fit[condition.fact]) for condition in conditions] or [1.0]
            wanted = 0.5 * (min(fits) + sum(fits) / len(fits))
            assert score == pytest.approx(wanted, abs=1e-5)
            least = float(table.hanging_score[poses.index(pose)]) if words.on[switch("hanging")] else 0.0
            assert bool(match) == (all(true[condition.fact] for condition in conditions) and wanted >= least)
            seen += bool(match)
        told = table.shown(words, "Right")
        assert [number for number, _ in told] == np.flatnonzero(matches).tolist()
        assert [score for _, score in told] == pytest.approx(scores[matches].tolist(), abs=1e-5)
    assert seen > 40


def test_a_hand_is_a_template_s_distance_from_its_nearest_sample() -> None:
    rng = np.random.default_rng(6)
    templates = []
    for number in range(40):  # enough samples for several pieces of the product
        hands = model_hands(np.repeat(rng.integers(0, 3, (1, 5)), 8, axis=0), MetricSettings(), rng)
        weights = tuple(rng.normal(0, 3, 62).tolist()) if number % 3 == 0 else ()
        made = template_of(f"t{number}", hands.astype(np.float32), ["Right"] * 8, keep=8)
        templates.append(replace(made, weights=weights, bias=0.2 * bool(weights)))
    table, metric = TemplateTable(templates), whitening(flat=False).astype(np.float64)
    shown = 0
    for image, _ in zip(*some_hands(7, 60), strict=True):
        row = features(image.astype(np.float32)).astype(np.float64)
        wanted = [
            min(float(np.linalg.norm((features(np.array(one, np.float32).reshape(21, 3)) - row) @ metric))
                for one in template.samples)
            for template in templates
        ]  # fmt: skip
        np.testing.assert_allclose(table.distances(image.astype(np.float32), "Right"), wanted, atol=2e-3)
        matches, scores = table.judge(image.astype(np.float32), "Right")
        told = table.shown(image.astype(np.float32), "Right")
        assert [number for number, _ in told] == np.flatnonzero(matches).tolist()
        assert [score for _, score in told] == pytest.approx(scores[matches].tolist(), abs=1e-6)
        shown += len(told)
    assert shown > 20
