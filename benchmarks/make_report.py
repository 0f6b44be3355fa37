"""Writes `docs/benchmarks.md` and its plots from the JSON of the benchmarks.

Run: python benchmarks/make_report.py FOLDER [--docs docs]

FOLDER holds what the benchmarks wrote with --json, under any names; a part whose file is missing says so. Only the page
and the plots belong to the repository, the JSON does not.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import plots

HEAD = """# Benchmarks

Every figure compares handplay with MediaPipe 0.10.21 (`mp.solutions.hands`, full models, its defaults, two hands) on
the very same frames in the same run. "MediaPipe" runs in video mode where frames follow each other. Where the truth
has to be exact the frames come from the [demo hand](architecture.md), whose joints are known; the rest are real clips
and photographs. Speeds and times were taken on a shared machine of two processors without a graphics card, so trust
the ratios rather than the milliseconds.

Make the page anew: run each script of `benchmarks/` with `--json FILE` into one folder, then
`python benchmarks/make_report.py FOLDER`.
"""

Reports = dict[str, dict[str, Any]]


def gathered(folder: Path) -> Reports:
    """Benchmark to its report; parts of one benchmark in several files are put together, the newest wins."""
    reports: Reports = {}
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime):
        report = json.loads(path.read_text(encoding="utf-8"))
        name = report.get("benchmark") or _unnamed(report)
        if name == "crossing" and (report.get("seed", 1) != 1 or report.get("same_sleeves")):
            name = f"crossing, seed {report['seed']}" + (", same sleeves" if report.get("same_sleeves") else "")
        if name is None:
            continue
        known = reports.setdefault(name, {})
        for key, value in report.items():
            if key == "settings" and isinstance(known.get(key), dict):
                known[key] = {**known[key], **value}
            else:
                known[key] = value
    return reports


def _unnamed(report: dict[str, Any]) -> str | None:
    if "stages_ms" in report:
        return "bench"
    return f"cost {report['hands']}" if "own_ms" in report else None


def table(head: list[str], rows: list[list[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f} %"


def lost_speed(reports: Reports, docs: Path) -> str:
    report = reports["lost_speed"]
    order = sorted(report["settings"], key=lambda name: (-int(name.split("x")[0]), -float(name.split()[1])))
    settings = {name: report["settings"][name] for name in order}
    plots.lost_speed(settings, docs / "pictures/lost_speed.png")
    rows: list[list[object]] = []
    for name, setting in settings.items():
        for kind, halves in setting["half_lost_palms_frame"].items():
            beyond = "more than " if halves["ratio_is_lower_bound"] else ""
            ours = halves["ours"] if halves["ours"] is not None else setting["rows"][-1]["palms_frame"]
            rows.append([name, kind, f"{beyond}{ours:.2f}", halves["mediapipe"], f"{beyond}{halves['ratio']}"])
    return f"""## Fast hands

The hand rests, then moves at an even speed on a straight line with sudden turns, or round and round, with motion blur.
A run is lost if the hand is not seen within half a palm of where it is for more than 0.25 s, or on less than 80 % of
the frames. The figure is the speed at which half of the runs are lost, in palm lengths a frame. Aim: twice MediaPipe's.

{table(["picture", "path", "handplay", "MediaPipe", "ratio"], rows)}
![Runs lost by speed](pictures/lost_speed.png)

`python benchmarks/lost_speed.py`
"""


def far_hands(reports: Reports, docs: Path) -> str:
    report = reports["far_hands"]
    plots.far_hands(report, docs / "pictures/far_hands.png")
    rows: list[list[object]] = [
        [label, halves["ours"], halves["mediapipe"], halves.get("mediapipe still"), report[kind]["ratio"]]
        for kind, label in (("alone", "alone, within 0.5 s"), ("further", "a further hand, within 3 s"))
        if kind in report
        for halves in [report[kind]["half_found_palm_px"]]
    ]
    photos = report.get("photos")
    photo_rows: list[list[object]] = []
    if isinstance(photos, dict):
        photo_rows = [
            [name, row["median_palm_px"], percent(row["ours"]), percent(row["mediapipe"])]
            for name, row in photos.items()
        ]
    return f"""## Far hands

