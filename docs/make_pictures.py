"""Remakes the pictures of README and docs from the demo hand and a game that it plays.

Run: python docs/make_pictures.py

`pong.png` is a moment of a real game, played by the demo hand through the real tracker; `demo_hand.jpg` shows what the
tracker sees in six stills.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np

from handplay.engine import HandTracker, draw_overlay
from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import render_still
from handplay.gestures import Recognizer

PICTURES = Path(__file__).resolve().parent / "pictures"
STILLS: tuple[tuple[str, Handedness, int, str], ...] = (
    ("open_palm", "Right", 1, "room"),
    ("victory", "Left", 3, "window"),
    ("thumbs_up", "Right", 4, "shelf"),
    ("rock", "Left", 0, "evening"),
    ("point", "Right", 5, "wall"),
    ("ok", "Left", 2, "room"),
)
"""Pose, hand, skin tone and room of each still."""


def seen(pose: str, handedness: Handedness, skin: int, background: str) -> Image:
    """One still with everything the tracker and the recognizer make of it."""
    image, _ = render_still(
        pose, handedness=handedness, skin=skin, background=background, palm_px=120, size=(480, 400), seed=skin
    )
    with HandTracker(1, mode="still") as tracker:
        hands = tracker.track(image)
    recognizer = Recognizer()
    for step in range(8):  # long enough for the gesture's hold time
        moment = type(hands)(step, step * 0.1, hands.width, hands.height, False, hands.hands, hands.palms)
        recognition = recognizer.update(moment)
    picture = image.copy()
    draw_overlay(picture, hands, recognition.readings)
    return picture


def demo_hand() -> None:
    """A sheet of two rows of three."""
    stills = [seen(*still) for still in STILLS]
    rows = [np.hstack(stills[:3]), np.hstack(stills[3:])]
    sheet = cv2.resize(np.vstack(rows), None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(PICTURES / "demo_hand.jpg"), sheet, [cv2.IMWRITE_JPEG_QUALITY, 90])


def pong() -> None:
    """A rally, twelve seconds into a game."""
    command = [sys.executable, "-m", "handplay", "pong", "--source", "demo", "--headless", "--mute", "--seed", "5"]
    target = PICTURES / "pong.png"
    subprocess.run([*command, "--duration", "14", "--screenshot", str(target), "--screenshot-at", "12"], check=True)


if __name__ == "__main__":
    demo_hand()
    pong()
