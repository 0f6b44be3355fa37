"""From a hand to gestures: `measures` (numbers) -> `fingers` (words that hold) -> `conditions` -> `recognizer`.

Knows `handplay.engine.hands` and nothing else of the engine: no pictures, no pygame, no threads. The built-in
gestures are rows of `builtin.json`, read by `library` (`jsonfile`, `schema`) in the same format users write; what a
gesture does over time is the table in `phases`. Public names are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.exports import lazy_exports

if TYPE_CHECKING:
    from handplay.gestures.library import Library as Library
    from handplay.gestures.library import load_library as load_library
    from handplay.gestures.reading import HandReading as HandReading
    from handplay.gestures.recognizer import GestureStep as GestureStep
    from handplay.gestures.recognizer import Recognition as Recognition
    from handplay.gestures.recognizer import Recognizer as Recognizer
    from handplay.gestures.settings import GestureSettings as GestureSettings

_HOME = {
    "GestureSettings": "handplay.gestures.settings",
    "GestureStep": "handplay.gestures.recognizer",
    "HandReading": "handplay.gestures.reading",
    "Library": "handplay.gestures.library",
    "Recognition": "handplay.gestures.recognizer",
    "Recognizer": "handplay.gestures.recognizer",
    "load_library": "handplay.gestures.library",
}
"""Public name to the module it lives in."""

__all__ = sorted(_HOME)  # pyright: ignore[reportUnsupportedDunderAll]  # the table is the one list
__getattr__, __dir__ = lazy_exports(__name__, _HOME)