Seeded placements in 1280 x 720; the palm length, in pixels, at which half are found. Aim: a third of MediaPipe's.

{table(["hand", "handplay", "MediaPipe", "MediaPipe, stills", "ratio"], rows)}
![Placements found by palm size](pictures/far_hands.png)

Photographs of people at 1.5 to 4 m, shrunk and laid on a grey picture; the share whose hand is found within 0.5 s:

{table(["shrunk to", "median palm, px", "handplay", "MediaPipe"], photo_rows)}
`python benchmarks/far_hands.py`
"""


def crossing(reports: Reports, docs: Path) -> str:
    report = reports["crossing"]
    labels = {
        "swaps": "ids swapped", "wrong_id_frames": "hands with another's id, frames",
        "new_ids": "new ids", "flips": "left and right flipped", "doubles": "doubled hands",
        "wrong_side_frames": "hands on the wrong side, frames", "coverage": "share of visible hands seen",
    }  # fmt: skip
    others = {
        name.removeprefix("crossing, "): reports[name] for name in sorted(reports) if name.startswith("crossing, ")
    }
    rows: list[list[object]] = [
        [label, report["total"]["ours"][key], report["total"].get("mediapipe", {}).get(key)]
        + [other["total"]["ours"][key] for other in others.values()]
        for key, label in labels.items()
    ]
    return f"""## Hands that cross

{report["meetings"]} scripted meetings of two hands: they change places, meet and go back, hide behind each other, leave
the picture for up to half a second, cross low at the border, and go through each other's paths; four skin tones, fast
and slow, the nearer one by turns, some of them two right hands. Aim: no swap, no flip. MediaPipe gives no ids. Other
seeds are other meetings of the same kinds; with the same sleeves, fingers, size and side have to do.

{table(["", "handplay", "MediaPipe", *(f"handplay, {name}" for name in others)], rows)}
`python benchmarks/crossing.py [--seed N] [--same-sleeves]`
"""


def real_clips(reports: Reports, docs: Path) -> str:
    report = reports["real_clips"]
    rows: list[list[object]] = []
    for name, row in report["clips"].items():
        ours, theirs = row["ours"], row["mediapipe"]
        rows.append(
            [name, percent(ours["shown"]), percent(theirs["shown"])]
            + [percent(side.get(key)) for key in ("coverage", "fingertip") for side in (ours, theirs)]
            + [ours.get("phantoms"), theirs.get("phantoms")]
        )
    steps = [
        [name.rsplit(" ", 1)[1], tracker, face["steps"], face.get("median"), face.get("p95")]
        for name, row in report["clips"].items()
        for tracker, figures in row.items()
        if (face := figures.get("before_face"))
    ]
    pictures = [
        [name, row["ours"], row["mediapipe"]] if isinstance(row, dict) else [name, row, "-"]
        for name, row in report.get("pictures", {}).items()
    ]
    head = ["clip, stride", "shown", "MP", "coverage", "MP", "fingertip", "MP", "phantoms", "MP"]
    return f"""## Real clips

Every clip at frame strides 1, 2 and 3 (MP is MediaPipe). Shown: share of the frames with a hand. Coverage: the same on
frames that surely show one; phantoms: frames with a hand among those that surely show none. Fingertip: share of the
frames whose index fingertip lies within 40 px of where people put it.

{table(head, rows)}
While a hand is before the face: how far its index fingertip moves from frame to frame, palm lengths:

{table(["stride", "tracker", "steps", "median", "p95"], steps)}
Pictures without a raised hand, standing still for 30 frames: frames with a phantom:

{table(["picture", "handplay", "MediaPipe"], pictures)}
`python benchmarks/real_clips.py`
"""


def cpu_idle(reports: Reports, docs: Path) -> str:
    report = reports["cpu_idle"]
    rows: list[list[object]] = [
        [room, row["ours_cpu_ms"], row["mediapipe_cpu_ms"], percent(row["ratio"]), row["detector_runs_per_frame"]]
        for room, row in report["idle"].items()
    ]
    late, seen = report["notice"], report["detector_runs_per_frame"]
    return f"""## Nobody there, and somebody coming

