"""The window's icon: the first letter of the name and its dot of light, drawn, so that there is no picture to ship."""

from __future__ import annotations

import pygame

from handplay.engine.stage.theme import NIGHT, font_file

_SIDE = 64


def window_icon() -> pygame.Surface:
    """RGBA, 64 x 64 pixels. Needs no window.

    Raises:
        StageError: the package that carries the font is not installed.
    """
    if not pygame.font.get_init():
        pygame.font.init()
    large = 4 * _SIDE  # drawn large, for soft edges
    icon = pygame.Surface((large, large), pygame.SRCALPHA)
    pygame.draw.rect(icon, NIGHT.surface, icon.get_rect(), border_radius=large // 4)
    letter = pygame.font.Font(str(font_file("title")), round(0.86 * large)).render("h", True, NIGHT.text)
    ink = letter.get_bounding_rect()
    place = (round(0.42 * large - ink.centerx), round(0.5 * large - ink.centery))
    icon.blit(letter, place)
    pygame.draw.circle(icon, NIGHT.gold, (round(0.78 * large), round(0.72 * large)), round(0.09 * large))
    return pygame.transform.smoothscale(icon, (_SIDE, _SIDE))
