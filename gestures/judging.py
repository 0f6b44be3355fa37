"""Which shapes a hand shows: poses told in words and templates told by example, judged together.

A motion asks for a pose too, and less strictly: fingers that move are blurred, so how far apart they are does not
count there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from handplay.engine.hands import Hand
from handplay.gestures.conditions import PoseTable
from handplay.gestures.fingers import HandWords
from handplay.gestures.kinds import Motion, Pose, Template, TwoHands
from handplay.gestures.library import Library
from handplay.gestures.precedence import outdone
from handplay.gestures.settings import GestureSettings

if TYPE_CHECKING:
    from handplay.gestures.learn.templates import TemplateTable

_MIRROR = np.array([-1, 1, 1], np.float32)


class ShapeTable:
    """The poses and templates of a library.

    Attributes:
        poses: the library's poses.
        table: them and, behind them, those that motions ask for.
        shapes: places in the library of all shapes, poses first.
        bits: specificity of each.
    """

    def __init__(self, library: Library, settings: GestureSettings | None = None) -> None:
        places: dict[str, int] = {gesture.name: place for place, gesture in enumerate(library.gestures)}
        self.poses = tuple(gesture for gesture in library.gestures if isinstance(gesture, Pose))
        templates = tuple(gesture for gesture in library.gestures if isinstance(gesture, Template))
        self.shapes = [places[shape.name] for shape in (*self.poses, *templates)]
        asked = [
            found
            for gesture in library.gestures
            if isinstance(gesture, (Motion, TwoHands)) and gesture.pose
            if (found := library.find(gesture.pose)) is not None
        ]
        self._bit_of = {name: 1 << number for number, name in enumerate(dict.fromkeys(shape.name for shape in asked))}
        loose = {
            shape.name: replace(shape, apart=(), together=(), hand="any") for shape in asked if isinstance(shape, Pose)
        }
        self._loose = [self._bit_of[name] for name in loose]
        self.table = PoseTable((*self.poses, *loose.values()), settings)
        self._template_bits = [self._bit_of.get(one.name, 0) for one in templates]
        self._templates: TemplateTable | None = None
        bits = self.table.bits[: len(self.poses)].tolist()
        if templates:
            # Imported here: few libraries have any, and a game begins sooner without.
            from handplay.gestures.learn.templates import TemplateTable

            self._templates = TemplateTable(templates)
            bits += self._templates.bits.tolist()
        self.bits: list[float] = bits
        self._outdone = outdone(self.poses)

    def bit_of(self, library: Library, pose: str) -> int:
        """The bit that `judge` sets for a pose that a motion asks for; 0 for none."""
        found = library.find(pose) if pose else None
        return self._bit_of.get(found.name, 0) if found is not None else 0

    def outdoes(self, shape: int, other: int) -> bool:
        """Whether one shape goes before another whatever the fit, see `precedence`."""
        return shape < len(self.poses) and other in self._outdone[shape]

    def competing(self, shown: dict[int, float]) -> dict[int, float]:
        """Of the shapes that a hand shows, those that no other one of them goes before."""
        if len(shown) < 2:
            return shown
        out = {other for shape in shown if shape < len(self.poses) for other in self._outdone[shape]}
        return {shape: score for shape, score in shown.items() if shape not in out} if out else shown

    def judge(self, hand: Hand, words: HandWords, *, mirrored: bool) -> tuple[dict[int, float], int]:
        """Which shapes a hand shows.

        Returns:
            number of the shape to its score, and the bits of the poses that motions ask for.
        """
        shown: dict[int, float] = {}
        bits, poses = 0, len(self.poses)
        for number, score in self.table.shown(words, hand.handedness):
            if number < poses:
                shown[number] = score
            else:
                bits |= self._loose[number - poses]
        if self._templates is not None:
            points = hand.landmarks_px
            if mirrored:
                points = points * _MIRROR
            for number, score in self._templates.shown(points, hand.handedness):
                shown[poses + number] = score
                bits |= self._template_bits[number]
        return shown, bits
