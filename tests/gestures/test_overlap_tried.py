"""What templates and recorded movements share with others: found by trying, and gone once the advice is followed."""

from __future__ import annotations

import json
import math
import re
from types import ModuleType
from typing import Any

import pytest

from handplay.gestures.library import Library, builtin_file, check_bytes, merge
from handplay.gestures.overlap import warnings
from handplay.gestures.recognizer import Recognizer

Row = dict[str, Any]
Points = list[tuple[float, float]]


def library_of(*rows: Row) -> Library:
    data = json.dumps({"version": 1, "gestures": rows}).encode()
    file, problems = check_bytes(data, "my.json", known=[builtin_file()])
    assert file is not None, [str(problem) for problem in problems]
    return merge([builtin_file(), file])


def told(*rows: Row) -> list[str]:
    return [problem.reason for problem in warnings(library_of(*rows), "my.json")]


# Templates


def template(builders: ModuleType, *hands: Row, name: str = "mine", side: str = "Right", **more: object) -> Row:
    samples = [
        [round(float(n), 3) for n in builders.build_hand(side=side, **hand).landmarks_px.ravel()] for hand in hands
    ]
    return {"name": name, "kind": "template", "samples": samples, "sample_hand": side.lower(), **more}


def shown(builders: ModuleType, pose: str, **more: object) -> Row:
    return {**builders.POSES[pose], **more}


CLAW: Row = {"thumb": "half", "index": "half", "middle": "half", "ring": "half", "pinky": "half"}


@pytest.mark.parametrize("side", ["Right", "Left"])
def test_a_template_that_shows_a_pose_is_told(builders: ModuleType, side: str) -> None:
    fist, palm = shown(builders, "fist"), shown(builders, "open_palm")
    row = template(builders, fist, fist, palm, side=side)
    assert told(row) == [
        "'mine' and 'fist' (count_0) overlap: 67% of the samples show both, and 'mine' wins there; take samples 1 and "
        "2 out of 'mine', or name it 'fist' to replace the built-in one"
    ]
    less = told({**row, "samples": row["samples"][2:]})
    assert not any("'fist'" in reason for reason in less)
    assert not any("'fist'" in reason for reason in told({**row, "name": "fist"}))


def test_two_templates_of_one_shape_are_told(builders: ModuleType) -> None:
    a = template(builders, CLAW, {**CLAW, "roll": 5.0}, name="a")
    b = template(builders, {**CLAW, "yaw": 6.0}, name="b")
    (reason,) = told(a, b)
    assert re.match(r"'a' and 'b' overlap: \d+% of the hands that show 'a' show 'b' as well, and ", reason)
    assert reason.endswith('record one of them again, or add "hand": "left" to one and "hand": "right" to the other')
    assert told({**a, "hand": "left"}, {**b, "hand": "right"}) == []


OTHER: Row = {"thumb": "half", "index": "curled", "middle": "extended", "ring": "curled", "pinky": "curled"}
THIRD: Row = {"thumb": "half", "index": "curled", "middle": "half", "ring": "extended", "pinky": "half"}


def test_two_templates_of_two_shapes_are_not_told(builders: ModuleType) -> None:
    assert told(template(builders, CLAW, name="a"), template(builders, OTHER, name="b")) == []


def test_samples_that_belong_to_another_template_are_named(builders: ModuleType) -> None:
    a = template(builders, CLAW, name="a")
    b = template(builders, OTHER, CLAW, THIRD, {**CLAW, "roll": 4.0}, name="b")
    (reason,) = told(a, b)
    assert "take samples 2 and 4 out of 'b'" in reason
    assert told(a, {**b, "samples": [b["samples"][0], b["samples"][2]]}) == []


# Movements


def motion(name: str, *paths: Points, **more: object) -> Row:
    rounded = [[[round(x, 3), round(y, 3)] for x, y in path] for path in paths]
    return {"name": name, "kind": "motion", "samples": rounded, **more}


def line(x: float, y: float, bow: float = 0.0) -> Points:
    """A path to a place, bowed by so many palm lengths."""
    steps = [k / 15 for k in range(16)]
    length = math.hypot(x, y)
    bows = [bow * math.sin(math.pi * k) for k in steps]
    return [(x * k - y / length * b, y * k + x / length * b) for k, b in zip(steps, bows, strict=True)]


def round_path(turns: float, radius: float = 1.0) -> Points:
    """Clockwise as the player sees it, for positive turns."""
    angles = [math.tau * turns * k / 31 for k in range(32)]
    return [(radius * math.sin(a), -radius * math.cos(a)) for a in angles]


CORNER: Points = [*line(0, 1.1), *((x, y + 1.1) for x, y in line(1.1, 0))]
"""Too short on either side for a swipe."""


