"""What `handplay doctor` looks at, one function a thing; none of them raises."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from handplay.engine.errors import HandplayError, ModelMissing

Level = Literal["ok", "warning", "problem"]

_NEEDED = ("ai-edge-litert", "numpy", "opencv-contrib-python", "pillow", "platformdirs", "pygame-ce", "rich", "scipy")
_NOT_A_SCREEN = ("offscreen", "dummy")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        level: "problem" keeps handplay from working.
        what: a word or two.
        detail: what was found, a sentence or a version.
        remedy: what to do about it.
    """

    level: Level
    what: str
    detail: str
    remedy: str = ""


Check = Callable[[], Iterable[Finding]]


def all_checks() -> Iterator[Finding]:
    """All findings, in the order a person would solve them."""
    checks: tuple[tuple[str, Check], ...] = (
        ("Python", check_python),
        ("Packages", check_packages),
        ("Models", check_models),
        ("Camera", check_cameras),
        ("Display", check_display),
        ("Sound", check_sound),
        ("Fonts", check_fonts),
        ("Folders", check_folders),
        ("Gestures", check_gestures),
    )
    for what, check in checks:
        yield from guarded(what, check)


def guarded(what: str, check: Check) -> Iterator[Finding]:
    """The findings of a check; an error of any kind is a finding too."""
    try:
        yield from check()
    except HandplayError as error:
        yield Finding("problem", what, str(error))
    except ImportError as error:
        yield Finding("problem", what, f"{error}.", "Install handplay again: pip install --force-reinstall handplay")
    except Exception as error:
        yield Finding("problem", what, f"unexpected {type(error).__name__}: {error}")


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """The interpreter."""
    text = f"{'.'.join(map(str, version))} on {platform.system()} {platform.machine()}"
    if version < (3, 10):
        yield Finding("problem", "Python", text, "handplay needs Python 3.10 or newer.")
    else:
        yield Finding("ok", "Python", text)


def installed_packages() -> dict[str, str]:
    """Name (normalized as in PEP 503) to version of every installed distribution."""
    found = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name:
            found[re.sub(r"[-_.]+", "-", name).lower()] = distribution.version
    return found


def check_packages(installed: dict[str, str] | None = None) -> Iterator[Finding]:
    """What handplay needs is there, and only one package each brings `cv2` and `pygame`: two overwrite each other."""
    installed = installed_packages() if installed is None else installed
    rivals: dict[str, tuple[str, list[str]]] = {
        "cv2": ("opencv-contrib-python", sorted(name for name in installed if name.startswith("opencv-"))),
        "pygame": ("pygame-ce", [name for name in ("pygame", "pygame-ce") if name in installed]),
    }
    faults = 0
    for module, (wanted, names) in rivals.items():
        if len(names) > 1:
            faults += 1
            yield Finding(
                "problem",
                "Packages",
                f"{' and '.join(names)} all bring '{module}' and overwrite each other's files.",
                f"Run: pip uninstall -y {' '.join(names)}, then: pip install {wanted}",
            )
    missing = [name for name in _NEEDED if name not in installed]
    for wanted, names in rivals.values():
        if wanted in missing and names:  # the plain sister brings the same module
            missing.remove(wanted)
    if missing:
        faults += 1
        yield Finding(
            "problem", "Packages", f"Not installed: {', '.join(missing)}.", f"Run: pip install {' '.join(missing)}"
        )
    if not faults:
        versions = (f"{name} {installed[name]}" for names in rivals.values() for name in names[1])
        litert = f"ai-edge-litert {installed['ai-edge-litert']}, numpy {installed['numpy']}"
        yield Finding("ok", "Packages", f"{litert}, {', '.join(versions)}")


def check_models() -> Iterator[Finding]:
    """Both variants are there and verified; the one that plays runs."""
    from handplay.engine.tracking.models import ModelVariant, find_models
    from handplay.engine.tracking.tracker import load_networks

    try:
        full = find_models("full")
    except ModelMissing as error:
        yield Finding("problem", "Models", str(error))
        return
    yield Finding("ok", "Models", f"full, from {full.origin}")
    lite: ModelVariant = "lite"
    try:
        yield Finding("ok", "Models", f"lite, from {find_models(lite).origin}")
    except ModelMissing:
        yield Finding(
            "warning", "Models", "The lite models are not here: --model lite does not work.", "full is better."
        )

    import numpy as np

    networks = load_networks("full")
    took = []
    for network, size in ((networks.palm, 192), (networks.hand, 224)):
        picture = np.zeros((size, size, 3), np.uint8)
        network.infer(picture)
        start = time.perf_counter()
        network.infer(picture)
        took.append(f"{(time.perf_counter() - start) * 1e3:.1f} ms")
    yield Finding("ok", "Models", f"LiteRT runs them: palm {took[0]}, landmarks {took[1]}")


