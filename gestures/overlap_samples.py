"""Templates that show a pose as well: their own samples, judged by the poses."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from handplay.engine.hands import LANDMARK_COUNT, Handedness
from handplay.gestures.conditions import PoseTable
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Pose, Template
from handplay.gestures.library import Library
from handplay.gestures.measures import measure

LEAST_SHARE = 0.5
"""Of the samples: a template that merely touches a pose is no news."""
MOST_SAMPLES = 40
"""Judged of one template, spread over all of them."""


def shared_poses(library: Library, names: Collection[str]) -> Iterator[tuple[Template, Pose, float]]:
    """Each template with each pose that its samples show, and the share of them that does.

    Args:
        names: only pairs with one of these gestures.
    """
    poses = [gesture for gesture in library.gestures if isinstance(gesture, Pose) and gesture.layer == "pose"]
    templates = [gesture for gesture in library.gestures if isinstance(gesture, Template)]
    if not any(gesture.name in names for gesture in templates):
        return
    reader = WordReader()
    table = PoseTable(poses, reader.settings)
    for template in templates:
        shown = np.zeros(len(poses), np.intp)
        step = -(-len(template.samples) // MOST_SAMPLES)
        samples = template.samples[::step]
        side: Handedness = "Left" if template.sample_hand == "left" else "Right"
        for sample in samples:
            points = np.array(sample, np.float32).reshape(LANDMARK_COUNT, 3)
            words = reader.read(measure(points, reader.settings, handedness=side))
            shown += table.judge(words, side)[0]
        for pose, count in zip(poses, shown.tolist(), strict=True):
            share = count / len(samples)
            if share >= LEAST_SHARE and (template.name in names or pose.name in names):
                yield template, pose, share
