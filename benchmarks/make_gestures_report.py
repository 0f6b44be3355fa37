"""Writes `docs/benchmarks_gestures.md` from what the benchmarks of gestures and drawing print.

Run: python benchmarks/make_gestures_report.py FOLDER [--docs docs]

FOLDER holds one file for each benchmark, named after it: `python benchmarks/NAME.py > FOLDER/NAME.json`. A part whose
file is missing says so. Only the page belongs to the repository, the JSON does not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from make_report import table

HEAD = """# Benchmarks of gestures and drawing

The labelled tables are landmarks of real people, thousands of hands that MediaPipe has found in photographs and
videos; the motions, the finger states from every side and the pen are those of the [demo hand](architecture.md), whose
truth is exact, through the real tracker. "Held back" are rows and persons that were never looked at while numbers were
chosen. How fast and far hands are followed is told in [benchmarks.md](benchmarks.md).

Make the page anew: `python benchmarks/NAME.py > FOLDER/NAME.json` for each script named below, then
`python benchmarks/make_gestures_report.py FOLDER`.
"""

Report = dict[str, Any]

AIMS = {
    "counting": ("accuracy", 0.95), "gestures5": ("accuracy", 0.98), "digits": ("accuracy", 0.95),
    "finger_states13": ("accuracy", 0.88), "hagrid_2d": ("macro_f1", 0.85),
}  # fmt: skip


def percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} %"


def finger_states(report: Report) -> str:
    rows: list[list[object]] = []
    for name, (key, aim) in AIMS.items():
        if name in report:
            whole = report[name]
            fingers = whole["held_back"]["fingers_percent"]
            rows.append(
                [name, whole["rows"], "accuracy" if key == "accuracy" else "macro-F1"]
                + [f"{whole[half][key]:.3f}" for half in ("tuned", "held_back")]
                + [aim, percent(fingers.get("long_fingers")), percent(fingers.get("thumb"))]
            )
    head = ["table", "rows", "figure", "tuned", "held back", "aim", "fingers, held back", "thumb, held back"]
    return f"""## Rules on people's hands

The built-in poses, and those of `examples/`, on single hands: no training, no history.

{table(head, rows)}
`python benchmarks/finger_states.py`
"""


def demo_fingers(report: Report) -> str:
    rows: list[list[object]] = []
    for title, part in report.items():
        if not isinstance(part, dict) or "all" not in part:
            continue
        shown = {**part["all"], **part.get("turn", {})}
        for name in sorted({key.rsplit(" ", 1)[0] for key in shown}):
            cells = [percent(shown.get(f"{name} {how}")) for how in ("plain", "fair", "strict")]
            rows.append([title.split(",")[0], name, *cells])
    return f"""## Finger states from every side

The demo hand in all poses, rolled all around, yawed and pitched up to 45 degrees, both hands, all skins, palms of 25 to
250 px in 1280 x 720. Plain: fingers that are straight or rolled in; fair: a finger near a border may be either; strict:
all three words, to the letter. Aim: 99 %.

{table(["", "turned by", "plain", "fair", "strict"], rows)}
`python benchmarks/demo_fingers.py`
"""


def held_back(row: dict[str, Any]) -> float | None:
    """The better of plain and augmented, on what was not learned from."""
    ways = [one["macro_f1"] for way, one in row.items() if isinstance(one, dict) and way != "cross_validated"]
    return max(ways, default=None)


def learning(report: Report) -> str:
    forms = ("pose", "template", "weighted")
    rows: list[list[object]] = []
    for name, row in report.items():
        if isinstance(row, dict) and any(form in row for form in forms):
            cells = [held_back(row[form]) if form in row else None for form in forms]
            rows.append([name, *(f"{cell:.3f}" if cell is not None else "-" for cell in cells)])
    return f"""## Learned from examples

Macro-F1 on the half that was not learned from (other persons, where the table names them): readable poses, templates,
templates with weights. Aim on hagrid_2d: 0.92 for templates, 0.95 for the best.

{table(["table", "poses", "templates", "with weights"], rows)}
`python benchmarks/learning.py`
"""


def dynamic_gestures(report: Report) -> str:
    rows: list[list[object]] = [
        [name, *(f"{cell['own']} of {cell['of']}" for cell in speeds.values() if isinstance(cell, dict))]
        for name, speeds in report["demo"].items()
    ]
    speeds = [str(name) for name, cell in next(iter(report["demo"].values())).items() if isinstance(cell, dict)]
    one, two = report["one_hand_percent"], report["two_hands_percent"]
    text = f"""## Movements

Performed by the demo hand at three speeds, through the real tracker; a run counts if its own gesture begins. One hand:
{one["own"]} % of {one["runs"]}, two hands: {two["own"]} % of {two["runs"]}. Aim: 95 %.

