"""`handplay` alone, and `handplay home`: the home screen with everything behind it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from handplay.cli.options import GameOptions, with_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from handplay.cli.game_run import Given
    from handplay.engine.high_scores import HighScores
    from handplay.engine.preferences import Preferences
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.home.entries import Entry
    from handplay.games.studio.try_scene import TryScene
    from handplay.gestures.library import Library


@with_options(GameOptions)
def home(options: GameOptions) -> None:
    """Open the home screen: all games, the settings and the guide."""
    open_home(options)


def open_home(options: GameOptions) -> None:
    """Runs the home screen; the guide comes first for who has never seen it and could see it now."""
    from handplay.cli.game_run import run_scenes
    from handplay.engine.preferences import load_preferences

    loaded = load_preferences()
    first = None if loaded.preferences.guided or options.headless else "guide"

    viewers: list[TryScene] = []

    def make_scene(stage: Stage, given: Given) -> Scene:
        from handplay.cli.scores import high_scores
        from handplay.games.home.shell import Shell

        chosen = Choices(given.preferences, lambda preferences: _adapt(stage, given, preferences))
        scores = high_scores(options)
        return Shell(stage, entries(given, chosen, viewers, scores), chosen.now, scores, first)

    def reloaded(library: Library) -> None:
        for viewer in viewers[-1:]:
            viewer.take(library)

    run_scenes(
        ("pong", "airdraw", "slice"),
        make_scene,
        options,
        title="handplay",
        least_hands=1,
        demo="pong",
        reloaded=reloaded,
        loaded=loaded,
    )


def _adapt(stage: Stage, given: Given, preferences: Preferences) -> None:
    note = given.adapt(preferences)
    if note:
        stage.toasts.show(note)


class Choices:
    """The preferences as they are now: settings and guide change them while the program runs.

    Args:
        preferences: at the start.
        changed: told of each change.
    """

    def __init__(self, preferences: Preferences, changed: Callable[[Preferences], None] = lambda _: None) -> None:
        self._preferences = preferences
        self._changed = changed

    def now(self) -> Preferences:
        """As they are."""
        return self._preferences

    def change(self, preferences: Preferences) -> None:
        """As they are from now on."""
        self._preferences = preferences
        self._changed(preferences)


def entries(
    given: Given, chosen: Choices, viewers: list[TryScene], scores: HighScores | None = None
) -> tuple[Entry, ...]:
    """The tiles of the home screen.

    Args:
        viewers: where each gesture viewer that is opened is put, so that it can be told of new gestures.
        scores: where results are kept; None keeps none.
    """
    from handplay.games.home.entries import Entry

    def pong(stage: Stage) -> Scene:
        from handplay.games import pong as game

        now = chosen.now()
        return game.make_scene(
            stage,
            players=2 if now.opponent == "friend" else 1,
            difficulty="normal" if now.opponent == "friend" else now.opponent,
            bindings=given.bindings("pong"),
            reach=now.reach,
            scores=scores,
        )

    def fruit(stage: Stage) -> Scene:
        from handplay.games.slice.scene import SliceScene

        return SliceScene(stage, scores=scores, reach=chosen.now().reach, bindings=given.bindings("slice"))

    def airdraw(stage: Stage) -> Scene:
        from handplay.cli.airdraw import reach_of
        from handplay.games.airdraw.scene_start import make_scene

        now = chosen.now()
        return make_scene(
            stage,
            sensitivity=now.sensitivity,
            reach=reach_of(now),
            bindings=given.bindings("airdraw"),
            main_hand="Left" if now.main_hand == "left" else "Right",
        )

    def viewer(stage: Stage) -> Scene:
        from handplay.games import studio

        viewers.append(studio.make_try_scene(stage, given.library))
        return viewers[-1]

    def settings(stage: Stage) -> Scene:
        from handplay.cli.comfort import camera_names
        from handplay.games.home.settings import SettingsScene

        return SettingsScene(stage, chosen.now(), chosen.change, cameras=camera_names())

    def guide(stage: Stage) -> Scene:
        from handplay.games.home.guide import GuideScene

        return GuideScene(stage, chosen.now(), chosen.change)

    def high_scores(stage: Stage) -> Scene:
        from handplay.games.home.scores import ScoreList, ScoresScene

        lists = [
            ScoreList(entry.title, entry.counted, scores.best(entry.key) if scores is not None else ())
            for entry in made
            if entry.counted
        ]
        return ScoresScene(stage, lists, chosen.now())

    made = (
        Entry(
            "pong",
            "Pong",
            "Your hand is the paddle. Serve with an open palm.",
            "pong",
            pong,
            record="Rally {}",
            counted="Longest rally",
        ),
        Entry("airdraw", "Air drawing", "Pinch and draw in the air. Thumbs up saves.", "airdraw", airdraw),
        Entry("slice", "Slice", "Swipe through the fruit, spare the bombs.", "slice", fruit, counted="Points"),
        Entry("gestures", "Gestures", "See what your hands say, live.", "gestures", viewer),
        Entry("settings", "Settings", "Camera, comfort, sound", "settings", settings, small=True),
        Entry("scores", "High scores", "Your best results", "scores", high_scores, small=True),
        Entry("guide", "Guide", "Light, distance, reach", "guide", guide, small=True),
    )
    return made


def can_open() -> bool:
    """True on a terminal with a display: there `handplay` alone opens a window instead of the help."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
