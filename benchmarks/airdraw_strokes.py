"""What drawing costs: a frame with so many strokes on the canvas while one is drawn, and a redraw by window size.

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


def percentiles(values: list[float]) -> dict[str, float]:
    """p50, p95, p99 and the largest, milliseconds."""
    ms = np.array(values) * 1000
    return {name: round(float(v), 2) for name, v in zip(
        ("p50", "p95", "p99", "max"), (*np.percentile(ms, (50, 95, 99)), ms.max()), strict=True)}  # fmt: skip


def paint_all(painter: Painter, document: Document) -> tuple[float, list[float]]:
    """Paints in slices until all is sharp: seconds in all, and each slice."""
    slices = []
    done = False
    while not done:
        begin = time.perf_counter()
        done = painter.paint(document, BUDGET_S)
        slices.append(time.perf_counter() - begin)
    return sum(slices), slices


def drawing_frames(drawing: Drawing, painter: Painter, size: tuple[int, int], tool: Tool, frames: int) -> list[float]:
    """Frames of 1/60 s in which a stroke is drawn, twenty frames to a stroke; the whole cost of each."""
    window = pygame.Surface(size)
    spent = []
    live = LiveStroke(tool, (200, 40, 90))
    for frame in range(frames):
        angle = frame / 9
        x, y = 0.6 * np.cos(angle * 0.31), 0.35 * np.sin(angle)
        begin = time.perf_counter()
        live.add(float(x), float(y), frame / 60)
        live.add(float(x + 0.004), float(y), frame / 60 + 1 / 120)
        if frame % 20 == 19:
            stroke = live.finish()
            painter.finish(live)
            if stroke is not None:
                drawing.add(stroke)
            live = LiveStroke(tool, (200, 40, 90))
        else:
            painter.extend(live)
        painter.paint(drawing.document, BUDGET_S)
        painter.blit(window)
        spent.append(time.perf_counter() - begin)
    painter.finish(live)
    return spent


def run(count: int, seed: int, frames: int) -> dict[str, object]:
    """All figures."""
    document = Document(scribbles(count, seed))
    result: dict[str, object] = {"strokes": count}
    for size in SIZES:
        painter = Painter(size, View(), document)
        total, slices = paint_all(painter, document)
        rows: dict[str, object] = {"redraw_s": round(total, 2), "redraw_slice_ms": percentiles(slices)}
        drawing = Drawing(document)
        for tool in ("pen", "brush", "highlighter", "eraser", "rectangle"):
            rows[f"frame_{tool}_ms"] = percentiles(drawing_frames(drawing, painter, size, tool, frames))
        drawing.undo()
        rows["undo_ms"] = round(paint_all(painter, document)[0] * 1000, 1)
        zooms = []
        for k in range(20):
            begin = time.perf_counter()
            painter.show(View((0.01 * k, 0), 1 + 0.02 * k))
            painter.paint(document, BUDGET_S)
            zooms.append(time.perf_counter() - begin)
        rows["zoom_frame_ms"] = percentiles(zooms)
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
