"""One player among several hands: whose hand plays."""

from __future__ import annotations

from typing import Any

import pytest

from handplay.engine.player_choice import ChoiceRule
from handplay.games.pong.court import LEFT


@pytest.mark.parametrize(("player", "owner"), [("first", 1), ("raised", 2)])
def test_the_chosen_hand_plays_and_stays(sitting: Any, shown: Any, player: ChoiceRule, owner: int) -> None:
    def crowd(now_s: float) -> tuple[Any, ...]:
        # The first hand hangs low; a second is held up; a third, higher still, walks in later.
        walker = (shown(x=0.8, y=0.2, hand_id=3),) if now_s > 2 else ()
        return (shown(x=0.2, y=0.85, hand_id=1), shown(x=0.5, y=0.45, hand_id=2), *walker)

    game = sitting(crowd, player=player)
    for _ in range(4):
        game.run(1.0)
        assert game.game.seats[LEFT].hand_id == owner


def test_wrong_rule_is_named(sitting: Any) -> None:
    with pytest.raises(ValueError, match="rule: got 'loudest', wanted one of first, nearest, raised"):
        sitting(lambda _: (), player="loudest")
