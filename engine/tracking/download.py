"""The one-time download of Google's task bundle: resumed or begun again, checked, and never half written.

The bytes go to `hand_landmarker.task.part` in the destination. When the connection is cut, that file stays, with the
server's ETag (or date) beside it, and the next call asks for the rest on the condition that the file is still the
same; a server that cannot do that sends all of it, and the part is begun again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.client
import json
import os
import shutil
import socket
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handplay.engine.errors import DownloadFailed, ModelRefused
from handplay.engine.tracking.bundle import BUNDLE_FILE, unpack_bundle
from handplay.engine.tracking.model_files import BUNDLE_NAMES
from handplay.engine.tracking.models import ModelSet

OFFICIAL_URL = (
    "https://storage.googleapis.com/mediapipe-models/hand_landmarker/hand_landmarker/float16/1/hand_landmarker.task"
)

Progress = Callable[[int, "int | None"], None]
"""Takes the bytes on disk and the bytes in all, None if the server does not say."""

_TIMEOUT_S = 20.0
"""Silence after which the server is given up: connecting, and each single read."""
_BLOCK_BYTES = 64 << 10
_LARGEST_BYTES = 64 << 20
"""The bundle has about 7.8 MB."""
_AGAIN = "Run 'handplay doctor --download-models' again"


def download_models(
    destination: Path,
    *,
    url: str = OFFICIAL_URL,
    progress: Progress | None = None,
    sha256: str | None = None,
    timeout_s: float = _TIMEOUT_S,
) -> ModelSet:
    """Fetches the task bundle and unpacks its two full models into a folder.

    Args:
        destination: the folder, made if it is not there.
        url: where the bundle is.
        progress: called with each block.
        sha256: hex sum that the bundle must have; without it, the zip's checksums and the tensors' shapes decide.
        timeout_s: longest silence of the server.

    Raises:
        DownloadFailed: with one sentence on what went wrong. Model files appear only when all checks have passed.
    """
    part = destination / f"{BUNDLE_FILE}.part"
    note = destination / f"{BUNDLE_FILE}.part.json"
    try:
        destination.mkdir(parents=True, exist_ok=True)
        _fetch(url, part, note, progress, timeout_s)
        _verify_sum(part, note, url, sha256)
        try:
            unpack_bundle(part, destination)
        except ModelRefused as error:
            _forget(part, note)
            told = str(error).replace(str(part), "the file")
            raise DownloadFailed(f"{url} is not the model bundle: {told} Nothing was kept.") from error
        _forget(part, note)
    except OSError as error:
        raise DownloadFailed(_disk_sentence(error, destination)) from error
    palm, landmark = (destination / BUNDLE_NAMES[kind] for kind in ("palm", "landmark"))
    return ModelSet(palm, landmark, "full", f"{destination} (downloaded)")


def _fetch(url: str, part: Path, note: Path, progress: Progress | None, timeout_s: float) -> None:
    """Brings `part` to its full length. OSError only for trouble with the disk."""
    done, validator = _resume_point(url, part, note)
    host = urllib.parse.urlsplit(url).netloc or url
    try:
        response = _open(url, done, validator, timeout_s)
        if response is None:  # the server has less than we have, or another file: begin again
            _forget(part, note)
            response = _open(url, 0, None, timeout_s)
    except urllib.error.HTTPError as error:
        with error:
            raise DownloadFailed(f"{host} answered {error.code} {error.reason} to {url}. {_by_hand()}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DownloadFailed(f"No answer from {host}: {_reason(error)}. Check the connection. {_by_hand()}") from error
    if response is None:
        raise DownloadFailed(f"{host} answered 416 Range Not Satisfiable to {url}. {_by_hand()}")
    with response:
        done = done if response.status == 206 else 0
        total = _total(response, done)
        if total is not None and total > _LARGEST_BYTES:
            raise DownloadFailed(f"{url} has {total >> 20} MB; the model bundle has about 8. Nothing was kept.")
        if total is not None and total - done > shutil.disk_usage(part.parent).free:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = _save(response, url, part, note, done, total, progress)
    if total is not None and done < total:
        raise DownloadFailed(_cut_sentence(host, done, total, "the server closed it", validator_known=note.is_file()))


def _save(
    response: http.client.HTTPResponse,
    url: str,
    part: Path,
    note: Path,
    done: int,
    total: int | None,
    progress: Progress | None,
) -> int:
    """Appends the answer's body to the part; returns the bytes on disk."""
    if not done:
        _forget(part, note)
        validator = _validator(response)
        if validator:
            note.write_text(json.dumps({"url": url, "validator": validator}), encoding="utf-8")
    with part.open("ab") as file:
        while True:
            if progress:
                progress(done, total)
            try:
                block = response.read(_BLOCK_BYTES)
            except (OSError, http.client.HTTPException) as error:
                host = urllib.parse.urlsplit(url).netloc
                known = note.is_file()
                raise DownloadFailed(_cut_sentence(host, done, total, _reason(error), validator_known=known)) from error
            if not block:
                return done
            file.write(block)
            done += len(block)
            if done > _LARGEST_BYTES:
                file.close()  # Windows does not remove an open file
                _forget(part, note)
                raise DownloadFailed(f"{url} sends more than {_LARGEST_BYTES >> 20} MB: that is not the model bundle.")


