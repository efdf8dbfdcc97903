"""Fragments of prompts in an editor, and their words in what a model is sent."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.editor import Buffer, Editor
from tests.e2e.modelled import configuration
from tests.e2e.raw_client import LIMIT_S
from understudy.config.settings import Settings
from understudy.journal import records
from understudy.journal.prompt_records import CallFragments
from understudy.journal.store import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message
    from tests.providers.scripted import ServerInThread

ABILITIES = {
    "capabilities": {
        "workspace": {"workspaceEdit": {"documentChanges": True}},
        "textDocument": {
            name: {"dynamicRegistration": True} for name in ("completion", "definition", "rename")
        },
    }
}
HOUSE = "---\nid: house\nslot: task\nwhen:\n  has: problem\n---\n😀 {{problem.line}} {{> tone}}\n"
TONE = "---\nid: tone\n---\nBe brief with {{file.name}}.\n"


class Desk:
    """A workspace's folder of fragments, with one of them open."""

    def __init__(self, near: NearServer, workspace: Path, text: str, layer: Path) -> None:
        self.folder = layer / "fragments"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.near = near
        (self.folder / "tone.md").write_text(TONE, "utf-8")
        near.initialize(workspace, **ABILITIES)
        self.editor = Editor(near, (self.folder / "house.md").as_uri(), Buffer(text))
        self.editor.open("markdown")

    def published(self, after: int = 0) -> list[Message]:
        found = self.near.wire.wait(
            lambda one: (
                one.get("method") == "textDocument/publishDiagnostics"
                and one["params"]["uri"] == self.editor.uri
            ),
            after=after,
        )
        told: list[Message] = found["params"]["diagnostics"]
        return told

    def becomes(self, *codes: str, after: int) -> None:
        """Wait until this is what is wrong; what was underlined before may be told once more."""
        self.near.wire.wait(
            lambda one: (
                one.get("method") == "textDocument/publishDiagnostics"
                and one["params"]["uri"] == self.editor.uri
                and [each["code"] for each in one["params"]["diagnostics"]] == [*codes]
            ),
            after=after,
        )

    def at(self, words: str, method: str, **more: Any) -> Any:
        start = self.editor.buffer.text.index(words) + len(words)
        params = {
            "textDocument": {"uri": self.editor.uri},
            "position": self.editor.buffer.position(start),
            **more,
        }
        return self.near.wire.request(f"textDocument/{method}", params)


@pytest.fixture
def house(near: NearServer, workspace: Path) -> Desk:
    desk = Desk(near, workspace, HOUSE, workspace / ".understudy")
    assert desk.published() == []
    return desk


@pytest.mark.parametrize("layer", ["workspace", "user"])
def test_what_is_wrong_is_underlined_where_it_stands(
    layer: str, near: NearServer, workspace: Path, home: Path
) -> None:
    text = "---\nid: house\nslot: taks\n---\n😀 {{problm.line}} {{#if wish}} {{> nobody}}\n"
    place = workspace / ".understudy" if layer == "workspace" else home
    desk = Desk(near, workspace, text, place)
    found = {one["code"]: one for one in desk.published()}
    assert set(found) == {"bad_value", "unknown_variable", "unclosed", "unknown_include"}
    assert found["unknown_variable"]["range"] == desk.editor.here("{{problm.line}}")
    assert "Is `problem` meant?" in found["unknown_variable"]["message"]
    assert {one["source"] for one in found.values()} == {"understudy"}


def test_closing_a_fragment_takes_its_problems_back(near: NearServer, workspace: Path) -> None:
    desk = Desk(near, workspace, "---\nslot: task\n---\n", workspace / ".understudy")
    assert len(desk.published()) == 1
    before = len(near.wire.seen)
    near.wire.notify("textDocument/didClose", {"textDocument": {"uri": desk.editor.uri}})
    assert desk.published(before) == []


def test_what_another_file_makes_wrong_is_underlined_at_once(house: Desk) -> None:
    tone = Editor(house.near, (house.folder / "tone.md").as_uri(), Buffer(TONE))
    tone.open("markdown")
    before = len(house.near.wire.seen)
    tone.type_at("id: tone", "id: voice")
    house.becomes("unknown_include", after=before)
    before = len(house.near.wire.seen)
    tone.close()
    house.becomes(after=before)
    before = len(house.near.wire.seen)
    (house.folder / "tone.md").write_text(TONE.replace("id: tone", "id: voice"), "utf-8")
    changed = {"changes": [{"uri": tone.uri, "type": 2}]}
    house.near.wire.notify("workspace/didChangeWatchedFiles", changed)
    house.becomes("unknown_include", after=before)


def test_variables_ids_and_keys_are_completed(house: Desk) -> None:
    def labels(words: str) -> set[str]:
        return {one["label"] for one in house.at(words, "completion")}

    assert {"line", "column", "message"} <= labels("{{problem.")
    assert {"tone", "role.fix", "house"} <= labels("{{> ")
    assert {"role", "task", "format"} <= labels("slot: ")
    assert {"problem", "samples"} <= labels("has: ")
    [item] = [one for one in house.at("{{problem.li", "completion") if one["label"] == "column"]
    house.editor.buffer.text = house.editor.buffer.text.replace("line", "li", 1)
    assert item["textEdit"]["range"] == house.editor.here("li")


