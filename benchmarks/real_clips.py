"""Real clips at frame strides 1, 2 and 3, and pictures without a hand: ours and MediaPipe 0.10.21 on the same frames.

Run: python benchmarks/real_clips.py [--quick] [--clips FOLDER] [--only PART] [--strides 1,2,3] [--json FILE]

shown      share of the frames with a hand
coverage   the same on the frames that `visible.csv` says show one; phantoms: on those that it says show none
fingertip  share of the frames whose index fingertip lies within 40 px of where people put it (egocentric clips)
steps      how far the index fingertip moves from frame to frame while the hand is before the face, palm lengths
pictures   photographs that scikit-image bundles, each standing still for 30 frames: frames with a phantom
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from judging import deliver, options

from handplay.engine import HandFrame, HandTracker
from handplay.engine.hands import INDEX_TIP
from handplay.engine.reference import MediaPipeHands
from handplay.engine.tracking.tracker import Networks, load_networks

CLIPS = Path(__file__).resolve().parents[2] / "shared/data/clips"
TIP_PX = 40.0
FACE_CLIP, FACE_FROM = "thumb_up/fist_to_thumb_up.mp4", 57
PICTURES = ("astronaut", "coffee", "chelsea", "stereo_motorcycle")
STILL_FRAMES = 30
MIN_FPS = 10.0


def frames_of(path: Path) -> tuple[list[Any], float]:
    """All frames of a clip, and its rate."""
    clip, frames = cv2.VideoCapture(str(path)), []
    fps = max(MIN_FPS, clip.get(cv2.CAP_PROP_FPS))
    while True:
        ok, image = clip.read()
        if not ok:
            return frames, fps
        frames.append(image)


def states_of(folder: Path) -> dict[str, dict[int, str]]:
    """Clip name to frame number to "hand" or "none"."""
    states: dict[str, dict[int, str]] = defaultdict(dict)
    with open(folder / "visible.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for number in range(int(row["first_frame"]), int(row["last_frame"]) + 1):
                states[row["clip"]][number] = row["state"]
    return states


def fingertips(path: Path) -> list[tuple[float, float]] | None:
    """Where people put the index fingertip, 0..1 of the picture, frame by frame."""
    notes = path.with_suffix(".txt")
    if not notes.exists():
        return None
    lines = notes.read_text(encoding="utf-8").splitlines()
    return [(float(line.split()[7]), float(line.split()[8])) for line in lines if line.strip()]


def share(flags: list[bool]) -> float | None:
    return round(sum(flags) / len(flags), 3) if flags else None


def figures(
    numbers: list[int], found: list[HandFrame], states: dict[int, str], tips: list[tuple[float, float]] | None
) -> dict[str, Any]:
    """What one tracker made of the chosen frames of a clip."""
    seen = {number: len(frame) > 0 for number, frame in zip(numbers, found, strict=True)}
    result: dict[str, Any] = {"shown": share(list(seen.values()))}
    if states:
        result["coverage"] = share([there for number, there in seen.items() if states.get(number) == "hand"])
        result["phantoms"] = sum(there for number, there in seen.items() if states.get(number) == "none")
        result["missed"] = [number for number, there in seen.items() if states.get(number) == "hand" and not there]
    if tips is not None:
        hits = [_hit(frame, tips[number]) for number, frame in zip(numbers, found, strict=True)]
        result["fingertip"] = share(hits)
        result["off"] = [number for number, hit in zip(numbers, hits, strict=True) if not hit]
    result["detector_runs"] = sum(frame.detector_runs for frame in found)
    return result


def _hit(frame: HandFrame, tip: tuple[float, float]) -> bool:
    aim = np.array([tip[0] * frame.width, tip[1] * frame.height])
    return any(np.hypot(*(hand.landmarks_px[INDEX_TIP, :2] - aim)) < TIP_PX for hand in frame)


def face_steps(numbers: list[int], found: list[HandFrame]) -> dict[str, Any]:
    """The index fingertip's way from frame to frame once the hand is before the face, palm lengths."""
    steps, before = [], None
    for number, frame in zip(numbers, found, strict=True):
        hand = max(frame, key=lambda hand: hand.palm_px, default=None) if number >= FACE_FROM else None
        tip = None if hand is None else hand.landmarks_px[INDEX_TIP, :2].copy()
        if hand is not None and tip is not None and before is not None:
            steps.append(float(np.hypot(*(tip - before))) / hand.palm_px)
        before = tip
    if not steps:
        return {"steps": 0}
    return {
        "steps": len(steps),
        "median": round(float(np.median(steps)), 4),
        "p95": round(float(np.percentile(steps, 95)), 4),
    }


