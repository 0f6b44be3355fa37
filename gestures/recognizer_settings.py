"""Every number by which gestures begin, compete and are forgiven, with its source. Seconds, palm lengths, shares."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class RecognizerSettings:
    """How gestures compete and what is forgiven.

    Attributes:
        bit_weight: rank = score + bit_weight x bits of specificity: three more fingers asked for outweigh a score
            that is 0.24 worse. A user's pose goes before a wider one in any case, see `precedence`.
        incumbent_bonus: added to the rank of a gesture that is on or about to be, so that two that fit equally well
            do not take turns.
        begin_score: a pose begins when it is plainly shown, all through its hold time, and goes on while it fits at
            all: hands at ease fall into poses, and fit them worse. So do 1 or 2 in 100 of the hands on the tables.
        begin_template: the same of templates, whose fit falls to 0.5 at the end of their reach and where another one is
            as near. 1 to 3 in 100 of the hands on the tables that a trained one is right about fit less.
        begin_score_per_speed: of an open hand, for each palm length a second: a hand at ease that is on its way looks
            like one. Of the demo hand's that only looked so it keeps out half, of those that were meant 4 in 100, and
            these begin as they slow down.
        still_speed: and below so many palms a second. Of those that only looked so three in four were faster, of those
            that were meant one in three.
        finger_step: a pose that tells straight fingers from several bent ones begins when the curls of the two differ
            by so much, 0..1. Of people's hands on the tables 98 in 100 differ by more, of the demo hand's 98.
        lone_step: the same where one finger alone is straight: no neighbour holds the others up. Half open pinches that
            looked like a pointing hand differ by 0.4 to 0.6; of people's pointing hands 99 in 100 differ by more.
        closed_grab: a pose of a closed hand begins with this grab strength: fingers that hold something, or that close
            on their way, have less; of people's fists and raised thumbs on the tables 98 in 100 have more.
        moving_speed: palms a second, beyond what a resting hand wavers by; a pinch that moves ends when thumb and index
            finger part, however closed the blurred hand looks.
        missing_s: a hand that is missing this long is lost (3 frames at 30 fps, geaxgx/depthai_hand_tracker).
        pair_s: so long after two hands did something together, neither of them makes a motion of its own: hands that
            have clapped go apart.
        gap_s: a pause in the frames after which what was held before proves nothing any more.
    """

    bit_weight: float = 0.05
    incumbent_bonus: float = 0.08
    begin_score: float = 0.77
    begin_template: float = 0.6
    begin_score_per_speed: float = 0.05
    still_speed: float = 3.3
    finger_step: float = 0.5
    lone_step: float = 0.65
    closed_grab: float = 0.85
    moving_speed: float = 0.6
    missing_s: float = 0.1
    pair_s: float = 0.6
    gap_s: float = 0.5

    def __post_init__(self) -> None:
        for field in fields(self):
            name, value = field.name, getattr(self, field.name)
            if not 0 <= value < float("inf"):
                raise ValueError(f"RecognizerSettings.{name}: got {value}, wanted a number of at least 0")
