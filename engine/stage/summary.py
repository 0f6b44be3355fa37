"""The figures of a run as JSON, and the pictures it leaves behind; both whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.engine.atomic import atomic_path, write_text
from handplay.engine.stage.metrics import Distribution, LoopMetrics

if TYPE_CHECKING:
    import pygame

    from handplay.engine.live.feed import FeedStats

_PERCENTS = (50, 95, 99)


def make_summary(
    metrics: LoopMetrics,
    stats: FeedStats,
    *,
    duration_s: float,
    first_frame_s: float,
    seed: int,
    game: dict[str, object],
) -> dict[str, object]:
    """All figures of a run.

    Args:
        metrics: of the loop.
        stats: of the feed, at its end.
        duration_s: wall time of the loop.
        first_frame_s: from the start of the process to the first flip.
        seed: the run's seed.
        game: what the scene tells.
    """
    track = Distribution()
    for value_ms in stats.track_ms:
        track.add(value_ms)
    return {
        "frames": metrics.flips.count,
        "duration_s": round(duration_s, 3),
        "sim_s": round(metrics.steps / 120, 3),
        "seed": seed,
        "first_frame_s": round(first_frame_s, 3),
        "render_fps": round(metrics.flips.per_second, 2),
        "frame_ms": {
            **metrics.frame.as_dict(*_PERCENTS, maximum=True),
            "share_over_25": round(metrics.frame.share_over(25.0), 5),
        },
        "work_ms": metrics.work.as_dict(*_PERCENTS, maximum=True),
        "captured": stats.captured,
        "tracked": stats.tracked,
        "tracker_fps": round(metrics.tracked.per_second, 2),
        "latency_ms": {
            "track": track.as_dict(*_PERCENTS),
            "event": metrics.event.as_dict(*_PERCENTS),
        },
        "dropped_frames": stats.dropped,
        "events": dict(sorted(metrics.events.items())),
        "gestures": dict(sorted(metrics.gestures.items())),
        "game": game,
    }


def write_summary(path: str | Path, summary: dict[str, object]) -> None:
    """Writes a summary.

    Raises:
        OutputError: the place cannot be written to.
    """
    write_text(path, json.dumps(summary, indent=2, allow_nan=False) + "\n")


def write_picture(path: str | Path, picture: pygame.Surface) -> None:
    """Writes a picture: as JPEG if its name ends so, else as PNG.

    Raises:
        OutputError: the place cannot be written to.
    """
    import pygame

    kind = "jpg" if Path(path).suffix.lower() in (".jpg", ".jpeg") else "png"
    with atomic_path(path) as place, open(place, "wb") as stream:
        pygame.image.save(picture, stream, f"picture.{kind}")
