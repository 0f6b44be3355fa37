"""The demo hand as a writer: single-stroke letters of our own become keyframes of a hand that pinches and writes.

A glyph is a row of strokes, a stroke a row of cubic curves and lines in x-heights, baseline 0, y down. The tip of the
index finger follows it at the pace of handwriting: slower where the path bends (speed goes with the cube root of the
radius, Lacquaniti 1983), at rest where it turns back. The pinch closes before each stroke and opens after it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handplay.engine.hands import INDEX_TIP, Handedness
from handplay.engine.sources.demo.optics import place
from handplay.engine.sources.demo.poses import pose_angles, pose_row
from handplay.engine.sources.demo.script import Keyframe, Moment, Script, Track, eased

Points = NDArray[np.float64]
"""(n, 2) places, x right and y down."""

Curve = tuple[float, ...]
"""Two numbers: a line to there. Six: a cubic curve over two control points to there."""

Stroke = tuple[tuple[float, float], tuple[Curve, ...]]
"""Where it begins, and how it goes on."""

_ARCH: tuple[Curve, ...] = ((0.04, -0.84, 0.2, -1.0, 0.42, -1.0), (0.66, -1.0, 0.76, -0.82, 0.76, -0.55), (0.76, 0.0))
_BOWL: tuple[Curve, ...] = (
    (0.72, -0.95, 0.58, -1.02, 0.42, -1.02), (0.14, -1.02, 0.0, -0.8, 0.0, -0.5),
    (0.0, -0.2, 0.14, 0.02, 0.4, 0.02), (0.62, 0.02, 0.78, -0.16, 0.8, -0.5),
)  # fmt: skip

GLYPHS: dict[str, tuple[Stroke, ...]] = {
    "h": (((0.0, -1.75), ((0.0, 0.0), (0.0, -0.55), *_ARCH)),),
    "a": (((0.8, -0.78), (*_BOWL, (0.8, -1.0), (0.8, 0.0))),),
    "n": (((0.0, -1.0), ((0.0, 0.0), (0.0, -0.55), *_ARCH)),),
    "d": (((0.8, -0.78), (*_BOWL, (0.8, -1.75), (0.8, 0.0))),),
    "p": (((0.0, -1.0), ((0.0, 0.8), (0.0, -0.6), (0.08, -0.88, 0.22, -1.02, 0.42, -1.02),
           (0.68, -1.02, 0.82, -0.8, 0.82, -0.5), (0.82, -0.2, 0.68, 0.02, 0.4, 0.02),
           (0.2, 0.02, 0.08, -0.08, 0.0, -0.28))),),
    "l": (((0.0, -1.75), ((0.0, -0.3), (0.0, -0.08, 0.08, 0.0, 0.26, 0.0))),),
    "y": (((0.0, -1.0), ((0.0, -0.55), (0.0, -0.16, 0.12, 0.0, 0.36, 0.0), (0.6, 0.0, 0.76, -0.2, 0.76, -0.55),
           (0.76, -1.0), (0.76, 0.3), (0.76, 0.66, 0.56, 0.8, 0.1, 0.7))),),
    "~": (((0.0, 0.0), ((2.6, -0.32, 5.2, 0.3, 8.4, -0.16),)),),
    "o": (((0.5, -1.0), ((0.2, -1.0, 0.0, -0.8, 0.0, -0.5), (0.0, -0.2, 0.2, 0.0, 0.5, 0.0),
           (0.8, 0.0, 1.0, -0.2, 1.0, -0.5), (1.0, -0.8, 0.8, -1.0, 0.5, -1.0))),),
    "/": (((0.0, 0.0), ((0.7, -1.0),)),),
    "-": (((0.0, -0.5), ((0.8, -0.5),)),),
    "|": (((0.3, -1.0), ((0.3, 0.0),)),),
    "v": (((0.0, -0.5), ((0.28, 0.0), (0.8, -1.0))),),
    "z": (((0.0, -0.9), ((0.8, -0.9), (0.0, 0.0), (0.8, 0.0))),),
    "c": (((0.8, -0.78), (*_BOWL[:3], (0.56, 0.02, 0.7, -0.04, 0.8, -0.2))),),
    ".": (((0.2, -0.1), ()),),
}  # fmt: skip
"""Character to its strokes."""

_ADVANCE = {"l": 0.62, "|": 0.8, ".": 0.6, " ": 0.7, "o": 1.4}
_USUAL_ADVANCE = 1.2


@dataclass(frozen=True, slots=True)
class Hand:
    """How the writer holds the hand and moves.

    Attributes:
        speed: along a straight line, palm lengths a second.
        travel: between strokes, palm lengths a second; never quicker than `least_travel_s`.
        close_s, open_s: time in which the pinch closes and opens.
        settle_s: how long the closed pinch waits before the stroke, and after it.
        dot_s: how long a dot is held.
        palm: palm length, frame heights.
        life: strength of sway and tremor.
    """

    speed: float = 2.4
    travel: float = 3.0
    least_travel_s: float = 0.32
    close_s: float = 0.16
    open_s: float = 0.16
    settle_s: float = 0.08
    dot_s: float = 0.3
    palm: float = 0.17
    life: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """A script that writes, with the truth about it.

    Attributes:
        script: to be played.
        down_s: (start, end) of each stroke: the pinch is closed, and the tip is on the stroke, from start to end.
        strokes: (n, 2) view places of each stroke, as meant (the truth of what is shown: `tip_in_view`).
    """

    script: Script
    down_s: tuple[tuple[float, float], ...]
    strokes: tuple[Points, ...]


def letters(text: str, x: float, y: float, height: float, aspect: float) -> tuple[Points, ...]:
    """The strokes of a line of text in the view.

    Args:
        text: characters of `GLYPHS` and spaces.
        x, y: middle of the line's baseline in the view.
        height: x-height, frame heights.
        aspect: width over height of the picture.

    Raises:
        ValueError: a character has no glyph.
    """
    width = sum(_ADVANCE.get(c, _USUAL_ADVANCE) for c in text) - 0.4
    pen = -width / 2
    result: list[Points] = []
    for character in text:
        if character != " ":
            if character not in GLYPHS:
                raise ValueError(f"letters: got {character!r}, wanted one of {' '.join(GLYPHS)}")
            shift, scale, to = np.array([pen, 0.0]), np.array([height / aspect, height]), np.array([x, y])
            result += [(sampled(stroke) + shift) * scale + to for stroke in GLYPHS[character]]
        pen += _ADVANCE.get(character, _USUAL_ADVANCE)
    return tuple(result)


def sampled(stroke: Stroke, step: float = 0.03) -> Points:
    """A stroke as points about `step` apart; where it turns back there is a point."""
    here = np.array(stroke[0])
    points = [here[None]]
    for curve in stroke[1]:
        ends = np.array(curve).reshape(-1, 2)
        length = float(np.hypot(*(ends - np.vstack([here[None], ends[:-1]])).T).sum())
        t = np.linspace(0, 1, max(2, math.ceil(length / step) + 1))[1:, None]
        if len(ends) == 1:
            points.append(here + (ends[0] - here) * t)
        else:
            a, b, c = ends
            points.append((1 - t) ** 3 * here + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t**2 * b + t**3 * c)
        here = ends[-1]
    return np.vstack(points)


def write(
    strokes: Iterable[Points],
    *,
    name: str = "airdraw",
    summary: str = "writes in the air",
    handedness: Handedness = "Right",
    hand: Hand | None = None,
    aspect: float = 4 / 3,
    skin: int = 1,
    sleeve: int = 0,
    start_s: float = 1.2,
    rest_s: float = 2.5,
    background: str = "room",
    poses: tuple[str, str] = ("pinch_open", "pinch"),
) -> Writing:
    """A script in which one hand comes, writes the strokes, rests and goes.

    Args:
        strokes: (n, 2) view places each.
        start_s: when the first stroke may begin.
        rest_s: how long the open hand stays after the last one.
        poses: of a hand that hovers, and of one that draws.
    """
    hand = hand or Hand()
    hovers, draws = poses
    dx, dy = _tip_offset(handedness, hand.palm, aspect, draws)

    def key(time_s: float, at: Points, pose: str, linear: bool = False) -> Keyframe:
        # The image is not mirrored, the view is.
        x, y = 1.0 - float(at[0]) - dx, float(at[1]) - dy
        return Keyframe(time_s, pose, x, y, hand.palm, ease="linear" if linear else "smooth")

    strokes = tuple(strokes)
    keys = [key(0.0, strokes[0][0] + (0.0, 1.1), "relaxed")]
    here, now_s, down = strokes[0][0] + (0.0, 0.02), start_s, []
    keys.append(key(now_s, here, hovers))
    for points in strokes:
        way = float(np.hypot(*((points[0] - here) * (aspect, 1.0)))) / hand.palm
        now_s += max(hand.least_travel_s, 1.5 * way / hand.travel)
        keys.append(key(now_s, points[0], hovers))
        keys.append(key(now_s + 0.06, points[0], hovers))
        now_s += 0.06 + hand.close_s
        keys.append(key(now_s, points[0], draws))
        closed_s = now_s
        now_s += hand.settle_s
        keys.append(key(now_s, points[0], draws, linear=True))
        for time_s, at in _timed(points * (aspect, 1.0) / hand.palm, hand):
            keys.append(key(now_s + time_s, at * hand.palm / (aspect, 1.0), draws, linear=True))
        now_s = keys[-1].time_s + hand.settle_s
        keys.append(key(now_s, points[-1], draws))
        down.append((closed_s, now_s))
        now_s += hand.open_s
        keys.append(key(now_s, points[-1], hovers))
        here = points[-1]
    now_s += 0.5
    keys.append(key(now_s, np.array([min(0.86, here[0] + 0.05), 0.62]), hovers))
    now_s += rest_s
    keys.append(key(now_s, np.array([min(0.86, here[0] + 0.05), 0.62]), "relaxed"))
    track = Track(tuple(keys), handedness, skin=skin, sleeve=sleeve, life=hand.life)
    return Writing(Script(name, summary, (track,), now_s, background), tuple(down), strokes)


def tip_in_view(track: Track, moment: Moment, size: tuple[int, int]) -> tuple[float, float]:
    """Where the tip of the index finger is seen, exactly, when a track's hand is as told."""
    placed = place(moment.view(track.handedness, size, track.skin, track.sleeve), size)
    x, y = placed.points_px[INDEX_TIP].tolist()
    return 1.0 - x / size[0], y / size[1]


