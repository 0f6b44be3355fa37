"""`handplay bench`: what each stage costs on this computer, and how many frames a second come out."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from handplay.cli.options import SOURCES, HandsOption, ModelsOption, ThreadsOption

if TYPE_CHECKING:
    from handplay.engine.bench.runs import Comparison, StageRun
    from handplay.engine.sources.base import Image

_DEMO = "demo:two?size=1280x720"
_KEPT = 150
"""Pictures that are held in memory; longer measurements run through them forward and backward."""
_COUNTED = 60
"""Frames of each of the twelve ways in the table of frames a second: a mean needs fewer than a 99th percentile."""


def bench(
    frames: Annotated[
        int,
        typer.Option(
            "--frames",
            metavar="N",
            min=20,
            max=100_000,
            help=f"Frames to measure the stages on; frames a second are counted over {_COUNTED} at most.",
        ),
    ] = 150,
    hands: HandsOption = 2,
    source: Annotated[str, typer.Option("--source", metavar="SPEC", help=f"What to measure with: {SOURCES}.")] = _DEMO,
    compare: Annotated[
        Literal["mediapipe"] | None, typer.Option("--compare", help="Measure MediaPipe 0.10.21 on the same frames.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures (JSON).")] = None,
    model: Annotated[Literal["full", "lite"], typer.Option("--model", help="full is exact, lite is faster.")] = "full",
    models: ModelsOption = None,
    threads: ThreadsOption = None,
) -> None:
    """Measure what each stage costs here, and how many frames a second come out.

    The pictures are read first and kept as JPEG, as most webcams send them: "capture" is their decoding.
    """
    from handplay.cli.progress import ProgressReport
    from handplay.engine.bench.film import developed, shot
    from handplay.engine.bench.runs import SIZES, WARM_UP, compared, direct_fps, stage_run, threaded_fps
    from handplay.engine.errors import HandplayError
    from handplay.engine.sources.spec import open_source
    from handplay.engine.tracking.tracker import load_networks

    if compare and find_spec("mediapipe") is None:
        raise HandplayError("MediaPipe is not installed: pip install mediapipe==0.10.21, or leave out --compare.")
    networks = load_networks(model, models_dir=models, threads=threads)
    camera = open_source(source, realtime=False)
    try:
        pictures = shot(camera, min(frames, _KEPT))
    finally:
        camera.close()
    name = camera.info.name
    size = (pictures[0].shape[1], pictures[0].shape[0])
    steps = 1 + 4 * len(SIZES) + bool(compare)
    rates: list[dict[str, Any]] = []
    comparison = None
    with ProgressReport("measuring", steps, unit="measurements") as progress:
        stages = stage_run(developed(pictures, size, name=name, count=frames + WARM_UP), networks, hands)
        progress.update(1)
        for wanted in SIZES:
            for display in (False, True):
                for threaded, run in ((False, direct_fps), (True, threaded_fps)):
                    film = developed(pictures[:_COUNTED], wanted, name=name, count=min(frames, _COUNTED) + WARM_UP)
                    with _window(display, wanted) as show:
                        fps = run(film, networks, hands, show)
                    row = {"size": list(wanted), "display": display, "capture_thread": threaded, "fps": round(fps, 1)}
                    rates.append(row)
                    progress.update(1 + len(rates))
        if compare:
            comparison = compared(pictures, networks, hands)
            progress.update(steps)
    report = _report(
        stages,
        rates,
        comparison,
        frames=frames,
        fps_frames=min(frames, _COUNTED),
        hands=hands,
        source=name,
        size=size,
    )
    if json_file is not None:
        from handplay.engine.atomic import write_text

        write_text(json_file, json.dumps(report, indent=2) + "\n")
    _print(report)


@contextlib.contextmanager
def _window(wanted: bool, size: tuple[int, int]) -> Iterator[Callable[[Image], None] | None]:
    """A hidden window and what shows a picture in it; None if none is wanted."""
    if not wanted:
        yield None
        return
    import pygame

    try:
        pygame.display.init()
        surface = pygame.display.set_mode(size, pygame.HIDDEN)
    except pygame.error:  # no screen at all: the same work, shown to nobody
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        pygame.display.quit()
        pygame.display.init()
        surface = pygame.display.set_mode(size)

    def show(image: Image) -> None:
        pygame.event.pump()
        surface.blit(pygame.image.frombuffer(image.data, (image.shape[1], image.shape[0]), "BGR"), (0, 0))
        pygame.display.flip()

    try:
        yield show
    finally:
        pygame.display.quit()


def _report(
    stages: StageRun, rates: list[dict[str, Any]], comparison: Comparison | None, **what: Any
) -> dict[str, Any]:
    report: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "processors": os.cpu_count(),
        **what,
        "stages_ms": {name: _rounded(asdict(times)) for name, times in stages.stages.items()},
        "frame_ms": _rounded(asdict(stages.frame)),
        "hands_per_frame": round(stages.hands, 3),
        "detector_runs_per_frame": round(stages.detector_runs, 3),
        "fps": rates,
    }
    if comparison is not None:
        report["mediapipe"] = {
            "ours_ms": _rounded(asdict(comparison.ours)),
            "mediapipe_ms": _rounded(asdict(comparison.mediapipe)),
            "wall_ratio": round(comparison.wall_ratio, 3),
            "cpu_ratio": round(comparison.cpu_ratio, 3),
            "hands_per_frame": [round(value, 3) for value in comparison.hands],
        }
    return report


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    size, hands = "x".join(str(part) for part in report["size"]), report["hands"]
    table = Table(
        title=f"{report['source']}, {size}, {hands} hands at most, {report['frames']} frames", title_justify="left"
    )
    for column in ("stage", "p50 ms", "p95 ms", "p99 ms", "CPU"):
        table.add_column(column, justify="left" if column == "stage" else "right")
    for name, times in report["stages_ms"].items():
        table.add_row(name, *_cells(times))
    table.add_section()
    table.add_row("whole frame", *_cells(report["frame_ms"]))
    console.print(table)
    console.print(
        f"{report['hands_per_frame']:.2f} hands and {report['detector_runs_per_frame']:.2f} detector runs a frame"
    )
    console.print(_rate_table(report["fps"], report["fps_frames"]))
    if "mediapipe" in report:
        other = report["mediapipe"]
        table = Table(title="against MediaPipe 0.10.21 on the same frames", title_justify="left")
        for column in ("tracker", "p50 ms", "p95 ms", "p99 ms", "hands"):
            table.add_column(column, justify="left" if column == "tracker" else "right")
        for label, key, seen in zip(
            ("handplay", "MediaPipe"), ("ours_ms", "mediapipe_ms"), other["hands_per_frame"], strict=True
        ):
            table.add_row(label, *_cells(other[key])[:3], f"{seen:.2f}")
        console.print(table)
        console.print(f"wall time {other['wall_ratio']:.2f} x, CPU time {other['cpu_ratio']:.2f} x MediaPipe's")


def _rate_table(rates: list[dict[str, Any]], frames: int) -> Any:
    from rich.table import Table

    table = Table(title=f"frames a second, over {frames} frames", title_justify="left")
    for column in ("size", "one thread", "and display", "capture thread", "and display"):
        table.add_column(column, justify="left" if column == "size" else "right")
    by_size: dict[str, list[str]] = {}
    for row in sorted(rates, key=lambda row: (row["size"], row["capture_thread"], row["display"])):
        by_size.setdefault("x".join(str(part) for part in row["size"]), []).append(f"{row['fps']:.1f}")
    for size, cells in by_size.items():
        table.add_row(size, *cells)
    return table


def _cells(times: dict[str, float]) -> list[str]:
    return [*(f"{times[name]:.2f}" for name in ("p50", "p95", "p99")), f"{times['cpu_share']:.0%}"]
