"""What is heard: each happening as one sound, panned to where it happens; a rally climbs the scale."""

from __future__ import annotations

from collections.abc import Iterable

from handplay.engine.stage.sound import Sound
from handplay.games.pong.court import LEFT, CourtSettings
from handplay.games.pong.flight import PaddleHit, WallHit
from handplay.games.pong.game import Beat, Changed, Happening, PongGame
from handplay.games.pong.rules import GameWon, Point, Served


def sound_out(sound: Sound, game: PongGame, happened: Iterable[Happening]) -> None:
    """Plays what happened in one step."""
    one_player = len(game.seats.sides) == 1
    for event in happened:
        if isinstance(event, PaddleHit):
            # Two hits a step of the scale: a long rally has somewhere to go.
            sound.play(
                "hit", x=_goal(event.side), pitch=game.match.rally // 2, volume=_loudness(event.speed, game.court)
            )
        elif isinstance(event, WallHit):
            x = 0.5 + 0.5 * event.x / game.court.half_width
            sound.play("wall", x=x, volume=0.5 * _loudness(event.speed, game.court))
        elif isinstance(event, Served):
            sound.play("serve", x=_goal(event.side))
        elif isinstance(event, Point):
            good = not one_player or event.side == LEFT
            sound.play("score" if good else "miss", x=_goal(1 - event.side))
        elif isinstance(event, GameWon):
            sound.play("lose" if one_player and event.side != LEFT else "win")
        elif isinstance(event, Beat):
            sound.play("count")
        elif isinstance(event, Changed):
            _screen_changed(sound, event)


def _screen_changed(sound: Sound, event: Changed) -> None:
    if event.before == "countdown" and event.after in ("serve", "rally", "point"):
        sound.play("go")
    elif event.after == "lost":
        sound.play("lost")
    elif event.before == "looking" or (event.before == "lost" and event.after == "countdown"):
        sound.play("found")
    elif event.after == "paused" or (event.before == "result" and event.after == "serve"):
        sound.play("select")


def _goal(side: int) -> float:
    return 0.08 if side == LEFT else 0.92


def _loudness(speed: float, court: CourtSettings) -> float:
    return 0.55 + 0.45 * min(1.0, speed / court.max_speed)
