"""Runs a TensorFlow Lite file with LiteRT and XNNPACK: the one module that knows the runtime's name."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32
from handplay.engine.errors import ModelRefused

_BYTE = np.float32(1 / 255)


class ImageModel(Protocol):
    """A network with one picture as input. The seam for another runtime, and for tests."""

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        """Runs the network once.

        Args:
            picture: uint8 (height, width, 3), RGB, of the network's input size.

        Returns:
            The outputs in the order of their names, without the batch axis. Yours to keep.
        """
        ...


def default_threads(cpu_count: int | None = None) -> int:
    """Threads for one network: all of two processors, one less than there are above that, at most 4.

    The models are small: beyond 4 threads they wait for each other, and a game loop wants a processor of its own.
    """
    count = cpu_count or os.cpu_count() or 1
    return count if count <= 2 else min(4, count - 1)


class LiteModel:
    """One network in memory. Not for use by two threads at once.

    Args:
        path: the model file, verified by `handplay.engine.tracking.models`.
        threads: XNNPACK threads, None to choose from the machine.

    Attributes:
        input_shape: of the one input, with the batch axis.
        output_shapes: in the order of the outputs' names, with the batch axis.

    Raises:
        ModelRefused: the runtime cannot read the file.
    """

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        from ai_edge_litert.interpreter import Interpreter

        if threads is not None and threads < 1:
            raise ValueError(f"threads: got {threads}, wanted 1 or more")
        try:
            with _first_words_unheard():
                # Bytes, since the runtime does not open every path that Python opens (other alphabets on Windows).
                self._interpreter: Any = Interpreter(
                    model_content=path.read_bytes(), num_threads=threads or default_threads()
                )
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise ModelRefused(
                f"{path} is not a model that LiteRT can run ({reason}). Replace the file; `handplay doctor` says how."
            ) from error
        (entry,) = self._interpreter.get_input_details()[:1]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda detail: str(detail["name"]))
        self.input_shape: tuple[int, ...] = tuple(int(n) for n in entry["shape"])
        self.output_shapes: tuple[tuple[int, ...], ...] = tuple(
            tuple(int(n) for n in detail["shape"]) for detail in outputs
        )
        self._input = self._interpreter.tensor(entry["index"])
        self._outputs = [self._interpreter.tensor(detail["index"]) for detail in outputs]

    def infer(self, picture: NDArray[np.uint8]) -> tuple[Float32, ...]:
        """See `ImageModel.infer`."""
        # Straight into the network's memory; no view may outlive the line, or the runtime refuses to run.
        np.multiply(picture, _BYTE, out=self._input()[0])
        self._interpreter.invoke()
        return tuple(np.array(output()[0], np.float32) for output in self._outputs)


_spoken = threading.Lock()


@contextlib.contextmanager
def _first_words_unheard() -> Iterator[None]:
    """The runtime greets the first network of a process with a line on stderr that no option turns off."""
    if not _spoken.acquire(blocking=False):
        yield
        return
    # Never released: the greeting comes once.
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all
        yield
        return
    silence = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silence, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(silence)
