"""How the threads beside a game loop share the processors with it.

Measured with `handplay GAME --source demo` on two processors: with all of them for one network, and for each call of
OpenCV, the loop waits behind the tracker's helpers to be woken and to get Python's lock back. One less costs the
tracker nothing that shows in its latency, since it sleeps between two pictures anyway. A lower priority for the tracker
makes it worse: it is then put aside while it holds the lock.
"""

from __future__ import annotations

import os

_MOST = 4


def network_threads(cpu_count: int | None = None) -> int:
    """Threads for one network beside a game loop: one processor is left to the loop.

    Args:
        cpu_count: processors; those of the machine if None.
    """
    return max(1, min(_MOST, (cpu_count or os.cpu_count() or 1) - 1))


def keep_opencv_aside(cpu_count: int | None = None) -> None:
    """Keeps each call of OpenCV to as many threads, for the whole process. For a thread: it loads OpenCV."""
    if (cpu_count or os.cpu_count() or 1) > 2:
        return  # there is room
    import cv2

    cv2.setNumThreads(1)
