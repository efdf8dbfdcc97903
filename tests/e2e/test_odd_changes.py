"""A change that can't be carried out: the client's text is another one now, and nothing fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.odd import FIX, OPEN, ORIGIN, editor, filled, folder, popped_up, shared

if TYPE_CHECKING:
    from tests.e2e.editor import Editor

__all__ = ["editor", "folder", "shared"]


LOST: dict[str, tuple[str, Any]] = {
    "a change that is no list": (
        "textDocument/didChange",
        {"textDocument": {"uri": OPEN, "version": 2}, "contentChanges": {"text": "x"}},
    ),
    "a change whose second part is wrong": (
        "textDocument/didChange",
        {
            "textDocument": {"uri": OPEN, "version": 2},
            "contentChanges": [{"range": ORIGIN, "text": "x"}, {"range": ORIGIN}],
        },
    ),
    "a change at a negative place": (
        "textDocument/didChange",
        {
            "textDocument": {"uri": OPEN, "version": 2},
            "contentChanges": [
                {"range": {"start": {"line": -1, "character": 0}, "end": ORIGIN["end"]}, "text": ""}
            ],
        },
    ),
    "a version that is text": (
        "textDocument/didChange",
        {"textDocument": {"uri": OPEN, "version": "2"}, "contentChanges": [{"text": "x"}]},
    ),
    "a second opening without a text": ("textDocument/didOpen", {"textDocument": {"uri": OPEN}}),
}


@pytest.mark.parametrize(("method", "params"), LOST.values(), ids=LOST.keys())
def test_a_change_that_can_not_be_read_leaves_nothing_to_offer_until_the_whole_text_comes(
    method: str, params: Any, editor: Editor
) -> None:
    before = len(editor.wire.seen)
    editor.wire.notify(method, filled(params, editor.uri))
    assert editor.actions("reslt") == []
    # The client's text is another one now, and what it sends next belongs to that.
    editor.type(0, 0, "# b\n")
    assert editor.actions("reslt") == []
    arguments = {"uri": editor.uri, "range": editor.here("reslt")}
    fix = {"command": "understudy.fix", "arguments": [arguments]}
    assert "its text is unknown" in editor.wire.refusal(FIX, fix)
    assert not popped_up(editor, before)
    editor.whole = True
    editor.type(0, 0, "# a\n")
    editor.whole = False
    assert editor.actions("reslt")


def test_a_document_that_missed_a_change_is_known_again_when_it_is_opened_again(
    editor: Editor,
) -> None:
    editor.wire.notify("textDocument/didChange", {"textDocument": {"uri": editor.uri}})
    assert editor.actions("reslt") == []
    editor.close()
    editor.open()
    assert editor.actions("reslt")


def test_an_edit_that_waits_is_dropped_with_the_change_that_could_not_be_read(
    editor: Editor,
) -> None:
    before = len(editor.wire.seen)
    editor.choose = None
    run = editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest", after=before)
    editor.wire.notify("textDocument/didChange", {"textDocument": {"uri": editor.uri}})
    take = {"command": "understudy.take", "arguments": [{"editId": run}]}
    assert "waits no longer" in editor.wire.refusal(FIX, take)
    editor.whole = True
    editor.type(0, 0, "# a\n")
    editor.whole = False
    assert "waits no longer" in editor.wire.refusal(FIX, take)


def test_a_column_of_2_to_the_32_means_the_end_of_the_line(editor: Editor) -> None:
    place = {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 2**32 - 1}}
    new = "return reslt + 1"
    start = editor.buffer.text.index("return")
    editor.buffer.text = f"{editor.buffer.text[:start]}{new}\n"
    editor.version += 1
    document = {"uri": editor.uri, "version": editor.version}
    change = {"range": place, "text": new}
    editor.wire.notify(
        "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
    )
    far = {"range": place, "message": "far", "severity": 1}
    titles = [one["title"] for one in editor.actions("reslt", diagnostics=[far])]
    assert "Understudy: Fix: far" in titles
    arguments = {"uri": editor.uri, "range": place, "diagnostics": [far]}
    assert "runId" in editor.execute("understudy.fix", arguments)
