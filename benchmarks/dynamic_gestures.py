"""How often a gesture that is made is recognized: the demo hand through the real tracker, and real clips.

Run: python benchmarks/dynamic_gestures.py [--quick] [--seed N] [--cases N] [--only NAME] [--keep DIR] [--json FILE]

demo   each built-in gesture of motion and of two hands, at three speeds, by `--cases` people: place, size, hand, skin
       and pace vary with the seed. "own" counts runs in which the gesture began under its own name; "alone" those in
       which no other motion began (the tap of a double tap and the drag of a throw belong to it).
clips  selfie clips of a swipe to the left, a swipe up, a tap and a turned wrist: what began, and when.
cost   milliseconds of the recognizer for one hand in motion, with the built-in gestures and 50 more.
delay  from the moment at which the demo hand holds a pose to its begin, against its hold time; below 0 it began on
       the way.

`--keep` writes down what the tracker saw of the demo hand and next time takes it from there.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from judging import deliver, options
from kept import kept
from performed import SHOWS

from handplay.engine import HandTracker
from handplay.engine.hands import HandFrame
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.gestures import PERFORMED, SPEEDS, TWO_HANDED, Performance, perform, performer
from handplay.engine.sources.demo.source import find_script
from handplay.engine.tracking.tracker import Networks, load_networks
from handplay.gestures.kinds import Gesture, Motion, Template
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognizer

CLIPS = Path(__file__).resolve().parents[2] / "shared/data/clips/dynamic"
WANTED = {
    "swipeleft": ("swipe_left",),
    "swipeup": ("swipe_up",),
    "tap": ("tap", "push", "pull"),
    "clockwise": (),
}
"""Clip to the gestures that may begin in it."""
BELONGS = {"double_tap": {"tap"}, "throw": {"drag"}}
"""Gesture to others that are part of it."""
FPS = 30.0


def moves(gesture: Gesture | None) -> bool:
    return gesture is not None and gesture.kind in ("motion", "two_hands")


def begun(recognizer: Recognizer, frame: HandFrame) -> list[tuple[float, str]]:
    """Time and name of the motions that begin in this frame."""
    steps = recognizer.update(frame).steps
    return [(step.time_s, step.name) for step in steps
            if step.kind == "begin" and moves(recognizer.library.find(step.name))]  # fmt: skip


def tracked(shown: Performance, seed: int, networks: Networks) -> Iterator[HandFrame]:
    """A performance as the tracker sees it."""
    source = DemoSource(script=shown.script, fps=FPS, seed=seed, realtime=False, frames=round(shown.end_s * FPS) + 6)
    with HandTracker(2, networks=networks) as tracker:
        while (frame := source.read()) is not None:
            yield tracker.track(frame.image, frame.time_s)


def demo(
    names: list[str], cases: int, seed: int, networks: Networks, keep: Path | None
) -> tuple[dict[str, Any], list[HandFrame]]:
    """Counts by gesture and speed, and some frames of a hand in motion."""
    rows: dict[str, Any] = {}
    kept_frames: list[HandFrame] = []
    for name in names:
        row: dict[str, Any] = {"misses": []}
        for speed in SPEEDS:
            own = alone = 0
            for case in range(cases):
                number = 1000 * seed + case
                shown = perform(name, performer(number, speed, name=name), seed=number)
                told: list[tuple[float, str]] = []
                recognizer = Recognizer()
                for hands in kept(keep, f"dyn_{number}_{name}_{speed}", partial(tracked, shown, number, networks)):
                    told += begun(recognizer, hands)
                    if name == "swipe_left" and len(hands) == 1:
                        kept_frames.append(hands)
                found = {one for _, one in told}
                others = found - {name} - BELONGS.get(name, set())
                own += name in found
                alone += name in found and not others
                if name not in found or others:
                    row["misses"].append(
                        f"{speed} {number}: {[f'{one} at {at - shown.begin_s:.2f}' for at, one in told]}"
                    )
            row[speed] = {"own": own, "alone": alone, "of": cases}
        rows[name] = row
        print(name, row, file=sys.stderr, flush=True)
    return rows, kept_frames


def summary(rows: dict[str, Any], names: list[str]) -> dict[str, float]:
    """Shares over gestures and speeds, percent."""
    cells = [rows[name][speed] for name in names if name in rows for speed in SPEEDS]
    total = max(1, sum(cell["of"] for cell in cells))
    return {key: round(100 * sum(cell[key] for cell in cells) / total, 1) for key in ("own", "alone")} | {"runs": total}


def clips(folder: Path, networks: Networks) -> dict[str, Any]:
    """What begins in the real clips."""
    rows: dict[str, Any] = {}
    for name, wanted in WANTED.items():
        path = folder / f"{name}.gif"
        if not path.is_file():
            rows[name] = "left out: no such clip"
            continue
        capture, told, number = cv2.VideoCapture(str(path)), [], 0
        recognizer = Recognizer()
        with HandTracker(2, networks=networks, mirrored=True) as tracker:
            while True:
                ok, image = capture.read()
                if not ok:
                    break
                told += begun(recognizer, tracker.track(image, number / 10))
                number += 1
        names = [one for _, one in told]
        fine = set(names) <= set(wanted) and (not name.startswith("swipe") or names == list(wanted))
        rows[name] = {"begun": [f"{one} at {at:.1f} s" for at, one in told], "as_wanted": fine}
    return rows


def crowded(frames: list[HandFrame]) -> Library:
    """The built-in gestures and 50 more: poses, templates and recorded paths."""
    rng = np.random.default_rng(1)
    library = builtin_library()
    points = [hand.landmarks_px for frame in frames for hand in frame]

    def sample() -> tuple[float, ...]:
        noisy = points[int(rng.integers(len(points)))] + rng.normal(0, 4, (21, 3))
        return tuple(noisy.ravel().tolist())

    def path() -> tuple[tuple[float, float], ...]:
        return tuple((x, y) for x, y in np.cumsum(rng.normal(0, 0.3, (20, 2)), axis=0).tolist())

    more: list[Gesture] = [replace(library.poses[k % 20], name=f"pose{k}", aliases=()) for k in range(20)]
    more += [Template(name=f"template{k}", samples=tuple(sample() for _ in range(5))) for k in range(15)]
    more += [Motion(name=f"path{k}", samples=tuple(path() for _ in range(3))) for k in range(15)]
    return Library((*library.gestures, *more), MappingProxyType({}))


def cost_ms(frames: list[HandFrame]) -> dict[str, Any]:
    """Milliseconds of one update with one hand."""
    result: dict[str, Any] = {}
    for label, library in (("built-in", builtin_library()), ("and 50 more", crowded(frames))):
        recognizer, times = Recognizer(library), []
        for number in range(1500):
            frame = replace(frames[number % len(frames)], time_s=number / FPS)
            begin = time.perf_counter()
            recognizer.update(frame)
            times.append(1000 * (time.perf_counter() - begin))
        cuts = statistics.quantiles(times[100:], n=100)
        result[label] = {
            "gestures": len(library.gestures), "p10": round(cuts[9], 3), "p50": round(cuts[49], 3),
            "p99": round(cuts[98], 3),
        }  # fmt: skip
    return result


def delays(networks: Networks, cases: int, keep: Path | None) -> dict[str, Any]:
    """Frames from the moment at which the demo hand truly holds a pose to its begin, beyond its hold time."""
    script, late, missed, gestures = find_script("poses"), [], [], builtin_library()
    for seed in range(cases):

        def tracked_poses(seed: int = seed) -> Iterator[HandFrame]:
            source = DemoSource(
                script=script, fps=FPS, seed=seed, realtime=False, frames=round(script.duration_s * FPS)
            )
            with HandTracker(1, networks=networks) as tracker:
                while (frame := source.read()) is not None:
                    yield tracker.track(frame.image, frame.time_s)

        recognizer = Recognizer()
        steps = [
            step
            for frame in kept(keep, f"poses_{seed}", tracked_poses)
            for step in recognizer.update(frame).steps
            if step.kind == "begin"
        ]
        for a, b in itertools.pairwise(script.tracks[0].keys):
            if a.pose != b.pose or not SHOWS[a.pose]:
                continue
            # It may begin on the way, when the fingers are nearly there.
            first = next(
                (one for one in steps if one.name in SHOWS[a.pose] and a.time_s - 0.5 <= one.time_s < b.time_s), None
            )
            gesture = gestures.find(first.name) if first is not None else None
            if first is None or gesture is None:
                missed.append(a.pose)
            else:
                late.append((first.time_s - a.time_s - gesture.hold_s) * FPS)
    return {
        "poses": len(late) + len(missed),
        "missed": missed,
        "frames_beyond_hold": {"p50": round(statistics.median(late), 1), "max": round(max(late), 1)},
    }


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--cases", type=int, default=4, help="people a gesture and speed")
    parser.add_argument("--only", help="one gesture")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--clips", type=Path, default=CLIPS)
    args = parser.parse_args()
    networks = load_networks()
    names = [args.only] if args.only else list(PERFORMED)
    rows, frames = demo(names, 1 if args.quick else args.cases, args.seed, networks, args.keep)
    report: dict[str, Any] = {
        "benchmark": "dynamic_gestures",
        "seed": args.seed,
        "one_hand_percent": summary(rows, [name for name in names if name not in TWO_HANDED]),
        "two_hands_percent": summary(rows, [name for name in names if name in TWO_HANDED]),
        "demo": rows,
    }
    if not args.only:
        report |= {"clips": clips(args.clips, networks), "delay": delays(networks, 1, args.keep)}
        if frames:
            report["cost_ms_per_hand"] = cost_ms(frames)
    deliver(report, args.json)


if __name__ == "__main__":
    main()
