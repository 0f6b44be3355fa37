"""The engine: sources -> tracking -> gestures -> events -> scenes.

Public names are loaded when first used, so `import handplay.engine` costs next to nothing and pulls in neither
OpenCV nor pygame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handplay.exports import lazy_exports

if TYPE_CHECKING:
    from handplay.engine.coordinates import Roi as Roi
    from handplay.engine.errors import HandplayError as HandplayError
    from handplay.engine.events import EVENT_NAMES as EVENT_NAMES
    from handplay.engine.events import EVENT_TYPES as EVENT_TYPES
    from handplay.engine.events import GESTURECANCEL as GESTURECANCEL
    from handplay.engine.events import GESTUREDOWN as GESTUREDOWN
    from handplay.engine.events import GESTUREHOLD as GESTUREHOLD
    from handplay.engine.events import GESTUREUP as GESTUREUP
    from handplay.engine.events import HANDADDED as HANDADDED
    from handplay.engine.events import HANDMOTION as HANDMOTION
    from handplay.engine.events import HANDREMOVED as HANDREMOVED
    from handplay.engine.events import POINTERDOWN as POINTERDOWN
    from handplay.engine.events import POINTERMOTION as POINTERMOTION
    from handplay.engine.events import POINTERUP as POINTERUP
    from handplay.engine.events import TRACKERSTATUS as TRACKERSTATUS
    from handplay.engine.events import EventPump as EventPump
    from handplay.engine.hands import Hand as Hand
    from handplay.engine.hands import HandFrame as HandFrame
    from handplay.engine.hands import Palm as Palm
    from handplay.engine.live.live_feed import LiveFeed as LiveFeed
    from handplay.engine.live.replay_feed import ReplayFeed as ReplayFeed
    from handplay.engine.overlay import draw_overlay as draw_overlay
    from handplay.engine.recording import RecordingHeader as RecordingHeader
    from handplay.engine.recording import RecordingWriter as RecordingWriter
    from handplay.engine.recording import read_recording as read_recording
    from handplay.engine.sources.base import Frame as Frame
    from handplay.engine.sources.base import FrameSource as FrameSource
    from handplay.engine.sources.base import SourceInfo as SourceInfo
    from handplay.engine.sources.base import Wish as Wish
    from handplay.engine.sources.camera_list import CameraInfo as CameraInfo
    from handplay.engine.sources.camera_list import list_cameras as list_cameras
    from handplay.engine.sources.demo.source import DemoSource as DemoSource
    from handplay.engine.sources.spec import open_source as open_source
    from handplay.engine.stage.canvas import Canvas as Canvas
    from handplay.engine.stage.hand_view import HandView as HandView
    from handplay.engine.stage.options import StageOptions as StageOptions
    from handplay.engine.stage.run_scene import run_scene as run_scene
    from handplay.engine.stage.scene import Scene as Scene
    from handplay.engine.stage.stage import Stage as Stage
    from handplay.engine.tracking.download import download_models as download_models
    from handplay.engine.tracking.models import ModelSet as ModelSet
    from handplay.engine.tracking.models import find_models as find_models
    from handplay.engine.tracking.tracker import HandTracker as HandTracker

_HOME = {
    "CameraInfo": "handplay.engine.sources.camera_list",
    "Canvas": "handplay.engine.stage.canvas",
    "DemoSource": "handplay.engine.sources.demo.source",
    "EVENT_NAMES": "handplay.engine.events",
    "EVENT_TYPES": "handplay.engine.events",
    "EventPump": "handplay.engine.events",
    "Frame": "handplay.engine.sources.base",
    "FrameSource": "handplay.engine.sources.base",
    "GESTURECANCEL": "handplay.engine.events",
    "GESTUREDOWN": "handplay.engine.events",
    "GESTUREHOLD": "handplay.engine.events",
    "GESTUREUP": "handplay.engine.events",
    "HANDADDED": "handplay.engine.events",
    "HANDMOTION": "handplay.engine.events",
    "HANDREMOVED": "handplay.engine.events",
    "Hand": "handplay.engine.hands",
    "HandFrame": "handplay.engine.hands",
    "HandTracker": "handplay.engine.tracking.tracker",
    "HandView": "handplay.engine.stage.hand_view",
    "HandplayError": "handplay.engine.errors",
    "LiveFeed": "handplay.engine.live.live_feed",
    "ModelSet": "handplay.engine.tracking.models",
    "POINTERDOWN": "handplay.engine.events",
    "POINTERMOTION": "handplay.engine.events",
    "POINTERUP": "handplay.engine.events",
    "Palm": "handplay.engine.hands",
    "RecordingHeader": "handplay.engine.recording",
    "RecordingWriter": "handplay.engine.recording",
    "ReplayFeed": "handplay.engine.live.replay_feed",
    "Roi": "handplay.engine.coordinates",
    "Scene": "handplay.engine.stage.scene",
    "SourceInfo": "handplay.engine.sources.base",
    "Stage": "handplay.engine.stage.stage",
    "StageOptions": "handplay.engine.stage.options",
    "TRACKERSTATUS": "handplay.engine.events",
    "Wish": "handplay.engine.sources.base",
    "download_models": "handplay.engine.tracking.download",
    "draw_overlay": "handplay.engine.overlay",
    "find_models": "handplay.engine.tracking.models",
    "list_cameras": "handplay.engine.sources.camera_list",
    "open_source": "handplay.engine.sources.spec",
    "read_recording": "handplay.engine.recording",
    "run_scene": "handplay.engine.stage.run_scene",
}
"""Public name to the module it lives in."""

__all__ = sorted(_HOME)  # pyright: ignore[reportUnsupportedDunderAll]  # the table is the one list
__getattr__, __dir__ = lazy_exports(__name__, _HOME)
