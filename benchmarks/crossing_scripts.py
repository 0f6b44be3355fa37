"""Forty-eight scripted meetings of two hands: six kinds, four skin tones, two paces each, who is nearer by turns."""

from __future__ import annotations

import random
from dataclasses import dataclass

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo import Keyframe, Script, Track

KINDS = ("pass", "return", "behind", "leave", "edge", "upright")
SKINS = (0, 2, 3, 5)
ROOMS = ("room", "wall", "window", "shelf", "evening")
REST_S = 0.6


@dataclass(frozen=True, slots=True)
class Meeting:
    """One case: its script, and a name to talk about it."""

    name: str
    script: Script


def meetings(seed: int, *, same_sleeves: bool = False) -> list[Meeting]:
    """All cases. Both hands have the same skin, in every fourth case also the same side (two people's right hands)."""
    rng = random.Random(seed)
    found = []
    for kind in KINDS:
        for number, skin in enumerate(SKINS * 2):
            pace_s = rng.uniform(0.45, 0.7) if number < 4 else rng.uniform(0.9, 1.5)
            a_near = (number + KINDS.index(kind)) % 2 == 0
            sides: tuple[Handedness, Handedness] = ("Right", "Right" if number % 4 == 3 else "Left")
            palm = rng.uniform(0.17, 0.21)
            palms = (palm * 1.15, palm) if a_near else (palm, palm * 1.15)
            poses = (rng.choice(("open_palm", "victory", "stop")), rng.choice(("open_palm", "point", "fist")))
            offset = rng.uniform(0.0, 0.05) * rng.choice((-1, 1))
            paths = PATHS[kind](pace_s, offset, rng)
            room = ROOMS[len(found) % len(ROOMS)]
            tracks = tuple(
                Track(
                    tuple(Keyframe(t, pose, x, y, size) for t, x, y in way),
                    side,
                    skin=skin,
                    sleeve=sleeve,
                    life=0.5,
                )
                for way, pose, size, side, sleeve in zip(
                    paths, poses, palms, sides, (0, 0 if same_sleeves else 2), strict=True
                )
            )
            end_s = max(way[-1][0] for way in paths) + 0.4
            name = f"{kind} {number}: skin {skin}, {pace_s:.2f} s, {'/'.join(poses)}, {'/'.join(sides)}"
            found.append(Meeting(name, Script(kind, "", tracks, end_s, room)))
    return found


Way = list[tuple[float, float, float]]
"""Time, x, y."""


def _pass(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """They change places, and change back."""
    y, t = 0.55, REST_S
    a = [(0.0, 0.27, y + offset), (t, 0.27, y + offset), (t + pace_s, 0.73, y + offset)]
    b = [(0.0, 0.73, y - offset), (t, 0.73, y - offset), (t + pace_s, 0.27, y - offset)]
    back = t + pace_s + 0.25
    a += [(back, 0.73, y + offset), (back + pace_s, 0.27, y + offset)]
    b += [(back, 0.27, y - offset), (back + pace_s, 0.73, y - offset)]
    return a, b


def _return(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """They meet in the middle, stay a moment one before the other, and go back to their own sides."""
    y, t, half = 0.55, REST_S, pace_s * 0.6
    a, b = [], []
    for way, x, middle, dy in ((a, 0.27, 0.47, offset), (b, 0.73, 0.53, -offset)):
        way += [(0.0, x, y + dy), (t, x, y + dy), (t + half, middle, y + dy)]
        way += [(t + half + 0.15, middle, y + dy), (t + 2 * half + 0.15, x, y + dy)]
    return a, b


def _behind(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """One stays, the other goes behind or before it, waits there, and comes out on either side."""
    t, wait_s, half = REST_S, rng.uniform(0.05, 0.2), pace_s * 0.6
    out = rng.choice((0.2, 0.8))
    still = [(0.0, 0.5, 0.55)]
    moves = [(0.0, 0.8, 0.55), (t, 0.8, 0.55), (t + half, 0.5, 0.55 + offset)]
    moves += [(t + half + wait_s, 0.5, 0.55 + offset), (t + 2 * half + wait_s, out, 0.55)]
    return moves, still


def _leave(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """One leaves the picture for up to half a second and comes back, while the other takes a step to its place."""
    t, half, away_s = REST_S, min(0.42, pace_s * 0.45), 0.1  # out of sight for at most half a second
    y = 0.55 + offset
    leaves = [(0.0, 0.25, y), (t, 0.25, y), (t + half, -0.12, y)]
    leaves += [(t + half + away_s, -0.12, y), (t + 2 * half + away_s, 0.25, y), (t + 2 * half + away_s + 0.3, 0.25, y)]
    other = [(0.0, 0.75, 0.5), (t, 0.75, 0.5), (t + half, 0.6, 0.5), (t + 2 * half + away_s, 0.75, 0.5)]
    return leaves, other


def _edge(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """They change places low in the picture, where wrists and half the palms are cut off."""
    y, t = 0.86, REST_S
    a = [(0.0, 0.27, 0.6), (t, 0.27, 0.6), (t + pace_s, 0.7, y + offset / 2), (t + 2 * pace_s, 0.73, 0.6)]
    b = [(0.0, 0.73, 0.6), (t, 0.73, 0.6), (t + pace_s, 0.3, y - offset / 2), (t + 2 * pace_s, 0.27, 0.6)]
    return a, b


def _upright(pace_s: float, offset: float, rng: random.Random) -> tuple[Way, Way]:
    """One goes down and up again while the other goes through its path."""
    t = REST_S
    a = [(0.0, 0.5 + offset, 0.4), (t, 0.5 + offset, 0.4), (t + pace_s, 0.5 + offset, 0.72)]
    a += [(t + pace_s + 0.2, 0.5 + offset, 0.72), (t + 2 * pace_s + 0.2, 0.5 + offset, 0.4)]
    b = [(0.0, 0.82, 0.62), (t, 0.82, 0.62), (t + pace_s, 0.2, 0.6), (t + pace_s + 0.2, 0.2, 0.6)]
    return a, [*b, (t + 2 * pace_s + 0.2, 0.8, 0.6)]


PATHS = {"pass": _pass, "return": _return, "behind": _behind, "leave": _leave, "edge": _edge, "upright": _upright}