def check_cameras() -> Iterator[Finding]:
    """Each camera opens; none at all is no fault."""
    from handplay.engine.sources.camera_list import list_cameras

    with _unheard():
        found = list_cameras()
    if not found:
        yield Finding("warning", "Camera", "None found.", "Plug one in, or play with --source demo.")
    for camera in found:
        name = f"{camera.index} ({camera.name})" if camera.name else str(camera.index)
        if camera.problem:
            yield Finding("warning", "Camera", f"{name}: {camera.problem}")
        else:
            yield Finding("ok", "Camera", f"{name}: {camera.width}x{camera.height}, {camera.fps:.0f} fps")


def check_display() -> Iterator[Finding]:
    """A window could be opened."""
    pygame = _pygame()
    remedy = "Games run with --headless only; 'handplay track' needs none."
    try:
        with _unheard():
            pygame.display.init()
        driver = pygame.display.get_driver()
        # SDL draws into memory when it finds no screen.
        if driver in _NOT_A_SCREEN:
            yield Finding("warning", "Display", "No screen found.", remedy)
        else:
            width, height = pygame.display.get_desktop_sizes()[0]
            yield Finding("ok", "Display", f"{width}x{height} ({driver})")
    except pygame.error as error:
        yield Finding("warning", "Display", f"No screen found ({error}).", remedy)
    finally:
        pygame.display.quit()


def check_sound() -> Iterator[Finding]:
    """A sound device opens."""
    pygame = _pygame()
    try:
        with _unheard():
            pygame.mixer.init()
        yield Finding("ok", "Sound", f"{pygame.mixer.get_init()[0]} Hz")
    except (pygame.error, NotImplementedError):
        yield Finding("warning", "Sound", "No sound device found.", "Games are silent without one.")
    finally:
        pygame.mixer.quit()


def check_fonts() -> Iterator[Finding]:
    """The fonts of the games load."""
    from typing import get_args

    from handplay.engine.stage.theme import FontName, font_file

    pygame = _pygame()
    pygame.font.init()
    files = [font_file(name) for name in get_args(FontName)]
    for file in files:
        pygame.font.Font(str(file), 24)
    yield Finding("ok", "Fonts", ", ".join(dict.fromkeys(file.stem for file in files)))


def folders_in_use() -> dict[str, Path]:
    """Where handplay keeps things, by what lies there and, if one is set, the variable that names the place."""
    from handplay.engine.folders import CONFIG_VARIABLE, DATA_VARIABLE, config_folder, data_folder
    from handplay.engine.tracking.models import cache_dir
    from handplay.games.airdraw.data_folder import saving_folder

    def named(what: str, variable: str) -> str:
        return f"{what} ({variable})" if os.environ.get(variable, "").strip() else what

    return {
        named("settings, gestures", CONFIG_VARIABLE): config_folder(),
        named("scores, unfinished drawings", DATA_VARIABLE): data_folder(),
        named("saved drawings", DATA_VARIABLE): saving_folder(),
        "downloaded models": cache_dir(),
    }


def check_folders(folders: dict[str, Path] | None = None) -> Iterator[Finding]:
    """Where handplay keeps things can be written to. Nothing is made."""
    folders = folders_in_use() if folders is None else folders
    for what, folder in folders.items():
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
            yield Finding("ok", "Folders", f"{what}: {folder}")
        else:
            yield Finding(
                "warning", "Folders", f"{what}: {folder} cannot be written to.", f"Check the permissions of {nearest}."
            )


def _pygame() -> Any:
    """The module, imported without its greeting."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    return pygame


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Keeps C libraries (ALSA, V4L) from writing to the terminal: what they mean is told as a finding."""
    sys.stderr.flush()
    kept, silence = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silence, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(silence)


def check_gestures() -> Iterator[Finding]:
    """The user's library: with a fault in it no game starts."""
    from handplay.cli.gestures.libraries import read_libraries
    from handplay.cli.words import count
    from handplay.gestures.library import merge
    from handplay.gestures.problems import ProblemsFound
    from handplay.gestures.user_library import user_files

    try:
        files = read_libraries(None)
        merge(files)
    except ProblemsFound as error:
        remedy = "Mend the line, or move the file away; 'handplay gestures check FILE' tells all."
        yield Finding("problem", "Gestures", f"{error.problems[0]}.", remedy)
        return
    own = f", {count(len(files[1].gestures), 'gesture')} of yours in {user_files()[0]}" if len(files) > 1 else ""
    yield Finding("ok", "Gestures", f"{len(files[0].gestures)} built in{own}")
