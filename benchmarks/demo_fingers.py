"""How often the finger states of the demo hand are right, through the real tracker.

    python benchmarks/demo_fingers.py [--stills N] [--clips N] [--seed N] [--poses a,b,c]

Seeded pictures of 1280x720: every pose, both hands, all skin tones and rooms, palms of 25 to 250 pixels. Prints JSON.

Clips are what a game sees: a hand that is held up turns within one and a half seconds, tracked as video, words with
their hysteresis. "roll" goes once round; "yaw" and "pitch" go from facing to 45 degrees, to the other side and back,
at any roll up to 60 degrees. Frames before the hand is found are counted as `not_found`.

Stills are harder: each is tracked on its own and rolled by anything. "facing" is neither yawed nor pitched, "yaw" and
"pitch" are turned by up to 45 degrees about one axis, "both" about both at once.

Three shares are given. "plain": fingers that are truly extended or curled. "fair": all fingers, but one whose last
joints lie within 15 degrees of a border between two words may be called either. "strict": all fingers as the truth
has them. A hand counts as found when half of its landmarks lie within 0.6 palms of the truth; the others are not
scored.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from typing import Any

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
STILL_TURNS = ("facing", "yaw", "pitch", "both")
CLIP_TURNS = ("roll", "yaw", "pitch")
FPS = 30
CLIP_FRAMES = 45
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
        self.not_found: Counter[str] = Counter()
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
            "not_found": dict(self.not_found),
            "taken_for_the_other_hand": self.wrong_side,
        }


class Draw:
    """Random hands: the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def hand(self) -> dict[str, Any]:
        """Arguments of `render_still`, the turn left out."""
        rng = self.rng
        palm_px = math.exp(rng.uniform(math.log(PALMS[0]), math.log(PALMS[-1])))
        room_px = 1.9 * palm_px  # from the palm to the fingertips' reach
        return {
            "palm_px": palm_px,
            "handedness": rng.choice(("Left", "Right")),
            "centre": (
                rng.uniform(min(room_px, SIZE[0] / 2), max(SIZE[0] - room_px, SIZE[0] / 2)),
                rng.uniform(min(room_px, SIZE[1] / 2), max(SIZE[1] - room_px, SIZE[1] / 2)),
            ),
            "size": SIZE,
            "skin": rng.randrange(len(SKINS)),
            "background": rng.choice(sorted(BACKDROPS)),
            "seed": rng.randrange(3),
        }

    def degrees(self, most: float) -> float:
        return self.rng.uniform(-most, most)


def groups_of(how: dict[str, Any], pose: str, turn: str) -> dict[str, str]:
    step = sum(how["palm_px"] >= border for border in PALMS[1:-1])
    palm = f"{PALMS[step]:03d}-{PALMS[step + 1]:03d}"
    return {"turn": turn, "pose": pose, "palm_px": palm, "skin": str(how["skin"]), "hand": how["handedness"]}


def stills(poses: list[str], number: int, draw: Draw, settings: GestureSettings) -> dict[str, object]:
    reader, tally = WordReader(settings), Tally()
    with HandTracker(1, mode="still") as tracker:
        for index in range(number):
            pose, turn = poses[index % len(poses)], STILL_TURNS[index // len(poses) % len(STILL_TURNS)]
            how = draw.hand()
            yaw = draw.degrees(MOST_DEG) if turn in ("yaw", "both") else 0.0
            pitch = draw.degrees(MOST_DEG) if turn in ("pitch", "both") else 0.0
            turned = {"yaw_rad": math.radians(yaw), "pitch_rad": math.radians(pitch)}
            image, (truth,) = render_still(pose, roll_rad=math.radians(draw.degrees(180)), **turned, **how)
            groups = groups_of(how, pose, turn)
            hand = found(tracker.track(image, 0.0), truth, how["palm_px"])
            if hand is None:
                tally.not_found[f"{turn}, palm {groups['palm_px']}"] += 1
            else:
                tally.add(groups, hand, truth, reader.read(measure_hand(hand, settings)).fingers)
    return tally.report()


def clips(poses: list[str], number: int, draw: Draw, settings: GestureSettings) -> dict[str, object]:
    reader, tally = WordReader(settings), Tally()
    with HandTracker(1) as tracker:
        for index in range(number):
            pose, turn = poses[index % len(poses)], CLIP_TURNS[(index + index // len(poses)) % len(CLIP_TURNS)]
            how, roll, words = draw.hand(), draw.degrees(60), None
            groups = groups_of(how, pose, turn)
            tracker.reset()
            for frame in range(CLIP_FRAMES):
                part = 2 * math.pi * frame / CLIP_FRAMES
                turned = {"roll_rad": part if turn == "roll" else math.radians(roll)}
                if turn != "roll":
                    turned[f"{turn}_rad"] = math.radians(MOST_DEG) * math.sin(part)
                image, (truth,) = render_still(pose, **turned, **how)
                hand = found(tracker.track(image, frame / FPS), truth, how["palm_px"])
                if hand is None:
                    words = None
                    tally.not_found[f"{turn}, palm {groups['palm_px']}"] += 1
                    continue
                words = reader.read(measure_hand(hand, settings), words, 1 / FPS)
                tally.add(groups, hand, truth, words.fingers)
    return tally.report()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stills", type=int, default=600, help="how many stills (600)")
    parser.add_argument("--clips", type=int, default=56, help="how many clips (56)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--poses", default=",".join(POSES), help="which poses, all if not given")
    args = parser.parse_args()
    poses, draw, settings = args.poses.split(","), Draw(args.seed), GestureSettings()
    report: dict[str, object] = {"seed": args.seed}
    if args.clips:
        report[f"{args.clips} clips, percent right"] = clips(poses, args.clips, draw, settings)
    if args.stills:
        report[f"{args.stills} stills, percent right"] = stills(poses, args.stills, draw, settings)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
