"""The pen of air drawing against exact truth: does it write where the finger goes, when it should, and no more?

Run: python benchmarks/airdraw_pen.py [--pen pinch|point] [--quick] [--seed N] [--json FILE] [--takes DIR]

The demo hand writes in the air, the real tracker sees it, the pen draws; the reach box is the whole frame. Takes differ
in text, hand, skin, room, pace, size and noise. The pen's numbers were chosen while looking at the `tuned` takes alone.
With `--pen point` the index finger hovers, and a second finger beside it draws.

trace     distance of the ink from the true path of the finger tip, and of the true path from the ink, per cent of the
          canvas width, with the constant offset of a take removed; `pen` is what the pen tells, `ink` the stroke that
          the drawing keeps
strokes   pen-downs of the scripts; missed ones; strokes that nobody wrote (stray), a stroke in two parts among them
lag       the shift in time that best lays the shown tip, predicted ends included, on the true one while the pen is
          down, at moments of display (25 and 42 ms after the picture was taken); camera frames

`--takes DIR` keeps what the tracker saw and takes it from there the next time.
"""

from __future__ import annotations

import pickle
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from judging import deliver, options
from numpy.typing import NDArray

from handplay.engine.coordinates import view_from_image
from handplay.engine.hands import INDEX_TIP, HandFrame
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.writing import TWO_FINGERS, Hand, Writing, handplay, letters, write
from handplay.engine.tracking.tracker import HandTracker, Networks, load_networks
from handplay.games.airdraw.bezier import through_points
from handplay.games.airdraw.game import HAND_INK
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.pen import Pens, PenSettings
from handplay.games.airdraw.pen_reach import WHOLE_FRAME, PenStyle, sights
from handplay.gestures.recognizer import Recognizer

Points = NDArray[np.float64]

ROOMS = ("room", "wall", "window", "shelf")
LINES = ("oc/vo-|", "z.o/c|v", "ccv-oz/", "|-/v.oo", "vzovzoc", "/-|.cov")
POSES: dict[PenStyle, tuple[str, str]] = {"pinch": ("pinch_open", "pinch"), "point": TWO_FINGERS}
AGES_S = (0.025, 0.042)
SHIFTS_S = np.arange(-0.05, 0.2, 0.001)


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """What the tracker saw of one script.

    Attributes:
        tips: (N, 2) true finger tip, canvas heights, one row a frame.
        down_s: when the pinch was closed.
    """

    name: str
    held_back: bool
    frames: tuple[HandFrame, ...]
    tips: Points
    down_s: tuple[tuple[float, float], ...]

    @property
    def times(self) -> Points:
        return np.array([frame.time_s for frame in self.frames])

    @property
    def aspect(self) -> float:
        return self.frames[0].width / self.frames[0].height


def scripts(seed: int, count: int, poses: tuple[str, str]) -> list[tuple[str, Writing, dict[str, Any]]]:
    """Name, writing, and settings of the camera."""
    rng = random.Random(seed)
    found: list[tuple[str, Writing, dict[str, Any]]] = []
    for number in range(count):
        camera = {"seed": rng.randrange(1000), "noise": rng.choice((0.5, 1.0, 1.5)), "width": 640, "height": 480}
        if number % 5 == 0:
            found.append((f"handplay {number}", handplay(poses=poses), camera | {"skin": number % 6}))
            continue
        lines = [LINES[rng.randrange(len(LINES))] for _ in range(2)]
        palm = rng.uniform(0.14, 0.2)
        hand = Hand(speed=rng.uniform(1.8, 3.0), palm=palm, close_s=rng.uniform(0.12, 0.24),
                    open_s=rng.uniform(0.12, 0.26), life=rng.uniform(0.1, 0.5))  # fmt: skip
        strokes = [*letters(lines[0], 0.5, 0.38, 0.085, 4 / 3), *letters(lines[1], 0.5, 0.6, 0.085, 4 / 3)]
        side = rng.choice(("Right", "Left"))
        written = write(strokes, name="writing", handedness=side, hand=hand, skin=number % 6,
                        background=rng.choice(ROOMS), poses=poses)  # fmt: skip
        found.append((f"{lines[0]} {lines[1]} {side}", written, camera))
    return found


