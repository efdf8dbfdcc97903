"""The VS Code client says what the server says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.tidy import make_vscode_client, make_vscode_protocol
from tests.tidy.make_vscode_client import FOLDER, MANIFEST, texts
from understudy.config.guards import has_power

if TYPE_CHECKING:
    from pathlib import Path

CONTRIBUTES = json.loads(MANIFEST.read_text(encoding="utf-8"))["contributes"]


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_what_the_client_shares_with_the_server_is_not_stale(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == texts()[path], "Run `make generate`."


def test_the_protocol_of_the_client_is_not_stale() -> None:
    maker = make_vscode_protocol
    assert maker.PAGE.read_text(encoding="utf-8") == maker.protocol_module(), "Run `make generate`."


def test_no_setting_with_power_can_be_set_by_a_workspace() -> None:
    shown = {
        name.removeprefix("understudy."): one["scope"]
        for group in CONTRIBUTES["configuration"][1:]
        for name, one in group["properties"].items()
    }
    snake = make_vscode_client._snake
    open_to_all = [
        name
        for name, scope in shown.items()
        if scope != "machine" and has_power(tuple(snake(key) for key in name.split(".")))
    ]
    assert not open_to_all
    assert shown["providers"] == shown["gate.autoApply"] == "machine"


def test_every_command_of_the_manifest_is_registered() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("src/**/*.ts"))
    for command in CONTRIBUTES["commands"]:
        name = command["command"]
        known = f'"{name}"' in sources or f"    {name.removeprefix('understudy.')}: " in sources
        assert known, name


def test_files_that_the_manifest_names_exist() -> None:
    steps = CONTRIBUTES["walkthroughs"][0]["steps"]
    named = [step["media"]["markdown"] for step in steps]
    assert not [
        name
        for name in (*named, "media/icon.png", "media/runs.svg")
        if not (FOLDER / name).is_file()
    ]


def test_the_page_of_runs_may_load_nothing_else() -> None:
    source = (FOLDER / "src" / "runs.ts").read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'nonce-" in source
    page = (FOLDER / "src" / "webview" / "runs.ts").read_text(encoding="utf-8")
    assert "innerHTML" not in page
    assert "insertAdjacentHTML" not in page
