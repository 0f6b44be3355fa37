"""Gestures that compete for one hand, or for two: the best of each layer is shown, and each one runs its table.

The rank of a gesture is its fit, its specificity and a bonus for the one that is on; never its order in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handplay.gestures.kinds import Gesture, Motion, TwoHands
from handplay.gestures.phases import IDLE, GestureState, Sight, Told, step
from handplay.gestures.reading import Coming

Candidate = tuple[int, float, float]
"""Place in the library, rank, value."""


def is_done(gesture: Gesture) -> bool:
    """True for a movement that was made when it began, so that there is nothing to undo."""
    if isinstance(gesture, Motion):
        return gesture.path != "drag"
    return isinstance(gesture, TwoHands) and gesture.measure == "clap"


class Contest:
    """Where the gestures of one hand, or of two, are in their tables.

    Attributes:
        states: of those that are not idle, by place in the library.
        values: the last value of each.
    """

    __slots__ = ("_gestures", "_layers", "states", "values")

    def __init__(self, gestures: Sequence[Gesture]) -> None:
        self._gestures = gestures
        self._layers: dict[int, str] = {}
        """Of the gestures that were shown before."""
        self.states: dict[int, GestureState] = {}
        self.values: dict[int, float] = {}

    def on(self) -> list[int]:
        """Places of the gestures that are on, rising."""
        return [place for place, state in sorted(self.states.items()) if state.is_on]

    def coming(self, time_s: float) -> list[Coming]:
        """The gestures that are shown and must still be held."""
        rows = ((self._gestures[place], state) for place, state in self.states.items() if state.phase == "candidate")
        return [Coming(gesture.name, time_s - state.since_s, gesture.hold_s) for gesture, state in rows]

    def advance(self, candidates: Iterable[Candidate], time_s: float, incumbent_bonus: float) -> list[tuple[int, Told]]:
        """One frame.

        Args:
            candidates: the gestures that are shown now.

        Returns:
            what is told, ends before begins: a gesture that begins ends its rival first.
        """
        best: dict[str, tuple[float, int]] = {}
        for place, rank, value in candidates:
            state = self.states.get(place)
            if state is not None and state.phase in ("candidate", "on", "releasing"):
                rank += incumbent_bonus
            self.values[place] = value
            layer = self._layer(place)
            # Equal ranks (a copy of a gesture): the later one, which is the user's own.
            rival = best.get(layer)
            if rival is None or (rank, place) > rival:
                best[layer] = rank, place
        shown = {place for _, place in best.values()}
        begun: list[tuple[int, Told]] = []
        taken = set()
        for place in sorted(shown):
            begun += [(place, one) for one in self._step(place, "shown", time_s)]
            if self.states.get(place, IDLE).is_on:
                taken.add(self._layer(place))
        ended: list[tuple[int, Told]] = []
        for place in sorted(self.states.keys() - shown):
            sight: Sight = "displaced" if self._layer(place) in taken else "hidden"
            ended += [(place, one) for one in self._step(place, sight, time_s)]
        return ended + begun

    def lose(self, time_s: float) -> list[tuple[int, Told]]:
        """There is no hand any more: what goes on is cancelled, what was done already ends."""
        return [
            (place, one)
            for place in sorted(self.states)
            for one in self._step(place, "displaced" if is_done(self._gestures[place]) else "lost", time_s)
        ]

    def moved(self, gestures: Sequence[Gesture], place_of: dict[int, int], time_s: float) -> list[tuple[int, Told]]:
        """The library was replaced.

        Args:
            place_of: from the old place to the new one, of gestures that are still there unchanged.

        Returns:
            what is told of the others, by their old places.
        """
        told = [
            (place, one)
            for place in sorted(self.states.keys() - place_of.keys())
            for one in self._step(place, "displaced" if is_done(self._gestures[place]) else "lost", time_s)
        ]
        self.states = {place_of[place]: state for place, state in self.states.items() if place in place_of}
        self.values = {place_of[place]: value for place, value in self.values.items() if place in place_of}
        self._gestures = gestures
        self._layers.clear()
        return told

    def _layer(self, place: int) -> str:
        layer = self._layers.get(place)
        if layer is None:
            layer = self._layers[place] = self._gestures[place].layer
        return layer

    def _step(self, place: int, sight: Sight, time_s: float) -> tuple[Told, ...]:
        now, told = step(self.states.get(place, IDLE), sight, time_s, self._gestures[place])
        if now.phase == "idle":
            self.states.pop(place, None)
        else:
            self.states[place] = now
        return told
