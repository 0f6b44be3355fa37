"""What counts as different: distances between hands in which a tilt or a slightly bent finger weighs little.

A model hand, built from bones, takes every pose that fingers can take, and each pose is shown many times as people
show it: tilted, leaning, with joints a little off, by longer and shorter fingers, seen with jitter. How features
scatter while the pose is the same is the unit of distance (Mahalanobis), so nothing here was learned from anybody's
hands. On the tables it takes two thirds of the mistakes away that plain distances make.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT
from handplay.gestures.learn.features import FEATURES, features

_Float64 = NDArray[np.float64]

_MCP = np.array([(0.30, -0.95, 0.0), (0.08, -1.00, 0.0), (-0.14, -0.93, 0.0), (-0.34, -0.82, 0.0)])
_BONES = np.array([(0.45, 0.27, 0.22), (0.50, 0.31, 0.23), (0.46, 0.29, 0.23), (0.36, 0.21, 0.20)])
_SPLAY = np.radians([8.0, 0.0, -8.0, -18.0])
_BENDS = np.radians([(3.0, 5.0, 3.0), (35.0, 48.0, 26.0), (75.0, 95.0, 55.0)])
_THUMB = np.array(
    [
        [(0.24, -0.22, -0.04), (0.46, -0.44, -0.07), (0.70, -0.60, -0.09), (0.90, -0.74, -0.10)],
        [(0.22, -0.24, -0.05), (0.38, -0.48, -0.10), (0.43, -0.72, -0.14), (0.42, -0.93, -0.16)],
        [(0.20, -0.24, -0.08), (0.36, -0.48, -0.20), (0.20, -0.66, -0.34), (-0.04, -0.68, -0.36)],
    ]
)
"""A right hand with its palm to the camera, palm lengths: knuckles, bones and splay of the long fingers; bends (MCP,
PIP, DIP) and the thumb's joints, each straight, half and curled."""


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """How much a pose varies while it is the same, standard deviations.

    Chosen by cross-validation on one half of four tables; they form a plateau on which macro-F1 stays within 0.01.

    Attributes:
        tilt_deg, lean_deg: the hand out of the picture's plane, and in it.
        bend_deg, splay_deg: of each joint; of each finger sideways.
        bone, knuckle, thumb: lengths of bones (relative), places of knuckles and of the thumb's tip (palm lengths).
        squash: width over height (relative), of tables and cameras whose pixels are not square.
        jitter: of every landmark, palm lengths.
        depth: the share of depth that published landmarks show.
        floor: added to every direction, as a share of the mean variance.
        poses, shows: how many poses are drawn, and how often each is shown.
    """

    tilt_deg: float = 15.0
    lean_deg: float = 12.0
    bend_deg: float = 5.0
    splay_deg: float = 3.0
    bone: float = 0.07
    knuckle: float = 0.02
    thumb: float = 0.2
    squash: float = 0.15
    jitter: float = 0.015
    depth: float = 0.5
    floor: float = 0.3
    poses: int = 120
    shows: int = 30


@cache
def whitening(flat: bool, settings: MetricSettings | None = None) -> Float32:
    """The matrix that turns features into coordinates whose distances are the metric's: `features @ whitening`.

    Two shows of one pose lie about 1 apart.

    Args:
        flat: for hands without depth.

    Returns:
        float32 (62, 62).
    """
    s = settings or MetricSettings()
    rng = np.random.default_rng(0)
    states = np.repeat(rng.integers(0, 3, (s.poses, 5)), s.shows, axis=0)
    hands = model_hands(states, s, rng)
    if flat:
        hands[:, :, 2] = 0.0
    rows = features(hands.astype(np.float32)).astype(np.float64).reshape(s.poses, s.shows, FEATURES)
    apart = (rows - rows.mean(axis=1, keepdims=True)).reshape(-1, FEATURES)
    scatter = apart.T @ apart / (s.poses * (s.shows - 1))
    scatter += s.floor * np.trace(scatter) / FEATURES * np.eye(FEATURES)
    values, vectors = np.linalg.eigh(scatter)
    root: Float32 = ((vectors / np.sqrt(2 * FEATURES * values)) @ vectors.T).astype(np.float32)
    return root


