"""`handplay doctor`: what works here, what does not, and what to do."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from handplay.cli.checks import Finding

_WIDTH = 100


def doctor(
    download_models: Annotated[
        bool, typer.Option("--download-models", help="Fetch the hand models once (8 MB, from Google).")
    ] = False,
) -> None:
    """Say what works on this computer, what does not, and what to do."""
    if download_models:
        _download()
    from handplay.cli.checks import all_checks

    problems = warnings = 0
    for finding in all_checks():
        problems += finding.level == "problem"
        warnings += finding.level == "warning"
        _tell(finding)
    typer.echo()
    if problems:
        typer.echo(f"{_count(problems, 'problem')} to solve first: see above.")
        raise typer.Exit(1)
    typer.echo("Ready to play: handplay pong" + (f" ({_count(warnings, 'warning')}, see above)." if warnings else "."))


def _tell(finding: Finding) -> None:
    text = f"{finding.detail} {finding.remedy}".strip()
    first = f"{finding.level:<8} {finding.what:<11} "
    for line in textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False
    ):
        typer.echo(line)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _download() -> None:
    """The one download, unless the cache has the models already."""
    from handplay.cli.progress import ProgressReport
    from handplay.engine.errors import ModelError
    from handplay.engine.tracking import download
    from handplay.engine.tracking.models import cache_dir, find_models

    cache = cache_dir()
    try:
        if cache.is_dir():
            find_models("full", cache)
            typer.echo(f"The models are in {cache} already.")
            return
    except ModelError:
        pass  # not there, or damaged: fetch them
    with ProgressReport("hand_landmarker.task", None, unit="bytes") as progress:
        download.download_models(cache, url=download.OFFICIAL_URL, progress=progress.update)
    typer.echo(f"The models are in {cache} now.")
