"""The demo hand: a hand of our own, drawn into ordinary frames that the real tracker then tracks.

Order of the data: `poses` (joint angles) -> `skeleton` (joints in metres) -> `optics` (a camera) ->
`body` (round skin) -> `raster` (depth) -> `shading` and `details` (colour) -> `sensor` (blur, noise) ->
`scene` (one frame with its truth). `script` moves hands in time, `tours` and `trials` are the tables of
scripts, `steering` follows a game's wishes, `source` is the camera, `stills` draws single pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.exports import lazy_exports

if TYPE_CHECKING:
    from handplay.engine.sources.demo.poses import POSES as POSES
    from handplay.engine.sources.demo.script import Keyframe as Keyframe
    from handplay.engine.sources.demo.script import Script as Script
    from handplay.engine.sources.demo.script import Track as Track
    from handplay.engine.sources.demo.skeleton import blend as blend
    from handplay.engine.sources.demo.skeleton import pose_points as pose_points
    from handplay.engine.sources.demo.source import SCRIPTS as SCRIPTS
    from handplay.engine.sources.demo.source import DemoSource as DemoSource
    from handplay.engine.sources.demo.stills import render_still as render_still
    from handplay.engine.sources.demo.truth import HandTruth as HandTruth

_HOME = {
    "POSES": ".poses",
    "SCRIPTS": ".source",
    "DemoSource": ".source",
    "HandTruth": ".truth",
    "Keyframe": ".script",
    "Script": ".script",
    "Track": ".script",
    "blend": ".skeleton",
    "pose_points": ".skeleton",
    "render_still": ".stills",
}
"""Public name to its module here; loaded when first used, so that a hint hand costs no OpenCV."""

__all__ = sorted(_HOME)  # pyright: ignore[reportUnsupportedDunderAll]  # the table is the one list
__getattr__, __dir__ = lazy_exports(__name__, _HOME)
