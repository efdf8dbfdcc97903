"""A model mends a TypeScript, a Go and a Rust file, and the language's own tool proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params
from tests.e2e.modelled import configuration, ended, questions
from tests.providers.answers import Says
from tests.support import require
from tests.unit.checkers.node import install
from understudy.config.trust import save_record
from understudy.config.trust_record import TrustRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.near_server import NearServer
    from tests.providers.scripted import ServerInThread


def _typescript(root: Path) -> None:
    install(root, "typescript")
    (root / "tsconfig.json").write_text('{"compilerOptions": {"strict": true}}', "utf-8")


def _go(root: Path) -> None:
    require("go")
    (root / "go.mod").write_text("module example.com/shop\n\ngo 1.21\n", "utf-8")


def _rust(root: Path) -> None:
    require("cargo")
    manifest = '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n'
    (root / "Cargo.toml").write_text(manifest, "utf-8")


class Case(NamedTuple):
    """A file with a wrong type in it, how its project is made, and what proves the edit."""

    name: str
    language: str
    make: Callable[[Path], None]
    text: str
    word: str
    after: str
    checker: str


CASES = (
    Case(
        "cart.ts",
        "typescript",
        _typescript,
        "// π😀\nexport function count(items: string[]): number {\n  return `${items.length}`;\n}\n",
        "return",
        "// π😀\nexport function count(items: string[]): number {\n  return items.length;\n}\n",
        "typescript",
    ),
    Case(
        "cart.go",
        "go",
        _go,
        "package shop\n\n// π😀\nfunc Count(items []string) int {\n\treturn items\n}\n",
        "items\n",
        "package shop\n\n// π😀\nfunc Count(items []string) int {\n\treturn len(items)\n}\n",
        "go_vet",
    ),
    Case(
        "src/lib.rs",
        "rust",
        _rust,
        "// π😀\npub fn count(items: &[String]) -> usize {\n    items\n}\n",
        "items\n",
        "// π😀\npub fn count(items: &[String]) -> usize {\n    items.len()\n}\n",
        "cargo",
    ),
)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_a_models_edit_is_proved_by_the_tool_of_the_language(
    case: Case, near: NearServer, workspace: Path, home: Path, provider: ServerInThread
) -> None:
    case.make(workspace)
    path = workspace / case.name
    path.parent.mkdir(exist_ok=True)
    path.write_text(case.text, encoding="utf-8")
    more = f"\n[checkers.{case.checker}]\ntimeout_s = 100\n[fix]\ntimeout_s = 170\n"
    configuration(home, provider, "openai", more)
    save_record(TrustRecord().with_folder(workspace))
    wrong = case.after.replace("items.len", "items.size").replace("len(items)", "cap(item)")
    provider.server.scripts["one:7b"] = [
        Says(f"```{case.language}\n{wrong.replace('items.length', 'items.size')}```"),
        Says(f"It counts.\n\n```{case.language}\n{case.after}```"),
    ]
    near.wire.request("initialize", initialize_params("vscode", workspace))
    near.wire.notify("initialized", {})
    editor = Editor(near, path.as_uri(), Buffer(case.text), version=1)
    editor.open(case.language)
    editor.fix(case.word)
    edit = editor.wire.wait_for("workspace/applyEdit")["edit"]
    ended(editor)
    assert editor.buffer.text == case.after
    told = "".join(str(one.get("description")) for one in edit["changeAnnotations"].values())
    assert f"{case.checker}: " in told
    assert "nothing new" in told
    # The first edit did not compile, so nobody saw it.
    assert len(questions(provider)) == 2
