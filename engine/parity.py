"""Compares two trackers' hands on the same pictures: matched one to one, errors in palm lengths."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from handplay.engine.hands import MIDDLE_MCP, WRIST, Hand, HandFrame

_SAME_PALMS = 0.5
"""Two hands whose landmarks lie within this many palm lengths in the mean are one hand found twice."""


@dataclass(slots=True)
class Parity:
    """Collects differences, picture by picture.

    Attributes:
        pictures: pictures compared.
        errors: landmark distance, depth, world distance and handedness score difference, one array a hand.
        only_ours, only_theirs, other_side: labels of the pictures with a hand that one side alone found, or whose
            handedness differs.
    """

    pictures: int = 0
    errors: dict[str, list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = field(
        default_factory=lambda: {"xy": [], "z": [], "world": [], "score": []}
    )
    only_ours: list[str] = field(default_factory=list)
    only_theirs: list[str] = field(default_factory=list)
    other_side: list[str] = field(default_factory=list)

    def add(self, label: str, ours: HandFrame, theirs: HandFrame) -> None:
        """Takes the hands that both found in one picture."""
        self.pictures += 1
        left = list(theirs)
        for hand in ours:
            distances = [_apart(hand, other) for other in left]
            if not distances or min(distances) > _SAME_PALMS:
                self.only_ours.append(label)
                continue
            self._compare(label, hand, left.pop(int(np.argmin(distances))))
        self.only_theirs += [label] * len(left)

    def _compare(self, label: str, hand: Hand, other: Hand) -> None:
        palm_m = float(np.linalg.norm(other.world_m[MIDDLE_MCP] - other.world_m[WRIST]))
        moved = hand.landmarks_px.astype(np.float64) - other.landmarks_px
        self.errors["xy"].append(np.hypot(moved[:, 0], moved[:, 1]) / other.palm_px)
        self.errors["z"].append(np.abs(moved[:, 2]) / other.palm_px)
        self.errors["world"].append(np.linalg.norm(hand.world_m - other.world_m, axis=1) / palm_m)
        self.errors["score"].append(np.array([abs(hand.handedness_score - other.handedness_score)]))
        if hand.handedness != other.handedness:
            self.other_side.append(label)

    def report(self) -> dict[str, object]:
        """Counts, and median, p95 and worst of each error, ready for JSON."""
        return {
            "pictures": self.pictures,
            "hands": len(self.errors["xy"]),
            "only_ours": self.only_ours,
            "only_mediapipe": self.only_theirs,
            "other_side": self.other_side,
            "errors": {name: self.spread(name) for name in self.errors},
        }

    def spread(self, name: str) -> dict[str, float]:
        """Median, p95 and worst of one error over all landmarks of all hands."""
        values = np.concatenate(self.errors[name]) if self.errors[name] else np.array([np.nan])
        return {
            "median": float(np.median(values)),
            "p95": float(np.percentile(values, 95)),
            "worst": float(values.max()),
        }


def _apart(hand: Hand, other: Hand) -> float:
    moved = hand.landmarks_px[:, :2] - other.landmarks_px[:, :2]
    return float(np.hypot(moved[:, 0], moved[:, 1]).mean()) / max(other.palm_px, 1e-6)
