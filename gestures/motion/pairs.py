"""The two-hand gestures of a library, and what looks for them in two hands."""

from __future__ import annotations

from collections.abc import Sequence

from handplay.gestures.kinds import TwoHands
from handplay.gestures.motion.attempts import SILENT, Judge
from handplay.gestures.motion.pair import Member, Pair
from handplay.gestures.motion.settings import PairSettings
from handplay.gestures.motion.table import POSE_BITS, Shown


class PairTable:
    """The two-hand gestures of a library.

    Args:
        gestures: in the order of the numbers told.
        pose_bits: of each, the bit of the pose that both hands show, 0 for none.

    Attributes:
        bits: specificity of each.
        judges: by pose bit, hear what the detectors of every pair from now on ask for.
    """

    def __init__(
        self, gestures: Sequence[TwoHands], pose_bits: Sequence[int], settings: PairSettings | None = None
    ) -> None:
        self.settings = settings or PairSettings()
        self.gestures, self.pose_bits = tuple(gestures), tuple(pose_bits)
        self.bits = [POSE_BITS * bool(gesture.pose) for gesture in self.gestures]
        self.judges: dict[int, Judge] = {}


class PairMotions:
    """What two hands do together over time."""

    __slots__ = ("_latched", "_pairs", "_table")

    def __init__(self, table: PairTable) -> None:
        self._table = table
        judges = table.judges
        self._pairs = {bit: Pair(table.settings, bit, judges.get(bit, SILENT)) for bit in set(table.pose_bits)}
        self._latched: dict[int, tuple[float, Shown]] = {}

    def look(self, time_s: float, a: Member, b: Member) -> list[Shown]:
        """What the two do now."""
        both = a.bits & b.bits
        told = {bit: pair.look(time_s, a, b) for bit, pair in self._pairs.items()}
        return self._shown(told, both, time_s)

    def hidden(self, time_s: float) -> list[Shown]:
        """One of the two is not seen in this frame, or neither is."""
        told = {bit: pair.hidden(time_s) if not bit else {} for bit, pair in self._pairs.items()}
        return self._shown(told, 0, time_s)

    def _shown(self, told: dict[int, dict[str, float]], both: int, time_s: float) -> list[Shown]:
        shown = []
        table = self._table
        for number, (gesture, bit) in enumerate(zip(table.gestures, table.pose_bits, strict=True)):
            value = told.get(bit, {}).get(gesture.measure)
            if value is None or (bit and not both & bit):
                continue
            shown.append(Shown(number, 1.0, value))
            if gesture.measure == "clap" and gesture.hold_s > 0:  # over when it is recognized
                self._latched[number] = (time_s + gesture.hold_s, shown[-1])
        for number, (until_s, one) in list(self._latched.items()):
            if time_s > until_s + 1e-6:
                del self._latched[number]
            elif all(other.number != number for other in shown):
                shown.append(one)
        return shown
