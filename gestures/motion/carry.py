"""What a closed hand does: it carries something (drag), or lets go of it on the fly (throw)."""

from __future__ import annotations

import math

from handplay.gestures.fingers import HandWords, switch
from handplay.gestures.motion.attempts import PALMS, SECONDS, SILENT, SPEED, Judge
from handplay.gestures.motion.settings import MotionSettings
from handplay.gestures.motion.trail import Found, Sample, Trail

_THUMB, _LONG = switch("extended", 0), slice(switch("extended", 1), switch("extended", 5))


class Carries:
    """Drag and throw of one hand.

    A hand takes hold where it closes, if it was open before and hardly moves meanwhile; it drags once it has carried
    that far enough. It throws if, closed, it sets out from rest. A thumb that stands out holds nothing. For a moment's
    flicker of the closed hand, and when the trail breaks off, it keeps hold.
    """

    __slots__ = (
        "_closed", "_closed_s", "_dragging", "_flat_s", "_held", "_judge", "_let_go", "_settings", "_thumb_out",
        "_took",
    )  # fmt: skip

    def __init__(self, settings: MotionSettings, judge: Judge = SILENT) -> None:
        self._settings, self._judge = settings, judge
        self._closed_s: float | None = None
        self._flat_s = float("-inf")
        """When it was last open, its palm to the camera."""
        self._held: Sample | None = None
        self._took = (False, False, False)
        """Of how it closed: its palm to the camera, flat just before, and in its place."""
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
            self._let_go = (time_s, self._swing(trail, time_s, self._closed_s))
        judge = self._judge
        if self._let_go is None:
            judge.begin(("drag", "throw"), time_s)
            judge.true("hand closed", False, "close it to a fist first")
            return None
        since_s, speed = time_s - self._let_go[0], self._let_go[1]
        # A blurred fist may look open for a frame: thrown is what is plainly let go, with the hand flat.
        flat = bool(trail.t) and not away and trail.straight[-1] == trail.LONG_FINGERS and grab < s.throw_open
        thrown = False
        if since_s <= s.throw_open_s:
            peak = max(trail.speed[trail.since(self._let_go[0] - s.throw_window_s) :], default=0.0)
            thrown = judge.true("opens flat at once, palm shown", flat, "open the whole hand as it lets go")
            thrown &= judge.least("moves as it opens", speed, s.throw_least, SPEED)
            thrown &= judge.least("fast enough", peak, s.throw_speed, SPEED)
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
            self._held = self._taken(trail, time_s, away)
        self._closed += 1
        self._thumb_out += thumb_out
        self._tell(now, time_s)
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

    def _taken(self, trail: Trail, time_s: float, away: bool) -> Sample | None:
        """Where the hand closed: it was flat just before, and hardly moved meanwhile."""
        s = self._settings
        flat, still = bool(trail.t) and time_s - self._flat_s <= s.grab_from_s, False
        if trail.t:
            a, b = trail.samples[trail.since(time_s - 0.25)], trail.samples[-1]
            still = math.hypot(b.x - a.x, b.y - a.y) <= s.grab_still_way * b.unit
        self._took = (not away, flat, still)
        return trail.samples[-1] if all(self._took) else None

    def _tell(self, now: Sample | None, time_s: float) -> None:
        """What a drag asks for, to those who listen; `_carry` goes by the same numbers."""
        judge, s, held = self._judge, self._settings, self._held
        judge.begin(("throw",), time_s)
        judge.true("hand closed", True)
        judge.true("lets go", False, "open the hand while it moves")
        judge.begin(("drag",), time_s)
        judge.start(self._closed_s or time_s)
        shown, flat, still = self._took
        judge.true("hand closed", True)
        judge.true("palm shown as it closed", shown, "the hand shows its back")
        judge.true("open and flat just before", flat, "open it plainly, then close it around something")
        judge.true("closed in its place", still and held is not None, "hold the hand still while it closes")
        judge.true("thumb in", self._grips(), "a thumb that stands out holds nothing")
        if held is not None and now is not None:
            way = math.hypot(now.x - held.x, now.y - held.y) / now.unit
            judge.least("carried far enough", way, s.carry_way, PALMS)

    def _grips(self) -> bool:
        return 2 * self._thumb_out < self._closed

    def _swing(self, trail: Trail, time_s: float, closed_s: float) -> float:
        """Speed at which the hand lets go: 0 if it has not, closed and from rest, carried anything far enough."""
        s, judge = self._settings, self._judge
        while_s = range(trail.since(max(closed_s, time_s - s.throw_from_s)), len(trail.t))
        closed = [at for at in range(trail.since(time_s - s.throw_swing_s), len(trail.t)) if trail.grabbing[at]]
        way = across = 0.0
        if len(closed) >= 2:
            # The fist's last place is where it opens: by the time that is seen it is farther on.
            a, b = trail.samples[closed[0]], trail.samples[min(closed[-1] + 1, len(trail.t) - 1)]
            way, across = math.hypot(b.x - a.x, b.y - a.y) / b.unit, (b.y - a.y) / b.unit
        judge.begin(("throw",), time_s)
        judge.start(closed_s)
        ok = judge.least("closed for long enough", time_s - closed_s, s.grab_still_s, SECONDS)
        ok &= judge.true("thumb in", self._grips(), "a thumb that stands out holds nothing")
        rested = any(trail.rested(at, s.rest_way) for at in while_s)
        ok &= judge.true("from rest", rested, "hold the fist still before it sets out")
        ok &= judge.least("swings far enough", way, s.throw_way, PALMS) and len(closed) >= 2
        ok &= judge.true("does not drop", across <= 0.8 * way, "an arm that drops throws nothing")
        return trail.speed[-1] if ok and trail.t else 0.0
