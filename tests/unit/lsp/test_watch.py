"""An offered edit is recognised when it arrives and when it is taken back, however it is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.minimise import minimise
from understudy.core.text import apply
from understudy.engine.survival import Left
from understudy.lsp.documents import Change, Document
from understudy.lsp.ready import Ready, places_of
from understudy.lsp.waiting import ReadyEdits
from understudy.lsp.watch import Fate, watch_of

CASES = {
    "a word": ("a\nreslt\nb\n", "a\nresult\nb\n"),
    "an insertion above everything": ("a\nb\n", "import os\na\nb\n"),
    "an insertion at the end": ("a", "a\nb"),
    "a deleted line": ("import os\na\n", "a\n"),
    "one of two equal lines": ("a\na\nb\n", "a\nb\n"),
    "everything": ("a\n", ""),
    "a beginning": ("", "a\n"),
    "several places": ("a\nb\nc\nd\ne\n", "import os\na\nB\nc\ne\nf\n"),
    "CRLF": ("a\r\nreslt\r\n", "import os\r\na\r\nresult\r\n"),
}
EACH = pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())


class Scene:
    def __init__(self, before: str, after: str) -> None:
        self.document = Document("file:///a", "python", 0, before)
        self.after = after
        self.watch = watch_of(("1",), self.document, minimise(before, after))

    def becomes(self, text: str, now: float = 0.0) -> Fate | None:
        """The text changes by small edits, in one notification."""
        index = self.document.index
        changes = [
            Change(one.text, index.position(one.span.start), index.position(one.span.end))
            for one in reversed(minimise(index.text, text))
        ]
        return self._look(changes, now)

    def is_replaced(self, text: str, now: float = 0.0) -> Fate | None:
        """The whole text is sent."""
        return self._look([Change(text)], now)

    def _look(self, changes: list[Change], now: float) -> Fate | None:
        version = self.document.version
        self.document.change(version + 1, changes, "utf-32")
        happened = self.document.changes_since(version)
        assert happened is not None
        return self.watch.look(self.document, happened, now)


@EACH
def test_an_edit_arrives_and_is_taken_back(before: str, after: str) -> None:
    scene = Scene(before, after)
    assert scene.becomes(after) is Fate.APPLIED
    assert scene.watch.left(scene.document) == Left(1.0, back=False)
    assert scene.becomes(before, now=59.0) is Fate.UNDONE
    assert scene.watch.left(scene.document) == Left(0.0, back=True)


@EACH
def test_an_edit_that_is_undone_and_redone_has_arrived_again(before: str, after: str) -> None:
    scene = Scene(before, after)
    scene.becomes(after)
    for now in (50.0, 100.0):
        assert scene.becomes(before, now=now) is Fate.UNDONE
        assert scene.is_replaced(after, now=now + 1) is Fate.APPLIED
    assert scene.watch.left(scene.document) == Left(1.0, back=False)


@EACH
def test_an_edit_is_found_again_after_its_document_was_closed(before: str, after: str) -> None:
    around = "def first():\n    pass\n", "\ndef last():\n    pass\n"
    scene = Scene(before.join(around), after.join(around))
    scene.becomes(after.join(around))
    again = after.join(("# Above.\n" + around[0], around[1]))
    scene.document = Document("file:///a", "python", 0, again)
    assert scene.watch.resume(scene.document) == Left(1.0, back=False)
    gone = before.join(("# Above.\n" + around[0], around[1]))
    assert scene.becomes(gone, now=59.0) is Fate.UNDONE


@EACH
def test_an_edit_arrives_and_is_taken_back_as_a_whole_text(before: str, after: str) -> None:
    scene = Scene(before, after)
    assert scene.is_replaced(after) is Fate.APPLIED
    assert scene.is_replaced(before) is Fate.UNDONE


@EACH
def test_an_edit_that_is_taken_back_late_was_not_undone(before: str, after: str) -> None:
    scene = Scene(before, after)
    assert scene.becomes(after) is Fate.APPLIED
    assert scene.becomes(before, now=61.0) is None


@EACH
def test_typing_above_changes_nothing(before: str, after: str) -> None:
    scene = Scene(f"#\n#\n{before}", f"#\n#\n{after}")
    assert scene.becomes(f"# one\n#\n{before}") is None
    assert scene.becomes(f"# one\n# two\n#\n{before}") is None
    assert scene.becomes(f"# one\n# two\n#\n{after}") is Fate.APPLIED
    assert scene.becomes(f"#\n{after}") is None
    assert scene.watch.left(scene.document).share == 1.0
    assert scene.becomes(f"#\n{before}") is Fate.UNDONE


def test_what_is_typed_over_did_not_survive() -> None:
    scene = Scene("a\nb\nc\n", "a\nB\nD\nc\n")
    assert scene.becomes("a\nB\nD\nc\n") is Fate.APPLIED
    assert scene.becomes("a\nB\nX\nc\n") is None
    assert scene.watch.left(scene.document).share == 0.5


def test_another_edit_of_the_same_lines_is_not_the_offered_one() -> None:
    scene = Scene("a\nreslt\n", "a\nresult\n")
    assert scene.becomes("a\nrest\n") is None


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "é😀\n", "\n"]), max_size=6).map("".join)


@given(before=LINES, after=LINES, above=LINES, below=LINES)
def test_a_waiting_edit_does_the_same_after_typing_around_it(
    before: str, after: str, above: str, below: str
) -> None:
    before, after = f"<\n{before}>\n", f"<\n{after}>\n"
    edits = minimise(before, after)
    if not edits:
        return
    document = Document("u", "python", 1, before)
    waiting = ReadyEdits()
    waiting.put(Ready("1", "u", 1, places_of(document.index, edits), (), "title"))
    moved = f"{above}{before}{below}"
    document.change(2, [Change(above, (0, 0), (0, 0))], "utf-16")
    end = (document.line_count - 1, 0)
    document.change(3, [Change(below, end, end)], "utf-16")
    assert document.text == moved
    waiting.follow("u", 3, document.changes_since(1), document.line)
    ready = waiting.get("1")
    assert ready is not None
    assert apply(moved, ready.edits(document.index)) == f"{above}{after}{below}"
