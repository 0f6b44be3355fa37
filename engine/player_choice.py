"""Which of several hands is the player's, when bystanders walk through the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from handplay.engine.hands import MIDDLE_MCP, WRIST, Hand, HandFrame

ChoiceRule = Literal["first", "nearest", "raised"]
CHOICE_RULES: tuple[ChoiceRule, ...] = ("first", "nearest", "raised")


@dataclass(frozen=True, slots=True)
class ChoiceSettings:
    """When a place is free, and what raised means.

    Attributes:
        grace_s: a player who is out of sight stays the player for so long (the tracker keeps an id for 1.5 s).
        raised_height: a raised hand's knuckles are above this share of the picture's height, from the top.
        raised_cos: and its fingers point up at least this much (cosine; 60 degrees either way).
    """

    grace_s: float = 1.0
    raised_height: float = 0.6
    raised_cos: float = 0.5

    def __post_init__(self) -> None:
        if self.grace_s < 0:
            raise ValueError(f"ChoiceSettings.grace_s: got {self.grace_s}, wanted 0 or more seconds")


class PlayerChoice:
    """Chooses a hand once and stays with it.

    Args:
        rule: "first" takes the hand that has been there longest, "nearest" the largest, "raised" the highest of those
            held up with the fingers upward.
        settings: how long a player may be out of sight, and what raised means.
    """

    def __init__(self, rule: ChoiceRule = "first", settings: ChoiceSettings | None = None) -> None:
        if rule not in CHOICE_RULES:
            raise ValueError(f"rule: got {rule!r}, wanted one of {', '.join(CHOICE_RULES)}")
        self._rule, self._settings = rule, settings or ChoiceSettings()
        self._player: int | None = None
        self._seen_s = 0.0

    def reset(self) -> None:
        """Lets the next hand be the player."""
        self._player = None

    def update(self, hands: HandFrame) -> int | None:
        """The player's hand id, None while nobody is. The id may belong to a hand that is out of sight for a moment."""
        if any(hand.hand_id == self._player for hand in hands):
            self._seen_s = hands.time_s
        elif self._player is None or hands.time_s - self._seen_s > self._settings.grace_s:
            chosen = self._choose(hands)
            self._player = None if chosen is None else chosen.hand_id
            self._seen_s = hands.time_s
        return self._player

    def _choose(self, hands: HandFrame) -> Hand | None:
        if self._rule == "first":
            return min(hands, key=lambda hand: hand.hand_id, default=None)
        if self._rule == "nearest":
            return max(hands, key=_size, default=None)
        up = [hand for hand in hands if self._is_raised(hand, hands.height)]
        return min(up, key=lambda hand: float(hand.landmarks_px[MIDDLE_MCP, 1]), default=None)

    def _is_raised(self, hand: Hand, height: int) -> bool:
        wrist, knuckle = hand.landmarks_px[WRIST], hand.landmarks_px[MIDDLE_MCP]
        upward = float(wrist[1] - knuckle[1]) / max(hand.palm_px, 1e-6)
        return upward >= self._settings.raised_cos and float(knuckle[1]) < self._settings.raised_height * height


def _size(hand: Hand) -> float:
    if hand.roi is not None:
        return hand.roi.size_px
    return float(np.ptp(hand.landmarks_px[:, :2], axis=0).max())
