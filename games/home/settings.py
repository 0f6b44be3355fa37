"""The settings: a grid of tiles, one for each choice; pressing a tile takes the next value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pygame

from handplay.engine.errors import OutputError
from handplay.engine.preferences import Preferences, save_preferences
from handplay.engine.stage.choosing import Chooser, ChoosingSettings, Target
from handplay.engine.stage.keys_card import KeyRow
from handplay.engine.stage.layout import Area
from handplay.engine.stage.motion import ease_out
from handplay.engine.stage.theme import HIGH_CONTRAST, NIGHT
from handplay.games.home.tiles import BACK, KEYS, draw_back, draw_filled, draw_ground

if TYPE_CHECKING:
    from handplay.engine.sources.base import Wish
    from handplay.engine.stage.canvas import Canvas
    from handplay.engine.stage.stage import Stage

_COLUMNS, _WIDTH, _HEIGHT, _GAP = 4, 272.0, 136.0, 24.0
_TOP = 208.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting.

    Attributes:
        field: of `Preferences`.
        label: what it is called.
        values: the legal ones and what each is called, in the order of pressing.
        about: what it does, in a sentence.
    """

    field: str
    label: str
    values: tuple[tuple[object, str], ...]
    about: str


_ON_OFF = ((False, "Off"), (True, "On"))


def choices(cameras: Sequence[str] = ()) -> tuple[Choice, ...]:
    """All settings.

    Args:
        cameras: names of the cameras that are there.
    """
    named = tuple((f"camera:{name}", name) for name in cameras)
    hands = tuple((n, str(n)) for n in (1, 2, 3, 4))
    volumes = ((0.0, "Silent"), (0.3, "Soft"), (0.55, "Medium"), (0.8, "Normal"), (1.0, "Loud"))
    return (
        Choice("camera", "Camera", (("", "Any camera"), *named), "The camera that sees your hands"),
        Choice("hands", "Hands at most", hands, "How many hands are followed; fewer take less of the computer"),
        Choice("main_hand", "Main hand", (("right", "Right"), ("left", "Left")), "The hand that draws if both are up"),
        Choice("press", "Press by", (("both", "Pinch or stay"), ("pinch", "Pinch"), ("dwell", "Stay")),
               "How your hand presses a button: it pinches, or stays on it"),
        Choice("sensitivity", "Pinch", ((0.2, "Firm"), (0.5, "Normal"), (0.8, "Light")),
               "Firm: thumb and finger must touch. Light: near is enough"),
        Choice("smoothing", "Movement", ((0.2, "Quick"), (0.5, "Balanced"), (0.8, "Calm")),
               "Quick follows at once, calm steadies a hand that trembles"),
        Choice("opponent", "Pong against", (("easy", "Easy"), ("normal", "Normal"), ("hard", "Hard"),
                                            ("friend", "A friend")),
               "The computer, or somebody beside you: left half against right half"),
        Choice("volume", "Volume", volumes, "Of all sounds"),
        Choice("high_contrast", "High contrast", _ON_OFF, "Black and white, and stronger lines"),
        Choice("reduced_motion", "Less motion", _ON_OFF, "No shake, no trails, nothing that zooms"),
        Choice("show_inset", "Camera picture", _ON_OFF, "The small picture in the corner"),
    )  # fmt: skip


