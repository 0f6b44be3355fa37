"""`handplay doctor`: what works here, what does not, and what to do."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from handplay.cli.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    findings = []
    for finding in all_checks():
        findings.append(finding)
        _tell(finding)
    typer.echo()
    typer.echo(verdict(findings))
    if any(finding.level == "problem" for finding in findings):
        raise typer.Exit(1)


def verdict(findings: Sequence[Finding]) -> str:
    """What to do next on this computer: the end of the report."""
    problems = sum(finding.level == "problem" for finding in findings)
    if problems:
        return f"{count(problems, 'problem')} to solve first: see above."
    looked_for = {finding.what for finding in findings}
    lacking = looked_for - {finding.what for finding in findings if finding.level == "ok"}
    play = "handplay pong --source demo" if "Camera" in lacking else "handplay pong"
    warnings = sum(finding.level == "warning" for finding in findings)
    seen = f" ({count(warnings, 'warning')}, see above)" if warnings else ""
    if "Display" in lacking:
        return f"No screen to play on, all else works{seen}. Without one:\n  {play} --headless --duration 10"
    return f"Ready to play: {play}{seen}."


def _tell(finding: Finding) -> None:
    text = f"{finding.detail} {finding.remedy}".strip()
    first = f"{finding.level:<8} {finding.what:<11} "
    for line in textwrap.wrap(
        text,
        min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    ):
        typer.echo(line)


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
