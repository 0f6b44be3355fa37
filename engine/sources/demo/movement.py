"""How a person moves a hand from one place to the next: keyframes built up movement by movement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from handplay.engine.hands import Handedness
from handplay.engine.sources.demo.script import Keyframe, Track, eased

_STEP_S = 1 / 60


@dataclass(frozen=True, slots=True)
class Performer:
    """Who makes the movement, and where.

    Attributes:
        x, y: where the movement begins or is centred, 0..1 of the image.
        palm: palm length, frame heights.
        aspect: width over height of the picture.
        pace: seconds of a movement against an easy one, see `SPEEDS`.
        reach: how large movements are against the usual.
        handedness, skin, sleeve: see `Track`.
        background: name of the room.
    """

    x: float = 0.5
    y: float = 0.55
    palm: float = 0.17
    aspect: float = 4 / 3
    pace: float = 1.0
    reach: float = 1.0
    handedness: Handedness = "Right"
    skin: int = 1
    sleeve: int = 0
    background: str = "room"

    @property
    def side(self) -> float:
        """1 for a right hand, -1 for a left one."""
        return 1.0 if self.handedness == "Right" else -1.0


class Path:
    """Keyframes of one hand, one after the other; places in palm lengths from the performer's, x as in the image."""

    def __init__(self, who: Performer, pose: str, **turn: float) -> None:
        self._who = who
        self.time_s = 0.0
        self.keys: list[Keyframe] = []
        self._pose, self._x, self._y, self._size = pose, 0.0, 0.0, 1.0
        self._turn = {"roll_deg": 0.0, "yaw_deg": 0.0, "pitch_deg": 0.0, **turn}
        self._key()

    def _key(self, *, linear: bool = False) -> None:
        who, turn = self._who, self._turn
        self.keys.append(
            Keyframe(
                self.time_s,
                self._pose,
                who.x + self._x * who.palm / who.aspect,
                who.y + self._y * who.palm,
                who.palm * self._size,
                turn["roll_deg"],
                turn["yaw_deg"],
                turn["pitch_deg"],
                "linear" if linear else "smooth",
            )
        )

    def start(self, x: float, y: float, size: float = 1.0) -> Path:
        """Begins elsewhere."""
        self._x, self._y, self._size = x, y, size
        self.keys.clear()
        self._key()
        return self

    def rest(self, seconds: float) -> Path:
        self.time_s += seconds
        self._key()
        return self

    def to(
        self,
        seconds: float,
        x: float | None = None,
        y: float | None = None,
        *,
        size: float | None = None,
        pose: str | None = None,
        **turn: float,
    ) -> Path:
        """Goes there from rest to rest."""
        self._x = self._x if x is None else x
        self._y = self._y if y is None else y
        self._size = self._size if size is None else size
        self._pose = pose or self._pose
        self._turn |= turn
        self.time_s += seconds
        self._key()
        return self

    def along(
        self, seconds: float, place: Callable[[float], tuple[float, float]], *, opens: float | None = None
    ) -> Path:
        """Follows places from rest to rest; `place` takes progress 0..1.

        Args:
            opens: share of the time at which the hand begins to open.
        """
        self.keys[-1] = replace(self.keys[-1], ease="linear")
        count = max(2, round(seconds / _STEP_S))
        begin_s = self.time_s
        opening = range(0)
        if opens is not None:
            first = round(opens * count)
            opening = range(first + 1, min(count, first + round(0.1 / _STEP_S)))
        for i in range(1, count + 1):
            if i in opening:
                continue  # one even stretch: the fingers open all along it
            if opens is not None and i >= opening.stop:
                self._pose = "open_palm"
            self.time_s = begin_s + seconds * i / count
            self._x, self._y = place(eased(i / count))
            self._key(linear=i < count)
        return self

    def track(self) -> Track:
        who = self._who
        return Track(tuple(self.keys), who.handedness, who.skin, who.sleeve)
