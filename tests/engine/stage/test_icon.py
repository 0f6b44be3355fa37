"""The window's icon: a dark tile with clear corners, a light letter and a dot of gold."""

from __future__ import annotations

import pygame

from handplay.engine.stage.icon import window_icon
from handplay.engine.stage.theme import NIGHT


def test_it_shows_letter_and_dot() -> None:
    icon = window_icon()
    assert icon.get_size() == (64, 64)
    assert icon.get_at((0, 0)).a == 0
    tile, light, gold = (
        pygame.mask.from_threshold(icon, colour, (30, 30, 30, 255)).count()
        for colour in (NIGHT.surface, NIGHT.text, NIGHT.gold)
    )
    assert tile > 1500
    assert 300 < light < 1500
    assert 40 < gold < 200
