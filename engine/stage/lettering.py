"""Words as surfaces: fonts by size, a bounded cache of rendered lines, digits in cells of the widest digit."""

from __future__ import annotations

import pygame

from handplay.engine.stage.sprites import SpriteCache
from handplay.engine.stage.theme import Colour, FontName, font_file

_DIGITS = "0123456789"
_MAX_LINES = 400
_MAX_LINE_PIXELS = 6_000_000
_MAX_FONTS = 48
_MAX_WIDTHS = 4000
_SMALL_PX = 16
_LEAST_GAP = 0.25
"""Between words, of the font's size. Small fonts on whole pixels lose a quarter of it, and words run together."""


class Lettering:
    """Renders single lines of text, all sizes in real pixels."""

    def __init__(self) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._fonts: dict[tuple[FontName, int], pygame.font.Font] = {}
        self._lines = SpriteCache(_MAX_LINES, _MAX_LINE_PIXELS)
        self._cells: dict[tuple[FontName, int], int] = {}
        self._widths: dict[tuple[str, FontName, int, bool], int] = {}

    def font(self, name: FontName, size_px: int) -> pygame.font.Font:
        """The font of a size.

        Raises:
            StageError: its package is not installed.
        """
        key = (name, size_px)
        font = self._fonts.get(key)
        if font is None:
            if len(self._fonts) >= _MAX_FONTS:
                self._fonts.clear()
                self._cells.clear()
            font = self._fonts[key] = pygame.font.Font(str(font_file(name)), size_px)
        return font

    def width(self, text: str, name: FontName, size_px: int, *, tabular: bool = False) -> int:
        """Width of a line, pixels."""
        key = (text, name, size_px, tabular)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _MAX_WIDTHS:
                self._widths.clear()
            width = self._widths[key] = self._measured(text, name, size_px, tabular)
        return width

    def _measured(self, text: str, name: FontName, size_px: int, tabular: bool) -> int:
        font = self.font(name, size_px)
        if not tabular:
            return font.size(text)[0] + text.count(" ") * self._wider(font, size_px)
        cell = self._cell(name, size_px)
        return sum(cell if c in _DIGITS else font.size(c)[0] for c in text)

    @staticmethod
    def _wider(font: pygame.font.Font, size_px: int) -> int:
        """What is missing between two words, pixels."""
        return max(0, round(_LEAST_GAP * size_px) - font.size(" ")[0]) if size_px <= _SMALL_PX else 0

    def height(self, name: FontName, size_px: int) -> int:
        """Height of a line, pixels."""
        return self.font(name, size_px).get_height()

    def line(self, text: str, name: FontName, size_px: int, colour: Colour, *, tabular: bool = False) -> pygame.Surface:
        """One line of text. The surface is shared: not to be written to."""
        key = (text, name, size_px, colour, tabular)
        return self._lines.get(key, lambda: self._render(text, name, size_px, colour, tabular))

    def wrap(self, text: str, name: FontName, size_px: int, width_px: float) -> list[str]:
        """The text in lines that are no wider than `width_px` where the words allow it."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            current = ""
            for word in paragraph.split(" "):
                longer = f"{current} {word}" if current else word
                if current and self.width(longer, name, size_px) > width_px:
                    lines.append(current)
                    current = word
                else:
                    current = longer
            lines.append(current)
        return lines

    def _cell(self, name: FontName, size_px: int) -> int:
        key = (name, size_px)
        if key not in self._cells:
            font = self.font(name, size_px)
            self._cells[key] = max(font.size(digit)[0] for digit in _DIGITS)
        return self._cells[key]

    def _render(self, text: str, name: FontName, size_px: int, colour: Colour, tabular: bool) -> pygame.Surface:
        font = self.font(name, size_px)
        if not tabular:
            wider = self._wider(font, size_px)
            if wider == 0 or " " not in text:
                return font.render(text, True, colour).convert_alpha()
            surface, x = pygame.Surface((self.width(text, name, size_px), font.get_height()), pygame.SRCALPHA), 0
            for word in text.split(" "):
                surface.blit(font.render(word, True, colour), (x, 0))
                x += font.size(f"{word} ")[0] + wider
            return surface.convert_alpha()
        cell = self._cell(name, size_px)
        width = max(1, self.width(text, name, size_px, tabular=True))
        surface = pygame.Surface((width, font.get_height()), pygame.SRCALPHA)
        x = 0
        for character in text:
            glyph = font.render(character, True, colour)
            step = cell if character in _DIGITS else glyph.get_width()
            surface.blit(glyph, (x + (step - glyph.get_width()) // 2, 0))
            x += step
        return surface.convert_alpha()
