"""A movement that was performed several times with a pause between: found, cut out and brought to one form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handplay.engine.coordinates import Float32, view_from_image
from handplay.engine.hands import HandFrame
from handplay.gestures.kinds import Path

_PALM = [0, 5, 9, 13, 17]
PATH_POINTS = 32


@dataclass(frozen=True, slots=True)
class PerformanceSettings:
    """When a movement begins and ends.

    Attributes:
        rest_window_s, rest_palms: a palm that goes no farther than this in this time rests.
        least_pause_s: rest that ends a performance; the turning points of a wave are shorter.
        least_palms: way of a performance, palm lengths; less is a hand that adjusts itself.
        longest_s: a performance that takes longer is none.
        alike: likeness of two performances of one movement; the way back has -1, a quarter turn 0.
    """

    rest_window_s: float = 0.15
    rest_palms: float = 0.12
    least_pause_s: float = 0.25
    least_palms: float = 1.0
    longest_s: float = 4.0
    alike: float = 0.7

    def __post_init__(self) -> None:
        for name in ("rest_window_s", "rest_palms", "least_pause_s", "least_palms", "longest_s"):
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise ValueError(f"PerformanceSettings.{name}: got {value}, wanted a number of at least 0")


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """One movement from rest to rest.

    Attributes:
        time_s: float64 (n,).
        xy: float32 (n, 2), the palm's centre as the player sees it, palm lengths.
    """

    time_s: Float32
    xy: Float32

    @property
    def way(self) -> float:
        """Length of the path, palm lengths."""
        return float(np.hypot(*np.diff(self.xy, axis=0).T).sum())


class PerformanceCutter:
    """Takes frames; hands out a performance when it has ended."""

    def __init__(self, settings: PerformanceSettings | None = None) -> None:
        self.settings = settings or PerformanceSettings()
        self._forget()

    def _forget(self) -> None:
        self._hand_id: int | None = None
        self._track: list[tuple[float, float, float, float]] = []  # time, view x, view y, palm, all in heights
        self._began: int | None = None
        self._rested_s = 0.0
        self._from_rest = False

    @property
    def moving(self) -> bool:
        """True while a performance that began from rest is under way."""
        return self._began is not None

    def feed(self, frame: HandFrame) -> Performance | None:
        """Takes one frame; a frame without exactly one hand breaks what was under way."""
        if len(frame) != 1:
            self._forget()
            return None
        hand, time_s = frame[0], frame.time_s
        if hand.hand_id != self._hand_id or (self._track and time_s <= self._track[-1][0]):
            self._forget()
            self._hand_id = hand.hand_id
        centre = hand.landmarks_px[_PALM, :2].mean(axis=0)
        x, y = view_from_image(centre, frame.width, frame.height, mirrored=frame.mirrored)[:2].tolist()
        shape = frame.width / frame.height
        self._track.append((time_s, x * shape, y, hand.palm_px / frame.height))
        return self._step()

    def _step(self) -> Performance | None:
        s = self.settings
        time_s = self._track[-1][0]
        resting = self._rests()
        if resting:
            self._rested_s += time_s - self._track[-2][0]
            if self._began is not None and self._rested_s >= s.least_pause_s:
                return self._end()
            if self._began is None:
                self._from_rest = True
                del self._track[: -_kept(self._track, s.rest_window_s)]
        else:
            self._rested_s = 0.0
            if self._began is None and self._from_rest:
                self._began = 0
        if self._began is not None and time_s - self._track[self._began][0] > s.longest_s:
            self._began, self._from_rest = None, False
        if self._began is None and not resting:
            del self._track[: -_kept(self._track, s.rest_window_s)]
        return None

    def _rests(self) -> bool:
        window_s = self.settings.rest_window_s
        now = self._track[-1]
        for before in reversed(self._track[:-1]):
            if now[0] - before[0] >= window_s - 1e-6:
                way = math.hypot(now[1] - before[1], now[2] - before[2])
                return way <= self.settings.rest_palms * now[3] * (now[0] - before[0]) / window_s
        return False

    def _end(self) -> Performance | None:
        rows = np.array(self._track, np.float64)
        # The rest at the end is no part of it.
        moved = rows[rows[:, 0] <= rows[-1, 0] - self._rested_s]
        self._began, self._from_rest = None, True
        self._track = self._track[-_kept(self._track, self.settings.rest_window_s) :]
        if len(moved) < 3:
            return None
        palm = float(np.median(moved[:, 3]))
        found = Performance(moved[:, 0], ((moved[:, 1:3] - moved[0, 1:3]) / max(palm, 1e-6)).astype(np.float32))
        return found if found.way >= self.settings.least_palms else None


def _kept(track: list[tuple[float, float, float, float]], window_s: float) -> int:
    """How many of the last points span the window."""
    count = 1
    while count < len(track) and track[-1][0] - track[-count][0] < window_s:
        count += 1
    return count


def resampled(xy: Float32, count: int = PATH_POINTS) -> Path:
    """The same path as points at equal steps of way, from (0, 0), palm lengths."""
    steps = np.hypot(*np.diff(xy, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, way[-1], count)
    points = np.stack([np.interp(at, way, xy[:, axis]) for axis in (0, 1)], axis=1) - xy[0]
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in points)


def likeness(a: Performance, b: Performance) -> float:
    """How alike two performances are in shape and direction: 1 the same, -1 the way back.

    Their size and tempo do not count.
    """
    rows = [np.array(resampled(one.xy)) for one in (a, b)]
    rows = [row - row.mean(axis=0) for row in rows]
    size = np.linalg.norm(rows[0]) * np.linalg.norm(rows[1])
    return float((rows[0] * rows[1]).sum() / size) if size > 0 else 0.0


def most_alike(performances: Sequence[Performance], least: float) -> list[Performance]:
    """The most performances that are alike, of equally many the earlier ones.

    A hand that performs a movement again and again has to go back each time, and rests there too: those are the
    others.
    """
    groups: list[list[Performance]] = []
    for performance in performances:
        group = next((one for one in groups if likeness(one[0], performance) >= least), None)
        if group is None:
            groups.append([performance])
        else:
            group.append(performance)
    return max(groups, key=len, default=[])
