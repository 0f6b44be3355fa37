"""Raw landmarks with their exact truth: hands at rest and in motion, tracked once, for filters to be compared on."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine import HandTracker
from handplay.engine.sources.demo import DemoSource, Keyframe, Script, Track
from handplay.engine.tracking.tracker import Networks

Array = NDArray[np.float64]
SIZE, FPS = (640, 480), 30.0
POSES = ("open_palm", "point", "victory", "fist", "pinch", "stop")
ROOMS = ("room", "wall", "window", "shelf", "evening")


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One hand, tracked without smoothing.

    Attributes:
        kind: "rest" or "motion".
        times: (n,) seconds.
        raw, truth: (n, 21, 2), palm lengths.
        roi_palms: (n,), side of the square in palm lengths.
    """

    kind: str
    times: Array
    raw: Array
    truth: Array
    roi_palms: Array


def scripts(seed: int, rests: int, motions: int) -> list[tuple[str, Script, int]]:
    """Kind, script, and number of the noise; hands at rest stand perfectly still, so that all that moves is noise."""
    rng = random.Random(seed)
    found = []
    for number in range(rests + motions):
        pose, room = POSES[number % len(POSES)], ROOMS[number % len(ROOMS)]
        palm = rng.uniform(0.14, 0.26)
        x, y, roll = rng.uniform(0.35, 0.65), rng.uniform(0.5, 0.6), rng.uniform(-25, 25)
        if number < rests:
            keys = [Keyframe(0.0, pose, x, y, palm, roll)]
        else:
            keys = _wander(rng, pose, palm, roll, slow=number % 2 == 0)
        track = Track(tuple(keys), rng.choice(("Right", "Left")), skin=number % 6, life=0.0)
        kind = "rest" if number < rests else "motion"
        found.append((kind, Script(kind, "", (track,), keys[-1].time_s + 60, room), number))
    return found


def _wander(rng: random.Random, pose: str, palm: float, roll: float, *, slow: bool) -> list[Keyframe]:
    """From place to place as people move, slowly as in drawing or quickly as in a rally, with short stops."""
    x, y, time_s = 0.5, 0.55, 0.4
    keys = [Keyframe(0.0, pose, x, y, palm, roll), Keyframe(time_s, pose, x, y, palm, roll)]
    while time_s < 3.0:
        far = rng.uniform(0.4, 1.2) if slow else rng.uniform(1.2, 2.5)  # palm lengths
        turn = rng.uniform(0, 2 * math.pi)
        x2, y2 = x + far * palm * math.cos(turn) * 0.75, y + far * palm * math.sin(turn)
        if not (0.25 < x2 < 0.75 and 0.42 < y2 < 0.68):
            continue
        x, y = x2, y2
        time_s += far / (rng.uniform(0.8, 2.0) if slow else rng.uniform(3.0, 6.0))  # mean speed, palm lengths a second
        keys.append(Keyframe(time_s, pose, x, y, palm, roll))
        time_s += rng.uniform(0.03, 0.25)
        keys.append(Keyframe(time_s, pose, x, y, palm, roll))
    return keys


def record(networks: Networks, seed: int, rests: int, motions: int, seconds: float) -> list[Clip]:
    """Tracks every script once."""
    clips = []
    for kind, script, noise in scripts(seed, rests, motions):
        palm_px = script.tracks[0].keys[0].palm * SIZE[1]
        frames = round(seconds * FPS)
        source = DemoSource(
            width=SIZE[0], height=SIZE[1], fps=FPS, realtime=False, frames=frames, seed=noise, script=script
        )
        rows = []
        with HandTracker(1, networks=networks, smooth=False) as tracker:
            while (frame := source.read()) is not None:
                hands = tracker.track(frame.image, frame.time_s)
                if not len(hands):
                    rows = []  # the clip begins with the hand's first unbroken sight
                    continue
                (hand,), (truth,) = hands, source.truth()
                roi = hand.roi.size_px if hand.roi else 2.8 * palm_px
                rows.append((frame.time_s, hand.landmarks_px[:, :2], truth.landmarks_px[:, :2], roi))
        if len(rows) < frames / 2:
            continue
        times, raw, true, roi = (np.array(column, np.float64) for column in zip(*rows, strict=True))
        clips.append(Clip(kind, times, raw / palm_px, true / palm_px, roi / palm_px))
    return clips
