"""Where everything lies: a card with the camera between two cards for the hands, the list of gestures below.

Design units of the canvas throughout; pure geometry, made anew when the window, the picture's shape or the list change.
"""

from __future__ import annotations

from dataclasses import dataclass

from handplay.engine.stage.layout import Area

GAP = 24.0
MARGIN = 8.0
"""Around the picture within its card."""

FOOTER = 40.0
"""Below everything: the keys, and the short notes of the stage."""

_COLUMN = (224.0, 304.0)
"""Narrowest and widest column at letters of their own size."""

_BAND = 92.0
"""For the big word, below the picture."""

_ROWS_SHARE = 0.34
"""The list of gestures takes at most this share of the height before the picture gets what it can use."""


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
    row = max(32.0, line + 14)
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
