"""Settings that nobody sends: the server asks its client for them, and looks at the files itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.cli_process import QUICK
from tests.e2e.raw_client import RefusalError, hello
from tests.e2e.test_configuration import by_saving, open_total, wait_for_titles

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer

SECTION = {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}


def test_a_client_that_can_be_asked_is_asked_at_the_start(
    near: NearServer, workspace: Path
) -> None:
    near.wire.answers["workspace/configuration"] = lambda params: [
        {"gate": {"autoApply": True}} if item == {"section": "understudy"} else None
        for item in params["items"]
    ]
    # Without trust, a section may be the folder's own, and switches nothing on.
    near.wire.request(
        "initialize",
        hello(workspace)
        | {
            "capabilities": {"workspace": SECTION},
            "initializationOptions": {"workspaceTrusted": True},
        },
    )
    near.wire.notify("initialized", {})
    editor = open_total(near, workspace)
    # The very first run goes by what the client answered.
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert not editor.wire.came("window/showMessageRequest")
    assert len(editor.wire.came("workspace/configuration")) == 1
    registered = near.wire.wait_for("client/registerCapability")["registrations"]
    assert [one["method"] for one in registered] == ["workspace/didChangeConfiguration"]
    assert registered[0]["registerOptions"] == {"section": "understudy"}


def test_a_client_that_tells_of_both_registers_both_at_once(
    near: NearServer, workspace: Path
) -> None:
    watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    capabilities = {"workspace": SECTION | watching}
    near.wire.request("initialize", hello(workspace) | {"capabilities": capabilities})
    near.wire.notify("initialized", {})
    registered = near.wire.wait_for("client/registerCapability")["registrations"]
    assert {one["method"] for one in registered} == {
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
    }


def test_a_client_that_says_nothing_when_it_is_asked_still_gets_its_fix(
    near: NearServer, workspace: Path
) -> None:
    def refuse(_: Any) -> None:
        raise RefusalError("not now")

    near.wire.answers["workspace/configuration"] = refuse
    near.wire.request("initialize", hello(workspace) | {"capabilities": {"workspace": SECTION}})
    near.wire.notify("initialized", {})
    editor = open_total(near, workspace)
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")


def test_a_configuration_that_another_program_wrote_counts_for_the_next_run(
    near: NearServer, workspace: Path, home: Path
) -> None:
    near.initialize(workspace)
    editor = open_total(near, workspace)
    editor.choose = None
    editor.fix("reslt")
    editor.wire.wait_for("window/showMessageRequest")
    # Nobody tells the server.
    (home / "config.toml").write_text(f"{QUICK}[gate]\nauto_apply = true\n", encoding="utf-8")
    editor.fix("reslt")
    editor.wire.wait_for("workspace/applyEdit")
    assert len(editor.wire.came("window/showMessageRequest")) == 1


def test_the_menu_follows_a_configuration_that_another_program_wrote(
    near: NearServer, workspace: Path
) -> None:
    near.initialize(workspace)
    editor = open_total(near, workspace)
    assert len(editor.actions("reslt")) == 2
    path = workspace / ".understudy" / "config.toml"
    path.parent.mkdir()
    path.write_text("[actions]\nhide = ['fixFile']\n", encoding="utf-8")
    by_saving(near, workspace / "total.py")
    wait_for_titles(editor, ["Understudy: Fix problems here"])
