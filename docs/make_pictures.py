"""Remakes the pictures of README and docs from the demo hand and a game that it plays.

Run: python docs/make_pictures.py

`pong.png` is a moment of a real game, played by the demo hand through the real tracker; `demo_hand.jpg` shows what the
tracker sees in six stills; `gestures_*.png` are moments of the gesture viewer and of a recording. Pictures of every
built-in gesture are made by `make_gesture_pictures.py`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
from stage_film import shots

from handplay.engine import HandTracker, draw_overlay
from handplay.engine.hands import Handedness
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import render_still
from handplay.games.studio import make_record_scene, make_try_scene
from handplay.games.studio.recording import Recording
from handplay.gestures import Recognizer
from handplay.gestures.library import builtin_library, load_library

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
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


def gestures() -> None:
    """The viewer with two hands, a gesture that is explained, and one that was just recorded."""
    mine = load_library(ROOT / "examples" / "blaster.json")
    shots(lambda stage: make_try_scene(stage, mine), "two", {2.75: "gestures_try.png"})
    shots(lambda stage: make_try_scene(stage, mine, "blaster"), "pose=three2", {2.0: "gestures_explain.png"}, hands=1)
    recording = Recording("blaster", builtin_library(), kind="pose")
    shots(lambda stage: make_record_scene(stage, recording), "pose=gun2", {8.0: "gestures_record.png"}, hands=1)


if __name__ == "__main__":
    demo_hand()
    pong()
    gestures()
