"""Motion JPEG over HTTP, taken apart: the headers of a stream, and its pictures one by one.

A stream is a `multipart/x-mixed-replace` answer: boundary, a few header lines, one JPEG, boundary, ... for ever.
Pure: bytes in, JPEGs out; no sockets here.
"""

from __future__ import annotations

from email.message import Message

from handplay.engine.sources.images import is_whole

MAX_PART_BYTES = 64 * 1024 * 1024
"""A part that is larger is no picture of a camera (an uncompressed 4K picture is 25 MB)."""


class MultipartError(ValueError):
    """The bytes are not a multipart stream."""


def boundary_of(content_type: str) -> bytes | None:
    """The boundary that a `Content-Type` header names, without its leading dashes; None if it is no multipart."""
    message = Message()
    message["Content-Type"] = content_type
    if message.get_content_maintype() != "multipart":
        return None
    boundary = message.get_boundary()
    # Many cameras write the two dashes of the delimiter into the header too.
    return boundary.encode("latin-1", "replace").removeprefix(b"--") if boundary else b""


class MultipartParser:
    """Cuts a byte stream into the bodies of its parts.

    Args:
        boundary: from `boundary_of`; b"" takes the first line of the stream that begins with dashes.
    """

    def __init__(self, boundary: bytes) -> None:
        self._boundary = b"--" + boundary if boundary else b""
        self._buffer = bytearray()
        self._length: int | None = None
        self._in_body = False
        self._searched = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Takes the next bytes and gives the bodies that are complete by now, oldest first.

        Raises:
            MultipartError: no boundary or no end where one must be.
        """
        self._buffer += data
        bodies = []
        while True:
            body = self._body() if self._in_body else None
            if body is not None:
                if body:
                    bodies.append(body)
                continue
            if self._in_body or not self._headers():
                break
        if len(self._buffer) > MAX_PART_BYTES:
            raise MultipartError(f"a part of more than {MAX_PART_BYTES} bytes")
        return bodies

    def _headers(self) -> bool:
        """Skips to the next boundary and reads the headers after it; False if they are not complete yet."""
        if not self._boundary and not self._adopt_boundary():
            return False
        start = self._buffer.find(self._boundary)
        if start < 0:
            # Whatever stands before a boundary is no picture; only its last bytes may be the boundary's begin.
            del self._buffer[: max(0, len(self._buffer) - len(self._boundary))]
            return False
        end, width = _blank_line(self._buffer, start)
        if end < 0:
            if len(self._buffer) - start > 64 * 1024:
                raise MultipartError("headers of a part without an end")
            return False
        self._length = None
        for line in bytes(self._buffer[start:end]).splitlines()[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                self._length = int(value)
        if self._length is not None and self._length > MAX_PART_BYTES:
            raise MultipartError(f"a part of {self._length} bytes")
        del self._buffer[: end + width]
        self._in_body = True
        self._searched = 0
        return True

    def _body(self) -> bytes | None:
        """The body that begins at the start of the buffer, or None if its end has not come yet."""
        if self._length is not None:
            if len(self._buffer) < self._length:
                return None
            end = self._length
        else:
            end = self._buffer.find(b"\n" + self._boundary, self._searched)
            if end < 0:
                self._searched = max(0, len(self._buffer) - len(self._boundary) - 2)
                # Some cameras write the boundary with the next picture only: waiting for it is a picture's delay.
                so_far = self._buffer.rstrip(b"\r\n")
                if not so_far.endswith(b"\xff\xd9") or not is_whole(so_far):
                    return None
                end = len(so_far)
            elif self._buffer[end - 1 : end] == b"\r":
                end -= 1
        body = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._in_body = False
        return body

    def _adopt_boundary(self) -> bool:
        line, newline, _ = self._buffer.partition(b"\n")
        if not newline:
            return False
        if not line.startswith(b"--"):
            raise MultipartError("a stream that begins without a boundary")
        self._boundary = bytes(line).rstrip()
        return True


def _blank_line(buffer: bytearray, start: int) -> tuple[int, int]:
    """Where the first empty line begins and how many bytes it has, or (-1, 0)."""
    candidates = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := buffer.find(mark, start)) >= 0]
    return min(candidates, default=(-1, 0))
