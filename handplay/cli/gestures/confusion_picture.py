"""The confusion matrix as a picture: what was shown down the side, what was seen along the foot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pygame

    from handplay.gestures.learn.evaluation import Evaluation

_MARGIN = 40
_LONGEST_NAME = 28


def save_confusion(result: Evaluation, path: Path, *, title: str) -> None:
    """Draws the matrix into a PNG file, whole or not at all.

    Raises:
        OutputError: the place cannot be written to.
    """
    import pygame

    from handplay.engine.atomic import atomic_path

    with atomic_path(path) as beside:
        pygame.image.save(draw_confusion(result, title=title), str(beside), "matrix.png")


def draw_confusion(result: Evaluation, *, title: str) -> pygame.Surface:
    """The matrix as a surface. Each row is lit by shares of its own hands: right ones aqua, mistakes coral."""
    import pygame

    from handplay.engine.stage.theme import NIGHT, TYPE_SCALE, font_file, mix

    pygame.font.init()
    true = list(result.per_class)
    others = sorted({seen for counts in result.confusion.values() for seen in counts} - set(true))
    seen = [*(name for name in true if name != "none"), *(name for name in others if name != "none"), "none"]
    cell = 44 if len(seen) <= 24 else 30 if len(seen) <= 48 else 20
    fonts = {
        "title": pygame.font.Font(font_file("bold"), TYPE_SCALE["title"]),
        "body": pygame.font.Font(font_file("ui"), TYPE_SCALE["body"]),
        "name": pygame.font.Font(font_file("ui"), TYPE_SCALE["small"] + (2 if cell >= 44 else -2)),
        "count": pygame.font.Font(font_file("bold"), TYPE_SCALE["small"] if cell >= 44 else 11),
    }
    names = {name: _shortened(name) for name in {*true, *seen}}
    widest = max(fonts["name"].size(names[name])[0] for name in names)
    head = _MARGIN + sum(fonts[font].get_linesize() for font in ("title", "body", "name")) + 24
    left = _MARGIN + widest + 16
    grid = pygame.Rect(left, head, cell * len(seen), cell * len(true))
    said = f"macro-F1 {result.macro_f1:.3f}    accuracy {result.accuracy:.3f}    {_hands(result)} hands"
    sides = "rows: what was shown    columns: what was seen"
    lines = [(title, "title", NIGHT.text), (said, "body", NIGHT.quiet), (sides, "name", NIGHT.quiet)]
    width = max(grid.right, *(_MARGIN + fonts[font].size(text)[0] for text, font, _ in lines)) + _MARGIN
    surface = pygame.Surface((width, grid.bottom + 16 + widest + _MARGIN))
    surface.fill(NIGHT.background)

    y = _MARGIN
    for text, font, colour in lines:
        surface.blit(fonts[font].render(text, True, colour), (_MARGIN, y))
        y += fonts[font].get_linesize()
    pygame.draw.rect(surface, NIGHT.raised, grid.inflate(8, 8), border_radius=8)
    for row, name in enumerate(true):
        counts, support = result.confusion[name], max(1, result.per_class[name].support)
        label = fonts["name"].render(names[name], True, NIGHT.text)
        surface.blit(label, label.get_rect(midright=(left - 12, head + (row + 0.5) * cell)))
        for column, other in enumerate(seen):
            box = pygame.Rect(left + column * cell, head + row * cell, cell, cell).inflate(-4, -4)
            count = counts.get(other, 0)
            share = count / support
            bright = NIGHT.aqua if other == name else NIGHT.coral
            # A single mistake must still be seen.
            level = 0.0 if not count else 0.18 + 0.82 * share
            pygame.draw.rect(surface, mix(NIGHT.surface, bright, level), box, border_radius=6)
            if count:
                ink = NIGHT.background if level > 0.45 else NIGHT.text
                digits = fonts["count"].render(str(count), True, ink)
                surface.blit(digits, digits.get_rect(center=box.center))
    for column, name in enumerate(seen):
        label = pygame.transform.rotate(fonts["name"].render(names[name], True, NIGHT.text), 90)
        surface.blit(label, label.get_rect(midtop=(left + (column + 0.5) * cell, grid.bottom + 12)))
    return surface


def _hands(result: Evaluation) -> int:
    return sum(score.support for score in result.per_class.values())


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
