"""The picture of the game: stains, fruit, halves, blades, bombs with their fuse."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from handplay.engine.stage.motion import ease_out
from handplay.engine.stage.theme import Colour, mix
from handplay.games.slice.blades import MOUSE, Blade, Blades
from handplay.games.slice.effects import STAIN_S, WORD_S, Effects
from handplay.games.slice.flight import Flyer
from handplay.games.slice.fruit import BOMB, juice, sprite

if TYPE_CHECKING:
    from handplay.engine.stage.canvas import Canvas

_FAST = 620.0
"""From this speed a blade shines in full: it cuts."""


def draw_stains(canvas: Canvas, effects: Effects) -> None:
    """Juice on the wall, fading."""
    for stain in effects.stains:
        left = 1 - stain.age_s / STAIN_S
        canvas.glow((stain.x, stain.y), stain.size * (1.6 - 0.3 * left), juice(stain.kind), 0.22 * left)


def draw_flyer(canvas: Canvas, flyer: Flyer, time_s: float) -> None:
    """A whole fruit, or a bomb with its burning fuse."""
    place = (flyer.x, flyer.y)
    if flyer.is_bomb:
        canvas.glow(place, flyer.radius * 1.9, BOMB.core, 0.28 + 0.12 * math.sin(time_s * 14))
    canvas.image(sprite(canvas, flyer.kind, "whole", flyer.radius, flyer.turn_rad), place)
    shine = 0.42 * flyer.radius
    canvas.glow((flyer.x - shine, flyer.y - shine), 0.5 * flyer.radius, canvas.theme.text, 0.5)
    if flyer.is_bomb:
        reach = flyer.radius * 1.12
        spark = (flyer.x + reach * math.sin(flyer.turn_rad), flyer.y - reach * math.cos(flyer.turn_rad))
        canvas.glow(spark, 20 + 6 * math.sin(time_s * 31), canvas.theme.gold, 0.9)
        canvas.disc(spark, 4, canvas.theme.text)


def draw_halves(canvas: Canvas, effects: Effects) -> None:
    """The halves of what was cut."""
    for half in effects.halves:
        canvas.image(sprite(canvas, half.kind, "half", half.radius, half.turn_rad), (half.x, half.y))


def draw_blades(canvas: Canvas, blades: Blades, colours: dict[int, Colour], *, trails: bool) -> None:
    """Each blade: a tapered streak of light while it is fast, a small light when it is slow."""
    for number, blade in blades.all.items():
        colour = colours.get(number, canvas.theme.text)
        if trails:
            _draw_trail(canvas, blades, blade, colour)
        if number != MOUSE or blade.down:
            canvas.glow((blade.x, blade.y), 26, colour, 0.6)
            canvas.disc((blade.x, blade.y), 6, canvas.theme.text)
            canvas.ring((blade.x, blade.y), 13, colour, width=2.5)


def draw_words(canvas: Canvas, effects: Effects) -> None:
    """Numbers and words that rise."""
    for word in effects.words:
        share = word.age_s / WORD_S
        shown = min(1.0, 3 * (1 - share)) * min(1.0, share / 0.08)
        lift = 46 * ease_out(share)
        x = min(1100.0, max(180.0, word.x))
        y = max(150.0, word.y) - lift
        size = 40 if word.big else 30
        colour = canvas.theme.gold if word.big else canvas.theme.text
        canvas.text(word.text, (x, y), size=size, font="title", colour=colour, align="centre", valign="middle",
                    alpha=shown)  # fmt: skip


def _draw_trail(canvas: Canvas, blades: Blades, blade: Blade, colour: Colour) -> None:
    points = list(blade.trail)
    if len(points) < 2:
        return
    step = max(1, len(points) // 14)
    kept = points[::step]
    if kept[-1] is not points[-1]:
        kept.append(points[-1])
    for a, b in itertools.pairwise(kept):
        young = 1 - blades.age(b)
        bright = young * min(1.0, b.speed / _FAST)
        if bright < 0.16:
            continue
        canvas.glow((b.x, b.y), 10 + 22 * young, colour, 0.45 * bright)
        old = 1 - blades.age(a)
        core = mix(colour, canvas.theme.text, 0.7 * bright)
        canvas.line((a.x, a.y), (b.x, b.y), core, width=1 + 10 * old * bright, end_width=1 + 10 * young * bright)
