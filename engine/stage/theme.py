"""The look as tokens: colours, type scale, fonts, grid. Every scene and widget takes its look from here.

A dark room in which the hands are the light. Words are set in `text` or `quiet`, which keep a contrast of 7:1 on all
three grounds; `aqua`, `good` and `gold` do so too, `coral` on `background` alone. `danger` is for shapes, never words.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from handplay.engine.errors import StageError
from handplay.engine.hands import Handedness

Colour = tuple[int, int, int]
FontName = Literal["ui", "bold", "title"]
SizeName = Literal["small", "body", "lead", "title", "display", "score"]

TYPE_SCALE: dict[SizeName, int] = {"small": 14, "body": 18, "lead": 24, "title": 32, "display": 48, "score": 96}
"""Font sizes in design units, which are pixels in a window of 1280x720."""

MIN_TEXT_PX = 12
"""No text is set smaller than this many real pixels, however small the window."""

GRID = 8
"""Everything sits on multiples of this many design units."""

RADIUS = 16
"""Corner radius of panels, design units."""

SAFE_SHARE = 0.05
"""Nothing important lies in this outer share of the window."""

HAND_TARGET = 120
"""Smallest side of anything a hand has to reach, design units; 24 lie between two of them."""

_FONT_FILES: dict[FontName, tuple[str, str]] = {
    "ui": ("font_manrope", "Manrope-Medium.ttf"),
    "bold": ("font_manrope", "Manrope-Bold.ttf"),
    "title": ("font_fredoka_one", "FredokaOne-Regular.ttf"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colour tokens.

    Attributes:
        background, raised, surface, line: from the dark of the room up to outlines.
        text, quiet: words.
        aqua: left hand or player one.
        coral: right hand or player two. Shape or side tells them apart as well.
        gold: action.
        good, danger: states, always with a shape or a word beside them.
    """

    background: Colour = (0x0B, 0x0F, 0x1A)
    raised: Colour = (0x12, 0x18, 0x29)
    surface: Colour = (0x1A, 0x22, 0x36)
    line: Colour = (0x2A, 0x35, 0x52)
    text: Colour = (0xF2, 0xF5, 0xFF)
    quiet: Colour = (0xA9, 0xB4, 0xD0)
    aqua: Colour = (0x3C, 0xE0, 0xD0)
    coral: Colour = (0xFF, 0x7A, 0x6B)
    gold: Colour = (0xFF, 0xC8, 0x57)
    good: Colour = (0x6E, 0xE7, 0xA0)
    danger: Colour = (0xFF, 0x4D, 0x6D)

    def hand(self, handedness: Handedness) -> Colour:
        """The colour of a hand: left aqua, right coral."""
        return self.aqua if handedness == "Left" else self.coral

    def player(self, number: int) -> Colour:
        """The colour of player 1 or 2."""
        return self.aqua if number == 1 else self.coral


NIGHT = Theme()
"""The default look."""

HIGH_CONTRAST = Theme(
    background=(0, 0, 0),
    raised=(0x08, 0x0A, 0x10),
    surface=(0x10, 0x14, 0x1E),
    line=(0x8C, 0x9A, 0xC4),
    text=(0xFF, 0xFF, 0xFF),
    quiet=(0xD8, 0xE0, 0xF6),
    aqua=(0x5C, 0xFF, 0xF0),
    coral=(0xFF, 0xA0, 0x92),
    gold=(0xFF, 0xD8, 0x6B),
    good=(0x8C, 0xFF, 0xBE),
    danger=(0xFF, 0x7A, 0x92),
)
"""The look for eyes that need more contrast."""


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """A colour on the way from `a` (share 0) to `b` (share 1)."""
    s = min(1.0, max(0.0, share))
    return (round(a[0] + (b[0] - a[0]) * s), round(a[1] + (b[1] - a[1]) * s), round(a[2] + (b[2] - a[2]) * s))


def contrast(a: Colour, b: Colour) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.1, relative luminance)."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def font_file(name: FontName) -> Path:
    """Where a font's file lies.

    Raises:
        StageError: the package that carries it is not installed.
    """
    package, file_name = _FONT_FILES[name]
    try:
        found = Path(str(resources.files(package))) / "files" / file_name
    except ModuleNotFoundError:
        found = Path()
    if not found.is_file():
        wheel = package.replace("_", "-")
        raise StageError(f"The font {file_name} is not installed. Run: pip install {wheel}")
    return found