def played(library: Library, path: Points, builders: ModuleType, lasts_s: float = 0.6) -> set[str]:
    """The movements that begin on an open hand which rests, goes along a path and rests."""
    recognizer = Recognizer(library)
    begun = set()
    for index in range(round((1.6 + lasts_s) * 30)):
        part = min(1.0, max(0.0, (index / 30 - 0.8) / lasts_s))
        at = (0.5 - 0.5 * math.cos(math.pi * part)) * (len(path) - 1)
        k = min(int(at), len(path) - 2)
        x, y = (path[k][axis] + (at - k) * (path[k + 1][axis] - path[k][axis]) for axis in (0, 1))
        hand = builders.build_hand(at=(320 - 45 * x, 240 + 45 * y), palm_px=45.0)
        steps = recognizer.update(builders.frame(hand, time_s=index / 30)).steps
        begun |= {step.name for step in steps if step.kind == "begin"}
    return begun


TOLD: dict[str, tuple[Row, str, str]] = {
    "a straight path and a swipe": (motion("flick", line(-2.6, 0.1), pose="open_palm"), "swipe_left", "both fire"),
    "in any pose": (motion("flick", line(-2.6, 0.1)), "swipe_left", "both fire"),
    "the other way": (motion("flick", line(2.6, 0.0), pose="open_palm"), "swipe_right", "both fire"),
    "one of three": (
        motion("flick", line(-1.5, -1.5), line(0, -2.4), pose="open_palm"), "swipe_up", "both fire"),
    "a ring and a circle": (motion("ring", round_path(1.3)), "circle_cw", "both fire"),
    "the other way round": (motion("ring", round_path(-1.3)), "circle_ccw", "both fire"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "other", "said"), TOLD.values(), ids=TOLD)
def test_a_path_that_is_a_movement_already_is_told(row: Row, other: str, said: str) -> None:
    (reason,) = [reason for reason in told(row) if f"'{other}'" in reason]
    assert said in reason
    renamed = {**row, "name": other}
    assert f"name it '{other}' to replace the built-in one" in reason
    assert told(renamed) == []
    pose = re.search(r'give \'(\w+)\' another pose, as with "pose": "(\w+)"', reason)
    if pose is None:
        assert other.startswith("circle")  # any pose draws one
    else:
        assert told({**row, "pose": pose[2]}) == []


def test_both_do_fire(builders: ModuleType) -> None:
    row = motion("flick", line(-2.6, 0.1), pose="open_palm")
    assert played(library_of(row), line(-2.6, 0.1), builders) == {"flick", "swipe_left", "open_palm"}
    corner = motion("corner", CORNER)
    assert played(library_of(corner), CORNER, builders, 1.0) == {"corner", "open_palm"}


NEWS: dict[str, Row] = {
    "a corner": motion("corner", CORNER),
    "a slanted stroke": motion("slash", line(-1.8, 1.8), pose="open_palm"),
    "straight, with another pose": motion("flick", line(-2.6, 0.1), pose="fist"),
    "too short for a swipe": motion("nudge", line(-0.9, 0.0), pose="open_palm"),
}


@pytest.mark.parametrize("row", NEWS.values(), ids=NEWS)
def test_a_path_of_its_own_is_no_news(row: Row) -> None:
    assert told(row) == []


def test_two_recorded_paths_that_are_alike_are_told() -> None:
    a, b = motion("a", CORNER), motion("b", [(0.7 * x, 0.8 * y) for x, y in CORNER])
    (reason,) = told(a, b)
    assert re.match(r"'b' and 'a' overlap: their paths are \d+% alike, and where both fit neither fires; ", reason)
    assert told(a, motion("b", [(-x, y) for x, y in CORNER])) == []


def test_two_recorded_paths_that_are_one_when_turned() -> None:
    a, b = motion("a", CORNER, rotation="any"), motion("b", [(-y, x) for x, y in CORNER])
    (reason,) = told(a, b)
    assert 'write "rotation": "fixed"' in reason
    assert told({**a, "rotation": "fixed"}, b) == []


def test_where_both_fit_neither_fires(builders: ModuleType) -> None:
    a, b = motion("a", CORNER), motion("b", [(0.95 * x, y) for x, y in CORNER])
    assert played(library_of(a, b), CORNER, builders, 1.0) == {"open_palm"}
    assert played(library_of(a), CORNER, builders, 1.0) == {"a", "open_palm"}


def test_another_pose_parts_two_recorded_paths(builders: ModuleType) -> None:
    a = motion("a", CORNER, pose="open_palm")
    b = motion("b", [(0.95 * x, y) for x, y in CORNER], pose="open_palm")
    (reason,) = told(a, b)
    assert 'give \'b\' another pose, as with "pose": "fist"' in reason
    assert played(library_of(a, b), CORNER, builders, 1.0) == {"open_palm"}
    assert told(a, {**b, "pose": "fist"}) == []
    assert played(library_of(a, {**b, "pose": "fist"}), CORNER, builders, 1.0) == {"a", "open_palm"}
