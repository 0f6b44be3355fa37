"""Wall time per frame of the tracker against MediaPipe 0.10.21, and the cost of our own code around the models.

Run: python benchmarks/tracker_cost.py [--hands 1|2] [--clip FILE] [--size 1280x720] [--rounds 5] [--json FILE]

Both trackers may follow two hands and see the same frames, in alternating blocks of one second, so that a busy
machine slows both. Each frame is copied into one buffer just before it is timed, as a capture thread would have done.
`own_ms` is the time outside the two networks' inference, per tracked hand, on frames without a detector run.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from handplay.engine import HandTracker
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.base import Image
from handplay.engine.tracking.runtime import ImageModel
from handplay.engine.tracking.tracker import Networks, load_networks

BLOCK = 30


class Timed:
    """A network that adds up the time spent inside it."""

    def __init__(self, model: ImageModel) -> None:
        self._model = model
        self.spent_s = 0.0

    def infer(self, picture: Image) -> Any:
        start = time.perf_counter()
        result = self._model.infer(picture)
        self.spent_s += time.perf_counter() - start
        return result


def demo_frames(hands: int, size: tuple[int, int], count: int) -> list[Image]:
    """Frames of the demo hand, one hand or two, in gentle motion."""
    from handplay.engine.sources.demo import DemoSource

    source = DemoSource("two" if hands == 2 else "poses", width=size[0], height=size[1], realtime=False, seed=1)
    frames = []
    while len(frames) < count:
        frame = source.read()
        assert frame is not None
        frames.append(frame.image.copy())
    return frames


def clip_frames(path: Path, size: tuple[int, int], count: int) -> list[Image]:
    """Frames of a clip, fitted into the wanted size on grey."""
    import cv2

    clip, frames = cv2.VideoCapture(str(path)), []
    while len(frames) < count:
        ok, image = clip.read()
        if not ok:
            break
        scale = min(size[0] / image.shape[1], size[1] / image.shape[0])
        small = cv2.resize(image, None, fx=scale, fy=scale)
        canvas = np.full((size[1], size[0], 3), 90, np.uint8)
        canvas[: small.shape[0], : small.shape[1]] = small
        frames.append(canvas)
    return frames


def spread(values: list[float]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3), "p99": round(float(p99), 3)}


def timed(frames: list[Image], buffer: Image, look: Callable[[Image], int]) -> tuple[list[float], list[int]]:
    """Milliseconds and hands of each frame."""
    spent, hands = [], []
    for frame in frames:
        np.copyto(buffer, frame)
        start = time.perf_counter()
        count = look(buffer)
        spent.append((time.perf_counter() - start) * 1000)
        hands.append(count)
    return spent, hands


def run(frames: list[Image], rounds: int, threads: int | None) -> dict[str, object]:
    loaded = load_networks(threads=threads)
    palm, hand = Timed(loaded.palm), Timed(loaded.hand)
    ours = HandTracker(2, networks=Networks(palm, hand))
    theirs = MediaPipeHands(2)
    buffer = frames[0].copy()
    clock, detector_runs, own = 0, 0, []

    def look(image: Image) -> int:
        nonlocal clock, detector_runs
        clock += 1
        palm.spent_s = hand.spent_s = 0.0
        start = time.perf_counter()
        found = ours.track(image, clock / 30)
        whole = time.perf_counter() - start
        detector_runs += found.detector_runs
        if len(found) and not found.detector_runs:
            own.append((whole - palm.spent_s - hand.spent_s) * 1000 / len(found))
        return len(found)

    for warm in (look, lambda image: len(theirs.track(image))):
        timed(frames[:BLOCK], buffer, warm)
    detector_runs, own[:] = 0, []
    medians, our_ms, our_hands, their_hands = [], [], [], []
    for _ in range(rounds):
        mine: list[float] = []
        other: list[float] = []
        for start in range(0, len(frames), BLOCK):
            block = frames[start : start + BLOCK]
            spent, hands = timed(block, buffer, look)
            mine += spent
            our_hands += hands
            spent, hands = timed(block, buffer, lambda image: len(theirs.track(image)))
            other += spent
            their_hands += hands
        our_ms += mine
        medians.append((float(np.mean(mine)), float(np.mean(other))))
    theirs.close()
    ratios = sorted(a / b for a, b in medians)
    return {
        "frames": len(our_ms),
        "hands_per_frame": {"ours": float(np.mean(our_hands)), "mediapipe": float(np.mean(their_hands))},
        "mean_ms": {
            "ours": round(float(np.median([a for a, _ in medians])), 2),
            "mediapipe": round(float(np.median([b for _, b in medians])), 2),
        },
        "frame_ms": spread(our_ms),
        "ratio": {"median": round(ratios[len(ratios) // 2], 3), "all": [round(ratio, 3) for ratio in ratios]},
        "own_ms": spread(own),
        "detector_runs_per_frame": round(detector_runs / len(our_ms), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hands", type=int, default=1, choices=(1, 2))
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    width, height = (int(part) for part in args.size.split("x"))
    count = 6 * BLOCK
    frames = (
        clip_frames(args.clip, (width, height), count) if args.clip else demo_frames(args.hands, (width, height), count)
    )
    report = {
        "size": args.size,
        "hands": args.hands,
        "clip": str(args.clip or "demo"),
        **run(frames, args.rounds, args.threads),
    }
    text = json.dumps(report, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