def model_hands(states: NDArray[np.int64], s: MetricSettings, rng: np.random.Generator) -> _Float64:
    """A hand for each row of finger states (N, 5), a little different every time: (N, 21, 3)."""
    splays = np.broadcast_to(_SPLAY, (len(states), 4))
    return _shown(_THUMB[states[:, 0]], splays, _BENDS[states[:, 1:]], s, rng)


def eased_hands(ease: _Float64, s: MetricSettings, rng: np.random.Generator) -> _Float64:
    """The same of hands whose fingers are anywhere between straight and half bent, lying nearer to each other the more
    they are bent.

    Args:
        ease: (N, 5), 0 straight to 1 half bent, for each finger; of the thumb, how far it lies along the palm.
    """
    thumbs = (1 - ease[:, :1, None]) * _THUMB[0] + ease[:, :1, None] * _THUMB[1]
    splays = _SPLAY * (1 - 0.8 * np.clip(ease[:, 1:], 0, 1))
    bends = (1 - ease[:, 1:, None]) * _BENDS[0] + ease[:, 1:, None] * _BENDS[1]
    return _shown(thumbs, splays, bends, s, rng)


def _shown(
    thumbs: _Float64, splays: _Float64, bends: _Float64, s: MetricSettings, rng: np.random.Generator
) -> _Float64:
    """Hands of these joints, as people show them.

    Args:
        thumbs: (N, 4, 3) joints of the thumb.
        splays, bends: (N, 4) and (N, 4, 3) of the long fingers, radians.
    """
    count = len(thumbs)
    hands = np.zeros((count, LANDMARK_COUNT, 3))
    hands[:, 1:5] = thumbs + np.cumsum(rng.normal(0, s.thumb / 2, (count, 4, 3)), axis=1)
    for finger in range(4):
        splay = splays[:, finger] + np.radians(rng.normal(0, s.splay_deg, count))
        ahead = np.stack([np.sin(splay), -np.cos(splay), np.zeros(count)], axis=1)
        at = _MCP[finger] + rng.normal(0, s.knuckle, (count, 3))
        bones = _BONES[finger] * np.exp(rng.normal(0, s.bone, (count, 1)))
        bent = np.cumsum(bends[:, finger] + np.radians(rng.normal(0, s.bend_deg, (count, 3))), axis=1)
        hands[:, 5 + 4 * finger] = at
        for joint in range(3):
            bend = bent[:, joint : joint + 1]
            at = at + bones[:, joint : joint + 1] * (np.cos(bend) * ahead - np.sin(bend) * np.array([0.0, 0.0, 1.0]))
            hands[:, 6 + 4 * finger + joint] = at
    yaw, pitch = np.radians(rng.normal(0, s.tilt_deg, (2, count)))
    roll = np.radians(rng.normal(0, s.lean_deg, count))
    hands = turned(hands, roll, yaw, pitch)
    hands[:, :, 0] *= np.exp(rng.normal(0, s.squash, (count, 1)))
    hands[:, :, 2] *= s.depth
    return hands + rng.normal(0, s.jitter, hands.shape)


def turned(hands: _Float64, roll: _Float64, yaw: _Float64, pitch: _Float64) -> _Float64:
    """Hands (N, 21, 3) turned about the origin by angles (N,), radians: pitch, then yaw, then roll (clockwise)."""
    x, y, z = hands[:, :, 0], hands[:, :, 1], hands[:, :, 2]
    cos, sin = np.cos(pitch)[:, None], np.sin(pitch)[:, None]
    y, z = cos * y - sin * z, sin * y + cos * z
    cos, sin = np.cos(yaw)[:, None], np.sin(yaw)[:, None]
    x, z = cos * x + sin * z, cos * z - sin * x
    cos, sin = np.cos(roll)[:, None], np.sin(roll)[:, None]
    x, y = cos * x - sin * y, sin * x + cos * y
    return np.stack([x, y, z], axis=2)
