"""Which shape a single picture of a hand shows: poses and templates side by side, without any history."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness
from handplay.gestures.beginning import beginning_of
from handplay.gestures.conditions import PoseTable
from handplay.gestures.fingers import WordReader
from handplay.gestures.kinds import Gesture, Pose, Template
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.learn.templates import TemplateTable
from handplay.gestures.measures import measure
from handplay.gestures.precedence import outdone
from handplay.gestures.recognizer_settings import RecognizerSettings
from handplay.gestures.settings import GestureSettings

Shape = Pose | Template


def is_shape(gesture: Gesture) -> bool:
    """True for what one picture can show: poses and templates."""
    return isinstance(gesture, (Pose, Template))


class ShapeJudge:
    """Judges hands against gestures as the recognizer does in a first frame.

    Args:
        gestures: poses and templates; of two that rank equally the later one wins.
        to_begin: a gesture must be shown well enough to begin, by a hand that is still; else its conditions are enough.
    """

    def __init__(
        self,
        gestures: Sequence[Gesture],
        settings: GestureSettings | None = None,
        rules: RecognizerSettings | None = None,
        *,
        to_begin: bool = False,
    ) -> None:
        wrong = [gesture.name for gesture in gestures if not is_shape(gesture)]
        if wrong:
            raise ValueError(f"ShapeJudge: {', '.join(wrong)} cannot be told from one picture")
        self.gestures = tuple(gestures)
        self.settings = settings or GestureSettings()
        rules = rules or RecognizerSettings()
        self._reader = WordReader(self.settings)
        self._pose_at = [at for at, gesture in enumerate(gestures) if isinstance(gesture, Pose)]
        self._template_at = [at for at, gesture in enumerate(gestures) if isinstance(gesture, Template)]
        self._poses = PoseTable([gesture for gesture in gestures if isinstance(gesture, Pose)], self.settings)
        self._templates = TemplateTable([gesture for gesture in gestures if isinstance(gesture, Template)])
        bits = np.zeros(len(gestures), np.float32)
        bits[self._pose_at] = self._poses.bits
        bits[self._template_at] = self._templates.bits
        self._bonus = rules.bit_weight * bits
        poses = [gesture for gesture in gestures if isinstance(gesture, Pose)]
        self._beginnings = [beginning_of(pose, rules) for pose in poses] if to_begin else []
        self._least = rules.begin_template if to_begin else 0.0
        self._outdone = {
            at: [self._pose_at[other] for other in row]
            for at, row in zip(self._pose_at, outdone(poses), strict=True)
            if row
        }

    def judge(
        self,
        points: Float32,
        handedness: Handedness | None,
        *,
        world: Float32 | None = None,
        mirrored: bool = False,
    ) -> tuple[NDArray[np.bool_], Float32]:
        """Which gestures a hand shows, and how they rank: bool (G,), float32 (G,), score and specificity together.

        Args:
            points, world, handedness, mirrored: as of `measures.measure`.
        """
        matches = np.zeros(len(self.gestures), np.bool_)
        ranks = np.zeros(len(self.gestures), np.float32)
        if self._pose_at:
            measures = measure(points, self.settings, world=world, handedness=handedness, mirrored=mirrored)
            shown, scores = self._poses.judge(self._reader.read(measures), handedness)
            if self._beginnings:
                curl = measures.curl.tolist()
                pairs = zip(self._beginnings, scores.tolist(), strict=True)
                shown &= np.array([begins.allows(score, 0.0, curl, measures.grab) for begins, score in pairs])
            matches[self._pose_at], ranks[self._pose_at] = shown, scores
        if self._template_at:
            seen = points * np.array([-1, 1, 1], np.float32) if mirrored else points
            near, scores = self._templates.judge(seen, handedness)
            matches[self._template_at], ranks[self._template_at] = near & (scores >= self._least), scores
        return matches, ranks + self._bonus

    def best(self, points: Float32, handedness: Handedness | None) -> Gesture | None:
        """The gesture that a hand of a table shows, or None."""
        return self._first(*self.judge(points, handedness))

    def best_of(self, sample: HandSample) -> Gesture | None:
        """The gesture that a tracked hand shows, or None."""
        world = sample.world if sample.world.any() else None
        return self._first(*self.judge(sample.points, sample.handedness, world=world, mirrored=sample.mirrored))

    def _first(self, matches: NDArray[np.bool_], ranks: Float32) -> Gesture | None:
        if not matches.any():
            return None
        shown = matches.copy()
        for at, others in self._outdone.items():
            if matches[at]:
                shown[others] = False
        ranks = np.where(shown, ranks, -np.inf)
        return self.gestures[len(ranks) - 1 - int(ranks[::-1].argmax())]
