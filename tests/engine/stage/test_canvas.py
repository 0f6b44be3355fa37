"""What is drawn is where it should be, and what is kept stays within bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.layout import Area
from handplay.engine.stage.sprites import SpriteCache
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT

Make = Callable[..., Canvas]
SIZES = [(1280, 720), (640, 400), (1720, 720), (960, 720), (200, 150)]


def brightness(canvas: Canvas, place: tuple[float, float]) -> int:
    x, y = canvas.to_px(place)
    return sum(canvas.surface.get_at((int(x), int(y)))[:3])


def test_digits_have_cells_of_one_width(new_canvas: Make) -> None:
    canvas = new_canvas()
    widths = {canvas.text_area(text, font="title", size="score", tabular=True).width for text in ("11:11", "48:90")}
    assert len(widths) == 1
    loose = {canvas.text_area(text, font="title", size="score").width for text in ("11:11", "48:90")}
    assert len(loose) == 2


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_text_lies_where_it_is_said_to(new_canvas: Make, size: tuple[int, int]) -> None:
    canvas = new_canvas(*size)
    canvas.fill((0, 0, 0))
    area = canvas.text("Handplay", (640, 360), size="title", align="centre", valign="middle")
    assert area.height * canvas.scale >= 12
    assert area.centre == pytest.approx((640, 360))
    box = pygame.mask.from_threshold(canvas.surface, (242, 245, 255), (60, 60, 60)).get_bounding_rects()
    left, top = canvas.to_px((area.left, area.top))
    right, bottom = canvas.to_px((area.right, area.bottom))
    drawn = box[0].unionall(box[1:])
    assert left - 2 <= drawn.left
    assert drawn.right <= right + 2
    assert top - 2 <= drawn.top
    assert drawn.bottom <= bottom + 2


def test_paragraphs_keep_their_width(new_canvas: Make) -> None:
    canvas = new_canvas(640, 400)
    text = "It is too dark to see your hand: turn on a light"
    area = canvas.paragraph(text, (640, 100), 300, align="centre", draw=False)
    assert area.width <= 300
    assert area.height >= 2 * canvas.text_area("x").height
    assert canvas.paragraph(text, (640, 100), 300, align="centre") == area


def test_alpha_of_one_drawing_does_not_leak_into_the_next(new_canvas: Make) -> None:
    canvas = new_canvas()
    canvas.fill((0, 0, 0))
    canvas.disc((300, 300), 20, (255, 255, 255), alpha=0.25)
    canvas.disc((500, 300), 20, (255, 255, 255))
    assert brightness(canvas, (300, 300)) == pytest.approx(765 / 4, abs=9)
    assert brightness(canvas, (500, 300)) == 765


def test_shapes_are_where_they_should_be(new_canvas: Make) -> None:
    canvas = new_canvas()
    canvas.fill((0, 0, 0))
    canvas.panel(Area(100, 100, 200, 100), colour=(10, 200, 10), border=(255, 255, 255))
    canvas.ring((640, 360), 50, (255, 0, 0), width=6, sweep=0.25)
    canvas.glow((900, 360), 80, (0, 0, 255))
    canvas.line((100, 500), (300, 500), (255, 255, 0), width=10, end_width=4)
    assert canvas.surface.get_at((200, 150))[:3] == (10, 200, 10)
    assert canvas.surface.get_at((100, 100))[:3] == (0, 0, 0)  # the corner is round
    assert brightness(canvas, (640 + 50 * 0.7071, 360 - 50 * 0.7071)) > 150  # the first quarter from the top
    assert brightness(canvas, (640 - 50 * 0.7071, 360 + 50 * 0.7071)) == 0
    assert brightness(canvas, (900, 360)) > brightness(canvas, (930, 360)) > brightness(canvas, (985, 360)) == 0
    assert brightness(canvas, (200, 500)) == 510
    assert brightness(canvas, (200, 510)) == 0


def test_shake_moves_what_is_inside_the_block_alone(new_canvas: Make) -> None:
    canvas = new_canvas()
    with canvas.shifted(6, -4):
        assert canvas.to_px((100, 100)) == (106, 96)
    assert canvas.to_px((100, 100)) == (100, 100)


def test_dimming_goes_to_the_background(new_canvas: Make) -> None:
    canvas = new_canvas()
    canvas.fill((200, 200, 200))
    canvas.dim(0.5)
    assert canvas.surface.get_at((5, 5))[0] == pytest.approx((200 + NIGHT.background[0]) / 2, abs=2)


def test_a_new_theme_or_size_draws_anew(new_canvas: Make) -> None:
    canvas = new_canvas(320, 200)
    canvas.backdrop()
    before = canvas.surface.get_at((2, 2))[:3]
    canvas.fit(canvas.surface, HIGH_CONTRAST)
    canvas.backdrop()
    assert canvas.surface.get_at((2, 2))[:3] != before
    canvas.fit(pygame.Surface((640, 400)).convert())
    canvas.backdrop()
    assert canvas.layout.width_px == 640


def test_the_cache_stays_within_its_bounds() -> None:
    cache = SpriteCache(max_sprites=10, max_pixels=5_000)
    for key in range(100):
        cache.get(key, lambda: pygame.Surface((20, 20)))
        assert len(cache) <= 10
        assert cache.pixels <= 5_000
    cache.get("large", lambda: pygame.Surface((500, 500)))
    assert len(cache) == 1
    kept = cache.get("large", lambda: pytest.fail("made twice"))
    assert kept.get_size() == (500, 500)


def test_pulsing_lights_do_not_fill_the_cache(new_canvas: Make) -> None:
    canvas = new_canvas()
    for step in range(3000):
        canvas.glow((640, 360), 40 + 100 * abs(np.sin(step / 50)), NIGHT.gold, abs(np.sin(step / 31)))
    assert len(canvas._sprites) <= 900


def test_a_light_larger_than_the_window_is_bounded(new_canvas: Make) -> None:
    canvas = new_canvas(200, 150)
    canvas.glow((0, 0), 1e6, NIGHT.gold)
    assert canvas._sprites.pixels < 4 * 220 * 220


@pytest.mark.parametrize("size", [(1600, 900), (640, 900)], ids=["larger", "taller"])
def test_a_window_that_was_resized_is_filled_to_its_corners(size: tuple[int, int]) -> None:
    pygame.display.init()
    canvas = Canvas(pygame.display.set_mode((640, 360)), NIGHT)
    canvas.backdrop()
    before = canvas.surface
    surface = pygame.display.set_mode(size)
    surface.fill((255, 0, 0))
    canvas.fit(surface)
    canvas.backdrop()
    canvas.dim(0.5)
    assert surface is before, "pygame hands out one surface for the window"
    for corner in ((0, 0), (size[0] - 1, 0), (0, size[1] - 1), (size[0] - 1, size[1] - 1)):
        assert surface.get_at(corner)[0] < 60
    pygame.display.quit()
