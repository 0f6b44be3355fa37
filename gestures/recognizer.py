"""Hands in, readings and gesture steps out: the one object of this folder that remembers something.

Per hand: words with hysteresis, a trail of where it was, and for each gesture that is not idle its place in the table
of `phases`. Shapes (poses and templates), motions and gestures of two hands are judged by tables of their own and all
run through that one; those of a layer compete by specificity and fit, never by their order in a file.

When a gesture begins and ends:

    kind                    begins                                          ends
    pose, template          shown for `hold_s`                              hidden for `release_s`
    motion                  recognized, which is when the movement is made  `release_s` later, or when the hand is lost
    motion "drag"           a closed hand has carried something             it lets go
    two_hands               changed by more than a hand wavers              one hand no longer shows the pose
    two_hands "clap"        the hands have met                              as a motion

A lost hand cancels what goes on; a movement that was made when it began has nothing to undo, and ends. The same holds
for a gesture whose row changes or goes when the library is replaced.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from handplay.engine.hands import MIDDLE_MCP, WRIST, Hand, Handedness, HandFrame
from handplay.gestures.beginning import beginning_of
from handplay.gestures.contest import Candidate, Contest
from handplay.gestures.fingers import HandWords, WordReader
from handplay.gestures.judging import ShapeTable
from handplay.gestures.kinds import Gesture, Motion, Pose, TwoHands
from handplay.gestures.library import Library, builtin_library
from handplay.gestures.measures import HandMeasures, measure_hand
from handplay.gestures.motion.pair import Member
from handplay.gestures.motion.pairs import PairMotions, PairTable
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.stroke import WAYS
from handplay.gestures.motion.table import HandMotions, MotionTable
from handplay.gestures.phases import EPSILON_S, IDLE, StepKind, Told
from handplay.gestures.reading import Coming, HandReading
from handplay.gestures.recognizer_settings import RecognizerSettings
from handplay.gestures.settings import GestureSettings

_AXIS = [WRIST, MIDDLE_MCP]


@dataclass(frozen=True, slots=True)
class GestureStep:
    """Something that happened to a gesture.

    Attributes:
        kind: "begin", "hold", "end", or "cancel" (the hand was lost: undo what was shown).
        name: the gesture's name.
        hand_id, handedness: whose; of two hands the one with the lower id.
        time_s: of the frame.
        held_s: seconds since the gesture began, 0.0 at "begin".
        value: of a shape 0..1, grip strength if it asks for a grip, else how well the hand fits; of a motion palm
            lengths a second, the top speed of the movement or the speed of a drag now; of "distance" the distance over
            that at the begin, of "angle" radians since the begin, clockwise as the player sees it; of "frame" the
            distance of the hands in palm lengths. At "end" and "cancel" the last one.
    """

    kind: StepKind
    name: str
    hand_id: int
    handedness: Handedness
    time_s: float
    held_s: float
    value: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one frame gave.

    Attributes:
        time_s: of the frame.
        readings: of each hand, in the order of the frame's hands.
        steps: ends and cancels before begins, of each hand.
        lost: ids of hands that are missing for good; their steps are among `steps`.
    """

    time_s: float
    readings: tuple[HandReading, ...] = ()
    steps: tuple[GestureStep, ...] = ()
    lost: tuple[int, ...] = ()


@dataclass(slots=True)
class _HandState:
    handedness: Handedness
    seen_s: float
    contest: Contest
    motions: HandMotions
    hand: Hand | None = None
    """As of the frame before."""
    words: HandWords | None = None
    bits: int = 0
    speed: float = 0.0
    """Palm lengths a second, as of the frame before; 0.0 of a hand that was just found."""
    busy_s: float = float("-inf")
    """Until then it belongs to a pair, and what it does alone means nothing."""


@dataclass(slots=True)
class _PairState:
    ids: tuple[int, int]
    handedness: Handedness
    contest: Contest
    motions: PairMotions


