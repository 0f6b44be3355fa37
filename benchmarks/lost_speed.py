"""At which speed is a moving hand lost? Ours and MediaPipe 0.10.21 on the same frames of the demo hand.

Run: python benchmarks/lost_speed.py [--quick] [--seed N] [--json FILE]

The hand rests until a tracker can have found it, then moves at an even speed: back and forth on a straight line with
sudden turns, or round and round, with motion blur (shutter open for 40 % of the frame's time). Direction, pose, side,
skin, room and palm size come from the seed. A run is lost if the hand is not seen within half a palm of where it is for
more than 0.25 s, or on less than 80 % of the frames once it moves; runs in which a tracker did not find the resting
hand do not count for it. Speeds are palm lengths a frame; the report gives
palm lengths a second and pixels a frame too.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass
from typing import Any, Literal

from judging import Loss, deliver, half_point, loss, options, right_hand

from handplay.engine import HandTracker
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.demo import DemoSource, Keyframe, Script, Track
from handplay.engine.tracking.tracker import Networks, load_networks

REST_S, MOVE_S = 0.4, 1.2
SPEEDS = (0.3, 0.45, 0.6, 0.8, 1.0, 1.3, 1.6, 2.0)
Settings = tuple[tuple[tuple[int, int], float], ...]
SETTINGS: Settings = (((1280, 720), 30.0), ((1280, 720), 15.0), ((1280, 720), 10.0), ((640, 480), 30.0))
POSES = ("open_palm", "point", "victory", "fist", "stop", "pinch")
TRACKERS = ("ours", "mediapipe")
LOST = Loss(True, 0.0, math.inf)
ROOMS = ("room", "wall", "window", "shelf", "evening")


@dataclass(frozen=True, slots=True)
class Case:
    """One seeded hand; every speed shows the same hand on the same kind of path."""

    number: int
    path: Literal["line", "loop"]
    angle_rad: float
    pose: str
    left: bool
    skin: int
    room: str
    palm: float
    roll_deg: float


def cases(count: int, seed: int) -> list[Case]:
    rng = random.Random(seed)
    return [
        Case(
            number,
            path="loop" if number % 2 else "line",
            angle_rad=rng.uniform(-math.pi / 2, math.pi / 2),
            pose=POSES[number % len(POSES)],
            left=rng.random() < 0.5,
            skin=number % 6,
            room=ROOMS[number % len(ROOMS)],
            palm=rng.uniform(0.13, 0.17),
            roll_deg=rng.uniform(-25, 25),
        )
        for number in range(count)
    ]


def way_of(case: Case, size: tuple[int, int], reach_px: float) -> list[tuple[float, float]]:
    """Points of the path, pixels, a hundredth of a picture apart, at least `reach_px` long."""
    width, height = size
    palm = case.palm * height
    ax, ay = width / 2 - 1.0 * palm, height / 2 - 1.25 * palm  # the whole hand stays in the picture
    cx, cy = width / 2, height / 2 + 0.2 * palm
    step, points, done = width / 100, [], 0.0
    if case.path == "loop":
        turn, direction = case.angle_rad, 1 if case.left else -1
        while done <= reach_px:
            points.append((cx + ax * 0.85 * math.cos(turn), cy + ay * math.sin(turn)))
            pace = math.hypot(ax * 0.85 * math.sin(turn), ay * math.cos(turn))
            turn, done = turn + direction * step / pace, done + step
        return points
    c, s = math.cos(case.angle_rad), math.sin(case.angle_rad)
    half = min(ax / max(abs(c), 1e-6), ay / max(abs(s), 1e-6))
    while done <= reach_px:
        there = done % (4 * half)
        place = there - half if there < 2 * half else 3 * half - there
        points.append((cx + place * c, cy + place * s))
        done += step
    return points


def script(case: Case, size: tuple[int, int], speed_px_s: float) -> Script:
    width, height = size
    way = way_of(case, size, speed_px_s * MOVE_S + width / 50)
    keys, time_s = [Keyframe(0.0, case.pose, way[0][0] / width, way[0][1] / height, case.palm, case.roll_deg)], REST_S
    for number, (x, y) in enumerate(way):
        if number:
            time_s += math.hypot(x - way[number - 1][0], y - way[number - 1][1]) / speed_px_s
        keys.append(Keyframe(time_s, case.pose, x / width, y / height, case.palm, case.roll_deg, ease="linear"))
    track = Track(tuple(keys), "Left" if case.left else "Right", skin=case.skin, sleeve=case.number % 5, life=0.0)
    return Script("lost_speed", "", (track,), REST_S + MOVE_S + 10, case.room)


def run(
    case: Case, size: tuple[int, int], fps: float, palms_frame: float, networks: Networks, names: list[str]
) -> dict[str, Loss]:
    """The named trackers on one case at one speed."""
    palm_px = case.palm * size[1]
    frames, first = round((REST_S + MOVE_S) * fps), math.ceil(REST_S * fps)
    source = DemoSource(
        width=size[0], height=size[1], fps=fps, seed=case.number, realtime=False, frames=frames,
        script=script(case, size, palms_frame * palm_px * fps),
    )  # fmt: skip
    trackers = {name: _tracker(name, networks) for name in names}
    seen: dict[str, list[bool]] = {name: [] for name in names}
    while (frame := source.read()) is not None:
        (truth,) = source.truth()
        for name, tracker in trackers.items():
            hands = tracker.track(frame.image, frame.time_s)
            seen[name].append(right_hand(hands, truth, palm_px) is not None)
    for tracker in trackers.values():
        tracker.close()
    return {name: _judged(row, first, fps) for name, row in seen.items()}


def _tracker(name: str, networks: Networks) -> HandTracker | MediaPipeHands:
    return HandTracker(2, networks=networks, smooth=False) if name == "ours" else MediaPipeHands(2)


def _judged(row: list[bool], first: int, fps: float) -> Loss:
    """Judged from the start of the movement, if the tracker had the resting hand."""
    return loss([True, *row[first:]], fps) if True in row[:first] else Loss(False, 0.0, len(row) / fps)


def measure(count: int, speeds: tuple[float, ...], settings: Settings, seed: int) -> dict[str, Any]:
    networks = load_networks()
    chosen = cases(count, seed)
    report: dict[str, Any] = {}
    for size, fps in settings:
        palm_px = sum(case.palm for case in chosen) / count * size[1]
        rows: list[dict[str, Any]] = []
        results: dict[str, list[list[Loss]]] = {name: [] for name in TRACKERS}
        for speed in speeds:
            # Two speeds in a row at which every run is lost: the faster ones are not run, and count as lost.
            names = [name for name in TRACKERS if not _hopeless(results[name])]
            judged = [run(case, size, fps, speed, networks, names) for case in chosen]
            row: dict[str, Any] = {"palms_frame": speed, "palms_s": speed * fps, "px_frame": round(speed * palm_px)}
            for name in TRACKERS:
                found = [result[name] for result in judged] if name in names else [LOST] * count
                results[name].append(found)
                row[name] = {
                    "lost": round(lost_share(found), 3),
                    "coverage": round(sum(result.coverage for result in found) / count, 3),
                    "not_found_at_rest": sum(not result.found for result in found) if name in names else "not run",
                }
            row["ours_lost"] = [
                f"{case.number} {case.path} {case.pose} {case.room} skin {case.skin}: "
                f"coverage {result.coverage:.2f}, gap {result.longest_gap_s:.2f} s"
                for case, result in zip(chosen, results["ours"][-1], strict=True)
                if result.lost
            ]
            rows.append(row)
            print(f"{size[0]}x{size[1]} {fps:g} fps", {k: row[k] for k in ("palms_frame", *TRACKERS)}, file=sys.stderr)
        kinds = {
            kind: _halves(speeds, results, [i for i, case in enumerate(chosen) if kind in ("all", case.path)])
            for kind in ("all", "line", "loop")
        }
        report[f"{size[0]}x{size[1]} {fps:g} fps"] = {"half_lost_palms_frame": kinds, "rows": rows}
    return report


def _hopeless(rows: list[list[Loss]]) -> bool:
    return len(rows) >= 2 and all(result.lost for row in rows[-2:] for result in row)


def lost_share(row: list[Loss]) -> float:
    """Share of lost runs among those in which the tracker had the resting hand: only those can be lost."""
    had = [result.lost for result in row if result.found]
    return sum(had) / len(had) if had else 1.0


def _halves(speeds: tuple[float, ...], results: dict[str, list[list[Loss]]], which: list[int]) -> dict[str, Any]:
    """Speeds at which half of these runs are lost, and their ratio (a lower bound if ours never loses half)."""
    halves: dict[str, Any] = {}
    for name, rows in results.items():
        curve = [(speed, lost_share([row[i] for i in which])) for speed, row in zip(speeds, rows, strict=True)]
        halves[name] = half_point(curve)
    reached = halves["ours"] if halves["ours"] is not None else speeds[-1]
    halves["ratio"] = round(reached / halves["mediapipe"], 2) if halves["mediapipe"] else None
    halves["ratio_is_lower_bound"] = halves["ours"] is None
    return halves


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--only", help="one setting, as 1280x720@30")
    args = parser.parse_args()
    settings = tuple(entry for entry in SETTINGS if args.only in (None, f"{entry[0][0]}x{entry[0][1]}@{entry[1]:g}"))
    if args.quick:
        measured = measure(2, (0.3, 1.0), settings[:1], args.seed)
    else:
        measured = measure(args.cases, SPEEDS, settings, args.seed)
    deliver({"benchmark": "lost_speed", "seed": args.seed, "settings": measured}, args.json)


if __name__ == "__main__":
    main()
