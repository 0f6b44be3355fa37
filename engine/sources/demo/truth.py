"""What is really there: the exact joints behind a rendered hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT, MIDDLE_MCP, WRIST, Handedness
from handplay.engine.sources.demo.optics import PlacedHand
from handplay.engine.sources.demo.skeleton import Fingers, finger_states

DEPTH_SCALE = 0.5
"""Published z is about half of true depth (module docstring of `handplay.engine.coordinates`)."""


@dataclass(frozen=True, slots=True, eq=False)
class HandTruth:
    """One rendered hand, exactly.

    Attributes:
        handedness: the person's own hand.
        landmarks_px: float32 (21, 3), image pixels; z in the published scale, 0 at the wrist, negative when
            nearer.
        world_m: float32 (21, 3), metres along the image's axes, origin at the mean of the joints.
        fingers: true finger states, thumb first.
        pose: name of the pose that is shown, or that the hand is moving to.
        visible: at least half of the joints are in the picture and not behind another hand.
        covered: bool (21,), joints behind another hand.
        track: number of the hand in its script: the same person's same hand over all frames.
        distance_m: mean distance from the camera, metres.
    """

    handedness: Handedness
    landmarks_px: Float32
    world_m: Float32
    fingers: Fingers
    pose: str
    visible: bool
    covered: NDArray[np.bool_]
    track: int
    distance_m: float

    @property
    def palm_px(self) -> float:
        """Palm length, wrist to middle MCP in the image plane, pixels."""
        dx, dy = self.landmarks_px[MIDDLE_MCP, :2] - self.landmarks_px[WRIST, :2]
        return float(np.hypot(dx, dy))


def truth_of(hand: PlacedHand, track: int, covered: NDArray[np.bool_] | None = None) -> HandTruth:
    """The truth of a placed hand."""
    points = hand.joints.points
    landmarks = np.empty((LANDMARK_COUNT, 3), np.float32)
    landmarks[:, :2] = hand.points_px
    landmarks[:, 2] = (points[:, 2] - points[WRIST, 2]) * (hand.focal_px / float(points[WRIST, 2]) * DEPTH_SCALE)
    if covered is None:
        covered = np.zeros(LANDMARK_COUNT, bool)
    width, height = hand.size
    x, y = landmarks[:, 0], landmarks[:, 1]
    seen = (x >= 0) & (x < width) & (y >= 0) & (y < height) & ~covered
    return HandTruth(
        handedness=hand.view.handedness,
        landmarks_px=landmarks,
        world_m=(points - points.mean(axis=0)).astype(np.float32),
        fingers=finger_states(hand.view.angles_deg),
        pose=hand.view.pose,
        visible=int(seen.sum()) * 2 >= LANDMARK_COUNT,
        covered=covered,
        track=track,
        distance_m=hand.z_m,
    )


def mirrored_truth(truth: HandTruth, width: int) -> HandTruth:
    """The same hand in a selfie view of the picture: the person's own hand stays what it is."""
    landmarks, world = truth.landmarks_px.copy(), truth.world_m.copy()
    landmarks[:, 0] = width - landmarks[:, 0]
    world[:, 0] = -world[:, 0]
    return HandTruth(
        truth.handedness,
        landmarks,
        world,
        truth.fingers,
        truth.pose,
        truth.visible,
        truth.covered,
        truth.track,
        truth.distance_m,
    )
