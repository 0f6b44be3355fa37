"""Scripts to look at and to play with."""

from __future__ import annotations

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.script import Keyframe, Script, Track

_SHOWN = (
    "open_palm", "stop", "fist", "point", "victory", "three", "four", "thumbs_up", "thumbs_down", "ok", "rock", "call",
    "ily", "pinch", "gun", "grab", "relaxed",
)  # fmt: skip


def _show(poses: tuple[str, ...], each_s: float, x: float, y: float, palm: float) -> tuple[Keyframe, ...]:
    """Holds one pose after the other, with half a second of movement between."""
    keys = []
    for i, pose in enumerate((*poses, poses[0])):
        keys.append(Keyframe(i * each_s, pose, x, y, palm))
        keys.append(Keyframe((i + 1) * each_s - 0.5, pose, x, y, palm))
    return tuple(keys[:-1])


def held_pose(pose: str) -> Script:
    """One pose, held up and hardly moved.

    Raises:
        ValueError: there is no such pose; the message names the legal ones.
    """
    track = Track((Keyframe(0.0, pose, y=0.56, palm=0.25),))
    return Script(f"pose={pose}", f"{pose.replace('_', ' ')}, held up", (track,), 10.0)


def _demo() -> Script:
    k = Keyframe
    right = Track(
        (
            k(0.0, "relaxed", 0.33, 1.55, 0.24),
            k(0.9, "open_palm", 0.36, 0.56, 0.25),
            k(1.5, "open_palm", 0.36, 0.55, 0.25, -12),
            k(1.9, "open_palm", 0.38, 0.55, 0.25, 14),
            k(2.3, "open_palm", 0.36, 0.55, 0.25, -12),
            k(2.7, "open_palm", 0.37, 0.55, 0.25, 6),
            k(3.6, "victory", 0.40, 0.55, 0.25, 4),
            k(4.6, "victory", 0.40, 0.55, 0.25, -8, 14),
            k(5.3, "point", 0.42, 0.54, 0.25),
            k(6.1, "point", 0.30, 0.50, 0.24, -14),
            k(6.9, "point", 0.46, 0.50, 0.24, 12),
            k(7.6, "ok", 0.38, 0.55, 0.26),
            k(8.6, "ok", 0.38, 0.55, 0.26, 0, -22),
            k(9.4, "rock", 0.38, 0.56, 0.25, -6),
            k(10.3, "rock", 0.38, 0.54, 0.25, 8),
            k(11.1, "open_palm", 0.30, 0.56, 0.23, -6),
            k(12.4, "open_palm", 0.30, 0.54, 0.30, -4),
            k(13.4, "fist", 0.30, 0.56, 0.25),
            k(14.2, "open_palm", 0.28, 0.56, 0.24, -8),
            k(15.2, "pinch", 0.30, 0.55, 0.25),
            k(16.2, "pinch", 0.24, 0.50, 0.25, -10),
            k(17.3, "thumbs_up", 0.40, 0.54, 0.27),
            k(18.7, "thumbs_up", 0.40, 0.52, 0.27),
            k(19.7, "relaxed", 0.40, 1.6, 0.24),
        ),
        "Right",
        skin=1,
        sleeve=0,
    )
    left = Track(
        (
            k(0.0, "relaxed", 0.70, 1.6, 0.24),
            k(9.6, "relaxed", 0.70, 1.6, 0.24),
            k(10.8, "open_palm", 0.70, 0.57, 0.23, 6),
            k(12.4, "open_palm", 0.70, 0.55, 0.23, 4),
            k(13.4, "open_palm", 0.72, 0.56, 0.25, 8),
            k(14.2, "fist", 0.72, 0.56, 0.25),
            k(15.2, "pinch", 0.70, 0.55, 0.25),
            k(16.2, "pinch", 0.77, 0.50, 0.25, 10),
            k(17.0, "relaxed", 0.78, 1.6, 0.24),
        ),
        "Left",
        skin=1,
        sleeve=0,
    )
    return Script("demo", "a tour: waving, poses, turning, both hands", (right, left), 20.0)


def _paddle(handedness: Handedness, x: float, skin: int, sleeve: int) -> Track:
    """Shows an open palm to serve, then goes up and down as in a rally."""
    heights = (0.58, 0.40, 0.66, 0.52, 0.36, 0.60, 0.70, 0.46, 0.55, 0.38, 0.58)
    keys = [
        Keyframe(0.0, "relaxed", x, 1.5, 0.22),
        Keyframe(0.8, "open_palm", x, 0.56, 0.22),
        Keyframe(2.0, "open_palm", x, 0.56, 0.22),
    ]
    keys += [Keyframe(3.0 + 1.1 * i, "open_palm", x, y, 0.22) for i, y in enumerate(heights)]
    return Track(tuple(keys), handedness, skin=skin, sleeve=sleeve)


_TWO = (
    Track(_show(("open_palm", "victory", "fist", "ok"), 2.0, 0.28, 0.56, 0.23), "Right", skin=2, sleeve=4),
    Track(_show(("fist", "open_palm", "point", "open_palm"), 2.0, 0.72, 0.56, 0.23), "Left", skin=2, sleeve=4),
)

TOURS: tuple[Script, ...] = (
    _demo(),
    Script(
        "poses",
        "every pose in turn, held for two seconds",
        (Track(_show(_SHOWN, 2.0, 0.46, 0.56, 0.25)),),
        2.0 * len(_SHOWN),
    ),
    Script(
        "pong", "serves with an open palm, then follows the ball", (_paddle("Right", 0.36, 1, 0),), 15.0, "room", True
    ),
    Script(
        "pong2",
        "two players, one in each half",
        (_paddle("Right", 0.24, 2, 2), _paddle("Left", 0.76, 4, 4)),
        15.0,
        "room",
        True,
    ),
    Script("two", "both hands of one person, side by side", _TWO, 8.0),
    Script("still", "an open palm that hardly moves", (Track((Keyframe(0.0, y=0.56, palm=0.25),)),), 10.0),
    Script("nobody", "an empty room", (), 10.0),
)
