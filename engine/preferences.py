"""What the player has chosen for good: camera, hands, comfort. One small JSON file in the config folder.

A value that cannot be meant falls back to its default and the others stay; a file that cannot be read at all is kept
beside its place under another name before a new one is written.
"""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, cast, get_args

from handplay.engine.atomic import write_text
from handplay.engine.errors import OutputError
from handplay.engine.folders import config_folder

Press = Literal["pinch", "dwell", "both"]
Main = Literal["right", "left"]
Opponent = Literal["easy", "normal", "hard", "friend"]

FORMAT = "handplay-preferences"
VERSION = 1
_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Reach:
    """The part of the view (mirrored, 0..1) that a hand moves in: its edges are the window's edges.

    Attributes:
        left, top, right, bottom: 0..1.
    """

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def __post_init__(self) -> None:
        for low, high in ((self.left, self.right), (self.top, self.bottom)):
            if not (math.isfinite(low) and math.isfinite(high) and low >= 0 and high <= 1 and high - low >= 0.1):
                raise ValueError(f"Reach: got {self}, wanted two edges within 0..1, at least 0.1 apart")

    def spread(self, x: float, y: float) -> tuple[float, float]:
        """A place of the view, stretched so that the box fills 0..1; outside of it the edge."""
        u = (x - self.left) / (self.right - self.left)
        v = (y - self.top) / (self.bottom - self.top)
        return min(1.0, max(0.0, u)), min(1.0, max(0.0, v))


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices.

    Attributes:
        camera: a `--source` text; empty for whichever camera there is.
        hands: hands at most, 1 to 4.
        main_hand: the hand that draws and chooses when both are there.
        press: what presses a target: a pinch, staying on it, or both.
        sensitivity: of the pinch, 0 (firm) to 1 (light).
        smoothing: 0 (quick) to 1 (calm).
        opponent: in Pong: how well the computer plays, or a friend at the same camera.
        volume: 0..1.
        mute, high_contrast, reduced_motion, show_inset: as they say.
        reach: the part of the view that covers the window.
        guided: the first-run guide has been seen.
    """

    camera: str = ""
    hands: int = 2
    main_hand: Main = "right"
    press: Press = "both"
    sensitivity: float = 0.5
    smoothing: float = 0.5
    opponent: Opponent = "normal"
    volume: float = 0.8
    mute: bool = False
    high_contrast: bool = False
    reduced_motion: bool = False
    show_inset: bool = True
    reach: Reach = field(default_factory=Reach)
    guided: bool = False

    def __post_init__(self) -> None:
        for name in ("sensitivity", "smoothing", "volume"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"Preferences.{name}: got {value}, wanted 0..1")
        if not 1 <= self.hands <= 4:
            raise ValueError(f"Preferences.hands: got {self.hands}, wanted 1 to 4")
        words = {"main_hand": Main, "press": Press, "opponent": Opponent}
        for name, legal in ((name, get_args(word)) for name, word in words.items()):
            if getattr(self, name) not in legal:
                raise ValueError(f"Preferences.{name}: got {getattr(self, name)!r}, wanted one of {', '.join(legal)}")
        if len(self.camera) > 500:
            raise ValueError("Preferences.camera: got more than 500 letters")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Preferences as they were found.

    Attributes:
        preferences: with defaults for what could not be read.
        note: a sentence for the player, empty when all was well.
    """

    preferences: Preferences
    note: str = ""


def preferences_path() -> Path:
    """Where the file is."""
    return config_folder() / "preferences.json"


def load_preferences(path: Path | None = None) -> Loaded:
    """Reads the file; a missing one gives the defaults. Never raises: a settings file must not lock anybody out."""
    path = path or preferences_path()
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return Loaded(Preferences())
    except OSError as error:
        return Loaded(Preferences(), f"Your settings cannot be read ({error.strerror}); the usual ones are used.")
    try:
        if len(data) > _MAX_BYTES:
            raise ValueError
        rows = json.loads(data)
        if not isinstance(rows, dict) or rows.get("format") != FORMAT:
            raise ValueError
    except (ValueError, RecursionError):
        kept = path.with_name(path.name + ".unreadable")
        with contextlib.suppress(OSError):
            path.replace(kept)
        return Loaded(
            Preferences(), f"Your settings were damaged: the usual ones are used, the file is now {kept.name}."
        )
    return _taken(rows)


def save_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Writes the file, whole or not at all.

    Raises:
        OutputError: the place cannot be written to.
    """
    path = path or preferences_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Your settings cannot be kept in {path.parent}: {error.strerror}.") from error
    rows = {"format": FORMAT, "version": VERSION, **asdict(preferences)}
    write_text(path, json.dumps(rows, indent=1) + "\n")


def _taken(rows: dict[str, object]) -> Loaded:
    preferences = Preferences()
    refused = []
    for one in fields(Preferences):
        if one.name not in rows:
            continue
        try:
            preferences = replace(preferences, **{one.name: _value(one.name, rows[one.name], preferences)})  # type: ignore[arg-type]  # checked by _value and __post_init__
        except (KeyError, TypeError, ValueError):
            refused.append(one.name)
    note = f"Some settings made no sense and were set back: {', '.join(refused)}." if refused else ""
    return Loaded(preferences, note)


def _value(name: str, value: object, defaults: Preferences) -> object:
    """The value if it is of its field's type."""
    wanted = getattr(defaults, name)
    if isinstance(wanted, Reach):
        rows = cast("dict[str, float]", value)
        return Reach(*(float(rows[edge]) for edge in ("left", "top", "right", "bottom")))
    if isinstance(wanted, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(wanted):
        raise TypeError(name)
    return value
