from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handplay.engine.sources.multipart import MAX_PART_BYTES, MultipartError, MultipartParser, boundary_of

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x04cdpicture\xff\xd9"


def stream(*bodies: bytes, boundary: bytes = b"frame", length: bool = True, newline: bytes = b"\r\n") -> bytes:
    data = b""
    for body in bodies:
        head = [b"--" + boundary, b"Content-Type: image/jpeg"]
        if length:
            head.append(b"Content-length: %d" % len(body))
        data += newline.join(head) + 2 * newline + body + newline
    return data


@pytest.mark.parametrize(
    ("header", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"frame"),
        ('multipart/x-mixed-replace;boundary="a b"', b"a b"),
        ("multipart/x-mixed-replace; boundary=--myboundary", b"myboundary"),
        ("Multipart/X-Mixed-Replace; BOUNDARY=Frame", b"Frame"),
        ("multipart/x-mixed-replace", b""),
        ("image/jpeg", None),
        ("text/html; charset=utf-8", None),
        ("", None),
    ],
)
def test_the_boundary_of_a_header(header: str, boundary: bytes | None) -> None:
    assert boundary_of(header) == boundary


@pytest.mark.parametrize("length", [True, False], ids=["with length", "without"])
@pytest.mark.parametrize("newline", [b"\r\n", b"\n"], ids=["crlf", "lf"])
@pytest.mark.parametrize("boundary", [b"frame", b""], ids=["known", "from the stream"])
def test_bodies_come_out(length: bool, newline: bytes, boundary: bytes) -> None:
    bodies = [JPEG, JPEG + JPEG, JPEG]
    data = stream(*bodies, length=length, newline=newline)
    assert MultipartParser(boundary).feed(data) == bodies


@settings(max_examples=60)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.booleans())
def test_however_the_bytes_arrive(cuts: list[int], length: bool) -> None:
    data, got, at = stream(JPEG, JPEG[:-2] + b"x\xff\xd9", JPEG, length=length), [], 0
    parser = MultipartParser(b"frame")
    for cut in [*cuts, len(data)]:
        got += parser.feed(data[at : at + cut])
        at += cut
    assert got == [JPEG, JPEG[:-2] + b"x\xff\xd9", JPEG]


def test_a_picture_comes_before_the_next_boundary() -> None:
    for length in (True, False):
        parser = MultipartParser(b"frame")
        assert parser.feed(stream(JPEG, length=length)) == [JPEG]


def test_no_picture_before_its_end() -> None:
    for length in (True, False):
        parser = MultipartParser(b"frame")
        data = stream(JPEG, length=length)
        assert parser.feed(data[:-3]) == []
        assert parser.feed(data[-3:]) == [JPEG]


def test_a_stream_may_begin_in_the_middle() -> None:
    assert MultipartParser(b"frame").feed(b"rest of a picture\r\n" + stream(JPEG)) == [JPEG]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello\nworld\n", "begins without a boundary"),
        (b"--frame\r\n" + b"a: b\r\n" * 20000, "headers of a part without an end"),
        (b"--frame\r\nContent-Length: 99999999999\r\n\r\n", "a part of 99999999999 bytes"),
    ],
    ids=["no boundary", "endless headers", "absurd length"],
)
def test_what_is_no_stream(data: bytes, sentence: str) -> None:
    with pytest.raises(MultipartError, match=sentence):
        MultipartParser(b"").feed(data)


def test_a_part_without_end() -> None:
    parser = MultipartParser(b"frame")
    parser.feed(b"--frame\r\n\r\n")
    with pytest.raises(MultipartError, match="a part of more than"):
        parser.feed(bytes(MAX_PART_BYTES + 1))
