"""Every number that makes a movement a gesture, with its source. Seconds, palm units, never frames or pixels.

A palm unit is the mean of wrist to index, middle and little MCP, as in `GestureSettings`. "Clips" below are selfie
clips at 10 frames a second of slow gestures; `benchmarks/dynamic_gestures.py` and `benchmarks/false_events.py` print
what the numbers reach.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class MotionSettings:
    """When a movement counts.

    Attributes:
        keep_s: how far back a trail reaches.
        settle_s: what a hand does so shortly after it was found, or found again elsewhere, is the tracker's doing.
        jump, top_speed: a step of more than `jump` palms + `top_speed` palms a second is no movement of this hand.
        growth_jump, top_growth: nor is a change of its size, natural logarithm, by more than the first + the second a
            second: then it is another hand, or one that turned over. The fastest push grows by 2.6 a second.
        edge: a palm centre nearer to the border of the picture than this is coming or going.
        inside: a hand that is found so far from the border was there before; it counts as soon as it has settled.
        rest_speed: palms a second; any other hand counts from when it first is slower than this.
        rest_s, rest_way: a movement that is meant sets out from rest: so long before it the hand stayed within so many
            palms. Hands that go on and on never do.
        speed_span_s: speeds are measured over this long, or one frame if that is longer.
        pose_share: a motion's pose must be seen on this share of the movement.
        pose_before_s, pose_early_s: and on that share of so long before and after its begin.
        return_s: a movement back that begins so soon after a gesture is the way home.
        swipe_way, swipe_fast_way: palms, of a slow and of a fast one; the clips travel 1.4 and 2.3.
        swipe_least_speed: mean of a slow one (the slower clip goes at 0.9 palms a second).
        swipe_slow_peak: up to this top speed a movement can be a slow swipe, told without waiting for its end.
        swipe_slow_off, swipe_slow_bend: a slow one keeps its direction (sideways over along) and is straight.
        swipe_slow_growth: and its distance: the palm may change its size by this much.
        swipe_off, swipe_bend: the same of a fast one (TouchFree: 300 mm/s sideways at 625 mm/s along; within 18 degrees
            here).
        swipe_fast_s, swipe_slow_s: longest durations.
        swipe_even: its mean speed is so much of its top speed at least; from rest to rest it is 0.53 (Flash & Hogan
            1985).
        swipe_done: a fast one is over when it has slowed down to this share of its top speed.
        swipe_step: one step between two frames may be this share of it at most.
        swipe_growth: the palm may change its size by this much.
        swipe_turn_rad: the hand may turn by this much.
        loop_step: a path is looked at in steps of this many palms, which jitter does not reach.
        loop_turn_rad: how far round it must go; the first and the last step are each half seen.
        loop_radius: smallest and largest mean radius.
        loop_speed: least, palms a second.
        loop_s: shortest and longest time of one round.
        loop_uneven: largest standard deviation of the radius, relative to its mean.
        loop_flat: least width over length.
        loop_open: largest distance of its end from its begin, in radii.
        loop_growth: the palm may change its size by this much.
        loop_back_rad: turning the other way meanwhile.
        loop_pause_s: a point that stays so long begins a new path.
        wave_swing, wave_most: smallest and largest way from side to side, of the middle fingertip.
        wave_speed: mean, palms a second: turning the hand this way and that is slower.
        wave_swings: how many before it is a wave.
        wave_swing_s: longest time of one.
        wave_level: up and down over side to side, of the palm.
        wave_even: the largest swing over the smallest.
        push_growth: logarithm of the palm's growth: from 60 cm to 46.
        push_rate: of that logarithm a second, mean: who walks up to the camera is slower.
        push_s: shortest and longest time.
        push_sideways: palms beside the line of sight.
        push_wait_s: it must stay there so long: a tap comes straight back.
        push_still_s: before it the hand keeps its distance for so long.
        push_turn_rad: the hand may turn by this much.
        tap_way: palms toward the camera.
        tap_growth: logarithm of the palm's growth that is part of it,
        tap_reach: and how much nearer than the wrist the fingertip comes, palms.
        tap_s: shortest and longest time there and back.
        tap_bend: that of a finger that dips alone, at a palm that stays.
        tap_jab: growth of a hand that comes forward as a whole, whatever its finger is seen to do.
        tap_still_s: so long before a tap the hand keeps its distance.
        tap_sideways: palms the hand may move sideways.
        tap_turn_rad: the hand may turn by this much.
        tap_back: share of the way that it comes back.
        double_tap_s: between two taps.
        grab_still_s: so long a hand stays closed before it carries anything.
        grab_still_way: palms that it may move while it closes.
        grab_from_s: before it closes around something the hand was flat, so short a time ago.
        grab_flat: fit of "extended" of its long fingers then; a hand at ease has less.
        grab_keep: strength down to which a closed hand keeps hold.
        carry_way: palms it must move to drag.
        throw_speed: top speed of a throw, palms a second.
        throw_least: speed at which the hand opens.
        throw_window_s: in which that speed is looked for.
        throw_way, throw_swing_s: palms that the closed hand moves in the time before.
        throw_from_s: so short a time before it opens the closed hand was at rest.
        throw_open_s: it is flat so soon after it opens.
        throw_open: grab strength below which the hand has plainly let go.
        flicker_s: a closed hand that looks open for so long has not let go.
        match_score: cosine of two paths that are the same gesture ($1, Protractor).
        match_stream: the same for a path without pauses, which is compared again and again.
        match_margin: how much better than the next gesture.
        match_tilt_rad: how far a path of fixed rotation may be turned.
        match_way: least size, palms.
        match_size: a path may be so many times larger or smaller than its samples.
        match_tempo_s: shortest and longest time.
        pause_speed: palms a second; a path lies between two moments slower than this.
        pause_s: how long such a moment is.
    """

    keep_s: float = 2.6
    settle_s: float = 0.2
    jump: float = 0.6
    top_speed: float = 22.0
    growth_jump: float = 0.2
    top_growth: float = 3.0
    edge: float = 0.25
    inside: float = 1.2
    rest_speed: float = 0.8
    rest_s: float = 0.25
    rest_way: float = 0.12
    speed_span_s: float = 0.06
    pose_share: float = 0.7
    pose_before_s: float = 0.2
    pose_early_s: float = 0.1
    return_s: float = 1.2
    swipe_way: float = 1.25
    swipe_fast_way: float = 1.7
    swipe_least_speed: float = 0.75
    swipe_slow_peak: float = 3.2
    swipe_slow_off: float = 0.22
    swipe_slow_bend: float = 0.1
    swipe_slow_growth: float = 0.12
    swipe_off: float = 0.33
    swipe_bend: float = 0.2
    swipe_fast_s: float = 1.2
    swipe_slow_s: float = 2.0
    swipe_even: float = 0.42
    swipe_done: float = 0.4
    swipe_step: float = 0.7
    swipe_growth: float = 0.22
    swipe_turn_rad: float = 1.05
    loop_step: float = 0.12
    loop_turn_rad: float = 5.65
    loop_radius: tuple[float, float] = (0.3, 2.6)
    loop_speed: float = 1.7
    loop_s: tuple[float, float] = (0.3, 3.0)
    loop_uneven: float = 0.25
    loop_flat: float = 0.6
    loop_open: float = 0.8
    loop_growth: float = 0.25
    loop_back_rad: float = 0.5
    loop_pause_s: float = 0.35
    wave_swing: float = 0.45
    wave_most: float = 2.1
    wave_speed: float = 2.2
    wave_swings: int = 3
    wave_swing_s: float = 0.8
    wave_level: float = 0.5
    wave_even: float = 3.0
    push_growth: float = 0.24
    push_rate: float = 0.5
    push_s: tuple[float, float] = (0.12, 1.4)
    push_sideways: float = 0.9
    push_wait_s: float = 0.1
    push_still_s: float = 0.2
    push_turn_rad: float = 0.6
    tap_way: float = 0.6
    tap_growth: float = 0.03
    tap_reach: float = 0.1
    tap_s: tuple[float, float] = (0.12, 0.9)
    tap_bend: float = 0.55
    tap_jab: float = 0.15
    tap_still_s: float = 0.15
    tap_sideways: float = 0.32
    tap_turn_rad: float = 0.2
    tap_back: float = 0.6
    double_tap_s: float = 0.8
    grab_still_s: float = 0.2
    grab_still_way: float = 0.25
    grab_from_s: float = 0.7
    grab_flat: float = 0.72
    grab_keep: float = 0.4
    carry_way: float = 0.5
    throw_speed: float = 4.0
    throw_least: float = 2.0
    throw_window_s: float = 0.3
    throw_way: float = 0.3
    throw_swing_s: float = 0.5
    throw_from_s: float = 0.8
    throw_open_s: float = 0.2
    throw_open: float = 0.45
    flicker_s: float = 0.12
    match_score: float = 0.93
    match_stream: float = 0.965
    match_margin: float = 0.02
    match_tilt_rad: float = 0.5236
    match_way: float = 0.6
    match_size: float = 3.0
    match_tempo_s: tuple[float, float] = (0.2, 2.5)
    pause_speed: float = 0.6
    pause_s: float = 0.12

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, slots=True)
class PairSettings:
    """When two hands do something together. Lengths in palm units.

    Attributes:
        zoom_begin: logarithm of the distance's change before it is a zoom.
        rotate_begin: radians before it is a turn.
        pinch_together_s: both hands take the pose within this time.
        pinch_still_s: so long they keep it where they are.
        pinch_still_way: palms that either may move meanwhile.
        pair_share: each hand makes so much of the way at least: what one of them does alone is its own.
        flicker_s: a pose that is not seen for so long was not given up.
        clap_apart: the hands come from so far apart.
        clap_near: and are then so near.
        clap_hidden: or would be, if one that is hidden by the other has gone on as before.
        clap_speed: palms a second.
        clap_span_s: over which that is measured.
        clap_s: how long a clap takes at most.
        clap_unseen_s: how long one of them may be hidden.
        clap_share: each hand makes so much of that speed at least.
        clap_flat: share of their way on which both hands are open and flat.
        clap_level: difference in height.
        frame_apart: smallest and largest distance of two hands that frame a picture.
    """

    zoom_begin: float = 0.14
    rotate_begin: float = 0.2
    pinch_together_s: float = 0.8
    pinch_still_s: float = 0.15
    pinch_still_way: float = 0.15
    pair_share: float = 0.15
    flicker_s: float = 0.12
    clap_apart: float = 1.6
    clap_near: float = 1.1
    clap_hidden: float = 0.6
    clap_speed: float = 5.5
    clap_span_s: float = 0.09
    clap_s: float = 0.8
    clap_unseen_s: float = 0.11
    clap_share: float = 0.3
    clap_flat: float = 0.5
    clap_level: float = 0.8
    frame_apart: tuple[float, float] = (1.0, 9.0)

    def __post_init__(self) -> None:
        _check(self)


def _check(settings: MotionSettings | PairSettings) -> None:
    for field in fields(settings):
        value, name = getattr(settings, field.name), f"{type(settings).__name__}.{field.name}"
        if isinstance(value, tuple):
            if not 0 <= value[0] < value[1] < float("inf"):
                raise ValueError(f"{name}: got {value}, wanted two rising numbers from 0")
        elif not 0 < value < float("inf"):
            raise ValueError(f"{name}: got {value}, wanted a number above 0")