CPU time of the process for each frame of an empty room. Aim: below 15 % of MediaPipe's.

{table(["room", "handplay, ms", "MediaPipe, ms", "ratio", "detector runs a frame"], rows)}
{late["hands"]} hands that come in: noticed after {late["median_s"]} s (median), {late["max_s"]} s at most; aim: 0.3 s.
Palm detector runs a frame while one of two hands is tracked: {seen["still"]} at rest, {seen["pong"]} in motion;
MediaPipe runs it on every frame. Aim: 0.1.

`python benchmarks/cpu_idle.py`
"""


def cost(reports: Reports, docs: Path) -> str:
    rows: list[list[object]] = []
    for hands, aim in ((1, 0.35), (2, 0.6)):
        report = reports.get(f"cost {hands}")
        if report:
            mean = report["mean_ms"]
            rows.append([f"{hands} of 2", mean["ours"], mean["mediapipe"], report["ratio"]["median"], aim,
                         report["own_ms"]["p50"], report["own_ms"]["p99"]])  # fmt: skip
    text = "## What a frame costs\n\n"
    if rows:
        head = ["hands", "handplay, ms", "MediaPipe, ms", "ratio", "aim", "own code a hand, p50 ms", "p99 ms"]
        text += "Wall time in 1280 x 720, in alternating blocks of a second.\n\n"
        text += table(head, rows) + "\n`python benchmarks/tracker_cost.py --hands 1`\n"
    bench = reports.get("bench")
    if bench:
        stages = [
            [name, times["p50"], times["p95"], times["p99"], percent(times["cpu_share"])]
            for name, times in (*bench["stages_ms"].items(), ("whole frame", bench["frame_ms"]))
        ]
        text += f"\nStage by stage ({bench['source']}, {'x'.join(map(str, bench['size']))}), milliseconds:\n\n"
        text += table(["stage", "p50", "p95", "p99", "CPU"], stages)
        by_size: dict[str, list[object]] = {}
        for row in sorted(bench["fps"], key=lambda row: (row["size"], row["capture_thread"], row["display"])):
            by_size.setdefault("x".join(map(str, row["size"])), []).append(f"{row['fps']:.0f}")
        head = ["frames a second", "one thread", "and display", "capture thread", "and display"]
        text += "\n" + table(head, [[size, *cells] for size, cells in by_size.items()])
        text += "\n`handplay bench --compare mediapipe`\n"
    return text


def jitter_lag(reports: Reports, docs: Path) -> str:
    report = reports["jitter_lag"]
    plots.smoothing(report, docs / "pictures/smoothing.png")
    default = report["plain"]["curves"]["ours"]["1"]
    rows: list[list[object]] = [
        [name, row["theirs"], row["ours"], report["noisy"]["dominated"][name]["theirs"],
         report["noisy"]["dominated"][name]["ours"]]
        for name, row in report["plain"]["dominated"].items()
    ]  # fmt: skip
    return f"""## Steady without lag

Jitter at rest, in thousandths of a palm length, at the lag of our default ({default["lag_ms"]:.1f} ms), on the
tracker's own points and with 1 % of a palm of noise added. [smoothing.md](smoothing.md) tells more.

{table(["filter", "its jitter", "ours", "its jitter, noisy", "ours, noisy"], rows)}
`python benchmarks/jitter_lag.py`
"""


PARTS = {
    "lost_speed": lost_speed, "far_hands": far_hands, "crossing": crossing, "real_clips": real_clips,
    "jitter_lag": jitter_lag, "cpu_idle": cpu_idle, "cost": cost,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", type=Path, default=Path(__file__).resolve().parents[1] / "docs")
    args = parser.parse_args()
    reports = gathered(args.folder)
    (args.docs / "pictures").mkdir(parents=True, exist_ok=True)
    sections = []
    for name, write in PARTS.items():
        if any(
            known == name or known.startswith(f"{name} ") or (name, known) == ("cost", "bench") for known in reports
        ):
            sections.append(write(reports, args.docs))
        else:
            print(f"left out: no report of {name} in {args.folder}")
    (args.docs / "benchmarks.md").write_text("\n".join([HEAD, *sections]), encoding="utf-8")


if __name__ == "__main__":
    main()
