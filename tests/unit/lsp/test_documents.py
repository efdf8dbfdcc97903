"""An open document's text is the client's, at every version, whatever is typed where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.e2e.editor import Buffer
from understudy.core.lines import split_lines
from understudy.core.rebase import rebase_lines
from understudy.lsp.documents import Change, Document

if TYPE_CHECKING:
    from understudy.core.lines import Encoding

PIECES = (
    "a",
    "bc",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "é",
    "e\u0301",
    "π",
    "😀",
    "👩‍👩‍👧",
    "\u2028",
    "\f",
    "\x85",
    "\ufeff",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")

Typed = tuple[int, int, str]
"""Two places in the text, as numbers to be cut to its length, and what replaces it between them."""

STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), TEXTS), min_size=1, max_size=3),
    max_size=8,
)


@given(start=TEXTS, steps=STEPS, encoding=st.sampled_from(ENCODINGS))
@example(start="a\r", steps=[[(2, 2, "\n")]], encoding="utf-16")
@example(start="a\r\nb", steps=[[(1, 3, "")]], encoding="utf-16")
@example(start="a\n", steps=[[(1, 1, "\r")]], encoding="utf-8")
@example(start="", steps=[[(0, 0, "\r")], [(1, 1, "\n")]], encoding="utf-32")
@example(start="\r\r", steps=[[(1, 2, "")], [(1, 1, "\n")]], encoding="utf-32")
@settings(max_examples=400)
def test_the_text_is_the_clients_at_every_version(
    start: str, steps: list[list[Typed]], encoding: Encoding
) -> None:
    buffer = Buffer(start, encoding)
    document = Document("file:///a", "python", 0, start)
    for version, typed in enumerate(steps, 1):
        document.change(version, [change_of(buffer, one) for one in typed], encoding)
        assert document.text == buffer.text
        assert document.version == version
        assert document.line_count == len(split_lines(buffer.text))
        assert document.index.lines == split_lines(buffer.text)


@given(start=TEXTS, steps=STEPS, line=st.integers(0, 5))
@settings(max_examples=400)
def test_a_line_that_is_carried_over_changes_is_still_the_same_line(
    start: str, steps: list[list[Typed]], line: int
) -> None:
    buffer = Buffer(start)
    document = Document("file:///a", "python", 0, start)
    line = min(line, document.line_count - 1)
    before = document.line(line)
    for version, typed in enumerate(steps, 1):
        document.change(version, [change_of(buffer, one) for one in typed], "utf-16")
    changes = document.changes_since(0)
    assert changes is not None
    moved = rebase_lines(range(line, line + 1), changes)
    if moved is not None:
        assert document.line(moved.start) == before


@given(start=TEXTS, whole=TEXTS)
def test_a_change_without_a_range_is_the_whole_text(start: str, whole: str) -> None:
    document = Document("file:///a", "python", 0, start)
    document.change(1, [Change(whole)], "utf-16")
    assert document.text == whole


@given(
    start=TEXTS,
    place=st.tuples(st.integers(-3, 30), st.integers(-3, 30)),
    encoding=st.sampled_from(ENCODINGS),
)
def test_any_position_is_some_place_in_the_text(
    start: str, place: tuple[int, int], encoding: Encoding
) -> None:
    document = Document("file:///a", "python", 0, start)
    document.change(1, [Change("|", place, place)], encoding)
    assert document.text.replace("|", "", 1) == start


def test_an_insertion_past_the_end_of_a_last_line_without_an_end_comes_last() -> None:
    document = Document("file:///a", "python", 0, "one\nabc")
    document.change(1, [Change("X", (1, 3), (1, 3))], "utf-16")
    document.change(2, [Change("Y", (1, 5), (1, 99))], "utf-16")
    document.change(3, [Change("Z", (7, 0), (9, 9))], "utf-16")
    assert document.text == "one\nabcXYZ"


def test_what_happened_is_unknown_once_the_versions_stop_rising() -> None:
    document = Document("file:///a", "python", 3, "a")
    document.change(4, [Change("b")], "utf-16")
    assert document.changes_since(3)
    document.change(4, [Change("c")], "utf-16")
    assert document.changes_since(3) is None
    assert document.changes_since(4) is None
    document.change(5, [Change("d")], "utf-16")
    assert document.changes_since(4) is None


def change_of(buffer: Buffer, typed: Typed) -> Change:
    """Replace in the buffer, and say it as a client would."""
    first, second, new = typed
    start, end = sorted((min(first, len(buffer.text)), min(second, len(buffer.text))))
    place = buffer.place(start, end)
    # Editors never cut a line end in two: both name the place before it.
    buffer.edit([{"range": place, "newText": new}])
    return Change(new, _pair(place["start"]), _pair(place["end"]))


def _pair(position: dict[str, int]) -> tuple[int, int]:
    return position["line"], position["character"]


def test_what_came_before_a_version_that_does_not_rise_is_unknown() -> None:
    document = Document("file:///a.py", "python", 5, "a\nb\nc\n")
    document.change(3, [Change("", (0, 0), (1, 0))], "utf-16")
    assert document.changes_since(5) is None
    assert document.changes_since(3) is None


def test_a_document_that_missed_a_change_takes_nothing_but_a_whole_text() -> None:
    document = Document("file:///a", "python", 1, "a\nb\n")
    document.lose()
    document.change(2, [Change("x", (0, 0), (0, 0))], "utf-16")
    assert document.text == "a\nb\n"
    assert document.changes_since(1) is None
    assert document.changes_since(2) is None
    document.change(
        3, [Change("y", (0, 0), (0, 0)), Change("c\n"), Change("d", (0, 1), (0, 1))], "utf-16"
    )
    assert not document.lost
    assert document.text == "cd\n"
    assert document.changes_since(1) is None
    assert document.changes_since(2) is None
    assert document.changes_since(3) == ()
    document.change(4, [Change("e", (0, 0), (0, 0))], "utf-16")
    assert document.text == "ecd\n"
    assert document.changes_since(3) is not None
