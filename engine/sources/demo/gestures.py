"""Movements that mean something, as a person would make them: the built-in gestures of motion and of two hands.

Directions are the player's own, as in a mirror: in the picture, which is not mirrored, "right" goes to the left.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.movement import Path, Performer
from handplay.engine.sources.demo.script import Keyframe, Script, Track

SPEEDS = {"slow": 1.6, "normal": 1.0, "fast": 0.68}
"""Name of a speed to how long a movement lasts, against an easy one."""

_LEAD_S, _REST_S = 0.8, 0.7
"""How long a hand rests before and after, so that it is found and has plainly stopped."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A script that shows one gesture once.

    Attributes:
        name: the gesture's name in `builtin.json`.
        script: shows it; the hand comes from rest and returns to rest.
        begin_s, end_s: from the start of the movement to the end of the rest after it.
    """

    name: str
    script: Script
    begin_s: float
    end_s: float


def perform(name: str, who: Performer | None = None, *, seed: int = 0) -> Performance:
    """One gesture, once.

    Args:
        name: one of `PERFORMED`.
        who: who makes it and where; an easy one in the middle if not given.
        seed: of the small differences between one time and the next.

    Raises:
        ValueError: no such gesture.
    """
    if name not in PERFORMED:
        raise ValueError(f"name: got {name!r}, wanted one of {', '.join(PERFORMED)}")
    who = who or Performer()
    tracks, begin_s, end_s = PERFORMED[name](who, random.Random(f"{name} {seed}"))
    script = Script(f"gesture {name}", name.replace("_", " "), tuple(tracks), end_s + 0.3, who.background)
    return Performance(name, script, begin_s, end_s)


_Made = tuple[Sequence[Track], float, float]
_Make = Callable[[Performer, random.Random], _Made]


def _swipe(dx: float, dy: float) -> _Make:
    def make(who: Performer, rng: random.Random) -> _Made:
        way = who.reach * rng.uniform(2.2, 2.9)
        off = rng.uniform(-0.12, 0.12) * way
        ax, ay = -dx * way / 2 + dy * off / 2, -dy * way / 2 + dx * off / 2
        lean = 9.0 * dx
        path = Path(who, rng.choice(("open_palm", "open_palm", "stop")), roll_deg=-lean).start(ax, ay)
        path.rest(_LEAD_S).to(0.5 * who.pace, -ax, -ay, roll_deg=lean).rest(rng.uniform(0.2, 0.5))
        path.to(0.8, ax, ay, roll_deg=-lean).rest(_REST_S)  # people go back to where they began
        return [path.track()], _LEAD_S, path.time_s

    return make


def _circle(turn: int) -> _Make:
    def make(who: Performer, rng: random.Random) -> _Made:
        radius, start = who.reach * rng.uniform(0.6, 0.95), rng.uniform(-math.pi, math.pi)
        squash = rng.uniform(0.8, 1.2)
        turns = rng.uniform(1.25, 1.6)

        def place(t: float) -> tuple[float, float]:
            # Clockwise for the player is anticlockwise in the picture.
            angle = start - turn * 2 * math.pi * turns * t
            return radius * math.cos(angle), squash * radius * math.sin(angle)

        path = Path(who, rng.choice(("point", "point", "open_palm"))).start(*place(0.0)).rest(_LEAD_S)
        path.along(1.0 * turns * who.pace, place).rest(_REST_S)
        return [path.track()], _LEAD_S, path.time_s

    return make


def _wave(who: Performer, rng: random.Random) -> _Made:
    path = Path(who, "open_palm").rest(_LEAD_S)
    way, lean = who.reach * rng.uniform(0.3, 0.5), rng.uniform(14, 22)
    swing_s = 0.3 * who.pace
    for i in range(5):
        side = 1 if i % 2 else -1
        path.to(swing_s * (0.7 if i == 0 else 1.0), side * way, 0.0, roll_deg=side * lean)
    path.to(swing_s, 0.0, 0.0, roll_deg=0.0).rest(_REST_S)
    return [path.track()], _LEAD_S, path.time_s


def _nearer(towards: bool) -> _Make:
    def make(who: Performer, rng: random.Random) -> _Made:
        near = rng.uniform(1.5, 1.8)
        a, b = (1.0, near) if towards else (near, 1.0)
        off = rng.uniform(-0.15, 0.15)
        path = Path(who, rng.choice(("open_palm", "stop"))).start(0.0, 0.0, a).rest(_LEAD_S)
        path.to(0.5 * who.pace, off, rng.uniform(-0.15, 0.15), size=b).rest(rng.uniform(0.25, 0.5))
        path.to(0.9, 0.0, 0.0, size=a).rest(_REST_S)
        return [path.track()], _LEAD_S, path.time_s

    return make


def _taps(count: int) -> _Make:
    def make(who: Performer, rng: random.Random) -> _Made:
        path = Path(who, rng.choice(("point", "point", "open_palm"))).rest(_LEAD_S)
        near, dip = rng.uniform(1.1, 1.2), rng.uniform(16, 26)
        for i in range(count):
            if i:
                path.rest(0.08 * who.pace)
            path.to(0.17 * who.pace, 0.0, 0.12, size=near, pitch_deg=dip)
            path.to(0.2 * who.pace, 0.0, 0.0, size=1.0, pitch_deg=0.0)
        path.rest(_REST_S)
        return [path.track()], _LEAD_S, path.time_s

    return make


def _drag(who: Performer, rng: random.Random) -> _Made:
    way, angle = who.reach * rng.uniform(1.6, 2.4), rng.uniform(-math.pi, math.pi)
    ax, ay = -0.5 * way * math.cos(angle), -0.35 * way * math.sin(angle)
    path = Path(who, "open_palm").start(ax, ay).rest(_LEAD_S)
    path.to(0.3 * who.pace, pose="fist").rest(0.2).to(0.8 * who.pace, -ax, -ay).rest(0.2)
    path.to(0.3 * who.pace, pose="open_palm").rest(_REST_S)
    return [path.track()], _LEAD_S, path.time_s


def _throw(who: Performer, rng: random.Random) -> _Made:
    way, angle = who.reach * rng.uniform(2.4, 3.0), rng.uniform(-2.6, -0.5)
    ax, ay = -0.5 * way * math.cos(angle), -0.4 * way * math.sin(angle)
    path = Path(who, rng.choice(("fist", "open_palm"))).start(ax, ay).rest(_LEAD_S)
    path.to(0.25 * who.pace, pose="fist").rest(0.2)
    path.along(0.45 * who.pace, lambda t: (ax * (1 - 2 * t), ay * (1 - 2 * t)), opens=0.45).rest(_REST_S)
    return [path.track()], _LEAD_S, path.time_s


def _both(who: Performer) -> tuple[Performer, Performer]:
    """The same person's right and left hand."""
    common = {name: getattr(who, name) for name in Performer.__slots__ if name != "handedness"}
    return Performer(**common, handedness="Right"), Performer(**common, handedness="Left")


