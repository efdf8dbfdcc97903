"""What editors are told of the context, and what commands of the terminal send of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.e2e.cli_process import run
from tests.e2e.modelled import KEY, configuration, questions
from tests.e2e.test_context import FUNCTION, HERE, started
from tests.providers import answers

if TYPE_CHECKING:
    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread

PREVIEW = "understudy.contextPreview"


def asked(editor: Editor, **more: object) -> dict[str, Any]:
    place = {"line": 8, "character": 0}
    arguments = {"uri": editor.uri, "range": {"start": place, "end": place}, **more}
    params = {"command": PREVIEW, "arguments": [arguments]}
    found: dict[str, Any] = editor.wire.request("workspace/executeCommand", params)
    return found


def paths(found: dict[str, Any]) -> set[str]:
    return {one["path"] for one in found["items"]}


def test_an_editor_sees_the_pieces_and_pins_and_bans_them(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    (workspace / "club.py").write_text("class Club:\n    members: int\n", encoding="utf-8")
    editor = started(near, workspace, home, provider)
    found = asked(editor)
    assert found["index_ready"]
    assert found["model"] == "acme/one:7b"
    assert "prices.py" in paths(found)
    assert "vault.py" not in paths(found)
    # The text is that of the editor and not that on the disk.
    assert "amount_in_cents" in found["markdown"]
    assert "old_member" not in found["markdown"]
    assert "# What a model is shown for `total.py`" in found["markdown"]
    prices = next(one for one in found["items"] if one["path"] == "prices.py")
    assert f"score {prices['score']:.2f}" in found["markdown"]
    assert "```\n\n```" not in found["markdown"]
    target = next(one for one in found["items"] if one["path"] == "total.py")
    assert target["version"] == 1
    pins = {"pin": [{"path": "club.py", "start_line": 1}]}
    changed = asked(editor, **pins, ban=[{"path": "prices.py", "startLine": 1}])
    assert "club.py" in paths(changed)
    assert "prices.py" not in paths(changed)
    assert "amount_in_cents" not in changed["markdown"]
    assert asked(editor) == changed


def test_a_plain_editor_opens_the_same_as_a_document(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    near.wire.answers["window/showDocument"] = lambda _: {"success": True}
    found = asked(editor)
    uri = near.wire.wait_for("window/showDocument")["uri"]
    assert uri.endswith(".md")
    text = Path(url2pathname(unquote(urlsplit(uri).path))).read_text(encoding="utf-8")
    assert text == found["markdown"]
    assert "\nFor `acme/one:7b`: " in text


def test_an_editor_that_opens_no_documents_is_told_in_a_sentence(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    near.wire.answers["window/showDocument"] = lambda _: {"success": False}
    asked(editor)
    said = near.wire.wait_for("window/showMessage")["message"]
    assert said.startswith("For `acme/one:7b`: `prices.py`, `total.py`; ")
    assert said.endswith(" left out.")


def test_our_own_client_opens_it_by_itself(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider, contexts=True)
    asked(editor)
    asked(editor)
    assert not near.wire.came("window/showDocument")
    assert not near.wire.came("window/showMessage")


def test_a_wrong_question_is_refused_with_a_sentence(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    editor = started(near, workspace, home, provider)
    place = {"line": 8, "character": 0}

    def refusal(**more: object) -> str:
        arguments = {"uri": editor.uri, "range": {"start": place, "end": place}, **more}
        params = {"command": PREVIEW, "arguments": [arguments]}
        return editor.wire.refusal("workspace/executeCommand", params)

    assert "4 tokens are too few" in refusal(budget=4)
    assert "`budget` must be from 1" in refusal(budget=0)
    assert "There is no task `dance`." in refusal(task="dance")
    assert "There is no model `none/such`" in refusal(model="none/such")
    assert "`pin` takes objects" in refusal(pin=["prices.py"])
    assert "`vault.py` is no file" in refusal(pin=[{"path": "vault.py", "start_line": 1}])


def test_commands_of_the_terminal_send_context_and_keep_to_bans(
    workspace: Path, home: Path, provider: ServerInThread
) -> None:
    configuration(home, provider, "openai")
    (workspace / ".understudy").mkdir()
    (workspace / "prices.py").write_text("class Price:\n    cents: int\n", encoding="utf-8")
    (workspace / "total.py").write_text(HERE, encoding="utf-8")

    def cli(*arguments: str) -> str:
        ended = run(*arguments, cwd=workspace, home=home, ACME_KEY=KEY)
        assert ended.code in {0, 1}, ended.err
        return ended.out

    cli("index")
    # What is in the file is shown by the prompt itself; what it needs comes from the index.
    assert "cents: int" in cli("prompt", "explain", "total.py:5-9")
    provider.server.scripts["one:7b"] = [
        answers.Says("It sums."),
        answers.Says(f"```python\n{FUNCTION.replace('something_else_entirely', 'result')}```\n"),
        answers.Says("It sums."),
    ]
    cli("explain", "total.py:5-9")
    cli("fix", "total.py")
    cli("context", "total.py:5-9", "--task", "explain", "--ban", "prices.py:1")
    (workspace / "total.py").write_text(f"{HERE}\n", encoding="utf-8")
    cli("explain", "total.py:5-9")
    explained, fixed, *_, again = [str(one.body) for one in questions(provider)]
    assert "cents: int" in explained
    assert "cents: int" in fixed
    assert "cents: int" not in again
