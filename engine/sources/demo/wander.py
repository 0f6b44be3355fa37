"""Hands that go anywhere, at any pace, and stop or do not: chance alone moves them.

Two manners. One hops from place to place, resting at some; the other drifts without ever coming to rest. Either is
done in any shape or with the hand at ease.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.poses import POSES
from handplay.engine.sources.demo.script import Keyframe, Script, Track

_ANY = tuple(POSES)
_AT_EASE = ("relaxed",)
_Span = tuple[float, float]


def _turn(rng: random.Random, spread: float) -> tuple[float, float, float]:
    roll, yaw, pitch = (rng.gauss(0, spread) for _ in range(3))
    return roll, max(-60.0, min(60.0, yaw)), max(-50.0, min(50.0, pitch))


def _hops(
    rng: random.Random, span: _Span, palm: float, duration_s: float, shapes: Sequence[str]
) -> tuple[Keyframe, ...]:
    """From place to place; every other time in another shape."""
    keys: list[Keyframe] = []
    time_s, pose = 0.0, "relaxed"
    while time_s < duration_s:
        pose = rng.choice(shapes) if rng.random() < 0.5 else pose
        here = Keyframe(
            time_s, pose, rng.uniform(*span), rng.uniform(0.25, 0.8), palm * rng.uniform(0.85, 1.15), *_turn(rng, 14)
        )
        keys.append(here)
        if rng.random() < 0.4:  # stays for a while
            time_s += rng.uniform(0.1, 1.5)
            keys.append(Keyframe(time_s, *_at(here)))
        time_s += rng.uniform(0.3, 1.5)
    return tuple(keys)


def _at(key: Keyframe) -> tuple[str, float, float, float, float, float, float]:
    return key.pose, key.x, key.y, key.palm, key.roll_deg, key.yaw_deg, key.pitch_deg


_STEP_S = 1 / 15


def _drift(
    rng: random.Random, span: _Span, palm: float, duration_s: float, shapes: Sequence[str]
) -> tuple[Keyframe, ...]:
    """Sums of slow waves that no period ties together; now and then another shape."""
    pace = rng.uniform(0.6, 1.6)

    def noise(size: float) -> list[tuple[float, float, float]]:
        return [(size * rng.uniform(0.5, 1) / 2, pace * rng.uniform(0.08, 0.7), rng.uniform(0, 7)) for _ in range(5)]

    def at(waves: list[tuple[float, float, float]], time_s: float) -> float:
        return sum(size * math.sin(2 * math.pi * hz * time_s + phase) for size, hz, phase in waves)

    middle, half = sum(span) / 2, (span[1] - span[0]) / 2
    x, y, size = noise(0.5 * half), noise(0.16), noise(0.12)
    turns = [noise(spread) for spread in (14, 16, 12)]
    keys: list[Keyframe] = []
    pose, until_s = "relaxed", 1.0
    for step in range(math.ceil(duration_s / _STEP_S) + 1):
        time_s = step * _STEP_S
        if time_s >= until_s:
            pose, until_s = rng.choice(shapes), time_s + rng.uniform(0.4, 4.0)
            time_s += 0.2  # the fingers take their time
        if keys and time_s <= keys[-1].time_s:
            continue
        keys.append(
            Keyframe(
                time_s,
                pose,
                min(0.95, max(0.05, middle + at(x, time_s))),
                min(0.85, max(0.2, 0.52 + at(y, time_s))),
                palm * (1 + at(size, time_s)),
                at(turns[0], time_s),
                at(turns[1], time_s),
                at(turns[2], time_s),
                "linear",
            )
        )
    return tuple(keys)


def wander(seed: int = 0, *, duration_s: float = 60.0, hands: int | None = None, background: str = "") -> Script:
    """Hands that are moved by chance.

    Args:
        seed: of everything; odd ones drift, the others hop; of every four the last two keep the hand at ease.
        duration_s: how long.
        hands: 1 or 2; by the seed if not given.
        background: name of the room; by the seed if not given.
    """
    rng = random.Random(f"wander {seed}")
    both = hands == 2 or (hands is None and rng.random() < 0.5)
    palm, skin, sleeve = rng.uniform(0.12, 0.19), rng.randrange(6), rng.randrange(5)
    room = background or rng.choice(("room", "wall", "shelf", "evening"))
    sides: tuple[Handedness, ...] = ("Right", "Left") if both else (rng.choice(("Right", "Left")),)
    make, shapes = _drift if seed % 2 else _hops, _AT_EASE if seed % 4 > 1 else _ANY
    tracks = []
    for side in sides:
        span = (0.12, 0.88) if not both else (0.08, 0.5) if side == "Right" else (0.5, 0.92)
        tracks.append(Track(make(rng, span, palm * rng.uniform(0.95, 1.05), duration_s, shapes), side, skin, sleeve))
    return Script("wander", "goes anywhere, in any shape: chance alone", tuple(tracks), duration_s, room)


WANDER: tuple[Script, ...] = (wander(),)
