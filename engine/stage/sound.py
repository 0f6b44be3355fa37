"""Sounds by name: synthesized files, at most eight voices, panned to where it happens, silent without a device.

Files are loaded by a thread of their own, so that nothing waits for them; a sound that is not there yet stays silent.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import sys
import threading
from importlib import resources

import pygame

SOUNDS = (
    "hit", "wall", "serve", "score", "miss", "win", "lose", "count", "go", "select", "hover", "found", "lost",
    "pen_down", "pen_up", "undo", "redo", "snap", "saved",
)  # fmt: skip
"""Names of all sounds. "hit" has `PITCHES` steps, for rallies that rise."""

PITCHES = 12
VOICES = 8
_RATE = 44_100
_BUFFER = 512  # samples: 12 ms from the call to the ear


class Sound:
    """Plays sounds.

    Args:
        mute: starts silent; can be switched.
        volume: 0..1.
        off: True never opens a device (headless runs).
    """

    def __init__(self, *, mute: bool = False, volume: float = 0.8, off: bool = False) -> None:
        self.mute = mute
        self.volume = volume
        self.note = ""
        """One sentence if there is no sound device, else empty."""
        self._off = off
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._loader: threading.Thread | None = None
        self._closing = threading.Event()

    def start(self) -> None:
        """Opens the device and loads, in a thread: some systems take seconds to say that there is no device.

        Never fails: without a device it stays silent and `note` says so.
        """
        if self._off or self._loader is not None:
            return
        self._loader = threading.Thread(target=self._open_and_load, name="handplay-sounds", daemon=True)
        self._loader.start()

    def play(self, name: str, *, x: float = 0.5, pitch: int = 0, volume: float = 1.0) -> None:
        """Plays a sound; when all eight voices are busy the oldest gives way.

        Args:
            name: one of `SOUNDS`.
            x: where it happens, 0 left .. 1 right.
            pitch: step of the scale, for "hit"; beyond the highest stays the highest.
            volume: 0..1 of this one.
        """
        if name not in SOUNDS:
            raise ValueError(f"Sound.play: got {name!r}, wanted one of {', '.join(SOUNDS)}")
        if self._off or self.mute:
            return
        sound = self._sounds.get(file_stem(name, pitch))
        if sound is None:
            return
        channel = pygame.mixer.find_channel(force=True)
        left, right = pan(x)
        level = self.volume * volume
        channel.set_volume(left * level, right * level)
        channel.play(sound)

    def close(self) -> None:
        """Silence; lets go of the device. A device that is still being opened is left to the end of the process."""
        self._closing.set()
        if self._loader is None:
            return
        self._loader.join(timeout=0.5)
        if not self._loader.is_alive():
            self._sounds.clear()
            pygame.mixer.quit()
            self._loader = None

    def _open_and_load(self) -> None:
        _hush_alsa()
        try:
            pygame.mixer.init(frequency=_RATE, size=-16, channels=2, buffer=_BUFFER, allowedchanges=0)
            pygame.mixer.set_num_channels(VOICES)
        except (pygame.error, NotImplementedError):
            self._off = True
            self.note = "No sound device found: playing without sound"
            return
        self._load()

    def _load(self) -> None:
        folder = resources.files("handplay.assets") / "sounds"
        for name in SOUNDS:
            for pitch in range(PITCHES if name == "hit" else 1):
                if self._closing.is_set():
                    return
                stem = file_stem(name, pitch)
                try:
                    with (folder / f"{stem}.wav").open("rb") as stream:
                        self._sounds[stem] = pygame.mixer.Sound(file=stream)
                except (OSError, pygame.error):
                    continue  # silence is fine


def _hush_alsa() -> None:
    """Keeps ALSA from writing a screenful about a missing device over the terminal; the note on the scene is enough.

    The handler must be C code: ALSA calls it from threads of its own while Python's lock is held by the one that waits
    for them. `getpid` takes no argument and does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(nothing)


def file_stem(name: str, pitch: int = 0) -> str:
    """File name of a sound, without suffix."""
    if name == "hit":
        return f"hit_{min(PITCHES - 1, max(0, pitch)):02d}"
    return name


def pan(x: float) -> tuple[float, float]:
    """Left and right volume of a place 0..1: equal power, and never wholly on one side."""
    angle = (0.15 + 0.7 * min(1.0, max(0.0, x))) * math.pi / 2
    return math.cos(angle), math.sin(angle)
