"""Why a gesture does not fire: each of its conditions, measured on a hand, and what else stands in its way.

An `Explainer` follows the hands with a recognizer of its own, as a game does, and looks into it after each frame.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.beginning import Beginning, beginning_of
from handplay.gestures.explain_motion import MotionRows, PairRows
from handplay.gestures.explain_rows import Row, TemplateRows, number, pose_rows
from handplay.gestures.fingers import WordReader
from handplay.gestures.inside import Inside, inside, listen, movement_bits, pair_states
from handplay.gestures.kinds import Gesture, Motion, Pose, Template, TwoHands
from handplay.gestures.library import Library, builtin_file
from handplay.gestures.measures import measure_hand
from handplay.gestures.motion.attempts import STAYS_S
from handplay.gestures.phases import IDLE, GestureState, Phase
from handplay.gestures.recognizer import Recognizer

_AT_ANY_MOMENT = "Nothing of it is seen to fail now; it fires at the moment when the movement is made."
_AS_THEY_MOVE_ON = "All that is needed is there; it fires when the hands move on."


@dataclass(frozen=True, slots=True)
class Explanation:
    """One gesture on one hand (or two) at one moment.

    Attributes:
        gesture: what was asked for.
        frame_index, time_s: when.
        hand_id, handedness: whose; of two hands the one with the lower id.
        rows: its conditions.
        phase: where it is in its table.
        timing: what that means, in words; empty while it is idle.
        verdict: why it fires or does not, in a sentence.
    """

    gesture: Gesture
    frame_index: int
    time_s: float
    hand_id: int
    handedness: str
    rows: tuple[Row, ...]
    phase: Phase
    timing: str
    verdict: str

    @property
    def is_on(self) -> bool:
        return self.phase in ("on", "releasing")

    @property
    def failing(self) -> tuple[Row, ...]:
        """The conditions that do not hold."""
        return tuple(row for row in self.rows if not row.ok)

    def to_json(self) -> dict[str, object]:
        """As JSON takes it."""
        return {
            "gesture": self.gesture.name,
            "kind": self.gesture.kind,
            "frame": self.frame_index,
            "time_s": round(self.time_s, 4),
            "hand_id": self.hand_id,
            "handedness": self.handedness,
            "on": self.is_on,
            "phase": self.phase,
            "conditions": [row.to_json() for row in self.rows],
            "failing": [row.text for row in self.failing],
            "timing": self.timing,
            "verdict": self.verdict,
        }


class Explainer:
    """Explains one gesture, frame by frame.

    Args:
        library: all gestures: those that compete belong to the answer.
        gesture: one of them.
    """

    def __init__(self, library: Library, gesture: Gesture) -> None:
        self.gesture = gesture
        self.recognizer = Recognizer(library)
        self._library = library
        self._place = library.gestures.index(gesture)
        self._words = WordReader(self.recognizer.settings)
        templates = tuple(one for one in library.gestures if isinstance(one, Template))
        self._template = TemplateRows(templates, gesture.name) if isinstance(gesture, Template) else None
        self._motion = MotionRows(gesture, self.recognizer.motion) if isinstance(gesture, Motion) else None
        self._pair = PairRows(gesture) if isinstance(gesture, TwoHands) else None
        if self._motion is not None and isinstance(gesture, Motion):
            listen(self.recognizer, gesture, self._motion.listener)
        if self._pair is not None and isinstance(gesture, TwoHands):
            listen(self.recognizer, gesture, self._pair.listener)
        self._begun_s = -math.inf
        self._rivals: dict[int, tuple[str, float]] = {}
        """By hand, the last other movement that was told of it, and when."""
        self.begun = 0
        """How often the gesture has begun so far."""
        self.instead: Counter[str] = Counter()
        """How often other movements have begun meanwhile, by name."""

    def look(self, frame: HandFrame) -> tuple[Explanation, ...]:
        """Takes the hands of one frame; an explanation for each, or one for two if the gesture asks for two."""
        recognition = self.recognizer.update(frame)
        begun = sum(step.kind == "begin" and step.name == self.gesture.name for step in recognition.steps)
        self.begun += begun
        self._begun_s = frame.time_s if begun else self._begun_s
        for step in recognition.steps:
            other = self._library.find(step.name)
            if step.kind == "begin" and step.name != self.gesture.name and self._rivals_with(other):
                self._rivals[step.hand_id] = step.name, step.time_s
                self.instead[step.name] += 1
        if self._pair is not None:
            return self._of_pair(self._pair, frame)
        return tuple(self._of_hand(hand, frame) for hand in frame)

    def _of_hand(self, hand: Hand, frame: HandFrame) -> Explanation:
        known = inside(self.recognizer, hand.hand_id)
        rows: list[Row] = []
        curl: Sequence[float] = ()
        grab = 0.0
        if isinstance(self.gesture, Pose):
            measures = measure_hand(hand, self.recognizer.settings, mirrored=frame.mirrored)
            curl, grab = measures.curl.tolist(), measures.grab
            rows = pose_rows(self.gesture, measures, known.words, hand.handedness, self._words)
        elif self._template is not None:
            points = hand.landmarks_px * np.array([-1 if frame.mirrored else 1, 1, 1], np.float32)
            rows = self._template.rows(points, hand.handedness)
        elif self._motion is not None and isinstance(self.gesture, Motion):
            bit = known.pose_bit(self._library, self.gesture)
            rows = self._motion.rows(known.trail, bit, hand.handedness, frame.time_s)
        state = known.states.get(self._place, IDLE)
        timing = self._timing(state, frame.time_s)
        verdict = self._verdict(rows, state, timing)
        if verdict:
            pass
        elif self._motion is not None:
            verdict = self._of_movement(frame.time_s) or self._outrun(hand.hand_id, frame.time_s) or _AT_ANY_MOMENT
        else:
            verdict = self._rival(known, known.ranks(hand, mirrored=frame.mirrored), curl, grab)
        return self._explanation(frame, hand.hand_id, hand.handedness, rows, state, timing, verdict)

    def _rivals_with(self, other: Gesture | None) -> bool:
        """Whether another gesture competes with this movement."""
        moves = self._motion is not None or self._pair is not None
        return moves and other is not None and (other.kind, other.layer) == (self.gesture.kind, self.gesture.layer)

    def _of_movement(self, time_s: float) -> str:
        """What is said for a moment after it has been made."""
        since_s = time_s - self._begun_s
        return f"It was made {since_s:.1f} s ago, and told." if 0 <= since_s <= STAYS_S else ""

    def _outrun(self, hand_id: int, time_s: float) -> str:
        """What is said for a moment after another movement was told in its place."""
        name, then_s = self._rivals.get(hand_id, ("", -math.inf))
        since_s = time_s - then_s
        if not 0 <= since_s <= STAYS_S:
            return ""
        rival = self._library.find(name)
        yours = rival is not None and rival.file != builtin_file().file
        more = movement_bits(self.recognizer, name) > movement_bits(self.recognizer, self.gesture.name)
        alike = "it is yours, and fits as well" if yours else "it fits better"
        why = "it is more specific" if more else alike
        return f"'{name}' was told {since_s:.1f} s ago in its place: {why}."

    def _of_pair(self, pair: PairRows, frame: HandFrame) -> tuple[Explanation, ...]:
        ids = sorted(hand.hand_id for hand in frame)
        insides = [inside(self.recognizer, hand_id) for hand_id in ids]
        shows = [bool(one.bits & one.pose_bit(self._library, pair.gesture)) for one in insides]
        rows = pair.rows(frame, insides, shows)
        state = pair_states(self.recognizer).get(self._place, IDLE)
        timing = self._timing(state, frame.time_s)
        verdict = self._verdict(rows, state, timing)
        if not verdict:
            on = [self._library.gestures[place] for place, one in pair_states(self.recognizer).items() if one.is_on]
            rival = next((one.name for one in on if one.name != self.gesture.name and self._rivals_with(one)), "")
            verdict = f"'{rival}' is on in its place." if rival else _AS_THEY_MOVE_ON
        who = " and ".join(hand.handedness for hand in sorted(frame, key=lambda hand: hand.hand_id))
        return (self._explanation(frame, ids[0] if ids else 0, who or "no hand", rows, state, timing, verdict),)

    def _explanation(
        self, frame: HandFrame, hand_id: int, who: str, rows: list[Row], state: GestureState, timing: str, verdict: str
    ) -> Explanation:
        index, time_s = frame.frame_index, frame.time_s
        return Explanation(self.gesture, index, time_s, hand_id, who, tuple(rows), state.phase, timing, verdict)

    def _timing(self, state: GestureState, time_s: float) -> str:
        since_s, gesture = time_s - state.since_s, self.gesture
        if state.phase == "candidate":
            return f"held {since_s:.2f} of {gesture.hold_s:g} s"
        if state.phase == "on":
            return f"on for {since_s:.2f} s"
        if state.phase == "releasing":
            return f"on, and gone for {time_s - state.hidden_s:.2f} of {gesture.release_s:g} s"
        if state.phase == "cooldown":
            return f"cooling down, {since_s:.2f} of {gesture.cooldown_s:g} s"
        return ""

    def _verdict(self, rows: list[Row], state: GestureState, timing: str) -> str:
        """What is to be said first; empty if nothing of this stands in the way."""
        failing = [row for row in rows if not row.ok]
        if state.phase == "on":
            return f"It is {timing}."
        if failing:
            first = failing[0]
            what = "conditions fails" if len(failing) == 1 else "conditions fail"
            details = ", ".join(part for part in (first.got if first.wanted else "", first.missed, first.note) if part)
            count = "The only condition fails" if len(rows) == 1 else f"{len(failing)} of {len(rows)} {what}"
            return f"{count}: {first.text}{f' ({details})' if details else ''}" + (
                f", {', '.join(row.text for row in failing[1:])}." if failing[1:] else "."
            )
        return f"All conditions hold: {timing}." if timing else ""

    def _rival(self, known: Inside, ranks: dict[int, tuple[float, float]], curl: Sequence[float], grab: float) -> str:
        """What it waits for, or who wins in its place, when all its conditions hold."""
        mine = ranks.get(self._place)
        if mine is None:
            return "All conditions hold, but the hand hangs down as at rest, and then only a plainer show counts."
        beginning = beginning_of(self.gesture, self.recognizer.rules)
        begins = _begins_when(beginning, mine[0], known.speed, curl, grab)
        if begins:
            return f"All conditions hold, but {begins}."
        bonus = self.recognizer.rules.incumbent_bonus

        def rank(place: int) -> float:
            going = known.states.get(place, IDLE).phase in ("candidate", "on", "releasing")
            return sum(ranks[place]) + bonus * going

        layer = self.gesture.layer
        rivals = [place for place in ranks if self._library.gestures[place].layer == layer and place != self._place]
        for narrower in rivals:
            if known.outdoes(narrower, self._place):
                other = self._library.gestures[narrower].name
                return f"All conditions hold, but '{other}' wins: it asks for all of them, and more."
        best = max((place for place in rivals if not known.outdoes(self._place, place)), key=rank, default=None)
        if best is None or rank(best) < rank(self._place):
            return "All conditions hold."
        other = self._library.gestures[best].name
        if ranks[best][1] > mine[1]:
            return f"All conditions hold, but '{other}' wins: it is more specific."
        if ranks[best][0] > mine[0]:
            fits = f"{number(ranks[best][0])} against {number(mine[0])}"
            return f"All conditions hold, but '{other}' wins: it fits better ({fits})."
        return f"All conditions hold, but '{other}' wins: it is on already."


def _begins_when(beginning: Beginning, score: float, speed: float, curl: Sequence[float], grab: float) -> str:
    """Which of what it takes to begin is missing, in words; empty if nothing is."""
    if speed >= beginning.still_speed:
        how = f"{number(speed)} palms a second, and it begins below {number(beginning.still_speed)}"
        return f"the hand is on its way: {how}"
    least = beginning.least_score(speed)
    if score < least:
        moving = " of a hand that moves so" if least > beginning.score else ""
        return f"only just: it begins with a fit of {number(least)}{moving}, and has {number(score)}"
    if grab < beginning.grab:
        how = f"{number(100 * grab)} %, and it begins with {number(100 * beginning.grab)} %"
        return f"the hand is not closed enough: {how}"
    step = beginning.step_of(curl)
    if step < beginning.step:
        how = f"curls differ by {number(100 * step)} %, and it begins with {number(100 * beginning.step)} %"
        return f"its straight and its bent fingers are too much alike: their {how}"
    return ""