def record(networks: Networks, writing: Writing, camera: dict[str, Any]) -> tuple[tuple[HandFrame, ...], Points]:
    """Tracks a script once."""
    source = DemoSource(script=writing.script, realtime=False, **camera)
    count = int(writing.script.duration_s * source.info.fps)
    frames, tips = [], []
    with HandTracker(2, networks=networks, smooth=True) as tracker:
        for _ in range(count):
            frame = source.read()
            assert frame is not None  # the demo has no end
            frames.append(tracker.track(frame.image, frame.time_s))
            points = source.truth()[0].landmarks_px
            view = view_from_image(points, source.info.width, source.info.height, mirrored=False)
            tips.append(view[INDEX_TIP] * (source.info.width / source.info.height, 1.0))
    return tuple(frames), np.array(tips, np.float64)


def takes(seed: int, count: int, folder: Path | None, style: PenStyle = "pinch") -> list[Take]:
    """All takes; every second one is held back."""
    networks: Networks | None = None
    found = []
    for number, (name, writing, camera) in enumerate(scripts(seed, count, POSES[style])):
        path = None if folder is None else folder / f"{style}-{seed}-{number}.pickle"
        if path is not None and path.exists():
            frames, tips = pickle.loads(path.read_bytes())  # our own file of an earlier run
        else:
            networks = networks or load_networks("full")
            frames, tips = record(networks, writing, camera)
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(pickle.dumps((frames, tips)))
        found.append(Take(name, number % 2 == 1, frames, tips, writing.down_s))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What the pen made of a take. strokes: (time_s, x, y) rows; shown: (time_s, x, y) while the pen is down."""

    strokes: tuple[Points, ...]
    ink: tuple[Points, ...]
    shown: Points
    presses: int


def draw(take: Take, settings: PenSettings) -> Drawn:
    """Plays a take to the pen."""
    recognizer, pens = Recognizer(), Pens(settings)
    rows: dict[int, list[tuple[float, float, float]]] = {}
    lives: dict[int, LiveStroke] = {}
    strokes, ink, shown, presses = [], [], [], 0
    for frame in take.frames:
        readings = recognizer.update(frame).readings
        seen = sights(frame, readings, reach=WHOLE_FRAME, canvas_aspect=take.aspect, style=settings.style)
        for event in pens.update(seen, frame.time_s):
            if event.kind == "press":
                presses += 1
            elif event.kind == "down":
                rows[event.hand_id] = []
                lives[event.hand_id] = LiveStroke("pen", (0, 0, 0), settings=HAND_INK)
            if event.kind in ("down", "move", "up"):
                rows[event.hand_id].append((event.time_s, event.x, event.y))
                lives[event.hand_id].add(event.x, event.y, event.time_s)
            if event.kind == "up":
                strokes.append(np.array(rows.pop(event.hand_id)))
                stroke = lives.pop(event.hand_id).finish()
                ink.append(_curve(stroke.points) if stroke is not None else strokes[-1][:, 1:])
        shown += [
            (frame.time_s + age_s, *pen.tip(age_s)) for pen in pens if pen.down and not _lost(pen) for age_s in AGES_S
        ]
    return Drawn(tuple(strokes), tuple(ink), np.array(shown).reshape(-1, 3), presses)


def _lost(pen: Any) -> bool:
    return bool(pen.contact.phase != "closed")


def _curve(points: NDArray[np.float32]) -> Points:
    if len(points) < 2:
        return np.asarray(points, np.float64)
    curves, _ = through_points(np.asarray(points, np.float64))
    if len(curves) == 0:
        return np.asarray(points, np.float64)
    t = np.linspace(0, 1, 9)[:-1, None]
    parts = [((1 - t) ** 3) * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d for a, b, c, d in curves]
    return np.vstack([*parts, curves[-1][3:]])


def pairs(take: Take, strokes: tuple[Points, ...]) -> tuple[dict[int, int], int]:
    """Scripted pen-down to the stroke that was drawn for it, and the number of strokes that belong to none."""
    found: dict[int, int] = {}
    stray = 0
    for number, stroke in enumerate(strokes):
        middle_s = (stroke[0, 0] + stroke[-1, 0]) / 2
        meant = [i for i, (a, b) in enumerate(take.down_s) if a - 0.1 <= middle_s <= b + 0.1]
        if meant and meant[0] not in found:
            found[meant[0]] = number
        else:
            stray += 1
    return found, stray


def distances(take: Take, lines: list[tuple[Points, Points]]) -> tuple[Points, Points]:
    """Of the ink from the truth, and of the truth from the ink, per cent of the canvas width, offset removed."""
    offset = np.zeros(2)
    for _ in range(8):  # nearest points, then the middle of what is left
        rests = []
        for ink, truth in lines:
            moved = ink - offset
            rests.append(moved - truth[np.argmin(((moved[:, None] - truth) ** 2).sum(axis=2), axis=1)])
        offset = offset + np.median(np.concatenate(rests), axis=0)
    there = np.concatenate([_apart(ink - offset, truth) for ink, truth in lines])
    back = np.concatenate([_apart(truth, ink - offset) for ink, truth in lines])
    return 100 * there / take.aspect, 100 * back / take.aspect


def _apart(points: Points, line: Points) -> Points:
    if len(line) == 1:
        return np.hypot(*(points - line[0]).T)
    a, way = line[:-1], np.diff(line, axis=0)
    t = ((points[:, None] - a) * way).sum(axis=2) / np.maximum((way**2).sum(axis=1), 1e-12)
    feet = a + np.clip(t, 0, 1)[..., None] * way
    return np.sqrt(((feet - points[:, None]) ** 2).sum(axis=2).min(axis=1))


def _even(points: Points, step: float = 0.002) -> Points:
    """The same line with points a small step apart, so that no part of it counts for more."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if length[-1] < step:
        return points[:1]
    at = np.linspace(0, length[-1], int(length[-1] / step) + 2)
    return np.stack([np.interp(at, length, points[:, 0]), np.interp(at, length, points[:, 1])], axis=1)


