"""Remakes the page of built-in gestures and its pictures from the table of gestures and the demo hand.

Run: python docs/make_gesture_pictures.py [NAME ...]   all of them, or these; the page and the sheets in any case
     python docs/make_gesture_pictures.py --page       the page alone

Each picture is a frame of the demo hand, mirrored as you see yourself, with the hand of light that the games draw over
it. Movements show where the hand was before, and the way of its palm. A shape that the recognizer does not see in its
own picture is an error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import cv2
import numpy as np
import pygame
from gesture_drawing import PALM, drawn, sheet

from handplay.engine.hands import Hand, Handedness, HandFrame
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import DemoSource, HandTruth, Keyframe, Script, Track
from handplay.engine.sources.demo.gestures import TWO_HANDED, Performance, Performer, perform
from handplay.engine.sources.demo.optics import place
from handplay.engine.sources.demo.scene import Renderer
from handplay.engine.sources.demo.truth import truth_of
from handplay.games.studio.board import GROUPS
from handplay.games.studio.readable import in_words
from handplay.gestures.kinds import Gesture
from handplay.gestures.library import builtin_library
from handplay.gestures.recognizer import Recognizer

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "gestures.md"
PICTURES = DOCS / "pictures" / "gestures"
SIZE = (640, 480)
SMALL = (320, 240)
QUALITY = 86


@dataclass(frozen=True, slots=True)
class Held:
    """How the demo hand holds up a gesture whose name is not that of a demo pose.

    Attributes:
        pose: of the demo hand.
        handedness: whose hand.
        roll_deg, yaw_deg, pitch_deg: on top of how that pose is held.
        y: height of the palm's centre, 0..1 of the picture.
    """

    pose: str
    handedness: Handedness = "Right"
    roll_deg: float = 0.0
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    y: float = 0.58


HELD = {
    "grab": Held("fist", yaw_deg=28.0, pitch_deg=10.0),
    "pinky_up": Held("little"),
    "thumbs_down": Held("thumbs_down", y=0.42),
    "thumb_left": Held("thumbs_up", roll_deg=90.0),
    "thumb_right": Held("thumbs_up", "Left", roll_deg=-90.0),
}

MOMENTS = {
    "circle_cw": (1.0,),
    "circle_ccw": (1.0,),
    "wave": (0.0, 0.25, 0.45),
    "push": (0.0, 1.0),
    "pull": (0.0, 1.0),
    "tap": (0.0, 0.5),
    "double_tap": (0.0, 0.3),
    "zoom": (0.0, 1.0),
    "rotate": (0.0, 1.0),
    "clap": (0.0, 0.5),
    "frame": (1.0,),
}
"""Shares of a movement at which the hand is shown, where three even ones do not tell it well."""

PALMS = {"push": 0.17, "pull": 0.17, "clap": 0.24, "frame": 0.24, "swipe_up": 0.17, "swipe_down": 0.17}
"""Palm lengths of performers, frame heights, where the usual one is not best."""

POSES = {"tap": "point", "double_tap": "point", "circle_cw": "point", "circle_ccw": "point"}
"""The pose that a movement is shown with, where it can be made with several."""

TAPS = {"tap": 1, "double_tap": 2}
"""Rings about the index tip, in place of a way."""

ARROWS = {"wave": (7, -1), "circle_cw": (12, 24, -1), "circle_ccw": (12, 24, -1), "frame": ()}
"""Where the way of a palm has the heads of arrows, of 33 places; at its end if not told."""

INTRODUCTION = """# The built-in gestures

{count} gestures come with handplay. Each of them is a row of [builtin.json](../gestures/builtin.json), in the same
format in which you write [your own](tutorial.md). The pictures are mirrored, as you see yourself; a gesture works with
either hand.

```sh
handplay gestures try
```

shows live what your hands do. Without a camera, `--source demo:poses` plays the shapes and `--source demo:gestures` the
movements.

This page and its pictures are made by `docs/make_gesture_pictures.py`.
"""
ABOUT = {
    "Shapes": "A hand that is held so. Of all shapes it could mean, the one that fits best and asks for most is on.",
    "Moves": "A movement of one hand. Direction and turn are yours, as in a mirror; speed and size do not matter much.",
    "Two hands": "What both hands do together. `zoom` tells their distance against the start, `rotate` the angle.",
}


def main(arguments: Sequence[str]) -> None:
    gestures = builtin_library().gestures
    if "--page" not in arguments:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for gesture in gestures:
            if not arguments or gesture.name in arguments:
                print(gesture.name)
                write(
                    PICTURES / f"{gesture.name}.jpg", cv2.resize(picture(gesture), SMALL, interpolation=cv2.INTER_AREA)
                )
        for head, kinds in GROUPS:
            names = [gesture.name for gesture in gestures if gesture.kind in kinds]
            write(PICTURES.parent / sheet_name(head), sheet({name: read(name) for name in names}))
    PAGE.write_text(page(gestures), encoding="utf-8")


# -- the page ------------------------------------------------------------------------------------------------------


def page(gestures: Sequence[Gesture]) -> str:
    """The text of `gestures.md`."""
    parts = [INTRODUCTION.format(count=len(gestures))]
    for head, kinds in GROUPS:
        rows = [gesture for gesture in gestures if gesture.kind in kinds]
        parts.append(f"## {head}\n\n{ABOUT[head]}\n\n![{head}](pictures/{sheet_name(head)})\n")
        parts.append("| | name | also | what it is |\n|---|---|---|---|\n" + "".join(row(gesture) for gesture in rows))
    return "\n".join(parts)


def row(gesture: Gesture) -> str:
    """One line of the table."""
    image = f'<img src="pictures/gestures/{gesture.name}.jpg" alt="{gesture.name}" width="160">'
    also = ", ".join(f"`{alias}`" for alias in gesture.aliases)
    asks = "; ".join(in_words(gesture))
    return f"| {image} | `{gesture.name}` | {also} | {gesture.about}<br><sub>{asks}</sub> |\n"


def sheet_name(head: str) -> str:
    """File name of a part's contact sheet."""
    return f"gestures_{head.lower().replace(' ', '_')}.jpg"


