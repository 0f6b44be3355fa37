"""The demo hand in the guide: it does what each step asks for, so that the guide can be seen without a camera."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from handplay.engine.sources.base import Wish
from handplay.games.home.aim import Aim
from handplay.games.home.guide_steps import StepName, lights

if TYPE_CHECKING:
    import pygame

    from handplay.games.home.guide import GuideScene

_ON_IT = 0.03
_LOOKS_S = 0.5
_PINCHES_S = 1.2


class GuideDemonstration:
    """Moves the demo hand through a guide.

    Args:
        guide: where it is; only looked at.
    """

    def __init__(self, guide: GuideScene) -> None:
        self._guide = guide
        self._aim = Aim((0.02, 0.2))
        self._on_it_s = 0.0
        self.wishes: tuple[Wish, ...] = ()

    def handle(self, event: pygame.event.Event) -> None:
        """Sees where the pointer is."""
        self._aim.handle(event)

    def update(self, dt_s: float) -> None:
        """Wishes where the hand should be."""
        guide = self._guide
        t, name = guide.step_s, guide.step.name
        left = [place for number, place in enumerate(lights(name)) if f"light {number}" not in guide.gone]
        if name == "reach":
            turn = math.floor(t * 10) / 10 * 2.2
            self.wishes = (Wish(round(0.5 + 0.2 * math.cos(turn), 3), round(0.62 + 0.16 * math.sin(turn), 3), "point"),)
        elif left:
            self._point(left[0], name == "pinch", dt_s)
        else:
            self._on_it_s = 0.0
            self.wishes = (Wish(0.5, 0.6, _pose(name, t)),)

    def _point(self, light: tuple[float, float], pinch: bool, dt_s: float) -> None:
        reach = self._guide.reach
        goal = (
            reach.left + light[0] / 1280 * (reach.right - reach.left),
            reach.top + light[1] / 720 * (reach.bottom - reach.top),
        )
        pinches = pinch and self._on_it_s > _LOOKS_S
        palm = self._aim.update(goal, dt_s, learn=not pinches)
        if pinches or self._aim.miss(goal) < _ON_IT:
            self._on_it_s += dt_s
            if self._on_it_s > _LOOKS_S + _PINCHES_S:
                self._on_it_s = 0.0
        else:
            self._on_it_s = 0.0
        self.wishes = (Wish(*palm, "pinch" if pinches else "point"),)


def _pose(step: StepName, time_s: float) -> str:
    """What it shows in a step that asks for a shape."""
    if step == "open":
        return "fist" if time_s < 0.8 else "open_palm"
    if step == "done":
        return "relaxed" if time_s < _LOOKS_S + _PINCHES_S else "thumbs_up"
    return "open_palm"
