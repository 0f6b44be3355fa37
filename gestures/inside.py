"""What a recognizer knows of one hand after a frame, for explanations. The only module that looks inside one."""

from __future__ import annotations

from dataclasses import dataclass

from handplay.engine.hands import Hand
from handplay.gestures.fingers import HandWords
from handplay.gestures.judging import ShapeTable
from handplay.gestures.kinds import Motion, TwoHands
from handplay.gestures.library import Library
from handplay.gestures.motion.attempts import Judge
from handplay.gestures.motion.trail import Trail
from handplay.gestures.phases import GestureState
from handplay.gestures.recognizer import Recognizer


@dataclass(frozen=True, slots=True)
class Inside:
    """One hand, as its recognizer sees it.

    Attributes:
        words: what its fingers do.
        states: where its gestures are, by place in the library; those that are idle are missing.
        bits: the poses that motions ask for and that it shows, see `pose_bit`.
        trail: where it was in the last seconds.
        speed: palms a second, as of the frame before it was judged.
    """

    words: HandWords
    states: dict[int, GestureState]
    bits: int
    trail: Trail
    speed: float
    _shapes: ShapeTable
    _bit_weight: float

    def pose_bit(self, library: Library, gesture: Motion | TwoHands) -> int:
        """The bit of the pose that a gesture asks for; 0 if it asks for none."""
        return self._shapes.bit_of(library, gesture.pose)

    def ranks(self, hand: Hand, *, mirrored: bool) -> dict[int, tuple[float, float]]:
        """Place in the library to fit and specificity of each shape that it shows; their sum is the rank."""
        shown, _ = self._shapes.judge(hand, self.words, mirrored=mirrored)
        return {
            self._shapes.shapes[shape]: (score, self._bit_weight * self._shapes.bits[shape])
            for shape, score in shown.items()
        }

    def outdoes(self, place: int, other: int) -> bool:
        """Whether the shape at one place of the library goes before that at another whatever the fit."""
        numbers = {place: shape for shape, place in enumerate(self._shapes.shapes)}
        return place in numbers and other in numbers and self._shapes.outdoes(numbers[place], numbers[other])


def inside(recognizer: Recognizer, hand_id: int) -> Inside:
    """What it knows of a hand of the last frame."""
    state, judges = recognizer._hands[hand_id], recognizer._judges
    assert state.words is not None  # set with the first frame
    return Inside(
        words=state.words,
        states=state.contest.states,
        bits=state.bits,
        trail=state.motions.trail,
        speed=state.speed,
        _shapes=judges.shapes,
        _bit_weight=recognizer.rules.bit_weight,
    )


def listen(recognizer: Recognizer, gesture: Motion | TwoHands, listener: Judge) -> None:
    """Lets somebody hear what the detectors of a movement ask for, of hands that come from now on."""
    judges = recognizer._judges
    if isinstance(gesture, Motion):
        judges.motions.judge = listener
    else:
        judges.pairs.judges = {judges.shapes.bit_of(recognizer.library, gesture.pose): listener}


def pair_states(recognizer: Recognizer) -> dict[int, GestureState]:
    """Where the gestures of two hands are, by place in the library."""
    return {} if recognizer._pair is None else recognizer._pair.contest.states


def movement_bits(recognizer: Recognizer, name: str) -> float:
    """How specific a movement of one hand is."""
    judges = recognizer._judges
    places = [judges.gestures[place].name for place in judges.motion_places]
    return judges.motions.bits[places.index(name)] if name in places else 0.0
