"""The measurements behind `handplay bench`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handplay.engine.bench.film import Film
from handplay.engine.bench.stages import Spread, StageClock, instrumented, spread
from handplay.engine.sources.base import Image
from handplay.engine.tracking.tracker import HandTracker, Networks

SIZES = ((320, 240), (640, 480), (1280, 720))
"""The input sizes that hand detectors have been compared at (the SSD detectors of 2017: 21 and 11 frames a second)."""

WARM_UP = 10
_BLOCK = 30


@dataclass(frozen=True, slots=True)
class StageRun:
    """What one pass with clocks round the stages gave.

    Attributes:
        stages: stage to its times.
        frame: the whole frame, capture included; its share is 1.
        hands: hands a frame.
        detector_runs: palm detector runs a frame.
    """

    stages: dict[str, Spread]
    frame: Spread
    hands: float
    detector_runs: float


def stage_run(film: Film, networks: Networks, max_hands: int) -> StageRun:
    """Every frame through all stages, one after the other in this thread."""
    from handplay.engine.events import EventPump

    clock, hands, runs = StageClock(), 0, 0
    tracker, pump = HandTracker(max_hands, networks=networks), EventPump(post=lambda event: True)
    number = 0
    with instrumented(clock):
        while True:
            with clock.stage("capture"):
                frame = film.read()
            if frame is None:
                break
            found = tracker.track(frame.image, frame.time_s)
            pump.feed(found)
            clock.end_frame()
            number, hands, runs = number + 1, hands + len(found), runs + found.detector_runs
            if number == WARM_UP:
                fresh = StageClock()
                clock.wall_ms, clock.cpu_ms, hands, runs = fresh.wall_ms, fresh.cpu_ms, 0, 0
    whole = np.sum(list(clock.wall_ms.values()), axis=0).tolist()
    return StageRun(spread(clock), _whole(whole), hands / len(whole), runs / len(whole))


def _whole(times_ms: list[float]) -> Spread:
    p50, p95, p99 = (float(value) for value in np.percentile(times_ms, (50, 95, 99)))
    return Spread(p50, p95, p99, 1.0)


def direct_fps(film: Film, networks: Networks, max_hands: int, show: Callable[[Image], None] | None) -> float:
    """Frames a second with everything in one thread: read, track, recognize, show."""
    from handplay.engine.events import EventPump

    tracker, pump = HandTracker(max_hands, networks=networks), EventPump(post=lambda event: True)
    start_s, number = time.perf_counter(), 0
    while (frame := film.read()) is not None:
        pump.feed(tracker.track(frame.image, frame.time_s))
        if show is not None:
            show(frame.image)
        number += 1
        if number == WARM_UP:
            start_s = time.perf_counter()
    return (number - WARM_UP) / (time.perf_counter() - start_s)


def threaded_fps(film: Film, networks: Networks, max_hands: int, show: Callable[[Image], None] | None) -> float:
    """The same with capture and tracking in threads of their own, as the games do; this thread shows."""
    from handplay.engine.events import EventPump
    from handplay.engine.live.live_feed import LiveFeed

    pump = EventPump(post=lambda event: True)
    feed = LiveFeed(lambda: film, lambda info: HandTracker(max_hands, networks=networks))
    start_s, number, first = 0.0, 0, 0
    feed.start()
    try:
        while feed.state not in ("ended", "closed"):
            updates = feed.take(time.perf_counter())
            for update in updates:
                pump.feed(update.hands)
                number += 1
            if not start_s and number >= WARM_UP:
                start_s, first = time.perf_counter(), number
            picture = feed.picture()
            if updates and show is not None and picture is not None:
                show(picture)
            if not updates:
                time.sleep(0.0005)
        number += len(feed.take(time.perf_counter()))
        return (number - first) / (time.perf_counter() - start_s)
    finally:
        feed.close()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours against MediaPipe on the same pictures, in turns of a second: milliseconds a frame."""

    ours: Spread
    mediapipe: Spread
    wall_ratio: float
    cpu_ratio: float
    hands: tuple[float, float]


def compared(pictures: list[Image], networks: Networks, max_hands: int) -> Comparison:
    """Both trackers on pictures that are decoded already.

    Raises:
        ModuleNotFoundError: mediapipe is not installed.
    """
    from handplay.engine.reference import MediaPipeHands

    wall: tuple[list[float], list[float]] = ([], [])
    cpu, hands = [0.0, 0.0], [0, 0]
    with HandTracker(max_hands, networks=networks) as ours, MediaPipeHands(max_hands) as theirs:
        for start in range(-min(_BLOCK, len(pictures)), len(pictures), _BLOCK):
            for side, track in enumerate((ours.track, theirs.track)):
                for number in range(start, min(start + _BLOCK, len(pictures))):
                    picture = pictures[abs(number)]
                    before = time.perf_counter(), time.process_time()
                    found = track(picture, (number + _BLOCK + 1) / 30)
                    if number >= 0:  # the first round warms both up
                        wall[side].append((time.perf_counter() - before[0]) * 1000)
                        cpu[side] += time.process_time() - before[1]
                        hands[side] += len(found)
    rows = [_whole(times) for times in wall]
    count = len(wall[0])
    return Comparison(
        rows[0],
        rows[1],
        float(np.mean(wall[0]) / np.mean(wall[1])),
        cpu[0] / max(cpu[1], 1e-9),
        (hands[0] / count, hands[1] / count),
    )
