"""The loop that runs a scene: window, first picture, feed, fixed steps, drawing, pacing, figures at the end."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from handplay.engine.live.feed import HandFeed
from handplay.engine.stage.canvas import Canvas
from handplay.engine.stage.debug import DebugOverlay
from handplay.engine.stage.inset import Inset
from handplay.engine.stage.keys_card import KeysCard
from handplay.engine.stage.metrics import LoopMetrics
from handplay.engine.stage.options import StageOptions
from handplay.engine.stage.pacing import Housekeeping, Pacer
from handplay.engine.stage.process_age import process_age_s
from handplay.engine.stage.recorder import Recorder
from handplay.engine.stage.reloading import Reloading
from handplay.engine.stage.scene import Scene, checked, close, is_finished, keys_of, leave, summary_of
from handplay.engine.stage.simulation import Pump, Simulation
from handplay.engine.stage.sound import Sound
from handplay.engine.stage.stage import Stage, StageSettings
from handplay.engine.stage.summary import make_summary, write_picture, write_summary
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT
from handplay.engine.stage.toast import Toasts
from handplay.engine.stage.window import Window

if TYPE_CHECKING:
    from handplay.engine.events import EventPump


def run(
    make_scene: Callable[[Stage], Scene],
    feed: HandFeed,
    options: StageOptions | None = None,
    *,
    make_pump: Callable[[], EventPump] | None = None,
    reloading: Reloading[Any] | None = None,
) -> dict[str, object]:
    """Runs a scene until it is finished, the player quits, or the time is over.

    The first picture is drawn before the feed starts. Keys that every scene shares: Esc and Q quit (or lead a step
    back in a `Leavable` scene), F11 and Alt+Enter full screen, M sound, H the camera picture, F3 figures, F1 or ? the
    page of keys of a `Keyed` scene; scenes get all other events. The feed is closed at the end, whatever the end is.

    Args:
        make_scene: makes the scene from the stage's services.
        feed: where hands come from, not yet started.
        options: the switches of the run.
        make_pump: makes what turns hands into events; the built-in gestures if not given.
        reloading: files that are taken anew when they change, not yet started.

    Returns:
        The summary, which is also written where the options ask for it.

    Raises:
        StageError: there is no display, a font is missing, or what was made is no scene.
        HandplayError: the feed cannot start.
        OutputError: an output file cannot be written.
    """
    options = options or StageOptions()
    with contextlib.ExitStack() as closing:
        closing.callback(feed.close)
        return _Run(make_scene, feed, options, make_pump, closing, reloading).play()


class _Run:
    """One run from the window to the figures."""

    def __init__(
        self,
        make_scene: Callable[[Stage], Scene],
        feed: HandFeed,
        options: StageOptions,
        make_pump: Callable[[], EventPump] | None,
        closing: contextlib.ExitStack,
        reloading: Reloading[Any] | None = None,
    ) -> None:
        self._feed = feed
        self._options = options
        self._make_pump = make_pump or _built_in_pump
        self._closing = closing
        self._reloading = reloading
        self._window = Window(options)
        closing.callback(self._window.close)
        seed = secrets.randbits(32) if options.seed is None else options.seed
        sound = Sound(mute=options.mute, volume=options.volume, off=options.headless)
        closing.callback(sound.close)
        self._stage = Stage(
            sound=sound,
            inset=Inset(),
            toasts=Toasts(),
            theme=HIGH_CONTRAST if options.high_contrast else NIGHT,
            settings=StageSettings(
                mute=options.mute,
                reduced_motion=options.reduced_motion,
                high_contrast=options.high_contrast,
            ),
            seed=seed,
            rng=Random(seed),
        )
        self._canvas = Canvas(self._window.surface, self._stage.theme)
        self._metrics = LoopMetrics()
        self._debug = DebugOverlay()
        self._keys = KeysCard()
        self._scene = checked(make_scene(self._stage))
        closing.callback(close, self._scene)
        self._quit = False
        self._told_note = False
        self._screenshot: pygame.Surface | None = None

    def play(self) -> dict[str, object]:
        """The whole run; gives the summary."""
        self._draw(0.0, 0.0)
        pygame.display.flip()
        first_frame_s = process_age_s()
        self._stage.sound.start()
        recorder = Recorder(self._options.record_path, self._options.source_name, self._feed)
        self._closing.push(recorder)
        simulation = self._simulation(recorder)
        self._feed.start()
        if self._reloading is not None:
            self._closing.callback(self._reloading.close)
            self._reloading.start()
        start_s = time.perf_counter()
        with contextlib.suppress(KeyboardInterrupt), Housekeeping() as keeping:
            self._loop(simulation, keeping)
        summary = make_summary(
            self._metrics,
            self._feed.stats(),
            duration_s=time.perf_counter() - start_s,
            first_frame_s=first_frame_s,
            seed=self._stage.seed,
            game=summary_of(self._scene),
        )
        self._feed.close()
        recorder.commit()
        if self._options.screenshot_path is not None:
            write_picture(self._options.screenshot_path, self._screenshot or self._window.surface)
        if self._options.summary_path is not None:
            write_summary(self._options.summary_path, summary)
        return summary

    def _simulation(self, recorder: Recorder) -> Simulation:
        from handplay.engine.events import EVENT_NAMES

        pump: Pump = self._make_pump()
        return Simulation(
            self._scene,
            self._stage,
            self._feed,
            pump,
            pygame.event.get,
            self._metrics,
            names=EVENT_NAMES,
            watch=self._watch,
            record=recorder.write if recorder.wanted else None,
        )

    def _loop(self, simulation: Simulation, keeping: Housekeeping) -> None:
        pacer = Pacer()
        clock = time.perf_counter
        until_s = self._options.duration_s
        ever_ran = False
        last_s = clock()
        while True:
            now_s = clock()
            if self._reloading is not None:
                self._reloading.update(self._stage.toasts)
            alpha = simulation.advance(now_s - last_s, until_s)
            self._draw(alpha, now_s - last_s)
            last_s = now_s
            self._metrics.work.add((clock() - now_s) * 1e3)
            if pacer.spare_s > 0:
                keeping.tidy(pacer.spare_s)
            pacer.wait()
            pygame.display.flip()
            self._metrics.flipped(clock())
            self._debug.update(clock(), self._metrics, self._feed)
            self._take_screenshot(simulation.time_s)
            if not ever_ran and self._stage.feed_state == "running":
                ever_ran = True
                keeping.settle()
            if self._quit or is_finished(self._scene) or (until_s is not None and simulation.time_s >= until_s):
                return

    def _draw(self, alpha: float, dt_s: float) -> None:
        stage, canvas = self._stage, self._canvas
        if stage.sound.note and not self._told_note:
            self._told_note = True
            stage.toasts.show(stage.sound.note)
        canvas.fit(self._window.refresh(), stage.theme)
        stage.picture = picture = self._feed.picture() if stage.hands.frame is not None else None
        self._scene.draw(canvas, alpha)
        stage.inset.update(dt_s, stage, picture is not None)
        mirrored = stage.hands.frame.mirrored if stage.hands.frame is not None else False
        stage.inset.draw(canvas, picture, stage.hands.frame, mirrored)
        stage.toasts.update(dt_s)
        stage.toasts.draw(canvas)
        self._keys.update(dt_s)
        self._keys.draw(canvas)
        if stage.settings.show_debug:
            self._debug.draw(canvas)

    def _take_screenshot(self, time_s: float) -> None:
        at_s = self._options.screenshot_at_s
        if (
            self._screenshot is None
            and self._options.screenshot_path is not None
            and at_s is not None
            and time_s >= at_s
        ):
            self._screenshot = self._window.surface.copy()

    def _watch(self, event: pygame.event.Event) -> bool:
        """The keys of the stage; True keeps the event from the scene."""
        if event.type == pygame.QUIT:
            self._quit = True
            return True
        if event.type != pygame.KEYDOWN:
            return False
        if event.key == pygame.K_F1 or getattr(event, "unicode", "") == "?":
            rows = keys_of(self._scene)
            if rows is None:
                return False
            self._keys.switch(rows)
        elif event.key in (pygame.K_ESCAPE, pygame.K_q) and self._keys.on:
            self._keys.switch(())
        elif event.key in (pygame.K_ESCAPE, pygame.K_q):
            self._quit = not leave(self._scene)
        elif event.key == pygame.K_F11 or (event.key == pygame.K_RETURN and event.mod & pygame.KMOD_ALT):
            self._window.toggle_fullscreen()
        elif event.key == pygame.K_F3:
            self._stage.settings.show_debug = not self._stage.settings.show_debug
        elif event.key == pygame.K_m:
            self._switch_sound()
        elif event.key == pygame.K_h:
            self._stage.settings.show_inset = not self._stage.settings.show_inset
        else:
            return False
        return True

    def _switch_sound(self) -> None:
        stage = self._stage
        stage.settings.mute = stage.sound.mute = not stage.sound.mute
        stage.toasts.show("Sound off" if stage.sound.mute else "Sound on")


def _built_in_pump() -> EventPump:
    from handplay.engine.events import EventPump

    return EventPump()
