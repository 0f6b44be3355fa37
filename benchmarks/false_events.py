"""What begins while nothing is meant: ten minutes of idle hands through the real tracker, and real clips.

Run: python benchmarks/false_events.py [--quick] [--seed N] [--minutes N] [--fps N] [--points] [--json FILE]

idle   the demo hand rests, reaches, scratches, talks along, shows shapes, comes and goes (`demo:idle`, another person
       every minute). Poses are really shown there and not counted; motions and gestures of two hands are.
clips  people who perform none of the built-in movements.

`--points` takes the true joints with jitter in place of picture and tracker: a hundred times as fast, to see more.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from judging import deliver, options

from handplay.engine import HandTracker
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.idle import idle
from handplay.engine.sources.demo.optics import place
from handplay.engine.sources.demo.truth import truth_of
from handplay.engine.tracking.tracker import Networks, load_networks
from handplay.gestures.recognizer import Recognizer

CLIPS = Path(__file__).resolve().parents[2] / "shared/data/clips"
QUIET = ("asl/*.mp4", "counting/*.mp4", "egocentric/*.mp4", "dark/*.mp4", "thumb_up/*.mp4")
SIZE = (640, 480)
_JITTER = 0.007
"""Palm lengths, of each joint."""


def tracked(minute: int, fps: float, networks: Networks) -> Iterator[HandFrame]:
    """One minute of idle hands as the tracker sees them."""
    source = DemoSource(
        script=idle(minute), width=SIZE[0], height=SIZE[1], fps=fps, seed=minute, realtime=False, frames=round(60 * fps)
    )
    with HandTracker(2, networks=networks) as tracker:
        while (frame := source.read()) is not None:
            yield tracker.track(frame.image, frame.time_s)


def simulated(minute: int, fps: float) -> Iterator[HandFrame]:
    """The same from the true joints."""
    source = DemoSource(script=idle(minute), width=SIZE[0], height=SIZE[1], fps=fps, seed=minute, realtime=False)
    rng, noise, ids, fresh = np.random.default_rng(minute), {}, {}, 1
    flat = np.zeros((21, 3), np.float32)
    for number in range(round(60 * fps)):
        hands = []
        for track, view in enumerate(source.views(number / fps)):
            truth = truth_of(place(view, SIZE), track)
            shake = rng.normal(0, _JITTER * view.palm_px, (21, 3)).astype(np.float32)
            noise[track] = shake + np.float32(0.5) * noise.get(track, np.float32(0))
            if not truth.visible:
                ids.pop(track, None)
                continue
            if track not in ids:
                ids[track], fresh = fresh, fresh + 1
            points = (truth.landmarks_px + noise[track]).astype(np.float32)
            hands.append(Hand(ids[track], truth.handedness, 0.98, 0.99, points, flat))
        yield HandFrame(number, number / fps, *SIZE, hands=tuple(sorted(hands, key=lambda hand: hand.hand_id)))


def clip(path: Path, networks: Networks) -> Iterator[HandFrame]:
    """A clip as the tracker sees it."""
    capture, number = cv2.VideoCapture(str(path)), 0
    fps = capture.get(cv2.CAP_PROP_FPS) or 30.0
    with HandTracker(2, networks=networks) as tracker:
        while True:
            ok, image = capture.read()
            if not ok:
                return
            yield tracker.track(image, number / fps)
            number += 1


def told(frames: Iterator[HandFrame]) -> list[tuple[float, str]]:
    """Time and name of the motions and two-hand gestures that begin."""
    recognizer, result = Recognizer(), []
    moves = {one.name for one in recognizer.library.gestures if one.kind in ("motion", "two_hands")}
    for frame in frames:
        result += [
            (step.time_s, step.name)
            for step in recognizer.update(frame).steps
            if step.kind == "begin" and step.name in moves
        ]
    return result


def main() -> None:
    parser: ArgumentParser = options(__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--points", action="store_true")
    parser.add_argument("--clips", type=Path, default=CLIPS)
    args = parser.parse_args()
    networks = load_networks()
    minutes = 1 if args.quick else args.minutes
    events: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for minute in range(minutes):
        number = 100 * args.seed + minute
        found = told(simulated(number, args.fps) if args.points else tracked(number, args.fps, networks))
        counts.update(name for _, name in found)
        if found:
            events[str(number)] = [f"{name} at {at:.2f} s" for at, name in found]
        print(number, events.get(str(number), []), file=sys.stderr, flush=True)
    rows: dict[str, Any] = {}
    for pattern in () if args.points or args.quick else QUIET:
        for path in sorted(args.clips.glob(pattern)):
            rows[path.name] = [f"{name} at {at:.2f} s" for at, name in told(clip(path, networks))]
            print(path.name, rows[path.name], file=sys.stderr, flush=True)
    deliver(
        {
            "benchmark": "false_events",
            "seed": args.seed,
            "idle": {"minutes": minutes, "fps": args.fps, "tracked": not args.points, "events": sum(counts.values()),
                     "by_name": dict(counts), "when": events},
            "clips": rows or "left out",
        },
        args.json,
    )  # fmt: skip


if __name__ == "__main__":
    main()
