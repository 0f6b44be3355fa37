"""The gesture studio: scenes to try gestures live and to record one of your own.

`showing` (what is on, pure) and `layout` (places, pure) -> `try_scene`, drawn by `stage_card` with
`hand_card`, `big_word` and `board`. `recording` (how it goes, pure) -> `record_scene`, drawn by `record_panel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.games.studio.recording import Recording
    from handplay.games.studio.try_scene import TryScene
    from handplay.gestures.library import Library

__all__ = ["make_record_scene", "make_try_scene"]


def make_try_scene(stage: Stage, library: Library, chosen: str = "") -> TryScene:
    """The live gesture viewer for `handplay.engine.stage.app.run`.

    Args:
        stage: what the stage offers.
        library: the gestures that the run's recognizer knows.
        chosen: name of the gesture whose conditions are shown at first, or nothing.
    """
    from handplay.games.studio.try_scene import TryScene  # pygame is loaded when a scene is, not with the package

    return TryScene(stage, library, chosen)


def make_record_scene(stage: Stage, recording: Recording) -> Scene:
    """Recording a gesture of one's own; `recording` tells afterwards what became of it.

    Args:
        stage: what the stage offers.
        recording: a new one.
    """
    from handplay.games.studio.record_scene import RecordScene

    return RecordScene(stage, recording)
