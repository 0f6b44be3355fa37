"""Google's `hand_landmarker.task`: a zip of the two full models, unpacked whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
import zlib
from pathlib import Path

from handplay.engine.errors import ModelRefused
from handplay.engine.tracking.model_files import BUNDLE_NAMES, verify_magic, verify_tensors

BUNDLE_FILE = "hand_landmarker.task"

_LARGEST_MEMBER_BYTES = 32 << 20
"""The real members have about 2.3 and 5.5 MB; a zip that unfolds to more is not the bundle."""


def unpack_bundle(bundle: Path, destination: Path) -> None:
    """Writes the two models of a task bundle into a folder, each under its member name.

    Everything is checked before the first file appears: the member names and sizes, their checksums in the zip, that
    they are .tflite files, and the shapes of their tensors. Each file is written beside its place and renamed.

    Raises:
        ModelRefused: it is not the bundle; the message says what is wrong with it.
        OSError: the folder cannot be written to.
    """
    members = read_bundle(bundle)
    destination.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, Path]] = []
    try:
        for kind, name in BUNDLE_NAMES.items():
            handle, temporary = tempfile.mkstemp(prefix=name, suffix=".part", dir=destination)
            written.append((Path(temporary), destination / name))
            with os.fdopen(handle, "wb") as file:
                file.write(members[name])
            try:
                verify_tensors(kind, Path(temporary))
            except ModelRefused as error:
                raise ModelRefused(str(error).replace(temporary, f"{name} in {bundle}")) from None
        for temporary_path, final in written:
            os.replace(temporary_path, final)
    finally:
        for temporary_path, _ in written:
            with contextlib.suppress(OSError):
                temporary_path.unlink()  # gone already if all went well


def read_bundle(bundle: Path) -> dict[str, bytes]:
    """The two models of a task bundle by member name, read and checked as far as bytes tell.

    Raises:
        ModelRefused: it is not the bundle.
    """
    try:
        with zipfile.ZipFile(bundle) as archive:
            names = set(archive.namelist())
            missing = [name for name in BUNDLE_NAMES.values() if name not in names]
            if missing:
                lacks = " and ".join(missing)
                raise ModelRefused(f"{bundle} is a zip but not Google's {BUNDLE_FILE}: it does not hold {lacks}.")
            members = {name: _member(archive, bundle, name) for name in BUNDLE_NAMES.values()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        raise ModelRefused(f"{bundle} is not a whole hand_landmarker.task: {error}. Fetch it again.") from error
    for name, data in members.items():
        verify_magic(data, f"{name} in {bundle}")
    return members


def _member(archive: zipfile.ZipFile, bundle: Path, name: str) -> bytes:
    size = archive.getinfo(name).file_size
    if size > _LARGEST_MEMBER_BYTES:
        raise ModelRefused(f"{name} in {bundle} has {size >> 20} MB, far too much for a hand model.")
    return archive.read(name)  # checks the CRC
