"""Options that several commands share, each written once; and those that every game takes, as one dataclass."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import typer

from handplay.cli.outputs import PICTURES, RECORDINGS, check_name

ModelChoice = Literal["full", "lite", "auto"]

SOURCES = (
    "camera (0, 1, camera:NAME), video, picture, folder, http:// or rtsp:// address, or demo, demo:NAME "
    "(handplay cameras --demos lists them)"
)

SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="SPEC", help=f"Where pictures come from: {SOURCES}; or a recording, NAME.hands.jsonl."
    ),
]
HandsOption = Annotated[int, typer.Option("--hands", metavar="N", min=1, max=20, help="Hands at most.")]
ModelOption = Annotated[
    ModelChoice,
    typer.Option("--model", help="full is exact, lite is twice as fast, auto takes lite on a slow machine."),
]
ModelsOption = Annotated[
    Path | None,
    typer.Option("--models", metavar="DIR", help="Folder of the model files, instead of the usual places."),
]
ThreadsOption = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", min=1, max=64, help="Threads of each network; chosen from the machine."),
]
MirroredOption = Annotated[bool, typer.Option("--mirrored", help="The source is a selfie view (mirrored) already.")]
RealtimeOption = Annotated[bool, typer.Option("--realtime", help="Pace a file like a camera.")]
GesturesOption = Annotated[
    list[Path] | None,
    typer.Option("--gestures", metavar="FILE", help="More gestures (JSON), on top of your library; again for another."),
]
WidthOption = Annotated[int | None, typer.Option("--width", metavar="PX", min=16, max=16384, help="Picture width.")]
HeightOption = Annotated[int | None, typer.Option("--height", metavar="PX", min=16, max=16384, help="Picture height.")]


@dataclass(frozen=True, slots=True)
class GameOptions:
    """What every game takes on its command line; see `with_options`.

    Attributes:
        source: the `--source` text; None for whichever camera there is, else keyboard and mouse.
        hands: hands at most; None for what the game needs.
        gestures: files on top of the built-in gestures and the user's library, later ones winning.
        duration_s: seconds until the game ends by itself.
        screenshot_at_s: seconds into the game; None for the end.
    """

    source: SourceOption = None
    realtime: RealtimeOption = False
    mirrored: MirroredOption = False
    width: WidthOption = None
    height: HeightOption = None
    hands: Annotated[
        int | None, typer.Option("--hands", metavar="N", min=1, max=20, help="Hands at most; as the game needs.")
    ] = None
    model: ModelOption = "full"
    models: ModelsOption = None
    threads: ThreadsOption = None
    gestures: GesturesOption = None
    fullscreen: Annotated[bool, typer.Option("--fullscreen", help="Fill the screen.")] = False
    mute: Annotated[bool, typer.Option("--mute", help="Start without sound.")] = False
    headless: Annotated[bool, typer.Option("--headless", help="Needs no display and no sound device.")] = False
    duration_s: Annotated[
        float | None, typer.Option("--duration", metavar="S", min=0.0, help="End after that many seconds.")
    ] = None
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", min=0, help="Play the same chance again.")] = None
    summary: Annotated[
        Path | None, typer.Option("--summary", metavar="FILE", help="Write figures of the run (JSON).")
    ] = None
    screenshot: Annotated[
        Path | None, typer.Option("--screenshot", metavar="FILE", help="Save a picture of the game, NAME.png or .jpg.")
    ] = None
    screenshot_at_s: Annotated[
        float | None,
        typer.Option("--screenshot-at", metavar="S", min=0.0, help="When to save it, in seconds; at the end."),
    ] = None
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="Record the hands, NAME.hands.jsonl.")
    ] = None

    def __post_init__(self) -> None:
        if self.screenshot_at_s is not None and self.screenshot is None:
            raise typer.BadParameter("--screenshot-at needs --screenshot FILE.")
        check_name("--screenshot", self.screenshot, PICTURES)
        check_name("--record", self.record, RECORDINGS)


OptionsT = TypeVar("OptionsT")


def with_options(options: type[OptionsT]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Lets a command take a dataclass of options as its first parameter.

        @with_options(GameOptions)
        def pong(options: GameOptions, players: PlayersOption = 1) -> None: ...

    Typer reads a command's signature; the wrapper shows it the command's own options first and then one parameter for
    each field, and puts the dataclass together from the values.
    """
    if not dataclasses.is_dataclass(options):
        raise TypeError(f"with_options: got {options!r}, wanted a dataclass")
    hints = get_type_hints(options, include_extras=True)
    fields = [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in dataclasses.fields(options)
    ]

    def wrap(function: Callable[..., None]) -> Callable[..., None]:
        own_hints = get_type_hints(function, include_extras=True)
        own = [
            parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=own_hints[parameter.name])
            for parameter in list(inspect.signature(function).parameters.values())[1:]
        ]

        @functools.wraps(function)
        def run(**values: Any) -> None:
            taken = {f.name: values.pop(f.name) for f in fields}
            function(options(**taken), **values)

        signature = inspect.Signature([*own, *fields], return_annotation=None)
        run.__signature__ = signature  # type: ignore[attr-defined]  # read by inspect.signature
        run.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
        return run

    return wrap
