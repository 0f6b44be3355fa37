"""What drawing costs: a frame with so many strokes on the canvas while one is drawn, and a redraw by window size.

Each figure is told twice: `ms` by the clock, and `cpu_ms` by the time this thread had a processor, which says what the
work costs on a machine that is busy with other things.

python benchmarks/airdraw_strokes.py --strokes 10000
"""

from __future__ import annotations

import argparse
import json
import os
import time

import numpy as np

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from handplay.games.airdraw.document import Document
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.painting import Painter
from handplay.games.airdraw.strokes import Rgb, Stroke
from handplay.games.airdraw.tools import SPECS, Tool
from handplay.games.airdraw.view import View

SIZES = ((640, 400), (1280, 720), (1920, 1080), (3840, 2160))
BUDGET_S = 0.004


def scribbles(count: int, seed: int) -> list[Stroke]:
    """Seeded strokes of the length and wander of handwriting and sketches, with a mix of tools."""
    rng = np.random.default_rng(seed)
    tools: list[Tool] = ["pen", "pen", "pen", "pen", "brush", "brush", "highlighter", "line", "ellipse", "eraser"]
    strokes = []
    for k in range(count):
        tool = tools[int(rng.integers(len(tools)))]
        colour: Rgb = (int(rng.integers(256)), int(rng.integers(256)), int(rng.integers(256)))
        start = rng.uniform((-0.85, -0.48), (0.85, 0.48))
        if tool in ("line", "ellipse"):
            points = start + rng.uniform(-0.1, 0.1, (2 if tool == "line" else 3, 2))
        else:
            turn = np.cumsum(rng.normal(0, 0.5, 14)) + rng.uniform(0, 6.3)
            points = start + np.cumsum(np.column_stack([np.cos(turn), np.sin(turn)]) * 0.015, axis=0)
        strokes.append(Stroke(tool, (0, 0, 0) if tool == "eraser" else colour, SPECS[tool].width, points, id=k + 1))
    return strokes


Spent = list[tuple[float, float]]
"""Seconds by the clock and of the processor."""


def watch(begin: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
    """Both clocks, less a beginning."""
    return time.perf_counter() - begin[0], time.thread_time() - begin[1]


def percentiles(spent: Spent) -> dict[str, dict[str, float]]:
    """p50, p95, p99 and the largest, milliseconds."""
    ms = np.array(spent) * 1000
    rows = np.vstack([np.percentile(ms, (50, 95, 99), axis=0), ms.max(axis=0)]).T
    names = ("p50", "p95", "p99", "max")
    return {
        kind: {name: round(float(v), 2) for name, v in zip(names, row, strict=True)}
        for kind, row in zip(("ms", "cpu_ms"), rows, strict=True)
    }


def paint_all(painter: Painter, document: Document) -> Spent:
    """Paints in slices until all is sharp; what each slice took."""
    slices: Spent = []
    done = False
    while not done:
        begin = watch()
        done = painter.paint(document, BUDGET_S)
        slices.append(watch(begin))
    return slices


def total(slices: Spent) -> dict[str, float]:
    """What slices took together, seconds."""
    wall, cpu = np.sum(slices, axis=0)
    return {"s": round(float(wall), 2), "cpu_s": round(float(cpu), 2)}


def drawing_frames(drawing: Drawing, painter: Painter, size: tuple[int, int], tool: Tool, frames: int) -> Spent:
    """Frames of 1/60 s in which a stroke is drawn, forty frames to a stroke; the whole cost of each."""
    window = pygame.Surface(size)
    spent: Spent = []
    live = LiveStroke(tool, (200, 40, 90))
    for frame in range(frames):
        angle = frame / 9
        x, y = 0.6 * np.cos(angle * 0.31), 0.35 * np.sin(angle)
        begin = watch()
        live.add(float(x), float(y), frame / 60)
        live.add(float(x + 0.004), float(y), frame / 60 + 1 / 120)
        if frame % 40 == 39:
            stroke = live.finish()
            painter.finish(live)
            if stroke is not None:
                drawing.add(stroke)
            live = LiveStroke(tool, (200, 40, 90))
        else:
            painter.extend(live)
        painter.paint(drawing.document, BUDGET_S)
        painter.blit(window)
        spent.append(watch(begin))
    painter.finish(live)
    return spent


def view_frames(painter: Painter, document: Document, zoom: float) -> Spent:
    """Frames in which the view moves, and zooms if `zoom` is not 0."""
    spent: Spent = []
    for k in range(20):
        begin = watch()
        painter.show(View((0.01 * k, 0), 1 + zoom * k))
        painter.paint(document, BUDGET_S)
        spent.append(watch(begin))
    return spent


def run(count: int, seed: int, frames: int) -> dict[str, object]:
    """All figures."""
    document = Document(scribbles(count, seed))
    result: dict[str, object] = {"strokes": count}
    for size in SIZES:
        painter = Painter(size, View(), document)
        slices = paint_all(painter, document)
        rows: dict[str, object] = {"redraw": total(slices), "redraw_slice": percentiles(slices)}
        drawing = Drawing(document)
        for tool in ("pen", "brush", "highlighter", "eraser", "rectangle"):
            rows[f"frame_{tool}"] = percentiles(drawing_frames(drawing, painter, size, tool, frames))
        drawing.undo()
        rows["undo"] = total(paint_all(painter, document))
        rows["zoom_frame"] = percentiles(view_frames(painter, document, 0.02))
        rows["redraw_again"] = total(paint_all(painter, document))
        rows["pan_frame"] = percentiles(view_frames(painter, document, 0.0))
        result["x".join(map(str, size))] = rows
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=10_000)
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    print(json.dumps(run(args.strokes, args.seed, args.frames), indent=2))


if __name__ == "__main__":
    main()
