"""Gestures made of what was recorded: a pose in words, a template of a few samples, or a motion of a few paths."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from handplay.engine.coordinates import Float32
from handplay.engine.hands import Handedness, HandFrame
from handplay.gestures.conditions import conditions_of
from handplay.gestures.kinds import Gesture, Motion, Pose, Template
from handplay.gestures.learn.augment import AugmentSettings, augmented
from handplay.gestures.learn.features import features, is_flat
from handplay.gestures.learn.judging import ShapeJudge, is_shape
from handplay.gestures.learn.metric import whitening
from handplay.gestures.learn.performances import Performance, resampled
from handplay.gestures.learn.prototypes import medoids
from handplay.gestures.learn.rest import REST_TAKEN, kept_from_rest, rest_share
from handplay.gestures.learn.rules import Facts, RuleSettings, candidates, describe, facts_of_samples, facts_of_table
from handplay.gestures.learn.sampling import HandSample
from handplay.gestures.learn.separation import CLEAR, Separation, motion_separation, separation
from handplay.gestures.library import Library
from handplay.gestures.overlap_relation import relate_poses
from handplay.gestures.overlap_remedy import added_keys

SAMPLES_KEPT = 8
"""Of one recorded template."""
LEAST_BITS = 4.0
"""Words that narrow down less (three of five fingers in one state each have 4.8) describe half of all hands."""
LEAST_OWN = 0.85
"""Share of the samples, turned and tilted ones too, that a pose in words must get."""
PLAIN_OWN = 0.92
"""Above this no more words are looked for: a readable row is worth more."""
_WORTH = 0.02
"""What a word must gain of it."""
_RULES = RuleSettings(covered=0.9)
_VARIED = AugmentSettings(copies=2, squash=0.0, tilt_deg=10.0, noise=0.004)
"""Samples of a tracker bring their own noise; more of it would bend straight fingers."""
_MOST_WORDS = 3
_LOST = 0.1
"""Of the samples of a template: fewer are no news."""
_NEAR_REST = 0.6
"""Radius of a template that is called near a hand at rest: two shows of one gesture lie 0.4 to 0.8 apart."""
_ALWAYS = 0.97
"""Share of the samples in which a word that is advised was true."""
_NEIGHBOURS = ((1, 2), (2, 3), (3, 4))
_CURLED, _BENT = frozenset({"curled"}), frozenset({"half", "curled"})
_ARMS = [5, 9, 17]


class NothingRecorded(ValueError):
    """There was too little to make a gesture of; the message says what was wrong."""


def shape_of(
    name: str, samples: Sequence[HandSample], library: Library, want: Literal["auto", "pose", "template"] = "auto"
) -> tuple[Gesture, tuple[str, ...]]:
    """A pose or template of held samples, and sentences about it.

    Raises:
        NothingRecorded: a pose is wanted, and no words hold for all samples.
    """
    if want != "template":
        pose = _pose_of(name, samples, library)
        told = sum(condition.bits for condition in conditions_of(pose))
        if told:
            apart = separation(pose, samples, library)
            if want == "pose" or (told >= LEAST_BITS and apart.own >= LEAST_OWN and apart.taken <= 1 - LEAST_OWN):
                report = (f"A pose in words: {_words(pose)}.", apart.sentence, _narrower(pose, samples, library))
                return pose, tuple(filter(None, report))
        elif want == "pose":
            raise NothingRecorded(
                "No finger state was the same all the time. Hold the hand in one shape, or record a template."
            )
    points = np.stack([sample.image_points for sample in samples])
    wide = template_of(name, points, [sample.handedness for sample in samples])
    template = kept_from_rest(wide)
    apart = separation(template, samples, library)
    what = f"A template of {len(template.samples)} samples out of {len(samples)}."
    return template, (what, apart.sentence, *_near_rest(template, wide, apart, samples, library))


def _near_rest(
    template: Template, wide: Template, apart: Separation, samples: Sequence[HandSample], library: Library
) -> tuple[str, ...]:
    """A sentence where a hand at ease is so near that the template may not reach as far as others do."""
    name, taken = template.name, rest_share(template)
    if taken >= REST_TAKEN:
        return (f"A hand at rest looks like {name} and will show it too: hold the fingers more firmly than at rest.",)
    if not 0 < template.radius < _NEAR_REST:
        return ()
    lost = separation(wide, samples, library).own - apart.own
    if lost >= _LOST:
        what = f"so {lost:.0%} of the samples, turned a little, are not taken for it any more"
        return (f"A hand at rest is near {name}, {what}: hold the fingers more firmly than at rest.",)
    return (f"A hand at rest is near {name}: show it plainly, and as you did now.",)


def _pose_of(name: str, samples: Sequence[HandSample], library: Library) -> Pose:
    """Finger states, and a few more words if other gestures would take the samples without them."""
    points = np.stack([sample.image_points for sample in samples])
    sides = [sample.handedness for sample in samples]
    varied = augmented(points, 0, _VARIED)[len(samples) :]
    seen, more = facts_of_samples(samples), facts_of_table(varied, sides * _VARIED.copies)
    facts = Facts(np.concatenate([seen.true, more.true]), np.concatenate([seen.fit, more.fit]))
    pose = describe(name, facts, settings=_RULES)
    apart = separation(pose, samples, library)
    for _ in range(_MOST_WORDS):
        if not apart.taken or apart.own >= PLAIN_OWN:
            break
        options = [(separation(one, samples, library), one) for one in candidates(pose, facts, _RULES)]
        better = max(options, default=None, key=lambda option: (option[0].own, option[0].margin))
        if better is None or better[0].own < apart.own + _WORTH:
            break
        apart, pose = better
    return _eased(pose, apart, samples, library)


def _narrower(pose: Pose, samples: Sequence[HandSample], library: Library) -> str:
    """Advice where the pose takes hands from another one that says less: a word that was true all the time."""
    seen = facts_of_samples(samples)
    wider = [
        other.name
        for other in library.poses
        if other.name != pose.name
        and other.layer == pose.layer
        and seen.share(other) >= 0.5
        and relate_poses(pose, other) in ("first", "same")
    ]
    more = [one for one in candidates(pose, seen, _RULES) if one.together != pose.together or one.apart != pose.apart]
    more = [one for one in more if seen.share(one) >= _ALWAYS]
    if not wider or not more:
        return ""
    told = {condition.fact for condition in conditions_of(pose)}

    def plain(one: Pose) -> tuple[bool, float]:
        added = [condition.fact for condition in conditions_of(one) if condition.fact not in told]
        pairs = {*one.together, *one.apart} - {*pose.together, *pose.apart}
        # Neighbours among the long fingers are what people look at; the thumb stands apart from most of them anyway.
        return pairs <= set(_NEIGHBOURS), float(np.median(seen.fit[:, added]))

    keys = added_keys(pose, max(more, key=plain))
    said = ", ".join(f'"{key}": {json.dumps(value)}' for key, value in keys.items())
    return f"To leave other hands to {' and '.join(wider)}, add {said}: it was true all the time."


def _eased(pose: Pose, apart: Separation, samples: Sequence[HandSample], library: Library) -> Pose:
    """Fingers that were curled all the time may be half so, unless others are taken for it then: two seconds show
    less than a finger does in a game."""
    for finger, states in enumerate(pose.fingers):
        if states != _CURLED:
            continue
        fingers = list(pose.fingers)
        fingers[finger] = _BENT
        wider = replace(pose, fingers=tuple(fingers))
        now = separation(wider, samples, library)
        if now.own >= apart.own and now.margin >= min(apart.margin, CLEAR):
            pose, apart = wider, now
    return pose


def _words(pose: Pose) -> str:
    return ", ".join(condition.text for condition in conditions_of(pose) if condition.bits)


def template_of(
    name: str, points: Float32, sides: Sequence[Handedness | None], keep: int = SAMPLES_KEPT, radius: float = 0.0
) -> Template:
    """A template of the most typical samples, all turned into the hand that most of them are.

    Args:
        points: (N, 21, 3), not mirrored.
    """
    side = Counter(side for side in sides if side).most_common(1)
    main: Handedness = side[0][0] if side else "Right"
    shapes = unit_shapes(points)
    shapes[[bool(one) and one != main for one in sides], :, 0] *= -1
    flat = all(is_flat(shape) for shape in shapes)
    chosen = medoids(features(shapes, main == "Left") @ whitening(flat), keep)
    return Template(
        name=name,
        samples=tuple(tuple(round(float(n), 3) for n in shapes[index].reshape(-1)) for index in chosen),
        sample_hand="left" if main == "Left" else "right",
        radius=radius,
    )


def unit_shapes(points: Float32) -> Float32:
    """(N, 21, 3) from the wrist in palm units."""
    shapes = np.asarray(points, np.float32) - points[:, :1]
    unit = np.linalg.norm(shapes[:, _ARMS], axis=2).mean(axis=1)
    scaled: Float32 = (shapes / np.maximum(unit, 1e-6)[:, None, None]).astype(np.float32)
    return scaled


def motion_of(
    name: str,
    performances: Sequence[Performance],
    shown: Sequence[HandSample],
    frames: Sequence[HandFrame],
    library: Library,
) -> tuple[Motion, tuple[str, ...]]:
    """A motion of performed paths, and sentences about it.

    Args:
        shown: the hand while it moved.
        frames: of the whole recording.
    """
    pose = _shape_shown(shown, library)
    motion = Motion(name=name, pose=pose, samples=tuple(resampled(performance.xy) for performance in performances))
    way = float(np.mean([performance.way for performance in performances]))
    times = "once" if len(performances) == 1 else f"{len(performances)} times"
    what = (
        f"A motion, performed {times}, about {way:.1f} palm lengths long, {f'with {pose}' if pose else 'in any pose'}."
    )
    apart: Separation = motion_separation(motion, frames, len(performances), library)
    if apart.own < 1 and pose:
        free = Motion(name=name, samples=motion.samples)
        without = motion_separation(free, frames, len(performances), library)
        if without.own > apart.own:  # the pose was not seen well enough while moving
            return motion_of(name, performances, (), frames, library)
    return motion, (what, apart.sentence)


def _shape_shown(shown: Sequence[HandSample], library: Library) -> str:
    """The pose or template that the hand had nearly all the time, "" if it was none or several."""
    if not shown:
        return ""
    judge = ShapeJudge([gesture for gesture in library.gestures if is_shape(gesture) and gesture.layer == "pose"])
    seen = Counter(found.name for sample in shown if (found := judge.best_of(sample)) is not None)
    name, count = seen.most_common(1)[0] if seen else ("", 0)
    return name if count >= 0.85 * len(shown) else ""
