"""Where everything lies: a card with the camera between two cards for the hands, the list of gestures below.

While recording, the camera's card on the left and one panel on the right.

Design units of the canvas throughout; pure geometry, made anew when the window, the picture's shape or the list change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from handplay.engine.stage.layout import Area

GAP = 24.0
MARGIN = 8.0
"""Around the picture within its card."""

FOOTER = 40.0
"""Below everything: the keys, and the short notes of the stage."""

_COLUMN = (224.0, 380.0)
"""Narrowest and widest column at letters of their own size."""

_BAND = 92.0
"""For the big word, below the picture."""

_ROWS_SHARE = 0.26
"""The list of gestures takes at most this share of the height before the picture gets what it can use."""


class Places(Protocol):
    """Where the card with the camera is, and what is in it."""

    @property
    def card(self) -> Area: ...
    @property
    def picture(self) -> Area: ...
    @property
    def band(self) -> Area: ...


@dataclass(frozen=True, slots=True)
class StudioLayout:
    """Places in one window.

    Attributes:
        card: picture and big word.
        picture: the camera's.
        band: below the picture, for the big word.
        left, right: the columns beside the card.
        board: the list of gestures.
        rows: rows of the list that fit.
        row: height of one of them.
        footer: the last line.
    """

    card: Area
    picture: Area
    band: Area
    left: Area
    right: Area
    board: Area
    rows: int
    row: float
    footer: Area


def lay_out(safe: Area, aspect: float, line: float, wanted_rows: int) -> StudioLayout:
    """The layout within the safe area of a window.

    Args:
        safe: the area to fill, design units.
        aspect: width over height of the camera's picture.
        line: height of a line of small text; larger than usual in small windows, whose letters stop shrinking.
        wanted_rows: rows of the whole list of gestures.
    """
    aspect = min(2.4, max(0.6, aspect))
    row = max(28.0, line + 9)
    grown = min(1.45, max(1.0, line / 20))
    narrow, wide = _COLUMN[0] * grown, _COLUMN[1] * grown
    footer = max(FOOTER, line + 12)
    band = max(_BAND, 3.1 * line)
    room = safe.height - footer
    rows = min(wanted_rows, max(1, int(room * _ROWS_SHARE / row)))
    upper = room - GAP - rows * row
    height = max(32.0, upper - band - MARGIN)
    width = height * aspect
    most = max(32.0, safe.width - 2 * (narrow + GAP) - 2 * MARGIN)
    if width > most:
        width, height = most, most / aspect
    card_height = MARGIN + height + band
    rows = min(wanted_rows, max(rows, int((room - GAP - card_height) / row)))
    spare = max(0.0, room - GAP - card_height - rows * row)
    # A tall window: the cards grow a little, the rest becomes air.
    more = min(spare, 0.25 * card_height)
    card_height, spare = card_height + more, spare - more
    column = max(8.0, min(wide, (safe.width - width - 2 * MARGIN) / 2 - GAP))
    whole = width + 2 * MARGIN + 2 * (column + GAP)
    x, y = safe.x + (safe.width - whole) / 2, safe.y + spare / 2
    card = Area(x + column + GAP, y, width + 2 * MARGIN, card_height)
    picture = Area(card.x + MARGIN, card.y + MARGIN, width, height)
    return StudioLayout(
        card=card,
        picture=picture,
        band=Area(card.x, picture.bottom, card.width, card.bottom - picture.bottom),
        left=Area(x, y, column, card_height),
        right=Area(card.right + GAP, y, column, card_height),
        board=Area(x, card.bottom + GAP, whole, rows * row),
        rows=rows,
        row=row,
        footer=Area(safe.x, safe.bottom - footer, safe.width, footer),
    )


PANEL = 456.0
"""Width of the panel beside the card while recording: three buttons for a hand and their margins."""


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """Places in one window while a gesture is recorded.

    Attributes:
        card: picture and sentence.
        picture: the camera's.
        band: below the picture, for the sentence.
        panel: beside the card: what was learned.
        footer: the last line.
    """

    card: Area
    picture: Area
    band: Area
    panel: Area
    footer: Area


def lay_out_record(safe: Area, aspect: float, line: float) -> RecordLayout:
    """As `lay_out`, for recording."""
    aspect = min(2.4, max(0.6, aspect))
    footer = max(FOOTER, line + 12)
    band = max(_BAND, 3.1 * line)
    room = safe.height - footer - 16
    width = max(32.0, safe.width - PANEL - GAP - 2 * MARGIN)
    height = width / aspect
    most = max(32.0, room - band - MARGIN)
    if height > most:
        width, height = most * aspect, most
    card_height = min(room, max(MARGIN + height + band, 0.8 * room))
    panel = min(560.0, max(8.0, safe.width - width - 2 * MARGIN - GAP))
    whole = width + 2 * MARGIN + GAP + panel
    x, y = safe.x + (safe.width - whole) / 2, safe.y + (room - card_height) / 2
    card = Area(x, y, width + 2 * MARGIN, card_height)
    picture = Area(card.x + MARGIN, card.y + MARGIN, width, height)
    return RecordLayout(
        card=card,
        picture=picture,
        band=Area(card.x, picture.bottom, card.width, card.bottom - picture.bottom),
        panel=Area(card.right + GAP, y, panel, card_height),
        footer=Area(safe.x, safe.bottom - footer, safe.width, footer),
    )
