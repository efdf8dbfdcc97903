from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.wire import framing
from understudy.wire.framing import JsonLines, ServerSentEvents, WholeJson, framing_for
from understudy.wire.trouble import TroubleError, WebPageError

ODD = "a\u2028b\u2029c\u0085d\x0b\x0c\x1c\x1d\x1eπ😀"


def events_of(reader: framing.Framing, chunks: list[bytes]) -> list[bytes]:
    found = [event for chunk in chunks for event in reader.feed(chunk)]
    return found + reader.end()


def cut(body: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(body) + 1) for place in places), len(body)]
    return [body[start:end] for start, end in pairwise(edges)]


FIELDS = [b"data: ", b"data:", b"data", b"error: x", b"event: e", b": note", b"id: 1"]
OTHERS = [b"\n", b"\r", b"\r\n", b"{}", b" ", ODD.encode(), b"\xff", b"x", b"\xef\xbb\xbf"]
pieces = st.lists(st.sampled_from(FIELDS + OTHERS), max_size=40).map(b"".join)
places = st.lists(st.integers(0, 10_000), max_size=60)


@given(pieces, places)
def test_any_split_of_the_bytes_gives_the_same_server_sent_events(
    body: bytes, at: list[int]
) -> None:
    assert events_of(ServerSentEvents(), cut(body, at)) == events_of(ServerSentEvents(), [body])


@given(pieces, places)
def test_any_split_of_the_bytes_gives_the_same_lines(body: bytes, at: list[int]) -> None:
    assert events_of(JsonLines(), cut(body, at)) == events_of(JsonLines(), [body])


@given(pieces)
def test_every_byte_for_itself_gives_the_same_events(body: bytes) -> None:
    single = [bytes([byte]) for byte in body]
    assert events_of(ServerSentEvents(), single) == events_of(ServerSentEvents(), [body])


@given(
    st.lists(st.dictionaries(st.text(), st.text()), max_size=6),
    st.sampled_from(["\n", "\r", "\r\n"]),
    places,
)
def test_what_was_sent_is_what_is_read(
    values: list[dict[str, str]], end: str, at: list[int]
) -> None:
    body = "".join(
        f": note{end}data: {json.dumps(value, ensure_ascii=False)}{end}{end}" for value in values
    ).encode()
    found = events_of(ServerSentEvents(), cut(body, at))
    assert [json.loads(event.decode()) for event in found] == values


def test_characters_that_end_lines_for_others_stay_inside_their_event() -> None:
    body = f"data: {ODD}\n\n".encode()
    assert events_of(ServerSentEvents(), [body]) == [ODD.encode()]
    assert events_of(JsonLines(), [f"{ODD}\n".encode()]) == [ODD.encode()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"data:a\n\ndata:  b\n\n", [b"a", b" b"]),
        (b"data\n\n", []),
        (b"data:\n\n", []),
        (b": comment\n\n", []),
        (b"event: ping\nid: 7\nretry: 3\n\n", []),
        (b"\xef\xbb\xbfdata: a\n\n", [b"a"]),
        (b"data: a", [b"a"]),
        (b"data: a\n", [b"a"]),
        (b"data: a\r", [b"a"]),
        (b'error: {"code":500}\n\n', [b'{"code":500}']),
        (b"database: a\n\n", []),
        (b"\n\n\n", []),
    ],
)
def test_fields_are_read_as_the_standard_says(body: bytes, expected: list[bytes]) -> None:
    assert events_of(ServerSentEvents(), [body]) == expected


@pytest.mark.parametrize("repeated", [b"data: xxxx", b"data: xxxx\n"])
def test_an_event_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch, repeated: bytes) -> None:
    monkeypatch.setattr(framing, "MAX_EVENT_BYTES", 1000)
    with pytest.raises(TroubleError) as caught:
        events_of(ServerSentEvents(), [repeated] * 200)
    assert caught.value.kind == "too_large"


def test_many_small_events_are_no_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "MAX_EVENT_BYTES", 1000)
    assert len(events_of(ServerSentEvents(), [b"data: xxxx\n\n"] * 200)) == 200


def test_a_line_that_comes_byte_by_byte_costs_no_more_than_its_length() -> None:
    reader = JsonLines()
    for _ in range(300_000):
        reader.feed(b"x")
    assert reader.feed(b"\n") == [b"x" * 300_000]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"data: {}", ServerSentEvents),
        (b": hello", ServerSentEvents),
        (b"event: ping", ServerSentEvents),
        (b"\xef\xbb\xbfdata: {}", ServerSentEvents),
        (b"d", ServerSentEvents),
        (b'{"error"', WholeJson),
        (b"\xef\xbb\xbf[", WholeJson),
        (b"[{", WholeJson),
    ],
)
def test_the_first_bytes_tell_how_a_body_is_read(start: bytes, kind: type) -> None:
    assert type(framing_for(start, "sse")) is kind


def test_a_web_page_is_no_reply() -> None:
    with pytest.raises(WebPageError):
        framing_for(b"<!doctype html>", "sse")
    with pytest.raises(WebPageError):
        framing_for(b"<html>", "ndjson")


def test_lines_of_json_begin_with_a_bracket_too() -> None:
    assert type(framing_for(b'{"message"', "ndjson")) is JsonLines


def test_a_whole_value_is_one_event() -> None:
    assert events_of(WholeJson(), [b"\xef\xbb\xbf", b'{"a":', b"\n1}"]) == [b'{"a":\n1}']
