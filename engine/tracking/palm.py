"""Palm detection: picture in, palms out. Letterbox, network, anchors, weighted non-maximum suppression."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32, Roi
from handplay.engine.hands import Palm
from handplay.engine.sources.base import Image
from handplay.engine.tracking.anchors import PALM_INPUT_PX, palm_anchors
from handplay.engine.tracking.crop import cut, letterbox, to_image_points
from handplay.engine.tracking.runtime import ImageModel
from handplay.engine.tracking.settings import PalmSettings

_LOGIT_CLIP = 100.0  # palm_detection_cpu.pbtxt: score_clipping_thresh


class PalmDetector:
    """The palm model and its decoding.

    Args:
        model: network with outputs (2016, 18) boxes and points and (2016, 1) score logits.
        settings: thresholds.
    """

    def __init__(self, model: ImageModel, settings: PalmSettings | None = None) -> None:
        self._model = model
        self._settings = settings or PalmSettings()
        self._anchors = palm_anchors()

    def detect(
        self, image: Image, region: Roi | None = None, *, min_score: float | None = None, exact: bool = False
    ) -> list[Palm]:
        """Finds palms.

        Args:
            image: uint8 (height, width, 3), BGR.
            region: square to look at (outside the picture is black), None for the whole picture.
            min_score: drop palms below it, None for the settings' own.
            exact: sample as MediaPipe does.

        Returns:
            Palms in image pixels, best first.
        """
        score = self._settings.min_score if min_score is None else min_score
        region = region or letterbox(image.shape[1], image.shape[0])
        boxes, scores = self._model.infer(cut(image, region, PALM_INPUT_PX, exact=exact, border_black=True))
        return decode(boxes, scores[:, 0], self._anchors, region, _logit(score), self._settings.nms_iou)


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def decode(
    raw: Float32, logits: Float32, anchors: Float32, region: Roi, min_logit: float, nms_iou: float
) -> list[Palm]:
    """Network outputs to palms.

    Args:
        raw: (n, 18): box centre, size and seven points relative to the anchors, in units of the input's pixels.
        logits: (n,) score logits.
        anchors: (n, 2) anchor centres, 0..1.
        region: the square that was looked at.
        min_logit: anchors below it are dropped.
        nms_iou: see `PalmSettings`.
    """
    keep = np.flatnonzero(logits >= min_logit)
    if keep.size == 0:
        return []
    clipped = np.clip(logits[keep].astype(np.float64), -_LOGIT_CLIP, _LOGIT_CLIP)
    scores = 1.0 / (1.0 + np.exp(-clipped))
    chosen = raw[keep].astype(np.float64).reshape(-1, 9, 2)
    origin = anchors[keep].astype(np.float64) * PALM_INPUT_PX
    centre, size = chosen[:, 0] + origin, chosen[:, 1]
    points = chosen[:, 2:] + origin[:, None]
    boxes = np.concatenate([centre - size / 2, centre + size / 2], axis=1)
    sane = (size > 0).all(axis=1)
    merged = _weighted_nms(boxes[sane], points[sane], scores[sane], nms_iou)
    return [_palm(box, seven, score, region) for box, seven, score in merged]


Float64 = NDArray[np.float64]
_Merged = tuple[Float64, Float64, float]


def _weighted_nms(
    boxes: Float64,
    points: Float64,
    scores: Float64,
    min_iou: float,
) -> list[_Merged]:
    """Overlapping proposals become their score-weighted mean under the best one's score (BlazeFace paper, 3.4)."""
    merged: list[_Merged] = []
    order = np.argsort(-scores, kind="stable")
    while order.size:
        overlap = _iou(boxes[order[0]], boxes[order])
        together = overlap > min_iou
        together[0] = True  # a box without area overlaps nothing, itself included
        group = order[together]
        weight = scores[group] / scores[group].sum()
        merged.append((weight @ boxes[group], np.tensordot(weight, points[group], axes=1), float(scores[order[0]])))
        order = order[~together]
    return merged


def _iou(box: Float64, others: Float64) -> Float64:
    inner = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    shared = np.prod(np.maximum(inner, 0.0), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1) + np.prod(box[2:] - box[:2]) - shared
    ratio: Float64 = shared / np.maximum(areas, 1e-9)
    return ratio


def _palm(
    box: Float64,
    points: Float64,
    score: float,
    region: Roi,
) -> Palm:
    corners = to_image_points(box.reshape(2, 2).astype(np.float32), region, PALM_INPUT_PX)
    x0, y0, x1, y1 = (float(value) for value in corners.ravel())
    return Palm((x0, y0, x1, y1), to_image_points(points.astype(np.float32), region, PALM_INPUT_PX), score)
