"""Network cameras against a real server on loopback that can be unplugged and comes back."""

from __future__ import annotations

import base64
import contextlib
import http.server
import socket
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.hands import HandFrame
from handplay.engine.live.live_feed import LiveFeed
from handplay.engine.live.settings import LiveSettings
from handplay.engine.sources.address import public_address
from handplay.engine.sources.base import Image, SourceInfo
from handplay.engine.sources.network import open_network
from handplay.engine.sources.opencv import load_cv2
from handplay.engine.sources.spec import open_source

LONG_S = 20.0


class Camera:
    """A Motion JPEG camera on loopback. `unplug` cuts all its streams and closes its port, `plug_in` opens it again."""

    def __init__(self) -> None:
        self.port = 0
        self.behaviour = "stream"
        self.length = True
        self.auth = ""
        self.requests: list[str] = []
        self._server: http.server.ThreadingHTTPServer | None = None
        self._sockets: set[socket.socket] = set()
        cv2 = load_cv2()
        self._pictures = [
            cv2.imencode(".jpg", np.full((48, 64, 3), 10 * index, np.uint8))[1].tobytes() for index in range(20)
        ]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    def plug_in(self) -> None:
        camera = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera._sockets.add(self.connection)
                with contextlib.suppress(OSError):
                    camera._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        http.server.ThreadingHTTPServer.allow_reuse_address = True
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def unplug(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._sockets.clear()

    def _answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        self.requests.append(request.path)
        if self.auth and request.headers.get("Authorization") != self.auth:
            request.send_error(401)
            return
        if self.behaviour == "page":
            request.send_response(200)
            request.send_header("Content-Type", "text/html; charset=utf-8")
            request.end_headers()
            request.wfile.write(b"<html>")
            return
        if self.behaviour == "error":
            request.send_error(404)
            return
        request.send_response(200)
        request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        request.end_headers()
        if self.behaviour == "junk":
            request.wfile.write(b"--frame\r\nContent-Length: 5\r\n\r\nhello\r\n")
            return
        while self.behaviour == "stream":
            for picture in self._pictures:
                head = b"--frame\r\nContent-Type: image/jpeg\r\n"
                if self.length:
                    head += b"Content-Length: %d\r\n" % len(picture)
                request.wfile.write(head + b"\r\n" + picture + b"\r\n")
                time.sleep(0.005)
        threading.Event().wait(LONG_S if self.behaviour == "silent" else 0)


@pytest.fixture
def camera() -> Iterator[Camera]:
    camera = Camera()
    camera.plug_in()
    yield camera
    camera.behaviour = "end"
    camera.unplug()


class CountingTracker:
    """Tells the brightness of the picture by its frame's width."""

    def track(self, frame_bgr: Image, time_s: float, /) -> HandFrame:
        return HandFrame(0, time_s, frame_bgr.shape[1], frame_bgr.shape[0])

    def close(self) -> None:
        pass


@pytest.mark.parametrize("length", [True, False], ids=["with length", "without"])
def test_pictures_with_the_time_of_their_arrival(camera: Camera, length: bool) -> None:
    camera.length = length
    source = open_source(camera.url, mirrored=True)
    info = source.info
    assert (info.name, info.kind, info.width, info.height, info.mirrored) == (camera.url, "live", 64, 48, True)
    before_s = time.monotonic()
    frames = [source.read() for _ in range(10)]
    assert [frame.index for frame in frames if frame] == list(range(10))
    times = [frame.time_s for frame in frames if frame]
    assert times == sorted(times)
    assert before_s - LONG_S < times[0] <= times[-1] <= time.monotonic()
    levels = [round(float(frame.image.mean()) / 10) for frame in frames if frame]
    assert levels == list(range(levels[0], levels[0] + 10))
    source.close()
    source.close()
    assert source.read() is None


def test_scaled(camera: Camera) -> None:
    source = open_network(camera.url, width=32)
    assert (source.info.width, source.info.height) == (32, 24)
    source.close()


def test_an_unplugged_camera_is_told(camera: Camera) -> None:
    source = open_network(camera.url)
    camera.unplug()

    def read_on() -> None:
        while source.read():
            pass

    with pytest.raises(SourceUnreadable, match=r"The stream http://127.*(was cut off|has ended)\. Check"):
        read_on()
    source.close()
    with pytest.raises(SourceMissing, match="Nothing answers at http://127"):
        open_network(camera.url)


def test_a_silent_camera_is_told(camera: Camera) -> None:
    camera.behaviour = "silent"
    with pytest.raises(SourceUnreadable, match="has sent nothing for some seconds"):
        open_network(camera.url, timeout_s=0.1)


ANSWERS = {
    "page": (SourceUnreadable, "sends text/html, not a stream"),
    "error": (SourceMissing, "answers 404"),
    "junk": (SourceUnreadable, "has ended"),
}


@pytest.mark.parametrize(("behaviour", "told"), ANSWERS.items(), ids=ANSWERS)
def test_what_is_no_camera(camera: Camera, behaviour: str, told: tuple[type[Exception], str]) -> None:
    camera.behaviour = behaviour
    with pytest.raises(told[0], match=told[1]):
        open_network(camera.url)


def test_user_and_password_are_sent_and_never_told(camera: Camera) -> None:
    camera.auth = "Basic " + base64.b64encode(b"me:p w").decode()
    with pytest.raises(SourceUnreadable, match="wants a user and a password"):
        open_network(camera.url)
    source = open_network(camera.url.replace("http://", "http://me:p%20w@"))
    assert source.read() is not None
    assert source.info.name == camera.url
    source.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://u:p@cam:8080/video?token=1#x", "http://cam:8080/video"),
        ("rtsp://cam/1", "rtsp://cam/1"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_addresses_are_told_without_secrets(url: str, told: str) -> None:
    assert public_address(url) == told


def test_a_proxy_is_not_asked_for_a_camera_in_the_house(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    open_network(camera.url).close()


def test_close_wakes_a_read(camera: Camera) -> None:
    source = open_network(camera.url)
    camera.behaviour = "silent"
    got: list[object] = []

    def read_on() -> None:
        while source.read():
            pass
        got.append("ended")

    reader = threading.Thread(target=read_on, daemon=True)
    reader.start()
    time.sleep(0.2)
    begin_s = time.monotonic()
    source.close()
    reader.join(LONG_S)
    assert got == ["ended"]
    assert time.monotonic() - begin_s < 4, "it was the time-out that woke it, not close"


@pytest.mark.parametrize("scheme", ["rtsp", "tcp"])
def test_other_streams_that_are_not_there(scheme: str, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"{scheme}://127.0.0.1:{unused.getsockname()[1]}/x"
        with pytest.raises(SourceMissing, match=f"The stream {scheme}://127.* does not open"):
            open_network(url, timeout_s=1)
    assert capfd.readouterr().err == ""


def wait_for(feed: LiveFeed, state: str) -> None:
    limit_s = time.monotonic() + LONG_S
    while feed.state != state:
        assert time.monotonic() < limit_s, f"{feed.state}: {feed.message}"
        time.sleep(0.005)


def test_a_feed_survives_the_unplugging(camera: Camera) -> None:
    def make_tracker(info: SourceInfo) -> CountingTracker:
        return CountingTracker()

    settings = LiveSettings(retry_s=0.02, look_s=0.05)
    feed = LiveFeed(lambda: open_source(camera.url), make_tracker, settings=settings)
    feed.start()
    wait_for(feed, "running")
    for _ in range(2):
        camera.unplug()
        wait_for(feed, "no_source")
        assert camera.url in feed.message
        camera.plug_in()
        wait_for(feed, "running")
        assert feed.message == ""
    updates = feed.take(0.0)
    times = [update.hands.time_s for update in updates]
    assert times == sorted(times)
    assert len(updates) == feed.stats().tracked
    begin_s = time.monotonic()
    feed.close()
    assert time.monotonic() - begin_s < 5
