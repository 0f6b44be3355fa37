"""MediaPipe's own hand tracker behind our types: the reference of tests and benchmarks, never of the running product.

Needs `mediapipe` 0.10.21, which is imported when the class is made (0.75 s).
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import numpy as np

from handplay.engine.hands import Hand, HandFrame
from handplay.engine.sources.base import Image


class MediaPipeHands:
    """`mp.solutions.hands.Hands` with its full models and defaults.

    Args:
        max_hands: how many hands at most.
        still: every picture on its own.
    """

    def __init__(self, max_hands: int = 2, *, still: bool = False) -> None:
        from mediapipe.python.solutions.hands import Hands

        self._hands: Any = Hands(static_image_mode=still, max_num_hands=max_hands, model_complexity=1)
        self._frame_index = -1

    def __enter__(self) -> MediaPipeHands:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the graph."""
        self._hands.close()

    def track(self, frame_bgr: Image, time_s: float = 0.0) -> HandFrame:
        """Finds the hands of one picture, uint8 (height, width, 3) BGR.

        Returns:
            Hands without ids that last, with the person's own side (MediaPipe's label swapped); presence is not
            published by MediaPipe and given as 1.
        """
        import cv2

        self._frame_index += 1
        height, width = frame_bgr.shape[:2]
        found = self._hands.process(cv2.cvtColor(frame_bgr, cv2.COLOR_BGR2RGB))
        hands = []
        for number, points in enumerate(found.multi_hand_landmarks or ()):
            label = found.multi_handedness[number].classification[0]
            scale = np.array([width, height, width], np.float32)
            hands.append(
                Hand(
                    hand_id=number + 1,
                    handedness="Left" if label.label == "Right" else "Right",
                    handedness_score=float(label.score),
                    presence=1.0,
                    landmarks_px=_array(points.landmark) * scale,
                    world_m=_array(found.multi_hand_world_landmarks[number].landmark),
                )
            )
        return HandFrame(self._frame_index, time_s, width, height, False, tuple(hands))


def _array(landmarks: Any) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array([(point.x, point.y, point.z) for point in landmarks], np.float32)
