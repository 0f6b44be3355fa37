"""What a movement measures: the tests that its detector made of the attempt that came farthest in the last moments.

Nothing is judged here. The detectors of `gestures.motion` tell a `Listener` what they ask for and what they find; what
stands before (hand and pose) is asked as `motion.table` asks it.
"""

from __future__ import annotations

from collections.abc import Sequence

from handplay.engine.hands import HandFrame
from handplay.gestures.explain_rows import Row
from handplay.gestures.inside import Inside
from handplay.gestures.kinds import Motion, TwoHands
from handplay.gestures.motion.attempts import STAYS_S, Attempt, Listener
from handplay.gestures.motion.recorded import heard_as
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.table import pose_shares
from handplay.gestures.motion.trail import Trail
from handplay.gestures.sentences import requirements


class MotionRows:
    """One motion's conditions.

    Args:
        motion: the gesture.
        settings: what counts as a movement.

    Attributes:
        listener: hears the detector of this motion.
    """

    def __init__(self, motion: Motion, settings: MotionSettings) -> None:
        self._motion, self._settings = motion, settings
        self.listener = Listener(heard_as(motion) if motion.samples else motion.path)

    def rows(self, trail: Trail, bit: int, handedness: str, time_s: float) -> list[Row]:
        """
        Args:
            bit: of the pose that it asks for, 0 for none.
            time_s: now.
        """
        motion, rows = self._motion, []
        if motion.hand != "any":
            ok = motion.hand == handedness.lower()
            rows.append(Row(f"{motion.hand} hand", ok, note="" if ok else f"it is the {handedness.lower()} hand"))
        if len(trail.t) < 3:
            note = "it was just found, or is coming or going; hold it still inside the picture for a moment"
            return [*rows, Row("the hand can be followed", False, note=note)]
        attempt = self.listener.attempt(time_s)
        if bit:
            rows += self._pose(trail, bit, attempt, time_s)
        if attempt is None:
            return [*rows, Row(requirements(motion)[0], False, note="nothing like it was seen in the last moments")]
        return rows + [Row(*test) for test in attempt.tests.values()]

    def _pose(self, trail: Trail, bit: int, attempt: Attempt | None, time_s: float) -> list[Row]:
        """The pose as the movement set out and from then on; as long as none is seen, in the last moments."""
        pose, least = self._motion.pose, self._settings.pose_share
        if attempt is None or attempt.start_s != attempt.start_s:
            shares = [(f"shows {pose}", trail.share(bit, time_s - STAYS_S))]
        else:
            early, all_along = pose_shares(trail, bit, attempt.start_s, self._settings, attempt.time_s + 1e-6)
            shares = [(f"shows {pose} as it sets out", early), (f"shows {pose} all the while", all_along)]
        note = f"'handplay gestures explain {pose}' says why"
        return [
            Row(text, share >= least, 100 * share, "% of the time", 100 * least, None, "" if share >= least else note)
            for text, share in shares
        ]


class PairRows:
    """One two-hand gesture's conditions.

    Args:
        gesture: the gesture.

    Attributes:
        listener: hears the detector of this gesture.
    """

    def __init__(self, gesture: TwoHands) -> None:
        self.gesture = gesture
        self.listener = Listener(gesture.measure)

    def rows(self, frame: HandFrame, insides: Sequence[Inside], shows: Sequence[bool]) -> list[Row]:
        """
        Args:
            insides: what the recognizer knows of each hand, by rising id.
            shows: of each, whether it shows the pose that the gesture asks for.
        """
        gesture = self.gesture
        rows = [Row("two hands in the picture", len(frame) >= 2, len(frame), "hands", 2)]
        if gesture.pose:
            rows.append(Row(f"both show {gesture.pose}", sum(shows) >= 2, sum(shows), "hands", 2))
        elif gesture.measure in ("distance", "angle"):
            pinching = sum(one.words.pinching for one in insides)
            rows.append(Row("both pinch", pinching >= 2, pinching, "hands", 2))
        attempt = self.listener.attempt(frame.time_s)
        if attempt is not None:
            rows += [Row(*test) for text, test in attempt.tests.items() if text != BOTH_SHOW]
        elif all(row.ok for row in rows):
            rows.append(Row(requirements(gesture)[0], False, note="nothing like it was seen in the last moments"))
        return rows


BOTH_SHOW = "both show it"
"""The detector's own words for what is told in more detail here."""
