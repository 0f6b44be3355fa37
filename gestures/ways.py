"""All straight lines between landmarks that the measures are built from, taken from a hand in one matrix product.

A way is the vector from one landmark to another. Nearly every measure is the length of a way or the angle between two,
and both are products of two ways. So a hand is multiplied by a matrix of two halves, and the halves by each other,
column by column: in the first `COUNT` columns each way meets itself, in the `HELD` behind them another one. A way may
stand in several columns; that costs less than to look it up.
"""

from __future__ import annotations

import itertools

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT
from handplay.gestures.settings import PAIRS

TIPS, BASES = (4, 8, 12, 16, 20), (2, 5, 9, 13, 17)
_Way = tuple[int, int]

_BONES: list[list[_Way]] = [
    [(0 if bone == 0 else 4 * finger + bone + 4, 4 * finger + bone + 5) for finger in range(4)] for bone in range(4)
]
"""Metacarpal to last bone, each of index to little finger."""
_FINGERS: list[_Way] = list(zip(BASES, TIPS, strict=True))
_KNUCKLES: _Way = (17, 5)
_SEGMENTS: list[_Way] = [way for bone in (3, 2, 1) for way in _BONES[bone]]
"""The bones of the long fingers: last ones, middle ones, first ones."""

# What is held against what: (first, second).
_BENDS = [(before, after) for bone in range(3) for before, after in zip(_BONES[bone], _BONES[bone + 1], strict=True)]
_THUMB = [((1, 2), (2, 3)), ((2, 3), (3, 4)), ((2, 4), _KNUCKLES), ((5, 4), _KNUCKLES)]
_NEIGHBOURS = list(itertools.pairwise(_FINGERS))
_THUMB_TO_SEGMENT = [((start, 4), (start, end)) for start, end in _SEGMENTS]
_HELD = [*_BENDS, *_THUMB, *_NEIGHBOURS, *_THUMB_TO_SEGMENT]
_TIP_WAYS = [(TIPS[b], TIPS[a]) for a, b in PAIRS]
_BASE_WAYS = [(BASES[b], BASES[a]) for a, b in PAIRS if a > 0]

_COLUMNS: list[_Way] = [
    *(second for _, second in _HELD),
    *(first for first, _ in _HELD),
    *_TIP_WAYS,
    (7, 4),
    *(way for way, (a, _) in zip(_TIP_WAYS, PAIRS, strict=True) if a > 0),
    *_BASE_WAYS,
    *_FINGERS,
    _KNUCKLES,
]

HELD = len(_HELD)
"""So many pairs; the second of each come first among the columns, then the first ones."""
ANGLES = HELD - len(_THUMB_TO_SEGMENT)
"""Of these the angle counts: 12 bends (MCP, PIP, DIP of index to little finger), the thumb's, neighbouring fingers'."""
BENDS, THUMB, NEIGHBOURS = slice(0, 12), slice(12, 16), slice(16, ANGLES)
MCPS = slice(0, 4)
ALONG, TO = slice(ANGLES, HELD), slice(HELD + ANGLES, 2 * HELD)
"""The segments, and the way from the start of each to the tip of the thumb."""
METACARPALS = slice(HELD, HELD + 4)
NEAR = slice(TO.start, 2 * HELD + len(_TIP_WAYS) + 1)
"""From here on: segments to thumb tip (12), pairs of tips (10), thumb tip and index DIP."""
APART = slice(NEAR.stop, NEAR.stop + len(_BASE_WAYS))
APART_BASES = slice(APART.stop, APART.stop + len(_BASE_WAYS))
"""Tips and MCPs of the pairs without the thumb."""
SEEN = slice(APART_BASES.stop, APART_BASES.stop + 7)
"""The five fingers, the knuckle line, and the palm: wrist to the MCPs of index and little finger."""
COUNT = SEEN.stop


ALL = COUNT + HELD


def _matrix(columns: list[_Way]) -> Float32:
    """What turns 21 points into ways: -1 where a way begins, 1 where it ends."""
    matrix = np.zeros((LANDMARK_COUNT, len(columns)), np.float32)
    for column, (start, end) in enumerate(columns):
        matrix[start, column], matrix[end, column] = -1, 1
    return matrix


_PALM = np.zeros((LANDMARK_COUNT, 1), np.float32)
_PALM[[0, 5, 17], 0] = -2, 1, 1
_EACH = np.concatenate((_matrix(_COLUMNS), _PALM), axis=1)
MATRIX = np.concatenate(
    (_EACH, _matrix([first for first, _ in _HELD]), _EACH, _matrix([second for _, second in _HELD])), axis=1
)
"""float32 (21, 2 ALL): the one factor of each product, and behind them the other."""


def contact_columns() -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True for the products that tell what touches, (ALL,)."""
    columns = np.zeros(ALL, np.bool_)
    columns[ALONG] = columns[NEAR] = columns[COUNT + ANGLES :] = True
    return columns
