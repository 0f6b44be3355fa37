"""Finds the two model files, in a fixed order of places, and verifies them. Never downloads on its own.

    1. the folder the user names: `--models DIR`, or else the environment's HANDPLAY_MODELS
    2. the user's cache folder, where `handplay doctor --download-models` puts them
    3. the installed mediapipe package, found without importing it (its import takes most of a second)

A folder that was named is the only place looked at: without the models it is an error, not a step to the next place.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from handplay.engine.errors import ModelMissing, ModelRefused
from handplay.engine.tracking.bundle import BUNDLE_FILE, unpack_bundle
from handplay.engine.tracking.model_files import (
    BUNDLE_NAMES,
    WHEEL_NAMES,
    ModelKind,
    ModelVariant,
    check_shapes,
    verify_model,
)

__all__ = ["MODELS_VARIABLE", "ModelKind", "ModelSet", "ModelVariant", "cache_dir", "check_shapes", "find_models"]

MODELS_VARIABLE = "HANDPLAY_MODELS"

_WHEEL_FOLDERS: dict[ModelKind, str] = {"palm": "palm_detection", "landmark": "hand_landmark"}
_DOWNLOAD = "handplay doctor --download-models"


@dataclass(frozen=True, slots=True)
class ModelSet:
    """The two models that work together.

    Attributes:
        palm: the palm detection model.
        landmark: the hand keypoint model.
        variant: "full", or the faster and less exact "lite".
        origin: where they were found, in words for a person.
    """

    palm: Path
    landmark: Path
    variant: ModelVariant
    origin: str


def cache_dir() -> Path:
    """The user's cache folder for models; it need not exist."""
    return platformdirs.user_cache_path("handplay", appauthor=False) / "models"


def find_models(variant: ModelVariant = "full", models_dir: Path | None = None) -> ModelSet:
    """The first verified pair of models of the wanted variant.

    Args:
        variant: "full" or "lite".
        models_dir: a folder that must hold them (or a `hand_landmarker.task`); otherwise HANDPLAY_MODELS is asked,
            then the user's cache, then the installed mediapipe package.

    Raises:
        ModelMissing: no place has them; the message names the places and the command to run.
        ModelRefused: a file that would be used is not what its name says.
    """
    if variant not in ("full", "lite"):
        raise ValueError(f"variant: got {variant!r}, wanted 'full' or 'lite'")
    named = models_dir, "--models"
    if models_dir is None and os.environ.get(MODELS_VARIABLE):
        named = Path(os.environ[MODELS_VARIABLE]), MODELS_VARIABLE
    if named[0] is not None:
        return _from_named(variant, named[0], named[1])

    cache = cache_dir()
    looked_at = [f"the cache {cache}{_only_full(variant, cache)}"]
    found = _from_folder(variant, cache, "the user's cache folder") if cache.is_dir() else None
    if found:
        return found
    package = _mediapipe_folder()
    if package is None:
        looked_at.append("the mediapipe package (not installed)")
    else:
        found = _from_folder(variant, package, "the installed mediapipe package")
        if found:
            return found
        looked_at.append(f"the mediapipe package in {package} (it carries no model files; 0.10.21 does)")
    if variant == "lite":
        remedy = "The download has the full models only: use --model full, or install mediapipe==0.10.21."
    else:
        remedy = f"Run '{_DOWNLOAD}' once, or name their folder with --models DIR."
    raise ModelMissing(
        f"The {variant} hand models are not on this computer. Looked at {', '.join(looked_at)}. {remedy}"
    )


def _from_named(variant: ModelVariant, place: Path, who: str) -> ModelSet:
    """The models of a folder or bundle that the user named; `who` is the option or variable."""
    place = place.expanduser()
    origin = f"{place} ({who})"
    if place.is_dir():
        found = _from_folder(variant, place, origin)
        if found:
            return found
        names = " and ".join(WHEEL_NAMES[kind, variant] for kind in BUNDLE_NAMES)
        hint = f" or {BUNDLE_FILE}" if variant == "full" else _only_full(variant, place)
        raise ModelMissing(f"{who} names {place}, which does not hold {names}{hint}. Name the folder that does.")
    if place.is_file():
        if variant == "lite":
            raise ModelMissing(f"{who} names {place}: a task bundle has the full models only. Use --model full.")
        return _from_bundle(place, origin)
    raise ModelMissing(f"{who} names {place}, which does not exist. Name a folder that holds the models.")


def _from_folder(variant: ModelVariant, folder: Path, origin: str) -> ModelSet | None:
    """The models of a folder: the wheel's files, else the bundle's members, else the bundle."""
    for palm, landmark in _candidates(variant, folder):
        if palm.is_file() and landmark.is_file():
            verify_model("palm", palm)
            verify_model("landmark", landmark)
            return ModelSet(palm, landmark, variant, origin)
    bundle = folder / BUNDLE_FILE
    if variant == "full" and bundle.is_file():
        return _from_bundle(bundle, origin)
    return None


def _candidates(variant: ModelVariant, folder: Path) -> Iterator[tuple[Path, Path]]:
    palm, landmark = WHEEL_NAMES["palm", variant], WHEEL_NAMES["landmark", variant]
    yield folder / palm, folder / landmark
    for parent in (folder, folder / "modules"):  # a copy of the wheel's folders, or the package itself
        yield parent / _WHEEL_FOLDERS["palm"] / palm, parent / _WHEEL_FOLDERS["landmark"] / landmark
    if variant == "full":
        yield folder / BUNDLE_NAMES["palm"], folder / BUNDLE_NAMES["landmark"]


def _from_bundle(bundle: Path, origin: str) -> ModelSet:
    """The models of a `hand_landmarker.task`, unpacked once into the cache under the bundle's own sum."""
    try:
        digest = hashlib.sha256(bundle.read_bytes()).hexdigest()[:16]
        folder = cache_dir() / f"unpacked-{digest}"
        palm, landmark = folder / BUNDLE_NAMES["palm"], folder / BUNDLE_NAMES["landmark"]
        if not (palm.is_file() and landmark.is_file()):
            unpack_bundle(bundle, folder)
    except OSError as error:
        raise ModelRefused(
            f"{bundle} cannot be unpacked into {cache_dir()}: {error.strerror or error}. "
            f"Unpack it by hand (it is a zip) and name the folder with --models DIR."
        ) from error
    verify_model("palm", palm)
    verify_model("landmark", landmark)
    return ModelSet(palm, landmark, "full", origin)


def _only_full(variant: ModelVariant, folder: Path) -> str:
    """A remark for the message when lite is asked of a folder that has the bundle's full models."""
    if variant == "lite" and any((folder / name).is_file() for name in (BUNDLE_FILE, *BUNDLE_NAMES.values())):
        return " (it has the full models of the download only)"
    return ""


def _mediapipe_folder() -> Path | None:
    """Where the mediapipe package is installed. `find_spec` of a top-level name does not import it."""
    try:
        spec = importlib.util.find_spec("mediapipe")
    except (ImportError, ValueError):
        return None
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None
