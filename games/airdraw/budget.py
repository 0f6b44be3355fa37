"""How much of a picture's time may go into work that can wait: more while the pictures come in time.

Never much: a thread that seldom sleeps is woken late by the system, where the tracker keeps the processors busy.
"""

from __future__ import annotations

LATE_S = 0.0185
"""A picture that comes later than this after the one before has been held up (60 a second are 16.7 ms apart)."""


class Budget:
    """Seconds for each picture: grows slowly, and is halved by a late picture.

    Args:
        least, most: seconds, the bounds; it begins in their middle.
    """

    def __init__(self, least: float, most: float) -> None:
        self._least, self._most = least, most
        self.seconds = (least + most) / 2
        self._last_s: float | None = None

    def picture(self, now_s: float) -> float:
        """A picture is drawn at this time; gives the seconds for its work."""
        if self._last_s is not None:
            late = now_s - self._last_s > LATE_S
            self.seconds = max(self._least, self.seconds / 2) if late else min(self._most, self.seconds + 0.00025)
        self._last_s = now_s
        return self.seconds
