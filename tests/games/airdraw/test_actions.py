"""What the package says gestures can be bound to is what the game does."""

from __future__ import annotations

from handplay.games import airdraw
from handplay.games.airdraw.document import CANVASES
from handplay.games.airdraw.palette import COLOURS, LABELS, TOOL_ORDER, WIDTHS
from handplay.games.airdraw.stickers import STICKERS


def test_the_published_actions_are_those_of_the_palette() -> None:
    wanted = {label for label in LABELS if not label.startswith("open:")} | {"confirm"}
    wanted |= {f"tool:{tool}" for tool in TOOL_ORDER} | {f"colour:{colour}" for colour in COLOURS}
    wanted |= {f"sticker:{name}" for name in STICKERS} | {f"width:{number}" for number in range(len(WIDTHS))}
    wanted |= {f"canvas:{paper}" for paper in CANVASES}
    assert set(airdraw.ACTIONS) == wanted
    assert len(airdraw.ACTIONS) == len(wanted)
