from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.base import Image
from handplay.engine.sources.camera import CameraSettings, CameraSource, choose_mode
from handplay.engine.sources.camera_device import open_device
from handplay.engine.sources.camera_list import CameraInfo, camera_indices, find_camera, list_cameras, why_closed
from handplay.engine.sources.opencv import load_cv2

cv2 = load_cv2()
MJPG = cv2.VideoWriter_fourcc(*"MJPG")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lists its cameras")


class Clock:
    """Time that passes when a picture is read."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class FakeDevice:
    """A camera that has the given modes and gives what `pictures` says; every read takes `read_s`."""

    def __init__(
        self,
        modes: dict[tuple[int, int], float] | None = None,
        *,
        clock: Clock | None = None,
        opened: bool = True,
        read_s: float = 0.03,
    ) -> None:
        self.modes = modes or {(1280, 720): 30.0}
        self.clock = clock or Clock()
        self.opened, self.read_s = opened, read_s
        self.released = 0
        self.behaviour = "noise"
        self.set_order: list[tuple[int, float]] = []
        self._values: dict[int, float] = {cv2.CAP_PROP_FOURCC: 0.0}
        self._rng = np.random.default_rng(0)
        self._last: Image = self._noise()

    def _noise(self) -> Image:
        return self._rng.integers(20, 200, (48, 64, 3), dtype=np.uint8)

    def isOpened(self) -> bool:  # OpenCV's name
        return self.opened

    def set(self, prop: int, value: float, /) -> bool:
        self.set_order.append((prop, value))
        self._values[prop] = value
        return True

    def get(self, prop: int, /) -> float:
        wanted = (int(self._values.get(3, 640)), int(self._values.get(4, 480)))
        nearest = min(self.modes, key=lambda mode: abs(mode[0] - wanted[0]) + abs(mode[1] - wanted[1]))
        if prop == cv2.CAP_PROP_FPS:
            return min(self.modes[nearest], self._values.get(prop, 1e9)) if self.modes[nearest] else 0.0
        sizes = {cv2.CAP_PROP_FRAME_WIDTH: nearest[0], cv2.CAP_PROP_FRAME_HEIGHT: nearest[1]}
        return float(sizes.get(prop, self._values.get(prop, 0)))

    def read(self) -> tuple[bool, Any]:
        assert not self.released, "read after release"
        self.clock.now_s += self.read_s
        if self.behaviour == "fails":
            return False, None
        if self.behaviour == "noise":
            self._last = self._noise()
        if self.behaviour == "black":
            return True, np.full((48, 64, 3), int(self.clock.now_s * 100) % 2, np.uint8)
        if self.behaviour == "all zero":
            return True, np.zeros((48, 64, 3), np.uint8)
        if self.behaviour == "grey":
            return True, self._noise()[..., 0]
        return True, self._last

    def release(self) -> None:
        self.released += 1


def make_camera(device: FakeDevice, **options: Any) -> CameraSource:
    options.setdefault("settings", CameraSettings(retry_s=1e-6))
    return CameraSource(0, open_capture=lambda index: device, clock=device.clock, **options)


def test_pictures_with_the_time_of_their_arrival() -> None:
    device = FakeDevice()
    camera = make_camera(device, mirrored=True)
    info = camera.info
    assert (info.name, info.kind, info.width, info.height, info.fps) == ("camera 0", "live", 64, 48, 30.0)
    assert info.mirrored
    frames = [camera.read() for _ in range(3)]
    assert [frame.index for frame in frames if frame] == [0, 1, 2]
    assert [frame.time_s for frame in frames if frame] == pytest.approx([100.03, 100.06, 100.09])


MODES = {
    "fast enough at 720p": ({(1280, 720): 30.0, (640, 480): 60.0}, (1280, 720, 30.0)),
    "720p too slow": ({(1280, 720): 10.0, (640, 480): 30.0}, (640, 480, 30.0)),
    "720p slow, 480p no faster": ({(1280, 720): 10.0, (640, 480): 10.0}, (1280, 720, 10.0)),
    "rate not known": ({(1280, 720): 0.0, (640, 480): 0.0}, (1280, 720, 0.0)),
    "only small": ({(640, 480): 25.0}, (640, 480, 25.0)),
}


@pytest.mark.parametrize(("modes", "wanted"), MODES.values(), ids=MODES)
def test_the_mode_is_chosen(modes: dict[tuple[int, int], float], wanted: tuple[int, int, float]) -> None:
    mode = choose_mode(FakeDevice(modes), width=None, height=None, fps=None, good_fps=30.0)
    assert (mode.width, mode.height, mode.fps) == wanted


@pytest.mark.parametrize(
    ("asked", "size"),
    [({"width": 800, "height": 600}, (800, 600)), ({"width": 640}, (640, 360)), ({"height": 360}, (640, 360))],
)
def test_a_size_that_was_asked_for(asked: dict[str, int], size: tuple[int, int]) -> None:
    device = FakeDevice({size: 30.0, (1280, 720): 30.0})
    make_camera(device, **asked)
    widths = [value for prop, value in device.set_order if prop == cv2.CAP_PROP_FRAME_WIDTH]
    heights = [value for prop, value in device.set_order if prop == cv2.CAP_PROP_FRAME_HEIGHT]
    assert (widths, heights) == ([size[0]], [size[1]])


def test_mjpg_and_one_buffer_are_asked_for() -> None:
    device = FakeDevice()
    make_camera(device, fps=15)
    assert (cv2.CAP_PROP_BUFFERSIZE, 1) in device.set_order
    assert (cv2.CAP_PROP_FPS, 15) in device.set_order
    props = [prop for prop, _ in device.set_order]
    assert (cv2.CAP_PROP_FOURCC, MJPG) in device.set_order
    assert props.index(cv2.CAP_PROP_FOURCC) < props.index(cv2.CAP_PROP_FRAME_WIDTH)


BROKEN = {
    "gives nothing any more": ("fails", "gives no more pictures: it was unplugged"),
    "repeats its last picture": ("repeats", "has repeated the same picture for 3 s"),
    "black with noise": ("black", "gives only black pictures.*macOS"),
    "black": ("all zero", "gives only black pictures.*macOS"),
}


@pytest.mark.parametrize(("behaviour", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_camera_that_breaks_is_told_in_seconds(behaviour: str, sentence: str) -> None:
    device = FakeDevice()
    camera = make_camera(device)
    camera.read()
    device.behaviour = behaviour

    def read_on() -> None:
        for _ in range(1000):
            camera.read()

    with pytest.raises(SourceUnreadable, match=sentence):
        read_on()
    assert device.clock.now_s < 110


def test_a_hiccup_is_forgiven() -> None:
    device = FakeDevice()
    camera = make_camera(device)
    camera.read()
    real_read = device.read
    answers = [(False, None)] * 5
    device.read = lambda: answers.pop() if answers else real_read()  # type: ignore[method-assign]  # five failures
    frame = camera.read()
    assert frame is not None
    assert frame.index == 1


def test_repeated_pictures_are_not_handed_out() -> None:
    device = FakeDevice()
    camera = make_camera(device)
    first = camera.read()
    real_read = device.read
    repeats = 3

    def read() -> tuple[bool, Any]:
        nonlocal repeats
        repeats -= 1
        device.behaviour = "repeats" if repeats >= 0 else "noise"
        return real_read()

    device.read = read  # type: ignore[method-assign]  # three repetitions
    second = camera.read()
    assert first is not None
    assert second is not None
    assert second.index == 1
    assert not np.array_equal(first.image, second.image)


def test_infrared_pictures_become_three_channels() -> None:
    device = FakeDevice()
    device.behaviour = "grey"
    frame = make_camera(device).read()
    assert frame is not None
    assert frame.image.shape == (48, 64, 3)


def test_a_camera_that_opens_and_gives_nothing() -> None:
    device = FakeDevice()
    device.behaviour = "fails"
    with pytest.raises(SourceUnreadable, match="opens but gives no picture within 5 s: another program"):
        make_camera(device)
    assert device.released == 1


def test_a_camera_that_does_not_open_is_released() -> None:
    device = FakeDevice(opened=False)
    with pytest.raises((SourceMissing, SourceUnreadable), match="amera 0"):
        make_camera(device)
    assert device.released == 1


def test_close_during_a_read_leaves_the_release_to_the_reader() -> None:
    device = FakeDevice()
    camera = make_camera(device)
    camera.read()
    inside, leave = threading.Event(), threading.Event()

    def read() -> tuple[bool, Any]:
        inside.set()
        leave.wait(20)
        assert not device.released
        return True, np.ones((48, 64, 3), np.uint8)

    device.read = read  # type: ignore[method-assign]  # a read that takes its time
    got: list[object] = []
    reader = threading.Thread(target=lambda: got.append(camera.read()))
    reader.start()
    assert inside.wait(20)
    camera.close()
    assert device.released == 0
    leave.set()
    reader.join(20)
    assert got == [None]
    assert device.released >= 1
    assert camera.read() is None


@pytest.mark.parametrize(("name", "value"), [("lost_s", 0), ("black_level", 256)])
def test_settings_are_checked(name: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"CameraSettings.{name}: got {value}"):
        CameraSettings(**{name: value})


@pytest.fixture
def plugged_in(tmp_path: Path) -> tuple[Path, Path]:
    """/sys and /dev of a computer with two cameras; the first has a node for its metadata too."""
    sysfs, devices = tmp_path / "sys", tmp_path / "dev"
    devices.mkdir()
    for number, name, index in ((0, "Integrated Camera", 0), (1, "Integrated Camera", 1), (2, "Logi C920", 0)):
        folder = sysfs / f"video{number}"
        folder.mkdir(parents=True)
        (folder / "name").write_text(name + "\n")
        (folder / "index").write_text(f"{index}\n")
        (devices / f"video{number}").touch()
    (devices / "video-extra").touch()
    return sysfs, devices


@linux
def test_cameras_are_listed_without_metadata_nodes(plugged_in: tuple[Path, Path]) -> None:
    assert camera_indices(*plugged_in) == [0, 2]


@linux
@pytest.mark.parametrize(("wanted", "index"), [("", 0), ("logi", 2), ("C920", 2), ("camera", 0), ("1", 1), ("7", 7)])
def test_a_camera_by_part_of_its_name(plugged_in: tuple[Path, Path], wanted: str, index: int) -> None:
    assert find_camera(wanted, *plugged_in) == index


@linux
def test_an_unknown_name_names_those_there_are(plugged_in: tuple[Path, Path]) -> None:
    with pytest.raises(SourceMissing, match=r"no camera named 'sony'.*0 \(Integrated Camera\), 2 \(Logi C920\).*demo"):
        find_camera("sony", *plugged_in)


@linux
def test_no_camera_at_all(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"There is no camera\. Plug one in, or use --source demo"):
        find_camera("", tmp_path, tmp_path)
    error = why_closed(3, tmp_path, tmp_path)
    assert isinstance(error, SourceMissing)
    assert str(error).startswith("There is no camera 3. No camera is plugged in.")


@linux
@pytest.mark.parametrize(
    ("index", "kind", "sentence"),
    [
        (5, SourceMissing, "There is no camera 5. There is: 0 (Integrated Camera), 2 (Logi C920)."),
        (2, SourceUnreadable, "Camera 2 (Logi C920) is there but does not open: another program is using it."),
        (1, SourceUnreadable, "Camera 1 (Integrated Camera) gives no pictures."),
    ],
    ids=["absent", "busy", "metadata"],
)
def test_why_a_camera_does_not_open(
    plugged_in: tuple[Path, Path], index: int, kind: type[Exception], sentence: str
) -> None:
    error = why_closed(index, *plugged_in)
    assert type(error) is kind
    assert str(error).startswith(sentence)


@linux
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may open anything")
def test_a_camera_that_may_not_be_used(plugged_in: tuple[Path, Path]) -> None:
    (plugged_in[1] / "video0").chmod(0)
    assert "Add yourself to the group `video`" in str(why_closed(0, *plugged_in))


def test_systems_without_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_camera("") == 0
    with pytest.raises(SourceMissing, match="have no names on this system"):
        find_camera("Logi")
    assert "this program may not use cameras" in str(why_closed(0))
    probes = {0: CameraInfo(0, "", 640, 480, 30.0), 1: CameraInfo(1, "", 0, 0, 0.0, "does not open")}
    assert list_cameras(probes.__getitem__) == [probes[0]]


@pytest.mark.skipif(Path("/dev/video0").exists(), reason="there is a camera here")
def test_the_real_thing_without_a_camera(capfd: pytest.CaptureFixture[str]) -> None:
    assert not open_device(77).isOpened()
    with pytest.raises((SourceMissing, SourceUnreadable), match="amera 77"):
        CameraSource(77)
    if sys.platform.startswith("linux"):
        assert list_cameras() == []
    assert capfd.readouterr().err == ""