def _tip_offset(handedness: Handedness, palm: float, aspect: float, pose: str) -> tuple[float, float]:
    """From the palm's centre to the index tip of a hand in a pose in the middle of the picture, 0..1 of the image."""
    size = (round(480 * aspect), 480)
    row = pose_row(pose)
    moment = Moment(pose, pose_angles(pose), 0.5, 0.5, palm, (0.0, 0.0, 0.0), row.turn_deg)
    tip = place(moment.view(handedness, size, 1, 0), size).points_px[INDEX_TIP]
    return float(tip[0]) / size[0] - 0.5, float(tip[1]) / size[1] - 0.5


def _timed(points: Points, hand: Hand, rate_hz: float = 60.0) -> list[tuple[float, Points]]:
    """Times and places of a stroke in palm lengths, from just after its start to its end."""
    if len(points) < 2:
        return [(hand.dot_s, points[0])]
    result: list[tuple[float, Points]] = []
    begin_s = 0.0
    for part in _between_turns(points):
        steps = np.hypot(*np.diff(part, axis=0).T)
        length = np.concatenate([[0.0], np.cumsum(steps)])
        slow = np.maximum(1.0, (0.5 / np.maximum(_radius(part), 0.06)) ** (1 / 3))
        clock = np.concatenate([[0.0], np.cumsum(steps * (slow[1:] + slow[:-1]) / 2 / hand.speed)])
        # Begins and ends at rest, which takes its time.
        span_s = clock[-1] + 0.12
        count = max(3, math.ceil(span_s * rate_hz))
        for i in range(1, count + 1):
            t = i / count
            even = _progress(t, long=span_s > 0.5)
            s = np.interp(even * clock[-1], clock, length)
            at = np.array([np.interp(s, length, part[:, 0]), np.interp(s, length, part[:, 1])])
            result.append((begin_s + t * span_s, at))
        begin_s += span_s
    return result