class SettingsScene:
    """The settings (`handplay.engine.stage.scene.Scene`). Every change is kept at once.

    Args:
        stage: the services; theme, sound and switches change as one presses.
        preferences: the choices so far.
        changed: told of each change.
        cameras: names of the cameras that are there.
        save: writes the choices.
    """

    def __init__(
        self,
        stage: Stage,
        preferences: Preferences,
        changed: Callable[[Preferences], None],
        *,
        cameras: Sequence[str] = (),
        save: Callable[[Preferences], None] = save_preferences,
    ) -> None:
        self._stage = stage
        self.preferences = preferences
        self._changed = changed
        self._save = save
        self._choices = {choice.field: choice for choice in choices(cameras)}
        self._places = _places((*self._choices, BACK))
        self._chooser = Chooser(ChoosingSettings(press=preferences.press, reach=preferences.reach))
        self._chooser.show(tuple(Target(key, area) for key, area in self._places.items()))
        self._time_s = 0.0
        self._done = False
        stage.inset.corner = "top_right"
        stage.toasts.at_top = True  # the buttons are below

    def handle(self, event: pygame.event.Event) -> None:
        """Takes one event."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_BACKSPACE:
            self._done = True
        back_click = event.type == pygame.MOUSEBUTTONDOWN and event.button == 3
        if back_click or (event.type == pygame.KEYDOWN and event.key in (pygame.K_MINUS, pygame.K_KP_MINUS)):
            self._back(self._chooser.focus)
            return
        self._chooser.handle(event)

    def update(self, dt_s: float) -> None:
        """One fixed step."""
        self._time_s += dt_s
        for key in self._chooser.update(dt_s):
            self._stage.sound.play("select", x=self._places[key].centre[0] / 1280)
            if key == BACK:
                self._done = True
            else:
                self._next(self._choices[key])

    def draw(self, canvas: Canvas, alpha: float) -> None:
        """Draws the moment."""
        canvas.backdrop()
        theme = canvas.theme
        left = self._places["camera"].left
        canvas.text("Settings", (left, 112), size="display", font="title", valign="middle")
        words = "Each press takes the next value, a right click the one before. All is kept at once"
        canvas.text(words, (left, 156), size=16, colour=theme.quiet, valign="middle")
        for number, (key, place) in enumerate(self._places.items()):
            self._draw_tile(canvas, key, place, ease_out((self._time_s - 0.03 * number) / 0.3))
        focus = self._chooser.focus
        about = self._choices[focus].about if focus in self._choices else ""
        canvas.text(about, (640, 694), size="small", colour=theme.quiet, align="centre", valign="middle")
        self._chooser.draw(canvas)

    def wishes(self) -> tuple[Wish, ...]:
        """None: nobody demonstrates settings."""
        return ()

    def keys(self) -> tuple[KeyRow, ...]:
        """What keys, mouse and hand do here."""
        return (*KEYS, ("Right click or -", "the value before"), ("Backspace", "back"))

    def summary(self) -> dict[str, object]:
        """The values."""
        return {field: getattr(self.preferences, field) for field in self._choices}

    @property
    def finished(self) -> bool:
        """True after Back."""
        return self._done

    def _back(self, key: str | None) -> None:
        if key in self._choices:
            self._stage.sound.play("select", x=self._places[key].centre[0] / 1280)
            self._next(self._choices[key], -1)

    def _next(self, choice: Choice, step: int = 1) -> None:
        values = [value for value, _ in choice.values]
        now = getattr(self.preferences, choice.field)
        at = values.index(now) if now in values else -1
        preferences = replace(self.preferences, **{choice.field: values[(at + step) % len(values)]})  # type: ignore[arg-type]  # the field's own legal values
        if choice.field == "volume":
            preferences = replace(preferences, mute=preferences.volume == 0.0)
        if choice.field == "opponent" and preferences.opponent == "friend":
            preferences = replace(preferences, hands=max(2, preferences.hands))
        self.preferences = preferences
        apply_preferences(self._stage, preferences)
        self._chooser.settings = replace(self._chooser.settings, press=preferences.press)
        self._changed(preferences)
        try:
            self._save(preferences)
        except OutputError as error:
            self._stage.toasts.show(str(error))

    def _draw_tile(self, canvas: Canvas, key: str, place: Area, come: float) -> None:
        if come <= 0.0:
            return
        theme = canvas.theme
        area = draw_ground(canvas, place, hover=self._chooser.hover(key), come=come)
        left = area.left + 24
        if key == BACK:
            draw_back(canvas, area, come)
        else:
            choice = self._choices[key]
            now = getattr(self.preferences, key)
            at = next((i for i, (value, _) in enumerate(choice.values) if value == now), None)
            word = choice.values[at][1] if at is not None else str(now).removeprefix("camera:") or "?"
            canvas.text(choice.label, (left, area.top + 36), size=16, colour=theme.quiet, valign="middle", alpha=come)
            canvas.text(
                _fitted(canvas, word, area.width - 48), (left, area.top + 72),
                size="lead", font="bold", valign="middle", alpha=come,
            )  # fmt: skip
            for i in range(len(choice.values)):
                dot = (left + 5 + 18 * i, area.top + 110)
                canvas.disc(dot, 5 if i == at else 4, theme.aqua if i == at else theme.line, alpha=come)
        draw_filled(canvas, area, self._chooser.filled(key))


def apply_preferences(stage: Stage, preferences: Preferences) -> None:
    """Lets the stage look and sound as the player has chosen."""
    stage.theme = HIGH_CONTRAST if preferences.high_contrast else NIGHT
    stage.settings.high_contrast = preferences.high_contrast
    stage.settings.reduced_motion = preferences.reduced_motion
    stage.settings.show_inset = preferences.show_inset
    stage.settings.mute = stage.sound.mute = preferences.mute
    stage.sound.volume = preferences.volume


def _fitted(canvas: Canvas, text: str, width: float) -> str:
    """A long camera name, shortened to its tile."""
    if canvas.text_area(text, size="lead", font="bold").width <= width:
        return text
    while len(text) > 4 and canvas.text_area(text + "...", size="lead", font="bold").width > width:
        text = text[:-1]
    return text.rstrip() + "..."


def _places(keys: Sequence[str]) -> dict[str, Area]:
    left = 640 - (_COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP) / 2
    return {
        key: Area(left + i % _COLUMNS * (_WIDTH + _GAP), _TOP + i // _COLUMNS * (_HEIGHT + _GAP), _WIDTH, _HEIGHT)
        for i, key in enumerate(keys)
    }
