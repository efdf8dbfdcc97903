"""What is told of the context is what a request sends: the same pieces, from the first second on."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from tests.e2e.cli_process import run
from tests.e2e.editor import initialize_params
from tests.e2e.modelled import KEY, configuration, ended, questions
from tests.e2e.test_context import opened, started
from tests.providers.answers import Says
from understudy.config.paths import journal_file

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

FILES = {
    "prices.py": "class Price:\n    cents: int\n",
    "club.py": "class Club:\n    members: int\n",
    "rates.py": "def rate():\n    return 3\n",
    "far.py": "def far_away():\n    return 4\n",
}
FUNCTION = (
    "def total(price: Price):\n"
    "    result = rate()\n"
    "    result += price.cents\n"
    "    return something_else_entirely\n"
)
FIXED = FUNCTION.replace("something_else_entirely", "result")
MANY = "".join(f"def pad{n}():\n    return {n}\n\n\n" for n in range(30))
TEXT = (
    "from far import far_away\nfrom prices import Price\nfrom rates import rate\n\n\n"
    f"{MANY}{FUNCTION}\n\ndef last():\n    return far_away()\n"
)
LINE = TEXT.splitlines().index("    return something_else_entirely") + 1
Places = set[tuple[str, int, int, str, int]]


def make(workspace: Path) -> Path:
    (workspace / ".understudy").mkdir()
    for name, text in FILES.items():
        (workspace / name).write_text(text, encoding="utf-8")
    path = workspace / "total.py"
    path.write_text(TEXT, encoding="utf-8")
    return path


def pieces(found: dict[str, Any]) -> Places:
    return {
        (one["path"], one["start_line"], one["end_line"], one["level"], one["tokens"])
        for one in found["items"]
    }


def sent() -> Places:
    with sqlite3.connect(journal_file()) as journal:
        rows = journal.execute(
            "SELECT path, first, last, form, tokens FROM call_spans JOIN shown ON shown.id = shown_id"
        ).fetchall()
    journal.close()
    return {(path, first, last, form, tokens) for path, first, last, form, tokens in rows}


def preview(editor: Editor, line: int, **more: object) -> dict[str, Any]:
    place = {"line": line, "character": 0}
    arguments = {"uri": editor.uri, "range": {"start": place, "end": place}, **more}
    params = {"command": "understudy.contextPreview", "arguments": [arguments]}
    found: dict[str, Any] = editor.wire.request("workspace/executeCommand", params)
    return found


def test_the_terminal_shows_for_a_line_the_pieces_that_a_fix_there_sends(
    workspace: Path, home: Path, provider: ServerInThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    configuration(home, provider, "openai")
    make(workspace)

    def cli(*arguments: str) -> str:
        found = run(*arguments, cwd=workspace, home=home, ACME_KEY=KEY)
        assert found.code in {0, 1}, found.err
        return found.out

    cli("index")
    told = json.loads(cli("context", f"total.py:{LINE}", "--json"))
    # The line itself names neither.
    assert {"prices.py", "rates.py"} <= {one["path"] for one in told["items"]}
    prompt = json.loads(cli("prompt", "fix", f"total.py:{LINE}", "--json"))
    texts = "".join(turn["text"] for turn in prompt["turns"])
    provider.server.scripts["one:7b"] = [Says(f"```python\n{FIXED}```\n")]
    cli("fix", "total.py")
    assert len(questions(provider)) == 1
    assert pieces(told) == sent()
    assert "cents: int" in texts


def test_an_editor_is_shown_for_a_place_the_pieces_that_a_fix_there_sends(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    path = make(workspace)
    editor = started(near, workspace, home, provider)
    editor.wire.notify("textDocument/didClose", {"textDocument": {"uri": editor.uri}})
    path.write_text(TEXT, encoding="utf-8")
    editor = opened(near, path, TEXT)
    told = {
        "range": editor.here("something_else_entirely"),
        "message": "It must be a `Club`.",
        "source": "elsewhere",
        "severity": 1,
    }
    shown = preview(editor, LINE - 1, diagnostics=[told])
    assert {"prices.py", "rates.py", "club.py"} <= {one["path"] for one in shown["items"]}
    provider.server.scripts["one:7b"] = [Says(f"```python\n{FIXED}```\n")]
    editor.fix("something_else_entirely", diagnostics=[told])
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    near.leave()
    assert pieces(shown) == sent()


def test_the_first_request_after_the_start_is_sent_with_context(
    near: NearServer,
    workspace: Path,
    home: Path,
    provider: ServerInThread,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Nothing is read beforehand, as in the first seconds.
    monkeypatch.setattr("understudy.lsp.indexing._AFTER_S", 3600.0)
    configuration(home, provider, "openai")
    path = make(workspace)
    near.wire.request("initialize", initialize_params("vscode", workspace))
    near.wire.notify("initialized", {})
    editor = opened(near, path, TEXT)
    shown = preview(editor, LINE - 1)
    assert not shown["index_ready"]
    assert {"prices.py", "rates.py"} <= {one["path"] for one in shown["items"]}
    provider.server.scripts["one:7b"] = [Says(f"```python\n{FIXED}```\n")]
    editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    assert "cents: int" in str(questions(provider)[0].body)


def test_a_preview_keeps_to_what_the_user_excluded_just_now(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    assert "prices.py" in {one["path"] for one in preview(editor, 8)["items"]}
    exclude = '[privacy]\nexclude = ["vault.py", "prices.py"]\n'
    configuration(home, provider, "openai", exclude)
    shown = preview(editor, 8)
    assert "prices.py" not in {one["path"] for one in shown["items"]}
    assert "amount_in_cents" not in shown["markdown"]


def test_a_file_that_was_edited_lately_counts_more(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    prices = (workspace / "prices.py").as_uri()
    session = near._app.session
    assert session.view(editor.uri).recent == ()
    for uri in (prices, editor.uri):
        change = {"textDocument": {"uri": uri, "version": 2}}
        text = f"{session.documents[uri].text}\n"
        near.wire.notify("textDocument/didChange", change | {"contentChanges": [{"text": text}]})
    preview(editor, 8)
    assert session.view(editor.uri).recent == (workspace / "prices.py",)
