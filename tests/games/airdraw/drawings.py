"""Strokes and drawings for the tests: by hand, and any at all (hypothesis)."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from handplay.games.airdraw.document import Document, Layer, Sheet
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.live_stroke import LiveStroke
from handplay.games.airdraw.stickers import STICKERS
from handplay.games.airdraw.strokes import Rgb, Stroke
from handplay.games.airdraw.tools import TOOLS, Tool

BLUE: Rgb = (30, 60, 200)


def pen(*points: tuple[float, float], colour: Rgb = BLUE, width: float = 0.01, **more: object) -> Stroke:
    """A pen stroke through points."""
    tool: Tool = more.pop("tool", "pen")  # type: ignore[assignment] # a name of a tool
    return Stroke(tool, colour, width, np.array(points, np.float32), **more)  # type: ignore[arg-type] # by name


def scribble(seed: int, tool: Tool = "pen", *, layer: int = 1, at: tuple[float, float] = (0, 0)) -> Stroke:
    """A seeded stroke with varying widths and times."""
    rng = np.random.default_rng(seed)
    points = np.array(at) + np.cumsum(rng.normal(0, 0.03, (20, 2)), axis=0)
    widths = rng.uniform(0.005, 0.02, 20) if tool == "brush" else np.full(20, 0.02)
    colour: Rgb = (int(rng.integers(200)), int(rng.integers(200)), int(rng.integers(200)))
    return Stroke(
        tool, (0, 0, 0) if tool == "eraser" else colour, 0.02, points.astype(np.float32), widths.astype(np.float32),
        np.linspace(0, 1, 20, dtype=np.float32), layer, start_s=float(seed),
    )  # fmt: skip


def every_tool() -> Document:
    """A drawing with every tool and every sticker, two layers, ink over ink and something erased."""
    drawing = Drawing()
    wave = [(-0.7 + 0.02 * k, 0.2 * np.sin(k / 4)) for k in range(50)]
    drawing.add(pen(*wave, width=0.012, colour=(20, 20, 20)))
    drawing.add(_brush(wave, (0.1, -0.15)))
    drawing.add(pen(*[(x, y * 0.3 + 0.05) for x, y in wave], tool="highlighter", colour=(255, 220, 0), width=0.06))
    for tool, points in {
        "line": [(-0.7, 0.4), (-0.4, 0.3)],
        "arrow": [(-0.3, 0.4), (0.0, 0.3)],
        "rectangle": [(0.1, 0.3), (0.3, 0.3), (0.3, 0.42), (0.1, 0.42)],
        "triangle": [(0.45, 0.25), (0.55, 0.4), (0.35, 0.4)],
        "ellipse": [(0.7, 0.33), (0.8, 0.33), (0.7, 0.4)],
    }.items():
        drawing.add(pen(*points, tool=tool, colour=(0, 120, 60)))
    drawing.add(
        pen(
            (0.5, -0.1), (0.8, -0.1), (0.8, 0.15), (0.5, 0.15), (0.6, -0.02), (0.6, 0.08), (0.7, 0.08), (0.7, -0.02),
            tool="fill", colour=(255, 160, 60), rings=(4,),
        )
    )  # fmt: skip
    drawing.add(pen((-0.5, -0.3), (0.08, 0.2), tool="eraser", colour=(0, 0, 0), width=0.05))
    drawing.add_layer("Above <&>")
    drawing.add(pen((-0.2, 0.3), (-0.2, -0.2), layer=drawing.layer, colour=(200, 0, 0)))
    for k, name in enumerate(STICKERS):
        x = -0.75 + 0.15 * k
        drawing.add(pen((x, -0.4), (x + 0.01, -0.46), tool="sticker", sticker=name, layer=drawing.layer))
    drawing.change_layer(drawing.layer, opacity=0.8)
    return drawing.document


def _brush(wave: list[tuple[float, float]], by: tuple[float, float]) -> Stroke:
    points = np.array(wave) + by
    widths = 0.004 + 0.014 * np.abs(np.sin(np.arange(len(points)) / 7))
    return Stroke("brush", (180, 30, 90), 0.02, points.astype(np.float32), widths.astype(np.float32))


def live_circle(tool: Tool = "pen", *, turns: float = 1.0, samples: int = 80) -> LiveStroke:
    """A stroke in progress that has gone round."""
    live = LiveStroke(tool, BLUE)
    for k in range(samples):
        angle = 2 * np.pi * turns * k / (samples - 1)
        live.add(0.2 * float(np.cos(angle)), 0.2 * float(np.sin(angle)), k / 60)
    return live


_counts = {"line": 2, "arrow": 2, "rectangle": 4, "triangle": 3, "ellipse": 3, "sticker": 2}
_place = st.floats(-400, 400, width=32)


@st.composite
def strokes(draw: st.DrawFn, layers: tuple[int, ...] = (1,)) -> Stroke:
    """Any stroke."""
    tool = draw(st.sampled_from(TOOLS))
    least = 3 if tool == "fill" else 1
    count = _counts.get(tool) or draw(st.integers(least, 12))
    points = draw(st.lists(st.tuples(_place, _place), min_size=count, max_size=count))
    widths = draw(st.lists(st.floats(0, 0.9), min_size=count, max_size=count))
    times = sorted(draw(st.lists(st.floats(0, 5000), min_size=count, max_size=count)))
    channel = st.integers(0, 255)
    return Stroke(
        tool, draw(st.tuples(channel, channel, channel)), draw(st.floats(0.0005, 0.5)), np.array(points, np.float32),
        np.array(widths, np.float32), np.array(times, np.float32), draw(st.sampled_from(layers)),
        draw(st.integers(1, 2**40)), (3,) if tool == "fill" and count >= 6 else (),
        draw(st.sampled_from(sorted(STICKERS))) if tool == "sticker" else "", draw(st.floats(-1e6, 1e9)),
    )  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any drawing without a background."""
    ids = draw(st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True))
    layers = tuple(Layer(k, draw(st.text(max_size=20)), draw(st.booleans()), draw(st.floats(0, 1))) for k in ids)
    some = draw(st.lists(strokes(tuple(ids)), max_size=5, unique_by=lambda stroke: stroke.id))
    return Document(some, Sheet(layers, draw(st.sampled_from(("camera", "white", "black")))))