def _zoom(who: Performer, rng: random.Random) -> _Made:
    wide, narrow = who.reach * rng.uniform(1.9, 2.3), rng.uniform(1.0, 1.2)
    a, b = rng.choice(((wide, narrow), (narrow, wide)))
    lift = rng.uniform(-0.15, 0.15)
    paths = []
    for one in _both(who):
        path = Path(one, "pinch_open").start(-one.side * a, -one.side * lift * a).rest(_LEAD_S)
        path.to(0.3 * who.pace, pose="pinch").rest(0.3)
        path.to(0.9 * who.pace, -one.side * b, -one.side * lift * b).rest(0.3)
        paths.append(path.to(0.3, pose="pinch_open").rest(_REST_S))
    return [path.track() for path in paths], _LEAD_S, paths[0].time_s


def _rotate(who: Performer, rng: random.Random) -> _Made:
    radius, turn = who.reach * rng.uniform(1.4, 1.7), rng.choice((-1, 1)) * rng.uniform(0.7, 1.1)
    start = -turn / 2
    paths = []
    for one in _both(who):

        def place(t: float, side: float = one.side) -> tuple[float, float]:
            angle = start + turn * t
            return -side * radius * math.cos(angle), -side * radius * math.sin(angle)

        path = Path(one, "pinch_open").start(*place(0.0)).rest(_LEAD_S)
        path.to(0.3 * who.pace, pose="pinch").rest(0.3).along(0.9 * who.pace, place).rest(0.3)
        paths.append(path.to(0.3, pose="pinch_open").rest(_REST_S))
    return [path.track() for path in paths], _LEAD_S, paths[0].time_s


def _clap(who: Performer, rng: random.Random) -> _Made:
    paths = []
    apart = rng.uniform(1.5, 1.9)
    for one in _both(who):
        yaw, roll = one.side * rng.uniform(35, 50), one.side * rng.uniform(4, 10)
        path = Path(one, "stop", yaw_deg=yaw, roll_deg=roll).start(-one.side * apart, 0.0).rest(_LEAD_S)
        path.to(0.32 * who.pace, -one.side * 0.22, 0.0).to(0.4 * who.pace, -one.side * apart, 0.0)
        paths.append(path.rest(_REST_S))
    return [path.track() for path in paths], _LEAD_S, paths[0].time_s


