"""`handplay track`: hands of a file or live source, into a recording, an overlay video, a window."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.options import (
    SOURCES,
    GesturesOption,
    HandsOption,
    HeightOption,
    MirroredOption,
    ModelChoice,
    ModelOption,
    ModelsOption,
    RealtimeOption,
    ThreadsOption,
    WidthOption,
)
from handplay.cli.outputs import RECORDINGS, bears_name

if TYPE_CHECKING:
    from handplay.engine.sources.base import SourceInfo
    from handplay.engine.tracking.settings import Mode
    from handplay.engine.tracking.tracker import HandTracker


def track(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=f"What to look at: {SOURCES}.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Recording to write, NAME.hands.jsonl; - for stdout."),
    ] = None,
    overlay: Annotated[
        Path | None, typer.Option("--overlay", metavar="FILE", help="Video to draw what was seen into, NAME.mp4.")
    ] = None,
    display: Annotated[bool, typer.Option("--display", help="Show what is seen in a window.")] = False,
    hands: HandsOption = 2,
    max_frames: Annotated[
        int | None, typer.Option("--max-frames", metavar="N", min=1, help="Stop after so many frames.")
    ] = None,
    smooth: Annotated[bool, typer.Option("--smooth", help="Steady landmarks instead of the model's raw ones.")] = False,
    still: Annotated[bool, typer.Option("--still", help="Take every frame on its own.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="With --still: one detector pass, first crop, nothing refined.")
    ] = False,
    width: WidthOption = None,
    height: HeightOption = None,
    mirrored: MirroredOption = False,
    realtime: RealtimeOption = False,
    model: ModelOption = "full",
    models: ModelsOption = None,
    threads: ThreadsOption = None,
    gestures: GesturesOption = None,
) -> None:
    """Track the hands of a file or live source.

    Every frame of a file is tracked, one after the other. A live source runs until Ctrl-C, --max-frames, or until the
    window is closed. What was tracked before Ctrl-C is kept.
    """
    if output is None and overlay is None and not display:
        raise typer.BadParameter("Nothing would come of it: add -o FILE.hands.jsonl, --overlay FILE.mp4 or --display.")
    if plain and not still:
        raise typer.BadParameter("--plain needs --still: it compares single pictures.")
    if smooth and still:
        raise typer.BadParameter("--smooth and --still exclude each other: single pictures have nothing to smooth.")
    _refuse_same_files(source, output, overlay)

    from handplay.cli.gestures.libraries import load_libraries
    from handplay.cli.track_run import RunResult, Sinks, run_tracking
    from handplay.engine.sources.spec import open_source

    library = load_libraries(gestures)
    with ExitStack() as stack:
        pictures = open_source(source, realtime=realtime, mirrored=mirrored, width=width, height=height)
        stack.callback(pictures.close)
        info = pictures.info
        mode: Mode = "still" if still or info.kind == "stills" else "video"
        tracker = stack.enter_context(
            _tracker(info, model, models, threads, hands=hands, mode=mode, plain=plain, smooth=smooth)
        )
        sinks = stack.enter_context(Sinks(info, output=output, overlay=overlay, display=display))
        result: RunResult = run_tracking(
            pictures, tracker, sinks, still=mode == "still", max_frames=max_frames, library=library
        )
        sinks.commit()
    to = sys.stderr if output is not None and str(output) == "-" else sys.stdout
    files = [str(path) for path in (output, overlay) if path is not None and str(path) != "-"]
    print(result.sentence(info.name, files), file=to)
    notes = (
        []
        if output is None or bears_name(output, RECORDINGS)
        else [f"{output} does not end in {RECORDINGS[0]}: rename it to play it back with --source."]
    )
    for warning in (*notes, *result.warnings):
        print(f"handplay: {warning}", file=sys.stderr)
    if result.exit_code:
        raise typer.Exit(result.exit_code)


def _tracker(
    info: SourceInfo,
    model: ModelChoice,
    models: Path | None,
    threads: int | None,
    *,
    hands: int,
    mode: Mode,
    plain: bool,
    smooth: bool,
) -> HandTracker:
    from handplay.engine.tracking.tracker import HandTracker

    networks = None
    if model == "auto" and info.kind == "live":  # a file waits for the tracker: no need for less than the full models
        from handplay.engine.tracking.model_choice import choose_networks

        networks, _ = choose_networks(hands=hands, models_dir=models, threads=threads)
    return HandTracker(
        hands,
        model="full" if model == "auto" else model,
        mode=mode,
        plain=plain,
        smooth=smooth,
        mirrored=info.mirrored,
        threads=threads,
        models_dir=models,
        networks=networks,
    )


def _refuse_same_files(source: str, output: Path | None, overlay: Path | None) -> None:
    """An output in the place of the source or of the other output would destroy it."""
    if output is not None and overlay is not None and _same(output, overlay):
        raise typer.BadParameter(f"-o and --overlay both name {output}.")
    for option, path in (("-o", output), ("--overlay", overlay)):
        if path is not None and path.is_file() and _same(path, Path(source)):
            raise typer.BadParameter(f"{option} names the source itself, {path}: it would be replaced.")


def _same(a: Path, b: Path) -> bool:
    try:
        return a.resolve() == b.resolve() or a.samefile(b)
    except OSError:
        return False
