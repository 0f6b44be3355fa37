"""`handplay gestures eval`: how often gestures are right on a labelled landmark table."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handplay.gestures.learn.evaluation import Evaluation

WORST = 8
"""Confusions told in the readable table."""

MapOption = Annotated[
    str,
    typer.Option(
        "--map", metavar="A=B,C=D|E", help="Rename labels to gestures; of several any is right; none is no gesture."
    ),
]


def evaluate(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", readable=False, help="Landmark table with labels.")],
    mapping: MapOption = "",
    gestures: Annotated[
        list[Path] | None, typer.Option("--gestures", metavar="FILE", readable=False, help="Your own gestures (JSON).")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every gesture competes, not only those of the labels.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE.png", help="Draw the confusion matrix.")] = None,
) -> None:
    """Count how often gestures are right on a table of labelled hands.

    Each row is judged by itself: the best pose or template among those that the labels name, or none.
    """
    from handplay.cli.gestures.libraries import load_libraries
    from handplay.cli.progress import ProgressReport
    from handplay.engine.errors import TableError
    from handplay.gestures.learn.evaluation import LabelProblem
    from handplay.gestures.learn.evaluation import evaluate as judge
    from handplay.gestures.learn.tables import read_table

    renamed = mapping_of(mapping)
    if plot is not None and plot.suffix.lower() != ".png":
        raise typer.BadParameter(f"--plot: {plot} must end in .png.")
    library = load_libraries(gestures)
    table = read_table(data)
    tell_unused(renamed, table.labels)
    try:
        with ProgressReport("judging", len(table), unit="hands") as report:
            result = judge(table, library, renamed, every_gesture=every, progress=report.update)
    except LabelProblem as error:
        raise TableError(f"{data}: {error}") from None
    if plot is not None:
        from handplay.cli.gestures.confusion_picture import save_confusion

        save_confusion(result, plot, title=data.stem)
    if as_json:
        typer.echo(json.dumps(result.to_json(), indent=1, ensure_ascii=False))
    else:
        print_evaluation(result)
        if plot is not None:
            typer.echo(f"\nThe confusion matrix is in {plot}.")


def mapping_of(text: str) -> dict[str, tuple[str, ...]]:
    """The `--map` option's value; wrong usage if it is none."""
    from handplay.gestures.learn.evaluation import LabelProblem, read_mapping

    try:
        return read_mapping(text)
    except LabelProblem as error:
        raise typer.BadParameter(f"--map: {error}.") from None


def tell_unused(mapping: dict[str, tuple[str, ...]], labels: tuple[str, ...]) -> None:
    """A word on stderr about mapped labels that no row has."""
    from handplay.gestures.problems import guess

    for label in mapping:
        if label not in labels:
            print(f"handplay: --map: no row has the label '{label}'{guess(label, set(labels))}", file=sys.stderr)


def print_evaluation(result: Evaluation) -> None:
    """A table for people, and who is taken for whom."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = sum(score.support for score in result.per_class.values())
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("gesture", "F1", "precision", "recall", "hands"):
        shown.add_column(column, justify="left" if column == "gesture" else "right")
    for name, score in result.per_class.items():
        style = "" if score.f1 >= 0.9 else "yellow" if score.f1 >= 0.75 else "red"
        figures = (f"{score.f1:.3f}", f"{score.precision:.3f}", f"{score.recall:.3f}", str(score.support))
        shown.add_row(Text(name, style), Text(figures[0], style), *figures[1:])
    console = Console(highlight=False)
    console.print(shown)
    console.print(f"macro-F1 {result.macro_f1:.3f}, accuracy {result.accuracy:.3f} of {rows} hands")
    worst = result.mistakes()[:WORST]
    if worst:
        console.print("\nMost often mistaken:")
    for true, seen, count in worst:
        share = count / result.per_class[true].support
        console.print(f"  {true} for {seen}: {count} ({share:.0%})", markup=False)
