from __future__ import annotations

import os
from pathlib import Path

from understudy.workspace.ruff_config import config_states


def names(path: Path, root: Path) -> list[str]:
    return sorted(
        os.path.relpath(state[0], root)
        for state in config_states(path)
        if state[0].startswith(str(root))
    )


def test_all_configuration_files_above_a_document_count(tmp_path: Path) -> None:
    document = tmp_path / "deep/a.py"
    document.parent.mkdir()
    assert names(document, tmp_path) == []
    for name in ("pyproject.toml", "deep/.ruff.toml", "deep/ruff.toml", "other.toml"):
        (tmp_path / name).write_text("")
    found = [str(Path("deep", name)) for name in (".ruff.toml", "ruff.toml")]
    assert names(document, tmp_path) == [*found, "pyproject.toml"]


def test_what_they_build_on_counts_as_well(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ruff]\nextend = "one.toml"\n')
    (tmp_path / "one.toml").write_text('extend = "sub/../two.toml"\n')
    (tmp_path / "two.toml").write_text('extend = "one.toml"\n')
    (tmp_path / "sub").mkdir()
    assert names(tmp_path / "a.py", tmp_path) == ["one.toml", "pyproject.toml", "two.toml"]


def test_a_change_of_any_of_them_is_another_state(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text('extend = "base.toml"')
    (tmp_path / "base.toml").write_text("")
    before = config_states(tmp_path / "a.py")
    assert config_states(tmp_path / "a.py") == before
    (tmp_path / "base.toml").write_text("line-length = 1")
    assert config_states(tmp_path / "a.py") != before


def test_files_that_can_not_be_read_as_they_should_count_by_their_state(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_bytes(b"\xff nonsense = [")
    (tmp_path / "pyproject.toml").write_text('extend = 1\n[tool]\nruff = "a"\n')
    assert names(tmp_path / "a.py", tmp_path) == ["pyproject.toml", "ruff.toml"]