# -- the pictures --------------------------------------------------------------------------------------------------


def picture(gesture: Gesture) -> Image:
    """uint8 (480, 640, 3) BGR of a gesture."""
    if gesture.kind in ("pose", "template"):
        return shape_picture(gesture.name)
    return movement_picture(gesture.name)


def shape_picture(name: str) -> Image:
    """A shape that is held up."""
    held = HELD.get(name, Held(name))
    key = Keyframe(0.0, held.pose, 0.5, held.y, 0.34, held.roll_deg, held.yaw_deg, held.pitch_deg)
    skin = sum(map(ord, name)) % 6
    source = demo(Script(name, name, (Track((key,), held.handedness, skin, skin % 5, 0.0),), 10.0))
    hands = hands_at(source, 0.0)
    if name not in recognized(hands):
        raise SystemExit(f"{name}: its own picture shows {recognized(hands) or 'nothing'}")
    return drawn(frame_at(source, 0.0), [(hands, 1.0)])


def movement_picture(name: str) -> Image:
    """A movement: the hand at some of its moments, fainter the longer ago, and the way of its palm."""
    made = performance(name)
    source = demo(made.script)
    begin_s, end_s = stroke(made, source)
    shares = MOMENTS.get(name, (0.0, 0.5, 1.0))
    times = [begin_s + share * (end_s - begin_s) for share in shares]
    ways = [hands_at(source, begin_s + (times[-1] - begin_s) * i / 32) for i in range(33)]
    shown = [
        (hands_at(source, time_s), 0.3 + 0.7 * (number / (len(times) - 1)) ** 2 if len(times) > 1 else 1.0)
        for number, time_s in enumerate(times)
    ]
    return drawn(frame_at(source, times[-1]), shown, ways, taps=TAPS.get(name, 0), arrows=ARROWS.get(name, (-1,)))


def performance(name: str) -> Performance:
    """A performance that can be told in a picture: hands that do not tremble, and the pose that is plainest."""
    who = Performer(palm=PALMS.get(name, 0.2 if name in TWO_HANDED else 0.23), reach=1.1 if "circle" in name else 0.9)
    for seed in range(3, 40):
        made = perform(name, who, seed=seed)
        if made.script.tracks[0].keys[0].pose == POSES.get(name, made.script.tracks[0].keys[0].pose):
            break
    steady = tuple(replace(track, life=0.0) for track in made.script.tracks)
    return replace(made, script=replace(made.script, tracks=steady))


def stroke(made: Performance, source: DemoSource) -> tuple[float, float]:
    """Begin and end of what tells the movement: up to the first rest after the palm has moved."""
    times = np.arange(made.begin_s, made.end_s, 1 / 60)
    palms = [hands_at(source, time_s)[0] for time_s in times]
    rows = np.array([[*hand.landmarks_px[PALM, :2].mean(axis=0), 2 * hand.palm_px] for hand in palms])
    speed = np.linalg.norm(np.diff(rows, axis=0), axis=1)
    moving = np.flatnonzero(speed > 0.08 * speed.max())
    rests = np.flatnonzero(np.diff(moving) > 6)
    last = moving[rests[0]] if len(rests) else moving[-1]
    return float(times[moving[0]]), float(times[last + 1])


def demo(script: Script) -> DemoSource:
    """The demo camera of a script."""
    return DemoSource(script.name, width=SIZE[0], height=SIZE[1], realtime=False, script=script)


def hands_at(source: DemoSource, time_s: float) -> list[HandTruth]:
    """The hands of a moment, without a picture of them."""
    truths = [truth_of(place(view, SIZE), number) for number, view in enumerate(source.views(time_s))]
    return [hand for hand in truths if hand.visible]


def frame_at(source: DemoSource, time_s: float) -> Image:
    """The picture of a moment."""
    return Renderer(SIZE, source.script.background, noise=0.3).frame(source.views(time_s))[0]


def recognized(hands: Sequence[HandTruth]) -> set[str]:
    """Names of the gestures that the recognizer sees in hands that stay as they are."""
    shown = tuple(
        Hand(number + 1, hand.handedness, 1.0, 1.0, hand.landmarks_px, hand.world_m)
        for number, hand in enumerate(hands)
    )
    recognizer = Recognizer()
    names: set[str] = set()
    for step in range(12):
        readings = recognizer.update(HandFrame(step, step / 20, *SIZE, hands=shown)).readings
        names = {name for reading in readings for name in reading.gestures}
    return names


def read(name: str) -> Image:
    """The picture of a gesture that was made before."""
    image = cv2.imread(str(PICTURES / f"{name}.jpg"))
    if image is None:
        raise SystemExit(f"{name}: there is no picture yet; run without names")
    return image


def write(path: Path, image: Image) -> None:
    """Writes a JPEG."""
    cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


if __name__ == "__main__":
    pygame.display.init()
    main(sys.argv[1:])
