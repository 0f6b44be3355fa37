"""What begins while nothing is meant: idle and wandering hands through the real tracker, and real clips.

Run: python benchmarks/false_events.py [--quick] [--seed N] [--minutes N] [--fps N] [--points] [--keep DIR]
     [--json FILE]

idle    the demo hand rests, reaches, scratches, talks along, shows shapes, comes and goes (`demo:idle`, another person
        every minute).
wander  the demo hand goes anywhere (`demo:wander`): from place to place or on and on, in any shape or at ease, a minute
        of each in turn.
clips   people who perform none of the built-in movements.

False is, on the demo hand, every movement and every gesture of two hands, whatever the hand does by chance, and every
pose that is none of those that the hand held in the last 0.3 s, left or was on its way to (`performed.py` lists them;
"relaxed" and five more are no gesture at all). A pose that begins twice counts twice. What people on the clips show is
not written down, so only movements and gestures of two hands count there.

`--minutes` of idle and as many of wandering hands. `--points` takes the true joints with jitter in place of picture and
tracker: a hundred times as fast, to see more. `--keep` writes down what the tracker saw and next time takes it from
there.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from judging import deliver, options
from kept import kept
from performed import Event, begun

from handplay.engine import HandTracker
from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.idle import idle
from handplay.engine.sources.demo.optics import place
from handplay.engine.sources.demo.script import Script
from handplay.engine.sources.demo.truth import truth_of
from handplay.engine.sources.demo.wander import wander
from handplay.engine.tracking.tracker import Networks, load_networks
from handplay.gestures.recognizer import Recognizer

CLIPS = Path(__file__).resolve().parents[2] / "shared/data/clips"
QUIET = ("asl/*.mp4", "counting/*.mp4", "egocentric/*.mp4", "dark/*.mp4", "thumb_up/*.mp4", "two_hands_boxes_drawn/*")
SCRIPTS = {"idle": idle, "wander": wander}
SIZE = (640, 480)
_JITTER = 0.007
"""Palm lengths, of each joint."""


def tracked(script: Script, seed: int, fps: float, networks: Networks) -> Iterator[HandFrame]:
    """One minute of a script as the tracker sees it."""
    source = DemoSource(
        script=script, width=SIZE[0], height=SIZE[1], fps=fps, seed=seed, realtime=False, frames=round(60 * fps)
    )
    with HandTracker(2, networks=networks) as tracker:
        while (frame := source.read()) is not None:
            yield tracker.track(frame.image, frame.time_s)


def simulated(script: Script, seed: int, fps: float) -> Iterator[HandFrame]:
    """The same from the true joints."""
    source = DemoSource(script=script, width=SIZE[0], height=SIZE[1], fps=fps, seed=seed, realtime=False)
    rng, noise, ids, fresh = np.random.default_rng(seed), {}, {}, 1
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


def told(frames: Iterator[HandFrame], script: Script | None = None) -> list[Event]:
    """What begins."""
    recognizer = Recognizer()
    return [event for frame in frames for event in begun(recognizer, frame, script)]


def main() -> None:
    parser: ArgumentParser = options(__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--points", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--clips", type=Path, default=CLIPS)
    args = parser.parse_args()
    networks = load_networks()
    minutes = 1 if args.quick else args.minutes
    report: dict[str, Any] = {}
    for kind, make in SCRIPTS.items():
        false: Counter[str] = Counter()
        poses: Counter[str] = Counter()
        when: dict[str, list[str]] = {}
        true = 0
        for number in range(100 * args.seed, 100 * args.seed + minutes):
            script = make(number)
            view = partial(tracked, script, number, args.fps, networks)
            events = told(
                simulated(script, number, args.fps)
                if args.points
                else kept(args.keep, f"{kind}_{number}_{args.fps:g}", view),
                script,
            )
            true += sum(event.true for event in events)
            wrong = [event for event in events if not event.true]
            false.update(event.name for event in wrong if event.kind in ("motion", "two_hands"))
            poses.update(event.name for event in wrong if event.kind not in ("motion", "two_hands"))
            when[str(number)] = [str(event) for event in wrong]
            print(kind, number, when[str(number)], file=sys.stderr, flush=True)
        report[kind] = {
            "minutes": minutes, "fps": args.fps, "tracked": not args.points,
            "false_movements": sum(false.values()), "movements": dict(false),
            "false_poses": sum(poses.values()), "poses": dict(poses), "true_poses": true, "when": when,
        }  # fmt: skip
    rows: dict[str, Any] = {}
    for pattern in () if args.points or args.quick else QUIET:
        for path in sorted(args.clips.glob(pattern)):
            if path.suffix in (".mp4", ".gif"):
                view = partial(clip, path, networks)
                rows[path.name] = [str(event) for event in told(kept(args.keep, f"clip_{path.stem}", view))]
                print(path.name, rows[path.name], file=sys.stderr, flush=True)
    deliver({"benchmark": "false_events", "seed": args.seed, **report, "clips": rows or "left out"}, args.json)


if __name__ == "__main__":
    main()
