"""Decoding of the palm model's outputs, with outputs made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.tracking.anchors import palm_anchors
from handplay.engine.tracking.palm import PalmDetector, decode
from handplay.engine.tracking.settings import PalmSettings

SQUARE = Roi(96, 96, 192, 0)


def outputs(*palms: tuple[float, float, float, float]) -> tuple[Float32, Float32]:
    """Raw outputs with one anchor lit for each (centre x, centre y, size, logit), in input pixels."""
    raw, logits = np.zeros((2016, 18), np.float32), np.full((2016,), -50, np.float32)
    anchors = palm_anchors() * 192
    for number, (x, y, size, logit) in enumerate(palms):
        raw[number, :2] = (x, y) - anchors[number]
        raw[number, 2:4] = size
        raw[number, 4:] = np.tile((x, y) - anchors[number], 7)
        logits[number] = logit
    return raw, logits


def decoded(
    *palms: tuple[float, float, float, float], region: Roi = SQUARE, min_logit: float = 0.0
) -> list[tuple[tuple[float, float, float, float], float]]:
    raw, logits = outputs(*palms)
    return [(p.box, p.score) for p in decode(raw, logits, palm_anchors(), region, min_logit, 0.3)]


def test_nothing_lit_is_no_palm() -> None:
    assert decoded() == []


def test_one_palm_lands_where_it_is() -> None:
    ((box, score),) = decoded((50, 60, 20, 2))
    assert box == pytest.approx((40, 50, 60, 70), abs=1e-3)
    assert score == pytest.approx(1 / (1 + np.exp(-2)))


def test_region_is_undone() -> None:
    ((box, _),) = decoded((96, 96, 48, 2), region=Roi(400, 300, 384, 0))
    assert box == pytest.approx((352, 252, 448, 348), abs=1e-3)


def test_overlapping_proposals_become_their_weighted_mean_under_the_best_score() -> None:
    ((box, score),) = decoded((50, 50, 20, 0), (54, 50, 20, 100))
    high, low = 1.0, 0.5
    middle = (50 * low + 54 * high) / (low + high)
    assert (box[0] + box[2]) / 2 == pytest.approx(middle, abs=1e-3)
    assert score == pytest.approx(high)


def test_apart_they_stay_two_best_first() -> None:
    found = decoded((30, 30, 20, 1), (120, 120, 20, 3))
    assert [round(box[0]) for box, _ in found] == [110, 20]


@pytest.mark.parametrize(("logit", "count"), [(-0.01, 0), (0.0, 1)], ids=["below", "at"])
def test_threshold_is_inclusive(logit: float, count: int) -> None:
    assert len(decoded((50, 50, 20, logit))) == count


def test_a_box_without_area_is_dropped() -> None:
    assert decoded((50, 50, 0, 5)) == []


class OnePalm:
    """A network that sees one palm in the middle and keeps what it was shown."""

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        self.shown = picture
        raw, logits = outputs((96, 96, 24, 4))
        return raw, logits[:, None]


def test_detector_letterboxes_and_undoes_it() -> None:
    network = OnePalm()
    (palm,) = PalmDetector(network).detect(np.full((360, 640, 3), 255, np.uint8))
    assert network.shown.shape == (192, 192, 3)
    assert network.shown[0].max() == 0  # black above a wide picture
    assert network.shown[96].min() == 255
    assert palm.box == pytest.approx((280, 140, 360, 220), abs=0.01)


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0])
def test_settings_refuse_nonsense(value: float) -> None:
    with pytest.raises(ValueError, match=r"PalmSettings\.min_score: got .*wanted a number between 0 and 1"):
        PalmSettings(min_score=value)
