"""What a player can do about a poor picture, in one sentence each."""

from __future__ import annotations

from handplay.engine.hands import Condition

ADVICE: dict[Condition, str] = {
    "dark": "It is too dark to see your hand: turn on a light",
    "bright": "It is too bright to see your hand: turn the camera away from the light",
    "far": "Your hand is far away: come a little closer",
    "frozen": "The camera's picture stands still: unplug it and plug it in again",
    "slow": "The camera sends few pictures: more light makes it faster",
}
"""By what is wrong; "ok" needs no advice."""
REPEAT_S = 20.0
"""The same advice is not given again within this time."""
