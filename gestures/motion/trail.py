"""Where one hand was in the last seconds: plain lists of numbers, since a frame adds one of each.

A trail holds one unbroken movement. It begins when the hand has been seen for a moment and lies well inside the
picture, and anew when the tracker has plainly taken something else for the hand: what was before is forgotten then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from handplay.engine.hands import Hand, HandFrame
from handplay.gestures.fingers import HandWords, switch
from handplay.gestures.motion.settings import MotionSettings


@dataclass(frozen=True, slots=True)
class Found:
    """A movement that has just been recognized, or that goes on.

    Attributes:
        start_s: when it began.
        speed: its value: top speed, palms a second, or what the movement tells.
        score: 0..1, how plain it is.
    """

    start_s: float
    speed: float
    score: float


class Sample(NamedTuple):
    """One frame of one hand. Places are pixels, x to the player's right, y down.

    Attributes:
        x, y: palm centre.
        unit: palm unit, pixels.
        width: knuckle line, index to little MCP, pixels.
        tip_x, tip_y: index fingertip.
        middle_x: middle fingertip.
        reach: index fingertip nearer to the camera than the wrist, palm units.
        angle: of the palm in the picture, radians.
    """

    x: float
    y: float
    unit: float
    width: float
    tip_x: float
    tip_y: float
    middle_x: float
    reach: float
    angle: float


_LONG, _RELAXED = slice(switch("extended", 1), switch("extended", 5)), switch("relaxed")
_DEPTH = 2.0
"""True depth over published depth (`handplay.engine.coordinates`)."""


def sample(hand: Hand, frame: HandFrame) -> Sample:
    """What a trail keeps of a hand."""
    p = hand.landmarks_px.tolist()
    (x0, y0, z0), (x5, y5, z5), (x9, y9, z9), (x17, y17, z17) = p[0], p[5], p[9], p[17]
    x8, y8, z8 = p[8]
    unit = (
        math.sqrt((x5 - x0) ** 2 + (y5 - y0) ** 2 + (z5 - z0) ** 2)
        + math.sqrt((x9 - x0) ** 2 + (y9 - y0) ** 2 + (z9 - z0) ** 2)
        + math.sqrt((x17 - x0) ** 2 + (y17 - y0) ** 2 + (z17 - z0) ** 2)
    ) / 3
    unit = max(unit, 1e-3)
    # The middle between wrist and knuckles: what a hand that turns in place turns about.
    x, y = (4 * x0 + x5 + x9 + p[13][0] + x17) / 8, (4 * y0 + y5 + y9 + p[13][1] + y17) / 8
    right = 1.0 if frame.mirrored else -1.0
    return Sample(
        x if frame.mirrored else frame.width - x,
        y,
        unit,
        math.sqrt((x5 - x17) ** 2 + (y5 - y17) ** 2 + (z5 - z17) ** 2),
        x8 if frame.mirrored else frame.width - x8,
        y8,
        p[12][0] if frame.mirrored else frame.width - p[12][0],
        _DEPTH * (z0 - z8) / unit,
        math.atan2(right * (x9 - x0), y0 - y9),
    )


class Trail:
    """The last seconds of one hand.

    Attributes:
        t: times, seconds, rising.
        samples: one for each time.
        speed: palms a second at each time.
        vx, vy: its parts.
        pose_bits: at each time, one bit for each named pose that the hand shows.
        grabbing: at each time, whether the hand is closed.
        straight: at each time, which of the long fingers are held straight: one bit each, index finger 1; none of a
            hand at ease.
        away: at each time, whether the hand shows its back.
        size: (width, height) of the picture, pixels.
    """

    LONG_FINGERS = 15

    __slots__ = (
        "_armed", "_came_s", "_last", "_last_s", "_settings", "away", "grabbing", "pose_bits", "samples", "size",
        "speed", "straight", "t", "vx", "vy",
    )  # fmt: skip

    def __init__(self, settings: MotionSettings) -> None:
        self._settings = settings
        self._last: Sample | None = None
        self._last_s = self._came_s = 0.0
        self.size = (1, 1)
        self.clear()

    def clear(self) -> None:
        """Forgets what was; the hand counts again when it is first slow."""
        self.t: list[float] = []
        self.samples: list[Sample] = []
        self.speed: list[float] = []
        self.vx: list[float] = []
        self.vy: list[float] = []
        self.pose_bits: list[int] = []
        self.grabbing: list[bool] = []
        self.straight: list[int] = []
        self.away: list[bool] = []
        self._armed = False

    def add(self, now: Sample, time_s: float, frame: HandFrame, words: HandWords, bits: int) -> bool:
        """Takes one frame.

        Returns:
            False when nothing can be said of the movement: the hand was just found, comes or goes, or has jumped. The
            trail is empty then.
        """
        s, before = self._settings, self._last
        since_s, self._last, self._last_s = time_s - self._last_s, now, time_s
        self.size = (frame.width, frame.height)
        if before is None:
            return self._begin(now, time_s)
        if since_s <= 0:
            return bool(self.t)
        way = math.hypot(now.x - before.x, now.y - before.y) / now.unit
        most = math.exp(s.growth_jump + s.top_growth * since_s)
        if way > s.jump + s.top_speed * since_s or not 1 / most <= now.unit / before.unit <= most:
            return self._begin(now, time_s)
        if not self._inside(now, s.edge):
            self.clear()  # on its way in or out
            return False
        if time_s - self._came_s < s.settle_s - 1e-6:
            return False
        # One that came in counts when it first is slow.
        if not self._armed and way >= s.rest_speed * since_s:
            return False
        self._armed = True
        self._append(now, time_s, words, bits)
        return True

    def _begin(self, now: Sample, time_s: float) -> bool:
        """A hand that was just found. Well inside the picture it counts as soon as it has settled."""
        self.clear()
        self._came_s = time_s
        self._armed = self._inside(now, self._settings.inside)
        return False

    def _inside(self, now: Sample, palms: float) -> bool:
        margin, (width, height) = palms * now.unit, self.size
        return margin < now.x < width - margin and margin < now.y < height - margin

    def _append(self, now: Sample, time_s: float, words: HandWords, bits: int) -> None:
        t, samples = self.t, self.samples
        if t and t[0] < time_s - 2 * self._settings.keep_s:
            first = self.since(time_s - self._settings.keep_s)
            for row in (
                t, samples, self.speed, self.vx, self.vy, self.pose_bits, self.grabbing, self.straight,
                self.away,
            ):  # fmt: skip
                del row[:first]
        t.append(time_s)
        samples.append(now)
        at = len(t) - 1
        while at > 0 and time_s - t[at] < self._settings.speed_span_s - 1e-6:
            at -= 1
        span_s = time_s - t[at]
        vx = vy = 0.0
        if span_s > 0:
            then = samples[at]
            vx, vy = (now.x - then.x) / (now.unit * span_s), (now.y - then.y) / (now.unit * span_s)
        self.vx.append(vx)
        self.vy.append(vy)
        self.speed.append(math.hypot(vx, vy))
        self.pose_bits.append(bits)
        self.grabbing.append(words.grabbing)
        index, middle, ring, pinky = words.on[_LONG].tolist()
        relaxed = bool(words.on[_RELAXED])
        self.straight.append(0 if relaxed else index + 2 * middle + 4 * ring + 8 * pinky)
        self.away.append(words.palm == "away")

    def since(self, time_s: float) -> int:
        """Index of the first sample at or after this time."""
        at = len(self.t)
        while at > 0 and self.t[at - 1] >= time_s:
            at -= 1
        return at

    def rested(self, at: int, way: float = 0.0) -> bool | None:
        """Whether the hand stayed where it was in the moment before this sample; None if that was not seen.

        Args:
            way: palms that it may have gone already.
        """
        s, t, here = self._settings, self.t, self.samples[at]
        since_s = t[at] - s.rest_s + 1e-6
        most = (s.rest_way + way) * here.unit
        while at > 0 and t[at] > since_s:
            at -= 1
            one = self.samples[at]
            if math.hypot(one.x - here.x, one.y - here.y) > most:
                return False
        return True if t[at] <= since_s else None

    def share(self, bit: int, start_s: float, end_s: float = math.inf) -> float:
        """On which share of the frames of this time the hand showed this pose."""
        last = len(self.t) if end_s == math.inf else self.since(end_s)
        first = min(self.since(start_s), len(self.t) - 1)
        rows = self.pose_bits[first : max(last, first + 1)]
        return sum(1 for bits in rows if bits & bit) / len(rows)