def _true_line(take: Take, start_s: float, end_s: float) -> Points:
    times = np.arange(start_s, end_s, 1 / 240)
    return np.stack([np.interp(times, take.times, take.tips[:, i]) for i in (0, 1)], axis=1)


def lag_s(take: Take, shown: Points) -> float:
    errors = []
    for shift in SHIFTS_S:
        true = np.stack([np.interp(shown[:, 0] - shift, take.times, take.tips[:, i]) for i in (0, 1)], axis=1)
        apart = shown[:, 1:] - true
        errors.append(float(((apart - np.median(apart, axis=0)) ** 2).sum(axis=1).mean()))
    return float(SHIFTS_S[int(np.argmin(errors))])


def figures(chosen: list[Take], settings: PenSettings) -> dict[str, Any]:
    """All figures of some takes together, and the worst single take."""
    trace: dict[str, list[Points]] = {"pen": [], "ink": []}
    scripted = missed = stray = accidents = 0
    lags, worst = [], []
    for take in chosen:
        drawn = draw(take, settings)
        found, more = pairs(take, drawn.strokes)
        scripted += len(take.down_s)
        missed += len(take.down_s) - len(found)
        stray += more
        accidents += drawn.presses - len(drawn.strokes)
        truth = {meant: _true_line(take, *take.down_s[meant]) for meant in found}
        for kind, lines in (("pen", tuple(s[:, 1:] for s in drawn.strokes)), ("ink", drawn.ink)):
            there, back = distances(take, [(_even(lines[number]), truth[meant]) for meant, number in found.items()])
            trace[kind].append(np.concatenate([there, back]))
        worst.append((float(np.percentile(trace["ink"][-1], 95)), take.name))
        frame_s = float(np.median(np.diff(take.times)))
        lags.append(lag_s(take, drawn.shown) / frame_s)
    return {
        "trace": {
            kind: {
                "median": round(float(np.median(np.concatenate(rows))), 3),
                "p95": round(float(np.percentile(np.concatenate(rows), 95)), 3),
                "max": round(float(np.concatenate(rows).max()), 3),
            }
            for kind, rows in trace.items()
        },
        "worst_take": {"p95": round(max(worst)[0], 3), "name": max(worst)[1]},
        "strokes": {"scripted": scripted, "missed": missed, "stray": stray, "touches_without_ink": accidents},
        "lag_frames": {"mean": round(float(np.mean(lags)), 2), "max": round(float(np.max(lags)), 2)},
    }


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--pen", choices=tuple(POSES), default="pinch", help="what puts the pen down")
    parser.add_argument("--takes", type=Path, metavar="DIR", help="where to keep what the tracker saw")
    arguments = parser.parse_args()
    found = takes(arguments.seed, 2 if arguments.quick else 18, arguments.takes, arguments.pen)
    settings = PenSettings.of(arguments.pen)
    report = {
        "limits": {"median": 0.6, "p95": 1.5, "lag_frames": 1.5, "missed": 0, "stray": 0},
        "all": figures(found, settings),
        "tuned": figures([take for take in found if not take.held_back], settings),
        "held_back": figures([take for take in found if take.held_back], settings),
    }
    deliver(report, arguments.json)


if __name__ == "__main__":
    main()
