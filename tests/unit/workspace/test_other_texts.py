"""The texts of other files: what may be looked into, and what is never read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.workspace.other_texts import OtherTexts
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "def total(items):\n    return sum(items)\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    for name in ("src/cart.py", "src/beside.py", "other/util.py", "top.py"):
        _write(folder / name)
    return folder


def _write(path: Path, text: str = TEXT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _texts(root: Path, *beside: OpenDocument) -> OtherTexts:
    path = root / "src/cart.py"
    return OtherTexts(View(path.as_uri(), "", Policy(), path=path, root=root, beside=beside))


def test_a_file_is_found_below_the_workspace_folder_and_a_name_beside_the_document(
    root: Path,
) -> None:
    texts = _texts(root)
    for path in ("other/util.py", "/other/util.py", f"{root.as_posix()}/other/util.py"):
        assert texts(path) == TEXT, path
    assert [texts("beside.py"), texts("top.py")] == [TEXT, TEXT]
    assert [texts("util.py"), texts("other"), texts("cart.py")] == [None, None, None]


def test_what_is_open_counts_as_it_is_in_the_editor_saved_or_not(root: Path) -> None:
    opened = [
        OpenDocument(place.as_uri(), place, "python", 1, text)
        for place, text in ((root / "other/util.py", "x = 1\n"), (root / "new/one.py", ""))
    ]
    texts = _texts(root, *opened)
    assert [texts("other/util.py"), texts("new/one.py")] == ["x = 1\n", ""]


@pytest.mark.parametrize(
    "name", [".env", "keys/id_rsa", "secrets.toml", "node_modules/a.py", ".hidden/a.py", "out/a.py"]
)
def test_what_is_secret_hidden_installed_or_ignored_is_not_read_even_where_it_is_open(
    root: Path, name: str
) -> None:
    _write(root / name)
    _write(root / ".gitignore", "out/\n")
    (root / ".git").mkdir()
    opened = OpenDocument((root / name).as_uri(), root / name, "python", 1, TEXT)
    assert _texts(root)(name) is None
    assert _texts(root, opened)(name) is None


def test_what_lies_outside_is_not_read_nor_what_a_link_leads_to(root: Path) -> None:
    outside = root.parent / "outside.py"
    _write(outside)
    _write(root / "secrets.toml")
    (root / "link.py").symlink_to(outside)
    (root / "harmless.py").symlink_to(root / "secrets.toml")
    texts = _texts(root)
    for path in ("../outside.py", outside.as_posix(), "link.py", "harmless.py", "other/../top.py"):
        assert texts(path) is None, path


def test_a_long_text_and_more_than_a_few_files_are_not_compared(root: Path) -> None:
    _write(root / "other/long.py", "x = 1\n" * 50_000)
    assert _texts(root)("other/long.py") is None
    many = [f"other/m{number}.py" for number in range(20)]
    for name in many:
        _write(root / name)
    texts = _texts(root)
    found = [texts(name) is not None for name in many]
    assert found[0]
    assert not found[-1]
    assert [texts(name) is not None for name in many] == found
