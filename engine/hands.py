"""What the tracker gives: `Hand` and `HandFrame`, and the names of the 21 landmarks.

Landmark order is MediaPipe's: 0 wrist, then four points a finger from the palm outward,
1-4 thumb (CMC MCP IP TIP), 5-8 index (MCP PIP DIP TIP), 9-12 middle, 13-16 ring, 17-20 little finger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, overload

import numpy as np

from handplay.engine.coordinates import Float32, Roi

Handedness = Literal["Left", "Right"]
"""The person's own hand, whatever the mirroring of the source."""

Condition = Literal["ok", "dark", "bright", "far", "frozen", "slow"]
"""What keeps hands from being seen well, "ok" if nothing does."""

LANDMARK_COUNT = 21
WRIST = 0
INDEX_MCP, MIDDLE_MCP, RING_MCP, PINKY_MCP = 5, 9, 13, 17
THUMB_TIP, INDEX_TIP, MIDDLE_TIP, RING_TIP, PINKY_TIP = 4, 8, 12, 16, 20

LANDMARK_NAMES = (
    "wrist",
    *(f"{finger}_{joint}" for finger, joints in (
        ("thumb", ("cmc", "mcp", "ip", "tip")),
        ("index", ("mcp", "pip", "dip", "tip")),
        ("middle", ("mcp", "pip", "dip", "tip")),
        ("ring", ("mcp", "pip", "dip", "tip")),
        ("pinky", ("mcp", "pip", "dip", "tip")),
    ) for joint in joints),
)  # fmt: skip

FINGERS = ("thumb", "index", "middle", "ring", "pinky")
FINGER_LANDMARKS = {name: tuple(range(1 + 4 * i, 5 + 4 * i)) for i, name in enumerate(FINGERS)}
"""Finger name to its four landmark indices, from the palm outward."""

BONES = (
    (0, 1), (1, 2), (2, 3), (3, 4),
    (0, 5), (5, 6), (6, 7), (7, 8),
    (5, 9), (9, 10), (10, 11), (11, 12),
    (9, 13), (13, 14), (14, 15), (15, 16),
    (13, 17), (0, 17), (17, 18), (18, 19), (19, 20),
)  # fmt: skip
"""Pairs of landmark indices that are drawn as one bone or palm edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Palm:
    """One palm detection, kept for overlays and diagnosis.

    Attributes:
        box: (x0, y0, x1, y1), image pixels.
        points: float32 (7, 2) image pixels: wrist, index MCP, middle MCP, ring MCP, little MCP, thumb CMC, thumb MCP.
        score: 0..1.
    """

    box: tuple[float, float, float, float]
    points: Float32
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """One tracked hand in one frame.

    Attributes:
        hand_id: stays the same while the hand is tracked; starts at 1, never reused by one tracker.
        handedness: the person's own hand.
        handedness_score: 0.5..1, how sure the handedness is.
        presence: 0..1, how sure the model is that the crop holds a hand.
        landmarks_px: float32 (21, 3), image pixels; z 0 at the wrist, negative toward the camera.
        world_m: float32 (21, 3), metres, origin at the hand's centre.
        roi: the square that the keypoint model looked at.
    """

    hand_id: int
    handedness: Handedness
    handedness_score: float
    presence: float
    landmarks_px: Float32
    world_m: Float32
    roi: Roi | None = None

    def __post_init__(self) -> None:
        for name in ("landmarks_px", "world_m"):
            value = getattr(self, name)
            if value.shape != (LANDMARK_COUNT, 3):
                raise ValueError(f"Hand.{name}: got shape {value.shape}, wanted {(LANDMARK_COUNT, 3)}")

    @property
    def palm_px(self) -> float:
        """Palm length, wrist to middle MCP in the image plane, pixels: the unit of thresholds and errors."""
        dx, dy = self.landmarks_px[MIDDLE_MCP, :2] - self.landmarks_px[WRIST, :2]
        return float(np.hypot(dx, dy))


@dataclass(frozen=True, slots=True, eq=False)
class HandFrame(Sequence[Hand]):
    """The hands of one source frame; a read-only sequence of `Hand`.

    Attributes:
        frame_index: number of the source frame, from 0.
        time_s: monotonic seconds at the arrival of the source frame.
        width, height: size of the source frame, pixels.
        mirrored: True if the source is a selfie view.
        hands: the tracked hands, oldest first.
        palms: what the palm detector saw, empty when it did not run.
        detector_runs: palm detector runs spent on this frame.
        condition: what is wrong with the picture or its rate, if anything (video only).
    """

    frame_index: int
    time_s: float
    width: int
    height: int
    mirrored: bool = False
    hands: tuple[Hand, ...] = ()
    palms: tuple[Palm, ...] = field(default=(), repr=False)
    detector_runs: int = 0
    condition: Condition = "ok"

    def __len__(self) -> int:
        return len(self.hands)

    def __iter__(self) -> Iterator[Hand]:
        return iter(self.hands)

    @overload
    def __getitem__(self, index: int) -> Hand: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hand, ...]: ...
    def __getitem__(self, index: int | slice) -> Hand | tuple[Hand, ...]:
        return self.hands[index]
