"""Files of rules and settings whose contents keep them from models are listed with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.gathering.places import count
from tests.unit.index.folders import Kept, write
from understudy.config.policy import Policy
from understudy.gathering.gather import gather
from understudy.gathering.making import Signals
from understudy.index.leaving_out import BINARY, LARGE
from understudy.index.opened import Extracts, Opened
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def test_rules_that_are_no_text_or_too_large_are_listed(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    write(root, app__main_py="def run():\n    return 1\n")
    (root / "AGENTS.md").write_text("# Rules\n\nBe brief.\n", encoding="utf-16")
    (root / "CLAUDE.md").write_text("Be brief.\n" * 130_000, encoding="utf-8")
    (root / "ruff.toml").write_text("line-length = 90\n", encoding="utf-16")
    (root / "GEMINI.md").write_text("", encoding="utf-8")
    kept = Kept(root, tmp_path / "index")
    kept.scan()
    path = root / "app/main.py"
    view = View(path.as_uri(), path.read_text(), Policy(), language="python", path=path, root=root)
    index = Opened(kept.disk(), {}, Extracts())
    found = gather(index, view, range(2), (), Signals(count))
    kept.store.close()
    told = {(one.path, one.why) for one in found.left_out}
    assert told == {("AGENTS.md", BINARY), ("CLAUDE.md", LARGE), ("ruff.toml", BINARY)}
