"""How often the finger states of the demo hand are right, through the real tracker.

    python benchmarks/demo_fingers.py [--samples N] [--seed N] [--poses a,b,c]

Seeded stills of 1280x720, each tracked on its own: every pose, both hands, all skin tones and rooms, palms of 25 to
250 pixels, rolled by anything. "facing" is neither yawed nor pitched, "yaw" and "pitch" are turned by up to 45 degrees
about one axis, "both" about both at once. Prints JSON.

Three shares are given. "plain": fingers that are truly extended or curled. "fair": all fingers, but one whose last
joints lie within 15 degrees of a border between two words may be called either. "strict": all fingers as the truth
has them. A hand counts as found when half of its landmarks lie within 0.6 palms of the truth; `missed` ones are not
scored.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict

import numpy as np

from handplay.engine import HandTracker
from handplay.engine.hands import FINGERS, Hand, HandFrame
from handplay.engine.sources.demo import POSES, HandTruth, render_still
from handplay.engine.sources.demo.backdrop import BACKDROPS
from handplay.engine.sources.demo.light import SKINS
from handplay.engine.sources.demo.poses import limited, pose_angles
from handplay.engine.sources.demo.skeleton import finger_states
from handplay.gestures.fingers import WordReader
from handplay.gestures.measures import measure_hand
from handplay.gestures.settings import GestureSettings

SIZE = (1280, 720)
PALMS = (25, 40, 63, 100, 158, 250)
"""Borders of the groups by palm length, pixels: steps of equal ratio."""
TURNS = ("facing", "yaw", "pitch", "both")
MOST_DEG = 45.0
MARGIN_DEG = 15.0
LAST_JOINTS = (4, 7, 11, 15, 19)
"""Places of thumb IP and the PIPs in the angles of a pose."""
FAR = 0.6
"""Palm lengths: a hand whose median landmark is further off is another thing."""


def allowed(pose: str) -> list[set[str]]:
    """The words that are right for each finger when one near a border may be called either."""
    shifted = []
    for degrees in (-MARGIN_DEG, 0.0, MARGIN_DEG):
        angles = pose_angles(pose).copy()
        angles[list(LAST_JOINTS)] += degrees
        shifted.append(finger_states(limited(angles)))
    return [set(words) for words in zip(*shifted, strict=True)]


def found(hands: HandFrame, truth: HandTruth, palm_px: float) -> Hand | None:
    gaps = [
        (float(np.median(np.hypot(*(hand.landmarks_px[:, :2] - truth.landmarks_px[:, :2]).T))) / palm_px, hand)
        for hand in hands
    ]
    near = [(gap, hand) for gap, hand in gaps if gap < FAR]
    return min(near, key=lambda pair: pair[0])[1] if near else None


class Tally:
    """Shares of right words by group."""

    def __init__(self) -> None:
        self.hits: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
        self.missed: Counter[str] = Counter()
        self.wrong_side = 0

    def add(self, groups: dict[str, str], hand: Hand, truth: HandTruth, words: tuple[str, ...]) -> None:
        self.wrong_side += hand.handedness != truth.handedness
        for finger, word, true, fair in zip(FINGERS, words, truth.fingers, allowed(truth.pose), strict=True):
            for group, name in {"all": "all", **groups, "finger": finger}.items():
                if group in ("all", "turn"):
                    self.hits[group][f"{name} strict"].append(word == true)
                    self.hits[group][f"{name} fair"].append(word in fair)
                    name = f"{name} plain"
                if true != "half":
                    self.hits[group][name].append(word == true)

    def report(self) -> dict[str, object]:
        return {
            **{
                group if group in ("all", "turn") else f"{group}, plain": {
                    name: round(100 * sum(hits) / len(hits), 2) for name, hits in sorted(rows.items())
                }
                for group, rows in self.hits.items()
            },
            "missed": dict(self.missed),
            "taken_for_the_other_hand": self.wrong_side,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=600, help="stills in all (600)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--poses", default=",".join(POSES), help="which poses, all if not given")
    args = parser.parse_args()
    poses, rng = args.poses.split(","), random.Random(args.seed)
    settings = GestureSettings()
    reader, tally = WordReader(settings), Tally()
    with HandTracker(1, mode="still") as tracker:
        for number in range(args.samples):
            pose, turn = poses[number % len(poses)], TURNS[number // len(poses) % len(TURNS)]
            palm_px = math.exp(rng.uniform(math.log(PALMS[0]), math.log(PALMS[-1])))
            room_px = 1.9 * palm_px  # from the palm to the fingertips' reach
            yaw, pitch = rng.uniform(-MOST_DEG, MOST_DEG), rng.uniform(-MOST_DEG, MOST_DEG)
            side, skin = rng.choice(("Left", "Right")), rng.randrange(len(SKINS))
            image, (truth,) = render_still(
                pose,
                handedness=side,
                roll_rad=rng.uniform(-math.pi, math.pi),
                yaw_rad=math.radians(yaw) if turn in ("yaw", "both") else 0.0,
                pitch_rad=math.radians(pitch) if turn in ("pitch", "both") else 0.0,
                palm_px=palm_px,
                centre=(
                    rng.uniform(min(room_px, SIZE[0] / 2), max(SIZE[0] - room_px, SIZE[0] / 2)),
                    rng.uniform(min(room_px, SIZE[1] / 2), max(SIZE[1] - room_px, SIZE[1] / 2)),
                ),
                size=SIZE,
                skin=skin,
                background=rng.choice(sorted(BACKDROPS)),
                seed=rng.randrange(3),
            )
            step = sum(palm_px >= border for border in PALMS[1:-1])
            groups = {
                "turn": turn,
                "pose": pose,
                "palm_px": f"{PALMS[step]:03d}-{PALMS[step + 1]:03d}",
                "skin": str(skin),
                "hand": side,
            }
            hand = found(tracker.track(image, 0.0), truth, palm_px)
            if hand is None:
                tally.missed[f"{groups['turn']}, palm {groups['palm_px']}"] += 1
            else:
                tally.add(groups, hand, truth, reader.read(measure_hand(hand, settings)).fingers)
    print(json.dumps({"stills": args.samples, "seed": args.seed, "percent_right": tally.report()}, indent=1))


if __name__ == "__main__":
    main()