class _Judges:
    """The tables of one library."""

    def __init__(
        self, library: Library, settings: GestureSettings, rules: RecognizerSettings, motion: MotionSettings
    ) -> None:
        self.gestures = library.gestures
        self.shapes = ShapeTable(library, settings)
        self.grips = {
            place: gesture.grip
            for place, gesture in enumerate(library.gestures)
            if isinstance(gesture, Pose) and gesture.layer == "grip"
        }
        self.beginnings = [beginning_of(gesture, rules) for gesture in library.gestures]
        weight = rules.bit_weight
        self.shape_rank = [weight * bits for bits in self.shapes.bits]
        rows = list(enumerate(library.gestures))
        motions = [(place, gesture) for place, gesture in rows if isinstance(gesture, Motion)]
        pairs = [(place, gesture) for place, gesture in rows if isinstance(gesture, TwoHands)]
        self.motion_places = [place for place, _ in motions]
        self.motions = MotionTable(
            [gesture for _, gesture in motions],
            [self.shapes.bit_of(library, gesture.pose) for _, gesture in motions],
            motion,
            backs=any(
                getattr(library.find(one.pose), "palm", "away") == "away" for _, one in motions if one.path in WAYS
            ),
        )
        self.motion_rank = [weight * bits for bits in self.motions.bits]
        self.pair_places = [place for place, _ in pairs]
        self.pairs = PairTable(
            [gesture for _, gesture in pairs], [self.shapes.bit_of(library, gesture.pose) for _, gesture in pairs]
        )
        self.pair_rank = [weight * bits for bits in self.pairs.bits]


