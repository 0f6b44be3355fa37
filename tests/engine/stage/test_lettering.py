"""Lines of text: as wide as they say, and no words that run together."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from handplay.engine.stage.lettering import Lettering
from handplay.engine.stage.theme import FontName

WHITE = (255, 255, 255)


@pytest.fixture
def letters() -> Iterator[Lettering]:
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    yield Lettering()
    pygame.display.quit()


def gap_px(surface: pygame.Surface) -> int:
    """The widest run of columns without ink between two columns with ink."""
    inked = [bool(pygame.surfarray.array_alpha(surface)[x].max() > 40) for x in range(surface.get_width())]
    first, last = inked.index(True), len(inked) - 1 - inked[::-1].index(True)
    return max((len(run) for run in "".join(" X"[ink] for ink in inked[first : last + 1]).split("X")), default=0)


@pytest.mark.parametrize("font", ["ui", "bold"])
@pytest.mark.parametrize("size_px", [12, 13, 14, 16, 18, 24])
def test_words_stand_apart(letters: Lettering, font: FontName, size_px: int) -> None:
    """By more than two letters do: between "ll" of a small font lie one or two pixels."""
    between_letters = gap_px(letters.line("ll", font, size_px, WHITE))
    assert gap_px(letters.line("l l", font, size_px, WHITE)) >= between_letters + max(3, round(0.2 * size_px))


@pytest.mark.parametrize("text", ["", " ", "one", "it was true", " two  spaces ", "100 % of 7"])
@pytest.mark.parametrize("size_px", [12, 14, 20])
@pytest.mark.parametrize("tabular", [False, True])
def test_a_line_is_as_wide_as_it_says(letters: Lettering, text: str, size_px: int, tabular: bool) -> None:
    line = letters.line(text, "ui", size_px, WHITE, tabular=tabular)
    assert line.get_width() == max(letters.width(text, "ui", size_px, tabular=tabular), int(tabular))
