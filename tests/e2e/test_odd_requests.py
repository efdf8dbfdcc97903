"""Whatever is wrong with a request, the answer is a sentence and the server goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.odd import FIX, OPEN, ORIGIN, editor, filled, folder, popped_up, shared
from tests.e2e.raw_client import hello

if TYPE_CHECKING:
    from tests.e2e.editor import Editor

__all__ = ["editor", "folder", "shared"]


REQUESTS: dict[str, tuple[str, Any]] = {
    "an unknown method": ("textDocument/unheardOf", {}),
    "an unknown $ method": ("$/unheardOf", None),
    "a method that only the server sends": ("window/showDocument", {"uri": "x"}),
    "parameters that are a list": ("textDocument/hover", [1, 2]),
    "parameters that are text": ("textDocument/codeAction", "x"),
    "no parameters": ("textDocument/codeAction", None),
    "a missing range": ("textDocument/codeAction", {"textDocument": {"uri": OPEN}}),
    "a line that is text": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": "0", "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "a negative line": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "a huge line": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": OPEN},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 1e30, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "an unknown document": (
        "textDocument/codeAction",
        {
            "textDocument": {"uri": "file:///nowhere.py"},
            "range": ORIGIN,
            "context": {"diagnostics": []},
        },
    ),
    "a command without a name": (FIX, {"arguments": []}),
    "an unknown command": (FIX, {"command": "understudy.dance"}),
    "a foreign command": (FIX, {"command": "workbench.action.reload", "arguments": [{}]}),
    "arguments that are no list": (FIX, {"command": "understudy.fix", "arguments": "x"}),
    "two arguments": (FIX, {"command": "understudy.fix", "arguments": [{}, {}]}),
    "an argument that is text": (FIX, {"command": "understudy.fix", "arguments": ["x"]}),
    "no argument": (FIX, {"command": "understudy.fix"}),
    "a missing member": (FIX, {"command": "understudy.fix", "arguments": [{"uri": OPEN}]}),
    "a range that is a list": (
        FIX,
        {"command": "understudy.fix", "arguments": [{"uri": OPEN, "range": []}]},
    ),
    "a negative character": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [
                {
                    "uri": OPEN,
                    "range": {
                        "start": {"line": 0, "character": -3},
                        "end": {"line": 0, "character": 0},
                    },
                }
            ],
        },
    ),
    "diagnostics that are text": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [{"uri": OPEN, "range": ORIGIN, "diagnostics": "all"}],
        },
    ),
    "an unknown model": (
        FIX,
        {
            "command": "understudy.fix",
            "arguments": [{"uri": OPEN, "range": ORIGIN, "model": "gpt-none"}],
        },
    ),
    "a document that is not open": (
        FIX,
        {"command": "understudy.fixFile", "arguments": [{"uri": "file:///nowhere.py"}]},
    ),
    "a URI that is none": (FIX, {"command": "understudy.fixFile", "arguments": [{"uri": "::"}]}),
    "an edit that does not wait": (
        FIX,
        {"command": "understudy.take", "arguments": [{"editId": "x"}]},
    ),
    "a second handshake": ("initialize", hello(None)),
    "an action that is none": ("codeAction/resolve", {"kind": 5}),
}


@pytest.mark.parametrize(("method", "params"), REQUESTS.values(), ids=REQUESTS.keys())
def test_a_bad_request_is_refused_in_a_sentence(method: str, params: Any, editor: Editor) -> None:
    assert editor.wire.refusal(method, filled(params, editor.uri))


def test_a_request_that_holds_a_key_jsonrpc_is_answered_as_any_other(editor: Editor) -> None:
    """Some libraries take every object with this key for a message of its own, and answer nothing."""
    nested = {"jsonrpc": "2.0", "id": 1, "method": "exit"}
    hover = {"textDocument": {"uri": editor.uri, **nested}, "position": {**ORIGIN["start"]}}
    assert editor.wire.request("textDocument/hover", hover | nested) is None
    problem = {"range": editor.here("reslt"), "message": "Undefined name `reslt`", "data": nested}
    assert "Understudy: Fix: Undefined name `reslt`" in [
        one["title"] for one in editor.actions("reslt", diagnostics=[problem])
    ]
    before = len(editor.wire.seen)
    editor.choose = None
    editor.fix("reslt", diagnostics=[problem])
    question = editor.wire.wait_for("window/showMessageRequest", after=before)
    assert "`reslt` → `result`" in question["message"]


NOTIFICATIONS: dict[str, tuple[str, Any]] = {
    "an unknown one": ("textDocument/unheardOf", {}),
    "an optional one": ("$/unheardOf", [1]),
    "an opening without a text": (
        "textDocument/didOpen",
        {"textDocument": {"uri": "file:///no.py"}},
    ),
    "a change of nothing": ("textDocument/didChange", None),
    "a change of an unknown document": (
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///no.py", "version": 1}, "contentChanges": [{"text": ""}]},
    ),
    "a closing of an unknown document": (
        "textDocument/didClose",
        {"textDocument": {"uri": "file:///no.py"}},
    ),
    "a saving of an unknown document": (
        "textDocument/didSave",
        {"textDocument": {"uri": "file:///no.py"}},
    ),
    "a notebook that is not open": (
        "notebookDocument/didChange",
        {"notebookDocument": {"uri": "file:///n.ipynb", "version": 1}, "change": {}},
    ),
    "settings that are a list": ("workspace/didChangeConfiguration", {"settings": []}),
    "a cancelled request that nobody made": ("$/cancelRequest", {"id": 98765}),
    "a cancelled progress that nobody sees": ("window/workDoneProgress/cancel", {"token": 7}),
    "a second initialized": ("initialized", {}),
    "a trace level": ("$/setTrace", {"value": "verbose"}),
}


@pytest.mark.parametrize(("method", "params"), NOTIFICATIONS.values(), ids=NOTIFICATIONS.keys())
def test_a_bad_notification_changes_nothing(method: str, params: Any, editor: Editor) -> None:
    before = len(editor.wire.seen)
    editor.wire.notify(method, filled(params, editor.uri))
    assert editor.actions("reslt")
    assert not [one for one in editor.wire.seen[before:] if "error" in one]
    assert not popped_up(editor, before)


def test_what_pops_up_would_be_seen(editor: Editor) -> None:
    before = len(editor.wire.seen)
    editor.choose = None
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest", after=before)
    assert popped_up(editor, before)


ODD_DIAGNOSTICS: list[Any] = [
    None,
    5,
    {},
    {"range": None, "message": "x"},
    {"range": ORIGIN},
    {"range": ORIGIN, "message": {"kind": "markdown", "value": "*why*"}},
    {"range": ORIGIN, "message": "x", "severity": [], "code": {"a": 1}, "source": 4},
    {"range": {"start": {"line": 1e999, "character": 0}, "end": {}}, "message": "x"},
    {"range": {"start": {"line": 10**30, "character": 0}, "end": ORIGIN["end"]}, "message": "x"},
]


def test_odd_diagnostics_are_left_out_and_the_menu_comes(editor: Editor) -> None:
    # 1e999 would be written as `Infinity`, which is no JSON.
    sane = [one for one in ODD_DIAGNOSTICS if "inf" not in repr(one)]
    params = {
        "textDocument": {"uri": editor.uri},
        "range": ORIGIN,
        "context": {"diagnostics": sane},
    }
    titles = [one["title"] for one in editor.wire.request("textDocument/codeAction", params)]
    assert "Understudy: Fix: why" in titles or "Understudy: Fix: *why*" in titles
    at = titles.index("Understudy: Fix problems here")
    assert titles[at + 1] == "Understudy: Fix all problems in this file"
    arguments = {"uri": editor.uri, "range": editor.here("reslt"), "diagnostics": sane}
    assert "runId" in editor.execute("understudy.fix", arguments)


@pytest.mark.parametrize("number", [2**31 - 1, 2**32 - 1, 2**70])
def test_positions_past_the_end_are_clamped(editor: Editor, number: int) -> None:
    far = {"line": number, "character": number}
    arguments = {"uri": editor.uri, "range": {"start": far, "end": far}}
    before = len(editor.wire.seen)
    editor.execute("understudy.fix", arguments)
    said = editor.wire.wait_for("window/showMessage", after=before)
    assert "nothing to fix" in said["message"]


def test_a_reversed_range_means_the_same_lines(editor: Editor) -> None:
    place = editor.here("reslt")
    before = len(editor.wire.seen)
    turned = {"start": place["end"], "end": place["start"]}
    editor.choose = None
    editor.execute("understudy.fix", {"uri": editor.uri, "range": turned})
    question = editor.wire.wait_for("window/showMessageRequest", after=before)
    assert "`reslt` → `result`" in question["message"]
