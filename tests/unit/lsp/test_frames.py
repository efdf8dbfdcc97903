"""Messages are found in the stream however it is cut, and behind whatever is no message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.lsp.frames import MAX_MESSAGE_BYTES, Frames


def read(stream: bytes, size: int) -> tuple[list[bytes], list[str]]:
    bodies: list[bytes] = []
    complaints: list[str] = []
    frames = Frames(bodies.append, complaints.append)
    for at in range(0, len(stream), size):
        frames.feed(stream[at : at + size])
    return bodies, complaints


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@given(bodies=st.lists(st.binary(max_size=50), max_size=5), size=st.integers(1, 40))
def test_bodies_come_as_they_were_sent_however_the_stream_is_cut(
    bodies: list[bytes], size: int
) -> None:
    assert read(b"".join(map(framed, bodies)), size) == (bodies, [])


@given(noise=st.binary(max_size=300), size=st.integers(1, 400))
def test_no_noise_raises(noise: bytes, size: int) -> None:
    read(noise, size)


@given(noise=st.binary(max_size=300).filter(lambda noise: b":" not in noise))
def test_a_message_is_found_behind_noise(noise: bytes) -> None:
    bodies, complaints = read(noise + framed(b"{}"), 64)
    assert bodies == [b"{}"]
    assert len(complaints) == (1 if noise else 0) or noise.strip(b"\r\n") == b""


def test_a_message_that_is_too_long_is_passed_over_without_being_kept() -> None:
    complaints: list[str] = []
    bodies: list[bytes] = []
    frames = Frames(bodies.append, complaints.append)
    frames.feed(b"Content-Length: %d\r\n\r\n" % (MAX_MESSAGE_BYTES + 1))
    for _ in range(MAX_MESSAGE_BYTES // (1 << 20)):
        frames.feed(bytes(1 << 20))
    frames.feed(b"x" + framed(b"next"))
    assert bodies == [b"next"]
    assert len(complaints) == 1
