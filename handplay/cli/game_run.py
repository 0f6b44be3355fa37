"""What every game's command does: options in, a feed and a stage out. A game gives its scene."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handplay.cli.options import GameOptions

if TYPE_CHECKING:
    from handplay.engine.events import EventPump
    from handplay.engine.preferences import Loaded, Preferences
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.gestures.library import Library
    from handplay.gestures.scenes import LiveBindings

MakeScene = Callable[["Stage", Mapping[str, str] | None], "Scene"]
"""Makes a game's scene from the stage and the user's bindings (gesture name to action); None for the game's own."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a scene is made with, besides the stage.

    Attributes:
        library: the gestures that the run began with.
        preferences: the player's choices at the start.
        live: bindings of each game, which follow the gesture files.
        adapt: lets camera, tracker and recognizer follow other choices while the game runs; says what cannot.
    """

    library: Library
    preferences: Preferences
    live: Mapping[str, LiveBindings]
    adapt: Callable[[Preferences], str]

    def bindings(self, game: str) -> Mapping[str, str] | None:
        """Gesture name to action of a game; None for the game's own."""
        return self.live[game] if game in self.library.actions else None


def play(
    game: str,
    make_scene: MakeScene,
    options: GameOptions,
    *,
    least_hands: int,
    demo: str,
    reloaded: Callable[[Library], None] | None = None,
) -> None:
    """Plays one game until the player quits.

    Args:
        game: its name, for the bindings of a gesture file and the window's title.
        make_scene: makes its scene.
        options: of the command line.
        least_hands: how many the game cannot do without.
        demo: the script of the demo hand that the game steers: what `--source demo` means here.
        reloaded: told of each new library after a gesture file has changed.

    Raises:
        HandplayError: with what is wrong and what to do. All that can be known before the window opens is told before.
    """
    run_scenes(
        (game,),
        lambda stage, given: make_scene(stage, given.bindings(game)),
        options,
        title=f"handplay {game}",
        least_hands=least_hands,
        demo=demo,
        reloaded=reloaded,
    )


def run_scenes(
    games: Sequence[str],
    make_scene: Callable[[Stage, Given], Scene],
    options: GameOptions,
    *,
    title: str,
    least_hands: int,
    demo: str,
    reloaded: Callable[[Library], None] | None = None,
    loaded: Loaded | None = None,
) -> None:
    """Runs a scene that may show several games, as `play` does one.

    Args:
        games: whose bindings it needs.
        make_scene: makes the scene.
        title: of the window.
        loaded: the player's choices; read from their file if not given.
    """
    for output in (options.summary, options.screenshot, options.record):
        if output is not None:
            _check_writable(output)
    from handplay.cli.game_feed import GameFeed
    from handplay.engine.preferences import load_preferences
    from handplay.engine.stage.gesture_reload import reload_gestures, watch_gestures

    watch = watch_gestures(options.gestures or (), lambda: own_gestures(options.gestures))
    library = own_gestures(options.gestures)
    loaded = loaded or load_preferences()
    if loaded.note:  # the scene shows it as well, but for a moment, and not to somebody who runs it headless
        print(f"handplay: {loaded.note}", file=sys.stderr)
    comfort = loaded.preferences
    game_feed = GameFeed(options, least_hands=least_hands, demo=demo, preferences=comfort)

    from handplay.engine.stage.app import run
    from handplay.engine.stage.options import StageOptions
    from handplay.gestures.scenes import LiveBindings

    live = {game: LiveBindings(library.bindings(game)) for game in games}
    pumps: list[EventPump] = []

    def make_pump() -> EventPump:
        # Called behind the first picture, which need not wait for the recognizer.
        from handplay.cli.comfort import gesture_settings
        from handplay.engine.events import EventPump
        from handplay.gestures.recognizer import Recognizer

        pumps.append(EventPump(Recognizer(library, settings=gesture_settings(comfort))))
        return pumps[-1]

    def adapt(chosen: Preferences) -> str:
        from handplay.cli.comfort import gesture_settings

        for pump in pumps:
            pump.recognizer.replace_settings(gesture_settings(chosen))
        return game_feed.adapt(chosen)

    def apply(new: Library) -> None:
        for pump in pumps:
            pump.recognizer.replace_library(new)
        for game, bindings in live.items():
            bindings.replace(new.bindings(game))
        if reloaded is not None:
            reloaded(new)

    def make(stage: Stage) -> Scene:
        stage.settings.show_inset = comfort.show_inset
        if loaded.note:
            stage.toasts.show(loaded.note)
        return make_scene(stage, Given(library, comfort, live, adapt))

    run(
        make,
        game_feed.feed,
        StageOptions(
            title=title,
            headless=options.headless,
            duration_s=options.duration_s,
            seed=options.seed,
            summary_path=options.summary,
            screenshot_path=options.screenshot,
            screenshot_at_s=options.screenshot_at_s,
            record_path=options.record,
            source_name=options.source or "camera",
            fullscreen=options.fullscreen,
            mute=options.mute or comfort.mute,
            volume=comfort.volume,
            reduced_motion=comfort.reduced_motion,
            high_contrast=comfort.high_contrast,
        ),
        make_pump=make_pump,
        reloading=reload_gestures(watch, apply),
    )


def own_gestures(paths: Sequence[Path] | None) -> Library:
    """The built-in gestures with the user's library and these files.

    Raises:
        GestureFileError: with all that is wrong in the first one that is.
    """
    from handplay.cli.gestures.libraries import load_libraries

    return load_libraries(paths)


def _check_writable(path: Path) -> None:
    """Tells of a place that cannot be written to before the game, not after it."""
    from handplay.engine.atomic import PendingFile

    PendingFile(path).discard()
