"""`handplay gestures train`: gestures of your own from a table of labelled hands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from handplay.cli.gestures.eval import MapOption, mapping_of, tell_unused
from handplay.cli.words import count

if TYPE_CHECKING:
    from handplay.cli.gestures.keeping import Target
    from handplay.gestures.kinds import Gesture
    from handplay.gestures.learn.evaluation import Evaluation
    from handplay.gestures.learn.tables import LandmarkTable
    from handplay.gestures.learn.training import Examples, Form, TrainingSettings
    from handplay.gestures.library_edit import Change

FormChoice = Literal["auto", "pose", "template", "weighted"]

READABLE_BONUS = 0.01
"""A file in words may be that much worse than one of numbers, macro-F1, and is still chosen."""
FEW, ENOUGH = 5, 20
"""Hands of one gesture."""
MOST_SAMPLES = 200
"""Of one gesture, as the file format allows."""
MOST_WARNINGS = 6
"""Told of the new gestures; `gestures check` tells all."""


def train(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", readable=False, help="Landmark table with labels.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.json", help="Gesture file to add them to.")],
    form: Annotated[
        FormChoice,
        typer.Option(
            "--form",
            help="pose: finger states in words; template: samples; weighted: samples and what sets them apart; "
            "auto: what does best in cross-validation, pose if it is within 0.01 of that.",
        ),
    ] = "auto",
    mapping: MapOption = "",
    labels: Annotated[
        str,
        typer.Option("--labels", metavar="A,B", help="Learn these labels alone; the others teach what they are not."),
    ] = "",
    no_augment: Annotated[bool, typer.Option("--no-augment", help="Take the samples as they are.")] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Vary samples by the same chance again.")] = 0,
    max_samples: Annotated[
        int,
        typer.Option("--max-samples", metavar="N", min=1, max=MOST_SAMPLES, help="Samples kept of each gesture."),
    ] = 16,
    replacing: Annotated[bool, typer.Option("--replace", help="Take the place of gestures of these names.")] = False,
) -> None:
    """Learn gestures from a table of labelled hands and add them to a gesture file, or begin one.

    Each label becomes a gesture; rows labelled none show what is no gesture. How well the gestures stand apart is
    told by cross-validation: by person where the table names persons.
    """
    from handplay.cli.gestures.keeping import Target
    from handplay.gestures.learn.augment import AugmentSettings
    from handplay.gestures.learn.tables import read_table
    from handplay.gestures.learn.training import FORMS, TrainingSettings, examples_of

    target = Target.of(output)
    renamed = mapping_of(mapping)
    table = read_table(data)
    tell_unused(renamed, table.labels)
    names = _names(table, renamed, [label.strip() for label in labels.split(",") if label.strip()])
    examples = examples_of(table, names)
    if replacing:
        target.gestures()  # a file that cannot be understood is told before the work
    else:
        target.check_free(examples.names)
    target.check_writable()  # and so is a place that cannot be written to
    settings = TrainingSettings(samples=max_samples, augment=None if no_augment else AugmentSettings(), seed=seed)
    gestures, chosen, judged = _best(examples, FORMS if form == "auto" else (form,), settings)
    gestures = _fitted(gestures, examples, chosen, settings, target)
    change = target.write(gestures, replacing=replacing)
    _tell(table, chosen, judged, gestures)
    _tell_few(examples)
    _tell_rest(gestures)
    _tell_written(target, change, len(table))
    _tell_rivals(target, {*change.added, *change.replaced})


def _names(table: LandmarkTable, renamed: dict[str, tuple[str, ...]], wanted: list[str]) -> dict[str, str]:
    """Label to gesture name, "none" for none."""
    from handplay.engine.errors import TableError
    from handplay.gestures.jsonfile import Node
    from handplay.gestures.learn.evaluation import NONE
    from handplay.gestures.problems import guess
    from handplay.gestures.reader import Reader

    names: dict[str, str] = {}
    found = dict.fromkeys(table.labels)
    for label in wanted:
        if label not in found:
            raise TableError(f"{table.file}: --labels: no row has the label '{label}'{guess(label, found) or '.'}")
    for label in wanted or found:
        said = renamed.get(label, (label,))
        if len(said) > 1:
            raise typer.BadParameter(f"--map: '{label}' can become one gesture, not {len(said)}.")
        if said[0] != NONE and not Reader("").name(Node(said[0], 0, "")):
            raise TableError(
                f"{table.file}: the label '{said[0]}' is no name for a gesture (1 to 40 letters, digits, '_' or '-', a "
                f"letter first). Rename it with --map '{label}=NAME'."
            )
        names[label] = said[0]
    if all(name == NONE for name in names.values()):
        raise TableError(f"{table.file}: no label is a gesture; none alone teaches nothing.")
    return names


def _best(
    examples: Examples, forms: tuple[Form, ...], settings: TrainingSettings
) -> tuple[tuple[Gesture, ...], Form, Evaluation | None]:
    """Trains the form that does best, readable words before numbers."""
    from handplay.cli.progress import ProgressReport
    from handplay.gestures.learn.training import cross_validate, train

    judged: dict[Form, Evaluation | None] = {}
    for form in forms:
        with ProgressReport(f"trying {form}", len(examples.groups), unit="hands") as report:
            judged[form] = result = cross_validate(examples, form, settings, report.update)
        if result is not None and len(forms) > 1:
            typer.echo(f"{form}: macro-F1 {result.macro_f1:.3f}")

    def worth(form: Form) -> float:
        result = judged[form]
        return (result.macro_f1 if result else 0.0) + (READABLE_BONUS if form == "pose" else 0.0)

    chosen = max(forms, key=worth)
    if "template" in forms and not any(judged.values()):
        chosen = "template"  # words that hold for one or two hands hold for few others
    elif len(forms) > 1:
        typer.echo(_why(chosen, {form: result.macro_f1 for form, result in judged.items() if result}))
    return train(examples, chosen, settings), chosen, judged[chosen]


def _why(chosen: Form, figures: dict[Form, float]) -> str:
    best = max(figures, key=figures.__getitem__)
    if figures[chosen] < figures[best]:
        return f"Kept as {chosen}: within {READABLE_BONUS} of {best}, and its words can be read and changed."
    return f"Kept as {chosen}: none does better."


def _fitted(
    gestures: tuple[Gesture, ...], examples: Examples, form: Form, settings: TrainingSettings, target: Target
) -> tuple[Gesture, ...]:
    """The gestures, with fewer samples if the file would grow too large to be read."""
    from dataclasses import replace

    from handplay.gestures.jsonfile import MAX_BYTES
    from handplay.gestures.learn.training import train

    while len(target.text_with(gestures).encode()) > MAX_BYTES and settings.samples > 1:
        settings = replace(settings, samples=settings.samples // 2)
        gestures = train(examples, form, settings)
    return gestures


def _tell_written(target: Target, change: Change, hands: int) -> None:
    new = [*change.added, *change.replaced]
    others = len(target.gestures()) - len(new)
    parts = []
    if change.replaced:
        parts.append(f"replaced {', '.join(change.replaced)}")
    if others:
        parts.append(f"kept {count(others, 'gesture')} that {'was' if others == 1 else 'were'} there")
    parts.append(_size(target.path.stat().st_size))
    typer.echo(f"\nWrote {count(len(new), 'gesture')} of {hands} hands to {target.path} ({', '.join(parts)}).")
    typer.echo(f"Try them: handplay gestures try{target.option}")


def _tell_rivals(target: Target, new: set[str]) -> None:
    """Which built-in gestures the new ones replace, and what `gestures check` says of the new ones."""
    from handplay.cli.gestures.libraries import read_libraries
    from handplay.gestures.library import builtin_library, merge
    from handplay.gestures.overlap import warnings
    from handplay.gestures.user_library import user_file

    found = {name: gesture.name for name in sorted(new) if (gesture := builtin_library().find(name)) is not None}
    replaced = [name for name, builtin in found.items() if name == builtin]
    taken = [f"{name} (of {builtin})" for name, builtin in found.items() if name != builtin]
    if replaced:
        typer.echo(f"Where this file is used, they take the place of the built-in {', '.join(replaced)}.")
    if taken:
        typer.echo(f"Where this file is used, they take other names of built-in gestures: {', '.join(taken)}.")
    own = user_file()
    is_own = own.exists() and own.samefile(target.path)
    library = merge(read_libraries(None if is_own else [target.path]))
    file = str(own if is_own else target.path)
    remarks = [one for one in warnings(library, file) if any(f"'{name}'" in one.reason for name in new)]
    for remark in remarks[:MOST_WARNINGS]:
        typer.echo(f"warning: {remark}", err=True)
    if len(remarks) > MOST_WARNINGS:
        typer.echo(f"and {len(remarks) - MOST_WARNINGS} more: handplay gestures check {target.path}", err=True)


def _size(size: int) -> str:
    kilobytes = size / 1000
    return f"{kilobytes:.0f} kB" if kilobytes >= 10 else f"{kilobytes:.1f} kB"


def _tell_few(examples: Examples) -> None:
    """A word about gestures of which hardly any hand was seen."""
    counts = {name: int((examples.classes == number).sum()) for number, name in enumerate(examples.names)}
    few = [f"{name} ({seen})" for name, seen in counts.items() if seen < FEW]
    if few:
        typer.echo(f"Few hands of {', '.join(few)}: others may show it differently; {ENOUGH} of each are a good start.")


def _tell_rest(gestures: tuple[Gesture, ...]) -> None:
    """A word about gestures that hands at ease show."""
    from handplay.gestures.learn.rest import REST_TOLD, shown_at_rest

    shown = {name: share for name, share in shown_at_rest(gestures).items() if share >= REST_TOLD}
    if shown:
        rows = ", ".join(f"{name} ({share:.0%})" for name, share in sorted(shown.items(), key=lambda row: -row[1]))
        typer.echo(f"Hands at rest may be taken for {rows}: rows labelled none that show them teach what is not meant.")


def _tell(table: LandmarkTable, form: Form, judged: Evaluation | None, gestures: tuple[Gesture, ...]) -> None:
    from handplay.cli.gestures.eval import print_evaluation

    others = [gesture.name for gesture in gestures if gesture.kind == "template"] if form == "pose" else []
    if others:
        typer.echo(f"No words describe {', '.join(others)}: kept as templates.")
    if judged is None:
        typer.echo("Too few hands for a cross-validation.")
        return
    by = "persons that were left out" if any(table.persons) else "rows that were left out (the table names no persons)"
    typer.echo(f"\n{form}, judged on {by}:")
    print_evaluation(judged)
