"""The figures behind F3: latency, rates, and the last two seconds of frame times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.engine.stage.layout import Area
from handplay.engine.stage.metrics import RecentRate

if TYPE_CHECKING:
    from handplay.engine.live.feed import HandFeed
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.metrics import LoopMetrics

_GRAPH_MS = 40.0


class DebugOverlay:
    """Collects all the time, draws when asked."""

    def __init__(self) -> None:
        self._render = RecentRate()
        self._capture = RecentRate()
        self._tracker = RecentRate()
        self._metrics: LoopMetrics | None = None
        self._lines: list[str] = []
        self._next_s = 0.0

    def update(self, time_s: float, metrics: LoopMetrics, feed: HandFeed) -> None:
        """Takes the newest counters, four times a second."""
        self._metrics = metrics
        if time_s < self._next_s:
            return
        self._next_s = time_s + 0.25
        stats = feed.stats()
        self._render.update(time_s, metrics.flips.count)
        self._capture.update(time_s, stats.captured)
        self._tracker.update(time_s, metrics.tracked.count)
        track, event = sorted(stats.track_ms[-300:]), metrics.event
        self._lines = [
            f"render {self._render.value:5.1f} fps    work {metrics.work.last_ms:4.1f} ms",
            f"capture {self._capture.value:4.1f} fps    tracker {self._tracker.value:4.1f} fps",
            f"dropped {stats.dropped}    captured {stats.captured}",
            f"track p50 {_at(track, 0.5)}  p95 {_at(track, 0.95)} ms",
            f"event p50 {_ms(event.percentile(50))}  p95 {_ms(event.percentile(95))} ms",
        ]

    def draw(self, canvas: Canvas) -> None:
        """Draws the overlay in the top left corner."""
        line = canvas.text_area("0", size="small").height * 1.15
        width = max([300.0] + [canvas.text_area(text, size="small", tabular=True).width + 32 for text in self._lines])
        area = Area(canvas.bounds.left + 16, canvas.bounds.top + 16, width, 24 + line * len(self._lines) + 64)
        canvas.panel(area, colour=canvas.theme.background, border=canvas.theme.line, radius=8, alpha=0.86)
        y = area.top + 12
        for text in self._lines:
            canvas.text(text, (area.left + 16, y), size="small", tabular=True)
            y += line
        self._draw_graph(canvas, Area(area.left + 16, y + 4, area.width - 32, 48))

    def _draw_graph(self, canvas: Canvas, area: Area) -> None:
        if self._metrics is None:
            return
        ring, newest = self._metrics.frame_ring, self._metrics.frame.count
        step = area.width / len(ring)
        for index in range(len(ring)):
            value = float(ring[(newest + 1 + index) % len(ring)])
            share = min(1.0, value / _GRAPH_MS)
            colour = canvas.theme.good if value <= 17.5 else canvas.theme.gold if value <= 25 else canvas.theme.danger
            x = area.left + (index + 0.5) * step
            left, bottom = canvas.to_px((x, area.bottom))
            height = 1 + share * area.height * canvas.scale
            canvas.surface.fill(colour, (left, bottom - height, max(1.0, step * canvas.scale - 1), height))


def _at(values: list[float], share: float) -> str:
    return _ms(values[min(len(values) - 1, int(len(values) * share))] if values else None)


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
