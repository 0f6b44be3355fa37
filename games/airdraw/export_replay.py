"""The drawing being made, as a GIF or an MP4: rests are cut short, and an hour of drawing is no long film."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from handplay.engine.atomic import atomic_path
from handplay.engine.errors import OutputError
from handplay.games.airdraw.backdrop import GROUND, decoded, placed
from handplay.games.airdraw.buffers import LayerSheets, window_part
from handplay.games.airdraw.document import Document, Layer
from handplay.games.airdraw.export_png import over, whole_view
from handplay.games.airdraw.raster import Frame, Pixels, draw_stroke
from handplay.games.airdraw.strokes import Stroke
from handplay.games.airdraw.view import SizePx, View

SUFFIXES = (".gif", ".mp4")


@dataclass(frozen=True, slots=True)
class ReplaySettings:
    """How the film runs.

    Attributes:
        size_px: of the pictures.
        fps: pictures a second; a GIF gets at most 12.
        rest_s: a rest between two strokes lasts at most so long.
        least_s: a stroke takes at least so long, however fast it was.
        base_s: what a film may last at least.
        share: and for each second drawn so much more: 0.08 is five seconds a minute.
        most_s: a film is no longer than this.
        end_s: how long the finished drawing stays.
    """

    size_px: SizePx = (960, 540)
    fps: float = 30.0
    rest_s: float = 0.25
    least_s: float = 0.1
    base_s: float = 5.0
    share: float = 0.08
    most_s: float = 30.0
    end_s: float = 1.5


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A stroke on the clock of the film, seconds."""

    stroke: Stroke
    begin_s: float
    end_s: float


