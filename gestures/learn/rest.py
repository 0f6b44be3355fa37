"""Hands at ease, which show nothing: how near to its samples a template may reach without taking them.

A relaxed hand is half way to many shapes, so a template of one of those would light up whenever nobody means anything.
The model hand of the metric lies at ease here in every way that hands do: flat or loosely bent, each finger a little
more than its neighbour towards the little one, turned this way and that. Its bones are left as they are: what varies
from person to person would only push all of these hands away from any sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import LANDMARK_COUNT
from handplay.gestures.kinds import Gesture, Template
from handplay.gestures.learn.features import features, flattened, is_flat
from handplay.gestures.learn.judging import ShapeJudge
from handplay.gestures.learn.metric import MetricSettings, eased_hands, whitening
from handplay.gestures.learn.prototypes import INSIDE, WIDER, away_from, distances
from handplay.gestures.learn.templates import TemplateSettings

_HANDS = 500
_TURNED = MetricSettings(
    tilt_deg=25.0, lean_deg=20.0, bend_deg=1.5, splay_deg=1.0, bone=0.02, knuckle=0.006, thumb=0.06, squash=0.08,
    jitter=0.005,
)  # fmt: skip
_EASE = (0.2, 0.9)
_CASCADE = np.array([-0.15, 0.0, 0.1, 0.1])
"""How much more each long finger is bent than the middle one, of half bent."""
_TAKEN = 0.02
"""Share of the hands at ease that may lie within, before the distance is kept."""
_KEPT_FREE = 0.85
"""Of the distance of the nearest ones: real hands at ease lie nearer than the model's."""
REST_TAKEN = 0.05
"""From this share on a recorded template is said to be a hand at rest."""
REST_TOLD = 0.15
"""And a trained gesture: the built-in open hand gets a tenth of the model's hands, those that lie nearly flat."""
LEAST_RADIUS = 0.3
"""A person who shows a gesture again does not come nearer than this, turned by a few degrees."""


@cache
def resting_hands() -> Float32:
    """Right hands at ease, float32 (N, 21, 3)."""
    rng = np.random.default_rng(0)
    ease = rng.uniform(*_EASE, (_HANDS, 1)) + np.concatenate([[0.0], _CASCADE]) + rng.normal(0, 0.07, (_HANDS, 5))
    ease[:, 0] = rng.uniform(0, 0.9, _HANDS)
    hands: Float32 = eased_hands(ease, _TURNED, rng).astype(np.float32)
    hands.setflags(write=False)
    return hands


@cache
def _resting_rows(flat: bool) -> Float32:
    hands = flattened(resting_hands()) if flat else resting_hands()
    return np.asarray(features(hands) @ whitening(flat), np.float32)


def rest_limit(rows: Float32, *, flat: bool) -> float:
    """The largest radius about these samples that leaves hands at ease out.

    Args:
        rows: (N, F), right hands, in the coordinates of the metric.
        flat: they have no depth.
    """
    near = distances(_resting_rows(flat), rows).min(axis=1)
    return _KEPT_FREE * float(np.quantile(near, _TAKEN))


def short_of_rest(radius: float, rows: Float32, samples: Float32, *, flat: bool) -> float:
    """The radius of a trained template, smaller if hands at ease would be taken otherwise; nearly all of its own
    examples stay within, for those were shown by people who meant it.

    Args:
        rows: (N, F) of its examples, in the coordinates of the metric.
        samples: (M, F) of those that stand for all.
    """
    away = away_from(rows, samples)
    needed = WIDER * float(np.quantile(away, INSIDE)) if len(away) else 0.0
    return min(radius, max(LEAST_RADIUS, needed, rest_limit(samples, flat=flat)))


def rest_share(template: Template) -> float:
    """Share of the hands at ease that a template without weights takes, 0..1."""
    near = distances(_resting_rows(_is_flat(template)), _rows(template)).min(axis=1)
    return float((near < (template.radius or TemplateSettings().radius)).mean())


def shown_at_rest(gestures: Sequence[Gesture]) -> dict[str, float]:
    """What hands at ease would be taken for, were these the only gestures: name to share of the hands, 0..1."""
    judge = ShapeJudge(gestures, to_begin=True)
    seen = Counter(found.name for hand in resting_hands() if (found := judge.best(hand, "Right")) is not None)
    return {name: count / len(resting_hands()) for name, count in seen.items()}


def kept_from_rest(template: Template) -> Template:
    """The template, with a smaller radius if hands at ease would be taken otherwise."""
    limit = rest_limit(_rows(template), flat=_is_flat(template))
    if limit >= (template.radius or TemplateSettings().radius):
        return template
    return replace(template, radius=round(max(LEAST_RADIUS, limit), 3))


def _samples(template: Template) -> Float32:
    return np.array(template.samples, np.float32).reshape(-1, LANDMARK_COUNT, 3)


def _is_flat(template: Template) -> bool:
    return all(is_flat(sample) for sample in _samples(template))


def _rows(template: Template) -> Float32:
    rows: Float32 = features(_samples(template), template.sample_hand == "left") @ whitening(_is_flat(template))
    return rows
