"""The one-time download, against a real server on loopback."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import importlib.util
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from handplay.engine.errors import DownloadFailed
from handplay.engine.tracking import download
from handplay.engine.tracking.bundle import BUNDLE_FILE
from handplay.engine.tracking.download import download_models
from handplay.engine.tracking.model_files import BUNDLE_NAMES, WHEEL_NAMES, verify_tensors
from handplay.engine.tracking.models import find_models


@dataclass
class Script:
    """What the server does, and what it saw."""

    body: bytes
    status: int = 200
    etag: str | None = '"first"'
    modified: str | None = None
    ranges: bool = True
    says_length: bool = True
    cut_after: int | None = None
    stall_after: int | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def __init__(self, script: Script, done: threading.Event, *args: object) -> None:
        self.script, self.done = script, done
        super().__init__(*args)  # type: ignore[arg-type]  # the socketserver's own three

    def do_GET(self) -> None:
        script = self.script
        headers = {name.lower(): value for name, value in self.headers.items()}
        script.requests.append(headers)
        if script.status != 200:
            self.send_error(script.status)
            return
        start = 0
        wanted = headers.get("range")
        if wanted and script.ranges and headers.get("if-range") in (script.etag, script.modified):
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(script.body):
                self.send_error(416)
                return
        body = script.body[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(script.body) - 1}/{len(script.body)}")
        if script.says_length:
            self.send_header("Content-Length", str(len(body)))
        for name, value in (("ETag", script.etag), ("Last-Modified", script.modified)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the client may leave early
            self.wfile.write(body[: script.cut_after])
        script.sent.append(len(body[: script.cut_after]))
        if script.stall_after is not None:
            self.wfile.flush()
            self.done.wait(10)

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Server:
    script: Script
    url: str


@pytest.fixture
def server(bundle: bytes) -> Iterator[Server]:
    script, done = Script(bundle), threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, script, done)) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Server(script, f"http://127.0.0.1:{http.server_address[1]}/models/{BUNDLE_FILE}")
        done.set()
        http.shutdown()
        thread.join()


def wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("mediapipe")
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A task bundle, stored, of the wheel's two full models."""
    folder = wheel_folder()
    if folder is None:
        pytest.skip("the mediapipe wheel is not installed: no real models to serve")
    path = tmp_path_factory.mktemp("bundle") / BUNDLE_FILE
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for kind, place in (("palm", "palm_detection"), ("landmark", "hand_landmark")):
            archive.write(folder / "modules" / place / WHEEL_NAMES[kind, "full"], BUNDLE_NAMES[kind])  # type: ignore[index]  # the two kinds
    return path.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


WHOLE = sorted(BUNDLE_NAMES.values())
PART = f"{BUNDLE_FILE}.part"


def test_a_good_file_gives_two_models_and_leaves_nothing_else(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    found = download_models(
        tmp_path / "cache" / "models",
        url=server.url,
        progress=lambda done, total: seen.append((done, total)),
        sha256=hashlib.sha256(server.script.body).hexdigest().upper(),
    )
    assert names(tmp_path / "cache" / "models") == WHOLE
    assert find_models(models_dir=tmp_path / "cache" / "models").palm == found.palm
    verify_tensors("palm", found.palm)
    verify_tensors("landmark", found.landmark)
    total = len(server.script.body)
    assert seen[0] == (0, total)
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)


def test_without_a_length_the_zip_itself_decides(server: Server, tmp_path: Path) -> None:
    server.script.says_length = False
    download_models(tmp_path, url=server.url)
    assert names(tmp_path) == WHOLE


def test_cut_without_a_length_is_noticed(server: Server, tmp_path: Path) -> None:
    server.script.says_length, server.script.cut_after = False, 1_000_000
    with pytest.raises(DownloadFailed, match=r"is not the model bundle: .* is not a whole"):
        download_models(tmp_path, url=server.url)
    assert names(tmp_path) == []


def test_a_wrong_sum_is_refused_and_nothing_is_kept(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"SHA-256 begins with [0-9a-f]{12}, expected 000000000000"):
        download_models(tmp_path, url=server.url, sha256="0" * 64)
    assert names(tmp_path) == []


@pytest.mark.parametrize("validator", ["etag", "date"])
def test_a_cut_connection_is_resumed(server: Server, tmp_path: Path, validator: str) -> None:
    script = server.script
    if validator == "date":
        script.etag, script.modified = 'W/"weak"', "Wed, 12 Apr 2023 10:00:00 GMT"
    script.cut_after = 3_000_000
    with pytest.raises(DownloadFailed, match=r"was cut at 3\.0 of 7\.8 MB .* again: it goes on from there"):
        download_models(tmp_path, url=server.url)
    assert names(tmp_path) == [PART, f"{PART}.json"]
    script.cut_after = None
    seen: list[int] = []
    download_models(tmp_path, url=server.url, progress=lambda done, total: seen.append(done))
    assert names(tmp_path) == WHOLE
    assert seen[0] == 3_000_000
    assert script.requests[1]["range"] == "bytes=3000000-"
    assert script.sent == [3_000_000, len(script.body) - 3_000_000]


