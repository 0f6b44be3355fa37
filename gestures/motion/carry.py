"""What a closed hand does: it carries something (drag), or lets go of it on the fly (throw)."""

from __future__ import annotations

import math

from handplay.gestures.fingers import HandWords, switch
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Sample, Trail

_THUMB, _LONG = switch("extended", 0), slice(switch("extended", 1), switch("extended", 5))


class Carries:
    """Drag and throw of one hand.

    A hand takes hold where it closes, if it was open before and hardly moves meanwhile; it drags once it has carried
    that far enough. It throws if, closed, it sets out from rest. A thumb that stands out holds nothing. For a moment's
    flicker of the closed hand, and when the trail breaks off, it keeps hold.
    """

    __slots__ = ("_closed", "_closed_s", "_dragging", "_flat_s", "_held", "_let_go", "_settings", "_thumb_out")

    def __init__(self, settings: MotionSettings) -> None:
        self._settings = settings
        self._closed_s: float | None = None
        self._flat_s = float("-inf")
        """When it was last open, its palm to the camera."""
        self._held: Sample | None = None
        self._dragging = False
        self._closed = self._thumb_out = 0
        """Frames since it closed, and on how many of them the thumb stood out."""
        self._let_go: tuple[float, float] | None = None
        """When it opened last, and how fast it was."""

    def drop(self) -> None:
        """The hand does something else: what it holds is nothing to drag or throw."""
        self._held = self._let_go = None
        self._dragging = False

    def look(
        self, trail: Trail, time_s: float, *, grabbing: bool, grab: float, words: HandWords
    ) -> tuple[str, Found] | None:
        """The drag that goes on, or a throw that has just happened.

        Args:
            grabbing, grab: whether the hand is closed, and how far.
            words: what it shows. One that shows its back reaches for something else than what is on the screen.
        """
        s = self._settings
        away = words.palm == "away"
        # What has closed opens when it is plainly open: a fist that moves is blurred.
        keeps = self._closed_s is not None and self._let_go is None and grab >= s.grab_keep and not words.pinching
        if grabbing or keeps:
            return self._carry(trail, time_s, away, thumb_out=bool(words.on[_THUMB]))
        if not away and float(words.fit[_LONG].min()) >= s.grab_flat:
            self._flat_s = time_s
        if self._closed_s is not None and self._let_go is None:
            self._let_go = (time_s, self._swing(trail, time_s) if time_s - self._closed_s >= s.grab_still_s else 0.0)
        if self._let_go is None:
            return None
        since_s, speed = time_s - self._let_go[0], self._let_go[1]
        # A blurred fist may look open for a frame: thrown is what is plainly let go, with the hand flat.
        flat = bool(trail.t) and not away and trail.straight[-1] == trail.LONG_FINGERS and grab < s.throw_open
        thrown = flat and speed >= s.throw_least and since_s <= s.throw_open_s
        peak = max(trail.speed[trail.since(self._let_go[0] - s.throw_window_s) :]) if thrown else 0.0
        thrown = thrown and peak >= s.throw_speed
        closed_s = self._closed_s
        if thrown or since_s > s.throw_window_s:
            self._closed_s = self._held = self._let_go = None
            self._dragging = False
        if thrown and closed_s is not None:
            return "throw", Found(closed_s, peak, min(1.0, peak / (2 * s.throw_speed)))
        return None

    def _carry(self, trail: Trail, time_s: float, away: bool, *, thumb_out: bool) -> tuple[str, Found] | None:
        s = self._settings
        if self._let_go is not None and time_s - self._let_go[0] > s.flicker_s:
            self.drop()  # it was open, and has closed again
            self._closed_s = None
        self._let_go = None
        now = trail.samples[-1] if trail.t else None
        if self._closed_s is None:
            self._closed_s = time_s
            self._closed = self._thumb_out = 0
            self._held = None if away else self._taken(trail, time_s)
        self._closed += 1
        self._thumb_out += thumb_out
        if self._held is not None and not self._dragging and now is not None:
            way = math.hypot(now.x - self._held.x, now.y - self._held.y) / now.unit
            if time_s - self._closed_s < s.grab_still_s - 1e-6:
                if way > s.grab_still_way:
                    self._held = None
            elif way > s.carry_way:
                self._dragging = self._grips()
                self._held = self._held if self._dragging else None
        if not self._dragging:
            return None
        return "drag", Found(self._closed_s, trail.speed[-1] if trail.t else 0.0, 1.0)

    def _taken(self, trail: Trail, time_s: float) -> Sample | None:
        """Where the hand closed: it was flat just before, and hardly moved meanwhile."""
        s = self._settings
        if not trail.t or time_s - self._flat_s > s.grab_from_s:
            return None
        a, b = trail.samples[trail.since(time_s - 0.25)], trail.samples[-1]
        return b if math.hypot(b.x - a.x, b.y - a.y) <= s.grab_still_way * b.unit else None

    def _grips(self) -> bool:
        return 2 * self._thumb_out < self._closed

    def _swing(self, trail: Trail, time_s: float) -> float:
        """Speed at which the hand lets go: 0 if it has not, closed and from rest, carried anything far enough."""
        s = self._settings
        while_s = range(trail.since(max(self._closed_s or 0.0, time_s - s.throw_from_s)), len(trail.t))
        if not self._grips() or not any(trail.rested(at, s.rest_way) for at in while_s):
            return 0.0
        closed = [at for at in range(trail.since(time_s - s.throw_swing_s), len(trail.t)) if trail.grabbing[at]]
        if len(closed) < 2:
            return 0.0
        # The fist's last place is where it opens: by the time that is seen it is farther on.
        a, b = trail.samples[closed[0]], trail.samples[min(closed[-1] + 1, len(trail.t) - 1)]
        if math.hypot(b.x - a.x, b.y - a.y) < s.throw_way * b.unit:
            return 0.0
        if b.y - a.y > 0.8 * math.hypot(b.x - a.x, b.y - a.y):
            return 0.0  # an arm that drops
        return trail.speed[-1]
