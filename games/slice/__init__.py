"""Slice: fruit flies up, hands are blades, bombs are to be spared.

`flight` (what flies and what a blade does to it, pure) and `waves` (what comes next, following the player) make
`game` (one sitting with its screens, pure). `blades` turns pointers into strokes; `fruit` draws the sprites, `view`
and `screens` the picture, `demonstration` moves the demo hand, `scene` puts it on the stage.
"""

from __future__ import annotations

__all__ = ["ACTIONS"]

ACTIONS = ("start", "pause")
"""What gestures can be bound to."""
