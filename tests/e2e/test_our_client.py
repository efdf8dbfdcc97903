"""What editors with our own client get: waiting edits beside the text, status, runs, keys."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.modelled import KEY, MENDED, TEXT, configuration, ended
from tests.e2e.our_editor import CART, open_ours, previewed, waiting
from tests.providers.planted import assert_nowhere

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

Message = dict[str, Any]


@pytest.fixture
def client(near: NearServer, workspace: Path) -> Callable[[str], Editor]:
    """Opens a document in an editor with our client."""

    return lambda text: open_ours(near, workspace, text)


def inline(editor: Editor, line: int, character: int = 0) -> list[Message]:
    params = {
        "textDocument": {"uri": editor.uri},
        "position": {"line": line, "character": character},
        "context": {"triggerKind": 1},
    }
    found: list[Message] = editor.wire.request("textDocument/inlineCompletion", params)
    return found


def test_a_proved_edit_is_shown_by_the_client_and_taken_by_its_id(
    client: Callable[[str], Editor],
) -> None:
    editor = client(CART)
    shown = previewed(editor, "reslt")
    assert shown["uri"] == editor.uri
    assert "ruff: F821 gone" in shown["told"]
    (edit,) = waiting(editor)
    assert edit["editId"] == shown["editId"]
    assert edit["told"] == shown["told"]
    assert edit["band"] == "confirm"
    assert edit["models"] == ["builtin/rules"]
    assert [one["newText"] for one in edit["textEdits"]] == ["result"]
    assert {"signal", "evidence", "value"} == set(edit["reasons"][0])
    editor.execute("understudy.take", {"editId": edit["editId"]})
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == CART.replace("reslt", "result")
    assert waiting(editor) == []


def test_the_client_hears_when_other_edits_wait(client: Callable[[str], Editor]) -> None:
    editor = client(CART)
    previewed(editor, "reslt")
    editor.type_at("reslt", "reslts")
    found = editor.wire.wait(
        lambda one: one.get("method") == "understudy/readyChanged" and not one["params"]["editIds"]
    )
    assert found["params"]["uri"] == editor.uri


def test_what_asks_again_names_the_problem_where_it_stands_now(
    client: Callable[[str], Editor],
) -> None:
    editor = client(CART)
    previewed(editor, "reslt")
    editor.type(0, 0, "# one\n# two\n")
    (edit,) = waiting(editor)
    assert edit["command"] == "understudy.fix"
    assert edit["arguments"]["range"] == editor.here("reslt")
    assert edit["arguments"]["diagnostics"][0]["code"] == "F821"
    again = editor.execute(edit["command"], edit["arguments"])
    assert again["runId"]


def test_a_line_is_completed_with_what_it_will_be(client: Callable[[str], Editor]) -> None:
    editor = client(CART)
    assert inline(editor, 2) == []
    previewed(editor, "reslt")
    (item,) = inline(editor, 2)
    assert item["insertText"] == "    return result"
    assert item["range"] == {
        "start": {"line": 2, "character": 0},
        "end": {"line": 2, "character": 16},
    }
    assert inline(editor, 1) == []


def test_an_import_is_a_completion_of_the_line_above_which_it_stands(
    client: Callable[[str], Editor],
) -> None:
    editor = client("print(math.pi)  # 😀\n")
    previewed(editor, "math")
    items = [item for line in (0, 1) for item in inline(editor, line)]
    assert [item["insertText"] for item in items] == ["import math\n\nprint(math.pi)  # 😀"]


def test_the_status_tells_who_is_asked_and_what_is_under_way(
    home: Path, provider: ServerInThread, client: Callable[[str], Editor]
) -> None:
    configuration(home, provider, "openai")
    editor = client(TEXT)
    first = editor.wire.wait(
        lambda one: one.get("method") == "understudy/status" and one["params"]["model"] != ""
    )
    assert first["params"]["spentTodayUsd"] == 0
    editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/status" and one["params"]["model"] == "acme/one:7b"
        )
    )
    run = editor.fix("something_else_entirely")
    editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/status"
            and [work["runId"] for work in one["params"]["work"]] == [run]
        )
    )


def test_runs_are_told_with_all_that_hangs_on_them(client: Callable[[str], Editor]) -> None:
    editor = client(CART)
    previewed(editor, "reslt")
    (row,) = editor.wire.request("understudy/runs", {"limit": 5})["runs"]
    assert row["model"] == "builtin/rules"
    assert row["code"] == "ruff F821"
    assert row["status"] == "offered"
    (report,) = editor.wire.request("understudy/run", {"runId": row["job"]})["reports"]
    assert report["run"] == row
    assert "ruff: F821 and 1 other gone, nothing new" in report["attempts"][0]["checks"]
    assert report["route"]["models"][0] == "builtin/rules"
    assert report["route"]["provenance"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("understudy/runs", {"limit": 0}),
        ("understudy/runs", {"limit": "many"}),
        ("understudy/run", {"runId": "nothing like it"}),
        ("understudy/run", None),
        ("understudy/readyEdits", {}),
        ("understudy/setKey", {"name": "PATH", "key": "/tmp/evil"}),
        ("understudy/setKey", {"name": "OPENAI_API_KEY", "key": "two words"}),
    ],
)
def test_what_can_not_be_answered_is_refused_with_a_sentence(
    client: Callable[[str], Editor], method: str, params: Any
) -> None:
    editor = client(CART)
    assert editor.wire.refusal(method, params)
    assert os.environ["PATH"] != "/tmp/evil"


def test_a_key_that_the_editor_keeps_reaches_its_provider_and_no_file(
    home: Path,
    provider: ServerInThread,
    client: Callable[[str], Editor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ACME_KEY")
    configuration(home, provider, "openai")
    editor = client(TEXT)
    editor.wire.wait(
        lambda one: (
            one.get("method") == "understudy/status" and one["params"]["model"] == "acme/one:7b"
        )
    )
    keys = editor.wire.request("understudy/keys")["keys"]
    assert {"name": "ACME_KEY", "providers": ["acme"], "there": False} in keys
    editor.wire.request("understudy/setKey", {"name": "ACME_KEY", "key": KEY})
    keys = editor.wire.request("understudy/keys")["keys"]
    assert {"name": "ACME_KEY", "providers": ["acme"], "there": True} in keys
    previewed(editor, "something_else_entirely")
    (edit,) = waiting(editor)
    assert edit["models"] == ["acme/one:7b"]
    assert edit["others"] == ["builtin/rules", "acme/two"]
    editor.execute("understudy.take", {"editId": edit["editId"]})
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    editor.wire.request("understudy/setKey", {"name": "ACME_KEY", "key": None})
    assert "ACME_KEY" not in os.environ
    assert_nowhere(KEY, home, str(editor.wire.seen))
