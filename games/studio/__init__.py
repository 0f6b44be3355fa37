"""The gesture studio: scenes to try gestures live and to record one of your own.

`showing` (what is on, pure) and `layout` (places, pure) -> `try_scene`, drawn by `stage_card` with `camera_view`,
`hand_card`, `big_word` and `board`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handplay.engine.stage.scene import Scene
    from handplay.engine.stage.stage import Stage
    from handplay.gestures.library import Library

__all__ = ["make_try_scene"]


def make_try_scene(stage: Stage, library: Library) -> Scene:
    """The live gesture viewer for `handplay.engine.stage.app.run`.

    Args:
        stage: what the stage offers.
        library: the gestures that the run's recognizer knows.
    """
    from handplay.games.studio.try_scene import TryScene  # pygame is loaded when a scene is, not with the package

    return TryScene(stage, library)
