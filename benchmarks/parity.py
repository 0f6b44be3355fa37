"""How near the reference mode (`--still --plain`) comes to MediaPipe 0.10.21, on the same stills.

Run: python benchmarks/parity.py [--photos FOLDER] [--limit N] [--json FILE]

Stills: the demo hand in 12 poses x 8 rotations x 2 hands, and every photograph below FOLDER. Errors are in palm
lengths (wrist to middle MCP in the picture); `only_ours` and `only_mediapipe` are hands that one side alone found.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from handplay.engine import HandTracker
from handplay.engine.parity import Parity
from handplay.engine.reference import MediaPipeHands
from handplay.engine.sources.base import Image


def demo_stills() -> Iterator[tuple[str, Image]]:
    """The demo hand in every pose of the parity check, turned in steps of 45 degrees, both hands."""
    from handplay.engine.sources.demo.stills import parity_stills

    yield from parity_stills()


def photographs(folder: Path) -> Iterator[tuple[str, Image]]:
    """Every readable photograph below the folder."""
    import cv2

    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".jpg", ".jpeg", ".png"):
            image = cv2.imread(str(path))
            if image is not None:
                yield str(path.relative_to(folder)), image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    sets = {"demo": demo_stills()}
    if args.photos:
        sets["photos"] = photographs(args.photos)
    report = {}
    with HandTracker(2, mode="still", plain=True) as ours, MediaPipeHands(2, still=True) as theirs:
        for name, stills in sets.items():
            parity = Parity()
            for number, (label, image) in enumerate(stills):
                if args.limit is not None and number >= args.limit:
                    break
                parity.add(label, ours.track(image), theirs.track(image))
            report[name] = parity.report()
    text = json.dumps(report, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