def _progress(t: float, *, long: bool) -> float:
    """Share of the way at a share of the time: least jerk on a short way, with an even middle on a long one."""
    if not long:
        return eased(t)
    if t > 0.5:
        return 1.0 - _progress(1.0 - t, long=True)
    return 0.65 * eased(t) + 0.35 * t * eased(t / 0.15)


def _between_turns(points: Points) -> list[Points]:
    """The parts of a path between the places where it turns back by more than 60 degrees."""
    ways = np.diff(points, axis=0)
    ways /= np.maximum(np.hypot(*ways.T), 1e-9)[:, None]
    cuts = [0, *(np.nonzero((ways[1:] * ways[:-1]).sum(axis=1) < 0.5)[0] + 1).tolist(), len(points) - 1]
    return [points[a : b + 1] for a, b in pairwise(cuts)]


def _radius(points: Points) -> Points:
    """Radius of the bend at each point; large on a straight line."""
    if len(points) < 3:
        return np.full(len(points), 10.0)
    ways = np.diff(points, axis=0)
    angle = np.abs(np.diff(np.unwrap(np.arctan2(ways[:, 1], ways[:, 0]))))
    arc = np.hypot(*(points[2:] - points[:-2]).T) / 2
    inner = arc / np.maximum(angle, 1e-3)
    radius: Points = np.minimum(np.concatenate([inner[:1], inner, inner[-1:]]), 10.0)
    return radius


TWO_FINGERS = ("point", "two_up")
"""The index finger hovers, a second one beside it draws."""


def handplay(
    aspect: float = 4 / 3, *, name: str = "airdraw", poses: tuple[str, str] = ("pinch_open", "pinch")
) -> Writing:
    """Writes "handplay" and underlines it."""
    middle, base, height = 0.5, 0.55, 0.074
    word = letters("handplay", middle, base, height, aspect)
    line = letters("~", middle - 3.7 * height / aspect, base + 1.35 * height, height, aspect)
    how = " with two fingers" if poses == TWO_FINGERS else ""
    summary = f'writes "handplay" in the air{how}'
    return write((*word, *line), name=name, summary=summary, aspect=aspect, poses=poses)


WRITING: tuple[Script, ...] = (handplay().script, handplay(name="airdraw_point", poses=TWO_FINGERS).script)
