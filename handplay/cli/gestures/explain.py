"""`handplay gestures explain`: why a gesture fires, or does not."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.gestures.libraries import NameArgument
from handplay.cli.options import (
    GesturesOption,
    HandsOption,
    MirroredOption,
    ModelOption,
    ModelsOption,
    RealtimeOption,
    SourceOption,
    ThreadsOption,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from handplay.cli.gestures.hand_frames import HandFrames
    from handplay.engine.hands import HandFrame
    from handplay.gestures.explain import Explainer, Explanation

_LINE_EVERY_S = 0.5
_REFRESH_PER_S = 10
_DEMO_S = 10.0
"""The demo hand never ends; where nobody watches, this much of it is enough."""


def explain(
    name: NameArgument,
    source: SourceOption = None,
    frame: Annotated[
        int | None, typer.Option("--frame", metavar="N", min=0, help="Explain that frame alone, from 0.")
    ] = None,
    at_s: Annotated[
        float | None, typer.Option("--at", metavar="S", min=0.0, help="Explain the frame at that time alone, seconds.")
    ] = None,
    duration_s: Annotated[
        float | None, typer.Option("--duration", metavar="S", min=0.0, help="Stop after so many seconds of the source.")
    ] = None,
    gestures: GesturesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one line a frame.")] = False,
    hands: HandsOption = 2,
    mirrored: MirroredOption = False,
    realtime: RealtimeOption = False,
    model: ModelOption = "full",
    models: ModelsOption = None,
    threads: ThreadsOption = None,
) -> None:
    """Say why a gesture fires or does not: each condition, what is measured, what is wanted, and which one fails.

    Live on a terminal (Ctrl-C ends it), as plain lines elsewhere; one frame with --frame or --at, or of a photo.
    """
    if frame is not None and at_s is not None:
        raise typer.BadParameter("--frame and --at exclude each other.")
    from handplay.cli.gestures.hand_frames import HandFrames, TrackingOptions
    from handplay.cli.gestures.libraries import find_gesture, load_libraries
    from handplay.gestures.explain import Explainer

    library = load_libraries(gestures)
    explainer = Explainer(library, find_gesture(library, name))
    one = frame is not None or at_s is not None
    watched = not (as_json or one) and sys.stdout.isatty()
    options = TrackingOptions(hands, mirrored, realtime or watched, model, models, threads)
    with HandFrames(source, options) as frames:
        if frames.endless and not frames.live and not watched and duration_s is None and not one:
            duration_s = _DEMO_S
        if one:
            _explain_one(explainer, frames, frame, at_s, as_json=as_json)
        elif frames.stills:
            _explain_stills(explainer, frames, as_json=as_json)
        else:
            _explain_all(explainer, frames, duration_s, as_json=as_json, watched=watched)


def _explain_one(
    explainer: Explainer, frames: HandFrames, index: int | None, at_s: float | None, *, as_json: bool
) -> None:
    """Everything before is looked at too: what is held and what cools down belongs to the answer."""
    from handplay.cli.progress import ProgressReport
    from handplay.engine.errors import SourceError

    first_s: float | None = None
    number = -1
    explanations: tuple[Explanation, ...] = ()
    found: HandFrame | None = None
    wanted = index if index is not None else round((at_s or 0.0) * frames.fps) if frames.fps else None
    with ProgressReport("looking for the frame", None if wanted is None else wanted + 1) as report:
        for number, frame in enumerate(frames):
            report.update(number)
            first_s = frame.time_s if first_s is None else first_s
            explanations = _look(explainer, frame, still=frames.stills)
            if number == index or (at_s is not None and frame.time_s - first_s >= at_s - 1e-6):
                found = frame
                break
    if found is not None:
        _tell_whole(explanations, found, as_json=as_json)
        return
    raise SourceError(f"{frames.name} has no such frame: it ends after {number + 1}.")


def _explain_stills(explainer: Explainer, frames: HandFrames, *, as_json: bool) -> None:
    for frame in frames:
        _tell_whole(_look(explainer, frame, still=True), frame, as_json=as_json)


def _look(explainer: Explainer, frame: HandFrame, *, still: bool) -> tuple[Explanation, ...]:
    if not still:
        return explainer.look(frame)
    from dataclasses import replace

    from handplay.cli.gestures.hand_frames import STILL_STEPS_S

    explainer.recognizer.reset(0.0)
    explanations: tuple[Explanation, ...] = ()
    for time_s in STILL_STEPS_S:
        explanations = explainer.look(replace(frame, time_s=time_s))
    return explanations


def _tell_whole(explanations: Iterable[Explanation], frame: HandFrame, *, as_json: bool) -> None:
    explanations = tuple(explanations)
    if as_json:
        typer.echo(json.dumps([one.to_json() for one in explanations], ensure_ascii=False))
        return
    if not explanations:
        typer.echo(f"frame {frame.frame_index}: no hand is seen")
    for one in explanations:
        typer.echo(f"frame {one.frame_index}, {_who(one)}: {one.verdict}")
        _console().print(_table(one))


def _explain_all(
    explainer: Explainer, frames: HandFrames, duration_s: float | None, *, as_json: bool, watched: bool
) -> None:
    from rich.live import Live

    tally = _Tally()
    first_s: float | None = None
    told_s = -_LINE_EVERY_S
    live = Live(console=_console(), refresh_per_second=_REFRESH_PER_S) if watched else None
    try:
        if live is not None:
            live.start()
        for frame in frames:
            first_s = frame.time_s if first_s is None else first_s
            if duration_s is not None and frame.time_s - first_s > duration_s:
                break
            explanations = explainer.look(frame)
            tally.add(explanations)
            if as_json:
                typer.echo(json.dumps([one.to_json() for one in explanations], ensure_ascii=False))
            elif live is not None:
                live.update(_screen(explanations, explainer))
            elif frame.time_s - told_s >= _LINE_EVERY_S - 1e-6:
                told_s = frame.time_s
                for line in _lines(explanations, frame):
                    typer.echo(line)
    except KeyboardInterrupt:
        pass  # the way to end a live source
    finally:
        if live is not None:
            live.stop()
    if not as_json:
        for line in tally.lines(explainer):
            typer.echo(line)


class _Tally:
    """How often each condition failed."""

    def __init__(self) -> None:
        self._hands = 0
        self._failed: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()

    def add(self, explanations: Iterable[Explanation]) -> None:
        for one in explanations:
            self._hands += 1
            failing = [row.text for row in one.failing]
            self._failed.update(failing)
            if len(failing) == 1:
                self._alone.update(failing)

    def lines(self, explainer: Explainer) -> list[str]:
        from handplay.cli.words import count

        begun = f"{explainer.gesture.name} began {count(explainer.begun, 'time')}"
        if not self._hands:
            return [f"{begun}: no hand was seen."]
        lines = [f"{begun} in {count(self._hands, 'view')} of a hand."]
        for text, number in self._failed.most_common():
            alone = f", and nothing else in {self._alone[text]}" if self._alone[text] else ""
            lines.append(f"  {text} failed in {number} ({number / self._hands:.0%}){alone}")
        lines += [f"  {name} began {count(number, 'time')} in its place" for name, number in explainer.instead.items()]
        return lines


def _lines(explanations: Iterable[Explanation], frame: HandFrame) -> list[str]:
    lines = [f"{one.time_s:7.2f} s, {_who(one)}: {one.verdict}" for one in explanations]
    return lines or [f"{frame.time_s:7.2f} s: no hand is seen"]


def _who(one: Explanation) -> str:
    if " and " in one.handedness:
        return f"{one.handedness.lower()} hand"
    return f"{one.handedness.lower()} hand {one.hand_id}" if one.hand_id else one.handedness


def _screen(explanations: Iterable[Explanation], explainer: Explainer) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = []
    for one in explanations:
        parts += [Text(f"{_who(one)}: {one.verdict}", "bold green" if one.is_on else ""), _table(one)]
    if not parts:
        parts.append(Text("Show your hand: none is seen."))
    return Group(*parts, Text(f"began {explainer.begun} times; Ctrl-C ends", "dim"))


def _table(one: Explanation) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("", f"{one.gesture.name} asks for", "measured", "wanted", "off", ""):
        table.add_column(title)
    for row in one.rows:
        style = "" if row.ok else "red"
        cells = ("ok" if row.ok else "fails", row.text, row.got if row.wanted else "", row.wanted, row.missed, row.note)
        table.add_row(*(Text(cell, style) for cell in cells))
    return table


def _console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else 140
    return Console(file=sys.stdout, highlight=False, width=width)