def _open(url: str, done: int, validator: str | None, timeout_s: float) -> http.client.HTTPResponse | None:
    """The server's answer; None if it cannot continue where we are."""
    headers = {"User-Agent": "handplay", "Accept-Encoding": "identity"}
    if done and validator:
        headers |= {"Range": f"bytes={done}-", "If-Range": validator}
    request = urllib.request.Request(url, headers=headers)
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=timeout_s)
    except urllib.error.HTTPError as error:
        if error.code != 416 or not done:
            raise
        error.close()
        return None
    if response.status == 206 and not (response.headers.get("Content-Range") or "").startswith(f"bytes {done}-"):
        response.close()
        return None
    return response


def _resume_point(url: str, part: Path, note: Path) -> tuple[int, str | None]:
    """Bytes on disk and the validator they belong to; 0 if there is nothing to go on from."""
    try:
        told: Any = json.loads(note.read_text(encoding="utf-8"))
        if told["url"] == url and part.stat().st_size:
            return part.stat().st_size, str(told["validator"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, None


def _validator(response: http.client.HTTPResponse) -> str | None:
    """What If-Range may carry: a strong ETag or a date (RFC 9110, 13.1.5)."""
    etag = response.headers.get("ETag")
    if etag and not etag.startswith("W/"):
        return etag
    return response.headers.get("Last-Modified")


def _total(response: http.client.HTTPResponse, done: int) -> int | None:
    length = response.headers.get("Content-Length")
    return done + int(length) if length and length.isdigit() else None


def _verify_sum(part: Path, note: Path, url: str, sha256: str | None) -> None:
    if sha256 is None:
        return
    found = hashlib.sha256(part.read_bytes()).hexdigest()
    if found != sha256.lower():
        _forget(part, note)
        raise DownloadFailed(
            f"{url} is not the expected file: its SHA-256 begins with {found[:12]}, expected {sha256[:12]}. "
            "Nothing was kept."
        )


def _forget(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def _reason(error: BaseException) -> str:
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException):
        return _reason(error.reason)
    if isinstance(error, socket.gaierror):
        return "its name cannot be found (is this computer offline?)"
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _cut_sentence(host: str, done: int, total: int | None, why: str, *, validator_known: bool) -> str:
    of = f" of {total / 1e6:.1f}" if total is not None else ""
    then = "it goes on from there" if validator_known else "it begins anew"
    return f"The connection to {host} was cut at {done / 1e6:.1f}{of} MB ({why}). {_AGAIN}: {then}."


def _disk_sentence(error: OSError, destination: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"There is not enough disk space in {destination} for the models (about 16 MB). Make room and try again."
    return f"The models cannot be written to {destination}: {error.strerror or error}."


def _by_hand() -> str:
    return f"{_AGAIN} later, or fetch {BUNDLE_FILE} elsewhere and name its folder with --models DIR."
