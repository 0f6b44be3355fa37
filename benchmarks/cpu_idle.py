"""What does it cost to wait, how soon is a hand noticed, and how often does the palm detector run?

Run: python benchmarks/cpu_idle.py [--quick] [--seed N] [--clips FOLDER] [--json FILE]

idle      CPU time of the whole process for each frame of an empty room: the demo's rooms with camera noise, and the
          frames of clips/dark that show nobody; ours and MediaPipe 0.10.21 on the same ones
notice    a hand comes into a room that was empty for some seconds: seconds from the first frame that shows it (at
          least half of its joints) to the first that finds it
detector  palm detector runs a frame, tiles counted, while one hand of two allowed is tracked for some seconds
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import numpy as np
from judging import deliver, options, right_hand
from real_clips import CLIPS, frames_of, states_of

from handplay.engine import HandTracker
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.demo import DemoSource, Keyframe, Script, Track
from handplay.engine.tracking.tracker import Networks, load_networks

ROOMS = ("room", "wall", "window", "shelf", "evening")
SIZE = (1280, 720)
FPS = 30.0
WARM_UP = 45
"""Frames before the count begins: the first second looks everywhere."""


def empty_room(room: str, frames: int, seed: int) -> list[Any]:
    script = Script("empty", "", (), 60.0, room)
    source = DemoSource(width=SIZE[0], height=SIZE[1], realtime=False, frames=frames, script=script, seed=seed)
    pictures = []
    while (frame := source.read()) is not None:
        pictures.append(frame.image.copy())
    return pictures


def idle_cost(pictures: list[Any], frames: int, networks: Networks) -> dict[str, Any]:
    """CPU milliseconds a frame; the pictures run forward and backward, and phantoms are counted."""
    cost: dict[str, Any] = {}
    wide = [0, 0]
    for name in ("mediapipe", "ours"):
        tracker: HandTracker | MediaPipeHands = (
            HandTracker(2, networks=networks) if name == "ours" else MediaPipeHands(2)
        )
        spent = runs = 0.0
        for number in range(WARM_UP + frames):
            there = number % (2 * len(pictures) - 2)
            picture = pictures[min(there, 2 * len(pictures) - 2 - there)]
            before = time.process_time()
            found = tracker.track(picture, number / FPS)
            if number >= WARM_UP:
                spent += time.process_time() - before
                runs += found.detector_runs
                wide[name == "ours"] += len(found) > 0
        tracker.close()
        cost[f"{name}_cpu_ms"] = round(spent / frames * 1000, 3)
        if name == "ours":
            cost["detector_runs_per_frame"] = round(runs / frames, 3)
    cost["ratio"] = round(cost["ours_cpu_ms"] / cost["mediapipe_cpu_ms"], 3)
    cost["phantom_frames"] = {"ours": wide[1], "mediapipe": wide[0]}
    return cost


def dark_frames(clips: Path) -> list[Any]:
    """The longest row of frames of clips/dark that surely show nobody."""
    name = "dark/enter_leave.mp4"
    frames, _ = frames_of(clips / name)
    empty = [number for number, state in states_of(clips)[name].items() if state == "none"]
    rows = np.split(np.array(empty), np.flatnonzero(np.diff(empty) > 1) + 1)
    return [frames[number] for number in max(rows, key=len)]


def notice(count: int, seed: int, networks: Networks) -> dict[str, Any]:
    """Delays until hands that come in are found."""
    rng = random.Random(seed)
    delays: list[float | None] = []
    for number in range(count):
        palm, x, y = rng.uniform(0.08, 0.2), rng.uniform(0.25, 0.75), rng.uniform(0.4, 0.65)
        side, enters_s = rng.choice((-0.3, 1.3)), rng.uniform(2.0, 2.6)
        keys = (
            Keyframe(0.0, "open_palm", side, y, palm),
            Keyframe(enters_s, "open_palm", side, y, palm),
            Keyframe(enters_s + rng.uniform(0.4, 0.9), "open_palm", x, y, palm),
        )
        script = Script("enter", "", (Track(keys, skin=number % 6),), 60.0, ROOMS[number % len(ROOMS)])
        frames = round((enters_s + 2.0) * FPS)
        source = DemoSource(width=SIZE[0], height=SIZE[1], realtime=False, frames=frames, script=script, seed=number)
        shown_s, delay = None, None
        with HandTracker(2, networks=networks, smooth=False) as tracker:
            while (frame := source.read()) is not None and delay is None:
                hands = tracker.track(frame.image, frame.time_s)
                (truth,) = source.truth()
                if truth.visible and shown_s is None:
                    shown_s = frame.time_s
                if shown_s is not None and right_hand(hands, truth, palm * SIZE[1]) is not None:
                    delay = frame.time_s - shown_s
        delays.append(delay)
    found = [delay for delay in delays if delay is not None]
    return {
        "hands": count,
        "never": len(delays) - len(found),
        "median_s": round(float(np.median(found)), 3) if found else None,
        "max_s": round(max(found), 3) if found else None,
        "late": [number for number, delay in enumerate(delays) if delay is None or delay > 0.3],
    }


def detector(frames: int, seed: int, networks: Networks) -> dict[str, Any]:
    """Detector runs while one hand of two is tracked, after the first second; at rest and in motion."""
    rates = {}
    for name in ("still", "pong"):
        source = DemoSource(name, width=SIZE[0], height=SIZE[1], realtime=False, seed=seed)
        runs = tracked = 0
        with HandTracker(2, networks=networks) as tracker:
            first: float | None = None
            while tracked < frames and (frame := source.read()) is not None:
                found = tracker.track(frame.image, frame.time_s)
                first = frame.time_s if first is None and len(found) else first
                if len(found) == 1 and first is not None and frame.time_s > first + 1.0:
                    runs, tracked = runs + found.detector_runs, tracked + 1
        rates[name] = round(runs / max(1, tracked), 3)
    return rates


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--clips", type=Path, default=CLIPS)
    args = parser.parse_args()
    networks = load_networks()
    frames = 30 if args.quick else 240
    rooms = ROOMS[:1] if args.quick else ROOMS
    idle = {room: idle_cost(empty_room(room, 30, args.seed), frames, networks) for room in rooms}
    if args.clips.is_dir():
        idle["clips/dark"] = idle_cost(dark_frames(args.clips), frames, networks)
    deliver(
        {
            "benchmark": "cpu_idle",
            "seed": args.seed,
            "idle": idle,
            "idle_ratio_median": round(float(np.median([row["ratio"] for row in idle.values()])), 3),
            "notice": notice(2 if args.quick else 20, args.seed, networks),
            "detector_runs_per_frame": detector(frames, args.seed, networks),
        },
        args.json,
    )


if __name__ == "__main__":
    main()