def test_hovering_shows_the_resolved_text(house: Desk) -> None:
    shown = house.at("id: house", "hover")["contents"]["value"]
    assert "😀 7 Be brief with shop/basket.py." in shown
    assert "Be brief with shop/basket.py." in house.at("{{> tone", "hover")["contents"]["value"]
    assert "its line, counted from 1" in house.at("{{problem.l", "hover")["contents"]["value"]
    assert "which of them" not in house.at("slo", "hover")["contents"]["value"]


def test_hovering_tells_the_models_whenever_the_settings_become_known(
    near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    configuration(home, provider, "openai")
    desk = Desk(near, workspace, HOUSE, workspace / ".understudy")
    assert desk.published() == []
    told = "Taken for: acme/one:7b, acme/two."
    deadline = time.monotonic() + LIMIT_S
    while told not in desk.at("id: house", "hover")["contents"]["value"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    empty = Editor(near, (desk.folder / "empty.md").as_uri(), Buffer(""))
    empty.open("markdown")
    desk.editor = empty
    assert [one["code"] for one in desk.published()] == ["never_included"]
    shown = desk.at("", "hover")["contents"]["value"]
    assert shown.startswith("`empty`")
    assert "Taken for" not in shown


def test_both_files_with_one_id_say_so(near: NearServer, workspace: Path) -> None:
    place = workspace / ".understudy"
    (place / "fragments").mkdir(parents=True)
    (place / "fragments" / "first.md").write_text(HOUSE, "utf-8")
    desk = Desk(near, workspace, HOUSE, place)
    [told] = desk.published()
    assert told["message"] == "This file is not used: `first.md` has the same id."
    desk.editor = Editor(near, (place / "fragments" / "first.md").as_uri(), Buffer(HOUSE))
    (place / "fragments" / "house.md").write_text(HOUSE, "utf-8")
    desk.editor.open("markdown")
    [told] = desk.published()
    assert told["message"] == "This file takes the place of `house.md`, with the same id."
    assert (told["code"], told["severity"]) == ("double_id", 2)


def test_an_include_leads_to_its_file(house: Desk) -> None:
    found = house.at("{{> to", "definition")
    assert found["uri"] == (house.folder / "tone.md").as_uri()
    assert found["range"] == {
        "start": {"line": 1, "character": 4},
        "end": {"line": 1, "character": 8},
    }


def test_another_id_is_written_into_every_file_that_names_it(house: Desk) -> None:
    assert house.at("{{> to", "prepareRename") == house.editor.here("tone")
    edit = house.at("{{> to", "rename", newName="voice")
    changed = {
        one["textDocument"]["uri"]: [each["newText"] for each in one["edits"]]
        for one in edit["documentChanges"]
    }
    assert changed == {
        house.editor.uri: ["voice"],
        (house.folder / "tone.md").as_uri(): ["voice"],
    }


def test_a_built_in_fragment_keeps_its_id(near: NearServer, workspace: Path) -> None:
    text = "---\nid: house\nslot: task\n---\n{{> target.file}}\n"
    desk = Desk(near, workspace, text, workspace / ".understudy")
    desk.published()
    assert desk.at("{{> target", "prepareRename") is None


def test_an_editor_that_can_is_asked_to_send_fragments_alone(house: Desk) -> None:
    found = house.near.wire.wait_for("client/registerCapability")
    methods = {
        one["method"]: one["registerOptions"]["documentSelector"]
        for one in found["registrations"]
        if "fragments" in one["id"]
    }
    assert set(methods) == {
        "textDocument/completion",
        "textDocument/definition",
        "textDocument/rename",
    }
    assert all("/fragments/" in one["pattern"] for selector in methods.values() for one in selector)


def test_other_documents_get_nothing(near: NearServer, workspace: Path) -> None:
    desk = Desk(near, workspace, HOUSE, workspace / ".understudy")
    other = Editor(near, (workspace / "notes.md").as_uri(), Buffer(HOUSE))
    other.open("markdown")
    desk.published()
    desk.editor = other
    assert desk.at("{{problem.", "completion") == []
    assert desk.at("{{> to", "definition") is None


def test_a_fragment_tells_how_often_it_was_used(
    near: NearServer, workspace: Path, home: Path
) -> None:
    journal = Journal.open(home / "journal.sqlite3", Settings())
    journal.start()
    for number, category in enumerate(("", "", "edit_apply_failed")):
        run = f"run{number}"
        journal.record(records.Run(run, number, "", "fix", "lsp", "python", "a.py", 1))
        call = records.Call(
            f"call{number}", run, 1, number, "m", "p", "first", "answered", category
        )
        journal.record(call)
        journal.record(CallFragments(call.id, (("house", 1, "workspace"),)))
    journal.close(5.0)
    desk = Desk(near, workspace, HOUSE, workspace / ".understudy")
    desk.published()
    [lens] = near.wire.request("textDocument/codeLens", {"textDocument": {"uri": desk.editor.uri}})
    assert lens["command"]["title"] == "used in 3 runs, success 66 %"
