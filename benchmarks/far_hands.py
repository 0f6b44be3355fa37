"""How small may a hand be? Ours and MediaPipe 0.10.21 on seeded placements in 1280x720, and on shrunken photographs.

Run: python benchmarks/far_hands.py [--quick] [--seed N] [--photos FOLDER] [--json FILE]

alone    one hand in the picture from the first frame on; found within 0.5 s, that is 15 frames at 30 a second
further  another, near hand is tracked; the far one appears, and is found within 3 s
photos   photographs shrunk and laid on a grey picture that then stands still for 0.5 s; the truth is what MediaPipe
         finds in the photograph at its own size

MediaPipe gets the same frames in video mode, and the first one in still mode. From the largest palm downward, a tracker
that found none at two sizes in a row is not run at smaller ones. Found is within half a palm of the truth.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from judging import deliver, half_point, options, right_hand

from handplay.engine import Hand, HandFrame, HandTracker
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.demo import DemoSource, Keyframe, Script, Track
from handplay.engine.sources.demo.trials import placement
from handplay.engine.tracking.tracker import Networks, load_networks

SIZE = (1280, 720)
FPS = 30.0
PALMS = (100, 85, 75, 65, 55, 45, 35, 28, 23, 19, 16, 13, 10)
POSES = ("open_palm", "stop", "victory", "point", "fist", "four")
ROOMS = ("room", "wall", "window", "shelf", "evening")
ALONE_FRAMES, FURTHER_FRAMES, ENTERS_S = 15, 90, 0.7
PHOTOS = Path(__file__).resolve().parents[2] / "shared/data/photos/far"


def place(number: int, palm: float, seed: int) -> Script:
    """One seeded placement; the same hand at the same place for every palm size."""
    rng = random.Random(f"{seed} {number}")
    x, y = rng.uniform(0.12, 0.88) * SIZE[0], rng.uniform(0.24, 0.8) * SIZE[1]
    return placement(
        x, y, palm, SIZE,
        pose=POSES[number % len(POSES)],
        handedness="Left" if rng.random() < 0.5 else "Right",
        roll_deg=rng.uniform(-30, 30),
        skin=number % 6,
        background=ROOMS[number % len(ROOMS)],
    )  # fmt: skip


def with_company(alone: Script) -> Script:
    """The same hand appears a little later, while a near hand is shown in the other half of the picture."""
    (far,) = alone.tracks
    (key,) = far.keys
    enters = (
        Keyframe(0.0, key.pose, key.x, -1.0, key.palm, key.roll_deg, ease="hold"),
        Keyframe(ENTERS_S, key.pose, key.x, key.y, key.palm, key.roll_deg),
    )
    near = Track((Keyframe(0.0, "open_palm", 0.2 if key.x > 0.5 else 0.8, 0.55, 0.18),), skin=1)
    return Script("further", "", (Track(enters, far.handedness, far.skin, far.sleeve), near), 10.0, alone.background)


class Finder:
    """A tracker that looks until it has found the hand."""

    def __init__(self, name: str, networks: Networks) -> None:
        self.name = name
        self._tracker: HandTracker | MediaPipeHands = (
            HandTracker(2, networks=networks, smooth=False)
            if name == "ours"
            else MediaPipeHands(2, still=name == "mediapipe still")
        )
        self.found_s: float | None = None

    def look(self, image: Any, time_s: float, source: DemoSource, palm: float, since_s: float) -> None:
        if self.found_s is not None or (self.name == "mediapipe still" and time_s > since_s + 0.5 / FPS):
            return
        hands = self._tracker.track(image, time_s)
        if time_s >= since_s and right_hand(hands, source.truth()[0], palm) is not None:
            self.found_s = time_s - since_s

    def close(self) -> None:
        self._tracker.close()


def trial(script: Script, palm: float, names: list[str], frames: int, since_s: float, networks: Networks) -> Any:
    """Seconds until each tracker has found the first hand of a script, None if it has not."""
    before = round(since_s * FPS)
    source = DemoSource(
        width=SIZE[0], height=SIZE[1], fps=FPS, realtime=False, frames=before + frames, script=script, seed=1
    )
    finders = [Finder(name, networks) for name in names]
    while (frame := source.read()) is not None and any(finder.found_s is None for finder in finders):
        for finder in finders:
            finder.look(frame.image, frame.time_s, source, palm, since_s - 1e-6)
    for finder in finders:
        finder.close()
    return {finder.name: finder.found_s for finder in finders}


def curve(
    kind: str, palms: tuple[int, ...], count: int, seed: int, networks: Networks, *, ours_alone: bool = False
) -> dict[str, Any]:
    """Share found by palm size, and the size at which half are found."""
    all_names = ["ours"] if ours_alone else ["ours", "mediapipe", "mediapipe still"][: 3 if kind == "alone" else 2]
    frames, since_s = (ALONE_FRAMES, 0.0) if kind == "alone" else (FURTHER_FRAMES, ENTERS_S)
    shares: dict[str, list[float]] = {name: [] for name in all_names}
    rows = []
    for palm in palms:
        names = [name for name in all_names if len(shares[name]) < 2 or any(shares[name][-2:])]
        results = []
        for number in range(count):
            script = place(number, palm, seed)
            script = script if kind == "alone" else with_company(script)
            results.append(trial(script, palm, names, frames, since_s, networks))
        for name in all_names:
            shares[name].append(sum(r[name] is not None for r in results) / count if name in names else 0.0)
        times = sorted(r["ours"] for r in results if r.get("ours") is not None)
        rows.append(
            {
                "palm_px": palm,
                "found": {name: round(shares[name][-1], 3) for name in all_names},
                "ours_median_s": round(times[len(times) // 2], 3) if times else None,
                "ours_missed": [number for number, r in enumerate(results) if "ours" in r and r["ours"] is None],
            }
        )
        print(kind, rows[-1], file=sys.stderr, flush=True)
    halves = {
        name: half_point((palm, share) for palm, share in sorted(zip(palms, shares[name], strict=True)))
        for name in all_names
    }
    halves.setdefault("mediapipe", None)
    ratio = halves["ours"] / halves["mediapipe"] if halves["ours"] and halves.get("mediapipe") else None
    return {
        "placements": count,
        "half_found_palm_px": {name: half and round(half, 1) for name, half in halves.items()},
        "ratio": ratio and round(ratio, 3),
        "rows": rows,
    }


def photo_curve(folder: Path, count: int, shrinks: tuple[float, ...], seed: int, networks: Networks) -> Any:
    """Share of the photographs' hands that are found when the photographs are shrunk."""
    rng = random.Random(seed)
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    rows: dict[str, dict[str, float]] = {}
    palms: dict[float, list[tuple[float, dict[str, bool]]]] = {shrink: [] for shrink in shrinks}
    with MediaPipeHands(2, still=True) as judge:
        for path in rng.sample(files, min(count, len(files))):
            photo = cv2.imread(str(path))
            truth = judge.track(photo)
            if not len(truth):
                continue
            for shrink in shrinks:
                small = cv2.resize(photo, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
                x, y = rng.randrange(SIZE[0] - small.shape[1]), rng.randrange(SIZE[1] - small.shape[0])
                canvas = np.full((SIZE[1], SIZE[0], 3), 110, np.uint8)
                canvas[y : y + small.shape[0], x : x + small.shape[1]] = small
                wanted = [hand.landmarks_px[:, :2] / shrink + np.array([x, y]) for hand in truth]
                found = {}
                for name in ("ours", "mediapipe"):
                    tracker = HandTracker(2, networks=networks) if name == "ours" else MediaPipeHands(2)
                    found[name] = any(
                        _shows(tracker.track(canvas, number / FPS), wanted) for number in range(ALONE_FRAMES)
                    )
                    tracker.close()
                palms[shrink].append((truth[0].palm_px / shrink, found))
    for shrink, cases in palms.items():
        rows[f"1/{shrink:g}"] = {
            "photos": len(cases),
            "median_palm_px": round(float(np.median([palm for palm, _ in cases])), 1),
            **{name: round(sum(found[name] for _, found in cases) / len(cases), 3) for name in ("ours", "mediapipe")},
        }
        print("photos", shrink, rows[f"1/{shrink:g}"], file=sys.stderr, flush=True)
    return rows


def _shows(frame: HandFrame, wanted: list[Any]) -> bool:
    return any(_near(hand, points) for hand in frame for points in wanted)


def _near(hand: Hand, points: Any) -> bool:
    palm = float(np.hypot(*(points[9] - points[0])))
    return float(np.median(np.hypot(*(hand.landmarks_px[:, :2] - points).T))) < 0.5 * palm


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--placements", type=int, default=48)
    parser.add_argument("--photos", type=Path, default=PHOTOS)
    parser.add_argument("--photo-count", type=int, default=30)
    parser.add_argument("--only", choices=("alone", "further", "photos"))
    parser.add_argument("--largest", type=int, default=100, help="leave larger palms out")
    parser.add_argument("--ours", action="store_true", help="leave MediaPipe out: for work on the tracker")
    args = parser.parse_args()
    networks = load_networks()
    kinds = [args.only] if args.only else ["alone", "further", "photos"]
    report: dict[str, Any] = {"benchmark": "far_hands", "seed": args.seed, "size": list(SIZE)}
    for kind in kinds:
        if kind == "photos":
            if args.photos.is_dir():
                count, shrinks = (2, (2.0,)) if args.quick else (args.photo_count, (2.0, 3.0, 4.0))
                report[kind] = photo_curve(args.photos, count, shrinks, args.seed, networks)
            else:
                report[kind] = f"left out: no folder {args.photos.name}; name one with --photos"
        elif args.quick:
            report[kind] = curve(kind, (100, 20), 2, args.seed, networks, ours_alone=args.ours)
        else:
            palms = PALMS if kind == "alone" else PALMS[::2]
            palms = tuple(palm for palm in palms if palm <= args.largest)
            report[kind] = curve(kind, palms, args.placements, args.seed, networks, ours_alone=args.ours)
    deliver(report, args.json)


if __name__ == "__main__":
    main()