def export_replay(
    document: Document,
    path: str | os.PathLike[str],
    settings: ReplaySettings | None = None,
    *,
    view: View | None = None,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Writes the film, whole or not at all.

    Args:
        document: what was drawn.
        path: a name that ends in .gif or .mp4.
        settings: size and times.
        view: what of the plane it shows; all of the drawing if None.
        progress: called with the share that is done, 0..1.

    Raises:
        OutputError: the place cannot be written to, another suffix, or nothing was drawn.
    """
    s = settings or ReplaySettings()
    place = Path(path)
    suffix = place.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(f"{place} is not a name for a replay. Let it end in {' or '.join(SUFFIXES)}.")
    if not document.strokes:
        raise OutputError("There is nothing to replay yet: draw something first.")
    if suffix == ".gif":
        s = replace(s, fps=min(s.fps, 12.0))
        _write_gif(place, pictures(document, s, view, progress), s)
    else:
        from handplay.engine.overlay_video import VideoWriter

        with VideoWriter(place, s.fps) as video:
            for picture in pictures(document, s, view, progress):
                video.write(picture)


def schedule(strokes: list[Stroke], settings: ReplaySettings) -> list[Scheduled]:
    """When each stroke is drawn in the film, in drawing order."""
    s = settings
    rows: list[Scheduled] = []
    film_s, drawn_s, clock_s = 0.0, 0.0, None
    for stroke in sorted(strokes, key=lambda stroke: stroke.id):
        lasts = max(float(stroke.times[-1]), s.least_s)
        # Another session has another clock: a step back is a rest.
        gap = s.rest_s if clock_s is None else stroke.start_s - clock_s
        begin = film_s + (min(gap, s.rest_s) if gap >= 0 else 0.0 if gap > -lasts else s.rest_s)
        rows.append(Scheduled(stroke, begin, begin + lasts))
        film_s, clock_s = begin + lasts, stroke.start_s + lasts
        drawn_s += lasts
    total = min(s.most_s, s.base_s + s.share * drawn_s) - s.end_s
    pace = min(1.0, total / max(film_s, 1e-6))
    return [Scheduled(row.stroke, row.begin_s * pace, row.end_s * pace) for row in rows]


def pictures(
    document: Document,
    settings: ReplaySettings,
    view: View | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[Pixels]:
    """The film's pictures, BGR uint8 (H, W, 3), one after another."""
    size = settings.size_px
    frame = Frame.of(view or whole_view(document, size), size)
    rows = schedule(document.strokes, settings)
    order = {stroke.id: place for place, stroke in enumerate(document.strokes)}
    ends = max(row.end_s for row in rows)
    count = int((ends + settings.end_s) * settings.fps) + 1
    film = _Film(document, frame, size)
    done: set[int] = set()
    for number in range(count):
        now = number / settings.fps
        partial = []
        for row in rows:
            if row.stroke.id in done or row.begin_s > now:
                continue
            if row.end_s <= now:
                film.draw(row.stroke, order[row.stroke.id])
                done.add(row.stroke.id)
            else:
                share = (now - row.begin_s) / (row.end_s - row.begin_s)
                partial.append(begun(row.stroke, share))
        yield film.picture([stroke for stroke in partial if stroke is not None])
        if progress is not None:
            progress((number + 1) / count)


def begun(stroke: Stroke, share: float) -> Stroke | None:
    """The part of a stroke that is drawn after a share of its time; shapes come at once, when half of it is over."""
    if stroke.spec.gesture != "free":
        return stroke if share >= 0.5 else None
    until = share * float(stroke.times[-1]) if stroke.times[-1] > 0 else share * (len(stroke.points) - 1)
    clock = stroke.times.astype(np.float64) if stroke.times[-1] > 0 else np.arange(len(stroke.points), dtype=np.float64)
    kept = int(np.searchsorted(clock, until, side="right"))
    if kept >= len(stroke.points):
        return stroke
    if kept == 0:
        return None
    before, after = clock[kept - 1], clock[kept]
    along = (until - before) / max(after - before, 1e-9)
    tip = stroke.points[kept - 1] + (stroke.points[kept] - stroke.points[kept - 1]) * along
    return replace(
        stroke,
        points=np.vstack([stroke.points[:kept], tip]).astype(np.float32),
        widths=np.append(stroke.widths[:kept], stroke.widths[kept - 1]),
        times=np.append(stroke.times[:kept], stroke.times[kept - 1]),
    )


class _Film:
    """The layers as they grow."""

    def __init__(self, document: Document, frame: Frame, size_px: SizePx) -> None:
        self._frame, self._size_px = frame, size_px
        self._layers: tuple[Layer, ...] = document.layers
        self._sheets = {layer.id: LayerSheets(size_px) for layer in document.layers}
        self._done: dict[int, list[tuple[int, Stroke]]] = {layer.id: [] for layer in document.layers}
        sheet = document.sheet
        # No camera was filmed: it is a dark room.
        colour = GROUND[sheet.canvas] if sheet.canvas != "camera" else (26, 15, 11, 255)
        self._ground: Pixels = np.empty((size_px[1], size_px[0], 4), np.uint8)
        self._ground[:] = colour
        if sheet.background is not None:
            self._ground = placed(decoded(sheet.background), frame, size_px, colour)
        self._last: Pixels | None = None

    def draw(self, stroke: Stroke, place: int) -> None:
        """Draws a stroke for good, at its place in drawing order: a fill comes late and lies below."""
        self._last = None
        sheets, done = self._sheets[stroke.layer], self._done[stroke.layer]
        below = bool(done) and place < done[-1][0]
        done.append((place, stroke))
        if below:
            done.sort(key=lambda row: row[0])
            sheets.fine[:] = 0
        for _, each in done if below else done[-1:]:
            draw_stroke(sheets.fine, each, self._frame.finer(sheets.times))
        sheets.settle((0, 0, *self._size_px) if below else self._frame.rect(stroke.box, self._size_px))

    def picture(self, partial: list[Stroke]) -> Pixels:
        """The layers with strokes that are half drawn."""
        if not partial and self._last is not None:
            return self._last
        result = self._ground.copy()
        for layer in self._layers:
            if not layer.visible:
                continue
            sheets = self._sheets[layer.id]
            seen = sheets.seen
            for stroke in (stroke for stroke in partial if stroke.layer == layer.id):
                seen = seen.copy() if seen is sheets.seen else seen
                self._lay_part(seen, sheets, stroke)
            over(result, seen, layer.opacity)
        picture = np.ascontiguousarray(result[..., :3])
        self._last = picture if not partial else None
        return picture

    def _lay_part(self, seen: Pixels, sheets: LayerSheets, stroke: Stroke) -> None:
        rect = self._frame.rect(stroke.box, self._size_px)
        if not rect[2] or not rect[3]:
            return
        times = sheets.times
        x, y, w, h = rect
        fine = sheets.fine[y * times : (y + h) * times, x * times : (x + w) * times].copy()
        draw_stroke(fine, stroke, self._frame.moved(x, y).finer(times))
        window_part(seen, rect)[:] = cv2.resize(fine, (w, h), interpolation=cv2.INTER_AREA)


def _write_gif(place: Path, film: Iterator[Pixels], settings: ReplaySettings) -> None:
    from PIL import Image  # the one GIF writer with a palette and differences between pictures

    def images() -> Iterator[Image.Image]:
        for picture in film:
            yield Image.fromarray(picture[..., ::-1].copy()).quantize(128, dither=Image.Dither.NONE)

    rest = images()
    first = next(rest)
    with atomic_path(place) as beside:
        first.save(
            beside, format="GIF", save_all=True, append_images=rest, duration=round(1000 / settings.fps), loop=0,
            optimize=False,
        )  # fmt: skip