class Recognizer:
    """Follows every hand's gestures.

    Args:
        library: the gestures; the built-in ones if not given.
        settings: borders of finger states and grips.
        rules: how gestures compete and what is forgiven.
        motion: when a movement counts.
    """

    def __init__(
        self,
        library: Library | None = None,
        *,
        settings: GestureSettings | None = None,
        rules: RecognizerSettings | None = None,
        motion: MotionSettings | None = None,
    ) -> None:
        self.library = library or builtin_library()
        self.settings = settings or GestureSettings()
        self.rules = rules or RecognizerSettings()
        self.motion = motion or MotionSettings()
        self._reader = WordReader(self.settings)
        self._judges = _Judges(self.library, self.settings, self.rules, self.motion)
        self._hands: dict[int, _HandState] = {}
        self._pair: _PairState | None = None
        self._time_s: float | None = None
        self._pending: list[GestureStep] = []

    def update(self, frame: HandFrame) -> Recognition:
        """Takes the hands of one frame.

        A clock that goes back or jumps by more than `rules.gap_s` cancels what was on and begins anew.
        """
        time_s = frame.time_s
        steps, self._pending = self._pending, []
        lost: list[int] = []
        if self._time_s is not None and not 0 <= time_s - self._time_s <= self.rules.gap_s:
            held = self.reset(time_s)
            steps += held.steps
            lost += [hand_id for hand_id in held.lost if all(hand.hand_id != hand_id for hand in frame)]
        self._time_s = time_s
        present = {hand.hand_id for hand in frame}
        for hand_id, state in list(self._hands.items()):
            if hand_id not in present and time_s - state.seen_s > self.rules.missing_s + EPSILON_S:
                steps += self._lose(hand_id, time_s)
                lost.append(hand_id)
        followed = []
        for hand in frame:
            measures, state, told = self._follow(hand, frame)
            followed.append((hand, measures, state))
            steps += told
        if self._judges.pair_places:
            steps += self._follow_pair(frame)
        readings = tuple(self._reading(hand.hand_id, measures, state) for hand, measures, state in followed)
        return Recognition(time_s, readings, tuple(steps), tuple(lost))

    def reset(self, time_s: float | None = None) -> Recognition:
        """Forgets every hand, as if new; gestures that were on are cancelled (the source ended or jumped)."""
        time_s = time_s if time_s is not None else self._time_s or 0.0
        ids = tuple(self._hands)
        steps, self._pending = self._pending, []
        steps += [told for hand_id in ids for told in self._lose(hand_id, time_s)]
        self._time_s = None
        return Recognition(time_s, steps=tuple(steps), lost=ids)

    def replace_library(self, library: Library) -> None:
        """Takes other gestures while hands are followed.

        A gesture that is in both unchanged goes on as it was; any other that is on is cancelled, which the next
        `update` or `reset` tells.
        """
        old, new = self._judges.gestures, library.gestures
        place_of_row = {_row(gesture): place for place, gesture in enumerate(new)}
        place_of = {
            place: place_of_row[row] for place, gesture in enumerate(old) if (row := _row(gesture)) in place_of_row
        }
        time_s = self._time_s or 0.0
        judges = _Judges(library, self.settings, self.rules, self.motion)
        for hand_id, state in self._hands.items():
            told = state.contest.moved(new, place_of, time_s)
            self._pending += self._told(hand_id, state.handedness, state.contest, told, time_s)
            state.motions = HandMotions(judges.motions, state.motions)
        if self._pair is not None:
            pair = self._pair
            told = pair.contest.moved(new, place_of, time_s)
            self._pending += self._told(pair.ids[0], pair.handedness, pair.contest, told, time_s)
            if judges.pairs.gestures != self._judges.pairs.gestures:
                pair.motions = PairMotions(judges.pairs)
        self.library, self._judges = library, judges

    def replace_settings(self, settings: GestureSettings) -> None:
        """Takes other borders of finger states and grips from the next frame on; what is on stays on."""
        self.settings = settings
        self._reader = WordReader(settings)
        self._judges.shapes = ShapeTable(self.library, settings)

    def _follow(self, hand: Hand, frame: HandFrame) -> tuple[HandMeasures, _HandState, list[GestureStep]]:
        judges, time_s = self._judges, frame.time_s
        state = self._hands.get(hand.hand_id)
        if state is None:
            state = self._hands[hand.hand_id] = _HandState(
                hand.handedness, time_s, Contest(judges.gestures), HandMotions(judges.motions)
            )
        since_s, state.seen_s = time_s - state.seen_s, time_s
        state.handedness = hand.handedness
        measures = measure_hand(hand, self.settings, mirrored=frame.mirrored)
        state.words = words = self._reader.read(
            measures, state.words, since_s, moving=self._carries(hand, state, since_s)
        )
        shapes, state.bits = judges.shapes.judge(hand, words, mirrored=frame.mirrored)
        state.speed = state.motions.trail.speed[-1] if state.motions.trail.speed else 0.0
        candidates: list[Candidate] = []
        curl: list[float] = measures.curl.tolist() if shapes else []
        for number, score in judges.shapes.competing(shapes).items():
            place = judges.shapes.shapes[number]
            is_on = state.contest.states.get(place, IDLE).is_on
            if not (is_on or judges.beginnings[place].allows(score, state.speed, curl, measures.grab)):
                continue
            grip = judges.grips.get(place)
            value = score if grip is None else measures.pinch if grip == "pinch" else measures.grab
            candidates.append((place, score + judges.shape_rank[number], value))
        if time_s <= state.busy_s:
            state.motions.see(hand, frame)
        elif judges.motion_places:
            for number, score, value in state.motions.look(hand, frame, words, state.bits, measures.grab):
                candidates.append((judges.motion_places[number], score + judges.motion_rank[number], value))
        told = state.contest.advance(candidates, time_s, self.rules.incumbent_bonus)
        return measures, state, self._told(hand.hand_id, hand.handedness, state.contest, told, time_s)

    def _carries(self, hand: Hand, state: _HandState, since_s: float) -> bool:
        """Whether a hand that pinched or was closed a frame ago moves."""
        before, state.hand = state.hand, hand
        if before is None or state.words is None or since_s <= 0:
            return False
        if not (state.words.pinching or state.words.grabbing):
            return False
        (x0, y0), (x9, y9) = hand.landmarks_px[_AXIS, :2].tolist()
        x, y = before.landmarks_px[MIDDLE_MCP, :2].tolist()
        way = math.hypot(x9 - x, y9 - y) / (math.hypot(x9 - x0, y9 - y0) or 1.0)
        return way > self.rules.moving_speed * since_s

    def _follow_pair(self, frame: HandFrame) -> list[GestureStep]:
        """The two hands that were a pair before, or else the two largest."""
        judges, time_s, pair = self._judges, frame.time_s, self._pair
        steps: list[GestureStep] = []
        seen = [hand.hand_id for hand in frame]
        if pair is not None and any(hand_id not in self._hands for hand_id in pair.ids):
            steps += self._lose_pair(time_s)
            pair = None
        if pair is None and len(seen) > 1:
            nearest = sorted(seen, key=lambda hand_id: -self._member(hand_id, frame).sample.unit)[:2]
            low, high = sorted(nearest)
            handedness = self._hands[low].handedness
            pair = self._pair = _PairState((low, high), handedness, Contest(judges.gestures), PairMotions(judges.pairs))
        if pair is None:
            return steps
        there = [hand_id for hand_id in pair.ids if hand_id in seen]
        if len(there) == 2:
            shown = pair.motions.look(time_s, *(self._member(hand_id, frame) for hand_id in pair.ids))
        else:
            shown = pair.motions.hidden(time_s)
            if not shown:
                return steps  # for a moment only, or it will be lost
        candidates = [
            (judges.pair_places[number], score + judges.pair_rank[number], value) for number, score, value in shown
        ]
        told = pair.contest.advance(candidates, time_s, self.rules.incumbent_bonus)
        if candidates:
            for hand_id in pair.ids:
                self._hands[hand_id].busy_s = time_s + self.rules.pair_s
                self._hands[hand_id].motions.drop()
        return steps + self._told(pair.ids[0], pair.handedness, pair.contest, told, time_s)

    def _member(self, hand_id: int, frame: HandFrame) -> Member:
        state = self._hands[hand_id]
        if state.motions.last is None or not self._judges.motion_places:
            state.motions.see(next(hand for hand in frame if hand.hand_id == hand_id), frame)
        assert state.motions.last is not None
        assert state.words is not None
        return Member(state.motions.last, state.words, state.bits)

    def _told(
        self, hand_id: int, handedness: Handedness, contest: Contest, told: list[tuple[int, Told]], time_s: float
    ) -> list[GestureStep]:
        names = self._judges.gestures
        return [
            GestureStep(
                one.kind, names[place].name, hand_id, handedness, time_s, one.held_s, contest.values.get(place, 0.0)
            )
            for place, one in told
        ]

    def _lose(self, hand_id: int, time_s: float) -> list[GestureStep]:
        steps = self._lose_pair(time_s) if self._pair is not None and hand_id in self._pair.ids else []
        state = self._hands.pop(hand_id)
        told = state.contest.lose(time_s)
        return steps + self._told(hand_id, state.handedness, state.contest, told, time_s)

    def _lose_pair(self, time_s: float) -> list[GestureStep]:
        pair, self._pair = self._pair, None
        if pair is None:
            return []
        return self._told(pair.ids[0], pair.handedness, pair.contest, pair.contest.lose(time_s), time_s)

    def _reading(self, hand_id: int, measures: HandMeasures, state: _HandState) -> HandReading:
        assert state.words is not None
        places, coming = state.contest.on(), state.contest.coming(self._time_s or 0.0)
        if self._pair is not None and hand_id in self._pair.ids:
            places = sorted({*places, *self._pair.contest.on()})
            coming += self._pair.contest.coming(self._time_s or 0.0)
        names = tuple(self._judges.gestures[place].name for place in places)
        return _reading(hand_id, measures, state.words, names, tuple(coming))


def _row(gesture: Gesture) -> Gesture:
    """A gesture without the place it was read from."""
    return replace(gesture, file="", line=0)


def _reading(
    hand_id: int, measures: HandMeasures, words: HandWords, names: tuple[str, ...], coming: tuple[Coming, ...]
) -> HandReading:
    curl = [value if value == value else 0.5 for value in measures.curl.tolist()]
    return HandReading(
        hand_id=hand_id,
        fingers=words.fingers,
        curl=(curl[0], curl[1], curl[2], curl[3], curl[4]),
        pinch=measures.pinch,
        grab=measures.grab,
        gestures=names,
        pinching=words.pinching,
        grabbing=words.grabbing,
        palm=words.palm,
        coming=coming,
        measures=measures,
    )
