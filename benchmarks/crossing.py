"""Do hands keep their ids and their sides when they cross, hide behind each other, or leave for a moment?

Run: python benchmarks/crossing.py [--quick] [--seed N] [--same-sleeves] [--only KIND] [--ours] [--json FILE]

Ours and MediaPipe 0.10.21 on the same frames of `crossing_scripts`. Each frame's hands are matched one to one with the
true ones; while the true hands lie within 0.9 palm lengths of each other (median of the joints) a frame is not judged.

swaps      an id that belonged to one true hand turns up on the other; once for each hand and time, however short;
           wrong_id_frames: hands that wear another's id, summed over the frames
new_ids    a true hand gets an id that was never seen before
flips      the side of a true hand changes from one judged frame to the next
id_flips   the side of one id changes, on any frame (MediaPipe has no ids: not counted)
doubles    frames with two hands on one true hand
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import numpy as np
from crossing_scripts import meetings
from judging import NEAR_PALMS, deliver, error_palms, options
from scipy.optimize import linear_sum_assignment

from handplay.engine import HandFrame, HandTracker
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import DemoSource, HandTruth, Script
from handplay.engine.tracking.tracker import Networks, load_networks

SIZE, FPS = (640, 480), 30.0
APART_PALMS = 0.9


class Judge:
    """Follows one tracker through one script."""

    def __init__(self, palms_px: tuple[float, ...]) -> None:
        self.counts: Counter[str] = Counter()
        self._palms = palms_px
        self._owner: dict[int, int] = {}
        self._id_of: dict[int, int] = {}
        self._side_of: dict[int, str] = {}
        self._side_of_id: dict[int, str] = {}
        self.notes: list[str] = []

    def look(self, frame: HandFrame, truths: tuple[HandTruth, ...], *, ids: bool) -> None:
        if ids:
            for hand in frame:
                if self._side_of_id.setdefault(hand.hand_id, hand.handedness) != hand.handedness:
                    self._note("id_flips", frame, f"id {hand.hand_id} to {hand.handedness}")
                    self._side_of_id[hand.hand_id] = hand.handedness
        visible = [truth for truth in truths if truth.visible]
        near = self._near(truths)
        table = np.array([[error_palms(h, t, self._palms[t.track]) for t in visible] for h in frame])
        table = table.reshape(len(frame), len(visible))
        if not near:
            self.counts["doubles"] += int(((table < NEAR_PALMS).sum(axis=0) > 1).sum())
        rows, columns = linear_sum_assignment(table)
        pairs = [
            (frame[int(r)], visible[int(c)]) for r, c in zip(rows, columns, strict=True) if table[r, c] < NEAR_PALMS
        ]
        self.counts["wanted"] += len(visible)
        self.counts["seen"] += len(pairs)
        if near:
            return
        for hand, truth in pairs:
            if self._side_of.setdefault(truth.track, hand.handedness) != hand.handedness:
                self._note("flips", frame, f"hand {truth.track} to {hand.handedness}")
                self._side_of[truth.track] = hand.handedness
            self.counts["wrong_side_frames"] += hand.handedness != truth.handedness
            if not ids:
                continue
            owner = self._owner.get(hand.hand_id)
            self.counts["wrong_id_frames"] += owner is not None and owner != truth.track
            if self._id_of.get(truth.track) != hand.hand_id:
                if owner is not None and owner != truth.track:
                    self._note("swaps", frame, f"id {hand.hand_id} now on hand {truth.track}")
                elif owner is None and truth.track in self._id_of:
                    self._note("new_ids", frame, f"hand {truth.track}: {self._id_of[truth.track]} to {hand.hand_id}")
                self._id_of[truth.track] = hand.hand_id
                self._owner.setdefault(hand.hand_id, truth.track)

    def _near(self, truths: tuple[HandTruth, ...]) -> bool:
        a, b = (truth.landmarks_px[:, :2] for truth in truths)
        return float(np.median(np.hypot(*(a - b).T))) < APART_PALMS * max(self._palms)

    def _note(self, what: str, frame: HandFrame, text: str) -> None:
        self.counts[what] += 1
        self.notes.append(f"{what} at {frame.time_s:.2f} s: {text}")


class _Nobody:
    """In MediaPipe's place when ours is run alone."""

    def __enter__(self) -> _Nobody:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def track(self, image: Image, time_s: float) -> HandFrame:
        return HandFrame(0, time_s, image.shape[1], image.shape[0])


def run(script: Script, networks: Networks, *, alone: bool = False) -> tuple[Judge, Judge]:
    """Ours and, unless ours is run alone, MediaPipe through one script."""
    frames = round(script.duration_s * FPS) - 1
    source = DemoSource(width=SIZE[0], height=SIZE[1], fps=FPS, realtime=False, frames=frames, script=script, seed=1)
    palms = tuple(track.keys[0].palm * SIZE[1] for track in script.tracks)
    judges = Judge(palms), Judge(palms)
    with HandTracker(2, networks=networks) as ours, _Nobody() if alone else MediaPipeHands(2) as theirs:
        while (frame := source.read()) is not None:
            truths = source.truth()
            judges[0].look(ours.track(frame.image, frame.time_s), truths, ids=True)
            judges[1].look(theirs.track(frame.image, frame.time_s), truths, ids=False)
    return judges


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--only", help="one kind of meeting")
    parser.add_argument("--ours", action="store_true", help="leave MediaPipe out: for work on the tracker")
    parser.add_argument("--same-sleeves", action="store_true", help="harder: both hands wear the same sleeve")
    args = parser.parse_args()
    networks = load_networks()
    cases = meetings(args.seed, same_sleeves=args.same_sleeves)
    chosen = [case for case in cases if args.only in (None, case.script.name)]
    chosen = chosen[::24] if args.quick else chosen
    totals: dict[str, Counter[str]] = {"ours": Counter(), "mediapipe": Counter()}
    rows: dict[str, Any] = {}
    for case in chosen:
        judges = dict(zip(totals, run(case.script, networks, alone=args.ours), strict=True))
        rows[case.name] = {
            name: {**judge.counts, **({"notes": judge.notes} if name == "ours" and judge.notes else {})}
            for name, judge in judges.items()
        }
        for name, judge in judges.items():
            totals[name] += judge.counts
        print(case.name, rows[case.name]["ours"], "| mp", dict(judges["mediapipe"].counts), file=sys.stderr, flush=True)
    figures = ("swaps", "wrong_id_frames", "new_ids", "id_flips", "flips", "doubles", "wrong_side_frames")
    report: dict[str, Any] = {
        name: {
            **{figure: counts[figure] for figure in figures},
            "coverage": round(counts["seen"] / max(1, counts["wanted"]), 3),
        }
        for name, counts in totals.items()
    }
    for figure in ("swaps", "wrong_id_frames", "new_ids", "id_flips"):
        report["mediapipe"][figure] = None
    if args.ours:
        del report["mediapipe"]
    deliver(
        {
            "benchmark": "crossing",
            "seed": args.seed,
            "same_sleeves": args.same_sleeves,
            "meetings": len(chosen),
            "total": report,
            "cases": rows,
        },
        args.json,
    )


if __name__ == "__main__":
    main()
