"""Anchors of the palm model: the fixed centres that its 2016 outputs are relative to."""

from __future__ import annotations

import numpy as np

from handplay.engine.coordinates import Float32

PALM_INPUT_PX = 192
_LAYERS = ((8, 2), (16, 6))
"""(stride in input pixels, anchors a cell), as the model was trained; all anchors have size 1."""


def palm_anchors() -> Float32:
    """Centres as float32 (2016, 2), x and y in 0..1 of the input square, in the order of the model's outputs."""
    layers = []
    for stride, per_cell in _LAYERS:
        cells = PALM_INPUT_PX // stride
        centre = (np.arange(cells, dtype=np.float32) + np.float32(0.5)) / np.float32(cells)
        y, x = np.meshgrid(centre, centre, indexing="ij")
        layers.append(np.repeat(np.stack([x, y], axis=-1).reshape(-1, 2), per_cell, axis=0))
    return np.concatenate(layers)
