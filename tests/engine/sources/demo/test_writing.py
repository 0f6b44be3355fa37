"""The hand that writes: where its finger is when, and that the pen writes what it wrote."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from handplay.engine.coordinates import view_from_image
from handplay.engine.hands import INDEX_TIP
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.writing import (
    GLYPHS,
    TWO_FINGERS,
    Hand,
    handplay,
    letters,
    sampled,
    tip_in_view,
    write,
)
from handplay.engine.tracking.tracker import HandTracker
from handplay.games.airdraw.bezier import flatten, through_points
from handplay.games.airdraw.game import HAND_INK
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.pen import Pens, PenSettings
from handplay.games.airdraw.pen_reach import WHOLE_FRAME, PenStyle, sights
from handplay.gestures.recognizer import Recognizer

SIZE = (640, 480)
ASPECT = SIZE[0] / SIZE[1]


@pytest.mark.parametrize("character", GLYPHS)
def test_glyphs_are_small_steps_within_their_lines(character: str) -> None:
    for stroke in GLYPHS[character]:
        points = sampled(stroke)
        assert points[0] == pytest.approx(stroke[0])
        assert points[:, 1].min() >= -1.76
        assert points[:, 1].max() <= 0.85
        if len(points) > 1:
            assert np.hypot(*np.diff(points, axis=0).T).max() < 0.12


def test_unknown_characters_are_refused() -> None:
    with pytest.raises(ValueError, match=r"got 'Q', wanted one of h a n d"):
        letters("Q", 0.5, 0.5, 0.1, ASPECT)


def test_the_finger_is_on_the_stroke_while_the_pinch_is_closed() -> None:
    writing = write(letters("ol", 0.5, 0.5, 0.1, ASPECT), hand=Hand(life=0.0))
    (track,) = writing.script.tracks
    offsets = []
    for (start_s, end_s), stroke in zip(writing.down_s, writing.strokes, strict=True):
        for time_s in np.linspace(start_s, end_s, 30):
            moment = track.at(float(time_s))
            assert moment.pose == "pinch"
            tip = np.array(tip_in_view(track, moment, SIZE))
            apart = (stroke - tip) * (ASPECT, 1.0)
            offsets.append(apart[np.argmin(np.hypot(*apart.T))])
    # The picture of a hand changes a little with its place: perspective.
    assert np.hypot(*np.array(offsets).T).max() < 0.03


def test_strokes_do_not_overlap_and_the_hand_keeps_within_an_arms_speed() -> None:
    writing = handplay()
    times = [time_s for pair in writing.down_s for time_s in pair]
    assert times == sorted(times)
    assert len(writing.down_s) == 9
    assert writing.down_s[-1][1] < writing.script.duration_s
    (track,) = writing.script.tracks
    places = [(k.time_s, k.x * ASPECT, k.y) for k in track.keys]
    for (a, ax, ay), (b, bx, by) in itertools.pairwise(places):
        assert np.hypot(bx - ax, by - ay) / track.keys[0].palm / (b - a) < 12


@pytest.mark.parametrize(("style", "poses"), [("pinch", ("pinch_open", "pinch")), ("point", TWO_FINGERS)])
def test_what_is_drawn_is_what_the_script_wrote(style: PenStyle, poses: tuple[str, str]) -> None:
    """Through the real tracker: the two letters lie on the true path of the finger, and nothing else does."""
    writing = write(letters("ol", 0.5, 0.55, 0.12, ASPECT), start_s=0.8, rest_s=0.2, poses=poses)
    source = DemoSource(script=writing.script, realtime=False, width=SIZE[0], height=SIZE[1], seed=2)
    recognizer, pens = Recognizer(), Pens(PenSettings.of(style))
    live: LiveStroke | None = None
    strokes, truth = [], []
    with HandTracker(1, smooth=True) as tracker:
        for _ in range(int(writing.script.duration_s * 30)):
            picture = source.read()
            assert picture is not None
            frame = tracker.track(picture.image, picture.time_s)
            view = view_from_image(source.truth()[0].landmarks_px, *SIZE, mirrored=False)[INDEX_TIP]
            truth.append((picture.time_s, *(view * (ASPECT, 1.0)).tolist()))
            readings = recognizer.update(frame).readings
            seen = sights(frame, readings, reach=WHOLE_FRAME, canvas_aspect=ASPECT, style=style)
            for event in pens.update(seen, frame.time_s):
                if event.kind == "down":
                    live = LiveStroke("pen", (0, 0, 0), settings=HAND_INK)
                if event.kind in ("down", "move") and live is not None:
                    live.add(event.x, event.y, event.time_s)
                if event.kind == "up" and live is not None:
                    strokes.append(live.finish())
    assert len(strokes) == len(writing.down_s) == 2
    path = np.array(truth)
    for stroke, (start_s, end_s) in zip(strokes, writing.down_s, strict=True):
        assert stroke is not None
        times = np.arange(start_s, end_s, 1 / 240)
        line = np.stack([np.interp(times, path[:, 0], path[:, i]) for i in (1, 2)], axis=1)
        drawn, _ = flatten(through_points(stroke.points.astype(np.float64))[0], 1e-4)
        apart = np.hypot(*(drawn[:, None] - line).transpose(2, 0, 1))
        assert np.median(apart.min(axis=1)) / ASPECT < 0.006
        assert np.percentile(apart.min(axis=0), 95) / ASPECT < 0.03  # all of it was drawn
