"""Every number of the live rim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """How patient the threads and their watchdog are.

    Attributes:
        look_s: how often a camera is looked for that was never there; on Linux a look costs one directory listing.
        retry_s: first pause before a source that broke is opened again; doubled each time up to `look_s`.
        stall_s: this long without a picture, and the player is told; a camera in a dark room falls to 5 a second.
        abandon_s: a read that blocks this long will not return (opencv#5746): it is left behind, the source reopened.
        slow_start_s: opening takes longer than this, and the player is told that it goes on.
        close_s: all threads end within this time or are left behind; a second less a margin for the caller.
        kept_latencies: newest values that the statistics keep: 68 s at 60 frames a second.
    """

    look_s: float = 2.0
    retry_s: float = 0.25
    stall_s: float = 1.5
    abandon_s: float = 8.0
    slow_start_s: float = 2.5
    close_s: float = 0.8
    kept_latencies: int = 4096

    def __post_init__(self) -> None:
        for name in ("look_s", "retry_s", "stall_s", "abandon_s", "slow_start_s", "close_s", "kept_latencies"):
            if not getattr(self, name) > 0:
                raise ValueError(f"LiveSettings.{name}: got {getattr(self, name)}, wanted a number above 0")
