"""What recognizing one hand costs, with the built-in gestures and 50 of the user's own.

    python benchmarks/recognition_cost.py [--quick] [--seed N] [--json FILE]

"poses" has 50 poses more; "mix" has 25 poses, 15 templates of 8 samples each and 10 recorded paths. Hands go from pose
to pose, turn and shake a little; they stay where they are ("still") or wander with pauses ("moving"). Times are of
`Recognizer.update` alone, milliseconds per hand, of the quietest of five passes: other programs only ever add to them.
"parts" are those of one moving hand with the mix, p50.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np
from judging import deliver, options

from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.sources.demo import POSES, blend
from handplay.engine.sources.demo.skeleton import turned
from handplay.gestures.fingers import WordReader
from handplay.gestures.judging import ShapeTable
from handplay.gestures.kinds import Gesture, Motion, Pose
from handplay.gestures.learn.metric import MetricSettings, model_hands
from handplay.gestures.learn.recorded import template_of
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.measures import measure_hand
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.table import HandMotions, MotionTable
from handplay.gestures.recognizer import Recognizer
from handplay.gestures.settings import GestureSettings

FPS = 30.0
SIZE = (1280, 720)
PASSES = 5
WARM_UP = 100
"""Frames that are not counted."""
SHOW_S, CHANGE_S = 1.0, 0.3
"""How long a hand keeps a pose, and how long it takes to the next."""
PALM_PX, PALM_M = 120.0, 0.094
JITTER = 0.004
"""Palm lengths: that of a hand at rest in the tracker."""


def poses(count: int) -> list[Gesture]:
    builtin = [gesture for gesture in builtin_library().gestures if isinstance(gesture, Pose)]
    return [Pose(f"pose{k}", fingers=builtin[k % len(builtin)].fingers) for k in range(count)]


def templates(count: int, rng: np.random.Generator, samples: int = 8) -> list[Gesture]:
    made: list[Gesture] = []
    for number in range(count):
        states = np.repeat(rng.integers(0, 3, (1, 5)), samples, axis=0)
        hands = model_hands(states, MetricSettings(), rng).astype(np.float32)
        made.append(template_of(f"template{number}", hands, ["Right"] * samples, keep=samples))
    return made


def paths(count: int) -> list[Gesture]:
    """Curves that go round, to and fro, and straight on."""
    made: list[Gesture] = []
    for k in range(count):
        ways = [(math.cos(0.3 * a + k), math.sin(0.3 * a * (1 + k % 3))) for a in range(20)]
        made.append(Motion(f"path{k}", samples=(tuple(ways),)))
    return made


def libraries(seed: int) -> dict[str, Library]:
    rng = np.random.default_rng(seed)
    own = {"poses": poses(50), "mix": [*poses(25), *templates(15, rng), *paths(10)]}
    return {name: Library((*builtin_library().gestures, *rows), MappingProxyType({})) for name, rows in own.items()}


def stream(hands: int, frames: int, seed: int, *, moving: bool) -> list[HandFrame]:
    """Frames with hands that show one pose after the other."""
    rng = np.random.default_rng(seed)
    sides: tuple[Handedness, Handedness] = ("Right", "Left")
    turns = [rng.permutation(sorted(POSES)).tolist() for _ in range(hands)]
    rows = []
    for number in range(frames):
        time_s = number / FPS
        seen = []
        for one in range(hands):
            shown, part = divmod(time_s + 0.4 * one, SHOW_S + CHANGE_S)
            names = turns[one]
            a, b = names[int(shown) % len(names)], names[(int(shown) + 1) % len(names)]
            points = blend(a, b, min(1.0, max(0.0, (part - SHOW_S) / CHANGE_S)), sides[one])
            tilt = turned(0.3 * math.sin(time_s), 0.4 * math.sin(0.7 * time_s), 0.3 * math.cos(0.9 * time_s))
            points = points @ tilt.T + rng.normal(0, JITTER, (21, 3))
            x, y = SIZE[0] * (0.3 + 0.4 * one), 0.55 * SIZE[1]
            if moving and (time_s + one) % 3 < 2:
                x, y = x + 130 * math.sin(5 * time_s), y + 90 * math.sin(7 * time_s)
            image = points * (PALM_PX, PALM_PX, 0.5 * PALM_PX) + (x, y, 0)
            metres = (points - points.mean(axis=0)) * PALM_M
            seen.append(Hand(one + 1, sides[one], 0.98, 0.99, image.astype(np.float32), metres.astype(np.float32)))
        rows.append(HandFrame(number, time_s, *SIZE, hands=tuple(seen)))
    return rows


def percentiles(times: list[float], per: int = 1) -> dict[str, float]:
    """Of seconds, as milliseconds."""
    cuts = statistics.quantiles((1000 * one / per for one in times[WARM_UP:]), n=100)
    return {"p50": round(cuts[49], 3), "p99": round(cuts[98], 3)}


def cost(library: Library, frames: list[HandFrame]) -> dict[str, float]:
    passes = []
    for _ in range(PASSES):
        recognizer, times = Recognizer(library), []
        for frame in frames:
            begin = time.perf_counter()
            recognizer.update(frame)
            times.append(time.perf_counter() - begin)
        passes.append(percentiles(times, len(frames[0])))
    return min(passes, key=lambda one: one["p50"])


def parts(library: Library, frames: list[HandFrame]) -> dict[str, float]:
    """Milliseconds of each step by itself."""
    settings = GestureSettings()
    reader, shapes = WordReader(settings), ShapeTable(library, settings)
    alone = ShapeTable(Library(library.poses, MappingProxyType({})), settings)
    rows = [gesture for gesture in library.gestures if isinstance(gesture, Motion)]
    motions = HandMotions(
        MotionTable(rows, [shapes.bit_of(library, gesture.pose) for gesture in rows], MotionSettings())
    )
    times: dict[str, list[float]] = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        result = call()
        times.setdefault(name, []).append(time.perf_counter() - begin)
        return result

    words = None
    for frame in frames:
        (hand,) = frame
        measures = timed("measures", lambda hand=hand: measure_hand(hand, settings))
        words = timed("words", lambda m=measures, w=words: reader.read(m, w, 1 / FPS))
        timed("poses alone", lambda hand=hand, w=words: alone.judge(hand, w, mirrored=False))
        _, bits = timed("poses and templates", lambda hand=hand, w=words: shapes.judge(hand, w, mirrored=False))
        timed(
            "movements",
            lambda hand=hand, f=frame, w=words, b=bits, m=measures: motions.look(hand, f, w, b, m.grab),
        )
    return {name: percentiles(row)["p50"] for name, row in times.items()}


def main() -> None:
    arguments = options(__doc__).parse_args()
    frames = 400 if arguments.quick else 1500
    made = libraries(arguments.seed)
    told: dict[str, Any] = {"aim": "p50 at most 0.3 ms a hand"}
    for name, library in made.items():
        for hands in (1, 2):
            for moving in (False, True):
                row = cost(library, stream(hands, frames, arguments.seed, moving=moving))
                told[f"{name}, {hands} hand{'s' * (hands > 1)}, {'moving' if moving else 'still'}"] = row
    told["parts"] = parts(made["mix"], stream(1, frames, arguments.seed, moving=True))
    told["gestures"] = {name: len(library.gestures) for name, library in made.items()}
    deliver(told, arguments.json)


if __name__ == "__main__":
    main()
