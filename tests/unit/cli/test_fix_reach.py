"""Where `understudy fix` keeps what is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.engine import reach

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from understudy.config.settings import Settings
    from understudy.engine.reach import Reach
    from understudy.engine.services import Recorder


def test_a_workspace_has_no_say_in_where_spending_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    home.mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    (project / ".understudy").mkdir(parents=True)
    (project / ".understudy" / "config.toml").write_text(
        "[journal]\nenabled = false\n[checkers.basedpyright]\nenabled = false\n", "utf-8"
    )
    file = project / "shop.py"
    file.write_text("import os\n", "utf-8")
    opened: list[Reach] = []
    real = reach.open_reach

    def noted(settings: Settings, recorder: Recorder) -> Reach:
        opened.append(real(settings, recorder))
        return opened[-1]

    monkeypatch.setattr(reach, "open_reach", noted)
    main(["fix", str(file)])
    (one,) = opened
    assert one.ledger._wanted == journal_file()
