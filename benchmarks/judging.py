"""What the benchmarks share: options, both trackers on the same frames, matching with the truth, half points, JSON.

Every benchmark is `python benchmarks/NAME.py [--quick] [--seed N] [--json FILE]`, seeded, and prints JSON.
"MediaPipe" is 0.10.21 with its full models and its defaults, on the very same frames.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.demo import HandTruth

NEAR_PALMS = 0.5
"""A hand is the true one if its landmarks lie within this many palm lengths of the truth (median of the 21)."""


def options(doc: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a smoke run: a few cases, figures mean nothing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the report here too")
    return parser


def deliver(report: dict[str, Any], path: Path | None) -> None:
    """Prints the report and writes it if asked."""
    report = {"machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}", **report}
    text = json.dumps(report, indent=1)
    print(text)
    if path is not None:
        path.write_text(text + "\n", encoding="utf-8")


def error_palms(hand: Hand, truth: HandTruth, palm_px: float) -> float:
    """Median distance of the 21 landmarks from the truth, palm lengths (of a palm that faces the camera)."""
    apart = hand.landmarks_px[:, :2] - truth.landmarks_px[:, :2]
    return float(np.median(np.hypot(apart[:, 0], apart[:, 1]))) / palm_px


def right_hand(frame: HandFrame, truth: HandTruth, palm_px: float) -> Hand | None:
    """The hand of a frame that shows this truth, or None."""
    best = min(frame, key=lambda hand: error_palms(hand, truth, palm_px), default=None)
    return best if best is not None and error_palms(best, truth, palm_px) < NEAR_PALMS else None


def half_point(points: Iterable[tuple[float, float]]) -> float | None:
    """Where a share that rises with x crosses one half, by linear interpolation; None if it never does.

    Neighbours that fall where they should rise are pooled first, so that one lucky run does not move the crossing.

    Args:
        points: (x, share), x rising.
    """
    blocks: list[list[float]] = []  # sum of shares, count, sum of x
    for x, share in points:
        blocks.append([share, 1.0, x])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    curve = [(x / n, share / n) for share, n, x in blocks]
    for (x0, y0), (x1, y1) in itertools.pairwise(curve):
        if y0 < 0.5 <= y1:
            return x0 + (x1 - x0) * (0.5 - y0) / (y1 - y0)
    return curve[0][0] if curve and curve[0][1] >= 0.5 else None


@dataclass(frozen=True, slots=True)
class Loss:
    """How a tracker kept one hand.

    Attributes:
        found: it saw the hand at all.
        coverage: share of the frames after the first find that showed it where it was.
        longest_gap_s: longest time without it after the first find.
    """

    found: bool
    coverage: float
    longest_gap_s: float

    @property
    def lost(self) -> bool:
        """Lost for more than a quarter of a second, or seen in less than four fifths of the frames."""
        return not self.found or self.longest_gap_s > 0.25 or self.coverage < 0.8


def loss(seen: Sequence[bool], fps: float) -> Loss:
    """Judges a row of frames."""
    if True not in seen:
        return Loss(False, 0.0, len(seen) / fps)
    after = list(seen[seen.index(True) :])
    gap = longest = 0
    for there in after:
        gap = 0 if there else gap + 1
        longest = max(longest, gap)
    return Loss(True, sum(after) / len(after), longest / fps)