@pytest.mark.parametrize("how", ["no ranges", "another file by now", "no validator", "another address"])
def test_what_cannot_be_resumed_begins_again(server: Server, tmp_path: Path, how: str) -> None:
    script = server.script
    if how == "no validator":
        script.etag = None
    script.cut_after = 3_000_000
    with pytest.raises(DownloadFailed, match="was cut"):
        download_models(tmp_path, url=server.url)
    script.cut_after = None
    script.ranges = how != "no ranges"
    if how == "another file by now":
        script.etag = '"second"'
    url = server.url + "?other" if how == "another address" else server.url
    seen: list[tuple[int, int | None]] = []
    download_models(tmp_path, url=url, progress=lambda done, total: seen.append((done, total)))
    assert names(tmp_path) == WHOLE
    assert script.sent[1] == len(script.body)
    assert (seen[0], seen[-1]) == ((0, len(script.body)), (len(script.body), len(script.body)))


def test_a_part_longer_than_the_file_begins_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / PART).write_bytes(b"x" * (len(server.script.body) + 5))
    (tmp_path / f"{PART}.json").write_text(f'{{"url": "{server.url}", "validator": "\\"first\\""}}', encoding="utf-8")
    download_models(tmp_path, url=server.url)
    assert names(tmp_path) == WHOLE
    assert len(server.script.requests) == 2


@pytest.mark.parametrize("note", ["", "{", "[1]", '{"url": 3}'], ids=["empty", "torn", "list", "no validator"])
def test_a_damaged_note_begins_again(server: Server, tmp_path: Path, note: str) -> None:
    (tmp_path / PART).write_bytes(b"leftover")
    (tmp_path / f"{PART}.json").write_text(note, encoding="utf-8")
    download_models(tmp_path, url=server.url)
    assert names(tmp_path) == WHOLE


def test_a_silent_server_is_given_up(server: Server, tmp_path: Path) -> None:
    server.script.cut_after = server.script.stall_after = 200_000
    with pytest.raises(DownloadFailed, match=r"was cut at 0\.2 of 7\.8 MB \(it took too long\)"):
        download_models(tmp_path, url=server.url, timeout_s=0.3)


@pytest.mark.parametrize("status", [404, 503])
def test_an_http_error_is_told(server: Server, tmp_path: Path, status: int) -> None:
    server.script.status = status
    with pytest.raises(DownloadFailed, match=rf"127\.0\.0\.1:\d+ answered {status} .*--models DIR"):
        download_models(tmp_path, url=server.url)
    assert names(tmp_path) == []


def test_offline_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = taken.getsockname()[1]
        with pytest.raises(DownloadFailed, match=r"No answer from 127\.0\.0\.1:\d+: Connection refused"):
            download_models(tmp_path, url=f"http://127.0.0.1:{port}/x.task", timeout_s=5)
    assert names(tmp_path) == []


def test_a_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_name(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    with pytest.raises(DownloadFailed, match="is this computer offline"):
        download_models(tmp_path, url="http://models.invalid/x.task")


def test_a_foreign_file_is_refused(server: Server, tmp_path: Path) -> None:
    server.script.body = b"<html>please log in to this network</html>"
    with pytest.raises(DownloadFailed, match=r"is not the model bundle: the file is not a whole"):
        download_models(tmp_path, url=server.url)
    assert names(tmp_path) == []


def test_swapped_models_are_refused_by_their_tensors(server: Server, tmp_path: Path) -> None:
    source = tmp_path / "good.zip"
    source.write_bytes(server.script.body)
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        bad.writestr(WHOLE[0], good.read(WHOLE[1]))
        bad.writestr(WHOLE[1], good.read(WHOLE[0]))
    server.script.body = (tmp_path / "bad.zip").read_bytes()
    with pytest.raises(DownloadFailed, match=r"hand_detector\.tflite in the file is not a palm detection model"):
        download_models(tmp_path / "out", url=server.url)
    assert names(tmp_path / "out") == []


def test_too_large_is_refused_before_it_is_fetched(
    monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
) -> None:
    monkeypatch.setattr(download, "_LARGEST_BYTES", 1 << 20)
    with pytest.raises(DownloadFailed, match="has 7 MB; the model bundle has about 8"):
        download_models(tmp_path, url=server.url)
    server.script.says_length = False
    with pytest.raises(DownloadFailed, match="sends more than 1 MB"):
        download_models(tmp_path, url=server.url)
    assert names(tmp_path) == []


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path) -> None:
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 1_000_000}))  # type: ignore[attr-defined]  # the module's own import
    with pytest.raises(DownloadFailed, match="not enough disk space"):
        download_models(tmp_path, url=server.url)


def test_a_disk_that_fills_up_on_the_way_is_told(
    monkeypatch: pytest.MonkeyPatch, server: Server, tmp_path: Path
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "unpack_bundle", full)
    with pytest.raises(DownloadFailed, match="not enough disk space"):
        download_models(tmp_path, url=server.url)


def test_a_destination_that_is_a_file_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("in the way", encoding="utf-8")
    with pytest.raises(DownloadFailed, match=r"cannot be written to .*models: File exists"):
        download_models(tmp_path / "models", url=server.url)


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="No answer from"):
        download_models(tmp_path, url="nonsense")
