"""Settings: written with help, and in force without a restart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.cli_process import QUICK
from tests.e2e.editor import Buffer, Editor
from tests.e2e.raw_client import LIMIT_S, hello

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message

TEXT = "def total(items):\n    result = sum(items)\n    return reslt\n"
WRONG = "# 😀\n[gate]\nauto_aply = true\n"


def open_total(near: NearServer, workspace: Path) -> Editor:
    editor = Editor(near, (workspace / "total.py").as_uri(), Buffer(TEXT))
    editor.open()
    return editor


def published(near: NearServer, uri: str, after: int = 0) -> list[Message]:
    """The newest diagnostics that were published for a document."""
    found = near.wire.wait(
        lambda one: (
            one.get("method") == "textDocument/publishDiagnostics" and one["params"]["uri"] == uri
        ),
        after=after,
    )
    diagnostics: list[Message] = found["params"]["diagnostics"]
    return diagnostics


@pytest.mark.parametrize("layer", ["workspace", "user"])
def test_a_misspelt_key_is_underlined_and_mended(
    layer: str, near: NearServer, workspace: Path, home: Path
) -> None:
    path = home / "config.toml" if layer == "user" else workspace / ".understudy" / "config.toml"
    near.initialize(workspace)
    editor = Editor(near, path.as_uri(), Buffer(WRONG, "utf-16"))
    editor.open("toml")
    (found,) = published(near, editor.uri)
    assert found["source"] == "understudy"
    assert found["range"] == editor.here("auto_aply")
    (action,) = editor.actions("auto_aply")
    assert action["title"] == "Understudy: `auto_aply` → `auto_apply`"
    assert action["diagnostics"] == [found]
    before = len(near.wire.seen)
    editor.run(action)
    assert editor.buffer.text == WRONG.replace("auto_aply", "auto_apply")
    left = published(near, editor.uri, before)
    # A workspace may not switch on what the user did not.
    assert [one["code"] for one in left] == (["gate.auto_apply"] if layer == "workspace" else [])


def test_a_key_that_is_not_in_the_environment_is_a_hint(
    near: NearServer, workspace: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNSET_KEY", raising=False)
    near.initialize(workspace)
    text = '[providers.openai]\nkey = "{env:UNSET_KEY}"\n'
    editor = Editor(near, (home / "config.toml").as_uri(), Buffer(text))
    editor.open("toml")
    (found,) = published(near, editor.uri)
    assert (found["severity"], found["code"]) == (4, "providers.openai.key")
    assert "names an environment variable that is not set here" in found["message"]


def test_an_edit_of_a_configuration_is_never_offered_for_another_version(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    uri = (workspace / ".understudy" / "config.toml").as_uri()
    editor = Editor(near, uri, Buffer(WRONG))
    editor.open("toml")
    published(near, uri)
    before = len(near.wire.seen)
    editor.type(0, 0, "# one more line\n")
    published(near, uri, before)
    (action,) = editor.actions("auto_aply")
    editor.run(action)
    assert editor.buffer.text == "# one more line\n" + WRONG.replace("aply", "apply")


def test_closing_a_configuration_takes_its_problems_back(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    editor = Editor(near, (workspace / ".understudy" / "config.toml").as_uri(), Buffer(WRONG))
    editor.open("toml")
    assert published(near, editor.uri)
    before = len(near.wire.seen)
    editor.close()
    assert published(near, editor.uri, before) == []


def test_a_key_is_explained_on_hover(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace)
    text = "[gate]\nauto_score = 0.9\n"
    editor = Editor(near, (workspace / ".understudy" / "config.toml").as_uri(), Buffer(text))
    editor.open("toml")
    params = {"textDocument": {"uri": editor.uri}, "position": {"line": 1, "character": 3}}
    hover = near.wire.request("textDocument/hover", params)
    assert hover["contents"]["kind"] == "markdown"
    assert hover["contents"]["value"].startswith("`gate.auto_score`")
    params["position"] = {"line": 1, "character": 14}
    assert near.wire.request("textDocument/hover", params) is None


def test_an_edit_is_applied_at_once_when_the_editor_says_so(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace, initializationOptions={"gate": {"autoApply": True}})
    editor = open_total(near, workspace)
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert not editor.wire.came("window/showMessageRequest")
    assert editor.actions("result")
    assert editor.buffer.text == TEXT.replace("reslt", "result")


def by_saving(near: NearServer, path: Path) -> None:
    near.wire.notify("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})


def by_watching(near: NearServer, path: Path) -> None:
    near.wire.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2}]}
    )


@pytest.mark.parametrize("tell", [by_saving, by_watching])
def test_a_configuration_that_changed_on_disk_counts_without_a_restart(
    tell: Callable[[NearServer, Path], None], near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    editor = open_total(near, workspace)
    assert len(editor.actions("reslt")) == 2
    path = workspace / ".understudy" / "config.toml"
    path.parent.mkdir()
    path.write_text("[actions]\nhide = ['fixFile']\n", encoding="utf-8")
    tell(near, path)
    wait_for_titles(editor, ["Understudy: Fix problems here"])
    path.write_text("[actions]\nenabled = false\n", encoding="utf-8")
    tell(near, path)
    wait_for_titles(editor, [])


def test_the_users_configuration_counts_without_a_restart(
    near: NearServer, workspace: Path, home: Path
) -> None:
    near.initialize(workspace)
    editor = open_total(near, workspace)
    path = home / "config.toml"
    path.write_text(f"{QUICK}[gate]\nauto_apply = true\n[actions]\nhide = ['fix']\n", "utf-8")
    by_saving(near, path)
    wait_for_titles(editor, ["Understudy: Fix all problems in this file"])
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert not editor.wire.came("window/showMessageRequest")


def test_a_clients_section_counts_when_it_says_that_it_changed(
    near: NearServer, workspace: Path
) -> None:
    section: dict[str, Any] = {}
    near.wire.answers["workspace/configuration"] = lambda params: [
        section if item == {"section": "understudy"} else None for item in params["items"]
    ]
    near.wire.request(
        "initialize", hello(workspace) | {"capabilities": {"workspace": {"configuration": True}}}
    )
    near.wire.notify("initialized", {})
    editor = open_total(near, workspace)
    section.update({"actions": {"hide": ["fixFile"]}})
    near.wire.notify("workspace/didChangeConfiguration", {"settings": {}})
    wait_for_titles(editor, ["Understudy: Fix problems here"])


def test_pushed_settings_count_for_clients_that_can_not_be_asked(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    editor = open_total(near, workspace)
    settings = {"understudy": {"actions": {"hide": ["fix"]}}}
    near.wire.notify("workspace/didChangeConfiguration", {"settings": settings})
    wait_for_titles(editor, ["Understudy: Fix all problems in this file"])


def test_a_wrong_setting_is_told_once_in_a_sentence(near: NearServer, workspace: Path) -> None:
    near.initialize(workspace, initializationOptions={"gate": {"autoScore": "high"}})
    said = near.wire.wait_for("window/showMessage")
    assert "gate.autoScore" in said["message"]
    assert said["message"].endswith(".")
    editor = open_total(near, workspace)
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert len(editor.wire.came("window/showMessage")) == 1


def test_folders_that_come_and_go_bring_their_settings(
    near: NearServer, workspace: Path, tmp_path: Path
) -> None:
    near.initialize(workspace)
    other = tmp_path / "other"
    (other / ".understudy").mkdir(parents=True)
    (other / ".understudy" / "config.toml").write_text("[actions]\nenabled = false\n", "utf-8")
    editor = open_total(near, other)
    assert len(editor.actions("reslt")) == 2
    folder = {"uri": other.as_uri(), "name": "other"}
    for added, removed, count in (([folder], [], 0), ([], [folder], 2)):
        near.wire.notify(
            "workspace/didChangeWorkspaceFolders", {"event": {"added": added, "removed": removed}}
        )
        wait_for_count(editor, count)


def wait_for_titles(editor: Editor, titles: list[str]) -> None:
    """Until the menu looks like this: reading settings takes a moment, and nothing tells its end."""
    deadline = time.monotonic() + LIMIT_S
    while (now := [one["title"] for one in editor.actions("reslt")]) != titles:
        assert time.monotonic() < deadline, now
        time.sleep(0.02)


def wait_for_count(editor: Editor, count: int) -> None:
    deadline = time.monotonic() + LIMIT_S
    while (now := len(editor.actions("reslt"))) != count:
        assert time.monotonic() < deadline, now
        time.sleep(0.02)


def test_a_key_in_the_wrong_place_is_mended_without_being_repeated(
    near: NearServer, workspace: Path, home: Path
) -> None:
    secret = "sk-proj-" + "0123456789abcdefghijklmnop"
    near.initialize(workspace)
    written = f'[providers.openai]\nkey = "{secret}"\n'
    editor = Editor(near, (home / "config.toml").as_uri(), Buffer(written, "utf-16"))
    editor.open("toml")
    (found,) = published(near, editor.uri)
    (action,) = editor.actions(secret)
    assert action["title"] == 'Understudy: Use `"{env:OPENAI_API_KEY}"`'
    assert secret not in found["message"] + str(action["diagnostics"])
    editor.run(action)
    assert secret not in editor.buffer.text
