"""Remakes the pictures of the home screen, the guide, the settings and Slice from the demo hand.

Run: python docs/make_game_pictures.py
"""

from __future__ import annotations

from datetime import date, timedelta

from stage_film import animation, shots

from handplay.cli.game_run import Given
from handplay.cli.home import Choices, entries
from handplay.engine.high_scores import HighScore
from handplay.engine.preferences import Preferences
from handplay.engine.stage.scene import Scene
from handplay.engine.stage.stage import Stage
from handplay.games.home.guide import GuideScene
from handplay.games.home.home import HomeScene
from handplay.games.home.scores import ScoreList, ScoresScene
from handplay.games.home.settings import SettingsScene
from handplay.games.slice.scene import SliceScene
from handplay.gestures.library import builtin_library


def home(stage: Stage) -> Scene:
    chosen = Choices(Preferences(guided=True))
    given = Given(builtin_library(), chosen.now(), {}, lambda _: "")
    return HomeScene(stage, entries(given, chosen, []), chosen.now())


def guide(stage: Stage) -> Scene:
    return GuideScene(stage, Preferences(guided=True), lambda _: None, save=lambda _: None)


def settings(stage: Stage) -> Scene:
    return SettingsScene(stage, Preferences(guided=True), lambda _: None, save=lambda _: None)


def scores(stage: Stage) -> Scene:
    lists = (
        ScoreList("Pong", "Longest rally", results((41, 33, 17, 12), date(2026, 5, 30))),
        ScoreList("Slice", "Points", results((186, 152, 149, 97, 64), date(2026, 6, 2))),
    )
    return ScoresScene(stage, lists, Preferences(guided=True))


def results(points: tuple[int, ...], newest: date) -> tuple[HighScore, ...]:
    return tuple(HighScore(score, (newest - timedelta(days=9 * rank)).isoformat()) for rank, score in enumerate(points))


def slice_fruit(stage: Stage) -> Scene:
    return SliceScene(stage)


if __name__ == "__main__":
    shots(home, "pong", {4.0: "home.png"})
    shots(guide, "pong", {2.2: "guide.png"})
    shots(settings, "still", {2.0: "settings.png"})
    shots(scores, "still", {2.0: "scores.png"})
    shots(slice_fruit, "pong", {26.0: "slice.png"}, seed=4)
    animation(slice_fruit, "pong", "slice.gif", start_s=22.0, end_s=30.0, seed=4)