{table(["gesture", *speeds], rows)}"""
    clips = report.get("clips")
    if clips:
        told = [
            [name, ", ".join(row["begun"]) or "nothing", "yes" if row["as_wanted"] else "no"]
            for name, row in clips.items()
            if isinstance(row, dict)
        ]
        text += "\nReal people's recordings, ten pictures a second:\n\n"
        text += table(["recording", "begins", "as it should be"], told)
    delay = report.get("delay")
    if delay:
        late = delay["frames_beyond_hold"]
        text += (
            f"\nA pose begins at most {late['max']} frames after its hold time, counted from the frame in which "
            "the hand has taken it. Aim: 1.\n"
        )
    return text + "\n`python benchmarks/dynamic_gestures.py`\n"


def false_events(report: Report) -> str:
    parts = {"idle": "rests, reaches, talks along, shows shapes", "wander": "goes anywhere, in any shape or at ease"}
    rows: list[list[object]] = [
        [what, row["minutes"], row["false_movements"], row["false_poses"], row["true_poses"]]
        for key, what in parts.items()
        if (row := report.get(key))
    ]
    clips = report["clips"] if isinstance(report["clips"], dict) else {}
    told = sum(len(begun) for begun in clips.values())
    real = f"People on {len(clips)} clips who perform none of the movements: {told} begin.\n\n" if clips else ""
    commonest = sorted(
        ((count, name) for key in parts for name, count in report.get(key, {}).get("poses", {}).items()), reverse=True
    )
    most = ", ".join(f"`{name}` {count}" for count, name in commonest[:5])
    head = ["the hand", "minutes", "movements", "poses that it does not hold", "poses that it holds"]
    return f"""## What begins while nothing is meant

The demo hand through the real tracker, a person of a seed that was never looked at every minute. Movements are false
whatever the hand does by chance; a pose is false if the hand has not held it in the last 0.3 s, left it or been on its
way to it. Aim: none. Most often: {most}.

{table(head, rows)}
{real}`python benchmarks/false_events.py --seed {report["seed"]}`
"""


def recognition_cost(report: Report) -> str:
    rows: list[list[object]] = [
        [name, row["p50"], row["p99"]] for name, row in report.items() if isinstance(row, dict) and "p50" in row
    ]
    return f"""## What recognition costs

Milliseconds a hand, with the built-in gestures and 50 more. Aim: 0.3 (median).

{table(["gestures, hands", "p50", "p99"], rows)}
`python benchmarks/recognition_cost.py`
"""


def pen_table(report: Report) -> str:
    rows: list[list[object]] = []
    for half in ("tuned", "held_back", "all"):
        part = report.get(half)
        if part:
            ink, strokes, lag = part["trace"]["ink"], part["strokes"], part["lag_frames"]
            rows.append(
                [half.replace("_", " "), f"{ink['median']:.2f} %", f"{ink['p95']:.2f} %", lag["mean"], lag["max"]]
                + [strokes[key] for key in ("scripted", "missed", "stray")]
            )
    head = ["takes", "trace, median", "trace, p95", "lag, mean", "lag, max", "strokes", "missed", "stray"]
    return table(head, rows)


def airdraw_pen(report: Report) -> str:
    return f"""## The pen

Ink against the path that the demo hand's fingertip was led along, in percent of the canvas width (aims: 0.6 and 1.5),
lag after prediction in camera frames (aim: 1.5), and strokes that were missed or that nobody drew (aim: none). A pinch
is the pen:

{pen_table(report)}
`python benchmarks/airdraw_pen.py --seed 2`
"""


def airdraw_pen_point(report: Report) -> str:
    return f"""Two fingers are the pen, one hovers:

{pen_table(report)}
`python benchmarks/airdraw_pen.py --pen point --seed 5 > FOLDER/airdraw_pen_point.json`
"""


PARTS: dict[str, Callable[[Report], str]] = {
    "finger_states": finger_states, "demo_fingers": demo_fingers, "learning": learning,
    "dynamic_gestures": dynamic_gestures, "false_events": false_events, "recognition_cost": recognition_cost,
    "airdraw_pen": airdraw_pen, "airdraw_pen_point": airdraw_pen_point,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", type=Path, default=Path(__file__).resolve().parents[1] / "docs")
    args = parser.parse_args()
    sections = []
    for name, write in PARTS.items():
        path = args.folder / f"{name}.json"
        if path.is_file():
            sections.append(write(json.loads(path.read_text(encoding="utf-8"))))
        else:
            print(f"left out: no {path.name} in {args.folder}")
    args.docs.mkdir(parents=True, exist_ok=True)
    (args.docs / "benchmarks_gestures.md").write_text("\n".join([HEAD, *sections]), encoding="utf-8")


if __name__ == "__main__":
    main()
