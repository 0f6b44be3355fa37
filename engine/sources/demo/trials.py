"""Scripts that are hard for a tracker, and builders of paths with known speed for benchmarks."""

from __future__ import annotations

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.script import Keyframe, Script, Track


def sweep(
    speed_palms_s: float,
    *,
    palm: float = 0.16,
    pose: str = "open_palm",
    aspect: float = 16 / 9,
    handedness: Handedness = "Right",
    skin: int = 1,
    rest_s: float = 1.0,
    crossings: int = 4,
    background: str = "room",
) -> Script:
    """A hand that rests, then goes back and forth across the picture at a known even speed.

    Args:
        speed_palms_s: palm lengths a second.
        palm: palm length in frame heights.
        aspect: width over height of the picture.
        rest_s: how long it rests before, seconds, so that a tracker can find it.
        crossings: ways across.
    """
    if not speed_palms_s > 0:
        raise ValueError(f"speed_palms_s: got {speed_palms_s}, wanted more than 0 palm lengths a second")
    left, right = 0.2, 0.8
    way_s = (right - left) * aspect / (speed_palms_s * palm)
    keys = [Keyframe(0.0, pose, left, 0.55, palm), Keyframe(rest_s, pose, left, 0.55, palm, ease="linear")]
    keys += [
        Keyframe(rest_s + (i + 1) * way_s, pose, (right, left)[i % 2], 0.55, palm, ease="linear")
        for i in range(crossings)
    ]
    track = Track(tuple(keys), handedness, skin=skin, life=0.0)
    return Script("sweep", f"{speed_palms_s:g} palm lengths a second", (track,), rest_s + crossings * way_s, background)


def placement(
    x_px: float,
    y_px: float,
    palm_px: float,
    size: tuple[int, int],
    *,
    pose: str = "open_palm",
    handedness: Handedness = "Right",
    roll_deg: float = 0.0,
    skin: int = 1,
    duration_s: float = 5.0,
    background: str = "room",
) -> Script:
    """A hand of known size at a known place of a picture of this size (width, height)."""
    width, height = size
    key = Keyframe(0.0, pose, x_px / width, y_px / height, palm_px / height, roll_deg)
    return Script(
        "placement", f"palm of {palm_px:g} px", (Track((key,), handedness, skin=skin),), duration_s, background
    )


def crossing(
    *,
    duration_s: float = 3.0,
    palm: float = 0.2,
    skins: tuple[int, int] = (1, 1),
    offset: float = 0.04,
    background: str = "room",
) -> Script:
    """A right and a left hand that pass before each other and come back.

    Args:
        duration_s: there and back again.
        palm: palm length of the farther hand, in frame heights; the nearer one is a quarter larger.
        skins: tones of the two hands.
        offset: half of their difference in height, in frame heights.
    """
    rest, half = 0.8, duration_s / 2
    near, far = palm * 1.25, palm

    def keys(a: float, b: float, y: float, size: float) -> tuple[Keyframe, ...]:
        k = Keyframe
        return (
            k(0.0, x=a, y=y, palm=size),
            k(rest, x=a, y=y, palm=size),
            k(rest + half, x=b, y=y, palm=size),
            k(rest + half + 0.3, x=b, y=y, palm=size),
            k(rest + 2 * half + 0.3, x=a, y=y, palm=size),
        )

    tracks = (
        Track(keys(0.26, 0.74, 0.55 + offset, near), "Right", skin=skins[0], sleeve=0, life=0.5),
        Track(keys(0.74, 0.26, 0.55 - offset, far), "Left", skin=skins[1], sleeve=2, life=0.5),
    )
    return Script("crossing", "two hands pass before each other", tracks, rest + duration_s + 0.6, background)


def _walk() -> Script:
    k = Keyframe
    keys = (
        k(0.0, x=0.5, y=0.55, palm=0.25),
        k(1.0, x=0.5, y=0.55, palm=0.25),
        k(5.0, x=0.42, y=0.55, palm=0.05),
        k(7.0, x=0.60, y=0.50, palm=0.05),
        k(11.0, x=0.5, y=0.55, palm=0.25),
    )
    return Script("far", "walks away from the camera and comes back", (Track(keys),), 11.5)


def _turns() -> Script:
    turns = (
        (0, 0, 0), (60, 0, 0), (-60, 0, 0), (0, 0, 0), (0, 45, 0), (0, -45, 0), (0, 0, 0), (0, 0, 40), (0, 0, -40),
        (0, 0, 0), (180, 0, 0), (360, 0, 0),
    )  # fmt: skip
    keys = tuple(Keyframe(1.2 * i, "open_palm", 0.5, 0.52, 0.2, *turn) for i, turn in enumerate(turns))
    return Script("turns", "turns every way", (Track(keys),), 1.2 * len(turns))


def _fast() -> Script:
    k = Keyframe
    ways = ((0.2, 0.5), (0.8, 0.5), (0.25, 0.35), (0.75, 0.7), (0.5, 0.35), (0.2, 0.7), (0.8, 0.4), (0.2, 0.5))
    keys = [k(0.0, x=0.2, y=0.5, palm=0.18)]
    keys += [k(1.0 + 0.42 * i, x=x, y=y, palm=0.18) for i, (x, y) in enumerate(ways)]
    return Script("fast", "darts about the picture", (Track(tuple(keys)),), 4.6)


_CROSS = crossing()
TRIALS: tuple[Script, ...] = (_fast(), _walk(), _turns(), _CROSS)
