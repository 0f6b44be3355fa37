"""Whether the tracker's memory stays flat over many frames.

Run: python benchmarks/memory.py [--frames 100000] [--model lite] [--json FILE]

The real tracker on demo frames in an endless round: two hands come, cross and go, so that tracks are made and
forgotten all the time. Prints the resident memory of the process at every tenth of the way.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import psutil

from handplay.engine import HandTracker
from handplay.engine.sources.base import Image
from handplay.engine.sources.demo import DemoSource
from handplay.engine.sources.demo.trials import crossing


def frames() -> list[Image]:
    """One crossing of two hands, and half a second of nobody."""
    found: list[Image] = []
    for source in (
        DemoSource(script=crossing(), width=320, height=240, realtime=False, frames=90),
        DemoSource("nobody", width=320, height=240, realtime=False, frames=15),
    ):
        while (frame := source.read()) is not None:
            found.append(frame.image.copy())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--model", choices=("full", "lite"), default="lite")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    pictures, process, rows = frames(), psutil.Process(), []
    with HandTracker(2, model=args.model) as tracker:
        hands = 0
        for number in range(args.frames):
            hands += len(tracker.track(pictures[number % len(pictures)], number / 30))
            if (number + 1) % max(1, args.frames // 10) == 0:
                rows.append({"frames": number + 1, "rss_mb": round(process.memory_info().rss / 2**20, 1)})
                print(rows[-1], flush=True)
    growth = rows[-1]["rss_mb"] - rows[len(rows) // 5]["rss_mb"]
    report = {"model": args.model, "hands_per_frame": hands / args.frames, "rows": rows, "growth_mb": round(growth, 1)}
    text = json.dumps(report, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
