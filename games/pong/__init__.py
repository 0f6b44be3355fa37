"""Pong by hand: court and flight -> rules -> players and opponent -> flow -> scene.

`court`, `flight` and `rules` are the game itself, `opponent` plays it, `players` turns hands, keys and mouse into
paddle targets, `flow` is the table of screens. Only `scene` and what it draws with know pygame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.high_scores import HighScores
    from handplay.engine.player_choice import ChoiceRule
    from handplay.engine.preferences import Reach
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.pong.opponent import Difficulty

__all__ = ["ACTIONS", "make_scene"]

ACTIONS = ("serve", "rematch", "pause")
"""What gestures can be bound to."""


def make_scene(
    stage: Stage,
    *,
    players: int = 1,
    difficulty: Difficulty = "normal",
    bindings: Mapping[str, str] | None = None,
    player: ChoiceRule = "first",
    reach: Reach | None = None,
    scores: HighScores | None = None,
) -> Scene:
    """Pong for `handplay.engine.stage.app.run`.

    Args:
        stage: what the stage offers.
        players: 1 against the opponent, or 2 on one camera.
        difficulty: "easy", "normal" or "hard"; of the opponent.
        bindings: gesture name to "serve", "rematch" or "pause"; open palm and thumbs up if None.
        player: whose hand plays alone: the "first" that is shown, the "nearest", or one that is "raised". It stays the
            player while others walk through.
        reach: the part of the view in which the hand moves with ease; the usual one if None.
        scores: where the longest rally is kept; None keeps none.

    Raises:
        ValueError: players, player or difficulty are not what they can be.
    """
    from handplay.games.pong.scene import PongScene  # pygame is loaded when a game is, not with the package

    return PongScene(
        stage, players=players, difficulty=difficulty, bindings=bindings, player=player, reach=reach, scores=scores
    )
