"""Latency and CPU of the live chain: a source at its own rate, capture thread, mailbox, tracking thread, game loop.

Run: python benchmarks/live_chain.py [--source SPEC] [--size 1280x720] [--fps 30] [--seconds 20] [--json FILE]

Without --source, demo frames are drawn beforehand and played at the rate, so that drawing takes no part. `track_ms` is
from the arrival of a picture to its posted result, `inference_ms` the part of it inside the tracker, `handover_ms` the
rest: threads, mailbox, posting. A picture that arrives while the tracker is busy with the last one waits for it:
`handover_idle_ms` leaves these out. `pickup_ms` is from posting to the 60 Hz loop that takes it.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from pathlib import Path

import numpy as np
import psutil

from handplay.engine import Frame, FrameSource, HandFrame, HandTracker, LiveFeed, SourceInfo, open_source
from handplay.engine.sources.base import Image
from handplay.engine.tracking.tracker import load_networks

LOOP_HZ = 60
WARM_UP = 15
"""Results left out at the start."""


class Played:
    """Pictures drawn beforehand, back and forth for ever, at a rate: a camera that costs nothing."""

    def __init__(self, size: tuple[int, int], fps: float, count: int = 90) -> None:
        demo = open_source("demo", width=size[0], height=size[1], fps=fps)
        frames = [frame for frame in (demo.read() for _ in range(count)) if frame is not None]
        self._images = [frame.image for frame in (*frames, *frames[-2:0:-1])]
        self.info = SourceInfo("played", "live", size[0], size[1], fps)
        self._index = 0
        self._start_s = time.monotonic()
        self._closed = threading.Event()

    def read(self) -> Frame | None:
        due_s = self._start_s + self._index / self.info.fps
        if self._closed.wait(max(0.0, due_s - time.monotonic())):
            return None
        frame = Frame(self._index, time.monotonic(), self._images[self._index % len(self._images)])
        self._index += 1
        return frame

    def close(self) -> None:
        self._closed.set()


class TimedTracker:
    """A tracker that notes when it began and ended each picture."""

    def __init__(self, tracker: HandTracker) -> None:
        self._tracker = tracker
        self.spans: dict[float, tuple[float, float]] = {}

    def track(self, frame_bgr: Image, time_s: float, /) -> HandFrame:
        begin_s = time.monotonic()
        hands = self._tracker.track(frame_bgr, time_s)
        self.spans[time_s] = (begin_s, time.monotonic())
        return hands

    def close(self) -> None:
        self._tracker.close()


def percentiles(values_s: list[float]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(values_s, [50, 95, 99]) * 1000
    return {"p50": round(p50, 3), "p95": round(p95, 3), "p99": round(p99, 3)}


def run(source: FrameSource, seconds: float) -> dict[str, object]:
    """Plays a source through the chain; a game loop that does nothing else takes the results."""
    networks = load_networks()
    timed: list[TimedTracker] = []

    def make_tracker(info: SourceInfo) -> TimedTracker:
        timed.append(TimedTracker(HandTracker(2, mirrored=info.mirrored, networks=networks)))
        return timed[-1]

    feed = LiveFeed(lambda: source, make_tracker)
    process = psutil.Process()
    cpu_before, begin_s = process.cpu_times(), time.monotonic()
    feed.start()
    taken = []
    while (now_s := time.monotonic()) - begin_s < seconds and feed.state != "ended":
        taken += [(now_s, update) for update in feed.take(now_s - begin_s)]
        time.sleep(1 / LOOP_HZ)
    cpu_after, wall_s = process.cpu_times(), time.monotonic() - begin_s
    stats = feed.stats()
    close_s = time.monotonic()
    feed.close()
    close_s = time.monotonic() - close_s

    total: list[float] = []
    inside: list[float] = []
    handover: list[float] = []
    idle: list[float] = []
    pickup: list[float] = []
    free_s = 0.0
    for now_s, update in taken:
        started_s, ended_s = timed[0].spans[update.hands.time_s]
        posted_s = update.posted_s or ended_s
        if len(total) >= WARM_UP:
            inside.append(ended_s - started_s)
            handover.append(posted_s - update.hands.time_s - (ended_s - started_s))
            pickup.append(now_s - posted_s)
            if update.hands.time_s >= free_s:
                idle.append(handover[-1])
        total.append(posted_s - update.hands.time_s)
        free_s = posted_s
    return {
        "source": source.info.name,
        "size": f"{source.info.width}x{source.info.height}",
        "captured": stats.captured,
        "tracked": stats.tracked,
        "dropped": stats.dropped,
        "with_hands": sum(len(update.hands) > 0 for _, update in taken),
        "track_ms": percentiles(total[WARM_UP:]),
        "inference_ms": percentiles(inside),
        "handover_ms": percentiles(handover),
        "handover_idle_ms": percentiles(idle),
        "pickup_ms": percentiles(pickup),
        "cpu_cores": round((cpu_after.user + cpu_after.system - cpu_before.user - cpu_before.system) / wall_s, 2),
        "close_s": round(close_s, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    width, height = (int(part) for part in args.size.split("x"))
    if args.source:
        source = open_source(args.source, realtime=True, width=width, height=height, fps=args.fps)
    else:
        source = Played((width, height), args.fps)
    text = json.dumps(run(source, args.seconds), indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
