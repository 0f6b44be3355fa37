"""All numbers of the tracker, each with its source. One frozen dataclass a stage.

"graph" is MediaPipe's published hand graph (palm_detection_cpu.pbtxt, hand_landmark_cpu.pbtxt and the rectangle
calculators they name); the models were trained for crops cut that way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["video", "still"]


def _need(holds: bool, what: str, got: object, wanted: str) -> None:
    if not holds:
        raise ValueError(f"{what}: got {got!r}, wanted {wanted}")


@dataclass(frozen=True, slots=True)
class PalmSettings:
    """Palm detection.

    Attributes:
        min_score: proposals below it are dropped, 0..1 (graph: 0.5).
        nms_iou: boxes that overlap more than this are one palm (graph: 0.3).
    """

    min_score: float = 0.5
    nms_iou: float = 0.3

    def __post_init__(self) -> None:
        _need(0 < self.min_score < 1, "PalmSettings.min_score", self.min_score, "a number between 0 and 1")
        _need(0 < self.nms_iou < 1, "PalmSettings.nms_iou", self.nms_iou, "a number between 0 and 1")


@dataclass(frozen=True, slots=True)
class RoiSettings:
    """Squares around palms and hands.

    Attributes:
        palm_scale, palm_shift: side and shift toward the fingers from a palm box (graph: 2.6, 0.5).
        hand_scale, hand_shift: the same from landmarks (graph: 2.0, 0.1).
        same_iou: two squares that overlap more are the same hand (graph: 0.5).
    """

    palm_scale: float = 2.6
    palm_shift: float = 0.5
    hand_scale: float = 2.0
    hand_shift: float = 0.1
    same_iou: float = 0.5

    def __post_init__(self) -> None:
        _need(self.palm_scale > 0, "RoiSettings.palm_scale", self.palm_scale, "more than 0")
        _need(self.hand_scale > 0, "RoiSettings.hand_scale", self.hand_scale, "more than 0")
        _need(0 < self.same_iou < 1, "RoiSettings.same_iou", self.same_iou, "a number between 0 and 1")


@dataclass(frozen=True, slots=True)
class SmoothingSettings:
    """One-Euro filter in palm lengths (Casiez, Roussel, Vogel 2012; tuned at rest first, then for lag).

    Attributes:
        min_cutoff_hz: cutoff at rest; lower is steadier.
        beta: cutoff gained per palm length a second; higher lags less in motion.
        d_cutoff_hz: cutoff of the speed estimate (the paper's 1 Hz is slow for hands: a start would lag).
    """

    min_cutoff_hz: float = 1.5
    beta: float = 4.0
    d_cutoff_hz: float = 2.0

    def __post_init__(self) -> None:
        _need(self.min_cutoff_hz > 0, "SmoothingSettings.min_cutoff_hz", self.min_cutoff_hz, "more than 0 Hz")
        _need(self.beta >= 0, "SmoothingSettings.beta", self.beta, "0 or more")
        _need(self.d_cutoff_hz > 0, "SmoothingSettings.d_cutoff_hz", self.d_cutoff_hz, "more than 0 Hz")


@dataclass(frozen=True, slots=True)
class TrackerSettings:
    """The tracker as a whole.

    Attributes:
        min_presence: a crop below it holds no hand, 0..1 (graph: 0.5).
        search_every: while some but not all allowed hands are tracked, the detector runs on one frame in so many.
        handedness_memory: cap on the accumulated evidence for left or right, in log-odds; a hand has to be seen as
            the other side for about this long, weighted by certainty, before its label turns.
        palm, roi, smoothing: the stages.
    """

    min_presence: float = 0.5
    search_every: int = 10
    handedness_memory: float = 12.0
    palm: PalmSettings = field(default_factory=PalmSettings)
    roi: RoiSettings = field(default_factory=RoiSettings)
    smoothing: SmoothingSettings = field(default_factory=SmoothingSettings)

    def __post_init__(self) -> None:
        _need(0 < self.min_presence < 1, "TrackerSettings.min_presence", self.min_presence, "between 0 and 1")
        _need(self.search_every >= 1, "TrackerSettings.search_every", self.search_every, "1 or more frames")
        _need(self.handedness_memory > 0, "TrackerSettings.handedness_memory", self.handedness_memory, "more than 0")
