"""Words can be read on every ground, and the fonts are there."""

from __future__ import annotations

import pytest

from handplay.engine.errors import StageError
from handplay.engine.stage import theme as theme_module
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT, Theme, contrast, font_file, mix

GROUNDS = ("background", "raised", "surface")
WORDS = [(token, ground) for token in ("text", "quiet", "aqua", "gold", "good") for ground in GROUNDS]


@pytest.mark.parametrize("theme", [NIGHT, HIGH_CONTRAST], ids=["night", "high contrast"])
@pytest.mark.parametrize(("token", "ground"), [*WORDS, ("coral", "background")])
def test_words_can_be_read(theme: Theme, token: str, ground: str) -> None:
    assert contrast(getattr(theme, token), getattr(theme, ground)) >= 7.0


@pytest.mark.parametrize("token", ["text", "quiet", "aqua", "coral", "gold", "good", "danger"])
def test_high_contrast_has_more(token: str) -> None:
    night = contrast(getattr(NIGHT, token), NIGHT.background)
    assert contrast(getattr(HIGH_CONTRAST, token), HIGH_CONTRAST.background) > night


@pytest.mark.parametrize(
    ("a", "b", "ratio"), [((255, 255, 255), (0, 0, 0), 21.0), ((118, 118, 118), (255, 255, 255), 4.54)]
)
def test_contrast_is_that_of_wcag(a: tuple[int, int, int], b: tuple[int, int, int], ratio: float) -> None:
    assert contrast(a, b) == pytest.approx(ratio, abs=0.01)
    assert contrast(b, a) == contrast(a, b)


def test_mix_ends_at_its_ends() -> None:
    assert mix((0, 10, 20), (200, 100, 0), 0.0) == (0, 10, 20)
    assert mix((0, 10, 20), (200, 100, 0), 1.5) == (200, 100, 0)


def test_players_and_hands_have_their_colours() -> None:
    assert NIGHT.hand("Left") == NIGHT.player(1) == NIGHT.aqua
    assert NIGHT.hand("Right") == NIGHT.player(2) == NIGHT.coral


def test_fonts_come_from_their_wheels() -> None:
    assert {font_file(name).suffix for name in ("ui", "bold", "title")} == {".ttf"}


def test_a_missing_font_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(theme_module._FONT_FILES, "ui", ("font_that_is_not_there", "None.ttf"))
    with pytest.raises(StageError, match=r"None\.ttf is not installed.*pip install font-that-is-not-there"):
        font_file("ui")
