"""Whatever a tracker or a recording tells, the recognizer and its explanations go on."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.explain import Explainer
from handplay.gestures.kinds import Motion, Template
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.recognizer import Recognizer

STEPS_S = (1 / 30, 1 / 60, 0.1, 0.4, 0.9, 0.0, -0.2)
"""Between frames: as usual, a stutter, a pause, the same moment again, a clock that goes back."""


def crowded(builders: ModuleType, rng: np.random.Generator) -> Library:
    """The built-in gestures, a template and a recorded path."""
    sample = tuple(builders.show(str(rng.choice(list(builders.POSES)))).landmarks_px.ravel().tolist())
    path = tuple((float(x), float(y)) for x, y in np.cumsum(rng.normal(0, 0.3, (20, 2)), axis=0))
    library = builtin_library()
    return replace(
        library, gestures=(*library.gestures, Template("t", samples=(sample,)), Motion("p", samples=(path,)))
    )


def any_hand(builders: ModuleType, rng: np.random.Generator, hand_id: int) -> Hand:
    hand: Hand = builders.show(
        str(rng.choice(list(builders.POSES))),
        str(rng.choice(["Left", "Right"])),
        at=tuple(rng.uniform(-200, 900, 2)),
        palm_px=float(10 ** rng.uniform(-2, 4)),
        hand_id=hand_id,
        world=bool(rng.integers(2)),
    )
    points = hand.landmarks_px.copy()
    match rng.integers(10):
        case 0:
            points[rng.integers(21)] = np.nan
        case 1:
            points[:] = points[0]
        case 2:
            points *= np.float32(1e30)
        case 3:
            points[:] = np.inf
        case 4:
            points[:, 2] = 0
        case _:
            pass
    return replace(hand, landmarks_px=points)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("seed", range(8))
def test_no_hand_is_too_odd(builders: ModuleType, seed: int) -> None:
    rng = np.random.default_rng(seed)
    library = crowded(builders, rng)
    recognizer, time_s = Recognizer(library), 0.0
    explainers = [Explainer(library, library.gestures[place]) for place in rng.choice(len(library.gestures), 2)]
    for index in range(150):
        ids = sorted({int(rng.integers(1, 4)) for _ in range(rng.integers(0, 4))})
        hands = tuple(any_hand(builders, rng, hand_id) for hand_id in ids)
        time_s += float(rng.choice(STEPS_S, p=(0.6, 0.1, 0.1, 0.05, 0.05, 0.06, 0.04)))
        frame = HandFrame(index, time_s, 640, 480, bool(rng.integers(2)), hands)
        told = recognizer.update(frame)
        assert [reading.hand_id for reading in told.readings] == ids
        for explainer in explainers:
            json.dumps([one.to_json() for one in explainer.look(frame)], allow_nan=False)