def _frame(who: Performer, rng: random.Random) -> _Made:
    paths = []
    apart = rng.uniform(1.4, 1.8)
    for one in _both(who):
        path = Path(one, "relaxed").start(-one.side * (apart + 0.3), 0.5).rest(_LEAD_S)
        path.to(0.5 * who.pace, -one.side * apart, 0.0, pose="gun").rest(0.8)
        paths.append(path.to(0.5, -one.side * (apart + 0.3), 0.5, pose="relaxed").rest(_REST_S))
    return [path.track() for path in paths], _LEAD_S, paths[0].time_s


PERFORMED: dict[str, _Make] = {
    "swipe_left": _swipe(1, 0),
    "swipe_right": _swipe(-1, 0),
    "swipe_up": _swipe(0, -1),
    "swipe_down": _swipe(0, 1),
    "circle_cw": _circle(1),
    "circle_ccw": _circle(-1),
    "wave": _wave,
    "push": _nearer(True),
    "pull": _nearer(False),
    "tap": _taps(1),
    "double_tap": _taps(2),
    "drag": _drag,
    "throw": _throw,
    "zoom": _zoom,
    "rotate": _rotate,
    "clap": _clap,
    "frame": _frame,
}
"""Gesture name to what makes its movement."""

TWO_HANDED = ("zoom", "rotate", "clap", "frame")


def performer(seed: int, speed: str = "normal", *, name: str = "", aspect: float = 4 / 3) -> Performer:
    """Somebody, somewhere: place, size, hand and skin come from the seed.

    Args:
        speed: one of `SPEEDS`; the pace varies by a tenth around it.
        name: the gesture, so that its whole movement stays in the picture.
    """
    rng = random.Random(f"{seed} {speed} {name}")
    two = name in TWO_HANDED
    return Performer(
        x=0.5 + rng.uniform(-0.03, 0.03) if two else rng.uniform(0.38, 0.62),
        y=rng.uniform(0.52, 0.6) if name.startswith("swipe") else rng.uniform(0.48, 0.62),
        palm=rng.uniform(0.13, 0.16) if two else rng.uniform(0.12, 0.19),
        aspect=aspect,
        pace=SPEEDS[speed] * rng.uniform(0.9, 1.1),
        reach=rng.uniform(0.9, 1.1),
        handedness=rng.choice(("Right", "Left")),
        skin=rng.randrange(6),
        sleeve=rng.randrange(5),
        background=rng.choice(("room", "wall", "shelf", "evening")),
    )


_GAP_S = 2.0


def _in_turn(names: Sequence[str], name: str, summary: str) -> Script:
    """Several performances one after the other; in between the hand relaxes, so that its way there means nothing."""
    both = any(gesture in TWO_HANDED for gesture in names)
    sides: dict[Handedness, list[Keyframe]] = {"Right": [], "Left": []} if both else {"Right": []}
    start_s = 0.0
    for gesture in names:
        made = perform(gesture)
        shown = {track.handedness: track for track in made.script.tracks}
        for side, keys in sides.items():
            away = Keyframe(0.0, "relaxed", 0.75, 1.7, 0.17)
            row = shown[side].keys if side in shown else (away, replace(away, time_s=made.end_s))
            if keys:
                keys.append(replace(keys[-1], time_s=keys[-1].time_s + 0.5, pose="relaxed", roll_deg=0.0))
                keys.append(replace(row[0], time_s=start_s - 0.5, pose="relaxed"))
            keys += [replace(key, time_s=start_s + key.time_s) for key in row]
        start_s += made.end_s + _GAP_S
    for keys in sides.values():
        keys.append(replace(keys[-1], time_s=keys[-1].time_s + 0.5, pose="relaxed"))
        keys.append(replace(keys[0], time_s=start_s))
    return Script(name, summary, tuple(Track(tuple(keys), side) for side, keys in sides.items()), start_s)


_ONE_HANDED = tuple(name for name in PERFORMED if name not in TWO_HANDED)

GESTURES: tuple[Script, ...] = (
    _in_turn(tuple(PERFORMED), "gestures", "every gesture of motion and of two hands in turn"),
    _in_turn(("swipe_left", "swipe_right", "swipe_up", "swipe_down"), "swipes", "swipes in the four directions"),
    _in_turn(("circle_cw", "circle_ccw"), "circles", "circles both ways"),
    *(_in_turn((name,), name, f"one gesture: {name.replace('_', ' ')}") for name in _ONE_HANDED),
    *(
        Script(name, f"two hands: {name}", perform(name).script.tracks, perform(name).end_s + 0.3)
        for name in TWO_HANDED
    ),
)
"""Scripts by name."""