def clip_report(folder: Path, only: str, strides: list[int], limit: int | None, networks: Networks) -> dict[str, Any]:
    states = states_of(folder)
    rows: dict[str, Any] = {}
    for path in sorted(p for p in folder.glob("*/*") if p.suffix.lower() in (".mp4", ".gif")):
        name = path.relative_to(folder).as_posix()
        if only not in name:
            continue
        frames, fps = frames_of(path)
        tips = fingertips(path)
        for stride in strides:
            numbers = list(range(0, len(frames), stride))[:limit]
            found: dict[str, list[HandFrame]] = {}
            for tracker_name, tracker in _trackers(networks, steady=name == FACE_CLIP):
                with tracker:
                    found[tracker_name] = [tracker.track(frames[n], n / fps) for n in numbers]
            row = {key: figures(numbers, hands, states.get(name, {}), tips) for key, hands in found.items()}
            if name == FACE_CLIP:
                for key, hands in found.items():
                    row[key]["before_face"] = face_steps(numbers, hands)
            row["ours"]["ids"] = len({hand.hand_id for frame in found["ours"] for hand in frame})
            rows[f"{name} x{stride}"] = row
            print(name, f"x{stride}", {k: {a: b for a, b in v.items() if a not in ("missed", "off")}
                                       for k, v in row.items()}, file=sys.stderr, flush=True)  # fmt: skip
    return rows


def _trackers(networks: Networks, *, steady: bool) -> list[tuple[str, Any]]:
    named: list[tuple[str, Any]] = [("ours", HandTracker(2, networks=networks, smooth=False))]
    if steady:
        named.append(("ours steadied", HandTracker(2, networks=networks)))
    return [*named, ("mediapipe", MediaPipeHands(2))]


def pictures(networks: Networks, limit: int) -> dict[str, Any]:
    """Frames with a phantom on pictures that show no hand that anyone holds up."""
    from skimage import data

    rows: dict[str, Any] = {}
    for name in PICTURES:
        try:
            picture = getattr(data, name)()
        except Exception as error:  # the larger pictures are fetched when first asked for, which may fail in many ways
            rows[name] = f"left out: {type(error).__name__}"
            continue
        rgb = picture[0] if isinstance(picture, tuple) else picture
        image = cv2.cvtColor(np.ascontiguousarray(rgb[..., :3]), cv2.COLOR_RGB2BGR)
        row: dict[str, Any] = {"frames": limit}
        for tracker_name, tracker in _trackers(networks, steady=False):
            with tracker:
                row[tracker_name] = sum(len(tracker.track(image, number / 30)) > 0 for number in range(limit))
        rows[name] = row
        print(name, row, file=sys.stderr, flush=True)
    return rows


def summary(rows: dict[str, Any]) -> dict[str, Any]:
    """The figures to reach, and which clips miss them."""
    clips = {name: row for name, row in rows.items() if " x" in name}

    def of(row: dict[str, Any], tracker: str, key: str) -> float:
        value: float | None = row[tracker].get(key)
        return 1.0 if value is None else value

    def below(key: str) -> dict[str, list[float]]:
        pairs = {name: [of(row, "ours", key), of(row, "mediapipe", key)] for name, row in clips.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] < pair[1]}

    judged = [row for row in clips.values() if "phantoms" in row["ours"]]
    return {
        "shown_below_mediapipe": below("shown"),
        "coverage_below_mediapipe": below("coverage"),
        "coverage_below_97": [name for name, row in clips.items() if of(row, "ours", "coverage") < 0.97],
        "fingertip": {n: [r["ours"]["fingertip"], r["mediapipe"]["fingertip"]] for n, r in clips.items()
                      if "fingertip" in r["ours"] and n.endswith("x1")},
        "phantoms": {t: sum(row[t]["phantoms"] for row in judged) for t in ("ours", "mediapipe")},
    }  # fmt: skip


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--clips", type=Path, default=CLIPS)
    parser.add_argument("--only", default="", help="part of a clip's name")
    parser.add_argument("--strides", default="1,2,3")
    args = parser.parse_args()
    networks = load_networks()
    strides = [3] if args.quick else [int(part) for part in args.strides.split(",")]
    report: dict[str, Any] = {"benchmark": "real_clips", "strides": strides}
    if args.clips.is_dir():
        rows = clip_report(args.clips, args.only, strides, 6 if args.quick else None, networks)
        report.update(summary=summary(rows), clips=rows)
    else:
        report["clips"] = "left out: no such folder; name one with --clips"
    if not args.only:
        report["pictures"] = pictures(networks, 3 if args.quick else STILL_FRAMES)
    deliver(report, args.json)


if __name__ == "__main__":
    main()
