"""How fast the demo hand is drawn, and how well the tracker sees it.

    python benchmarks/demo_hand.py [--quick] [--sheet OUT.png]

Every pose in ten turns with both hands, then skins, rooms and sizes, each picture on its own (the detector at 0.5,
the keypoint model's presence at 0.5). A hand is found when its landmarks lie within half a palm of the truth. Errors
are medians over the landmarks, in palm lengths. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from handplay.engine import HandTracker
from handplay.engine.sources.demo import POSES, DemoSource, HandTruth, render_still
from handplay.engine.sources.demo.backdrop import BACKDROPS
from handplay.engine.sources.demo.light import SKINS

TURNS = (0, 45, -45, 60, -60, 90, -90, 135, -135, 180)


def rendering(frames: int) -> dict[str, dict[str, float]]:
    """Frames a second by script and size: by processor time of one core, and by the clock of this machine as it is."""
    cv2.setNumThreads(1)
    result = {}
    for script, size in (("demo", (640, 480)), ("pong", (640, 480)), ("two", (640, 480)), ("demo", (1280, 720))):
        source = DemoSource(script, width=size[0], height=size[1], realtime=False)
        for _ in range(30):
            source.read()
        used, passed = [], []
        for _ in range(frames):
            start_used, start = time.process_time(), time.perf_counter()
            source.read()
            used.append(time.process_time() - start_used)
            passed.append(time.perf_counter() - start)
        result[f"{script} {size[0]}x{size[1]}"] = {
            "one_core": round(1 / statistics.median(used), 1),
            "wall": round(1 / statistics.median(passed), 1),
        }
    return result


class Matrix:
    """Counts and errors by pose, turn, skin and so on."""

    def __init__(self, tracker: HandTracker) -> None:
        self.tracker = tracker
        self.found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        self.wrong_side = 0
        self.errors: dict[str, list[float]] = defaultdict(list)
        self.missed: list[str] = []
        self.tiles: list[Any] = []

    def look(self, group: str, pose: str, keep: bool = False, **how: Any) -> None:
        image, (truth,) = render_still(pose, **how)
        error, sided = self._error(image, truth)
        keys = {
            "pose": pose,
            "turn": str(round(math.degrees(how.get("roll_rad", 0.0)))),
            "skin": str(how.get("skin", 1)),
            "room": str(how.get("background", "room")),
            "palm_px": str(round(how.get("palm_px", 110))),
            "yaw_pitch": f"{math.degrees(how.get('yaw_rad', 0)):.0f},{math.degrees(how.get('pitch_rad', 0)):.0f}",
        }
        self.found[group][keys[group.split(" ")[0]]].append(0.0 if error is None else 1.0)
        label = f"{group}: {pose} {keys} {truth.handedness}"
        if error is None:
            self.missed.append(label)
        else:
            self.errors[pose].append(error)
            self.wrong_side += not sided
        if keep:
            tile = cv2.resize(image, (240, 180), interpolation=cv2.INTER_AREA)
            if error is None:
                cv2.rectangle(tile, (0, 0), (239, 179), (0, 0, 255), 4)
            cv2.putText(
                tile, f"{pose} {keys['turn']} {error or 0:.3f}", (6, 14), 0, 0.42, (255, 255, 255), 1, cv2.LINE_AA
            )
            self.tiles.append(tile)

    def _error(self, image: Any, truth: HandTruth) -> tuple[float | None, bool]:
        best: tuple[float, bool] | None = None
        unit = truth.distance_m and 0.0915 * (image.shape[1] / 2 / math.tan(math.radians(30))) / truth.distance_m
        for hand in self.tracker.track(image, 0.0):
            gaps = np.hypot(*(hand.landmarks_px[:, :2] - truth.landmarks_px[:, :2]).T) / unit
            error = float(np.median(gaps))
            if error < 0.5 and (best is None or error < best[0]):
                best = error, hand.handedness == truth.handedness
        return (None, False) if best is None else best

    def report(self) -> dict[str, Any]:
        rates = {g: {k: round(sum(v) / len(v), 3) for k, v in rows.items()} for g, rows in self.found.items()}
        every = [e for v in self.errors.values() for e in v]
        return {
            "pictures": sum(len(v) for rows in self.found.values() for v in rows.values()),
            "found": rates,
            "wrong_handedness": self.wrong_side,
            "median_error_palms": {k: round(statistics.median(v), 3) for k, v in sorted(self.errors.items())},
            "p95_error_palms": round(float(np.percentile(every, 95)), 3) if every else None,
            "missed": self.missed,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="right hand and four turns alone")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of the pose x turn pictures")
    parser.add_argument("--poses", default=",".join(POSES), help="which poses")
    parser.add_argument("--frames", type=int, default=200, help="frames to time")
    args = parser.parse_args()
    poses = args.poses.split(",")
    turns = (0, 60, -60, 180) if args.quick else TURNS
    with HandTracker(2, mode="still", plain=True) as tracker:
        matrix = Matrix(tracker)
        rooms = ("room", "wall", "window", "shelf")
        number = 0
        for pose in poses:
            for hand in ("Right",) if args.quick else ("Right", "Left"):
                for turn in turns:
                    number += 1
                    how = {"skin": number % 6, "background": rooms[number % 4], "centre": (320, 250)}
                    matrix.look("pose", pose, hand == "Right", handedness=hand, roll_rad=math.radians(turn), **how)
                    matrix.found["turn"][str(turn)].append(matrix.found["pose"][pose][-1])
                    matrix.found["skin of all"][str(number % 6)].append(matrix.found["pose"][pose][-1])
        if not args.quick:
            for pose in ("open_palm", "fist", "point", "victory"):
                for skin in range(len(SKINS)):
                    matrix.look("skin", pose, skin=skin)
                for room in BACKDROPS:
                    for skin in (1, 4):
                        matrix.look("room", pose, background=room, skin=skin)
                for palm in (25, 35, 50, 80, 120, 160, 200, 250):
                    matrix.look("palm_px", pose, palm_px=palm, centre=(320, 300 if palm > 150 else 270))
            for yaw, pitch in (
                (45, 0),
                (-45, 0),
                (0, 45),
                (0, -45),
                (30, 30),
                (-30, 30),
                (30, -30),
                (-30, -30),
                (180, 0),
            ):
                for pose in poses:
                    matrix.look(
                        "yaw_pitch", pose, yaw_rad=math.radians(yaw), pitch_rad=math.radians(pitch), palm_px=100
                    )
        report = matrix.report()
    if args.sheet:
        tiles = matrix.tiles
        while len(tiles) % len(turns):
            tiles.append(np.zeros_like(tiles[0]))
        rows = [np.hstack(tiles[i : i + len(turns)]) for i in range(0, len(tiles), len(turns))]
        cv2.imwrite(str(args.sheet), np.vstack(rows))
    print(json.dumps({"frames_per_second": rendering(args.frames) if args.frames else {}, **report}, indent=1))


if __name__ == "__main__":
    main()
